"""`screener intake amend`: change answers of a complete record, with a reason; what was said before stays."""

from pathlib import Path
from typing import Annotated

import typer

from screener.cli import streams
from screener.cli.intake.keeper import Keeper
from screener.cli.intake.kept import KeptRecord, found
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Id, Staff, Store, TakeOver, Yes
from screener.cli.intake.taking import finish, take
from screener.cli.options import Force
from screener.cli.start import Details, Folder, Format, Output, Plain, Reader
from screener.cli.start.saying import say
from screener.cli.start.wanted import Wanted, check_wanted, wanted
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import one_line
from screener.records.ids import spoken
from screener.rulefile.conditions.tree import Answer

Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why it is amended; kept with it.")]
NewAnswers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="Take the answers from this file, to be looked through."),
]
_LONGEST = 500


def amend(
    id: Id,
    reason: Reason = None,
    answers: NewAnswers = None,
    yes: Yes = False,
    take_over: TakeOver = False,
    format: Format = None,
    reader: Reader = None,
    output: Output = None,
    folder: Folder = None,
    details: Details = False,
    plain: Plain = False,
    force: Force = False,
    staff: Staff = None,
    store: Store = None,
) -> int:
    """Amend a complete record: look through its answers and change some. What was there before is kept too."""
    asked = wanted(output or [], folder, format, reader, None, None, details)._replace(force=force)
    check_wanted(asked, counts_back=True)
    desk = open_desk(store, staff)
    one = found(desk, id)
    if one.record.status == "amending":
        help = f"go on with it: screener intake resume {spoken(one.record.id)}"
        raise ProblemsFound([Problem("held", "an amendment of this record was begun already", help)])
    given = _new_answers(one, answers) if answers else one.given
    one = one._replace(kept=one.kept._replace(reason=_reason(reason)))
    return _amend(desk, one, given, take_over, asked, plain, yes)


def _amend(
    desk: Desk, one: KeptRecord, given: dict[str, Answer], take_over: bool, asked: Wanted, plain: bool, yes: bool
) -> int:
    """Let the answers be looked through and changed, and keep them as the next revision; the exit code."""
    from screener.interview.loop import counted
    from screener.records.writing import hold_record, let_go

    before = counted(one.rules, one.given)
    hold = hold_record(desk.store, desk.by, one.hold, take_over)
    keeper = Keeper(lambda: desk, one.kept, hold, one.given)
    if not yes and not take(one.rules, given, keeper, plain):
        return 1
    if counted(one.rules, given) == before and keeper.hold is not None:
        from screener.records.writing import drop_draft

        (let_go if keeper.hold.turn == hold.turn else drop_draft)(desk.store, desk.by, keeper.hold)
        say("Nothing was changed, so the record stays as it is.")
        return 0
    label = asked.label._replace(reference=one.record.reference, date=one.content.day)
    return finish(one.rules, given, keeper, "amended", asked._replace(label=label))


def _new_answers(one: KeptRecord, path: Path) -> dict[str, Answer]:
    """The answers of the file, by the rules of the record. Raises ProblemsFound."""
    from screener.cli.reading import read
    from screener.cli.start.answers import incomplete, read_known
    from screener.interview.loop import missing

    given = dict(read_known(path, read(path), one.rules))
    if not streams.person_at_keys() and (left := missing(one.rules, given)):
        raise incomplete(path, left)
    return given


def _reason(named: str | None) -> str:
    """Why it is amended, as named or as it is typed now. Raises ProblemsFound if there is none."""
    text = one_line(named or "")
    while not text and streams.person_at_keys():
        text = one_line(streams.read_line("Why is it amended? "))
    if not text:
        raise ProblemsFound([Problem("no-reason", "an amendment needs a reason", "give it with --reason")])
    return text[:_LONGEST]
