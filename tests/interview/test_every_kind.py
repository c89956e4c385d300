"""Every kind of question, through all three faces: whole numbers, options in order, days counted from the interview,
questions that may be skipped, and texts that repeat answers.
"""

import json
import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from faces import face
from terminals import COMMAND

from screener.interview.loop import interview
from screener.rulefile.find import load_rules

FILE = """
format: 1
id: kinds
version: 1.0.0
title: Every kind
language: en
questions:
  - {id: age, type: whole, ask: How old are you?, min: 0, max: 120, optional: yes}
  - {id: pain, type: one, ordered: yes, ask: How much does it hurt?,
     options: {none: Not at all, some: Some, much: Much}}
  - {id: laser, type: date, ask: When was your last laser treatment?, max: today, unsure: yes, optional: yes}
  - {id: note, type: text, ask: "It hurts {answer: pain}. What else?", optional: yes, for: professional}
guidance:
  - {id: minor, topic: Care, says: Bring a parent along., when: {age: {at_most: 17}}, disposition: wait}
  - {id: hurts, topic: Care, says: "Say that it hurts {answer: pain}.", when: {pain: {at_least: some}}}
  - {id: recent, topic: Care, says: Say when it was., when: {laser: {within: 6 months}}}
  - {id: left-out, topic: Care, says: Say how old you are., when: {age: skipped}}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: wait, title: Come with a parent, says: Before anything else.}
referral: {says: Please see a certified professional.}
"""
RECENT = (date.today() - timedelta(21)).isoformat()
#: For each person what stands in a file, what is typed on lines, and what on a terminal.
PEOPLE: list[tuple[Mapping[str, str], list[str], str]] = [
    (
        {"age": "17", "pain": "some", "laser": RECENT, "note": "It burns."},
        ["17", "1", "2", "3 weeks ago", "It burns.", ""],
        "17\r\r\x1b[B\r3 weeks ago\rIt burns.\r\r",
    ),
    (
        {"age": "skipped", "pain": "none", "laser": "skipped", "note": "skipped"},
        ["", "1", "1", "", "", ""],
        "\r\r\r\r\r\r",
    ),
    (
        {"age": "18", "pain": "much", "laser": "unsure", "note": "skipped"},
        ["18", "Much", "u", "skip", ""],
        "18\r\x1b[B\x1b[B\runsure\rskip\r\r",
    ),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The rule file."""
    path = tmp_path / "kinds.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def summary(file: Path, *arguments: str, typed: str | None = None) -> str:
    """The summary as JSON."""
    command = [COMMAND, "start", str(file), "--format", "json", *arguments]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


@pytest.mark.parametrize("person", range(len(PEOPLE)))
def test_the_three_faces_agree(file: Path, tmp_path: Path, person: int) -> None:
    """Lines, keys and a file give the same answers and the same bytes."""
    answers, lines, keys = PEOPLE[person]
    known = tmp_path / "answers.json"
    known.write_text(json.dumps(answers), encoding="utf-8")
    by_file = summary(file, "--answers", str(known))
    with face(keys) as (asker, _):
        final = interview(load_rules(file), {}, asker)

    assert summary(file, typed="\n".join([*lines, ""])) == by_file
    assert {id: str(answer) for id, answer in final.items()} == dict(answers)


def test_what_follows_is_what_was_meant(file: Path) -> None:
    """Lines on each side of a limit, of an order, of a day, and for who skipped."""
    heard = [summary(file, typed="\n".join([*lines, ""])) for _, lines, _ in PEOPLE]
    said = [[finding["says"] for finding in json.loads(one)["findings"]] for one in heard]

    assert said[0] == ["Bring a parent along.", "Say that it hurts Some.", "Say when it was."]
    assert said[1] == ["Bring a parent along.", "Say when it was.", "Say how old you are."]
    assert said[2] == ["Say that it hurts Much.", "Say when it was."]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("17.5", "17.5 is no whole number. Write a whole number, from 0 to 120, such as 18."),
        ("121", "The largest possible is 120."),
        ("seventeen", "This is not a number. Write a whole number, from 0 to 120, such as 18."),
    ],
)
def test_what_is_no_whole_number_is_asked_again(file: Path, typed: str, told: str) -> None:
    """With what was typed and what can be; nothing is rounded."""
    done = subprocess.run(
        [COMMAND, "start", str(file), "--plain"], input=f"{typed}\n", capture_output=True, text=True, check=False
    )

    assert told in " ".join(done.stderr.split())


def test_who_may_skip_is_told_how(file: Path) -> None:
    """Both faces say that Enter skips; a question that has to be answered does not."""
    done = subprocess.run(
        [COMMAND, "start", str(file), "--plain"], input="\n1\n", capture_output=True, text=True, check=False
    )
    first, second = " ".join(done.stderr.split()).split("Question 2")

    assert "Press Enter to skip." in first
    assert "Your answer: Skipped" in first
    assert "skip" not in second.lower()
