"""`screener intake show`: the summary of a record as it was."""

from typing import Annotated

import typer

from screener.cli import streams
from screener.cli.intake.kept import KeptRecord, found
from screener.cli.intake.made import handover_of, outcome
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Id, Staff, Store
from screener.cli.options import Force
from screener.cli.start import Details, Folder, Format, Output, Reader
from screener.cli.start.saying import say
from screener.cli.start.wanted import Wanted, check_wanted, wanted

Revision = Annotated[
    int | None,
    typer.Option("--revision", min=1, help="The summary as it was before it was amended; the last otherwise."),
]


def show(
    id: Id,
    revision: Revision = None,
    format: Format = None,
    reader: Reader = None,
    output: Output = None,
    folder: Folder = None,
    details: Details = False,
    force: Force = False,
    staff: Staff = None,
    store: Store = None,
) -> int:
    """Show the summary of a record as the person got it, or write it in another form. The log notes who looked."""
    asked = wanted(output or [], folder, format, reader, None, None, details)._replace(force=force)
    check_wanted(asked, counts_back=True)
    desk = open_desk(store, staff)
    record = found(desk, id, revision)
    _note(desk, record.record.id, revision or record.record.revision, "handed over" if asked.files else "shown")
    if _as_it_was(asked):
        streams.out(record.content.text)
        return 0
    handover = handover_of(desk.store, record.record, revision or record.record.revision)
    _give(record, asked._replace(handover=handover))
    return 0


def _note(desk: Desk, id: str, revision: int, action: str) -> None:
    """Put into the log that somebody saw the record. Raises ProblemsFound; then nobody does."""
    from screener.records.log import Did, append
    from screener.records.writing import recorded

    with recorded(desk.store) as connection:
        append(connection, desk.store.secrets.log, desk.by, Did(action, id, revision))


def _as_it_was(asked: Wanted) -> bool:
    """Whether the text is wanted that the person got, which is kept word for word."""
    return not asked.details and [(one.format, one.reader, one.path) for one in asked.handouts] == [
        ("text", "person", None)
    ]


def _give(record: KeptRecord, asked: Wanted) -> None:
    """Make what is wanted, by the rules that the record was answered with. Raises ProblemsFound."""
    from screener.cli.start.giving import give
    from screener.interview.loop import counted

    counting = counted(record.rules, record.given)
    if outcome(record.rules, counting)[1] != record.content.data_sha256:
        say(
            "Note: this version of screener says some of it in other words than the one that made the record. The text "
            "as the person got it: screener intake show, without options."
        )
    label = asked.label._replace(reference=record.record.reference, date=record.content.day)
    give(record.rules, counting, asked._replace(label=label))
