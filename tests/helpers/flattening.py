"""FHIR resources in tests: items without their groups, and answers as a response whose circumstances are made up."""

from datetime import datetime, timedelta, timezone
from typing import Any

from screener.engine.assess import assess
from screener.exchange.fhir.export.origin import Origin
from screener.exchange.fhir.export.response import response_of
from screener.rulefile.model import Answers, RuleFile

Json = dict[str, Any]
ORIGIN = Origin(
    "8f14e45f-ceea-467a-9575-6a1f0d1c2b3a", datetime(2026, 1, 31, 9, 5, 7, tzinfo=timezone(timedelta(hours=1)))
)


def flat(items: list[Json]) -> list[Json]:
    """Every item, those of groups after them."""
    return [one for item in items for one in (item, *flat(item.get("item", [])))]


def response(rules: RuleFile, answers: Answers) -> Json:
    """The QuestionnaireResponse of someone with these answers."""
    return response_of(rules, assess(rules, answers), ORIGIN)
