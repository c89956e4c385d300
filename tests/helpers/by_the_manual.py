"""A second reading of rule files, from the manual alone: README.md, rules/FORMAT.md, rules/CHECKS.md, the schema.

It knows nothing of `screener`. It takes the plain data of a small rule file, every word a string, goes through all
complete sets of answers one by one, and says what follows from each. Numbers and dates are tried on a grid around every
limit that the file names. Where the manual leaves something open this is the place where it shows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

import yaml

UNSURE, DECLINED, NOT_YET, TEXT = "unsure", "declined", "not answered yet", "some words"
SKIPPED = "skipped"
OPEN = (UNSURE, DECLINED, SKIPPED)
OFFERED_BY = {UNSURE: "unsure", DECLINED: "decline", SKIPPED: "optional"}
YES = ("yes", "true")
LIMITS = ("below", "above", "at_least", "at_most")
Value = str | frozenset[str] | Decimal | date
Answers = Mapping[str, Value]
Data = Mapping[str, Any]
Truth = bool | None  # None is unknown


@dataclass(frozen=True)
class Outcome:
    """What follows from a complete set of answers; lines that may apply are `possible`."""

    certain: frozenset[str]
    possible: frozenset[str]
    step: str
    referral: str
    referral_says: str

    @property
    def said(self) -> frozenset[str]:
        """The lines that the person reads, for certain or as one that may apply."""
        return self.certain | self.possible


def data(text: str) -> dict[str, Any]:
    """A rule file as plain data: `yes` and `1.10` are words."""
    loaded = yaml.load(text, Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def every(truths: Iterable[Truth]) -> Truth:
    """`all`: false as soon as one is, otherwise an unknown part leaves it unknown."""
    found = set(truths)
    return False if False in found else None if None in found else True


def turned(truth: Truth) -> Truth:
    """`not`: unknown stays unknown."""
    return None if truth is None else not truth


def listed(value: Any) -> list[Any]:
    """One, or a list of them."""
    return value if isinstance(value, list) else [value]


def number_or_day(word: str) -> Any:
    """A limit: a number or a date."""
    if word == "today":
        return date.today()
    return date.fromisoformat(word) if word.count("-") > 1 else Decimal(word)


class Rules:
    """The data of one rule file, and what follows from answers."""

    def __init__(self, text: str) -> None:
        self.data = data(text)
        self.questions: dict[str, Data] = {question["id"]: question for question in self.data["questions"]}
        self.lines: dict[str, Data] = {line["id"]: line for line in self.data["guidance"]}
        self.steps: list[str] = [step["id"] for step in self.data["dispositions"]]
        self.referrals: list[Data] = listed(self.data["referral"])
        self.promises: list[Data] = self.data.get("invariants", [])

    def decide(self, when: Data | None, answers: Answers) -> Truth:
        """Whether a condition is true, false or unknown; without one it is true."""
        return every(self._part(key, what, answers) for key, what in (when or {}).items())

    def _part(self, key: str, what: Any, answers: Answers) -> Truth:
        if key == "all":
            return every(self.decide(part, answers) for part in what)
        if key == "any":
            return turned(every(turned(self.decide(part, answers)) for part in what))
        if key == "not":
            return turned(self.decide(what, answers))
        if key == "is":
            return self.decide(self.data["conditions"][what], answers)
        return key in answers and about(what, answers[key])

    def outcome(self, answers: Answers) -> Outcome:
        """What follows, when all that is asked is answered."""
        truths = {name: self.decide(line.get("when"), answers) for name, line in self.lines.items()}
        certain = frozenset(name for name, truth in truths.items() if truth)
        unknown = frozenset(name for name, truth in truths.items() if truth is None)
        possible = frozenset(name for name in unknown if self.lines[name].get("when_unsure") != "skip")
        called = (self.lines[name].get("disposition", self.steps[0]) for name in certain | possible)
        step = max(map(self.steps.index, called), default=0)
        referral = next(one for one in self.referrals if self.decide(one.get("when"), answers))
        return Outcome(certain, possible, self.steps[step], referral.get("id", "everyone"), referral["says"])

    def asked(self, question: str, answers: Answers) -> bool:
        """Whether a question is asked after these answers to the questions before it."""
        return self.decide(self.questions[question].get("when"), answers) is not False

    def complete(self) -> Iterator[Answers]:
        """Every complete set of answers, in the order of the questions."""
        values = {name: list(self.values(name)) for name in self.questions}
        return self._complete(list(self.questions), {}, values)

    def _complete(self, left: list[str], answers: Answers, values: Mapping[str, list[Value]]) -> Iterator[Answers]:
        if not left:
            yield answers
        elif self.asked(left[0], answers):
            for value in values[left[0]]:
                yield from self._complete(left[1:], {**answers, left[0]: value}, values)
        else:
            yield from self._complete(left[1:], answers, values)

    def values(self, name: str) -> Iterator[Value]:
        """The answers that are tried for a question: all there are, but for numbers and dates a grid."""
        question = self.questions[name]
        kind, options = question["type"], question.get("options", {})
        if kind == "yes-no":
            yield from ("yes", "no")
        elif kind == "one":
            yield from options
        elif kind == "many":
            sets = (frozenset(some) for size in range(1, len(options) + 1) for some in combinations(options, size))
            yield from (chosen for chosen in sets if self.allows(name, chosen))
        elif kind == "text":
            yield TEXT
        else:
            yield from sorted(value for value in self._grid(name) if self.allows(name, value))
        yield from (word for word in OPEN if self.allows(name, word))

    def _grid(self, name: str) -> set[Any]:
        bounds = [word for key in ("min", "max") if (word := self.questions[name].get(key))]
        limits = set(map(number_or_day, [*bounds, *limits_on(name, self.data)]))
        limits |= {back(word) for word in limits_on(name, self.data, ("within",))}
        if self.questions[name]["type"] == "date":
            return {limit + timedelta(days) for limit in limits or {date(2020, 1, 1)} for days in (-2, -1, 0, 1, 2)}
        near = ("-1", "0", "1") if self.questions[name]["type"] == "whole" else ("-1", "-.25", "0", ".25", "1")
        return {limit + Decimal(more) for limit in limits or {Decimal(0)} for more in near}

    def allows(self, name: str, value: Value) -> bool:
        """Whether a question takes this answer."""
        question = self.questions[name]
        kind, least, most = question["type"], question.get("min"), question.get("max")
        if value in OPEN:
            return question.get(OFFERED_BY[str(value)]) in YES
        if isinstance(value, frozenset):
            alone = self.alone(name)
            if value & alone:
                return len(value) == 1
            return kind == "many" and int(least or 1) <= len(value) <= int(most or len(value))
        if isinstance(value, str):
            return kind == "text" or value in (question.get("options") or ("yes", "no"))
        return (least is None or number_or_day(least) <= value) and (most is None or value <= number_or_day(most))

    def alone(self, name: str) -> frozenset[str]:
        """The options of a question that stand alone."""
        options = self.questions[name].get("options", {})
        return frozenset(o for o, more in options.items() if isinstance(more, dict) and more.get("exclusive") in YES)


def back(span: str) -> date:
    """So long before today: `10 days`, `6 months` of the calendar, whose last day may be earlier."""
    number, unit = span.split()
    today = date.today()
    if unit.startswith("day"):
        return today - timedelta(int(number))
    months = int(number) * (12 if unit.startswith("year") else 1)
    first = date(today.year + (today.month - 1 - months) // 12, (today.month - 1 - months) % 12 + 1, 1)
    days = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(today.day, days))


def limits_on(name: str, what: Any, forms: tuple[str, ...] = LIMITS) -> Iterator[str]:
    """Every limit that stands in a condition on this question, wherever it is."""
    if isinstance(what, list):
        for part in what:
            yield from limits_on(name, part, forms)
    elif isinstance(what, dict):
        for key, part in what.items():
            if key == name and isinstance(part, dict):
                yield from (word for limit, word in part.items() if limit in forms)
            yield from limits_on(name, part, forms)


def about(what: Any, answer: Value) -> Truth:
    """What one condition on a question comes to when it was asked and answered."""
    if answer == NOT_YET:
        return None
    if isinstance(what, dict):
        return None if answer in OPEN else all(holds(form, limit, answer) for form, limit in what.items())
    words = listed(what)
    if answer not in OPEN:
        chosen = answer if isinstance(answer, frozenset) else {answer}
        return "answered" in words or any(word in chosen for word in words)
    if answer in words:
        return True
    return False if all(word in (*OPEN, "answered") for word in words) else None


def holds(form: str, limit: Any, answer: Any) -> Any:
    """Whether an answer with a value meets one form: `all`, `none`, `count` or a limit."""
    if form == "all":
        return set(listed(limit)) <= answer
    if form == "none":
        return not answer & set(listed(limit))
    if form == "count":
        return all(holds(key, number, Decimal(len(answer))) for key, number in limit.items())
    if form == "within":
        return back(limit) <= answer <= date.today()
    if isinstance(answer, str):  # the ordered options of files that are made stand in the order of the alphabet
        return COMPARED[form](answer, limit)
    return COMPARED[form](answer, number_or_day(limit))


COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "below": lambda answer, limit: answer < limit,
    "above": lambda answer, limit: answer > limit,
    "at_least": lambda answer, limit: answer >= limit,
    "at_most": lambda answer, limit: answer <= limit,
}
