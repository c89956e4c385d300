"""How many rows came out of a table, how many of them lack answers, and what could not be read."""

import polars as pl

from screener.tables.files.piece import ROW
from screener.tables.given.preparing import BAD
from screener.tables.layout import COMPLETE


class RowCount:
    """Counts piece after piece."""

    def __init__(self) -> None:
        self.good = self.incomplete = 0
        self._bad: list[pl.DataFrame] = []

    def count(self, rows: pl.DataFrame, bad: pl.DataFrame) -> None:
        """Take note of the rows of a piece that came out, and of the cells that could not be read."""
        self.good += rows.height
        self.incomplete += rows.height - int(rows[COMPLETE].sum())
        if bad.height:
            self._bad.append(bad)

    @property
    def unread(self) -> pl.DataFrame:
        """A row for each cell at fault, and for each row that can't be told apart."""
        return pl.concat(self._bad) if self._bad else BAD.to_frame()

    @property
    def bad(self) -> int:
        """How many rows could not be read."""
        return self.unread[ROW].n_unique()
