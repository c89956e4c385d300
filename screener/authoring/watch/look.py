"""A look at the files after a save: what is quick comes first, the proof last."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from screener.authoring.diff.changes import Comparison
from screener.authoring.diff.compare import compare
from screener.authoring.watch.checked import Checked, Loaded, Read, checked, is_proved, is_same, loaded
from screener.authoring.watch.preview import Preview, preview
from screener.authoring.watch.tried import Tried, tried
from screener.ground.problems import Problem, ProblemsFound
from screener.proof.gates import Tick, Undecided
from screener.rulefile.days import SOME_DAY
from screener.rulefile.model import RuleFile


class Watched(NamedTuple):
    """The files that are watched, the time and the day of the save, and which of them were saved.

    `read` gives the text of a file, or raises ProblemsFound; the same text as long as one look lasts.
    """

    rules: Path
    cases: Path
    answers: Path | None
    read: Read
    at: str = ""
    saved: frozenset[Path] = frozenset()
    today: date = SOME_DAY


class Since(NamedTuple):
    """What an edit has changed since the save at this time; None if it could not be told within the time."""

    at: str
    comparison: Comparison | None


class Outlook(NamedTuple):
    """What shows only of a rule file that can be read."""

    rules: RuleFile
    tried: Tried
    since: Since | None
    preview: Preview


class Bulletin(NamedTuple):
    """What there is to say after a save. `problems` is None while the proof is at work; without an outlook they say why
    the file can't be read, and where it is gone there are none.

    `known`, `loaded` and `shown` are for the next look: what was proved last, and the last file that could be read.
    """

    problems: tuple[Problem, ...] | None
    outlook: Outlook | None = None
    known: Checked | None = None
    loaded: Loaded | None = None
    shown: Outlook | None = None

    @property
    def is_gone(self) -> bool:
        """There is no rule file any more."""
        return self.problems == () and self.outlook is None

    @property
    def is_whole(self) -> bool:
        """Every file could be read."""
        found = self.outlook
        return found is not None and not found.tried.problems and not found.preview.problems


def look(watched: Watched, before: Bulletin | None, tick: Tick) -> Iterator[Bulletin]:
    """What there is to say, compared with what was said before; where a proof is needed, first without it.

    `tick` is called now and then. It may raise Undecided, from when on nothing is decided any more; any other exception
    ends the look.
    """
    before = before or Bulletin(None)
    known = before.known
    try:
        now = _now(watched, before)
    except ProblemsFound as found:
        problems = () if _is_missing(found, watched) else found.problems
        yield before._replace(problems=problems, outlook=None)
        return
    outlook = _outlook(watched, now, before, tick)
    said = Bulletin(None, outlook, known, now._replace(at=watched.at), outlook)
    if known is not None and known.loaded.texts == now.texts and is_proved(now, known):
        yield said._replace(problems=known.problems)
        return
    if not is_proved(now, known):
        yield said
    found_now = checked(now, known, tick)
    yield said._replace(problems=found_now.problems, known=found_now)


def _now(watched: Watched, before: Bulletin) -> Loaded:
    """The rule file as it is, which is not read again where its texts are what they were. Raises ProblemsFound."""
    if before.loaded is not None and is_same(before.loaded, watched.read):
        return before.loaded
    return loaded(watched.rules, watched.read, watched.at, watched.today)


def _is_missing(found: ProblemsFound, watched: Watched) -> bool:
    """Whether nothing else is wrong but that there is no rule file."""
    try:
        watched.read(watched.rules)
    except ProblemsFound as of_rules:
        return of_rules.problems == found.problems and found.problems[0].code == "not-found"
    return False


def _outlook(watched: Watched, now: Loaded, before: Bulletin, tick: Tick) -> Outlook:
    old, last = before.loaded, before.shown
    cases = tried(now, watched.cases, watched.read, old, last.tried if last else None)
    since = last.since if last else None
    if old is not None and (old is not now or watched.saved & now.texts.keys()):
        since = _since(old, now, tick)
    seen = preview(now.rules, watched.answers, watched.read, cases, last.preview if last else None)
    return Outlook(now.rules, cases, since, seen)


def _since(old: Loaded, new: Loaded, tick: Tick) -> Since:
    """What has changed since this save."""
    try:
        return Since(old.at, compare(old.rules, new.rules, tick, _unheard))
    except Undecided:
        return Since(old.at, None)


def _unheard(_what: str, _number: int, _of: int) -> None:
    """How far the comparison is shows by itself."""
