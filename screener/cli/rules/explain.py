"""`screener rules explain`: what the code of a problem means."""

from typing import Annotated

import typer

from screener.cli import streams

Code = Annotated[str | None, typer.Argument(metavar="CODE", help="The code in square brackets.")]
All = Annotated[bool, typer.Option("--all", help="The whole manual, as Markdown.")]


def explain(code: Code = None, all: All = False) -> None:
    """Say what the code of a problem means, with an example of the fault and one without."""
    from screener.authoring.manual.listing import contents, manual, page
    from screener.authoring.manual.texts import known

    if all:
        streams.out(manual())
    elif code is None:
        streams.out(contents())
    else:
        streams.out(page(known(code), streams.width()))
