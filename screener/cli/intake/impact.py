"""`screener intake impact`: which of the people who came an edit of the rule file concerns."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.intake.editions import read_either, rules_of
from screener.cli.intake.list_ import SinceDay, UntilDay
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Staff, Store
from screener.cli.intake.sought import DateOption, Sight, days
from screener.cli.options import Force, Output
from screener.ground.problems import Problem, ProblemsFound
from screener.records.record import Edition

if TYPE_CHECKING:
    from screener.records.impact.effect import Impact, Visit

Old = Annotated[str, typer.Argument(metavar="OLD", help="The rule file before the edit, also of a git revision.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="The rule file after it.")]
Telling = Annotated[Literal["text", "json", "csv"] | None, typer.Option("--format", help="How it is told.")]
Most = Annotated[int, typer.Option("--limit", min=1, help="Name at most so many people under each heading.")]
_ENDINGS = {".txt": "text", ".json": "json", ".csv": "csv"}


def impact(
    old: Old,
    new: New,
    day: DateOption = None,
    since: SinceDay = None,
    until: UntilDay = None,
    format: Telling = None,
    limit: Most = 20,
    output: Output = None,
    force: Force = False,
    staff: Staff = None,
    store: Store = None,
) -> int:
    """Say which people an edit of the rule file concerns, those with a more urgent next step first."""
    before, after = read_either(old), read_either(new)
    _check_same(before, after)
    sight = days(day, since, until, any_day=True)
    path = deliver.target(output, force)
    chosen = format or deliver.format_of(path, _ENDINGS, "list") or "text"
    found = _found(open_desk(store, staff), before, after, sight)
    deliver.give(_made(before, after, found, chosen, limit), path, force)
    return 0


def _check_same(before: Edition, after: Edition) -> None:
    """Raise ProblemsFound if these are not two versions of one questionnaire."""
    if before.questionnaire != after.questionnaire:
        message = f"`{before.questionnaire}` and `{after.questionnaire}` are two questionnaires"
        raise ProblemsFound([Problem("other-rules", message, "name two versions of one rule file")])


def _found(desk: Desk, before: Edition, after: Edition, sight: Sight) -> "Impact":
    """Everyone who is concerned. That somebody looked stands in the log. Raises ProblemsFound."""
    from screener.records.impact.compare import impact as compare
    from screener.records.log import Did, append
    from screener.records.writing import recorded

    with recorded(desk.store) as connection:
        append(connection, desk.store.secrets.log, desk.by, Did("looked whom an edit concerns"))
    return compare(partial(rules_of, before), partial(rules_of, after), _visits(desk, before.questionnaire, sight))


def _visits(desk: Desk, questionnaire: str, sight: Sight) -> "Iterator[Visit]":
    """Everyone who answered this questionnaire, whichever version of it."""
    from screener.records.editions import edition_ids
    from screener.records.finding import Sought, everyone
    from screener.records.impact.effect import Visit
    from screener.records.store.opening import reading

    with reading(desk.store.records) as connection:
        known = set(edition_ids(connection, questionnaire))
    for one in everyone(desk.store, Sought(*sight)):
        if one.record.edition in known:
            day = date.fromisoformat(one.content.day)
            yield Visit(one.record.id, one.record.reference, day, one.content.answers)


def _made(before: Edition, after: Edition, found: "Impact", format: str, limit: int) -> str:
    from screener.records.impact import listing

    old, new = (rules_of(one, date.today()) for one in (before, after))
    if format == "json":
        return listing.as_json(old, new, found)
    return listing.as_csv(found) if format == "csv" else listing.as_text(old, new, found, streams.look(), limit)
