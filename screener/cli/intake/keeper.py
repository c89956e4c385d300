"""Keeping a record answer by answer while a person is asked. What can't be written is kept in memory, and said once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from screener.cli.intake.opened import Desk
from screener.cli.start.saying import say
from screener.engine.answers import as_plain
from screener.ground import stopping
from screener.ground.problems import ProblemsFound
from screener.records.ids import spoken
from screener.records.record import By, Edition
from screener.rulefile.model import Answers, RuleFile

if TYPE_CHECKING:
    from screener.records.content import Revision
    from screener.records.log import LogEntry
    from screener.records.writing import Hold

#: What another desk did can't be undone by trying again.
_FOR_GOOD = ("overtaken", "unknown-record", "erased", "store-closed", "store-newer", "not-a-store")


class Agreed(NamedTuple):
    """What the person agreed to, and when (ISO, with a time zone)."""

    text: str
    at: str


class Kept(NamedTuple):
    """What is kept of an intake: by which rules, for which reference, and why, if it is amended."""

    rules: RuleFile
    edition: Edition
    reference: str
    agreed: Agreed
    reason: str = ""


class _Tried(NamedTuple):
    """What was to be written, and by whom at which moment."""

    by: By
    given: Answers


class Keeper:
    """Writes what was answered whenever it has changed.

    `desk` gives the open store, which may only then be opened. Without a `hold` a record is made with the first answer.
    """

    def __init__(self, desk: Callable[[], Desk], kept: Kept, hold: "Hold | None" = None, known: Answers | None = None):
        self._desk, self._kept, self.hold = desk, kept, hold
        self._written: Answers = dict(known or {})
        self._tried: _Tried | None = None
        self.problem: ProblemsFound | None = None

    @property
    def id(self) -> str:
        """The id of the record as it is shown; empty while there is none."""
        return spoken(self.hold.record) if self.hold else ""

    @property
    def what(self) -> str:
        """What is kept of a record that was begun, and how to come back to it."""
        what = "All but the last answers are kept" if self.problem else "What was answered is kept"
        return f"{what}: screener intake resume {self.id}"

    def keep(self, given: Answers) -> None:
        """Write what was answered so far; if that can't be done it is said, and tried again with the next answer.

        Raises ProblemsFound if the store can't even be opened: then nobody answers all the questions first.
        """
        if self._is_lost or (given == self._written and self._tried is None):
            return
        desk = self._desk()
        try:
            self._write(desk, given)
        except ProblemsFound as found:
            said, self.problem = self.problem is not None, found
            if self.hold is not None:
                stopping.kept(self.what)
            if not said or self._is_lost:
                self._tell(found)

    @property
    def _is_lost(self) -> bool:
        return self.problem is not None and is_final(self.problem)

    def _tell(self, found: ProblemsFound) -> None:
        still, then = ("any more", "") if self._is_lost else ("now", "it is tried again with each answer, and ")
        say(
            f"\nWhat you answer can't be written {still}: {found.problems[0].message}. It is kept here. Please go on; "
            f"{then}at the end you can put it into a file."
        )

    def _write(self, desk: Desk, given: Answers) -> None:
        from screener.records.writing import Begun, begin, keep

        self._settle(desk)
        if given == self._written:
            self.problem = None
            stopping.kept(self.what)
            return
        content = self.content(given)
        with stopping.held(), self._trying(desk, given) as by:
            if self.hold is None:
                new = Begun(self._kept.reference, self._kept.edition, self._kept.agreed.text)
                self.hold = begin(desk.store, by, new, content)
            else:
                self.hold = keep(desk.store, by, self.hold, content)
        stopping.kept(self.what)

    @contextmanager
    def _trying(self, desk: Desk, given: Answers) -> "Iterator[By]":
        """Note what is tried before it is known to be done."""
        by = desk.by
        self._tried = _Tried(by, dict(given))
        yield by
        self._tried, self._written, self.problem = None, dict(given), None

    def _settle(self, desk: Desk) -> None:
        """See whether what was tried last was written after all, though the connection broke before that was heard."""
        if self._tried is None:
            return
        from screener.records.log import landed
        from screener.records.store.opening import reading

        with reading(desk.store.records) as connection:
            found = landed(connection, self._tried.by, self.hold.record if self.hold else "")
        if found is not None:
            self.hold = self._as_written(desk, found)
            self._written = self._tried.given
        self._tried = None

    def _as_written(self, desk: Desk, entry: "LogEntry") -> "Hold":
        """The record as it was after that entry, whatever others wrote since: the next write is to notice that."""
        from screener.records.record_keys import key_of
        from screener.records.writing import Hold

        if self.hold is None:
            return Hold(entry.record, key_of(desk.store, entry.record), self._kept.edition.sha256, 0, 1)
        return self.hold._replace(turn=self.hold.turn + 1, revision=max(self.hold.revision, entry.revision))

    def complete(self, given: Answers, counting: Answers, action: str) -> None:
        """Make what was answered a revision of the record. Raises ProblemsFound; then it can be tried again."""
        from screener.cli.intake.made import outcome
        from screener.records.writing import Outcome, complete

        if self._is_lost and self.problem is not None:
            raise self.problem
        before = self.hold.revision if self.hold else 0
        self._write(self._desk(), given)
        if self.hold is None or self.hold.revision > before:  # it was written, and only the answer was lost
            return
        desk, (text, data_sha256, step) = self._desk(), outcome(self._kept.rules, counting)
        content = self.content(counting)._replace(text=text, data_sha256=data_sha256)
        with stopping.held(), self._trying(desk, given) as by:
            self.hold = complete(desk.store, by, self.hold, content, Outcome(step, self._kept.edition, action))
        stopping.kept(f"What was answered is kept: screener intake show {self.id}")

    def content(self, given: Answers) -> "Revision":
        """What is sealed."""
        import hashlib

        from screener.records.content import Revision

        plain: dict[str, Any] = {id: as_plain(answer) for id, answer in given.items()}
        agreed = self._kept.agreed
        sha256 = hashlib.sha256(agreed.text.encode()).hexdigest()
        return Revision(plain, self._kept.rules.today.isoformat(), sha256, agreed.at, self._kept.reason)


def is_final(found: ProblemsFound) -> bool:
    """Whether trying again would change nothing."""
    return any(one.code in _FOR_GOOD for one in found.problems)


def agreed_now(text: str) -> Agreed:
    """What was agreed to just now."""
    return Agreed(text, datetime.now().astimezone().isoformat(timespec="seconds"))
