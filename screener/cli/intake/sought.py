"""Which days are meant, in the words that staff type."""

from datetime import date
from typing import Annotated, NamedTuple

import typer

from screener.rulefile import days as counting
from screener.rulefile.measures import iso_date

DateOption = Annotated[
    str | None,
    typer.Option("--date", metavar="DAY", help="A day such as 2026-01-31, today, yesterday or `2 weeks ago`; or all."),
]
StepOption = Annotated[str | None, typer.Option("--step", metavar="ID", help="Only those with this next step.")]


class Sight(NamedTuple):
    """The days that are looked at, both included; None where there is no end."""

    since: date | None
    until: date | None

    def __str__(self) -> str:
        """In words, to be put behind others."""
        if self.since is None and self.until is None:
            return "on any day"
        if self.since == self.until:
            return f"on {self.since}"
        return " ".join([f"from {self.since}"] * bool(self.since) + [f"up to {self.until}"] * bool(self.until))


def days(day: str | None, since: str | None, until: str | None, any_day: bool = False) -> Sight:
    """The days that the options name; today if they name none, or any day.

    Raises typer.BadParameter for what is no day, and for options that contradict each other.
    """
    if day is not None and (since or until):
        raise typer.BadParameter("--date can't be used with --since or --until.")
    if since or until:
        return Sight(read_day(since, "--since") if since else None, read_day(until, "--until") if until else None)
    if day == "all" or (day is None and any_day):
        return Sight(None, None)
    one = read_day(day or counting.TODAY, "--date")
    return Sight(one, one)


def read_day(text: str, option: str) -> date:
    """A day as it was typed. Raises typer.BadParameter."""
    try:
        return counting.counted(text, date.today()) or iso_date(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{option} must be a day such as 2026-01-31, today or yesterday.") from None
