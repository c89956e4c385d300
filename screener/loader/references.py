"""What the parts of a rule file say of each other: ids, conditions, options, limits."""

from collections.abc import Iterable, Iterator

from screener.conditions.atoms import AllOf, AnyOf, Compare, Count, NoneOf
from screener.conditions.tree import Atom, Condition, Mark
from screener.loader.shape import Parsed
from screener.model import ANSWERED, DECLINED, UNSURE, Question, RuleFile
from screener.problems import Problem, did_you_mean
from screener.yamltext import Route, YamlText

_RESERVED = (UNSURE, DECLINED, ANSWERED)
_MARK_WORDS = {Mark.UNSURE: UNSURE, Mark.DECLINED: DECLINED}
_LIMITED = ("many", "number", "date")


def reference_problems(rules: RuleFile, parsed: Parsed, source: YamlText) -> Iterator[Problem]:
    """Every id that stands twice, every reference that leads nowhere, every condition that can't fit."""
    return _References(rules, parsed, source).problems()


class _References:
    def __init__(self, rules: RuleFile, parsed: Parsed, source: YamlText) -> None:
        self.rules, self.source, self.ids = rules, source, parsed.ids
        self.order: dict[str, int] = {}
        for index, question in enumerate(rules.questions):
            self.order.setdefault(question.id, index)
        self.routes = {
            key: {item["id"]: (key, index) for index, item in reversed(list(enumerate(source.plain.get(key) or ())))
                  if isinstance(item, dict) and isinstance(item.get("id"), str)}
            for key in ("questions", "guidance", "dispositions", "invariants")
        }  # fmt: skip

    def problems(self) -> Iterator[Problem]:
        for key in self.routes:
            yield from self._twice(key)
        for index, question in enumerate(self.rules.questions):
            yield from self._when(question.when, index, self.routes["questions"][question.id])
            yield from self._question(question, self.routes["questions"][question.id])
        for name, condition in self.rules.conditions.items():
            yield from self._condition(condition, len(self.order), ("conditions", name))
        for guidance in self.rules.guidance:
            route = self.routes["guidance"].get(guidance.id, ())
            yield from self._when(guidance.when, len(self.order), route)
            yield from self._known("disposition", "dispositions", [guidance.disposition], (*route, "disposition"))
            yield from self._known("guidance", "guidance", guidance.excludes, (*route, "excludes"))
        yield from self._invariants()

    def _twice(self, key: str) -> Iterator[Problem]:
        seen: set[str] = set()
        for index, item in enumerate(self.source.plain.get(key) or ()):
            id = item.get("id") if isinstance(item, dict) else None
            if isinstance(id, str):
                if id in seen:
                    yield self._problem("duplicate-id", f"the id `{id}` stands twice", (key, index, "id"))
                seen.add(id)

    def _question(self, question: Question, route: Route) -> Iterator[Problem]:
        needs = question.type in ("one", "many")
        if needs != bool(question.options):
            said = "needs `options`" if needs else f"is of type {question.type} and can't have `options`"
            yield self._problem("no-options", f"question `{question.id}` {said}", (*route, "options"))
        for option in question.options:
            if option in _RESERVED:
                message = f"question `{question.id}`: no option can be called `{option}`"
                yield self._problem("reserved-id", message, (*route, "options", f"key:{option}"))
        yield from self._limits(question, route)

    def _limits(self, question: Question, route: Route) -> Iterator[Problem]:
        given = [key for key in ("min", "max") if getattr(question, key) is not None]
        if given and question.type not in _LIMITED:
            message = f"question `{question.id}` is of type {question.type} and has no `{given[0]}`"
            yield self._problem("bad-limit", message, (*route, given[0]))
            return
        try:
            low, high = question.limits
        except ValueError:
            help = "write a date such as 2026-01-31" if question.type == "date" else "write a number"
            yield self._problem("bad-limit", f"question `{question.id}`: not a limit", (*route, given[0]), help)
            return
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            yield self._problem("min-over-max", f"question `{question.id}`: `min` is over `max`", (*route, "min"))
        if question.type == "many":
            yield from self._counts(question, route)

    def _counts(self, question: Question, route: Route) -> Iterator[Problem]:
        together = sum(not option.exclusive for option in question.options.values())
        for key, value in zip(("min", "max"), question.limits, strict=True):
            if value is not None and not 0 < value <= max(together, 1):  # type: ignore[operator]
                message = f"question `{question.id}`: `{key}` must be from 1 to {max(together, 1)}"
                yield self._problem("bad-limit", message, (*route, key), "so many options can be chosen together")

    def _invariants(self) -> Iterator[Problem]:
        for invariant in self.rules.invariants:
            route = self.routes["invariants"][invariant.id]
            yield from self._when(invariant.when, len(self.order), route)
            if (invariant.then is None) == (not invariant.never_less_urgent):
                message = f"invariant `{invariant.id}` needs either `then` or `never_less_urgent`"
                yield self._problem("missing-key", message, route)
            asked = invariant.never_less_urgent
            yield from self._known("question", "questions", asked, (*route, "never_less_urgent"))
            if then := invariant.then:
                for key in ("disposition", "disposition_at_least", "disposition_at_most"):
                    yield from self._known("disposition", "dispositions", [getattr(then, key)], (*route, "then", key))
                for key in ("guidance", "no_guidance"):
                    yield from self._known("guidance", "guidance", getattr(then, key), (*route, "then", key))
                yield from self._known("question", "questions", then.asked, (*route, "then", "asked"))

    def _known(self, kind: str, key: str, names: Iterable[str | None], route: Route) -> Iterator[Problem]:
        for name in names:
            if name is not None and name not in self.ids[key]:
                message = f"there is no {kind} `{name}`"
                yield self._problem(f"unknown-{kind}", message, route, did_you_mean(name, self.ids[key]))

    def _when(self, condition: Condition | None, before: int, route: Route) -> Iterator[Problem]:
        if condition is not None:
            yield from self._condition(condition, before, (*route, "when"))

    def _condition(self, condition: Condition, before: int, route: Route) -> Iterator[Problem]:
        for atom in condition.atoms():
            index = self.order.get(atom.question)
            if index is None:
                if atom.question not in self.ids["questions"]:
                    message = f"there is no question `{atom.question}`"
                    help = did_you_mean(atom.question, self.order)
                    yield self._problem("unknown-question", message, self._at(route, atom), help)
            elif index >= before:
                message = f"`{atom.question}` is asked later, or is this question itself"
                help = "a condition may only speak of earlier questions; move one of the two"
                yield self._problem("forward-reference", message, self._at(route, atom), help)
            else:
                yield from self._atom(atom, self.rules.questions[index], route)

    def _atom(self, atom: Atom, question: Question, route: Route) -> Iterator[Problem]:
        if isinstance(atom, AnyOf | AllOf | NoneOf):
            yield from self._options(atom, question, route)
        if isinstance(atom, AnyOf):
            for mark in sorted(atom.marks, key=str):
                if (word := _MARK_WORDS[mark]) not in question.reserved:
                    message = f"question `{question.id}` does not offer `{word}`"
                    help = f"add `{'decline' if word == DECLINED else word}: yes` to the question"
                    yield self._problem("not-offered", message, self._at(route, atom), help)
        if isinstance(atom, AllOf | NoneOf | Count) and question.type != "many":
            yield self._unfit(atom, question, route, "only a question of type many")
        if isinstance(atom, Compare):
            kind = "number" if type(atom.limit).__name__ == "Decimal" else "date"
            if question.type != kind:
                yield self._unfit(atom, question, route, f"only a question of type {kind}")

    def _options(self, atom: AnyOf | AllOf | NoneOf, question: Question, route: Route) -> Iterator[Problem]:
        if not question.choices and question.type not in ("one", "many"):
            if atom.options:
                yield self._unfit(atom, question, route, "only a question with options")
            return
        for option in sorted(atom.options - set(question.choices)):
            message = f"question `{question.id}` has no option `{option}`"
            help = did_you_mean(option, question.choices) or f"it has: {', '.join(question.choices)}"
            yield self._problem("unknown-option", message, self._at(route, atom, option), help)

    def _unfit(self, atom: Atom, question: Question, route: Route, said: str) -> Problem:
        message = f"this condition does not fit question `{question.id}` of type {question.type}"
        return self._problem("wrong-condition", message, self._at(route, atom), f"{said} can have it")

    def _at(self, route: Route, atom: Atom, word: str | None = None) -> Route:
        """The place where a condition speaks of this question, and of this word where there is one."""
        spots = [spot for spot in _spots(_follow(self.source.plain, route), route) if atom.question in spot]
        for spot in spots:
            if word is None:
                return (*spot[:-1], f"key:{spot[-1]}")
            if (deeper := _word(_follow(self.source.plain, spot), spot, word)) is not None:
                return deeper
        return spots[0] if spots else route

    def _problem(self, code: str, message: str, route: Route, help: str = "") -> Problem:
        return self.source.problem(code, message, route, help)


def _follow(plain: object, route: Route) -> object:
    for step in route:
        plain = plain[step]  # type: ignore[index]
    return plain


def _spots(plain: object, route: Route) -> Iterator[Route]:
    """The routes of all keys below."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            yield (*route, key)
            yield from _spots(value, (*route, key))
    elif isinstance(plain, list):
        for index, item in enumerate(plain):
            yield from _spots(item, (*route, index))


def _word(plain: object, route: Route, word: str) -> Route | None:
    if plain == word:
        return route
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    found = (_word(value, (*route, key), word) for key, value in items)
    return next((spot for spot in found if spot is not None), None)
