"""Tallies as CSV, for a spreadsheet: a row for each group."""

from collections.abc import Iterator, Sequence

from screener.ground.escapes import rows_of_csv
from screener.records.statistics.tally import Tally
from screener.records.statistics.wording import NOT_SHOWN, SEVERAL, SMALL

_COLUMNS = ["by", "question", "group", "label", "people", "since", "until", "note"]
EVERYONE = "Everyone"


def as_csv(tallies: Sequence[Tally]) -> str:
    """Everyone in the first row, then the groups of every tally; a number that is not shown is an empty cell."""
    first = tallies[0]
    everyone = ["everyone", "", "", EVERYONE, *_facts(first, first.people), SMALL]
    return rows_of_csv([_COLUMNS, everyone, *(row for tally in tallies for row in _rows(tally))])


def _rows(tally: Tally) -> Iterator[list[str]]:
    for group in tally.groups:
        notes = [f"{NOT_SHOWN.capitalize()}."] if group.people is None else []
        notes += [SEVERAL] if tally.several else []
        yield [tally.by.kind, tally.by.question, group.id, group.label, *_facts(tally, group.people), " ".join(notes)]


def _facts(tally: Tally, people: int | None) -> list[str]:
    """The number of people, and the period that it is about."""
    days = [day.isoformat() for day in tally.period] if tally.period else ["", ""]
    return ["" if people is None else str(people), *days]
