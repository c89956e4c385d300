"""Parquet, Arrow and Excel: tables that know their columns, and what type each has."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from screener.tables.files.piece import TablePiece, failed, piece, told

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


def excel_head(path: Path) -> tuple[list[str], int]:
    """The columns of the first sheet, and how many rows it has. Raises ProblemsFound."""
    table = _sheet(path)
    return table.column_names, table.num_rows


def excel_pieces(path: Path, columns: Iterable[str], size: int) -> Iterator[TablePiece]:
    """The rows of the first sheet, the second of which is the first with answers. Raises ProblemsFound."""
    table = _sheet(path).select(list(dict.fromkeys(columns)))
    for start in range(0, table.num_rows, size):
        yield piece(table.slice(start, size), start + 2)


def _sheet(path: Path) -> pa.Table:
    """All of the first sheet as texts; what formulas came to counts, as the sheet shows it."""
    try:
        sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
        return pa.table(sheet.to_arrow())
    except fastexcel.FastExcelError:
        raise failed(path, f"this can't be read as {EXCEL}", "is it whole, and not protected by a password?") from None
