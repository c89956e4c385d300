"""Days that are counted from an interview: what is read, which day is meant, and that spans keep their order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.rulefile.days import Span, counted, in_words, may_change_places, span

SPANS = ("1 day", "30 days", "4 weeks", "1 month", "6 months", "26 weeks", "182 days", "12 months", "1 year", "5 years")
DAYS = st.dates(date(1900, 1, 1), date(2400, 12, 31))


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("1 day", "2026-03-01", "2026-02-28"),
        ("2 weeks", "2026-03-01", "2026-02-15"),
        ("6 months", "2026-11-30", "2026-05-30"),
        ("6 months", "2026-08-31", "2026-02-28"),
        ("6 months", "2024-08-31", "2024-02-29"),
        ("1 month", "2026-03-31", "2026-02-28"),
        ("11 months", "2026-11-30", "2025-12-30"),
        ("12 months", "2024-02-29", "2023-02-28"),
        ("1 year", "2024-02-29", "2023-02-28"),
        ("4 years", "2024-02-29", "2020-02-29"),
    ],
)
def test_a_span_leads_back_to_a_day(words: str, today: str, day: str) -> None:
    """By the calendar; of a month that is shorter, to its last day."""
    assert span(words).before(date.fromisoformat(today)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["6", "months", "6 months ago", "six months", "0 days", "-1 day", "1.5 years", "201 years", "6 moons"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    """A number from 1, a unit, and no more than 200 years."""
    with pytest.raises(ValueError, match=f"^{text}$"):
        span(text)


@given(DAYS, st.sampled_from(SPANS), st.sampled_from(SPANS))
def test_spans_that_stand_side_by_side_keep_their_order(today: date, one: str, other: str) -> None:
    """Whichever day it is, the one that is longer on some day is longer, unless it is said that they may cross."""
    first, second = span(one), span(other)
    if may_change_places(first, second):
        return
    now, then = (
        (first.before(day) > second.before(day)) - (first.before(day) < second.before(day))
        for day in (today, date(2026, 11, 30))
    )

    assert now == then


@given(DAYS, st.integers(1, 2_400))
def test_months_are_as_long_as_it_says(today: date, months: int) -> None:
    """The fewest and the most days of a span hold on every day."""
    counted_back = Span("", months, in_months=True)
    fewest, most = counted_back.extent

    assert fewest <= (today - counted_back.before(today)).days <= most


@given(DAYS, st.integers(-500, 500), st.booleans())
def test_a_day_in_words_is_read_as_the_day(today: date, ago: int, in_months: bool) -> None:
    """`40 days ago`, `today` and `in 3 days` lead back to the day that they were made of."""
    day = today - timedelta(ago)

    assert counted(in_words(day, today, in_months), today) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-30"),
        ("Yesterday", "2026-11-29"),
        ("tomorrow", "2026-12-01"),
        ("3 months ago", "2026-08-30"),
        ("1 year  ago", "2025-11-30"),
        ("in 2 weeks", "2026-12-14"),
        ("in 3 months", "2027-02-28"),
        ("soon", None),
        ("ago", None),
        ("2026-11-30", None),
    ],
)
def test_words_for_a_day(words: str, day: str | None) -> None:
    """As people write them in answers; anything else is none."""
    assert counted(words, date(2026, 11, 30)) == (date.fromisoformat(day) if day else None)
