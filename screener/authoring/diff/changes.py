"""What is said of an edit: each change, and what it demands of the version number."""

from typing import Literal, NamedTuple

from screener.authoring.diff.versions import Level, next_version
from screener.rulefile.model import Answers, RuleFile

Kind = Literal["file", "question", "guidance", "disposition", "referral", "invariant", "statement", "document"]
State = Literal["added", "removed", "renamed", "kept"]
#: For which answers something comes now: a set of answers that is larger, smaller, or partly another one.
Comes = Literal["same", "more", "fewer", "other"]
Side = Literal["old", "new"]


class Edit(NamedTuple):
    """One text or value that is written otherwise now; None where there was or is none.

    An option with a new id has the key `options.NEW.id`.
    """

    key: str
    old: str | None
    new: str | None


class Shift(NamedTuple):
    """Answers for which something comes in one file only: `more` to the new file, `fewer` to the old one.

    `surely` says that it comes in both, and that only how sure it is has changed.
    """

    direction: Literal["more", "fewer"]
    surely: bool
    answers: Answers


class Change(NamedTuple):
    """All that has changed of one thing; `state` says whether it is new, gone, or there in both files.

    `was` is its id in the old file, where that is another one.
    """

    kind: Kind
    id: str
    state: State
    edits: tuple[Edit, ...]
    shifts: tuple[Shift, ...]
    was: str | None = None

    @property
    def comes(self) -> Comes:
        """For which answers it comes now, compared with before."""
        directions = {shift.direction for shift in self.shifts if not shift.surely}
        return "other" if len(directions) > 1 else next(iter(directions), "same")


class Demand(NamedTuple):
    """What something about an edit demands of the version number, and why, as half a sentence.

    `answers` show it, where answers can: they are complete answers to the file of that side.
    """

    level: Level
    kind: Kind
    id: str
    why: str
    answers: Answers | None = None
    side: Side = "old"


class Comparison(NamedTuple):
    """Every change of meaning. Layout, the order inside an `any` or a mapping, names of conditions and the version
    are no change. `because` is what the changes demand of the version, the most first."""

    old: RuleFile
    new: RuleFile
    changes: tuple[Change, ...]
    because: tuple[Demand, ...]

    @property
    def same(self) -> bool:
        """The two files mean the same."""
        return not self.changes

    @property
    def demands(self) -> Level:
        """Which part of the version number has to grow."""
        return self.because[0].level if self.because else "none"

    @property
    def next_version(self) -> str | None:
        """The smallest version that the new file may have, or None if the old one is not numbered."""
        return next_version(self.old.version, self.demands)
