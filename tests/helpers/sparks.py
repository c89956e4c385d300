"""Spark on this machine, as far as it is there."""

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def missing() -> str:
    """What is missing for running Spark, as a sentence; empty when all is there."""
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and Path(home, "bin", "java").exists()):
        return "Missing: Java. `tests/tables/install` installs it."
    return "" if find_spec("pyspark") else "Missing: Spark. Install it with: pip install '.[spark]'"


@contextmanager
def session(memory: str = "2g") -> "Iterator[SparkSession]":
    """Two workers in one process, without a web page of their own, and without talk."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").appName("screener")
        settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.memory": memory}
        for key, value in {**settings, "spark.log.level": "ERROR"}.items():
            builder = builder.config(key, value)
        running = builder.getOrCreate()
    try:
        yield running
    finally:
        running.stop()
