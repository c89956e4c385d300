"""`screener batch`: what follows from the answers of everybody in a table, and a report of what came out."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from screener.cli.options import BaseUrl, Force

Table = Annotated[
    Path,
    typer.Argument(
        metavar="TABLE",
        help="CSV, Parquet, ndjson, Arrow or Excel, with a row for each person; or the word report.",
    ),
]
Of = Annotated[Path | None, typer.Argument(metavar="[OUT]", help="After the word report: what an earlier run wrote.")]
RulesOption = Annotated[str, typer.Option("--rules", metavar="RULES", help="The rule file that was answered.")]
Written = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write what comes out to this file, which ends in .csv, .parquet, .ndjson or .fhir.ndjson.",
    ),
]
Columns = Annotated[
    Path | None,
    typer.Option("--columns", metavar="FILE", help="Which column answers which question; see --propose."),
]
Propose = Annotated[
    bool, typer.Option("--propose", help="Only write down, as a file for --columns, which column answers what.")
]
Long = Annotated[
    bool, typer.Option("--long/--wide", help="A row for each thing that is said; or, as usual, a row for each person.")
]
Engine = Annotated[
    Literal["polars", "duckdb", "spark"], typer.Option("--engine", help="What works it out; all say the same.")
]
Explain = Annotated[
    list[int] | None,
    typer.Option("--explain", metavar="ROW", help="Show the whole summary of this row, with all reasons; repeatable."),
]
Chunk = Annotated[
    int | None,
    typer.Option(
        "--chunk",
        min=1000,
        metavar="ROWS",
        help="Write parts of so many rows into the folder that --output names. A run that was stopped goes on there.",
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="The day of the interviews, if the table has none; today else."),
]


def batch(
    table: Table,
    of: Of = None,
    rules: RulesOption = "pico-laser",
    output: Written = None,
    columns: Columns = None,
    propose: Propose = False,
    long: Long = False,
    engine: Engine = "polars",
    explain: Explain = None,
    chunk: Chunk = None,
    date: Day = None,
    base_url: BaseUrl = None,
    force: Force = False,
) -> int:
    """Work out what follows for everybody in a table: the next step, the lines, what was asked and is missing.

    `screener batch report OUT --output report.html` makes a page of how often each came.
    """
    if str(table) == "report" and of is not None:
        from screener.cli.batch.report import give_report

        return give_report(of, rules, output, force)
    if of is not None:
        raise typer.BadParameter("Name one table.")
    from screener.cli.batch.run import Job, run

    return run(Job(table, rules, output, columns, long, engine, chunk, date, base_url, force), propose, explain or [])
