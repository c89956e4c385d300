"""`screener intake stats`: how many people came, by day, by next step and by what they answered."""

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.intake.editions import kept_edition, rules_of
from screener.cli.intake.list_ import SinceDay, UntilDay
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Store
from screener.cli.intake.sought import DateOption, Sight, days
from screener.cli.options import Force, Output
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from screener.records.finding import Sought
    from screener.records.statistics.tally import CountedBy, Person, Tally

By = Annotated[
    list[str] | None,
    typer.Option(
        "--by", metavar="WHAT", help="day, step, or the id of a question; several can be named. All three otherwise."
    ),
]
Of = Annotated[str, typer.Option("--rules", metavar="ID", help="Only records of this questionnaire, by its id.")]
Counting = Annotated[
    Literal["plot", "table", "html", "json", "csv"] | None,
    typer.Option("--format", help="How it is shown: drawn, as a table, as a web page, or for programs."),
]
_ENDINGS = {".html": "html", ".json": "json", ".csv": "csv", ".txt": "table"}
#: So many days are looked at if none are named.
_USUAL = "30 days ago"


def stats(
    by: By = None,
    rules: Of = "pico-laser",
    day: DateOption = None,
    since: SinceDay = None,
    until: UntilDay = None,
    format: Counting = None,
    output: Output = None,
    force: Force = False,
    store: Store = None,
) -> int:
    """Count the people of the last 30 days, or of others. Groups under 5 are not shown, so that nobody stands out."""
    sight = days(day, since or (None if day or until else _USUAL), until)
    path = deliver.target(output, force)
    chosen = format or deliver.format_of(path, _ENDINGS, "count") or "plot"
    if chosen == "html" and path is None and streams.is_terminal(sys.stdout):
        raise typer.BadParameter("A page can't be shown here. Name a file for it with --output.")
    desk = open_desk(store, None)
    deliver.give(_made(_counted(desk, rules, by, sight), chosen), path, force)
    return 0


def _counted(desk: Desk, questionnaire: str, by: list[str] | None, sight: Sight) -> "tuple[Tally, ...]":
    """Everyone, counted by each of these. Raises ProblemsFound for what people can't be counted by."""
    from screener.records.finding import Sought
    from screener.records.statistics.count import counted
    from screener.records.statistics.tally import Period

    editions = _editions(desk, questionnaire)
    last = sight.until or date.today()
    period = Period(sight.since, last) if sight.since else None
    people = _people(desk, Sought(sight.since, sight.until), questionnaire)
    return counted(people, _wanted(by, editions), editions, period)


def _people(desk: Desk, sought: "Sought", questionnaire: str) -> "Iterator[Person]":
    from screener.records.editions import edition_ids
    from screener.records.finding import everyone
    from screener.records.statistics.tally import Person
    from screener.records.store.opening import reading

    with reading(desk.store.records) as connection:
        known = set(edition_ids(connection, questionnaire))
    for one in everyone(desk.store, sought):
        if one.record.edition in known:
            yield Person(one.record.day, one.record.step, one.content.answers)


def _editions(desk: Desk, questionnaire: str) -> list[RuleFile]:
    """Every edition of the questionnaire that is kept here, the newest first."""
    from screener.records.editions import edition_ids
    from screener.records.store.opening import reading

    with reading(desk.store.records) as connection:
        ids = edition_ids(connection, questionnaire)
    editions = [rules_of(kept_edition(desk.store, id), date.today()) for id in ids]
    return sorted(editions, key=lambda rules: [int(part) for part in re.findall(r"\d+", rules.version)], reverse=True)


def _wanted(by: list[str] | None, editions: Sequence[RuleFile]) -> "list[CountedBy]":
    """What people are counted by, in the order in which it was named."""
    from screener.records.statistics.tally import CONCERN, DAY, STEP, CountedBy

    if not by:
        asked = any(CONCERN.question in rules.by_question for rules in editions)
        return [DAY, STEP, *[CONCERN] * asked]
    return [{"day": DAY, "step": STEP}.get(name) or CountedBy("question", name) for name in by]


def _made(tallies: "tuple[Tally, ...]", format: str) -> str:
    from screener.records.statistics import as_csv, as_json, plot, text, webpage

    if format == "html":
        return webpage.as_webpage(tallies)
    if format == "json":
        return as_json.as_json(tallies)
    if format == "csv":
        return as_csv.as_csv(tallies)
    return (plot.as_plot if format == "plot" else text.as_text)(tallies, streams.look())
