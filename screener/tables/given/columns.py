"""The names of a table's columns → which of them answers which question, told apart by looking."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from screener.engine.answers import offered
from screener.ground.problems import Problem, did_you_mean
from screener.ground.safetext import one_line
from screener.rulefile.model import Question, RuleFile

#: More columns than this have other tables, or none.
MOST_COLUMNS = 20_000
#: What tells people apart in other systems; such columns are kept beside what follows for a row.
_KEYS = frozenset({"recordid", "id", "key", "uuid", "instanceid", "metainstanceid", "submissionid", "caseid", "ref"})
#: Columns with the day of the interview.
_DAYS = frozenset({"day", "date", "interviewday", "interviewdate", "visitdate", "today"})


class InOne(NamedTuple):
    """A question is answered in one column. `words` are what stands there for an option, beyond ids and labels."""

    column: str
    words: Mapping[str, str] = {}


class InMany(NamedTuple):
    """A question is answered in a column for each option, or word such as `unsure`: the column of each."""

    columns: Mapping[str, str]


Place = InOne | InMany


class TableMap(NamedTuple):
    """Where each question is answered, None for one that no column answers; which columns are kept as they are; and the
    column with the day of the interview, if there is one.
    """

    places: Mapping[str, Place | None]
    keep: tuple[str, ...] = ()
    day: str | None = None

    @property
    def used(self) -> Iterator[str]:
        """Every column that something is read from, or that is kept."""
        for place in self.places.values():
            if isinstance(place, InOne):
                yield place.column
            elif place is not None:
                yield from place.columns.values()
        yield from self.keep
        if self.day is not None:
            yield self.day


def head_problems(names: Iterable[str], file: str) -> Iterator[Problem]:
    """What is wrong with the first row of any table: no columns, too many, one twice."""
    counted = Counter(names)
    if not counted:
        yield Problem("bad-columns", "there are no columns", "let the first row name the columns", file)
    if counted.total() > MOST_COLUMNS:
        message = f"there are {counted.total():,} columns, and at most {MOST_COLUMNS:,} are read"
        yield Problem("bad-columns", message, "keep those that answer questions", file)
        return
    for name, count in counted.items():
        if count > 1 and not name.strip():
            help = "let the first row name the columns, without a title above it"
            yield Problem("bad-columns", f"{count} columns have no name", help, file)
        elif count > 1:
            message = f"column {_shown(name)} is there {count} times"
            yield Problem("bad-columns", message, "keep one of them, or give them other names", file)


def looked_at(rules: RuleFile, names: list[str], file: str) -> tuple[TableMap, list[Problem]]:
    """Which column answers which question, as far as the names tell, and what they leave open.

    Names are compared without case, blanks and hyphens. A question is one column with its id or its words, or a column
    for each option: `q___option` as REDCap has it, `q/option` as ODK and Kobo do, `q[option]`, `q.option`, `q: option`;
    what stands before a slash may be the groups of a form.
    """
    by_name = _by_name(names)
    problems: list[Problem] = []
    split = {question.id: _split(question, by_name, problems, file) for question in rules.questions}
    taken = {column for columns in split.values() for column in columns.values()}
    free = {way: [one for one in some if one.column not in taken] for way, some in by_name.items()}
    whole = {question.id: _whole(question, free, problems, file) for question in rules.questions}
    places = {one.id: _place(one, split[one.id], whole[one.id], problems, file) for one in rules.questions}
    found = TableMap(places)
    left = [name for name in names if name not in set(found.used)]
    keep = tuple(name for name in left if plainly(name) in _KEYS)
    day = next((name for name in left if plainly(name) in _DAYS), None) if rules.counted_back else None
    found = found._replace(keep=keep, day=day)
    return found, [*problems, *_left_open(rules, found, names, file)]


def plainly(name: str) -> str:
    """A name as it is compared: small letters, no blanks, hyphens or the like."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


class _Named(NamedTuple):
    """A column, and the part of its name that is compared: all of it, or what stands behind the groups of a form."""

    column: str
    part: str


def _by_name(names: Iterable[str]) -> dict[str, list[_Named]]:
    """Every way to read the name of a column, plainly, and whose it is."""
    found: dict[str, list[_Named]] = {}
    for name in names:
        for part in _parts(name):
            if plain := plainly(part):
                found.setdefault(plain, []).append(_Named(name, part))
    return found


def _parts(name: str) -> list[str]:
    """The name as a whole, and without the groups before it; what has blanks in it has no groups."""
    if re.search(r"\s", name):
        return [name]
    steps = name.split("/")
    return ["/".join(steps[start:]) for start in range(len(steps))]


def _split(
    question: Question, by_name: Mapping[str, list[_Named]], problems: list[Problem], file: str
) -> dict[str, str]:
    """The column of each option, where options have columns."""
    found = {id: _of_option(question, id, label, by_name) for id, label in offered(question)}
    for id, columns in found.items():
        if len(columns) > 1:
            problems.append(_two(f"option `{id}` of `{question.id}`", columns, file))
    split = {id: columns[0] for id, columns in found.items() if columns}
    return split if set(question.choices) & set(split) else {}


def _whole(question: Question, by_name: Mapping[str, list[_Named]], problems: list[Problem], file: str) -> InOne | None:
    """The one column of a question: the one with its id, or else with its words, or else with its id behind a group."""
    ways = (plainly(question.id), plainly(question.ask))
    whole = next((found for way in ways if (found := _unique(one.column for one in by_name.get(way, ())))), [])
    whole = whole or _unique(one.column for some in by_name.values() for one in some if _ends(one.column, question.id))
    if len(whole) > 1:
        problems.append(_two(f"question `{question.id}`", whole, file))
    return InOne(whole[0]) if whole else None


def _ends(column: str, id: str) -> bool:
    """Whether a name is a group and the id, with a hyphen between, as some exports of ODK write it."""
    return any(plainly(column[at + 1 :]) == plainly(id) for at, sign in enumerate(column) if sign == "-")


def _place(
    question: Question, split: Mapping[str, str], whole: InOne | None, problems: list[Problem], file: str
) -> Place | None:
    """Where a question is answered. Tables with a column for each option often have the list of them besides."""
    if split and whole is not None and not set(question.choices) <= set(split):
        both = [whole.column, next(iter(split.values()))]
        problems.append(_two(f"question `{question.id}`", both, file))
    return InMany(split) if split else whole


def _of_option(question: Question, id: str, label: str, by_name: Mapping[str, list[_Named]]) -> list[str]:
    """The columns of one option: the name of the question, a sign, then that of the option."""
    names = {plainly(about + word) for about in (question.id, question.ask) for word in (id, label)}
    return _unique(one.column for name in names for one in by_name.get(name, ()) if _is_split(one.part))


def _is_split(part: str) -> bool:
    """Whether something stands between a question and an option: `q___option`, `q/option` and so on."""
    return bool(re.search(r"___|[/\[.:]", part))


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _two(what: str, columns: list[str], file: str) -> Problem:
    named = " and ".join(map(_shown, columns[:3]))
    return Problem("two-columns", f"{what} has two columns: {named}", "say with --columns which one counts", file)


def _left_open(rules: RuleFile, found: TableMap, names: list[str], file: str) -> Iterator[Problem]:
    """Columns that are not used, and questions and options without one."""
    used = set(found.used)
    ids = [question.id for question in rules.questions]
    for name in names:
        if name not in used:
            help = did_you_mean(name, [id for id in ids if found.places[id] is None])
            yield Problem("unused-column", f"column {_shown(name)} is not used", help, file, level="warning")
    for question in rules.questions:
        place = found.places[question.id]
        missing = [id for id in question.choices if id not in place.columns] if isinstance(place, InMany) else []
        if missing:
            message = f"no column is for these options of `{question.id}`: {', '.join(missing)}"
            yield Problem("no-column", message, "they count as not chosen", file, level="warning")


def in_words(found: TableMap) -> str:
    """Which column answers which question, a line for each."""
    lines = [f"  {id}: {_named(place)}" for id, place in found.places.items() if place is not None]
    without = [id for id, place in found.places.items() if place is None]
    lines += [f"  without a column, so not answered: {', '.join(without)}"] if without else []
    lines += [f"  kept as they are: {', '.join(map(_shown, found.keep))}"] if found.keep else []
    lines += [f"  the day of the interview: {_shown(found.day)}"] if found.day else []
    return "\n".join(lines) + "\n"


def _named(place: Place) -> str:
    if isinstance(place, InOne):
        return _shown(place.column)
    first, *rest = place.columns.values()
    return f"{_shown(first)} to {_shown(rest[-1])}, a column for each option" if rest else f"{_shown(first)} only"


def _shown(column: str) -> str:
    return f"`{one_line(column)[:60]}`"
