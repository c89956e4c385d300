"""Tallies as JSON, `screener/stats/1`: the same bytes for the same people."""

from collections.abc import Sequence
from typing import Any

from screener.ground.hiding import LEAST
from screener.ground.jsontext import as_json_text
from screener.records.statistics.tally import Tally
from screener.records.statistics.wording import SMALL

SCHEMA = "screener/stats/1"


def as_json(tallies: Sequence[Tally]) -> str:
    """Every tally; `people` is null where a number is not shown."""
    people, period = tallies[0].people, tallies[0].period
    plain = {
        "schema": SCHEMA,
        "since": period.since.isoformat() if period else None,
        "until": period.until.isoformat() if period else None,
        "people": people,
        "least_shown": LEAST,
        "note": SMALL,
        "tallies": [_plain(tally) for tally in tallies],
    }
    return as_json_text(plain)


def _plain(tally: Tally) -> dict[str, Any]:
    return {
        "by": tally.by.kind,
        "question": tally.by.question or None,
        "title": tally.title,
        "several": tally.several,
        "groups": [group._asdict() for group in tally.groups],
    }
