"""Numbers and dates as people type them: read where there is one way to, and otherwise asked about."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from faces import rules_with
from hypothesis import given
from hypothesis import strategies as st

from screener.engine.answers import Refused
from screener.interview.amounts import form, typed_amount
from screener.rulefile.measures import Measure
from screener.rulefile.model import Question

MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]


def question(type: str, **more: Any) -> Question:
    """A question for a number or a date without limits, unless they are given."""
    return rules_with("date", **{"type": type, **more}).questions[0]


NUMBER, WEIGHT, DATE = question("number"), question("number", unit="kg", min="30", max="250"), question("date")


def refusal(asked: Question, text: str) -> str:
    """What is said where a text is not taken."""
    with pytest.raises(Refused) as refused:
        typed_amount(asked, text)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("70", "70"), ("70.5", "70.5"), ("70,5", "70.5"), ("70 kg", "70"), ("70kg", "70"), ("70,5 KG.", "70.5")],
        *[("70.500", "70.5"), ("0070", "70"), ("7e1", "70"), ("70\u00a0kg", "70"), (" 70 ", "70")],
    ],
)
def test_a_weight_can_be_written_in_many_ways(text: str, value: str) -> None:
    """With a comma or a point, with its unit or without."""
    assert typed_amount(WEIGHT, text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("1,000,000", 1_000_000), ("1.000.000", 1_000_000), ("1 000", 1000), ("1’000", 1000), ("12'345.5", 12345.5)],
        *[("1,500.5", 1500.5), ("1.500,5", 1500.5), ("0,500", 0.5), ("1234,567", 1234.567), ("−5", -5), ("1.500", 1.5)],
    ],
)
def test_thousands_may_stand_apart_where_that_is_clear(text: str, value: float) -> None:
    """Where no other reading is left; a point alone is a decimal point, as the prompt shows."""
    assert typed_amount(NUMBER, text) == Decimal(str(value))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,000", "This could be 1 or 1000. Please type 1 or 1000."),
        ("-70,500", "This could be -70.5 or -70500. Please type -70.5 or -70500."),
        ("1,125 kg", "This could be 1.125 or 1125. Please type 1.125 or 1125."),
    ],
)
def test_a_number_with_two_readings_is_asked_about(text: str, said: str) -> None:
    """Both are named in a form that has one reading only, also where limits would allow just one of them."""
    assert refusal(question("number", unit="kg"), text) == said
    for reading in said.rpartition("type ")[2].removesuffix(".").split(" or "):
        assert typed_amount(NUMBER, reading) == Decimal(reading)
    assert "This could be 70.5 or 70500." in refusal(WEIGHT, "70,500")


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        (WEIGHT, "70 lb", "This is asked in kg. Please give the number in kg."),
        (WEIGHT, "70 to 80", "This is asked in kg. Please give the number in kg."),
        (NUMBER, "70 kg", "Please type the number alone."),
        (WEIGHT, "300", "The largest possible is 250."),
        (WEIGHT, "29,9 kg", "The smallest possible is 30."),
        (WEIGHT, "kg", "This is not a number. Write a number in kg, from 30 to 250, such as 70.5,"),
    ],
)
def test_what_is_no_such_number_is_refused_in_words(asked: Question, text: str, said: str) -> None:
    """Another unit, nothing to count, too small or too large."""
    assert refusal(asked, text).startswith(said)


def test_no_fraction_is_spoken_of_where_a_whole_number_is_asked() -> None:
    """Whoever is asked for a whole number hears nothing of digits after a point."""
    whole = NUMBER.model_copy(update={"type": "whole"})

    assert refusal(whole, "few") == "This is not a number. Write a whole number, such as 18."


@pytest.mark.parametrize(
    "text", ["", "1,00,000", "70,", ",5", "5.", "1 0", "70-80", "1.2.3", "½", "٣", "1,00000", "++1", "1,2,3"]
)
def test_what_is_no_number_is_not_taken(text: str) -> None:
    """Nothing is guessed."""
    assert refusal(NUMBER, text).startswith("This is not a number.")


@given(st.decimals(-99_999, 99_999, places=4))
def test_every_number_comes_back_from_each_form(value: Decimal) -> None:
    """With a point, with a comma, with thousands apart, with a unit."""
    plain, grouped = f"{value:f}", f"{value:,f}"
    swiss, french = grouped.replace(",", "'"), grouped.replace(",", " ").replace(".", ",")
    for text in (plain, plain.replace(".", ","), grouped, swiss, french, f"{plain} kg"):
        assert typed_amount(question("number", unit="kg"), text) == value


DATES = st.dates(date(1000, 1, 1))


@given(DATES, st.sampled_from(["", "st", "th"]), st.booleans())
def test_every_date_comes_back_from_each_form_that_is_clear(day: date, ending: str, short: bool) -> None:
    """With the year first, with points, and with the name of the month in every usual order."""
    month = MONTHS[day.month - 1][: 3 if short else None]
    named = (
        *(f"{day.day}{ending} {month} {day.year}", f"{month} {day.day}{ending}, {day.year}"),
        *(f"{day.day}-{month}-{day.year}", f"{day.year} {month} {day.day}", f"{month}. {day.day} {day.year}"),
        *(f"{day.day}{ending} of {month}, {day.year}", f"{day.day} {month.upper()} {day.year}"),
    )
    numbers = (
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}. {day.month:02}. {day.year}",
        f"{day:%d.%m.}{day.year}",
    )
    first = (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}-{day.month}-{day.day}")
    for text in (*named, *numbers, *first):
        assert typed_amount(DATE, text) == day, text


@given(st.integers(1, 31), st.integers(1, 31), st.sampled_from([1900, 2024, 2026]), st.sampled_from("/-"))
def test_a_date_with_two_readings_is_never_guessed(one: int, other: int, year: int, sign: str) -> None:
    """With the day first or the month first: the one there is, or both are named; what is neither is no date."""
    text = f"{one}{sign}{other}{sign}{year}"
    readings = {day for order in ((one, other), (other, one)) if (day := _valid(year, *order)) is not None}
    if len(readings) == 1:
        assert {typed_amount(DATE, text)} == readings
    else:
        said = refusal(DATE, text)
        assert all(day.isoformat() in said for day in readings)
        assert said.startswith("This could be" if readings else "This is not a date.")


def _valid(year: int, day: int, month: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@given(st.text("0123456789.,/- JanFebMar\u0663", max_size=12), st.sampled_from([NUMBER, WEIGHT, DATE]))
def test_whatever_is_typed_is_read_or_refused(text: str, asked: Question) -> None:
    """Nothing else ever happens, and what was read is within the limits."""
    try:
        value = typed_amount(asked, text)
    except Refused:
        return
    assert asked.limits.hold(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1/2/2026", "This could be 1 February 2026 or 2 January 2026. Please type 2026-02-01 or 2026-01-02."),
        ("31.1.26", "Please type the year with four digits."),
        ("31 Jan 26", "Please type the year with four digits."),
        ("1.31.2026", "This is not a date."),
        ("30 February 2026", "This is not a date."),
        ("31 Ju 2026", "This is not a date."),
        ("31 foo 2026", "This is not a date."),
        ("2026-1-31x", "This is not a date."),
        ("soon", "This is not a date. Write a date, such as 31 January 2026 or 2026-01-31."),
    ],
)
def test_what_is_no_clear_date_is_refused_in_words(text: str, said: str) -> None:
    """With what to type instead."""
    assert refusal(DATE, text).startswith(said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (WEIGHT, "A number in kg, from 30 to 250, such as 70.5"),
        (NUMBER, "A number, such as 70.5"),
        (question("number", min="100"), "A number, 100 or more, such as 100"),
        (question("number", max="3"), "A number, 3 or less, such as 0.5"),
        (question("date", min="2020-02-01"), "A date, 1 February 2020 or later, such as 31 January 2026 or 2026-01-31"),
        (
            question("date", max="2020-02-01"),
            "A date, 1 February 2020 or earlier, such as 1 February 2020 or 2020-02-01",
        ),
        (
            question("date", min="2020-02-01", max="2020-02-29"),
            "A date, from 1 February 2020 to 29 February 2020, such as 1 February 2020 or 2020-02-01",
        ),
    ],
)
def test_the_form_names_unit_limits_and_an_example_that_is_taken(asked: Question, said: str) -> None:
    """The example could be typed as it stands."""
    assert form(asked) == said
    values: list[Measure] = [typed_amount(asked, text) for text in said.rpartition("such as ")[2].split(" or ")]
    assert len(set(values)) == 1
