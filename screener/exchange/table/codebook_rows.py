"""The rows of a codebook that we exported, which has one for each answer, put together question by question."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from screener.exchange.table.cells import Table
from screener.exchange.table.rows import Row
from screener.exchange.table.words import Choice
from screener.ground.problems import Problem


def put_together(table: Table, columns: Mapping[str, int], problems: list[Problem]) -> Iterator[Row]:
    """A row for each question, with its options; what a codebook tells only in words is added to the problems."""
    rows = (Row(table, columns, record) for record in table.rows)
    for _, some in groupby(rows, key=lambda row: (row.text("number"), row.text("id"))):
        first, *more = some
        choices = tuple(_choice(row) for row in (first, *more) if row.text("code"))
        problems += _untold(first)
        yield first._replace(choices=choices)


def _choice(row: Row) -> Choice:
    label, id = row.text("label"), row.text("code")
    return Choice(label or id, id, row.text("code_help"), row.text("stands_alone") == "yes")


def _untold(row: Row) -> Iterator[Problem]:
    if row.text("shown_when"):
        message = "who is asked is told in words here, so the question is asked of everyone"
        yield row.wrong("shown_when", message, "write the condition under `when:`", "not-in-rules")
    if row.text("sources"):
        message = "the sources are not kept, as there is no sources file beside a table"
        yield row.wrong("sources", message, "name one under `sources:`", "not-in-rules")
