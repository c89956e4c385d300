"""Keeping a record answer by answer while a person is asked. What can't be written is kept in memory, and said once."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from screener.cli import streams
from screener.cli.intake.opened import Desk
from screener.engine.answers import as_plain
from screener.ground import stopping
from screener.ground.problems import ProblemsFound
from screener.records.ids import spoken
from screener.records.record import Edition
from screener.rulefile.model import Answers, RuleFile

if TYPE_CHECKING:
    from screener.records.content import Revision
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


class Keeper:
    """Writes what was answered whenever it has changed.

    `desk` gives the open store, which may only then be opened. Without a `hold` a record is made with the first answer.
    """

    def __init__(self, desk: Callable[[], Desk], kept: Kept, hold: "Hold | None" = None, known: Answers | None = None):
        self._desk, self._kept, self.hold = desk, kept, hold
        self._written: Answers = dict(known or {})
        self.problem: ProblemsFound | None = None
        self._tried: tuple[int, Revision] | None = None  # what was to be written, if that failed

    @property
    def id(self) -> str:
        """The id of the record as it is shown; empty while there is none."""
        return spoken(self.hold.record) if self.hold and self.hold.turn else ""

    def keep(self, given: Answers) -> None:
        """Write what was answered so far; if that can't be done it is said, and tried again with the next answer."""
        if given == self._written or self._is_lost:
            return
        try:
            self._write(given)
        except ProblemsFound as found:
            if self.problem is None:
                streams.talk(_told(found))
            self.problem = found

    @property
    def _is_lost(self) -> bool:
        return self.problem is not None and any(one.code in _FOR_GOOD for one in self.problem.problems)

    def _write(self, given: Answers) -> None:
        from screener.records.writing import DRAFT, Begun, begin, keep, reserve

        desk, content = self._desk(), self.content(given)
        with stopping.held():
            hold = self._settled(desk) or reserve(desk.store, self._kept.edition)
            self.hold, self._tried = hold, (DRAFT, content)
            if hold.turn:
                self.hold = keep(desk.store, desk.by, hold, content)
            else:
                new = Begun(self._kept.reference, self._kept.edition, self._kept.agreed.text)
                self.hold = begin(desk.store, desk.by, new, content, hold)
            stopping.kept(f"screener intake resume {self.id}")
        self._written, self.problem, self._tried = dict(given), None, None

    def _settled(self, desk: Desk) -> "Hold | None":
        """The record as this desk has it, also when nobody said whether the last writing came to its end."""
        from screener.records.writing import settled

        return settled(desk.store, self.hold, *self._tried) if self.hold and self._tried else self.hold

    def complete(self, given: Answers, counting: Answers, action: str) -> None:
        """Make what was answered a revision of the record. Raises ProblemsFound; then it can be tried again."""
        from screener.cli.intake.made import outcome

        if self._is_lost and self.problem is not None:
            raise self.problem
        if self.hold is None or given != self._written:
            self._write(given)
        text, data_sha256, step = outcome(self._kept.rules, counting)
        content = self.content(counting)._replace(text=text, data_sha256=data_sha256)
        with stopping.held():
            self._complete(content, step, action)
            stopping.kept(f"screener intake show {self.id}")

    def _complete(self, content: "Revision", step: str, action: str) -> None:
        from screener.records.writing import Outcome, complete

        desk = self._desk()
        hold = self._settled(desk)
        if hold is None or hold.revision > (self.hold or hold).revision:
            self.hold = hold  # it was done before, and nobody said so
            return
        self._tried = (hold.revision + 1, content)
        self.hold = complete(desk.store, desk.by, hold, content, Outcome(step, self._kept.edition, action))
        self._tried = None

    def content(self, given: Answers) -> "Revision":
        """What is sealed."""
        import hashlib

        from screener.records.content import Revision

        plain: dict[str, Any] = {id: as_plain(answer) for id, answer in given.items()}
        agreed = self._kept.agreed
        sha256 = hashlib.sha256(agreed.text.encode()).hexdigest()
        return Revision(plain, self._kept.rules.today.isoformat(), sha256, agreed.at, self._kept.reason)


def agreed_now(text: str) -> Agreed:
    """What was agreed to just now."""
    return Agreed(text, datetime.now().astimezone().isoformat(timespec="seconds"))


def _told(found: ProblemsFound) -> str:
    from screener.ground.listing import as_text

    return (
        "\n"
        + as_text(found.problems)
        + "Your answers are kept here for now. Go on; at the end they are written, or you "
        "can put them into a file.\n"
    )
