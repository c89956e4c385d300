"""`screener rules coverage`: what is accounted for, and which worked cases show it."""

from os.path import lexists
from typing import Annotated, Literal

import typer

from screener.cli import streams
from screener.cli.options import Cases, Rules
from screener.cli.worked import place_of_cases, read_worked

Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How the account is written.")]


def coverage(rules: Rules = "pico-laser", cases: Cases = None, format: Format = "text") -> None:
    """Account for every statement of the sources, and say which worked cases show which part of a rule file."""
    from screener.authoring.coverage.account import accounts, exercised
    from screener.authoring.coverage.listing import as_json, as_text
    from screener.cli.reading import load

    loaded = load(rules)
    place = place_of_cases(rules, cases)
    worked = read_worked(loaded, place)[0] if cases is not None or lexists(place) else None
    shown = None if worked is None else exercised(loaded, worked)
    found, count = accounts(loaded), len(worked or ())
    if format == "json":
        streams.out(as_json(loaded, found, shown, count))
    else:
        streams.out(as_text(loaded, found, shown, count, streams.look()))
