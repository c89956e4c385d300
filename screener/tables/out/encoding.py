"""Rows as the bytes of a file, part by part: CSV, lines of JSON, or Parquet."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from screener.ground.escapes import cell


def csv_bytes(frames: Iterable[pl.DataFrame]) -> Iterator[bytes]:
    """CSV with the names once; no cell can be taken for a formula."""
    for number, frame in enumerate(frames):
        texts = [name for name, kind in frame.schema.items() if kind == pl.String]
        safe = frame.with_columns(_inert(frame[name]) for name in texts)
        named = safe.select(pl.col(name).alias(cell(name)) for name in frame.columns)
        yield named.write_csv(include_header=number == 0).encode()


def _inert(series: pl.Series) -> pl.Series:
    """The same texts, each looked at once."""
    known = series.drop_nulls().unique()
    return series.replace_strict(known, [cell(text) for text in known], default=None, return_dtype=pl.String)


def lines_bytes(frames: Iterable[pl.DataFrame]) -> Iterator[bytes]:
    """An object of JSON in each line."""
    for frame in frames:
        yield frame.write_ndjson().encode()


def parquet_bytes(frames: Iterable[pl.DataFrame]) -> Iterator[bytes]:
    """Parquet, with a group of rows for each frame."""
    made = _Handed()
    writer: pq.ParquetWriter | None = None
    for frame in frames:
        table = frame.to_arrow()
        if writer is None:
            writer = pq.ParquetWriter(pa.PythonFile(made, mode="w"), table.schema)
        writer.write_table(table.cast(writer.schema))
        yield made.taken()
    if writer is not None:
        writer.close()
        yield made.taken()


class _Handed(io.RawIOBase):
    """A file that hands on what is written to it, and only counts it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._size += len(part)
        return len(part)

    def tell(self) -> int:
        return self._size

    def taken(self) -> bytes:
        """What was written since this was last asked."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found
