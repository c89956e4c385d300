"""A very large table, part by part in a folder: a run that was stopped goes on with the first part that is missing."""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener.cli import deliver
from screener.cli.batch.parts import CARD, PARTS, PartCounts, card_of, counts_of, part_name
from screener.cli.batch.showing import HowFar
from screener.cli.batch.working import rows_of
from screener.cli.tables import say
from screener.ground.files import is_there, make_folder, shown
from screener.ground.jsontext import as_json_text
from screener.ground.problems import Problem, ProblemsFound
from screener.tables.engines import WorkOut
from screener.tables.files.piece import TablePiece
from screener.tables.files.regrouping import regrouped
from screener.tables.given.mapping import as_text
from screener.tables.out.encoding import csv_bytes, parquet_bytes
from screener.tables.out.tally import RowCount

if TYPE_CHECKING:
    from screener.cli.batch.working import ToWrite
    from screener.cli.tables import GivenTable

_BEGUN = "The parts are written one by one; the same command goes on if it is stopped.\n"


def write_chunks(opened: "GivenTable", wanted: "ToWrite", work_out: WorkOut) -> int:
    """Write each part that is not there yet; the exit code. Raises ProblemsFound."""
    folder, size = wanted.output, wanted.chunk or 0
    card = _card(opened, wanted)
    _claim(folder, card)
    good = incomplete = bad = number = 0
    with HowFar(opened.table.rows) as progress:
        pieces = regrouped(progress.followed(opened.table.pieces(opened.map.used, size)), size)
        for number, piece in enumerate(pieces, 1):
            counts = counts_of(folder, number) or _part(opened, wanted, work_out, piece, number)
            good, incomplete, bad = good + counts.good, incomplete + counts.incomplete, bad + counts.bad
    deliver.write_parts(folder / CARD, [as_json_text({**card, PARTS: number})], True)
    say(
        f"Written: the parts in {shown(folder)}. They hold what follows from health answers.\n"
        f"Rows: {good + bad:,}; worked out: {good:,}, of which {incomplete:,} lack answers; "
        f"could not be read: {bad:,}.\n"
    )
    return 1 if bad else 0


def _card(opened: "GivenTable", wanted: "ToWrite") -> dict[str, Any]:
    """What makes a run: another table, rule file, mapping or size gives other parts."""
    state = wanted.table.stat()
    return {
        "schema": "screener/batch/1",
        "table": {"name": wanted.table.name, "bytes": state.st_size, "changed": state.st_mtime_ns},
        "rules": {"id": opened.rules.id, "version": opened.rules.version, "sha256": opened.rules.sha256},
        "day": opened.rules.today.isoformat(),
        "columns": sha256(as_text(opened.rules, opened.map).encode()).hexdigest(),
        "rows": wanted.chunk,
        "long": wanted.long,
    }


def _claim(folder: Path, card: dict[str, Any]) -> None:
    """Make the folder, or know it again. Raises ProblemsFound if it is of another run, or of something else."""
    if is_there(folder / CARD):
        found = card_of(folder) or {}
        found.pop(PARTS, None)
        if found != card:
            message = f"the folder `{shown(folder)}` has the parts of another run"
            help = "the table, the rules, the columns or the day are others now; name another folder"
            raise ProblemsFound([Problem("other-batch", message, help)])
        return
    if is_there(folder) and any(folder.iterdir()):
        raise ProblemsFound(
            [Problem("other-batch", f"there is something else in `{shown(folder)}`", "name a new folder")]
        )
    make_folder(folder)
    deliver.write(folder / CARD, as_json_text(card), said=_BEGUN)


def _part(opened: "GivenTable", wanted: "ToWrite", work_out: WorkOut, piece: TablePiece, number: int) -> PartCounts:
    """Write one part; how many rows came out, and did not. Its counts are written last: with them it is whole."""
    name, tally = part_name(number), RowCount()
    rows = rows_of(opened, wanted.long, [piece], work_out, tally)
    sizes = {f"{name}.parquet": deliver.write_parts(wanted.output / f"{name}.parquet", parquet_bytes(rows), True)}
    if tally.bad:
        beside = f"{name}.problems.csv"
        sizes[beside] = deliver.write_parts(wanted.output / beside, csv_bytes([tally.unread]), True)
    counts = PartCounts(tally.good, tally.incomplete, tally.bad, sizes)
    deliver.write_parts(wanted.output / f"{name}.json", [as_json_text(counts._asdict())], True)
    return counts
