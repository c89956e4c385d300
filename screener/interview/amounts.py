"""Numbers and dates as people type them, where that can be read in one way only.

An answers file is read strictly; a person at the keys may write `70,5 kg` or `31 January 2026`. A point is always a
decimal point and `31.1.2026` always begins with the day, as the prompt shows; whatever else has two readings is refused
with both.
"""

import re
from datetime import date
from decimal import Decimal

from screener.engine.answers import Refused, within
from screener.rulefile.days import TODAY, counted
from screener.rulefile.measures import Limits, Measure, number, whole
from screener.rulefile.model import Question

#: Why a number or a date is refused, for every face in the same words; `{form}` is how it is written.
NOT_A, WRITE, FEW_DIGITS = "this is not a {}", "write {form}", ", with at most 4 digits after the point"
COULD_BE, PLEASE_TYPE = "this could be {}", "please type {}"
NO_WHOLE = "{} is no whole number"
NUMBER_ALONE = "please type the number alone"
OTHER_UNIT, GIVE_IN = "this is asked in {}", "please give the number in {}"
YEAR_OF_FOUR = "please type the year with four digits"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: Patterns are texts, so that nobody waits for them who types neither number nor date.
_AMOUNT = r"(-?[0-9](?:[0-9.,' ]*[0-9])?)\s*([^\s0-9.,'-].*)?"
_POINT = r"-?[0-9]+(?:\.[0-9]+)?"
_COMMA = r"-?[0-9]+,[0-9]+"
#: Thousands apart: by commas, by points (one alone is a decimal point), by blanks or by apostrophes.
_GROUPED = (
    r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?",
    r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:\.[0-9]{3})+,[0-9]+)",
    r"-?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?",
    r"-?[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:[.,][0-9]+)?",
)
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "−": "-"})
_DIGITS = r"([0-9]{1,4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,4})\.?"
_DAY, _MONTH, _YEAR = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]{3,9})\.?", "(?P<year>[0-9]{4}|[0-9]{2})"
_APART = r"[-\s,./]*"
_NAMED = (
    rf"{_DAY}{_APART}(?:of\s+)?{_MONTH}{_APART}{_YEAR}",
    rf"{_MONTH}{_APART}{_DAY}[\s,]+{_YEAR}",
    rf"(?P<year>[0-9]{{4}}){_APART}{_MONTH}{_APART}{_DAY}",
)


def typed_amount(question: Question, text: str) -> Measure:
    """The number or the date that a person typed. Raises Refused, with both readings where there are two."""
    plain = text.translate(_BLANKS).strip()
    read = {"date": _date, "whole": _whole}.get(question.type, _number)
    return within(question, read(question, plain))


def form(question: Question) -> str:
    """What can be typed: unit, limits and an example, such as `A number in kg, from 30 to 250, such as 70.5`."""
    limits = question.limits
    if question.type == "date":
        day = _example(limits, date(2026, 1, 31))
        return f"A date{_between(limits, 'later', 'earlier')}, such as {_in_words(day)} or {day}"
    unit = f" in {question.unit}" if question.unit else ""
    fractions = [] if question.type == "whole" else [Decimal("70.5"), Decimal("7.5"), Decimal("0.5")]
    example = _example(limits, *fractions, Decimal(18), Decimal(3))
    kind = "whole number" if question.type == "whole" else "number"
    return f"A {kind}{unit}{_between(limits, 'more', 'less')}, such as {_in_words(example)}"


def in_parts(question: Question) -> str:
    """What can be given as day, month and year on any day, such as `A date, from 1 January 1920 to today`."""
    written = zip(question.limits, (question.min, question.max), strict=True)
    low, high = (text if text == TODAY else _limit(value) for value, text in written)
    return f"A date{_range(low, high, 'later', 'earlier')}"


def date_in_words(day: date) -> str:
    """A date such as `31 January 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _in_words(value: Measure) -> str:
    return date_in_words(value) if isinstance(value, date) else f"{value.normalize():f}"


def _example(limits: Limits, *wanted: Measure) -> Measure:
    """The first of these that the limits allow, or else one of the limits."""
    held = [value for value in (*wanted, limits.low, limits.high) if value is not None and limits.hold(value)]
    return next(iter(held), wanted[0])


def _between(limits: Limits, more: str, less: str) -> str:
    return _range(_limit(limits.low), _limit(limits.high), more, less)


def _limit(value: Measure | None) -> str | None:
    return None if value is None else _in_words(value)


def _range(low: str | None, high: str | None, more: str, less: str) -> str:
    if low and high:
        return f", from {low} to {high}"
    return f", {low} or {more}" if low else f", {high} or {less}" if high else ""


def _only(readings: list[Measure], question: Question, kind: str, more: str = "") -> Measure:
    """The one reading there is. Raises Refused where there is none, or more than one."""
    if not readings:
        raise Refused(NOT_A.format(kind), f"{_write(question)}{more}")
    if len(readings) > 1:
        typed = (str(value) if isinstance(value, date) else _in_words(value) for value in readings)
        said = " or ".join(_in_words(value) for value in readings)
        raise Refused(COULD_BE.format(said), PLEASE_TYPE.format(" or ".join(typed)))
    return readings[0]


def _write(question: Question) -> str:
    wanted = form(question)
    return WRITE.format(form=f"{wanted[0].lower()}{wanted[1:]}")


def _number(question: Question, text: str) -> Measure:
    try:
        return number(text)
    except ValueError:
        match = re.fullmatch(_AMOUNT, text)
    readings = _numbers(match[1]) if match else []
    if match and match[2] and readings:
        _same_unit(question.unit, match[2])
    more = "" if question.type == "whole" else FEW_DIGITS
    return _only(readings, question, "number", more)


def _whole(question: Question, text: str) -> Measure:
    """A number without a fraction. Raises Refused for one with a fraction, which is not rounded."""
    value = _number(question, text)
    try:
        return whole(str(value))
    except ValueError:
        raise Refused(NO_WHOLE.format(_in_words(value)), _write(question)) from None


def _numbers(amount: str) -> list[Measure]:
    """Every number that these digits can stand for."""
    ways = [amount] if re.fullmatch(_POINT, amount) else []
    ways += [amount.replace(",", ".")] if re.fullmatch(_COMMA, amount) else []
    for groups in _GROUPED:
        if re.fullmatch(groups, amount):
            ways.append(_ungrouped(amount))
    return list(dict.fromkeys(value for way in ways for value in _read(way)))


def _ungrouped(amount: str) -> str:
    """Without what keeps thousands apart; what comes last and once, and differs from the others, is the point."""
    signs = re.findall(r"[^0-9-]", amount)
    last = signs[-1] if len(set(signs)) > 1 else ""
    whole, _, rest = amount.rpartition(last) if last else (amount, "", "")
    return re.sub(r"[^0-9-]", "", whole) + (f".{rest}" if rest else "")


def _read(way: str) -> list[Decimal]:
    try:
        return [number(way)]
    except ValueError:
        return []


def _same_unit(unit: str | None, typed: str) -> None:
    """Raise Refused if the typed unit is another one than the question's."""
    if unit is None:
        raise Refused(NUMBER_ALONE)
    if _bare(typed) != _bare(unit):
        raise Refused(OTHER_UNIT.format(unit), GIVE_IN.format(unit))


def _bare(unit: str) -> str:
    """A unit without what makes no difference: case, blanks, a period, the s of several."""
    words = unit.casefold().split()
    return " ".join(word.strip(".").removesuffix("s") or word for word in words)


def _date(question: Question, text: str) -> Measure:
    if (day := counted(text, question.today)) is not None:
        return day
    digits = re.fullmatch(_DIGITS, text)
    named = next((match for form in _NAMED if (match := re.fullmatch(form, text, re.IGNORECASE))), None)
    if digits:
        readings = _of_digits(digits[1], digits[2], digits[3], digits[4])
    else:
        readings = [(named["year"], month, int(named["day"])) for month in _months(named["month"])] if named else []
    if readings and all(len(year) != 4 for year, _, _ in readings):
        raise Refused(YEAR_OF_FOUR)
    days = [day for year, month, number in readings for day in _day(int(year), month, number)]
    return _only(list(dict.fromkeys(days)), question, "date")


def _of_digits(first: str, sign: str, second: str, third: str) -> list[tuple[str, int, int]]:
    """Year, month and day in each order that is in use with this sign between them."""
    if len(first) == 4:
        return [(first, int(second), int(third))] if len(third) < 3 else []
    day_first, month_first = (third, int(second), int(first)), (third, int(first), int(second))
    return [day_first] if sign == "." else [day_first, month_first]


def _months(typed: str) -> list[int]:
    """The month that this is the name of, or the beginning of its name."""
    return [number for number, name in enumerate(_MONTHS, 1) if name.casefold().startswith(typed.casefold())]


def _day(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []
