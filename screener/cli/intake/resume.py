"""`screener intake resume`: go on with a record that is not complete, from the very question."""

from datetime import date
from typing import Annotated

import typer

from screener.cli import streams
from screener.cli.intake.keeper import Keeper
from screener.cli.intake.kept import KeptRecord, found
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Staff, Store, TakeOver
from screener.cli.intake.taking import finish, take
from screener.cli.options import Force
from screener.cli.start import Clear, Details, Folder, Format, Output, Plain, Reader, wiping
from screener.cli.start.wanted import Wanted, check_wanted, wanted
from screener.ground import stopping
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.wrapping import lines
from screener.records.ids import spoken

MaybeId = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="The record to go on with; without it, all are named.")
]


def resume(
    id: MaybeId = None,
    take_over: TakeOver = False,
    format: Format = None,
    reader: Reader = None,
    output: Output = None,
    folder: Folder = None,
    details: Details = False,
    plain: Plain = False,
    clear: Clear = False,
    force: Force = False,
    staff: Staff = None,
    store: Store = None,
) -> int:
    """Go on with a record that is not complete, under the rules it was begun with."""
    asked = wanted(output or [], folder, format, reader, None, None, details)._replace(force=force)

    def work() -> int:
        check_wanted(asked, counts_back=True)
        desk = open_desk(store, staff)
        return _named(desk) if id is None else go_on(desk, id, take_over, asked, plain)

    return wiping.wiped(work) if clear else work()


def _named(desk: Desk) -> int:
    """Name every record that is not complete: when it was begun, under which rules, and the question."""
    from screener.interview.loop import missing
    from screener.records.finding import unfinished

    open_records = unfinished(desk.store)
    if not open_records:
        streams.talk("Every record is complete.\n")
    width = streams.page_width()
    for record in open_records:
        one = found(desk, record.id, 0)
        left = missing(one.rules, one.given)
        at = f"next: {left[0].ask}" if left else "all is answered, and to be looked through"
        begun = f"begun {record.begun.astimezone():%Y-%m-%d %H:%M} by {record.staff}"
        named = f"{spoken(record.id)}  {one.record.reference}  {begun}, {one.rules.id} {one.rules.version}"
        for line in (*lines(named, width, "", "  "), *lines(at, width, "  ")):
            streams.out(f"{line}\n")
    return 0


def go_on(desk: Desk, id: str, take_over: bool, asked: Wanted, plain: bool) -> int:
    """Ask what is left of a record that is not complete; the exit code. Raises ProblemsFound."""
    from screener.records.writing import hold_record

    one = _unfinished(desk, id)
    hold = hold_record(desk.store, desk.by, one.hold, take_over)
    given = one.given
    keeper = Keeper(lambda: desk, one.kept, hold, given)
    stopping.kept(keeper.what)
    label = asked.label._replace(reference=one.record.reference, date=date.today().isoformat())
    if not take(one.rules, given, keeper, plain):
        return 1
    action = "amended" if one.record.revision else "completed"
    return finish(one.rules, given, keeper, action, asked._replace(label=label))


def _unfinished(desk: Desk, id: str) -> KeptRecord:
    from screener.records.finding import resolve

    record = resolve(desk.store, id)
    if record.status not in ("unfinished", "amending"):
        help = f"to change something in it: screener intake amend {spoken(record.id)}"
        raise ProblemsFound([Problem("complete-already", f"the record `{spoken(record.id)}` is complete", help)])
    return found(desk, record.id, 0)
