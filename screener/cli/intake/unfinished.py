"""Interviews that were begun and not completed: named to staff, and never gone on with by themselves."""

from screener.cli.intake.opened import Desk
from screener.cli.start.saying import say
from screener.records.ids import spoken

_MOST = 5


def name_unfinished(desk: Desk) -> None:
    """Say which records are not complete, by id and time only: people may be looking."""
    from screener.records.finding import unfinished

    if not (found := unfinished(desk.store)):
        return
    named = [f"{spoken(one.id)} ({one.begun.astimezone():%d %b, %H:%M})" for one in found[-_MOST:]]
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    say(f"\nNot complete: {', '.join(named)}{more}. To go on with one: screener intake resume ID")
