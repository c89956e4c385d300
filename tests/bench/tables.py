"""Whole tables of answers: what follows from every row, beside the same columns written in Polars by hand.

python tests/bench/tables.py [--rows 1000000] [--rounds 7]
python tests/bench/tables.py --streamed 20000000    files of so many rows, read piece by piece, and the memory it takes
python tests/bench/tables.py --engines 5000000      DuckDB and Spark on two cores: the same counts, and their time
"""

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import duckdb
import narwhals as nw
import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

import sparks
import worded_files
from by_hand import ByHand

from screener.ground.marks import ANSWERED
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.find import load_rules
from screener.rulefile.model import Question, RuleFile
from screener.tables import InFlags, InLists, InWords, WrittenAs, assessed, laid_out, wide
from screener.tables.layout import DISPOSITION, REFERRAL, flag, results

#: Different people; a table has them again and again, in any order.
PEOPLE = 10_000
#: So many options people choose at most where they may choose several.
CHOSEN = 3
#: Rows of one file.
FILE = 1_000_000


def table_of(rules: RuleFile, rows: int, seed: int = 1) -> pl.DataFrame:
    """So many rows with answers to some or all questions, laid out."""
    chance = Random(1)
    people = [_few(worded_files.answers(rules, chance)) for _ in range(PEOPLE)]
    table = pl.DataFrame(laid_out(rules, people))
    return table.sample(rows, with_replacement=True, seed=seed).rechunk()


def _few(answers: dict[str, Answer]) -> dict[str, Answer]:
    return {id: answer[:CHOSEN] if isinstance(answer, tuple) else answer for id, answer in answers.items()}


class Taken(NamedTuple):
    """The least time that a work took, by the clock and by all processors together, in seconds."""

    clock: float
    processors: float

    def __str__(self) -> str:
        return f"{self.clock:.3f} s ({self.processors:.3f} s of processors)"


def least(rounds: int, *works: Callable[[], object]) -> list[Taken]:
    """The least time of each, taken in turns: what else the machine does only adds to it."""
    times: list[list[Taken]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start, busy = time.perf_counter(), time.process_time()
            result = work()
            taken.append(Taken(time.perf_counter() - start, time.process_time() - busy))
            del result
    return [Taken(min(one.clock for one in taken), min(one.processors for one in taken)) for taken in times]


def beside_by_hand(rules: RuleFile, table: pl.DataFrame, rounds: int) -> None:
    """Ours and the same by hand, which must be equal in every cell; by hand the faster of eager and lazy."""
    hand, names = ByHand(rules), list(results(rules))
    assert assessed(table, rules).select(names).equals(hand.assessed(table).select(names))
    lazy = table.lazy()
    ours, *theirs = least(
        rounds,
        lambda: assessed(table, rules),
        lambda: hand.assessed(table),
        lambda: hand.assessed(lazy).collect(),
    )
    print(f"{table.height:,} rows from memory, {len(names)} columns worked out, the least of {rounds}")
    print(f"ours: {ours}, {table.height / ours.clock / 1e6:.1f} million rows a second (target: at least 2)")
    ratio = ours.processors / min(one.processors for one in theirs)
    print(
        f"by hand in Polars: {min(theirs)}; ratio {ours.clock / min(theirs).clock:.2f}, of processors {ratio:.2f}",
        end=" ",
    )
    print("(target: at most 1.2)")


def as_lists_and_flags(rules: RuleFile, table: pl.DataFrame, rounds: int) -> None:
    """Answers with several options as lists, beside a column for each option; both brought into the layout first."""
    lists, flags = _written(rules, table, _lists), _written(rules, table, _flags)
    sources: tuple[dict[str, WrittenAs], dict[str, WrittenAs]] = ({}, {})
    for question in rules.questions:
        several = question.type == "many"
        names = {word: f"{question.id}___{word}" for word in _words(question)}
        sources[0][question.id] = InLists(question.id) if several else InWords(question.id)
        sources[1][question.id] = InFlags(names) if several else InWords(question.id)
    listed, flagged = least(
        rounds,
        lambda: assessed(wide(lists, rules, sources[0]), rules),
        lambda: assessed(wide(flags, rules, sources[1]), rules),
    )
    print(f"lists: {listed}, a column for each option: {flagged};", end=" ")
    ratio = listed.processors / flagged.processors
    print(f"ratio {listed.clock / flagged.clock:.2f}, of processors {ratio:.2f} (target: at most 2)")


Columns = Callable[[Question], Iterator[pl.Expr]]


def _written(rules: RuleFile, table: pl.DataFrame, several: Columns) -> pl.DataFrame:
    """The answers in words, and those with several options in some other way."""
    found: list[pl.Expr] = []
    for question in rules.questions:
        found += several(question) if question.type == "many" else _word(question)
    return table.select(found)


def _words(question: Question) -> tuple[str, ...]:
    return (*question.choices, *question.reserved)


def _lists(question: Question) -> Iterator[pl.Expr]:
    cells = [pl.when(flag(question.id, word)).then(pl.lit(word)) for word in _words(question)]
    yield pl.concat_list(cells).list.drop_nulls().alias(question.id)


def _flags(question: Question) -> Iterator[pl.Expr]:
    """Ones and zeros, as REDCap writes them."""
    names = {word: f"{question.id}___{word}" for word in _words(question)}
    return (pl.col(flag(question.id, word)).cast(pl.Int8).alias(name) for word, name in names.items())


def _word(question: Question) -> Iterator[pl.Expr]:
    words = (ANSWERED, *question.reserved) if question.type == "text" else _words(question)
    cells = [pl.when(flag(question.id, word)).then(pl.lit(word)) for word in words]
    yield pl.coalesce(cells).alias(question.id)


def counts(rules: RuleFile, found: Any) -> nw.LazyFrame[Any]:
    """Of how many rows each thing is true: one row, which makes an engine work out every column."""
    truths = [nw.col(name).cast(nw.Int64).sum() for name in results(rules) if name not in (DISPOSITION, REFERRAL)]
    steps = [
        (nw.col(DISPOSITION) == one.id).cast(nw.Int64).sum().alias(f"{DISPOSITION}/{one.id}")
        for one in rules.dispositions
    ]
    said = [(nw.col(REFERRAL) == one.id).cast(nw.Int64).sum().alias(f"{REFERRAL}/{one.id}") for one in rules.referrals]
    table: nw.LazyFrame[Any] = nw.from_native(found).lazy()
    return table.select(*truths, *steps, *said)


def files_of(rules: RuleFile, rows: int, folder: Path) -> None:
    """So many rows as files of Parquet."""
    for number in range(-(-rows // FILE)):
        table_of(rules, min(FILE, rows - number * FILE), number).write_parquet(folder / f"{number:04}.parquet")


def streamed(folder: Path) -> None:
    """Files in, a file with all that was worked out: run by itself, so that nothing else takes memory."""
    rules = load_rules("pico-laser")
    start = time.perf_counter()
    table = pl.scan_parquet(folder / "*.parquet")
    found = assessed(table, rules).select(results(rules))
    found.sink_parquet(folder.parent / "out.parquet")
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    rows = pl.scan_parquet(folder.parent / "out.parquet").select(pl.len()).collect().item()
    print(
        f"{rows:,} rows from files to a file: {taken:.1f} s, {rows / taken / 1e6:.1f} million rows a second,", end=" "
    )
    print(f"at most {peak:.2f} GiB of memory (target: 1.5)")


def in_each_engine(rules: RuleFile, folder: Path) -> None:
    """The same counts of the same files."""
    files = str(folder / "*.parquet")
    polars = _timed("Polars", lambda: counts(rules, assessed(pl.scan_parquet(files), rules)).collect())
    with duckdb.connect(config={"threads": 2}) as connection:
        found = _timed("DuckDB", lambda: counts(rules, assessed(connection.read_parquet(files), rules)).collect())
        assert found.to_dict(as_series=False) == polars.to_dict(as_series=False)
    if lacking := sparks.missing():
        print(lacking)
        return
    with sparks.session("4g") as spark:
        for name in ("Spark, first", "Spark, again"):
            found = _timed(name, lambda: counts(rules, assessed(spark.read.parquet(str(folder)), rules)).collect())
            assert found.to_dict(as_series=False) == polars.to_dict(as_series=False)


def _timed(name: str, work: Callable[[], nw.DataFrame[Any]]) -> nw.DataFrame[Any]:
    start = time.perf_counter()
    found = work()
    print(f"{name}: {time.perf_counter() - start:.1f} s", flush=True)
    return found


def main() -> None:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--streamed", type=int, default=0)
    parser.add_argument("--engines", type=int, default=0)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    rules = load_rules("pico-laser")
    if asked.folder:
        streamed(asked.folder)
    elif asked.streamed or asked.engines:
        with tempfile.TemporaryDirectory() as whole:
            folder = Path(whole, "files")
            folder.mkdir()
            files_of(rules, asked.streamed or asked.engines, folder)
            if asked.streamed:
                subprocess.run([sys.executable, __file__, "--folder", str(folder)], check=True)
            else:
                print(f"{asked.engines:,} rows of Parquet, the same counts of every column")
                in_each_engine(rules, folder)
    else:
        table = table_of(rules, asked.rows)
        beside_by_hand(rules, table, asked.rounds)
        as_lists_and_flags(rules, table, asked.rounds)


if __name__ == "__main__":
    main()
