"""The values that stand for all numbers and dates: one for each cell, none twice, and plain ones."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proving import no_hurry
from strategies import built

from screener.proof.cells import Value, cells_of
from screener.proof.prover import Prover
from screener.rulefile.model import Question, RuleFile

#: Numbers as close together as numbers can be, and days.
NUMBERS = [str(Decimal(n) / 10_000) for n in range(-4, 9)]
DATES = [str(date(2024, 2, 25) + timedelta(n)) for n in range(12)]


def with_question(question: dict[str, Any], limits: Sequence[str] = ()) -> RuleFile:
    """A file with this question, and a line for each way to compare its answer with each of these limits."""
    whens: list[dict[str, Any]] = [{key: limit} for limit in limits for key in ("at_least", "above")]
    lines = [{"id": f"g{n}", "topic": "T", "says": "S.", "when": {"q": when}} for n, when in enumerate(whens)]
    head = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "referral": {"says": "R."}}
    asked = {"id": "q", "ask": "Q?", **question}
    always = {"id": "always", "topic": "T", "says": "S."}
    steps = [{"id": "d", "title": "D", "says": "D."}]
    return built({**head, "questions": [asked], "guidance": [*lines, always], "dispositions": steps})


def question_of(type: str, low: str | None, high: str | None) -> Question:
    """A question of this type between these limits."""
    return with_question(raw_question(type, low, high)).by_question["q"]


def raw_question(type: str, low: str | None, high: str | None) -> dict[str, Any]:
    """The same as it is written."""
    return {"type": type} | {key: value for key, value in (("min", low), ("max", high)) if value is not None}


@pytest.mark.parametrize(
    ("low", "high", "cuts", "cells"),
    [
        (None, None, "", "0"),
        ("3", None, "", "3"),
        (None, "7", "", "7"),
        ("3", "7", "", "3"),
        ("3", "7", "2 8", "3"),
        (None, None, "18", "17 18 19"),
        (None, None, "4.5", "4 4.5 5"),
        (None, None, "-4.5", "-5 -4.5 -4"),
        (None, None, "5 6", "4 5 5.1 6 7"),
        (None, None, "5 5.1", "4 5 5.01 5.1 6"),
        (None, None, "5 5.01", "4 5 5.001 5.01 6"),
        (None, None, "5 5.001", "4 5 5.0001 5.001 6"),
        (None, None, "5 5.0001", "4 5 5.0001 6"),
        ("0", "10", "0 10", "0 1 10"),
        ("0", "10", "5", "0 5 6"),
        ("1", None, "5", "1 5 6"),
        (None, "10", "10", "9 10"),
        (None, "10", "9.9", "9 9.9 10"),
        (None, "10", "9.9999", "9 9.9999 10"),
        ("0", "10", "-1 5 11", "0 5 6"),
        (None, None, "99999999999.9999", "99999999999 99999999999.9999"),
        (None, None, "-99999999999.9999", "-99999999999.9999 -99999999999"),
        (None, None, "-99999999999.9998", "-99999999999.9999 -99999999999.9998 -99999999999"),
        (None, None, "-99999999999.5", "-99999999999.6 -99999999999.5 -99999999999"),
    ],
)
def test_a_plain_number_stands_for_each_cell(low: str | None, high: str | None, cuts: str, cells: str) -> None:
    """Below, at, between and above the limits, within those of the question: whole numbers where there are some."""
    found = cells_of(question_of("number", low, high), [Decimal(cut) for cut in reversed(cuts.split())])

    assert found == tuple(Decimal(cell) for cell in cells.split())


@pytest.mark.parametrize(
    ("low", "high", "cuts", "cells"),
    [
        (None, None, "", "2000-01-01"),
        ("2020-03-01", None, "", "2020-03-01"),
        (None, "2020-03-01", "", "2020-03-01"),
        ("2020-03-01", "2020-04-01", "2020-02-29 2020-04-02", "2020-03-01"),
        (None, None, "2024-02-29", "2024-01-29 2024-02-29 2024-03-01"),
        (None, None, "2024-01-01 2024-01-02", "2023-12-01 2024-01-01 2024-01-02 2024-01-03"),
        (None, None, "2024-01-01 2024-01-03", "2023-12-01 2024-01-01 2024-01-02 2024-01-03 2024-01-04"),
        (None, None, "2024-01-01 2024-01-31", "2023-12-01 2024-01-01 2024-01-16 2024-01-31 2024-02-01"),
        ("2024-01-01", None, "2024-01-01", "2024-01-01 2024-01-02"),
        ("2024-01-01", None, "2024-03-01", "2024-01-30 2024-03-01 2024-03-02"),
        (None, "2024-01-01", "2024-01-01", "2023-12-01 2024-01-01"),
        ("2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"),
        (None, None, "0001-01-01", "0001-01-01 0001-01-02"),
        (None, None, "9999-12-31", "9999-11-30 9999-12-31"),
    ],
)
def test_a_date_stands_for_each_cell(low: str | None, high: str | None, cuts: str, cells: str) -> None:
    """The day itself, and days between or beside the limits; all are possible, by the question and the calendar."""
    found = cells_of(question_of("date", low, high), [date.fromisoformat(cut) for cut in reversed(cuts.split())])

    assert found == tuple(date.fromisoformat(cell) for cell in cells.split())


@given(st.data(), st.sampled_from(["number", "date"]))
def test_no_answer_is_without_a_cell_and_no_cell_is_twice(data: st.DataObject, type: str) -> None:
    """Whatever conditions say of any answer, they say of exactly one of the values that stand for cells."""
    values = NUMBERS if type == "number" else DATES
    middle = st.sampled_from(values[3:-3])
    low, high = sorted(data.draw(st.tuples(middle, middle)), key=values.index)
    cuts = data.draw(st.lists(st.sampled_from(values), max_size=4, unique=True))
    given_low, given_high = data.draw(st.sampled_from([(low, high), (low, None), (None, high), (None, None)]))
    rules = with_question(raw_question(type, given_low, given_high), cuts)
    question = rules.by_question["q"]
    read: Callable[[str], Value] = Decimal if type == "number" else date.fromisoformat
    answers: list[Value] = [value for value in map(read, values[1:-1]) if question.limits.hold(value)]

    def told_apart(value: Value) -> tuple[object, ...]:
        return tuple(line.when.holds({"q": value}) for line in rules.guidance if line.when is not None)

    with Prover(rules, no_hurry) as prover:
        cells = [told_apart(cell) for cell in prover.encoding.takes(question) if not isinstance(cell, str | tuple)]

    assert len(set(cells)) == len(cells)
    assert {told_apart(answer) for answer in answers} <= set(cells)
    assert all(question.limits.hold(cell) for cell in cells_of(question, [read(cut) for cut in cuts]))


def test_words_stand_for_themselves() -> None:
    """Whatever is written in answer to a question for text, an example says that it was answered."""
    with Prover(with_question({"type": "text", "unsure": "yes"}), no_hurry) as prover:
        (text,) = prover.encoding.rules.questions
        literals = prover.encoding.pieces["q"]

        assert prover.encoding.takes(text) == ("answered", "unsure")
        assert prover.witness(literals["answered"]) == {"q": "answered"}
