"""`screener intake purge`: erase what is older than the clinic keeps it; first only told."""

from datetime import date, timedelta
from typing import Annotated

import typer

from screener.cli import streams
from screener.cli.intake.copying import erased_everywhere
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Staff, Store
from screener.cli.intake.place import find_place
from screener.cli.start.saying import say
from screener.rulefile.days import Span, span

OlderThan = Annotated[str, typer.Option("--older-than", metavar="SPAN", help="Such as `3 years` or `90 days`.")]
Meant = Annotated[bool, typer.Option("--yes", help="Erase them; without it they are only named.")]
#: So many are erased in one step, so that other desks can go on.
_AT_ONCE = 500


def purge(older_than: OlderThan, yes: Meant = False, staff: Staff = None, store: Store = None) -> int:
    """Say which records are older than this; with --yes, erase them."""
    from screener.records.erasing import erase, older
    from screener.records.finding import Sought
    from screener.records.listing import as_table

    last = _span(older_than).before(date.today()) - timedelta(days=1)
    desk = open_desk(store, staff)
    found = older(desk.store, Sought(until=last))
    if not found:
        streams.talk(f"No records of {last} or before.\n")
        return 0
    counted = f"{len(found)} {'record' if len(found) == 1 else 'records'} of {last} or before"
    if not yes:
        streams.out(as_table(found, streams.page_width()))
        say(f"\n{counted}. Nothing was erased; to erase what is listed here, add --yes.")
        return 0
    done = True
    for at in range(0, len(found), _AT_ONCE):
        done = erase(desk.store, desk.by, [record.id for record in found[at : at + _AT_ONCE]], "purged")
    say(f"Erased: {counted}. {erased_everywhere(desk, find_place(store), done)}")
    return 0


def _span(text: str) -> Span:
    try:
        return span(text.strip())
    except ValueError:
        raise typer.BadParameter("--older-than must be a span such as `3 years`, `6 months` or `90 days`.") from None
