"""Spark says of each row what `assess` says."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import tabled
from written_down import EVERY_TYPE, LISTED, PEOPLE, SOURCES, columns

from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile
from screener.tables import assessed, wide

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:::pyspark")]


def test_spark_says_the_same(pico: RuleFile, spark: "SparkSession") -> None:
    """For every combination of answers that a line or a question hangs on, tried as Polars and DuckDB are."""
    people = tabled.every_combination(pico, 4_000)

    assert len(people) > 10_000
    assert tabled.differing(tabled.in_spark(spark), pico, people, tabled.told(pico, people)) == []


def test_a_cluster_gets_nothing_but_the_plan(pico: RuleFile, spark: "SparkSession", tmp_path: Path) -> None:
    """No step of the plan is in Python, and no row goes from one worker to another."""
    tabled.table_of(pico, [{}]).write_parquet(tmp_path / "table.parquet")
    found: Any = assessed(spark.read.parquet(str(tmp_path / "table.parquet")), pico)
    plan = found._jdf.queryExecution().executedPlan().toString()

    assert "FileScan parquet" in plan
    assert not [word for word in ("Python", "Arrow", "Exchange", "Udf", "UDF") if word in plan]


@pytest.mark.parametrize("text", [tabled.COUNTED_BACK, tabled.IN_DAYS], ids=["months", "days"])
def test_each_row_may_have_a_day_of_its_own(text: str, spark: "SparkSession") -> None:
    """Spans are counted back from the day in the row, as Polars and DuckDB do it."""
    rules = load(text)
    table = tabled.on_their_days(text)

    assert tabled.in_spark(spark)(table, rules, "day").equals(tabled.in_polars(table, rules, "day"))


def test_columns_are_brought_into_the_layout(spark: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> None:
    """Lists, words, numbers and dates, from a file of Parquet."""
    rules, expected = load(EVERY_TYPE), tabled.table_of(load(EVERY_TYPE), PEOPLE)
    path = tmp_path_factory.mktemp("spark") / "table.parquet"
    columns(PEOPLE).with_row_index("row").write_parquet(path)
    found = wide(spark.read.parquet(str(path)), rules, {**SOURCES, "skin": LISTED}).orderBy("row")
    frame = pl.from_arrow(found.select(*(f"`{name}`" for name in expected.columns)).toArrow())

    assert isinstance(frame, pl.DataFrame)
    assert frame.equals(expected)
