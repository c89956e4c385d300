"""Where things are in a checkout."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
CASES = ROOT / "tests" / "cases"
GOOD, BAD, FHIR = CASES / "good", CASES / "bad", CASES / "fhir"
WEB = ROOT / "tests" / "web"
