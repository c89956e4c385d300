"""`screener intake list`: today's records, or those that are sought."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Store
from screener.cli.intake.sought import DateOption, StepOption, days
from screener.cli.options import Force, Output
from screener.records.listing import as_csv, as_json, as_table

if TYPE_CHECKING:
    from screener.records.finding import RecordPage, Sought

ListFormat = Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="How the list is written.")]
Most = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")]
After = Annotated[
    str | None, typer.Option("--after", metavar="PLACE", help="Go on where the page before ended; it names the place.")
]
SinceDay = Annotated[str | None, typer.Option("--since", metavar="DAY", help="From this day on.")]
UntilDay = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to this day.")]
StatusOption = Annotated[
    Literal["unfinished", "complete", "amending", "erased"] | None,
    typer.Option("--status", help="Only those that are not complete, complete, being amended, or erased."),
]
RefOption = Annotated[
    str | None, typer.Option("--ref", metavar="TEXT", help="Only those of this reference, of any day.")
]
TakenBy = Annotated[str | None, typer.Option("--staff", metavar="NAME", help="Only those that this person took.")]


def list_(
    day: DateOption = None,
    since: SinceDay = None,
    until: UntilDay = None,
    status: StatusOption = None,
    step: StepOption = None,
    ref: RefOption = None,
    staff: TakenBy = None,
    format: ListFormat = "table",
    limit: Most = 50,
    after: After = None,
    output: Output = None,
    force: Force = False,
    store: Store = None,
) -> int:
    """List today's records, newest first; or those of other days, and only some."""
    from screener.records.finding import Sought

    sight = days(day, since, until, any_day=bool(ref))
    path = deliver.target(output, force)
    sought = Sought(sight.since, sight.until, status or "", step or "", ref or "", staff or "")
    found = _page(store, sought, limit, after)
    if found.records or format != "table":
        deliver.give(_made(found, format), path, force)
    else:
        streams.talk(f"No records {sight}.\n")
    if found.after and format != "json":
        streams.talk(f"There are more: add --after {found.after}\n")
    return 0


def _page(store: Path | None, sought: "Sought", limit: int, after: str | None) -> "RecordPage":
    """The records that are sought, a page of them. Raises ProblemsFound."""
    from screener.records.finding import page

    return page(open_desk(store, None).store, sought, limit, after or "")


def _made(found: "RecordPage", format: str) -> str:
    if format == "table":
        return as_table(found.records, streams.page_width())
    return as_json(found.records, found.after) if format == "json" else as_csv(found.records)
