"""Summary, problems and rule files as texts. Every renderer gives a string; none prints."""

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
    """Summary in, text out."""

    def __call__(self, rules: "RuleFile", summary: "Summary", look: Look) -> str:
        """The summary in one format."""


#: Where the renderer of each format lives; only the one that is asked for is imported.
_ROOMS = {"text": "screener.report.text", "markdown": "screener.report.markdown", "json": "screener.report.as_json"}
FORMATS = tuple(_ROOMS)


def renderer(format: str) -> Renderer:
    """The renderer of a format among FORMATS."""
    render: Renderer = import_module(_ROOMS[format]).render
    return render
