"""All rows of a table worked out and written: whole or not at all, with a second table of what could not be read."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli import deliver
from screener.cli.batch.showing import HowFar
from screener.cli.batch.working import ToWrite, rows_of
from screener.cli.tables import say
from screener.ground.files import check_writable, shown
from screener.tables.engines import WorkOut, engine
from screener.tables.files.piece import TablePiece
from screener.tables.out.encoding import csv_bytes, lines_bytes, parquet_bytes
from screener.tables.out.tally import RowCount

if TYPE_CHECKING:
    from screener.cli.tables import GivenTable

#: About so many rows are worked out at once.
_AT_ONCE = 100_000
#: The one ending with a dot in it.
_LONGER = ".fhir.ndjson"
_ENCODED = {"csv": csv_bytes, "ndjson": lines_bytes, "parquet": parquet_bytes}


def write(opened: "GivenTable", wanted: ToWrite) -> int:
    """Write what follows for every row; the exit code. Raises ProblemsFound, and leaves nothing behind then."""
    work_out = engine(wanted.engine, opened.rules)
    if wanted.chunk is not None:
        from screener.cli.batch.chunks import write_chunks

        return write_chunks(opened, wanted, work_out)
    beside = problems_file(wanted.output)
    target = deliver.target(wanted.output, wanted.force, wanted.table)
    check_writable(beside, wanted.force)
    tally = RowCount()
    with HowFar(opened.table.rows) as progress:
        pieces = opened.table.pieces(opened.map.used, _AT_ONCE)
        parts = _parts(opened, wanted, progress.followed(pieces), work_out, tally)
        deliver.write_parts(target or wanted.output, _and_then(parts, tally, beside, wanted.force), wanted.force)
    return said(tally, wanted.output, beside)


def problems_file(output: Path) -> Path:
    """The file for what could not be read, beside the one for what could."""
    ending = _LONGER if output.name.lower().endswith(_LONGER) else output.suffix
    return output.with_name(f"{output.name[: -len(ending)]}.problems.csv")


def _parts(
    opened: "GivenTable", wanted: ToWrite, pieces: Iterable[TablePiece], work_out: WorkOut, tally: RowCount
) -> Iterator[bytes]:
    if wanted.kind == "fhir":
        from screener.cli.batch.bundles import bundles

        return bundles(opened, wanted, pieces, work_out, tally)
    return _ENCODED[wanted.kind](rows_of(opened, wanted.long, pieces, work_out, tally))


def _and_then(parts: Iterable[bytes], tally: RowCount, beside: Path, force: bool) -> Iterator[bytes]:
    """The parts; before the file is in its place, what could not be read is written beside it."""
    yield from parts
    if tally.bad:
        deliver.write_parts(beside, csv_bytes([tally.unread]), force)


def said(tally: RowCount, output: Path, beside: Path) -> int:
    """Say how it went; the exit code."""
    bad = tally.bad
    say(
        f"Written: {shown(output)}. It holds what follows from health answers: keep it as you keep records.\n"
        f"Rows: {tally.good + bad:,}; worked out: {tally.good:,}, of which {tally.incomplete:,} lack answers; "
        f"could not be read: {bad:,}.\n"
    )
    if bad:
        say(f"Each of these, with its column and what is wrong: {shown(beside)}.\n")
    return 1 if bad else 0
