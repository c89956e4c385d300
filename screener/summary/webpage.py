"""A sheet as one self-contained web page, for a phone, a screen reader or a printer. The only door to jinja2."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from screener.ground.safetext import one_line
from screener.ground.wrapping import Look
from screener.summary import wording as w
from screener.summary.sheet import Place, Sheet

_PAGES = Path(__file__).with_name("pages")
_WORDS = {"next_step": w.NEXT_STEP, "possible": w.POSSIBLE, "sources": w.SOURCES}


def render(sheet: Sheet, look: Look) -> str:
    """The sheet as HTML; `look` has no meaning here. Every text of a rule file or a person stays text."""
    template = _environment().from_string((_PAGES / "summary.html").read_text("utf-8"))
    style = Markup((_PAGES / "style.css").read_text("utf-8"))  # noqa: S704 – ours, and without a text of anyone
    places = {id for part in sheet.parts for row in part.rows if isinstance(row, Place) for id in row.ids}
    return template.render(sheet=sheet, words=_WORDS, style=style, places=places, print=_print_size(sheet)) + "\n"


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


def _environment() -> Environment:
    return Environment(autoescape=True, finalize=_shown, undefined=StrictUndefined)


def _shown(value: object) -> object:
    """Texts on one line, without characters that could move a cursor or turn the direction of reading."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
