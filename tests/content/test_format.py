"""The page about the format is true: it is the one that is made, what it shows loads, its tables are the engine's."""

import re
from typing import Any

import pytest
from commands import rules as command
from paths import ROOT

from screener.authoring.format import THINGS
from screener.authoring.template import rule_file
from screener.engine.answers import read_answers
from screener.engine.assess import view_of
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

PAGE = (ROOT / "rules" / "FORMAT.md").read_text("utf-8")
STATES = ("not asked", "not sure", "rather told in person", "skipped", "not answered yet")
ANSWERS = {"not asked": "{shown: no, %s: unsure}", "not sure": "{shown: yes, %s: unsure}"}
ANSWERS |= {"rather told in person": "{shown: yes, %s: declined}", "skipped": "{shown: yes, %s: skipped}"}
ANSWERS |= {"not answered yet": "{shown: yes}"}
WORDS = {"true": True, "false": False, "unknown": None}
FILE = """
format: 1
id: page
version: 1
title: T
language: en
questions:
- {id: shown, type: yes-no, ask: A}
- {id: pain, type: yes-no, ask: A, unsure: yes, decline: yes, optional: yes, when: {shown: yes}}
- {id: concerns, type: many, ask: A, unsure: yes, decline: yes, optional: yes, when: {shown: yes},
   options: {melasma: M, sunspots: S}}
- {id: since, type: date, ask: A, unsure: yes, decline: yes, optional: yes, when: {shown: yes}}
- {id: age, type: number, ask: A, unsure: yes, decline: yes, optional: yes, when: {shown: yes}}
conditions: {name: {pain: yes}}
guidance: [{id: g, topic: T, says: S, when: %s}]
dispositions: [{id: d, title: T, says: S}]
referral: {says: S}
"""


def rows(columns: int) -> list[list[str]]:
    """The rows of the page's tables with so many columns, without their heads."""
    cells = [re.split(r" \| ", line.strip("| ")) for line in PAGE.splitlines() if line.startswith("| `")]
    return [row for row in cells if len(row) == columns]


def written(cell: str) -> list[str]:
    """The conditions that stand in a cell."""
    return re.findall(r"`(\{[^`…]*\})`", cell)


def rules(condition: str) -> RuleFile:
    """A rule file with a line that is said on this condition."""
    return load(FILE % condition)


DECIDED: list[tuple[str, str, str]] = [
    (condition, state, word)
    for row in rows(6)
    for condition in written(row[0])
    for state, word in zip(STATES, row[1:], strict=True)
]


@pytest.mark.checkout
def test_the_page_is_the_one_that_is_made() -> None:
    """`screener rules explain --page format` prints rules/FORMAT.md, byte for byte."""
    assert command("explain", "--page", "format") == (0, PAGE, ""), (
        "make it again: screener rules explain --page format > /tmp/FORMAT.md && cp /tmp/FORMAT.md rules/FORMAT.md"
    )


def test_the_page_begins_with_a_whole_file() -> None:
    """Below the contents stands what `rules new` writes, before any key is told."""
    assert PAGE.index("## A whole file") < PAGE.index("| key | ")
    assert f"```yaml\n{rule_file('my-clinic')}```" in PAGE


def test_every_key_has_a_row_on_the_page() -> None:
    """Each with its description and example, in the table of its thing; nothing is left to put in."""
    for thing in THINGS:
        table = PAGE.partition(f"\n{thing.about}\n\n| key ")[2].partition("\n\n")[0]
        for key in thing.keys:
            assert re.search(rf"^\| (\*\*)?`{key.name}`(\*\*)? \| {re.escape(key.text)} \| ", table, re.MULTILINE)
            assert f" | `{key.example}` |" in table
    assert "<!--" not in PAGE


def test_the_contents_lead_to_every_heading() -> None:
    """Each heading below the title has a line at the top, in order."""
    listed = re.findall(r"^ *- \[(.*)\]\(#.*\)$", PAGE, re.MULTILINE)
    outside = re.sub(r"^```.*?^```", "", PAGE, flags=re.DOTALL | re.MULTILINE)

    assert listed == re.findall(r"^###? (.*)$", outside, re.MULTILINE)
    assert len(listed) > 20


def test_the_page_has_its_tables() -> None:
    """Both are found, so that nothing passes by looking at nothing."""
    assert len(DECIDED) == 65
    assert f"| written | {' | '.join(STATES)} |" in PAGE


@pytest.mark.parametrize(("condition", "state", "word"), DECIDED)
def test_a_question_without_a_value_decides_what_the_page_says(condition: str, state: str, word: str) -> None:
    """True, false or unknown, for each form and each way to give no value."""
    sound = rules(condition)
    when: Any = sound.guidance[0].when
    question = next(iter(when.references()))
    given = ANSWERS[state] % question if "%s" in ANSWERS[state] else ANSWERS[state]

    assert when.holds(view_of(sound, read_answers(given, sound).answers)) is WORDS[word]


@pytest.mark.parametrize("condition", [condition for row in rows(2) for condition in written(row[0])])
def test_every_form_on_the_page_is_read(condition: str) -> None:
    """What an author copies from the page is taken."""
    assert rules(condition).guidance[0].when is not None


@pytest.mark.parametrize(("state", "truth"), [("not asked", True), ("not sure", None), ("not answered yet", None)])
def test_not_leaves_unknown_unknown(state: str, truth: bool | None) -> None:
    """Someone who was not asked is one for whom it is not so."""
    sound = rules("{not: {pain: yes}}")
    given = ANSWERS[state] % "pain" if "%s" in ANSWERS[state] else ANSWERS[state]
    when: Any = sound.guidance[0].when

    assert when.holds(view_of(sound, read_answers(given, sound).answers)) is truth
