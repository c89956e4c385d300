"""The values of a number or date question, cut at every limit that a condition uses.

All values of one cell make the same conditions true, so one value can stand for the cell. It is the plainest one
there is, as people read it in examples.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from screener.rulefile.conditions.atoms import Compare, Within
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Question, RuleFile

Value = Decimal | date
#: The largest number that an answer can be, and how fine the numbers are.
_MOST, _STEP = Decimal("99999999999.9999"), Decimal("0.0001")
_UNITS = (Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal("0.001"), _STEP)
_MOST_WHOLE = Decimal(10**9 - 1)
_DAY, _MONTH = timedelta(days=1), 30
_SOME_DAY = date(2000, 1, 1)


def conditions_of(rules: RuleFile) -> list[Condition]:
    """Every condition of the file, those that have a name of their own among them."""
    return [*rules.conditions.values(), *rules.written_conditions]


def cuts_of(rules: RuleFile) -> Mapping[str, frozenset[Value]]:
    """For each question that is compared with limits: all these limits."""
    cuts: dict[str, set[Value]] = {}
    for condition in {id(condition): condition for condition in conditions_of(rules)}.values():
        for atom in condition.atoms():
            if isinstance(atom, Compare):
                cuts.setdefault(atom.question, set()).add(atom.limit)
            if isinstance(atom, Within):
                cuts.setdefault(atom.question, set()).update((atom.since, atom.today + _DAY))
    return {question: frozenset(limits) for question, limits in cuts.items()}


def cells_of(question: Question, cuts: Iterable[Value]) -> tuple[Value, ...]:
    """One value for each cell that an answer can fall into, from small to large."""
    if question.type == "date":
        return tuple(_dates(question, sorted(cut for cut in cuts if isinstance(cut, date))))
    numbers = sorted(cut for cut in cuts if isinstance(cut, Decimal))
    return tuple(_whole(question, numbers) if question.type == "whole" else _numbers(question, numbers))


def within(question: Question, value: Value) -> bool:
    """Whether a value of the right kind is between the limits of the question, and whole where that is wanted."""
    whole = question.type != "whole" or value == int(str(value).partition(".")[0])
    return whole and question.limits.hold(value)


def _dates(question: Question, cuts: list[date]) -> Iterator[date]:
    """Where a cell has room its value is not near a limit: one that is counted from the interview moves a little."""
    low, high = (limit if isinstance(limit, date) else None for limit in question.limits)
    first, last = (low or date.min).toordinal(), (high or date.max).toordinal()
    cells = list(_stepped(first, last, [cut.toordinal() for cut in cuts]))
    if len(cells) == 1:
        yield low or high or _SOME_DAY
        return
    for begin, end in cells:
        if high is None and end == last:
            yield date.fromordinal(begin)
        else:
            yield date.fromordinal(max(begin, end - _MONTH) if low is None and begin == first else (begin + end) // 2)


def _whole(question: Question, cuts: list[Decimal]) -> Iterator[Decimal]:
    """Like `_numbers`; a limit with a fraction divides the numbers before the next whole one."""
    low, high = (limit if isinstance(limit, Decimal) else None for limit in question.limits)
    first, last = int(-_MOST_WHOLE if low is None else low), int(_MOST_WHOLE if high is None else high)
    cells = list(_stepped(first, last, sorted({int(cut.to_integral_value(ROUND_CEILING)) for cut in cuts})))
    if len(cells) == 1:
        yield low if low is not None else high if high is not None else Decimal(0)
        return
    yield from (Decimal(end if begin == first and low is None else begin) for begin, end in cells)


def _stepped(first: int, last: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last value of each cell, of what is counted one by one from `first` to `last`."""
    begin = first
    for cut in (cut for cut in cuts if first <= cut <= last):
        if begin < cut:
            yield begin, cut - 1
        yield cut, cut
        begin = cut + 1
    if begin <= last:
        yield begin, last


def _numbers(question: Question, cuts: list[Decimal]) -> Iterator[Decimal]:
    low, high = question.limits
    first = low if isinstance(low, Decimal) else -_MOST
    last = high if isinstance(high, Decimal) else _MOST
    inside = [cut for cut in cuts if first <= cut <= last]
    if not inside:
        yield first if low is not None else last if high is not None else Decimal(0)
        return
    if inside[0] > first:
        yield first if low is not None else _below(inside[0], first)
    for cut, following in zip(inside, [*inside[1:], last + _STEP], strict=True):
        yield cut
        yield from _above(cut, following)


def _below(limit: Decimal, first: Decimal) -> Decimal:
    """The plainest number under the limit, not below `first`."""
    rounded = [(limit / unit).to_integral_value(ROUND_CEILING) * unit - unit for unit in _UNITS]
    return next(value for value in (*rounded, first) if value >= first)


def _above(limit: Decimal, following: Decimal) -> Iterator[Decimal]:
    """The plainest number between two limits, if there is one."""
    rounded = ((limit / unit).to_integral_value(ROUND_FLOOR) * unit + unit for unit in _UNITS)
    yield from [value for value in rounded if value < following][:1]
