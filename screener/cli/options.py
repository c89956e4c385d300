"""Options and arguments that several commands have, each written once."""

from pathlib import Path
from typing import Annotated

import typer

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]
Cases = Annotated[
    Path | None, typer.Option("--cases", help="The worked cases; NAME.cases.yaml beside the rule file otherwise.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist already.")]
Limit = Annotated[float, typer.Option(min=0, help="Seconds for the proof; what is open then is not decided.")]
