"""A record as it is kept, ready to be worked with: its rules, its answers, and what was agreed to."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from screener.cli.intake.editions import kept_edition, rules_of
from screener.cli.intake.keeper import Agreed, Kept
from screener.cli.intake.opened import Desk
from screener.engine.answers import Refused, read_answer
from screener.ground.problems import Problem, ProblemsFound
from screener.records.ids import spoken
from screener.records.record import IntakeRecord
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from screener.records.content import Revision
    from screener.records.writing import Hold


class KeptRecord(NamedTuple):
    """A record, what one of its revisions keeps, and the rules that it was answered with, for the day it was."""

    record: IntakeRecord
    hold: "Hold"
    content: "Revision"
    kept: Kept

    @property
    def rules(self) -> RuleFile:
        """The rules that it was answered with."""
        return self.kept.rules

    @property
    def given(self) -> dict[str, Answer]:
        """The answers, typed by these rules."""
        return typed(self.rules, self.content.answers)


def found(desk: Desk, typed_id: str, number: int | None = None) -> KeptRecord:
    """The record with this id, at its last revision or at another; 0 is what is not complete yet.

    Raises ProblemsFound.
    """
    from screener.records.editions import consent
    from screener.records.finding import edition_of, hold_of, resolve, revision
    from screener.records.store.opening import reading

    record = resolve(desk.store, typed_id)
    hold = hold_of(desk.store, record)
    wanted = hold.revision if number is None else number
    content = revision(desk.store, hold, wanted) if wanted or number == 0 else None
    if content is None:
        raise _absent(record, wanted)
    edition = kept_edition(desk.store, edition_of(desk.store, hold, wanted))
    with reading(desk.store.records) as connection:
        agreed = Agreed(consent(connection, content.consent), content.consented)
    rules = rules_of(edition, date.fromisoformat(content.day))
    return KeptRecord(record, hold, content, Kept(rules, edition, record.reference, agreed, content.reason))


def _absent(record: IntakeRecord, number: int) -> ProblemsFound:
    id = spoken(record.id)
    if not record.revision:
        help = f"go on with it: screener intake resume {id}"
        return ProblemsFound([Problem("not-complete", f"the record `{id}` is not complete", help)])
    message = f"the record `{id}` has no revision {number}"
    return ProblemsFound([Problem("unknown-record", message, f"it has revisions 1 to {record.revision}")])


def typed(rules: RuleFile, plain: dict[str, Any]) -> dict[str, Answer]:
    """Answers as JSON has them, typed by the rules; what they do not know, or can't be, is left out."""
    given: dict[str, Answer] = {}
    for id, value in plain.items():
        if (question := rules.by_question.get(id)) is not None:
            try:
                given[id] = read_answer(question, value if isinstance(value, str | list) else str(value))
            except Refused:
                continue
    return given
