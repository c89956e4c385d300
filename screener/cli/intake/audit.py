"""`screener intake audit`: who did what when, and whether the log and the records are as they were written."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Store
from screener.cli.intake.sought import DateOption, Sight, days
from screener.cli.options import Force, Output
from screener.ground.problems import Problem, ProblemsFound
from screener.records.times import moment

if TYPE_CHECKING:
    from screener.records.log import Checkpoint, LogEntry

SinceCheckpoint = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="CHECKPOINT", help="Show that nothing before this checkpoint was changed or cut off."
    ),
]
OfRecord = Annotated[str | None, typer.Option("--record", metavar="ID", help="Only what concerns this record.")]
Closing = Annotated[
    bool, typer.Option("--closing", help="The closing sheet of the day, with a checkpoint, to be kept.")
]
LogFormat = Annotated[Literal["text", "json", "csv"], typer.Option("--format", help="How the log is written.")]


def audit(
    since: SinceCheckpoint = None,
    day: DateOption = None,
    record: OfRecord = None,
    closing: Closing = False,
    format: LogFormat = "text",
    output: Output = None,
    force: Force = False,
    store: Store = None,
) -> int:
    """Look whether the log holds together and the records are as it says; then show today's entries, or others."""
    from screener.records.verifying import verified

    checkpoint = _checkpoint(since)
    sight = days(day, None, None, any_day=bool(record))
    path = deliver.target(output, force)
    desk = open_desk(store, None)
    now = verified(desk.store, checkpoint)
    if checkpoint is not None:
        streams.talk(f"The first {checkpoint.size} entries are those of the checkpoint.\n")
    wanted = _entries(desk, sight, record)
    deliver.give(_closing(desk, wanted, now) if closing else _listed(wanted, now, format), path, force)
    if format == "text" and not closing:
        nothing = "" if wanted else f"No entries {sight}.\n"
        streams.talk(f"{nothing}The log and the records hold together.\nThe checkpoint as of now:\n{now}\n")
    return 0


def _checkpoint(typed: str | None) -> "Checkpoint | None":
    from screener.records.log import read_checkpoint

    if typed is None:
        return None
    if (found := read_checkpoint(typed)) is None:
        help = "type it as it stands on the closing sheet, with or without hyphens between the groups"
        raise ProblemsFound([Problem("bad-checkpoint", "this is no checkpoint", help)])
    return found


def _entries(desk: Desk, sight: Sight, record: str | None) -> "list[LogEntry]":
    """What was done on these days, with this record if one is named."""
    from screener.records.finding import any_id
    from screener.records.log import entries
    from screener.records.store.opening import reading

    id = any_id(desk.store, record) if record else ""
    with reading(desk.store.records) as connection:
        found = entries(connection, id)
        return [entry for entry in found if _within(moment(entry.at).astimezone().date(), sight)]


def _within(day: date, sight: Sight) -> bool:
    return (sight.since is None or day >= sight.since) and (sight.until is None or day <= sight.until)


def _listed(wanted: "list[LogEntry]", now: "Checkpoint", format: str) -> str:
    from screener.records.log_listing import as_csv, as_json, as_text

    if format == "json":
        return as_json(wanted, now)
    return as_csv(wanted) if format == "csv" else as_text(wanted, streams.page_width())


def _closing(desk: Desk, wanted: "list[LogEntry]", now: "Checkpoint") -> str:
    from screener.records.finding import unfinished
    from screener.records.log_listing import closing_sheet

    return closing_sheet(date.today(), wanted, [one.id for one in unfinished(desk.store)], now)
