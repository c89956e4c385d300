"""Summary, problems and rule files as texts. Every renderer gives a string or bytes; none prints."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from screener.engine import Summary
    from screener.model import RuleFile


class Look(NamedTuple):
    """How wide a text may be, in cells, and whether it may use colour."""

    width: int = 80
    color: bool = False


class Renderer(Protocol):
    """Summary in, text or bytes out."""

    def __call__(self, rules: "RuleFile", summary: "Summary", look: Look) -> str | bytes:
        """The summary in one format."""


#: Where each format lives; only the one that is asked for is imported. The first ones are read by people, and are
#: laid out from one sheet; the others hold data, and are the same whoever reads them.
_PAGES = {
    "text": "screener.report.text",
    "markdown": "screener.report.markdown",
    "html": "screener.report.webpage",
    "pdf": "screener.report.pdf",
}
_DATA = {"json": "screener.report.as_json", "csv": "screener.report.table"}
READERS = {"person": "screener.report.person", "professional": "screener.report.professional"}
FORMATS = (*_PAGES, *_DATA)


def renderer(format: str, reader: str = "person") -> Renderer:
    """The renderer of a format among FORMATS, for a reader among READERS."""
    if format in _DATA:
        render: Renderer = import_module(_DATA[format]).render
        return render
    sheet, lay_out = import_module(READERS[reader]).sheet, import_module(_PAGES[format]).render

    def page(rules: "RuleFile", summary: "Summary", look: Look) -> str | bytes:
        made: str | bytes = lay_out(sheet(rules, summary), look)
        return made

    return page
