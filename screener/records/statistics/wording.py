"""The words that every face of a tally shares, and the rows that are read."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from screener.ground.hiding import LEAST
from screener.ground.safetext import one_line
from screener.ground.wrapping import Listing
from screener.records.statistics.tally import Group, Tally

TITLE = "People at the intake desk"
NOT_SHOWN = "not shown"
SMALL = (
    f"Groups of fewer than {LEAST} people are not shown. Where the size of one could be told from the others, larger "
    "groups are not shown either."
)
SEVERAL = "One person may be counted in several of these groups."


class Bar(NamedTuple):
    """A row that is read: a group, or a run of days on which nobody came or of which nothing is shown."""

    label: str
    people: int | None


def bars(tally: Tally) -> list[Bar]:
    """The rows of a tally. Days without a number to read stand together where they follow each other."""
    if tally.by.kind != "day":
        return [Bar(group.label, group.people) for group in tally.groups]
    return [bar for one, run in groupby(tally.groups, lambda day: day.people or 0) for bar in _days([*run], one > 0)]


def _days(days: Sequence[Group], each: bool) -> Iterator[Bar]:
    if each:
        yield from (Bar(day.label, day.people) for day in days)
        return
    for people, run in groupby(days, lambda day: day.people):
        first, *others = (day.label for day in run)
        yield Bar(f"{first} to {others[-1]}" if others else first, people)


def number(people: int | None) -> str:
    """How many people there are, or that this is not shown."""
    return NOT_SHOWN if people is None else str(people)


def everyone(tallies: Sequence[Tally]) -> str:
    """How many people are counted, and from when to when: the same for all tallies that are shown together."""
    people, period = tallies[0].people, tallies[0].period
    said = f"Fewer than {LEAST} people, so nothing is shown." if people is None else f"{people} people."
    if period is None:
        return said
    days = str(period.since) if period.since == period.until else f"{period.since} to {period.until}"
    return f"{days}: {said[0].lower()}{said[1:]}"


def framed(tallies: Sequence[Tally], width: int, drawn: Callable[[Listing, Tally], None]) -> str:
    """A text for a terminal with every tally, each drawn in its own way, between the words that all share."""
    page = Listing(width, 0)
    page.say(TITLE)
    page.say(everyone(tallies))
    for tally in tallies:
        if tally.groups:
            page.title(one_line(tally.title))
            drawn(page, tally)
            if tally.several:
                page.blank()
                page.say(SEVERAL)
    page.blank()
    page.say(SMALL)
    return page.text()
