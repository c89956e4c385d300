"""What is to be made of the answers: worked out, and refused if it can't be, before anything is asked."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from screener.cli import deliver, streams
from screener.cli.fhir import Handover, handover, refuse

if TYPE_CHECKING:
    from screener.exchange.fhir.export.response import BundleType

_ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".json": "json",
    ".csv": "csv",
}


class Wanted(NamedTuple):
    """What is to be made of the answers, and where it goes; without `output` to standard output.

    `handover` is there for FHIR only.
    """

    format: str
    reader: str
    output: Path | None
    save: Path | None
    force: bool
    handover: Handover | None = None


def wanted(format: str | None, reader: str, output: Path | None, save: Path | None, force: bool) -> Wanted:
    """What the options ask for; the name of the output file says what they leave open.

    Raises typer.BadParameter if neither says how the summary is written.
    """
    path = deliver.to_file(output)
    chosen = format or deliver.format_of(path, _ENDINGS, "summary") or "text"
    return Wanted(chosen, reader, path, save, force)


def for_fhir(
    wanted: Wanted,
    bundle: "BundleType | None",
    id: str | None,
    subject: str | None,
    author: str | None,
    base_url: str | None,
) -> Wanted:
    """The same with what the options for FHIR say. Raises typer.BadParameter if it is not FHIR that is wanted."""
    if wanted.format == "fhir":
        return wanted._replace(handover=handover(bundle, id, subject, author, base_url))
    options = {"--bundle": bundle, "--id": id, "--subject": subject, "--author": author, "--base-url": base_url}
    refuse(options, "--format fhir")
    return wanted


def check_apart(*paths: Path | None) -> None:
    """Refuse to read and write, or to write twice, one and the same file."""
    from screener.ground.files import real

    named = [real(path) for path in paths if path is not None]
    if len(set(named)) < len(named):
        raise typer.BadParameter("--answers, --output and --save-answers must name different files.")


def check_files(wanted: Wanted) -> None:
    """Raise ProblemsFound if a file that is to be written can't be."""
    from screener.ground.files import check_writable

    for path in (wanted.output, wanted.save):
        if path is not None:
            check_writable(path, wanted.force)


def check_format(wanted: Wanted) -> None:
    """Refuse what can't be made, so that nobody answers in vain."""
    if wanted.format in ("pdf", "html") and not wanted.output and streams.is_terminal(sys.stdout):
        raise typer.BadParameter("A page can't be shown here. Name a file for it with --output.")
    if wanted.format == "pdf":
        from screener.summary.formats import renderer

        renderer(wanted.format, wanted.reader)  # the only one that needs more than what is always installed
