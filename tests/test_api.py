"""The public Python API."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import screener
from screener.rulefile.find import rules_folder
from screener.rulefile.loader import load


def test_every_public_name_is_there() -> None:
    """`__all__` is exact, sorted, and each name can be had."""
    assert screener.__all__ == sorted(screener.__all__)
    assert all(getattr(screener, name) is not None for name in screener.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as in any module."""
    with pytest.raises(AttributeError, match="asess"):
        _ = screener.asess


def test_from_rule_file_to_summary() -> None:
    """The README's example: load, ask what is next, assess, with plain values as answers."""
    rules = screener.load_rules("pico-laser")
    first = screener.next_question(rules, {})
    second = screener.next_question(rules, {"adult": "yes"})
    summary = screener.assess(rules, {"adult": "yes", "concerns": ("melasma",), "changing-mark": "unsure"})

    assert first is not None
    assert second is not None
    assert (first.id, second.id) == ("adult", "concerns")
    assert summary.disposition.id == "doctor-first"
    assert "health" in summary.open


def test_a_path_loads_like_a_name() -> None:
    """A path and the name of a file that comes with the tool give the same rules."""
    path = rules_folder() / "pico-laser.yaml"

    assert screener.load_rules(path) == screener.load_rules("pico-laser")


def test_problems_come_all_at_once(tmp_path: Path) -> None:
    """A wrong file raises one exception that holds every problem."""
    file = tmp_path / "bad.yaml"
    file.write_text("format: 1\nid: BAD\ntitle: T\nsurprise: yes\n", "utf-8")
    with pytest.raises(screener.ProblemsFound) as found:
        screener.load_rules(file)

    assert {"bad-id", "unknown-key", "missing-key"} <= {problem.code for problem in found.value.problems}
    assert all(problem.file == str(file) for problem in found.value.problems)


def test_importing_costs_nothing() -> None:
    """`import screener` brings in none of the libraries."""
    code = "import sys, screener; print({'pydantic', 'yaml', 'typer', 'questionary'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


AGED = """
format: 1
id: aged
version: 1.0.0
title: Aged
language: en
questions:
  - {id: age, type: number, ask: How old are you?}
  - {id: since, type: date, ask: Since when?}
  - {id: skin, type: many, ask: What about your skin?, options: {dry: Dry, spots: Spots}}
guidance:
  - {id: grown, topic: T, says: S., when: {age: {at_least: 18}}}
  - {id: recent, topic: T, says: S., when: {since: {at_least: 2026-01-01}}}
  - {id: given, topic: T, says: S., when: {skin: answered}}
dispositions: [{id: d, title: D, says: D.}]
referral: {says: See a professional.}
"""


@pytest.mark.parametrize("age", [30, 30.0, "30", Decimal(30)], ids=repr)
@pytest.mark.parametrize("since", ["2026-01-31", date(2026, 1, 31)], ids=repr)
def test_numbers_and_dates_count_whatever_type_they_come_in(age: Any, since: Any) -> None:
    """A program may give 30 as it has it; no line is lost over that."""
    summary = screener.assess(load(AGED), {"age": age, "since": since, "skin": ["dry"]})  # type: ignore[dict-item]

    assert [finding.guidance.id for finding in summary.findings] == ["grown", "recent", "given"]
    assert summary.answers == {"age": Decimal(30), "since": date(2026, 1, 31), "skin": ("dry",)}


def test_what_is_no_answer_is_refused_or_open() -> None:
    """A word where a number is needed is an error, not a silent no; an empty list is no answer yet."""
    rules = load(AGED)
    with pytest.raises(ValueError, match="thirty"):
        screener.assess(rules, {"age": "thirty"})

    assert "skin" in screener.assess(rules, {"age": 30, "skin": ()}).open  # type: ignore[dict-item]


def test_nothing_for_the_summary_is_loaded_before_the_questions() -> None:
    """What lays out summaries waits until someone has answered; here the input ends at the first question."""
    command = [sys.executable, "-X", "importtime", "-m", "screener", "start", "--format", "html"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 1
    assert "screener.engine.assess" in done.stderr
    for heavy in ("jinja2", "typst", "rich.console", "screener.summary.webpage", "screener.exchange"):
        assert f" {heavy}\n" not in done.stderr
