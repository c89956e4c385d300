"""What the parts of a rule file say of each other: ids, conditions, options, limits."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from screener.ground.marks import ANSWERED, MARKS, OFFERED_BY
from screener.ground.problems import Hints, Problem, names
from screener.rulefile.conditions.atoms import AllOf, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import Atom, Condition
from screener.rulefile.loader import slips
from screener.rulefile.loader.choices import option as meant
from screener.rulefile.loader.hints import fitting
from screener.rulefile.loader.promises import Promises
from screener.rulefile.loader.shape import Parsed, Sound
from screener.rulefile.measures import A_WHOLE, MEASURED, NUMBERS, Measure, limit
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.words import JOINING
from screener.rulefile.yamltext import Route, YamlText

_RESERVED = (*MARKS, ANSWERED)
_LIMITED = ("many", *MEASURED)
Item = TypeVar("Item")


def reference_problems(sound: Sound[RuleFile], parsed: Parsed, source: YamlText) -> Iterator[Problem]:
    """Every id that stands twice, every reference that leads nowhere, every condition that can't fit."""
    return _References(sound, parsed, source).problems()


class _References:
    def __init__(self, sound: Sound[RuleFile], parsed: Parsed, source: YamlText) -> None:
        self.rules, self.kept = sound
        self.source, self.reader = source, parsed.reader
        self.ids = {**parsed.ids, "referral": parsed.ids["referral"] | {one.id for one in self.rules.referrals}}
        self._hints = Hints()
        #: Each question with its place in the file; of two with the same id the first counts.
        self.questions: dict[str, tuple[Question, int]] = {}
        for place, question in zip(self.kept["questions"], self.rules.questions, strict=True):
            self.questions.setdefault(question.id, (question, place))

    def problems(self) -> Iterator[Problem]:
        for key in ("questions", "guidance", "dispositions", "invariants", "referral"):
            yield from self._twice(key)
        for question, route in self._placed("questions", self.rules.questions):
            yield from self._question(question, route)
        for guidance, route in self._placed("guidance", self.rules.guidance):
            yield from self._known("disposition", "dispositions", [guidance.disposition], (*route, "disposition"))
            yield from self._known("guidance", "guidance", guidance.excludes, (*route, "excludes"))
        sound = {id: question for id, (question, _) in self.questions.items()}
        promises = Promises(self.source, sound, self._known, self._hints)
        for invariant, route in self._placed("invariants", self.rules.invariants):
            yield from promises.problems(invariant, route)
        yield from self._referrals()
        yield from self._former()
        for atom, route in self.reader.atoms:
            yield from self._spoken_of(atom, route)
        for condition, route in self.reader.uses:
            yield from self._used(condition, route)

    def _placed(self, key: str, items: Iterable[Item]) -> Iterator[tuple[Item, Route]]:
        """Each item with the route to it; a stand-in for a list that is missing has none and is left out."""
        return ((item, (key, place)) for place, item in zip(self.kept.get(key, ()), items, strict=False))

    def _twice(self, key: str) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        items = self.source.plain.get(key)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            id = item.get("id") if isinstance(item, dict) else None
            if isinstance(id, str):
                if id in seen:
                    problem = self._problem("duplicate-id", f"the id `{id[:64]}` stands twice", (key, index, "id"))
                    yield self.source.twice(problem, (key, seen[id], "id"))
                seen.setdefault(id, index)

    def _question(self, question: Question, route: Route) -> Iterator[Problem]:
        if question.id in JOINING:
            message = f"no question can be called `{question.id}`: in conditions the word joins others"
            yield self._problem("reserved-id", message, (*route, "id"))
        needs = question.type in ("one", "many")
        if needs != bool(question.options):
            said = "needs `options`" if needs else f"is of type {question.type} and can't have `options`"
            yield self._problem("no-options", f"question `{question.id}` {said}", (*route, "options"))
        for option in question.options:
            if option in _RESERVED:
                message = f"question `{question.id}`: no option can be called `{option}`"
                key = OFFERED_BY.get(option)
                help = f"leave it out, and add `{key}: yes` to the question: then it is offered" if key else ""
                yield self._problem("reserved-id", message, (*route, "options", f"key:{option}"), help)
        yield from self._limits(question, route)

    def _limits(self, question: Question, route: Route) -> Iterator[Problem]:
        given = [key for key in ("min", "max") if getattr(question, key) is not None]
        if given and question.type not in _LIMITED:
            message = f"question `{question.id}` is of type {question.type} and has no `{given[0]}`"
            yield self._problem("bad-limit", message, (*route, given[0]))
            return
        wrong = [key for key in given if not _is_limit(question, key)]
        for key in wrong:
            message, help = slips.limit(question, key)
            yield self._problem("bad-limit", f"question `{question.id}`: {message}", (*route, key), help)
        if wrong:
            return
        if question.limits.crossed:
            yield self._problem("min-over-max", f"question `{question.id}`: `min` is over `max`", (*route, "min"))
        if question.type == "many":
            yield from self._counts(question, route)

    def _counts(self, question: Question, route: Route) -> Iterator[Problem]:
        """How many options must or may be chosen: whole numbers, up to as many as can be chosen together.

        With `options: {a: A, b: B, none: {label: None, exclusive: yes}}` that is 1 or 2.
        """
        most = max(1, sum(not option.exclusive for option in question.options.values()))
        for key, value in zip(("min", "max"), question.limits, strict=True):
            if value is not None and not _is_count(value, most):
                message = f"question `{question.id}`: `{key}` must be from 1 to {most}"
                yield self._problem("bad-limit", message, (*route, key), "so many options can be chosen together")

    def _referrals(self) -> Iterator[Problem]:
        """Only the last referral has no condition: with one, somebody could end without any."""
        *some, last = self.rules.referrals
        if last.when is not None:
            route: Route = ("referral", len(some)) if isinstance(self.source.plain["referral"], list) else ("referral",)
            message = "the last referral has a condition, so somebody could end without any"
            help = "delete its `when`, or add a last referral without one, for everyone else"
            yield self._problem("no-referral", message, (*route, "when"), help)
        for one, route in self._placed("referral", some):
            if "id" not in one.model_fields_set:
                message = "a referral with a condition needs an `id`"
                yield self._problem("missing-key", message, route, "add `id:`")
            if one.when is None and "when" not in self._written(route):
                message = "this referral has no condition, so those below it are never said"
                yield self._problem("no-referral", message, route, "add a `when`, or move it to the end")

    def _written(self, route: Route) -> Any:
        value: Any = self.source.plain
        for step in route:
            value = value[step]
        return value

    def _former(self) -> Iterator[Problem]:
        for id in self.rules.former:
            if id in self.ids["questions"]:
                message = f"`{id}` stands under `former`, and is a question of this file"
                problem = self._problem("duplicate-id", message, ("former", f"key:{id}"), "delete one of the two")
                yield self.source.twice(problem, ("questions", id, "id"))

    def _known(self, kind: str, key: str, names: Iterable[str | None], route: Route) -> Iterator[Problem]:
        for name in names:
            if name is not None and name not in self.ids[key]:
                message = f"there is no {kind} `{name}`"
                yield self._problem(f"unknown-{kind}", message, route, self._hints.near(name, self.ids[key]))

    def _spoken_of(self, atom: Atom, route: Route) -> Iterator[Problem]:
        """A condition about one question: the question is there, comes earlier, and can be answered so."""
        if atom.question not in self.questions:
            if atom.question not in self.ids["questions"]:
                message = f"there is no question `{atom.question[:64]}`"
                help = self._hints.near(atom.question, self.questions)
                yield self._problem("unknown-question", message, self._key(route, atom), help)
        elif self._later(atom, route):
            yield self._forward(atom, self._key(route, atom))
        else:
            yield from self._fits(atom, self.questions[atom.question][0], route)

    def _used(self, condition: Condition, route: Route) -> Iterator[Problem]:
        """A named condition, where it is used to show a question, speaks of earlier questions only."""
        for atom in condition.atoms():
            if atom.question in self.questions and self._later(atom, route):
                yield self._forward(atom, route)

    def _later(self, atom: Atom, route: Route) -> bool:
        """Whether the condition shows a question that comes before the one it speaks of, or that very one."""
        return route[0] == "questions" and int(route[1]) <= self.questions[atom.question][1]

    def _forward(self, atom: Atom, route: Route) -> Problem:
        message = f"`{atom.question}` is asked later, or is this question itself"
        help = "a condition may only speak of earlier questions; move one of the two"
        return self._problem("forward-reference", message, route, help)

    def _fits(self, atom: Atom, question: Question, route: Route) -> Iterator[Problem]:
        if isinstance(atom, AnyOf | AllOf | NoneOf):
            yield from self._options(atom, question, route)
        for mark in sorted(atom.marks, key=str) if isinstance(atom, AnyOf) else ():
            if (word := mark.value) not in question.reserved:
                message = f"question `{question.id}` does not offer `{word}`"
                help = f"add `{OFFERED_BY[word]}: yes` to the question"
                yield self._problem("not-offered", message, self._words(route).get(word, route), help)
        if isinstance(atom, AllOf | NoneOf | Count) and question.type != "many":
            yield self._unfit(atom, question, route, "only a question of type many")
        if isinstance(atom, Within) and question.type != "date":
            yield self._unfit(atom, question, route, "only a question of type date")
        if isinstance(atom, Compare):
            yield from self._compared(atom, question, route)

    def _compared(self, atom: Compare, question: Question, route: Route) -> Iterator[Problem]:
        kinds = NUMBERS if isinstance(atom.limit, Decimal) else ("date",)
        if question.type not in kinds:
            yield self._unfit(atom, question, route, f"only a question of type {' or '.join(kinds)}")
        elif question.type == "whole" and atom.limit != int(str(atom.limit).partition(".")[0]):
            message = f"question `{question.id}` takes whole numbers, and {atom.limit} is none"
            yield self._problem("wrong-condition", message, route, f"write {A_WHOLE}")

    def _options(self, atom: AnyOf | AllOf | NoneOf, question: Question, route: Route) -> Iterator[Problem]:
        if not question.choices and question.type not in ("one", "many"):
            if atom.options:
                yield self._unfit(atom, question, route, "only a question with options")
            return
        has = f"it has: {names(question.choices)}"
        places = self._words(route)
        for option in sorted(option for option in atom.options if option not in question.choices):
            message = f"question `{question.id}` has no option `{option[:64]}`"
            near = (self._hints.near(option, question.choices), has)
            help = meant(option, question) or " ".join(part for part in near if part)
            yield self._problem("unknown-option", message, places.get(option, route), help)

    def _unfit(self, atom: Atom, question: Question, route: Route, said: str) -> Problem:
        message = f"this condition does not fit question `{question.id}` of type {question.type}"
        help = fitting(atom, question) or f"{said} can have it"
        return self._problem("wrong-condition", message, self._key(route, atom), help)

    def _key(self, route: Route, atom: Atom) -> Route:
        """The place where the question is named."""
        end = len(route) - 1 - route[::-1].index(atom.question)
        return (*route[:end], f"key:{atom.question}")

    def _words(self, route: Route) -> dict[str, Route]:
        """The places of the words in a list of words; a word that stands twice counts where it stands first."""
        value = self._written(route)
        words = list(enumerate(value)) if isinstance(value, list) else []
        return {word: (*route, index) for index, word in reversed(words)}

    def _problem(self, code: str, message: str, route: Route, help: str = "") -> Problem:
        return self.source.problem(code, message, route, help)


def _is_count(value: Measure, most: int) -> bool:
    return isinstance(value, Decimal) and value == value.to_integral_value() and 1 <= value <= most


def _is_limit(question: Question, key: str) -> bool:
    try:
        limit(question.type, getattr(question, key))
    except ValueError:
        return False
    return True
