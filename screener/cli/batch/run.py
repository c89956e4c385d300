"""From a table to what is written of it: which columns answer what, all rows, and those that can't be read."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from screener.cli import deliver
from screener.cli.fhir import published_at, refuse
from screener.cli.reading import load
from screener.cli.tables import GivenTable, looked_into, needs_extra, opened
from screener.rulefile.measures import iso_date

if TYPE_CHECKING:
    from screener.tables.engines import EngineName

#: The kinds of files that are written, by their endings.
_ENDINGS = {".csv": "csv", ".parquet": "parquet", ".ndjson": "ndjson", ".jsonl": "ndjson", ".fhir.ndjson": "fhir"}


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


def run(job: Job, propose: bool, explain: list[int]) -> int:
    """Do what is wanted; the exit code. Raises ProblemsFound, and typer.BadParameter for options that don't fit."""
    needs_extra()
    kind = _checked(job, propose, explain)
    address = published_at(job.base_url)
    rules = load(job.rules, _day(job.date))
    if propose:
        return _propose(job, looked_into(rules, job.table, job.columns))
    found = opened(rules, job.table, job.columns)
    if explain:
        from screener.cli.batch.explaining import explained

        return explained(found, explain)
    from screener.cli.batch.working import ToWrite
    from screener.cli.batch.writing import write

    return write(
        found, ToWrite(job.table, Path(str(job.output)), kind, job.long, job.engine, job.chunk, address, job.force)
    )


def _checked(job: Job, propose: bool, explain: list[int]) -> str:
    """The kind of file that is written, once the options are known to fit each other. Raises typer.BadParameter."""
    if propose and explain:
        raise typer.BadParameter("--propose and --explain can't be used together.")
    if propose or explain:
        _refuse_in_vain(job, "--propose" if propose else "--explain")
        return ""
    if job.output is None:
        raise typer.BadParameter("Say with --output where to write what comes out, such as out.csv.")
    kind = _kind(job.output.name.lower())
    if job.chunk is not None:
        refuse({"--base-url": job.base_url}, "a file that ends in .fhir.ndjson")
        if kind is not None:
            raise typer.BadParameter("With --chunk, --output names a folder; its parts are Parquet.")
        return "parquet"
    if kind is None:
        *most, last = _ENDINGS
        raise typer.BadParameter(f"Let the name after --output end in {', '.join(most)} or {last}.")
    if kind != "fhir":
        refuse({"--base-url": job.base_url}, "a file that ends in .fhir.ndjson")
    elif job.long:
        raise typer.BadParameter("--long can't be used for FHIR, which has a bundle for each person.")
    return kind


def _kind(name: str) -> str | None:
    """The kind of file that a name asks for by its ending, of which the longest counts."""
    endings = [ending for ending in _ENDINGS if name.endswith(ending)]
    return _ENDINGS[max(endings, key=len)] if endings else None


def _refuse_in_vain(job: Job, wanted: str) -> None:
    """Raise typer.BadParameter for options that would change nothing, as no rows are written."""
    given = {
        "--output": job.output is not None and wanted == "--explain",
        "--long": job.long,
        "--chunk": job.chunk is not None,
        "--engine": job.engine != "polars",
        "--base-url": job.base_url is not None,
    }
    if names := [name for name, is_given in given.items() if is_given]:
        raise typer.BadParameter(f"{' and '.join(names)} can't be used with {wanted}.")


def _day(text: str | None) -> date:
    try:
        return date.today() if text in (None, "today") else iso_date(str(text))
    except ValueError:
        raise typer.BadParameter("--date takes a day, such as 2026-01-31, or the word today.") from None


def _propose(job: Job, found: GivenTable) -> int:
    """Write down which column answers what."""
    from screener.tables.given.mapping import as_text as as_map

    target = deliver.target(job.output, job.force, job.table)
    deliver.give(as_map(found.rules, found.map), target, job.force)
    return 0
