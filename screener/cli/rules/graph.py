"""`screener rules graph`: the questionnaire as a picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver
from screener.cli.options import Force, Output, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from screener.rulefile.model import RuleFile

Format = Annotated[
    Literal["mermaid", "html"] | None,
    typer.Option(
        "--format",
        help="Mermaid text, or one page for screen and paper; Mermaid, or what the name of the output file ends in.",
    ),
]
_ENDINGS = {".mmd": "mermaid", ".html": "html", ".htm": "html"}


def graph(
    rules: Rules = "pico-laser",
    format: Format = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Draw a rule file: questions as steps, with the guidance and next steps they lead to."""
    from screener.cli.reading import load

    chosen = _chosen(format, deliver.to_file(output))
    target = deliver.target(output, force)
    deliver.give(_drawing(chosen)(load(rules)), target, force)


def _chosen(format: str | None, path: Path | None) -> str:
    """How the picture is drawn. Raises typer.BadParameter where format and file name do not go together."""
    ending = path.suffix.lower() if path is not None else ""
    if format is None:
        return deliver.format_of(path, _ENDINGS, "picture") or "mermaid"
    if _ENDINGS.get(ending, format) != format:
        raise typer.BadParameter(f"--format {format} makes no file that ends in {ending}.")
    return format


def _drawing(format: str) -> "Callable[[RuleFile], str]":
    if format == "html":
        from screener.authoring.picture.webpage import page

        return page
    from screener.authoring.picture.flowchart import mermaid

    return mermaid
