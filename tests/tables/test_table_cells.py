"""A cell is read where it can mean one thing only, in many spellings; else it is refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from screener.engine.answers import Refused
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.tables.given.cells import cell_reader, flag_reader

RULES = load("""\
format: 1
id: visit
version: 1.0.0
title: Visit
language: en
questions:
  - {id: adult, type: yes-no, ask: Are you an adult?, unsure: yes, decline: yes}
  - id: skin
    type: many
    ask: Skin?
    options: {tan: "A tan, or sunburn", cold-sores: Cold sores, none: {label: Nothing, exclusive: yes}}
    max: 2
    unsure: yes
  - {id: kind, type: one, ask: Kind?, options: {dry: Dry, oily: Oily, "1": First}}
  - {id: weight, type: number, ask: Weight?, min: 30, max: 2500, unit: kg, decline: yes}
  - {id: visits, type: whole, ask: Visits?, min: 0, max: 99}
  - {id: last, type: date, ask: Last?, min: 1990-01-01}
  - {id: note, type: text, ask: Note?, optional: yes}
guidance:
  - {id: a, topic: T, says: S., when: {adult: yes}, disposition: d}
dispositions: [{id: c, title: C, says: S.}, {id: d, title: D, says: S.}]
referral: {says: See a certified professional.}
""")


def read(id: str, cell: str) -> Answer | None:
    """What a cell of this question's column is read as."""
    return cell_reader(RULES.by_question[id], {"J": "yes"} if id == "adult" else {})(cell)


@pytest.mark.parametrize(
    ("id", "cells", "answer"),
    [
        ("adult", ["yes", "Yes", " YES ", "y", "1", "1.0", "true", "Ja", "oui", "sí", "да", "はい", "J", "j"], "yes"),
        ("adult", ["no", "N", "0", "False", "nein", "non", "não", "нет", "否"], "no"),
        ("adult", ["unsure", "Not sure", "don't know"], "unsure"),
        ("adult", ["declined", "I would rather tell the professional in person"], "declined"),
        ("adult", ["", "  "], None),
        ("skin", ["tan", "TAN", "A tan, or sunburn", "tan;", "[\"tan\"]"], ("tan",)),
        ("skin", ["tan;cold-sores", "cold_sores tan", "A tan, or sunburn, Cold sores"], ("tan", "cold-sores")),
        ("skin", ["none", "Nothing."], ("none",)),
        ("skin", ["unsure", "Not sure"], "unsure"),
        ("kind", ["dry", "Dry", " oily "][:2], "dry"),
        ("kind", ["1", "First"], "1"),
        ("weight", ["70.5", "70,5", "70,5 kg"], Decimal("70.5")),
        ("weight", ["1,234.5", "1.234,5", "1 234,5", "1'234.5"], Decimal("1234.5")),
        ("weight", ["declined"], "declined"),
        ("visits", ["3", "3.0"], Decimal(3)),
        ("last", ["2026-01-31", "31.1.2026", "31 January 2026", "31/01/2026"], date(2026, 1, 31)),
        ("note", ["It itches.", "  It itches.  "], "It itches."),
        ("note", ["skipped"], "skipped"),
    ],
    ids=range(18),
)  # fmt: skip
def test_what_means_one_thing_is_read(id: str, cells: list[str], answer: Answer | None) -> None:
    """Ids, labels, yes and no in other tongues, lists with any sign between, numbers with commas, dates."""
    assert {cell: read(id, cell) for cell in cells} == dict.fromkeys(cells, answer)


@pytest.mark.parametrize(
    ("id", "cell", "said"),
    [
        ("adult", "maybe", "there is no option `maybe`"),
        ("adult", "2", "there is no option `2`"),
        ("adult", "skipped", "this question does not offer `skipped`"),
        ("kind", "2", "there is no option `2`"),
        ("skin", "tan;none", "“Nothing” can't be chosen together with others"),
        ("skin", "tan;unsure", "`unsure` stands alone, not in a list"),
        ("skin", "tan;tan", "`tan` stands twice"),
        ("skin", "tan;sun", "there is no option `sun`"),
        ("skin", "[]", "at least one option is needed"),
        ("skin", "[1]", "there is no option `[1]`"),
        ("weight", "1,234", "this could be 1.234 or 1234"),
        ("weight", "70 lb", "this is asked in kg"),
        ("weight", "NaN", "this is not a number"),
        ("weight", "29", "the smallest possible is 30"),
        ("weight", "70.12345", "this is not a number"),
        ("visits", "3.5", "3.5 is no whole number"),
        ("last", "03/04/2026", "this could be 3 April 2026 or 4 March 2026"),
        ("last", "2026-02-30", "this is not a date"),
        ("last", "1989-12-31", "the smallest possible is 1990-01-01"),
        ("note", "a\u202eb", "the text holds characters that are not allowed"),
        ("note", "x" * 2001, "the text is longer than 2000 characters"),
        ("adult", "=1+1", "there is no option `=1+1`"),
    ],
    ids=range(22),
)
def test_what_could_be_two_things_or_none_is_refused(id: str, cell: str, said: str) -> None:
    """Never a guess: two readings, other units, formulas, options that do not go together."""
    with pytest.raises(Refused) as refused:
        read(id, cell)
    assert str(refused.value).startswith(said)


def test_the_column_of_an_option_says_yes_or_no() -> None:
    """1 and 0, words, a cross, the option itself; anything else is refused."""
    chosen = flag_reader(RULES.by_question["skin"], "tan")
    assert [chosen(cell) for cell in ("1", "TRUE", "x", "checked", "tan", "A tan, or sunburn", "yes")] == [True] * 7
    assert [chosen(cell) for cell in ("0", "False", "", "unchecked", "no")] == [False] * 5
    for cell in ("2", "cold-sores", "perhaps"):
        with pytest.raises(Refused):
            chosen(cell)
