"""A mapping file: in the author's hand, which column of a table answers which question."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screener.engine.answers import offered
from screener.ground.problems import Hints, Problem, ProblemsFound
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.yamltext import Route, YamlText, read, written
from screener.tables.given.cells import folded
from screener.tables.given.columns import InMany, InOne, Place, TableMap

#: The keys of a question that is answered in one column, where more is to be said of it. Ids have no such sign in them.
_COLUMN, _MEANING = "in_column", "cells_mean"
_NOTHING = "no column"
#: What a word in cells means that says that nothing was answered, such as 999; in a map it is the empty text.
_UNANSWERED = "no answer"
_LEFT_OUT = "left-out-question"
_COMMENT = """\
Which column of the table answers which question of {id}.
One column:              adult: the name of the column
A column for an option:  concerns: {{melasma: first column, sunspots: second column}}
Other words in cells:    adult: {{in_column: the name, cells_mean: {{J: yes, N: no, "999": no answer}}}}
No column:               adult: no column
`keep` lists columns that stand beside what comes out, and `day` the one with the day of the interview.
"""


def as_text(rules: RuleFile, map: TableMap) -> str:
    """The map as the text of a mapping file, with how it is written above it."""
    plain: dict[str, Any] = {"rules": rules.id, "keep": list(map.keep)}
    if rules.counted_back:
        plain["day"] = map.day or _NOTHING
    plain["questions"] = {id: _plain(place) for id, place in map.places.items()}
    return written(plain, _COMMENT.format(id=rules.id))


def _plain(place: Place | None) -> Any:
    if place is None:
        return _NOTHING
    if isinstance(place, InMany):
        return dict(place.columns)
    meaning = {word: id or _UNANSWERED for word, id in place.words.items()}
    return {_COLUMN: place.column, _MEANING: meaning} if meaning else place.column


def read_map(text: str, file: str, rules: RuleFile, names: Iterable[str]) -> TableMap:
    """The map that this text writes, for a table with these columns. Raises ProblemsFound with all problems."""
    source = read(text, file)
    reading = _MapReading(source, rules, tuple(names))
    found = reading.whole()
    if reading.problems:  # a mistake must not be hidden behind all that is left out
        raise ProblemsFound(sorted(reading.problems, key=lambda problem: problem.code == _LEFT_OUT))
    return found


class _MapReading:
    """What is read of a mapping file, and what is wrong with it."""

    def __init__(self, source: YamlText, rules: RuleFile, names: tuple[str, ...]) -> None:
        self._source, self._rules, self._names = source, rules, names
        self._taken: dict[str, str] = {}
        self._hints = Hints()
        self.problems: list[Problem] = []

    def whole(self) -> TableMap:
        plain = self._source.plain
        questions = plain.get("questions") if isinstance(plain, dict) else None
        if not isinstance(questions, dict):
            self._wrong("a mapping file has `questions:`, and below it each question with its column", ())
            return TableMap({})
        for key in plain:
            if key not in ("rules", "keep", "day", "questions"):
                self._wrong(f"`{key[:60]}` means nothing here", (f"key:{key}",), "rules, keep, day or questions")
        if plain.get("rules", self._rules.id) != self._rules.id:
            self._wrong(f"this is a mapping file for another questionnaire than `{self._rules.id}`", ("rules",))
        for id in questions:
            if id not in self._rules.by_question:
                help = self._hints.near(id, self._rules.by_question)
                self._wrong(f"there is no question `{id[:60]}`", ("questions", f"key:{id}"), help)
        places = {one.id: self._place(one, questions) for one in self._rules.questions}
        return TableMap(places, tuple(self._kept(plain.get("keep") or [])), self._day(plain.get("day", _NOTHING)))

    def _kept(self, plain: Any) -> Iterator[str]:
        if not isinstance(plain, list):
            self._wrong("`keep` is a list of columns", ("keep",))
            return
        for index, name in enumerate(plain):
            if (column := self._column(name, ("keep", index))) is not None:
                yield column

    def _day(self, plain: Any) -> str | None:
        return None if plain == _NOTHING else self._column(plain, ("day",))

    def _place(self, question: Question, questions: Mapping[str, Any]) -> Place | None:
        route: Route = ("questions", question.id)
        if question.id not in questions:
            help = f"write `{question.id}: {_NOTHING}` if none answers it"
            self._wrong(f"question `{question.id}` is left out", ("questions",), help, _LEFT_OUT)
            return None
        plain = questions[question.id]
        if plain == _NOTHING:
            return None
        if isinstance(plain, dict) and _COLUMN not in plain:
            return InMany(dict(self._options(question, plain, route)))
        name, meaning = (plain.get(_COLUMN), plain.get(_MEANING, {})) if isinstance(plain, dict) else (plain, {})
        column = self._column(name, route, f"question `{question.id}`")
        return InOne(column or "", dict(self._meanings(question, meaning, (*route, _MEANING))))

    def _options(self, question: Question, plain: Mapping[str, Any], route: Route) -> Iterator[tuple[str, str]]:
        known = [id for id, _ in offered(question)]
        for id, name in plain.items():
            if id not in known:
                help = self._hints.near(id, known)
                self._wrong(f"question `{question.id}` has no option `{id[:60]}`", (*route, f"key:{id}"), help)
            elif name != _NOTHING and (column := self._column(name, (*route, id), f"`{question.id}: {id}`")):
                yield id, column

    def _meanings(self, question: Question, plain: Any, route: Route) -> Iterator[tuple[str, str]]:
        if not isinstance(plain, dict):
            self._wrong(f"`{_MEANING}` says of each word which option it means", route)
            return
        known, firsts = [*(id for id, _ in offered(question)), _UNANSWERED], dict[str, str]()
        for word, id in plain.items():
            if (first := firsts.setdefault(folded(word), word)) != word:
                self._wrong(f"`{word[:60]}` and `{first[:60]}` are the same word in cells", (*route, word))
            if id not in known:
                help = self._hints.near(id, known) if isinstance(id, str) else ""
                self._wrong(f"question `{question.id}` has no option `{str(id)[:60]}`", (*route, word), help)
            else:
                yield word, "" if id == _UNANSWERED else id

    def _column(self, name: Any, route: Route, about: str = "") -> str | None:
        """The column of this name, once only where it answers something."""
        if not isinstance(name, str):
            self._wrong("the name of one column is needed here", route)
            return None
        if name not in self._names:
            help = self._hints.near(name, self._names)
            self._wrong(f"the table has no column `{name[:60]}`", route, help, "no-column")
            return None
        if about and self._taken.setdefault(name, about) != about:
            self._wrong(f"column `{name[:60]}` already answers {self._taken[name]}", route, "", "two-columns")
        return name

    def _wrong(self, message: str, route: Route, help: str = "", code: str = "wrong-map") -> None:
        self.problems.append(self._source.problem(code, message, route, help))
