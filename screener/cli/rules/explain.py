"""`screener rules explain`: what the code of a problem means, and what a key of a file does."""

from typing import Annotated, Literal

import typer

from screener.cli import streams

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORD]...",
        help="Codes in square brackets, or keys: when_unsure, questions.min. All, if none is given.",
    ),
]
All = Annotated[bool, typer.Option("--all", help="The same as --page checks.")]
Page = Annotated[
    Literal["checks", "format"] | None,
    typer.Option(
        "--page", help="A whole page as Markdown. checks: every code. format: every key, and how it all works."
    ),
]


def explain(words: Words = None, all: All = False, page: Page = None) -> None:
    """Say what the code of a problem means, or what a key of a file does, each with an example."""
    from screener.authoring.manual.format_page import format_page
    from screener.authoring.manual.listing import contents, explained, manual

    if page == "format":
        streams.out(format_page())
    elif all or page == "checks":
        streams.out(manual())
    elif not words:
        streams.out(contents(streams.width()))
    else:
        streams.out(explained(words, streams.width()))
