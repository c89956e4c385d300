"""Numbers and dates: how they are written, which comes first, and the limits that questions set them."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from screener.rulefile.days import SOME_DAY, TODAY

Measure = Decimal | date

#: How a number and a date are written, for help.
A_NUMBER = "a number such as 18 or 7.5, with at most 4 digits after the point"
A_WHOLE = "a whole number such as 18, with at most 9 digits"
A_DATE = "a date such as 2026-01-31"
#: How a value is written, by the type of its question.
FORMS = {"number": A_NUMBER, "whole": A_WHOLE, "date": A_DATE}
#: The types of question that are answered with a number.
NUMBERS = ("number", "whole")
#: Those that are answered with a value which has more and less.
MEASURED = (*NUMBERS, "date")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,11}(\.[0-9]{1,4})?")
_TOO_LARGE = 10**9  # so that every system that counts with 32 bits can take it
_WITH_EXPONENT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?[eE][+-]?[0-9]{1,2}")


def iso_date(text: str) -> date:
    """A date written as 2026-01-31. Raises ValueError for anything else."""
    if not _DATE.fullmatch(text.strip()):
        raise ValueError(text)
    return date.fromisoformat(text.strip())


def number(text: str) -> Decimal:
    """A decimal number of at most 11 digits before the point and 4 after it, which JSON numbers carry exactly.

    As JSON has it, `1e3` is such a number too. Raises ValueError for anything else.
    """
    plain = text.strip()
    if _WITH_EXPONENT.fullmatch(plain):
        plain = f"{Decimal(plain):f}"  # every digit of it, where `normalize` rounds to 28
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain)


def whole(text: str) -> Decimal:
    """A number of at most 9 digits that has no fraction; `18.0` is one. Raises ValueError for anything else."""
    value = number(text)
    if value != value.to_integral_value() or abs(value) >= _TOO_LARGE:
        raise ValueError(text)
    return Decimal(int(value))


def limit(type: str, text: str | None, today: date = SOME_DAY) -> Measure | None:
    """A limit as the type of a question has it: a date, or a number. Raises ValueError for anything else."""
    if text is None:
        return None
    if type == "date":
        return today if text == TODAY else iso_date(text)
    return whole(text) if type == "whole" else number(text)


def less(one: Measure, other: Measure) -> bool:
    """Whether the first is smaller, or earlier. Raises TypeError for a number and a date, which have no order."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one < other
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    raise TypeError(f"{type(one).__name__} and {type(other).__name__} have no order")


class Limits(NamedTuple):
    """The smallest and the largest that is allowed, both included; None where there is no limit."""

    low: Measure | None = None
    high: Measure | None = None

    def under(self, value: Measure) -> bool:
        """Whether the value is too small."""
        return self.low is not None and less(value, self.low)

    def over(self, value: Measure) -> bool:
        """Whether the value is too large."""
        return self.high is not None and less(self.high, value)

    def hold(self, value: Measure) -> bool:
        """Whether the value is allowed."""
        return not self.under(value) and not self.over(value)

    @property
    def crossed(self) -> bool:
        """Whether no value at all is allowed."""
        return self.low is not None and self.over(self.low)
