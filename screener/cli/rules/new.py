"""`screener rules new`: begin a rule file."""

from pathlib import Path
from typing import Annotated

import typer

from screener.cli import deliver

NewFile = Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")]


def new(path: NewFile) -> None:
    """Begin a rule file: a small one with comments that passes the check."""
    from os.path import lexists
    from shlex import quote

    from screener.authoring.template import rule_file
    from screener.ground.files import shown

    if not path.suffix and not lexists(path):
        path = path.with_suffix(".yaml")
    said = f"Written: {shown(path)}. Try `screener rules check {quote(shown(path))}`.\n"
    deliver.write(path, rule_file(path.stem), said=said)
