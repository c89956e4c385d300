"""The values of a number or date question, cut at every limit that a condition uses.

All values of one cell make the same conditions true, so one value can stand for the cell. It is the plainest one
there is, as people read it in examples.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from screener.rulefile.conditions.atoms import Compare
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Question, RuleFile

Value = Decimal | date
#: The largest number that an answer can be, and how fine the numbers are.
_MOST, _STEP = Decimal("99999999999.9999"), Decimal("0.0001")
_UNITS = (Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal("0.001"), _STEP)
_DAY = timedelta(days=1)
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
    return {question: frozenset(limits) for question, limits in cuts.items()}


def cells_of(question: Question, cuts: Iterable[Value]) -> tuple[Value, ...]:
    """One value for each cell that an answer can fall into, from small to large."""
    if question.type == "date":
        return tuple(_dates(question, sorted(cut for cut in cuts if isinstance(cut, date))))
    return tuple(_numbers(question, sorted(cut for cut in cuts if isinstance(cut, Decimal))))


def within(question: Question, value: Value) -> bool:
    """Whether a value of the right type is between the limits of the question."""
    return question.limits.hold(value)


def _dates(question: Question, cuts: list[date]) -> Iterator[date]:
    low, high = question.limits
    first = low if isinstance(low, date) else date.min
    last = high if isinstance(high, date) else date.max
    inside = [cut for cut in cuts if first <= cut <= last]
    if not inside:
        yield first if low is not None else last if high is not None else _SOME_DAY
        return
    if inside[0] > first:
        yield inside[0] - _DAY
    for cut, following in zip(inside, [*inside[1:], None], strict=True):
        yield cut
        if cut < last and (following is None or cut + _DAY < following):
            yield cut + _DAY


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
