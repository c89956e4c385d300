"""Twelve faults planted in small rule files: all twelve are found, at their places, and gone once they are mended.

The faults are those that a linter for another kind of form file was tried on; it finds seven. It misses the
contradiction across two questions one of which hides the other (planted twice here: the second time the hidden answer
stays in the answers file), the `any` that only a case split refutes, none of all options there are, two options where
one may be picked, and two opposite texts for one case.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from paths import BAD

from screener.engine.answers import read_answers
from screener.engine.assess import assess
from screener.rulefile.find import load_rules

COMMAND = str(Path(sys.executable).parent / "screener")
FOLDER = BAD / "logic"
FILES = sorted(FOLDER.glob("*.yaml"))
FOUND_BY_THE_OTHER = {
    "two-answers-at-once",
    "yes-and-not-yes",
    "number-out-of-range",
    "empty-number-interval",
    "unknown-option",
    "misspelt-question",
    "cascade",
}
MISSED_BY_THE_OTHER = {
    "contradiction-through-visibility",
    "disjunction-that-needs-a-case-split",
    "none-of-all-options",
    "two-options-where-one-may-be-picked",
    "same-condition-opposite-text",
}
STALE = "contradiction-with-a-stale-answer"
LINE = re.compile(r"^# (expect|related|mended|stale): (.+)$", re.MULTILINE)

Place = tuple[int, int]


class Fault(NamedTuple):
    """What the first lines of a file announce: each problem with its other places, the mend, a stale answers file."""

    problems: list[tuple[Place, str, list[Place]]]
    mended: tuple[str, str]
    stale: str


def announced(path: Path) -> Fault:
    """The first lines of a file with a planted fault, read."""
    problems: list[tuple[Place, str, list[Place]]] = []
    rest = {"mended": "", "stale": ""}
    for key, value in LINE.findall(path.read_text(encoding="utf-8")):
        place, _, code = value.partition(" ")
        if key == "expect":
            problems.append((place_of(place), code, []))
        elif key == "related":
            problems[-1][2].append(place_of(place))
        else:
            rest[key] = value
    old, _, new = rest["mended"].partition(" -> ")
    return Fault(problems, (old, new), rest["stale"])


def place_of(text: str) -> Place:
    """`LINE:COLUMN` as two numbers."""
    line, _, column = text.partition(":")
    return int(line), int(column)


def checked(path: Path) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and problems of `screener rules check`."""
    done = subprocess.run(
        [COMMAND, "rules", "check", path, "--format", "json"], capture_output=True, check=False, timeout=60
    )
    assert done.stderr == b""
    found: list[dict[str, Any]] = json.loads(done.stdout)["problems"]
    return done.returncode, found


def mended(path: Path, fault: Fault) -> str:
    """The text of the file with the fault mended; its first lines stay as they are, and the mend is one place."""
    text = path.read_text(encoding="utf-8")
    start = text.index("format: 1")
    assert text[start:].count(fault.mended[0]) == 1
    return text[:start] + text[start:].replace(*fault.mended)


def test_the_twelve_faults_are_there() -> None:
    """Seven that the other linter finds, five that it misses, and a second file for one of them: none is left out."""
    assert (len(FOUND_BY_THE_OTHER), len(MISSED_BY_THE_OTHER)) == (7, 5)
    assert {path.stem for path in FILES} == FOUND_BY_THE_OTHER | MISSED_BY_THE_OTHER | {STALE}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_planted_fault_is_found(path: Path) -> None:
    """Every problem, errors and warnings, in order: its place, its code and the other places that belong to it."""
    fault = announced(path)
    code, found = checked(path)

    shown = [
        ((p["line"], p["column"]), p["code"], [(other["line"], other["column"]) for other in p["related"]])
        for p in found
    ]
    assert fault.problems != []
    assert shown == fault.problems
    assert code == (0 if path.stem == "same-condition-opposite-text" else 1), "only that one is a warning"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mended_fault_is_not_reported(path: Path, tmp_path: Path) -> None:
    """With one word put right the file is clean, for every check: nothing is reported that is not there."""
    copy = tmp_path / path.name
    copy.write_text(mended(path, announced(path)), encoding="utf-8")

    assert checked(copy) == (0, [])


def test_a_misspelt_word_comes_with_the_right_one() -> None:
    """A question and an option that do not exist: the help names the one that was meant."""
    for name, meant in (("misspelt-question", "itch"), ("unknown-option", "leg")):
        _, (problem,) = checked(FOLDER / f"{name}.yaml")
        assert problem["help"].startswith(f"did you mean `{meant}`?")


def test_the_hidden_answer_counts_for_nothing() -> None:
    """A stale answer in the answers file does not bring up the line that was proved to be never said."""
    path = FOLDER / f"{STALE}.yaml"
    rules, stale = load_rules(path), announced(path).stale
    (dead,) = [p["message"].split("`")[1] for p in checked(path)[1]]
    given = read_answers(stale, rules).answers
    summary = assess(rules, given)

    assert {"pregnant", "month"} <= set(given), "the stale answer is in the file"
    assert dict(summary.answers) == {"pregnant": "no"}
    assert dead not in [finding.guidance.id for finding in summary.findings]
    assert summary.complete


def test_opposite_texts_for_one_case_are_shown_by_an_example() -> None:
    """The two lines, and answers that bring up both."""
    path = FOLDER / "same-condition-opposite-text.yaml"
    _, (problem,) = checked(path)
    (example,) = problem["witness"]
    rules = load_rules(path)
    summary = assess(rules, read_answers(json.dumps(example["answers"]), rules).answers)

    said = [finding.guidance.id for finding in summary.findings]
    assert {"scratch", "do-not-scratch"} <= set(said)
    assert "`scratch`" in problem["message"]
