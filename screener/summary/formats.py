"""Summary in, text or bytes out: who reads it, and in which format. Nothing here prints."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from screener.ground.wrapping import Look
from screener.summary.sheet import CodeOnPage, Label

if TYPE_CHECKING:
    from screener.engine.assess import Summary
    from screener.rulefile.model import RuleFile
    from screener.summary.sheet import Sheet

#: The first four are read by people, and are laid out from one sheet; the others hold data, the same for all readers.
FORMATS = ("text", "markdown", "html", "pdf", "json", "csv")
READERS = ("person", "professional")


class Renderer(Protocol):
    """Summary in, text or bytes out."""

    def __call__(self, rules: "RuleFile", summary: "Summary", look: Look) -> str | bytes:
        """The summary in one format."""


def renderer(
    format: str,
    reader: str = "person",
    details: bool = False,
    label: Label | None = None,
    code: CodeOnPage | None = None,
) -> Renderer:
    """The renderer of a format among FORMATS, for a reader among READERS. Only what it needs is imported.

    Without `details` a person gets the short form; on a web page they are there, folded away. The `label` is for the
    professional's page, where it has to be filled in by hand otherwise; the `code` stands at the end of the person's.
    """
    if format == "json":
        from screener.summary import as_json

        return as_json.render
    if format == "csv":
        from screener.summary import as_csv

        return as_csv.render
    from screener.engine.addressed import addressed

    sheet, lay_out = _sheet(reader), _layout(format)
    kept: dict[str, Any] = {"unfolded": details} if details or format == "html" else {"details": ()}
    kept |= {"code": code} if reader == "person" else {"label": label} if label else {}
    return lambda rules, summary, look: lay_out(
        sheet(addressed(rules, summary.answers), summary)._replace(**kept), look
    )


def details(rules: "RuleFile", summary: "Summary", look: Look) -> str:
    """What lies behind the short form of the person, as text."""
    from screener.engine.addressed import addressed
    from screener.summary import person, text

    return text.details(person.sheet(addressed(rules, summary.answers), summary), look)


def _sheet(reader: str) -> "Callable[[RuleFile, Summary], Sheet]":
    """What stands on the summary for this reader."""
    if reader == "professional":
        from screener.summary import professional

        return professional.sheet
    from screener.summary import person

    return person.sheet


def _layout(format: str) -> "Callable[[Sheet, Look], str | bytes]":
    """What lays a sheet out in this format."""
    if format == "pdf":
        from screener.summary import pdf

        return pdf.render
    if format == "html":
        from screener.summary import webpage

        return webpage.render
    if format == "markdown":
        from screener.summary import markdown

        return markdown.render
    from screener.summary import text

    return text.render
