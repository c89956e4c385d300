"""Tables of answers: what every engine for tables makes of them, beside what `assess` says of each row."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import combined
import duckdb
import polars as pl

from screener.engine.assess import assess, shown
from screener.rulefile.model import Answers, RuleFile
from screener.tables import assessed, laid_out
from screener.tables.layout import results

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Whatever answers a question about a table: a frame in, the columns that were worked out.
Judge = Callable[[pl.DataFrame, RuleFile, date | str | None], pl.DataFrame]


def in_polars(table: pl.DataFrame, rules: RuleFile, day: date | str | None = None) -> pl.DataFrame:
    """By Polars at once."""
    return assessed(table, rules, day).select(results(rules))


def streamed(table: pl.DataFrame, rules: RuleFile, day: date | str | None = None) -> pl.DataFrame:
    """By Polars, piece by piece."""
    return assessed(table.lazy(), rules, day).select(results(rules)).collect(engine="streaming")


def in_duckdb(table: pl.DataFrame, rules: RuleFile, day: date | str | None = None) -> pl.DataFrame:
    """By DuckDB, row after row in the same order."""
    with duckdb.connect() as connection:
        found = assessed(connection.from_arrow(table.to_arrow()), rules, day)
        arrow: Any = found.select(*(duckdb.ColumnExpression(name) for name in results(rules))).to_arrow_table()
    frame = pl.from_arrow(arrow)
    assert isinstance(frame, pl.DataFrame)
    return frame


def in_spark(spark: "SparkSession") -> Judge:
    """By Spark, from a file of Parquet."""

    def judge(table: pl.DataFrame, rules: RuleFile, day: date | str | None = None) -> pl.DataFrame:
        with tempfile.TemporaryDirectory() as folder:
            table.with_row_index("row").write_parquet(Path(folder, "table.parquet"))
            found = assessed(spark.read.parquet(str(Path(folder, "table.parquet"))), rules, day).orderBy("row")
            frame = pl.from_arrow(found.select(*(f"`{name}`" for name in results(rules))).toArrow())
        assert isinstance(frame, pl.DataFrame)
        return frame

    return judge


def no_java() -> str:
    """What Spark lacks here, as a sentence; empty where it lacks nothing."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java") or (home and Path(home, "bin", "java").exists())
    return "" if found else "Missing: Java. `tests/tables/install` installs it."


def table_of(rules: RuleFile, people: Sequence[Answers]) -> pl.DataFrame:
    """The answers of these people, laid out."""
    return pl.DataFrame(laid_out(rules, people))


def told(rules: RuleFile, people: Sequence[Answers]) -> Mapping[str, list[Any]]:
    """What `assess` says of these people, as columns by the names of results."""
    rows = [_told(rules, answers) for answers in people]
    return {name: [row.get(name, False) for row in rows] for name in results(rules)}


def _told(rules: RuleFile, answers: Answers) -> dict[str, Any]:
    summary = assess(rules, answers)
    said = {f"{'said' if f.certainty == 'certain' else 'possible'}/{f.guidance.id}": True for f in summary.findings}
    asked = {f"asked/{id}": True for id in shown(rules, answers)}
    missing = {f"missing/{id}": True for id in summary.open}
    ends = {"disposition": summary.disposition.id, "referral": summary.referral.id, "complete": summary.complete}
    return {**said, **asked, **missing, **ends}


def differing(judge: Judge, rules: RuleFile, people: Sequence[Answers], expected: Mapping[str, list[Any]]) -> list[Any]:
    """Where a table says something else than `assess`: the column, the answers, and what the table says."""
    found = judge(table_of(rules, people), rules, None)
    assert found.columns == list(results(rules))
    assert found.height == len(people)
    return [
        (name, people[row], said)
        for name in found.columns
        if (cells := found[name].to_list()) != expected[name]
        for row, (said, wanted) in enumerate(zip(cells, expected[name], strict=True))
        if said != wanted
    ]


def every_combination(rules: RuleFile, most: int) -> list[combined.Given]:
    """All combinations of answers to what each line, question and referral hangs on, and the lines of each step.

    Of one that has more than `most`, so many; each combination once.
    """
    found = [combined.combinations_of(rules, [one.when], most, one.own) for one in combined.targets(rules)]
    for step in rules.dispositions:
        calls = [line.when for line in rules.guidance if line.when and line.disposition == step.id]
        found.append(combined.combinations_of(rules, calls, most))
    return list({tuple(given.items()): given for one in found for given in one.each()}.values())
