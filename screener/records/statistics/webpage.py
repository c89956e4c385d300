"""Tallies as one self-contained web page: tables with bars, for a screen, a screen reader or a printer."""

from collections.abc import Sequence
from pathlib import Path

from screener.ground.files import read_text
from screener.ground.pages import page
from screener.records.statistics.tally import Tally
from screener.records.statistics.wording import SEVERAL, SMALL, TITLE, Bar, bars, everyone, number

_PAGES = Path(__file__).with_name("pages")
_HEADS = {"day": "Day", "step": "Next step", "question": "Answer"}


def as_webpage(tallies: Sequence[Tally]) -> str:
    """Every tally as a table. Every text of a rule file stays text."""
    return page(
        read_text(_PAGES / "tallies.html"),
        read_text(_PAGES / "style.css"),
        title=TITLE,
        everyone=everyone(tallies),
        small=SMALL,
        several=SEVERAL,
        heads=_HEADS,
        tallies=[(tally, _shares(bars(tally))) for tally in tallies],
        number=number,
    )


def _shares(rows: Sequence[Bar]) -> list[tuple[Bar, float]]:
    """Each row with the length of its bar, in hundredths of the longest."""
    most = max((bar.people or 0 for bar in rows), default=0)
    return [(bar, round(100 * (bar.people or 0) / max(1, most), 1)) for bar in rows]
