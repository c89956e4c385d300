"""What works a table out: Polars, DuckDB or Spark, each when it is asked for."""

from collections.abc import Callable
from typing import Literal

import polars as pl

from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.model import RuleFile
from screener.tables.compiled import assessed
from screener.tables.files.piece import ROW
from screener.tables.layout import DAY

EngineName = Literal["polars", "duckdb", "spark"]
WorkOut = Callable[[pl.DataFrame], pl.DataFrame]


def engine(name: EngineName, rules: RuleFile) -> WorkOut:
    """What adds to rows in the layout all that follows from them, in the order of their numbers.

    Raises ProblemsFound where a package, or Java, is not installed.
    """
    return {"polars": _polars, "duckdb": _duckdb, "spark": _spark}[name](rules)


def _day(frame: pl.DataFrame) -> str | None:
    return DAY if DAY in frame.columns else None


def _polars(rules: RuleFile) -> WorkOut:
    return lambda frame: assessed(frame.lazy(), rules, _day(frame)).collect()


def _duckdb(rules: RuleFile) -> WorkOut:
    try:
        import duckdb
    except ImportError:
        raise missing("duckdb", "pip install 'screener[batch,duckdb]'") from None
    connection = duckdb.connect()

    def work_out(frame: pl.DataFrame) -> pl.DataFrame:
        found: pl.DataFrame = assessed(connection.from_arrow(frame.to_arrow()), rules, _day(frame)).pl()
        return found.sort(ROW)

    return work_out


def _spark(rules: RuleFile) -> WorkOut:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise missing("pyspark", "pip install 'screener[batch,spark]'") from None
    try:
        session = SparkSession.builder.appName("screener").config("spark.ui.enabled", False).getOrCreate()
    except PySparkRuntimeError:
        raise missing("Java", "install Java 17 or newer") from None
    session.sparkContext.setLogLevel("OFF")

    def work_out(frame: pl.DataFrame) -> pl.DataFrame:
        found = assessed(session.createDataFrame(frame.to_arrow()), rules, _day(frame))
        return pl.DataFrame(found.toArrow()).sort(ROW)

    return work_out


def missing(what: str, help: str) -> ProblemsFound:
    """Something is not installed that is needed for tables, ready to be raised."""
    return ProblemsFound([Problem("no-batch", f"{what} is needed for this, and is not installed", help)])
