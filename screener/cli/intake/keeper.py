"""Keeping a record answer by answer while a person is asked. What can't be written is kept in memory, and said once."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from screener.cli.intake.opened import Desk
from screener.cli.start.saying import say
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
        if given == self._written or self._is_lost:
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

        content = self.content(given)
        with stopping.held():
            if self.hold is None:
                new = Begun(self._kept.reference, self._kept.edition, self._kept.agreed.text)
                self.hold = begin(desk.store, desk.by, new, content)
            else:
                self.hold = keep(desk.store, desk.by, self.hold, content)
            self._written, self.problem = dict(given), None
            stopping.kept(self.what)

    def complete(self, given: Answers, counting: Answers, action: str) -> None:
        """Make what was answered a revision of the record. Raises ProblemsFound; then it can be tried again."""
        from screener.cli.intake.made import outcome
        from screener.records.writing import complete

        if self._is_lost and self.problem is not None:
            raise self.problem
        desk = self._desk()
        if self.hold is None or given != self._written:
            self._write(desk, given)
        text, data_sha256, step = outcome(self._kept.rules, counting)
        content = self.content(counting)._replace(text=text, data_sha256=data_sha256)
        with stopping.held():
            from screener.records.writing import Outcome

            if self.hold is not None:
                self.hold = complete(desk.store, desk.by, self.hold, content, Outcome(step, self._kept.edition, action))
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
