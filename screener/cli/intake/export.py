"""`screener intake export`: records for other systems, one or many."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.intake.list_ import RefOption, SinceDay, TakenBy, UntilDay
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Staff, Store
from screener.cli.intake.sought import DateOption, StepOption, days
from screener.cli.options import BaseUrl, Force, Output
from screener.cli.start.saying import say
from screener.ground.files import shown

if TYPE_CHECKING:
    from screener.records.finding import FullRecord, Sought

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="ID", help="Ids of records; without one, all that the options seek.")
]
ExportFormat = Annotated[
    Literal["json", "ndjson", "csv", "fhir"],
    typer.Option("--format", help="JSON, one record on each line, a row for each in a spreadsheet, or a FHIR bundle."),
]


def export(
    ids: Ids = None,
    day: DateOption = None,
    since: SinceDay = None,
    until: UntilDay = None,
    step: StepOption = None,
    ref: RefOption = None,
    taken_by: TakenBy = None,
    format: ExportFormat = "json",
    base_url: BaseUrl = None,
    output: Output = None,
    force: Force = False,
    staff: Staff = None,
    store: Store = None,
) -> int:
    """Give out complete records, oldest first, with all that was answered. The log notes each."""
    from screener.cli.fhir import published_at
    from screener.cli.intake.exported import parts
    from screener.records.finding import Sought

    address = published_at(base_url)
    sight = days(day, since, until, any_day=bool(ref))
    path = deliver.target(output, force)
    desk = open_desk(store, staff)
    sought = Sought(*sight, step=step or "", reference=ref or "", staff=taken_by or "")
    made = parts(desk.store, _named(desk, ids) if ids else noted(desk, sought), format, address)
    return _give(made, path, force)


def _give(made: Iterable[str], path: Path | None, force: bool) -> int:
    """Write each part as it is made, to the file or to standard output; the exit code. Raises ProblemsFound."""
    if path is not None:
        count = deliver.write_parts(path, made, force)
        say(f"Written: {count} bytes in {shown(path)}. The file holds health answers: keep it as you keep records.")
        return 0
    for part in made:
        if not streams.out(part):
            break
    return 0


def _named(desk: Desk, ids: list[str]) -> "list[FullRecord]":
    """The records with these ids, each noted in the log. Raises ProblemsFound."""
    from screener.cli.intake.kept import found
    from screener.records.finding import FullRecord

    records = [found(desk, id) for id in ids]
    _note(desk, [(one.record.id, one.record.revision) for one in records])
    return [FullRecord(one.record._replace(edition=one.kept.edition.sha256), one.content) for one in records]


def noted(desk: Desk, sought: "Sought") -> "Iterator[FullRecord]":
    """The records that are sought; all are noted in the log before the first is given out, and no other is."""
    from screener.records.finding import everyone, places

    found = set(places(desk.store, sought))
    _note(desk, sorted(found))
    given = everyone(desk.store, sought)
    return (one for one in given if (one.record.id, one.record.revision) in found)


def _note(desk: Desk, records: Iterable[tuple[str, int]]) -> None:
    from screener.records.log import Did, append
    from screener.records.writing import recorded

    with recorded(desk.store) as connection:
        for record, revision in records:
            append(connection, desk.store.secrets.log, desk.by, Did("exported", record, revision))
