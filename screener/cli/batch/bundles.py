"""A FHIR bundle for every person in a table, each on a line of its own."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from screener.cli.batch.explaining import cells_of
from screener.engine.assess import assess
from screener.exchange.fhir.export import Attached, Origin, bundle
from screener.ground.safetext import visible
from screener.ground.wrapping import Look
from screener.summary.formats import renderer
from screener.tables.engines import WorkOut
from screener.tables.files.piece import ROW, TablePiece
from screener.tables.given.preparing import prepared
from screener.tables.given.single import answers_of

if TYPE_CHECKING:
    from screener.cli.batch.working import ToWrite
    from screener.cli.tables import GivenTable
    from screener.tables.out.tally import RowCount


def bundles(
    opened: "GivenTable", wanted: "ToWrite", pieces: Iterable[TablePiece], work_out: WorkOut, tally: "RowCount"
) -> Iterator[bytes]:
    """The bundle of each row that can be read; the same row of the same table has the same ids each time."""
    at = datetime.combine(opened.rules.today, time()).astimezone()
    for piece in pieces:
        ready = prepared(opened.rules, opened.map, piece)
        tally.count(work_out(ready.rows), ready.bad)
        good = set(ready.rows[ROW])
        for place, row in enumerate(piece.frame[ROW]):
            if row in good:
                yield _bundle(opened, cells_of(piece, place), Origin(_id(wanted, row), at, "", "", wanted.base_url))


def _id(wanted: "ToWrite", row: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"screener batch|{wanted.table.name}|{row}"))


def _bundle(opened: "GivenTable", cells: dict[str, str | None], origin: Origin) -> bytes:
    summary = assess(opened.rules, answers_of(opened.rules, opened.map, cells))
    data = str(renderer("json")(opened.rules, summary, Look()))
    made = bundle(opened.rules, summary, (Attached("application/json", data.encode()),), origin)
    return (visible(json.dumps(made, ensure_ascii=False)) + "\n").encode()
