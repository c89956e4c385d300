"""`screener rules graph`: the questionnaire as a picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from screener.rulefile.model import RuleFile

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]
Format = Annotated[
    Literal["mermaid", "svg", "html"],
    typer.Option("--format", help="Mermaid text, one picture, or a page with the picture and the same in words."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write the picture to this file.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists already.")]


def graph(
    rules: Rules = "pico-laser",
    format: Format = "mermaid",
    output: Output = None,
    force: Force = False,
) -> None:
    """Draw a rule file: questions as steps, with the guidance and next steps they lead to."""
    from screener.ground.files import check_writable
    from screener.rulefile.find import load_rules

    to_file = None if output == Path("-") else output
    if to_file is not None:
        check_writable(to_file, force)
    text = _drawing(format)(load_rules(rules))
    if to_file is None:
        streams.out(text)
    else:
        _store(to_file, text, force)


def _drawing(format: str) -> "Callable[[RuleFile], str]":
    from screener.authoring.picture import mermaid, page, svg

    return {"mermaid": mermaid, "svg": svg, "html": page}[format]


def _store(path: Path, text: str, force: bool) -> None:
    from screener.ground.files import shown, write_whole

    write_whole(path, text.encode(), force)
    streams.talk(f"Written: {shown(path)}.\n")
