"""Numbers and dates have an order among their own kind, and limits hold what lies between them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.rulefile.measures import Limits, Measure, less

NUMBERS = st.integers(-3, 3).map(Decimal)
ENDS = st.none() | NUMBERS


@given(NUMBERS, ENDS, ENDS)
def test_limits_hold_what_lies_between_them(value: Decimal, low: Decimal | None, high: Decimal | None) -> None:
    """Both ends are included, a missing end has no say, and crossed limits hold nothing."""
    limits = Limits(low, high)

    assert limits.under(value) == (low is not None and value < low)
    assert limits.over(value) == (high is not None and value > high)
    assert limits.hold(value) == (not limits.under(value) and not limits.over(value))
    assert not (limits.crossed and limits.hold(value))
    assert limits.crossed == (low is not None and high is not None and low > high)


def test_dates_have_an_order_of_their_own() -> None:
    """An earlier date is less than a later one."""
    assert less(date(2026, 1, 31), date(2026, 2, 1))
    assert not less(date(2026, 2, 1), date(2026, 2, 1))


@pytest.mark.parametrize(("one", "other"), [(Decimal(1), date(2026, 1, 1)), (date(2026, 1, 1), Decimal(1))])
def test_a_number_and_a_date_are_never_compared(one: Measure, other: Measure) -> None:
    """Whoever does has mixed up two questions."""
    with pytest.raises(TypeError):
        less(one, other)
