"""Days that are counted back from the day of an interview: `today`, and spans such as `6 months`.

Which of two such days comes first is the same on every day, as long as the spans can't change places: `6 months` are
181 to 184 days, so they stand apart from `1 year`, and not from `183 days`. So what is proved with one day is proved
for all.
"""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

TODAY = "today"
#: Stands for the day of the interview where nobody is interviewed.
SOME_DAY = date(2000, 1, 1)
#: How a span is written.
SPAN = "([1-9][0-9]{0,4}) (day|week|month|year)s?"
_SPAN = re.compile(SPAN)
_AGO, _AHEAD = re.compile(r"(.+) ago"), re.compile("in (.+)")
_NEAR = {TODAY: 0, "yesterday": -1, "tomorrow": 1}
_DAYS, _MONTHS = {"day": 1, "week": 7}, {"month": 1, "year": 12}
#: No one looks back further than this, in years.
_LONGEST = 200
#: So many days a month has on average, and so many a span of months can be away from that.
_MONTH, _AWAY = 30.436875, 4


class Span(NamedTuple):
    """So many days, or months of the calendar, as it is written in `words`."""

    words: str
    number: int
    in_months: bool

    @property
    def extent(self) -> tuple[int, int]:
        """The fewest and the most days that this can be."""
        if not self.in_months:
            return self.number, self.number
        return int(self.number * _MONTH - _AWAY), int(self.number * _MONTH + _AWAY)

    def before(self, day: date) -> date:
        """The day so long before; of a month that is shorter, its last day."""
        if not self.in_months:
            return day - timedelta(self.number)
        year, month = divmod(day.year * 12 + day.month - 1 - self.number, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    def moved(self, by: int) -> "Span | None":
        """One day, week, month or year more or less, if there is such a span."""
        number, _, unit = self.words.partition(" ")
        return _read(f"{int(number) + by} {unit}")


def span(text: str) -> Span:
    """A span written as `6 months`. Raises ValueError for anything else, and for more than 200 years."""
    found = _read(text)
    if found is None:
        raise ValueError(text)
    return found


def counted(text: str, today: date) -> date | None:
    """The day that is meant by `today`, `3 months ago` or `in 2 weeks`; None for other words."""
    words = " ".join(text.casefold().split())
    if words in _NEAR:
        return today + timedelta(_NEAR[words])
    ago, ahead = _AGO.fullmatch(words), _AHEAD.fullmatch(words)
    found = _read(match[1]) if (match := ago or ahead) else None
    if found is None:
        return None
    return found.before(today) if ago else found._replace(number=-found.number).before(today)


def in_words(day: date, today: date, in_months: bool) -> str:
    """A day as it is counted from the interview: `today`, `40 days ago`, `in 1 day`.

    `in_months` prefers `6 months ago` where that is the very day.
    """
    months = (today.year - day.year) * 12 + today.month - day.month
    if in_months and months > 0 and Span("", months, in_months=True).before(today) == day:
        return f"{months} month{'' if months == 1 else 's'} ago"
    number = (today - day).days
    counted = f"{abs(number)} day{'' if abs(number) == 1 else 's'}"
    return f"{counted} ago" if number > 0 else f"in {counted}" if number else TODAY


def _read(text: str) -> Span | None:
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    in_months = match[2] in _MONTHS
    number = int(match[1]) * (_MONTHS | _DAYS)[match[2]]
    whole = f"{match[1]} {match[2]}{'' if match[1] == '1' else 's'}"
    return Span(whole, number, in_months) if number <= _LONGEST * (12 if in_months else 365) else None


def may_change_places(one: Span, other: Span) -> bool:
    """Whether it depends on the day which of two spans is the longer one."""
    if one.in_months == other.in_months:
        return False
    (low, high), (least, most) = one.extent, other.extent
    return low <= most and least <= high
