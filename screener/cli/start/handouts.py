"""What is made of the answers: each page or file with its format, its reader and its place.

The options say it, and the names of the files say what the options leave open.
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import typer

from screener.cli import deliver
from screener.ground.problems import ProblemsFound
from screener.ground.safetext import one_line
from screener.summary.formats import READERS, renderer

_ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".json": "json",
    ".csv": "csv",
    ".fhir.json": "fhir",
}
#: The formats that people read, and what the name of a file in such a format ends in.
_PAGES = {"text": ".txt", "markdown": ".md", "html": ".html", "pdf": ".pdf"}
#: The formats in which it matters who reads it; a bundle for FHIR holds a page.
FOR_A_READER = {*_PAGES, "fhir"}
#: The formats in which a person's summary can have a code to scan.
WITH_A_CODE = ("text", "html", "pdf")
#: The words in a name, also where they are `WrittenLikeThis`.
_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")


class Handout(NamedTuple):
    """One thing that is made of the answers; without a `path` it goes to standard output.

    `format` is one of summary.formats.FORMATS, `fhir`, or `answers` for an answers file.
    """

    format: str
    reader: str
    path: Path | None


def handouts(outputs: list[Path], folder: Path | None, format: str | None, reader: str | None) -> tuple[Handout, ...]:
    """All that the options ask for; the summary on standard output where they name no file and no folder.

    Raises typer.BadParameter for options and names that leave open what is wanted, or contradict each other.
    """
    if format and len(outputs) + (folder is not None) > 1:
        raise typer.BadParameter("--format can only be used with one --output or --folder. The names of files say it.")
    if folder is None:
        return tuple(_named(path, format, reader) for path in outputs or [Path("-")])
    if reader and not outputs:
        raise typer.BadParameter("--for can't be used with --folder, which gets a page for each reader.")
    return (*(_named(path, format, reader) for path in outputs), *_in_folder(folder, format))


def _named(output: Path, format: str | None, reader: str | None) -> Handout:
    path = deliver.to_file(output)
    chosen = format or deliver.format_of(path, _ENDINGS, "summary") or "text"
    if path is None or chosen not in FOR_A_READER:
        return Handout(chosen, reader or "person", path)
    return Handout(chosen, _reader_of(path, reader), path)


def _reader_of(path: Path, reader: str | None) -> str:
    """Who will read this file, as `--for` or its name says; a page for one is never in a file named for the other."""
    words = {word.lower() for word in _WORD.findall(path.name)}
    named = [one for one in READERS if one in words]
    if len(named) > 1 and reader is None:
        raise typer.BadParameter(
            f"The name {one_line(path.name)} says both person and professional. Say with --for who will read it."
        )
    if reader and named and reader not in named:
        raise typer.BadParameter(
            f"The name {one_line(path.name)} says {named[0]}, and --for says {reader}. "
            "Choose another name, or leave --for out."
        )
    return reader or (named[0] if named else "person")


def _in_folder(folder: Path, format: str | None) -> tuple[Handout, ...]:
    """All that a clinic hands out and keeps; the two pages are for paper where that can be made here."""
    if format is not None and format not in _PAGES:
        raise typer.BadParameter("With --folder, --format can only be text, markdown, html or pdf.")
    chosen = format or ("pdf" if _makes_pdf() else "html")
    return (
        Handout(chosen, "person", folder / f"summary{_PAGES[chosen]}"),
        Handout(chosen, "professional", folder / f"professional{_PAGES[chosen]}"),
        Handout("answers", "person", folder / "answers.json"),
        Handout("fhir", "person", folder / "bundle.fhir.json"),
    )


def _makes_pdf() -> bool:
    """Whether the extra package for PDF is here."""
    with suppress(ProblemsFound):
        renderer("pdf")
        return True
    return False
