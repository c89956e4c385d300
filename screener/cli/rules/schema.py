"""`screener rules schema`: what editors need to help with rule files."""

from typing import Annotated, Literal

import typer

from screener.cli import streams

Of = Annotated[Literal["rules", "sources", "cases"], typer.Option("--of", help="Which kind of file.")]


def schema(of: Of = "rules") -> None:
    """Print the JSON Schema of rule files, so that editors complete and check them."""
    from screener.authoring.schema import json_schema

    streams.out(json_schema(of))
