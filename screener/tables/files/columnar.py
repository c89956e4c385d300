"""Parquet, Arrow and Excel: tables that know their columns, and what type each has."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import fastexcel
import polars as pl
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from screener.tables.files.piece import OF, ROW, TablePiece, UnreadRow, failed, piece, told

PARQUET, ARROW, EXCEL = "Parquet", "Arrow", "an Excel sheet"


def parquet_head(path: Path) -> tuple[list[str], int]:
    """The columns of a Parquet file and how many rows it has. Raises ProblemsFound."""
    with told(path, PARQUET), pq.ParquetFile(path) as file:
        return file.schema_arrow.names, file.metadata.num_rows


def parquet_pieces(path: Path, columns: Iterable[str], size: int) -> Iterator[TablePiece]:
    """The rows of a Parquet file. Raises ProblemsFound."""
    wanted, first = list(dict.fromkeys(columns)), 1
    with told(path, PARQUET), pq.ParquetFile(path) as file:
        for batch in file.iter_batches(size, columns=wanted):
            yield piece(pa.Table.from_batches([batch]), first)
            first += batch.num_rows


def arrow_head(path: Path) -> tuple[list[str], None]:
    """The columns of an Arrow file or stream. Raises ProblemsFound."""
    with told(path, ARROW), pa.memory_map(str(path)) as source:
        return _reader(source).schema.names, None


def arrow_pieces(path: Path, columns: Iterable[str], size: int) -> Iterator[TablePiece]:
    """The rows of an Arrow file or stream. Raises ProblemsFound."""
    wanted, first = list(dict.fromkeys(columns)), 1
    with told(path, ARROW), pa.memory_map(str(path)) as source:
        for batch in _batches(_reader(source)):
            table = pa.Table.from_batches([batch]).select(wanted)
            for start in range(0, table.num_rows, size):
                part = table.slice(start, size)
                yield piece(part, first)
                first += part.num_rows


def _reader(source: pa.NativeFile) -> pa.RecordBatchFileReader | pa.RecordBatchStreamReader:
    """The file has an index at its end, a stream has none; which it is, its beginning says."""
    begins = source.read(6)
    source.seek(0)
    return pa.ipc.open_file(source) if begins == b"ARROW1" else pa.ipc.open_stream(source)


def _batches(reader: pa.RecordBatchFileReader | pa.RecordBatchStreamReader) -> Iterator[pa.RecordBatch]:
    if isinstance(reader, pa.RecordBatchFileReader):
        yield from (reader.get_batch(index) for index in range(reader.num_record_batches))
    else:
        yield from reader


# ---- Excel


class _Sheet(NamedTuple):
    """A sheet: the names of its columns, its cells as texts by the places of columns, and the errors in cells.

    The rows have their numbers; those that are empty are left out. An error is called as the spreadsheet calls it.
    """

    names: dict[str, str]
    rows: pl.DataFrame
    errors: dict[tuple[int, str], str]


#: What the spreadsheet shows in a cell whose formula came to nothing.
_ERRORS = {
    "NA": "#N/A",
    "Div0": "#DIV/0!",
    "Value": "#VALUE!",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Num": "#NUM!",
    "Null": "#NULL!",
}
_ERROR = re.compile(r"Error\((\w+)\)")
#: A date cell has a time of day too, and a time of day the day on which spreadsheets begin to count.
_NO_TIME, _NO_DAY = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$", r"^1899-12-3\d (\d{2}:\d{2}:\d{2})$"


def excel_head(path: Path) -> tuple[list[str], int]:
    """The columns of the sheet with the table, and how many rows it has. Raises ProblemsFound."""
    sheet = _sheet(path)
    return [*sheet.names.values()], sheet.rows.height


def excel_pieces(path: Path, columns: Iterable[str], size: int) -> Iterator[TablePiece]:
    """The rows of the sheet, those apart that have an error in one of these columns. Raises ProblemsFound."""
    sheet = _sheet(path)
    places = {name: place for place, name in sheet.names.items()}
    wanted = {places[name]: f"{OF}{name}" for name in columns}
    unread = [
        UnreadRow(row, sheet.names[place], said)
        for (row, place), said in sorted(sheet.errors.items())
        if place in wanted
    ]
    for part in sheet.rows.iter_slices(size):
        numbers = set(part[ROW])
        here = tuple(one for one in unread if one.row in numbers)
        whole = part.filter(~pl.col(ROW).is_in([one.row for one in here]))
        yield TablePiece(whole.select(ROW, **{name: pl.col(column) for column, name in wanted.items()}), here)


def _sheet(path: Path) -> _Sheet:
    """The first sheet with a row below the names of columns, or else with these. Raises ProblemsFound."""
    try:
        file = fastexcel.read_excel(path)
        sheets = (_read_sheet(file, at) for at in range(len(file.sheet_names)))
        named = [sheet for sheet in _until_rows(sheets) if sheet.names]
    except fastexcel.FastExcelError:
        raise failed(path, f"this can't be read as {EXCEL}", "is it whole, and not protected by a password?") from None
    return named[-1] if named and named[-1].rows.height else next(iter(named), _Sheet({}, pl.DataFrame(), {}))


def _until_rows(sheets: Iterable[_Sheet]) -> Iterator[_Sheet]:
    for sheet in sheets:
        yield sheet
        if sheet.rows.height:
            return


def _read_sheet(file: fastexcel.ExcelReader, at: int) -> _Sheet:
    """All of a sheet as texts; what formulas came to counts, as the sheet shows it."""
    # The first row is read as any other: as names of columns, two that are the same would be given others.
    batch, faults = file.load_sheet(at, header_row=None, skip_rows=0, dtypes="string").to_arrow_with_errors()
    cells = pl.DataFrame(batch)
    cells.columns = [str(place) for place in range(cells.width)]
    errors = {
        (one.position[0] + 1, str(one.position[1])): _said(one.detail) for one in (faults.errors if faults else ())
    }
    text = pl.all().str.replace(_NO_TIME, "$1").str.replace(_NO_DAY, "$1")
    known = cells.select(pl.when(pl.all().str.strip_chars() != "").then(text)).with_row_index(ROW, 1)
    filled = ~pl.all_horizontal(pl.exclude(ROW).is_null()) | pl.col(ROW).is_in({row for row, _ in errors})
    head, rows = known.filter(filled).head(1), known.filter(filled).slice(1).cast({ROW: pl.Int64})
    used = {place for _, place in errors} | {one.name for one in rows if one.null_count() < rows.height}
    names = {place: str(name or "").strip() for one in head.drop(ROW).to_dicts() for place, name in one.items()}
    return _Sheet({place: name for place, name in names.items() if name or place in used}, rows, errors)


def _said(detail: str) -> str:
    """Why a cell can't be read."""
    found = _ERROR.search(detail)
    if found is None:
        return "the cell can't be read"
    return f"the cell holds an error of the spreadsheet, {_ERRORS.get(found[1], found[1])}"
