"""A sheet as one self-contained web page, for a phone, a screen reader or a printer."""

from pathlib import Path

from screener.ground.files import read_text
from screener.ground.pages import page
from screener.ground.wrapping import Look
from screener.summary import wording as w
from screener.summary.sheet import Place, Sheet

_PAGES = Path(__file__).with_name("pages")


def render(sheet: Sheet, look: Look) -> str:
    """The sheet as HTML; `look` has no meaning here. Every text of a rule file or a person stays text."""
    template = read_text(_PAGES / "summary.html")
    places = {
        id for part in (*sheet.parts, *sheet.details) for row in part.rows if isinstance(row, Place) for id in row.ids
    }
    return page(template, style(), sheet=sheet, words=w.ON_PAGES, places=places, ended=w.ended)


def style() -> str:
    """The style of a summary, also where another page holds one."""
    return read_text(_PAGES / "style.css")
