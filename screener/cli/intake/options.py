"""Options that several commands of the desk have, each written once."""

from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        envvar="SCREENER_STORE",
        help="The folder of the records; one in your user data if you do not say.",
    ),
]
Staff = Annotated[
    str | None,
    typer.Option(
        "--staff", metavar="NAME", envvar="SCREENER_STAFF", help="Who works here; the system's user otherwise."
    ),
]
Ref = Annotated[
    str | None,
    typer.Option(
        "--ref", metavar="TEXT", help="The clinic's own number for the person. No name, and no date of birth."
    ),
]
Consent = Annotated[
    bool, typer.Option("--consent", help="The person has agreed already, to the text of this store, on paper.")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a record, or its beginning.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")]
TakeOver = Annotated[bool, typer.Option("--take-over", help="Take it over from another desk that is working on it.")]
