"""What stands on the professional's page for whoever files it: a reference and a date; the person is never asked."""

from collections.abc import Iterable
from datetime import date
from typing import NoReturn

import typer

from screener.cli.start.handouts import FOR_A_READER, Handout
from screener.ground.safetext import one_line
from screener.rulefile.measures import iso_date
from screener.summary.sheet import Label

#: A reference is a number or a short name. What is longer would push the flagged answers off the first page.
_LONGEST = 60


def label(ref: str | None, day: str | None, handouts: Iterable[Handout]) -> Label:
    """The label for the professional's page, cleaned and cut; empty where nothing is given.

    Raises typer.BadParameter for what is no date, and for a reference if no page for the professional is wanted.
    """
    if ref is not None and not is_labelled(handouts):
        refuse_label("--ref" if day is None else "--ref and --date")
    return Label(_short(one_line(ref or "")), _day(day) if day else "")


def is_labelled(handouts: Iterable[Handout]) -> bool:
    """Whether there is a page on which a label stands."""
    return any(one.reader == "professional" and one.format in FOR_A_READER for one in handouts)


def refuse_label(options: str) -> NoReturn:
    """Say that a label needs a page to stand on. Raises typer.BadParameter."""
    raise typer.BadParameter(
        f"{options} can only be used with --for professional, a file that has the word professional in its name, or "
        "--folder."
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _day(text: str) -> str:
    if text.strip().lower() == "today":
        return date.today().isoformat()
    try:
        return iso_date(text).isoformat()
    except ValueError:
        raise typer.BadParameter("--date must be a date such as 2026-01-31, or the word today.") from None
