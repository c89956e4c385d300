"""`screener rules graph`: the questionnaire as a picture."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver
from screener.cli.options import Force, Output, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from screener.rulefile.model import RuleFile

Format = Annotated[
    Literal["mermaid", "svg", "html"],
    typer.Option("--format", help="Mermaid text, one picture, or a page with the picture and the same in words."),
]


def graph(
    rules: Rules = "pico-laser",
    format: Format = "mermaid",
    output: Output = None,
    force: Force = False,
) -> None:
    """Draw a rule file: questions as steps, with the guidance and next steps they lead to."""
    from screener.rulefile.find import load_rules

    target = deliver.target(output, force)
    deliver.give(_drawing(format)(load_rules(rules)), target, force)


def _drawing(format: str) -> "Callable[[RuleFile], str]":
    from screener.authoring.picture import mermaid, page, svg

    return {"mermaid": mermaid, "svg": svg, "html": page}[format]
