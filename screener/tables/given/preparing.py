"""A piece of somebody's table → its rows in the layout, and each cell of the rows that can't be read."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from screener.rulefile.model import Question, RuleFile
from screener.tables.files.piece import OF, ROW, TablePiece
from screener.tables.given.coded import as_days, as_texts
from screener.tables.given.columns import TableMap
from screener.tables.given.series import AnsweredBy, answered_by
from screener.tables.layout import DAY
from screener.tables.widening import InFlags, InValues, InWords, WrittenAs, wide

#: The columns of what could not be read.
BAD = pl.Schema({ROW: pl.Int64, "column": pl.String, "problem": pl.String})
_NO_DAY = "there is no day of the interview, as a date such as 2026-01-31"


class Prepared(NamedTuple):
    """The rows that can be read, with their number, the columns that are kept (as `of/…`) and those of the layout; and
    the others, a row for each cell at fault.
    """

    rows: pl.DataFrame
    bad: pl.DataFrame


def prepared(rules: RuleFile, map: TableMap, piece: TablePiece) -> Prepared:
    """The rows of a piece, ready to be worked out."""
    frame = piece.frame.select(ROW, *(f"{OF}{name}" for name in dict.fromkeys(map.keep)))
    sources, wrong = dict[str, WrittenAs](), list[tuple[str, pl.Series]]()
    for question in rules.questions:
        if (place := map.places.get(question.id)) is not None:
            found = answered_by(question, place, piece.frame)
            frame, sources[question.id] = _added(frame, question, found)
            wrong += found.wrong.items()
    if map.day is not None:
        frame, missing = _with_day(frame, piece.frame[f"{OF}{map.day}"])
        wrong.append((map.day, missing))
    bad = pl.concat([_unread(piece), *_faults(frame[ROW], wrong)]).sort(ROW, maintain_order=True)
    good = frame.filter(~pl.col(ROW).is_in(bad[ROW].unique().implode()))
    ready = wide(good, rules, sources)
    return Prepared(ready.drop(name for name in ready.columns if name.startswith(_OWN)), bad)


#: What the names of the columns begin with that stand between a table and the layout.
_OWN = "read/"


def _added(frame: pl.DataFrame, question: Question, found: AnsweredBy) -> tuple[pl.DataFrame, WrittenAs]:
    """The frame with the answers to a question, and how they are written there."""
    name = f"{_OWN}{question.id}"
    if found.flags:
        names = {word: f"{name}/{word}" for word in found.flags}
        added = [series.fill_null(False).alias(names[word]) for word, series in found.flags.items()]
        return frame.with_columns(added), InFlags(names)
    words = f"{name}/words"
    added = [] if found.words is None else [found.words.alias(words)]
    if found.values is None:
        return frame.with_columns(added), InWords(words)
    return frame.with_columns(*added, found.values.alias(name)), InValues(name, words if added else None)


def days_of(cells: pl.Series) -> pl.Series:
    """The day of the interview in each row; null for what is no date."""
    if cells.dtype.is_temporal():
        return as_days(cells)
    return as_texts(cells).str.strip_chars().str.to_date("%Y-%m-%d", strict=False)


def _with_day(frame: pl.DataFrame, cells: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """The day of the interview in each row, and where there is none."""
    days = days_of(cells)
    missing = pl.select(pl.when(days.is_null()).then(pl.lit(_NO_DAY))).to_series()
    return frame.with_columns(days.alias(DAY)), missing


def _unread(piece: TablePiece) -> pl.DataFrame:
    return pl.DataFrame([tuple(one) for one in piece.unread], schema=BAD, orient="row")


def _faults(rows: pl.Series, wrong: list[tuple[str, pl.Series]]) -> Iterator[pl.DataFrame]:
    for column, problems in wrong:
        if problems.null_count() < len(problems):
            found = pl.DataFrame({ROW: rows, "column": pl.repeat(column, len(rows), eager=True), "problem": problems})
            yield found.drop_nulls("problem")
