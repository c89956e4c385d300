"""From a table to what is written of it: which columns answer what, all rows, and those that can't be read."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from screener.cli import deliver, streams
from screener.cli.fhir import published_at, refuse
from screener.cli.reading import load, read
from screener.ground.files import shown
from screener.ground.listing import as_text
from screener.ground.problems import ProblemsFound, shortened
from screener.rulefile.measures import iso_date
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from screener.ground.problems import Problem
    from screener.tables.engines import EngineName
    from screener.tables.files.opening import OpenTable
    from screener.tables.given.columns import TableMap

#: The kinds of files that are written, by their endings.
_ENDINGS = {".csv": "csv", ".parquet": "parquet", ".ndjson": "ndjson", ".jsonl": "ndjson", ".fhir.ndjson": "fhir"}
_FOUND = "Which column answers which question (--propose writes it down, for --columns):\n"


class Job(NamedTuple):
    """What is wanted of a table, as the options have it."""

    table: Path
    rules: str
    output: Path | None
    columns: Path | None
    long: bool
    engine: "EngineName"
    chunk: int | None
    date: str | None
    base_url: str | None
    force: bool


class Opened(NamedTuple):
    """A table with the rule file that it answers, and which of its columns answers what."""

    rules: RuleFile
    table: "OpenTable"
    map: "TableMap"


def run(job: Job, propose: bool, explain: list[int]) -> int:
    """Do what is wanted; the exit code. Raises ProblemsFound, and typer.BadParameter for options that don't fit."""
    needs_extra()
    kind = _checked(job, propose, explain)
    address = published_at(job.base_url)
    opened = _opened(job)
    if propose:
        return _propose(job, opened)
    if explain:
        from screener.cli.batch.explaining import explained

        return explained(opened, explain)
    from screener.cli.batch.writing import Wanted, write

    return write(
        opened, Wanted(job.table, Path(str(job.output)), kind, job.long, job.engine, job.chunk, address, job.force)
    )


def needs_extra() -> None:
    """Raise ProblemsFound where what tables need is not installed."""
    from importlib.util import find_spec

    from screener.ground.problems import Problem

    lacking = [name for name in ("narwhals", "polars", "pyarrow", "fastexcel") if find_spec(name) is None]
    if lacking:
        message = f"tables need extra packages that are not installed: {', '.join(lacking)}"
        raise ProblemsFound([Problem("no-batch", message, "install them with: pip install 'screener[batch]'")])


def _checked(job: Job, propose: bool, explain: list[int]) -> str:
    """The kind of file that is written, once the options are known to fit each other. Raises typer.BadParameter."""
    if propose and explain:
        raise typer.BadParameter("--propose and --explain can't be used together.")
    if propose or explain:
        return ""
    if job.output is None:
        raise typer.BadParameter("Say with --output where to write what comes out, such as out.csv.")
    if job.chunk is not None:
        return "parquet"
    kind = deliver.format_of(job.output, _ENDINGS, "table")
    if kind is None:
        raise typer.BadParameter(f"Let the name after --output end in {', '.join(_ENDINGS)}.")
    if kind != "fhir":
        refuse({"--base-url": job.base_url}, "a file that ends in .fhir.ndjson")
    elif job.long:
        raise typer.BadParameter("--long can't be used for FHIR, which has a bundle for each person.")
    return kind


def _opened(job: Job) -> Opened:
    """The table, looked into; what its columns leave open is said. Raises ProblemsFound."""
    from screener.tables.files.opening import open_table
    from screener.tables.given.columns import head_problems, in_words, looked_at
    from screener.tables.given.mapping import read_map

    rules = load(job.rules, _day(job.date))
    table = open_table(job.table)
    _refuse_errors(list(head_problems(table.names, shown(job.table))))
    if job.columns is not None:
        return Opened(rules, table, read_map(read(job.columns), shown(job.columns), rules, table.names))
    found, problems = looked_at(rules, table.names, shown(job.table))
    _refuse_errors(problems)
    streams.talk(as_text(shortened(problems, help="")) + _FOUND + in_words(found))
    return Opened(rules, table, found)


def _refuse_errors(problems: Iterable["Problem"]) -> None:
    """Raise ProblemsFound with all of these, if any of them is an error."""
    found = list(problems)
    if any(problem.level == "error" for problem in found):
        raise ProblemsFound(found)


def _day(text: str | None) -> date:
    try:
        return date.today() if text in (None, "today") else iso_date(str(text))
    except ValueError:
        raise typer.BadParameter("--date takes a day, such as 2026-01-31, or the word today.") from None


def _propose(job: Job, opened: Opened) -> int:
    """Write down which column answers what."""
    from screener.tables.given.mapping import as_text as as_map

    target = deliver.target(job.output, job.force, job.table)
    deliver.give(as_map(opened.rules, opened.map), target, job.force)
    return 0
