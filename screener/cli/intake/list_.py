"""`screener intake list`: today's records, or those that are sought."""

from typing import Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Store
from screener.cli.intake.sought import DateOption, Sight, StepOption, days
from screener.cli.options import Force, Output

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
    from screener.records.finding import Sought, page
    from screener.records.listing import as_csv, as_json, as_table

    from_day, to_day = days(day, since, until, any_day=bool(ref or after))
    path = deliver.target(output, force)
    desk = open_desk(store, None)
    found = page(
        desk.store, Sought(from_day, to_day, status or "", step or "", ref or "", staff or ""), limit, after or ""
    )
    if format == "json":
        deliver.give(as_json(found.records, found.after), path, force)
    elif format == "csv":
        deliver.give(as_csv(found.records), path, force)
    elif found.records:
        deliver.give(as_table(found.records, streams.page_width()), path, force)
    else:
        streams.talk(f"No records {Sight(from_day, to_day)}.\n")
    if found.after and format != "json":
        streams.talk(f"There are more: add --after {found.after}\n")
    return 0
