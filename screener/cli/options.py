"""Options and arguments that several commands have, each written once."""

from pathlib import Path
from typing import Annotated

import typer


def shipped(incomplete: str) -> list[str]:
    """The names that begin like this of the rule files that come with the tool, for the shell to complete."""
    from screener.rulefile.find import bundled

    return [name for name in bundled() if name.startswith(incomplete)]


Rules = Annotated[
    str,
    typer.Argument(
        metavar="RULES",
        help="A rule file, or the name of one that comes with the tool.",
        autocompletion=shipped,
    ),
]
ManyRules = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[RULES]...",
        help="Rule files, or names of those that come with the tool; pico-laser if none is named.",
        autocompletion=shipped,
    ),
]
Cases = Annotated[
    Path | None, typer.Option("--cases", help="The worked cases; NAME.cases.yaml beside the rule file otherwise.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist already.")]
Limit = Annotated[float, typer.Option(min=0, help="Seconds for the proof; what is open then is not decided.")]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="For FHIR only: the server under whose address the questionnaire is published.",
    ),
]
