"""Tables of answers: what every engine for tables makes of them, beside what `assess` says of each row."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import combined
import duckdb
import polars as pl

from screener.engine.assess import assess, shown
from screener.rulefile.conditions.atoms import Within
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, RuleFile
from screener.tables import assessed, laid_out
from screener.tables.layout import DAY, results

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COUNTED_BACK = """
format: 1
id: counted-back
version: 1.0.0
title: Counted back
language: en
questions:
  - {id: since, type: date, ask: Since when?, unsure: yes}
guidance:
  - {id: a-month, topic: T, says: S., when: {since: {within: 1 month}}}
  - {id: half-a-year, topic: T, says: S., when: {since: {within: 6 months}}, disposition: soon}
  - {id: longer-ago, topic: T, says: S., when: {not: {since: {within: 2 years}}}}
dispositions: [{id: later, title: L, says: L.}, {id: soon, title: S, says: S.}]
referral: {says: R.}
"""
IN_DAYS = COUNTED_BACK.replace("1 month", "1 day").replace("6 months", "3 weeks").replace("2 years", "400 days")
INTERVIEWS = [date(2023, 3, 1), date(2024, 2, 29), date(2024, 3, 31), date(2024, 8, 31), date(2025, 12, 31)]

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


def days_near_limits(text: str) -> list[tuple[date, Answers]]:
    """For each interview the days around every limit, with one of the future and one that is not known."""
    found: list[tuple[date, Answers]] = []
    for day in INTERVIEWS:
        rules = load(text, today=day)
        limits = {day, *(atom.since for atom in _atoms(rules))}
        found += [(day, {"since": limit + timedelta(by)}) for limit, by in product(sorted(limits), (-1, 0, 1))]
        found += [(day, {"since": "unsure"}), (day, {})]
    return found


def _atoms(rules: RuleFile) -> list[Within]:
    whens = [line.when for line in rules.guidance if line.when is not None]
    return [atom for when in whens for atom in when.atoms() if isinstance(atom, Within)]


def on_their_days(text: str) -> pl.DataFrame:
    """These days as a table, each row with the day of its interview."""
    rows = days_near_limits(text)
    table = table_of(load(text), [answers for _, answers in rows])
    return table.with_columns(pl.Series(DAY, [day for day, _ in rows]))
