"""How much longer the summary takes as HTML or PDF than as text: whole commands, one after the other in each round.

python tests/bench/formats.py [--rounds N]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screener.authoring.cases import read_cases
from screener.engine.answers import as_plain
from screener.rulefile.find import load_rules, rules_folder

COMMAND = str(Path(sys.executable).parent / "screener")
#: The most milliseconds that a format may take beyond the text.
TARGETS = {"text": 0, "html": 50, "pdf": 300, "fhir": None, "csv": None}


def milliseconds(format: str, answers: Path) -> float:
    """How long one summary takes, from starting the command to its end."""
    start = time.perf_counter()
    subprocess.run(
        [COMMAND, "start", "--answers", str(answers), "--format", format], check=True, stdout=subprocess.DEVNULL
    )
    return (time.perf_counter() - start) * 1e3


def longest_case() -> dict[str, object]:
    """The worked case of the real questionnaire with the most to say."""
    from screener.engine.assess import assess

    rules = load_rules("pico-laser")
    worked, _ = read_cases((Path(rules_folder()) / "pico-laser.cases.yaml").read_text("utf-8"), rules)
    found = max((one.answers for one in worked), key=lambda answers: len(assess(rules, answers).findings))
    return {id: as_plain(answer) for id, answer in found.items()}


def main() -> None:
    """Print medians, and how much longer than the text each format took in the same round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.json"
        answers.write_text(json.dumps(longest_case()), "utf-8")
        times = [{format: milliseconds(format, answers) for format in TARGETS} for _ in range(rounds)]
    for format, target in TARGETS.items():
        median = statistics.median(row[format] for row in times)
        more = statistics.median(row[format] - row["text"] for row in times)
        aim = f" (target: at most {target} ms)" if target else ""
        print(f"{format}: median {median:.0f} ms, {more:+.0f} ms beside the text in the same round{aim}")


if __name__ == "__main__":
    main()
