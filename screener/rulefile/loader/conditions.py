"""Written conditions → condition trees, or problems with their places."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from screener.ground.marks import ANSWERED, MARKS
from screener.ground.problems import Hints, Problem, names
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.days import span
from screener.rulefile.idioms import span_in
from screener.rulefile.loader import hints
from screener.rulefile.measures import A_DATE, A_NUMBER, Measure, iso_date, number
from screener.rulefile.words import ALL, ANY, IS, NOT
from screener.rulefile.yamltext import Route, YamlText

#: How large one condition may be, with everything it names: far more than anyone can read.
MAX_PARTS, MAX_NESTING = 1_000, 64
_JOINS = {ALL: All, ANY: AnyPart}
_SIDES = ("below", "above", "at_least", "at_most")
_SHORTER = "say it in a shorter way"
_SPANS = "write it as in `within: 6 months`, up to 200 years"


class Reader:
    """Reads conditions of one file, keeping every problem; a condition that can't be read gives None."""

    def __init__(self, source: YamlText, problems: list[Problem], today: date) -> None:
        self._source = source
        self._problems, self._today = problems, today
        self.named: dict[str, Condition | None] = {}
        self._options = _options(source.plain)
        self._ordered = _ordered(source.plain)
        self._dates = frozenset(str(one.get("id")) for one in questions_of(source.plain) if one.get("type") == "date")
        #: Every atom with the route it was read from, and every use of a named condition.
        self.atoms: list[tuple[Atom, Route]] = []
        self.uses: list[tuple[Condition, Route]] = []
        self._sizes: dict[int, tuple[int, int]] = {}
        self._hints = Hints()

    def condition(self, raw: Any, route: Route) -> Condition | None:
        """A whole condition. Named ones count with all their parts, so that few lines can't grow without end."""
        condition = self._condition(raw, route)
        if condition is None:
            return None
        parts, depth = self._size(condition)
        if parts > MAX_PARTS or depth > MAX_NESTING:
            message = f"with the conditions it names, this one grows to more than {MAX_PARTS} parts"
            if depth > MAX_NESTING:
                message = f"with the conditions it names, this one is nested deeper than {MAX_NESTING} levels"
            return self._refused(route, message, _SHORTER)
        self._sizes[id(condition)] = parts, depth
        return condition

    def _size(self, condition: Condition) -> tuple[int, int]:
        """How many parts a condition has in all, and how deep they are nested."""
        if (known := self._sizes.get(id(condition))) is not None:
            return known
        if isinstance(condition, Atom):
            return 1, 1
        inner = [condition.part] if isinstance(condition, Not) else getattr(condition, "parts", ())
        sizes = [self._size(part) for part in inner]
        return 1 + sum(parts for parts, _ in sizes), 1 + max(depth for _, depth in sizes)

    def _condition(self, raw: Any, route: Route) -> Condition | None:
        """A mapping: each key is a question, `all`, `any`, `not` or `is`; two keys mean both."""
        if not isinstance(raw, dict) or not raw:
            return self._refused(route, "this is not a condition", hints.condition(raw, self._dates))
        if (lost := hints.lost_brackets(raw, self._asked))[0]:
            return self._torn(route, *lost)
        return _all([self._entry(key, value, (*route, key)) for key, value in raw.items()])

    def _entry(self, key: str, value: Any, route: Route) -> Condition | None:
        if key in _JOINS:
            return self._join(key, value, route)
        if key == NOT:
            part = self._condition(value, route)
            return Not(part) if part else None
        if key == IS:
            return self._name(value, route)
        if key not in self._asked and (meant := hints.entry(key, value, self._dates)):
            return self._refused((*route[:-1], f"key:{key}"), meant.message, meant.help)
        return self._atom(key, value, route)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The ids of the questions, good or bad."""
        items = self._source.plain.get("questions")
        listed = items if isinstance(items, list) else []
        return frozenset(str(item.get("id")) for item in listed if isinstance(item, dict))

    def _join(self, key: str, value: Any, route: Route) -> Condition | None:
        if not isinstance(value, list) or not value:
            return self._refused(route, f"`{key}` needs a list of conditions", hints.LISTED % key)
        parts = [self._condition(item, (*route, index)) for index, item in enumerate(value)]
        known = [part for part in parts if part is not None]
        return _JOINS[key](tuple(known)) if len(known) == len(parts) else None

    def _name(self, value: Any, route: Route) -> Condition | None:
        if not isinstance(value, str):
            return self._refused(route, "`is` needs the name of a condition", "", "unknown-condition")
        if value in self.named:
            if (condition := self.named[value]) is not None:
                self.uses.append((condition, route))
            return condition
        help = self._hints.near(value, self.named) or "name it under `conditions:`, above its first use"
        return self._refused(route, f"there is no condition `{value}` above this line", help, "unknown-condition")

    def _atom(self, question: str, value: Any, route: Route) -> Condition | None:
        if value == ANSWERED:
            return self._kept(Answered(question), route)
        if value == "":
            return self._refused(route, f"no answer stands after `{question[:64]}`", hints.condition(question))
        if isinstance(value, str):
            return self._any_of(question, [value], route)
        if isinstance(value, list):
            return self._any_of(question, value, route)
        if not isinstance(value, dict) or not value:
            return self._refused(route, "this is not a condition about an answer", hints.FORMS)
        if (lost := hints.torn_form(question, value))[0]:
            return self._torn(route, *lost)
        return _all([self._form(question, key, limit, (*route, key)) for key, limit in value.items()])

    def _any_of(self, question: str, words: list[Any], route: Route) -> Condition | None:
        if not self._words(words, route):
            return None
        options = frozenset(word for word in words if word not in MARKS)
        marks = frozenset(MARKS[word] for word in words if word in MARKS)
        return self._kept(AnyOf(question, options, marks), route)

    def _form(self, question: str, key: str, value: Any, route: Route) -> Condition | None:
        if key in ("all", "none"):
            words = value if isinstance(value, list) else [value]
            if not self._words(words, route):
                return None
            return self._kept((AllOf if key == "all" else NoneOf)(question, frozenset(words)), route)
        if key == "count":
            return self._count(question, value, route)
        if key == "within":
            return self._within(question, value, route)
        if key in _SIDES:
            return self._limited(question, key, value, route)
        help = hints.form(question, key, value, question in self._dates)
        return self._refused((*route[:-1], f"key:{key}"), f"`{key}` is not a form of condition", help)

    def _torn(self, route: Route, word: str, help: str) -> Condition | None:
        message = f"`{word[:64]}` stands behind a comma, and the list around it has no brackets"
        return self._refused((*route, f"key:{word}"), message, help)

    def _count(self, question: str, value: Any, route: Route) -> Condition | None:
        limits: dict[str, int] = {}
        for key, text in value.items() if isinstance(value, dict) else ():
            if key in ("at_least", "at_most") and isinstance(text, str) and text.isascii() and text.isdigit():
                limits[key] = int(text[:9])
        if not limits or len(limits) != len(value):
            message = "`count` needs at_least, at_most or both, as whole numbers"
            return self._refused(route, message, hints.count(question, value))
        return self._kept(Count(question, **limits), route)

    def _limited(self, question: str, key: str, value: Any, route: Route) -> Condition | None:
        """A limit: a number, a date, or an option of a question whose options are ordered."""
        if isinstance(value, str) and value in self._options.get(question, ()):
            return self._on_one_side(question, key, value, route)
        if question in self._ordered:
            help = f"it has: {names(self._options[question])}"
            return self._refused(route, f"`{key}` needs an option of `{question}`", help)
        if (limit := _limit(value)) is None:
            help = hints.counted_back(question, str(value), sure=False) if question in self._dates else ""
            return self._refused(route, f"`{key}` needs a number or a date", help or f"write {A_NUMBER}, or {A_DATE}")
        return self._kept(Compare(question, key, limit), route)

    def _on_one_side(self, question: str, key: str, option: str, route: Route) -> Condition | None:
        """The options on one side of this one, as if each had been named."""
        options = self._options[question]
        if question not in self._ordered:
            help = "write `ordered: yes` in the question if its options go from the least to the most"
            return self._refused(route, f"the options of `{question}` have no order", help)
        at = options.index(option)
        sides = {"below": (0, at), "at_most": (0, at + 1), "at_least": (at, None), "above": (at + 1, None)}
        if not (chosen := options[slice(*sides[key])]):
            said = f"no option of `{question}` is {key} `{option}`"
            return self._refused(route, said, f"from the least to the most they are: {names(options)}")
        return self._kept(AnyOf(question, frozenset(chosen)), route)

    def _within(self, question: str, value: Any, route: Route) -> Condition | None:
        try:
            return self._kept(Within(question, span(str(value)), self._today), route)
        except ValueError:
            help = f"write `within: {meant}`" if (meant := span_in(value)) not in ("", value) else _SPANS
            return self._refused(route, "`within` needs a number with days, weeks, months or years", help)

    def _kept(self, atom: Atom, route: Route) -> Condition:
        self.atoms.append((atom, route))
        return atom

    def _words(self, words: list[Any], route: Route) -> bool:
        if not words or not all(isinstance(word, str) for word in words):
            self._refused(route, "a list of options is needed here", "write their ids in brackets: `[dry, spots]`")
            return False
        if len(words) > MAX_PARTS:
            self._refused(route, f"a condition names more than {MAX_PARTS:,} answers", _SHORTER, "too-many")
            return False
        seen: dict[str, int] = {}
        for index, word in enumerate(words):
            if word in seen:
                said = f"`{word[:64]}` stands twice in one condition"
                self._refused((*route, index), said, "keep one", "duplicate-option")
                self._problems[-1] = self._source.twice(self._problems[-1], (*route, seen[word]))
            seen.setdefault(word, index)
        return True

    def _refused(self, route: Route, message: str, help: str = "", code: str = "wrong-condition") -> Condition | None:
        self._problems.append(self._source.problem(code, message, route, help))
        return None


def _all(parts: list[Condition | None]) -> Condition | None:
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    return known[0] if len(known) == 1 else All(tuple(known))


def _limit(value: Any) -> Measure | None:
    if not isinstance(value, str):
        return None
    for kind in (iso_date, number):
        try:
            return kind(value)
        except ValueError:
            continue
    return None


def questions_of(plain: Any) -> list[dict[str, Any]]:
    """The questions of a file, as far as they are well enough formed to be looked at."""
    questions = plain.get("questions") if isinstance(plain, dict) else None
    return [one for one in questions if isinstance(one, dict)] if isinstance(questions, list) else []


def _options(plain: Any) -> dict[str, list[str]]:
    """For each question where one is chosen its options, in the order of the file."""
    chosen = (one for one in questions_of(plain) if one.get("type") == "one" and isinstance(one.get("options"), dict))
    return {str(one.get("id")): list(one["options"]) for one in chosen}


def _ordered(plain: Any) -> frozenset[str]:
    """The questions whose options go from the least to the most."""
    return frozenset(str(one.get("id")) for one in questions_of(plain) if one.get("ordered") in ("yes", "true", "True"))


def named_conditions(raw: Any, reader: Reader) -> Mapping[str, Condition | None]:
    """The conditions under `conditions:`; each may speak of those above it, so they can't run in circles."""
    for name, written in raw.items() if isinstance(raw, dict) else ():
        reader.named[name] = reader.condition(written, ("conditions", name))
    return reader.named


def part_route(written: Any, path: tuple[int, ...]) -> Route:
    """Where a part of a written condition stands: `path` leads through the parts of its tree, one index a level."""
    if not isinstance(written, dict) or not written:
        return ()
    if len(written) > 1:  # several keys mean all of them
        if not path:
            return ()
        key, path = list(written)[path[0]], path[1:]
    else:
        (key,) = written
    return (key, *_entry_route(key, written[key], path))


def _entry_route(key: str, value: Any, path: tuple[int, ...]) -> Route:
    if not path or key == IS:
        return ()
    if key in _JOINS:
        return (path[0], *part_route(value[path[0]], path[1:]))
    if key == NOT:
        return part_route(value, path[1:])
    return (list(value)[path[0]],) if isinstance(value, dict) else ()
