"""A sheet as one self-contained web page, for a phone, a screen reader or a printer."""

from pathlib import Path

from screener.ground.files import read_text
from screener.ground.pages import page
from screener.ground.wrapping import Look
from screener.summary import wording as w
from screener.summary.sheet import Place, Sheet

_PAGES = Path(__file__).with_name("pages")
_WORDS = {"next_step": w.NEXT_STEP, "possible": w.POSSIBLE, "sources": w.SOURCES}


def render(sheet: Sheet, look: Look) -> str:
    """The sheet as HTML; `look` has no meaning here. Every text of a rule file or a person stays text."""
    template, style = read_text(_PAGES / "summary.html"), read_text(_PAGES / "style.css")
    places = {id for part in sheet.parts for row in part.rows if isinstance(row, Place) for id in row.ids}
    return page(template, style, sheet=sheet, words=_WORDS, places=places, print=_print_size(sheet))


#: Up to how many characters a sheet fits on its pages of paper in a size of letters.
_ROOM = {
    "person": ((4_000, "roomy"), (8_000, "even")),
    "professional": ((3_400, "roomy"), (4_600, "even")),
}


def _print_size(sheet: Sheet) -> str:
    """How large the letters may be on paper, so that people need no more pages than they must."""
    amount = _amount(sheet)
    return next((name for most, name in _ROOM[sheet.reader] if amount <= most), "dense")


def _amount(value: object) -> int:
    """How many characters of text there are."""
    if isinstance(value, str):
        return len(value)
    return sum(map(_amount, value)) if isinstance(value, tuple) else 0
