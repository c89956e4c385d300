"""A store of very many records beside one of a thousand: how long it takes to fill, to find, to read and to check them.

Records are made with the store's own functions, a thousand in a transaction, of the worked cases of pico-laser; fifty
are of today in both. What all costs is measured beside plain sqlite3, which writes as many rows of the same size.

    python tests/bench/records.py [--records N] [--folder DIR]
"""

import argparse
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, Table, create_engine, select

from screener.authoring.cases import read_cases
from screener.cli.intake.editions import read_edition
from screener.cli.intake.kept import found
from screener.cli.intake.made import outcome
from screener.cli.intake.opened import Desk, opened, opener
from screener.cli.intake.place import find_place
from screener.engine.answers import as_plain
from screener.interview.loop import counted, missing
from screener.records.content import Revision
from screener.records.finding import Sought, everyone, page
from screener.records.keys.sealing import digest
from screener.records.record import By
from screener.records.record_keys import make_keys, put_lookups
from screener.records.store import tables
from screener.records.store.engines import is_folded
from screener.records.store.opening import close, reading
from screener.records.writing import Begun, Hold, Outcome, Pen, put_begun, put_completed, recorded
from screener.rulefile.find import rules_folder

COMMAND = str(Path(sys.executable).parent / "screener")
FEW, TODAY = 1_000, 50
AT_ONCE = 1_000
#: Records of other days are of so many days.
DAYS = 3_650
AGREE = "May we keep your answers?\n"
#: Not more than so many times as long with very many records.
TARGET = 2.0


class Visit(NamedTuple):
    """What somebody answered, and what came of it."""

    content: Revision
    outcome: Outcome


class Spent(NamedTuple):
    """Seconds, and what was done in them."""

    seconds: float
    records: int

    @property
    def speed(self) -> str:
        """How many in a second."""
        return f"{self.records / self.seconds:,.0f} records/s"


def visits() -> list[Visit]:
    """The worked cases in which all is answered."""
    rules, edition = read_edition("pico-laser", date.today())
    cases, _ = read_cases((Path(rules_folder()) / "pico-laser.cases.yaml").read_text("utf-8"), rules)
    made: list[Visit] = []
    for case in cases:
        answers = counted(rules, case.answers)
        if not missing(rules, answers):
            text, data, step = outcome(rules, answers)
            plain = {id: as_plain(answer) for id, answer in answers.items()}
            agreed = (digest(AGREE.encode()), datetime.now().astimezone().isoformat(timespec="seconds"))
            content = Revision(plain, date.today().isoformat(), *agreed, "", text, data)
            made.append(Visit(content, Outcome(step, edition, "completed")))
    return made


def moment(number: int, count: int) -> datetime:
    """When a record was begun: the last ones today, the others over the years before."""
    now = datetime.now().astimezone()
    if number >= count - TODAY:
        return now - timedelta(seconds=count - number)
    return now - timedelta(days=1 + (count - number) * DAYS // count, seconds=number % 20_000)


def fill(desk: Desk, count: int) -> Spent:
    """Make so many complete records."""
    some = visits()
    began = time.perf_counter()
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        keys = make_keys(desk.store, len(numbers))
        references = {id: f"R-{number}" for id, number in zip(keys, numbers, strict=True)}
        with recorded(desk.store) as connection:
            for (id, key), number in zip(keys.items(), numbers, strict=True):
                content, came = some[number % len(some)]
                by = By(f"staff{number % 7}", "desk", moment(number, count))
                pen, new = Pen(desk.store, connection, by), Begun(references[id], came.edition, AGREE)
                hold = put_begun(pen, Hold(id, key, "", 0, 0), new, content._replace(text="", data_sha256=""))
                put_completed(pen, hold, content, came)
        put_lookups(desk.store, references)
    return Spent(time.perf_counter() - began, count)


def plainly(desk: Desk, folder: Path, count: int) -> Spent:
    """What plain sqlite3 takes to write the very same rows, a thousand records in a transaction."""
    spent = 0.0
    for engine, side in ((desk.store.records, tables.records_side), (desk.store.keys, tables.keys_side)):
        file = folder / f"plain-{len(side.tables)}.db"
        side.create_all(plain := create_engine(f"sqlite:///{file}"))
        plain.dispose()
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            for table in side.sorted_tables:
                spent += _written(engine, table, connection)
    return Spent(spent, count)


def _written(engine: Engine, table: Table, connection: sqlite3.Connection) -> float:
    """Copy all rows of a table; the seconds that writing took."""
    spent = 0.0
    sentence = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"
    with reading(engine) as rows, rows.execution_options(yield_per=AT_ONCE).execute(select(table)) as result:
        for part in result.partitions(AT_ONCE):
            values = [tuple(row) for row in part]
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(sentence, values)
            connection.execute("COMMIT")
            spent += time.perf_counter() - began
    return spent


def median(work: Callable[[], object], rounds: int) -> float:
    """The seconds that something usually takes."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def command(store: Path, *arguments: str) -> None:
    """A command of the desk; nobody sees what it says."""
    environment = {**os.environ, "SCREENER_STORE": str(store)}
    subprocess.run([COMMAND, "intake", *arguments], env=environment, check=True, capture_output=True)


def looks(desk: Desk, store: Path, id: str) -> dict[str, float]:
    """The seconds of each way to look at something, which should not depend on how many records there are."""
    today = Sought(date.today(), date.today())
    return {
        "list of today, in this process": median(lambda: page(desk.store, today, 50), 25),
        "show, in this process": median(lambda: found(desk, id), 25),
        "found by reference, in this process": median(lambda: page(desk.store, Sought(reference="R-7"), 50), 25),
        "screener intake list": median(lambda: command(store, "list"), 7),
        "screener intake show": median(lambda: command(store, "show", id), 7),
        "screener intake list --ref": median(lambda: command(store, "list", "--ref", "R-7"), 7),
    }


def passes(desk: Desk, store: Path) -> None:
    """What goes through all records, and what is done to one in the midst of all."""
    began = time.perf_counter()
    read = sum(1 for _ in everyone(desk.store, Sought()))
    print(f"everyone                  {Spent(time.perf_counter() - began, read).speed}")
    one = page(desk.store, Sought(reference="R-9"), 1).records[0]
    copies = str(store.with_name("copies"))
    for arguments in (["audit"], ["backup", copies], ["erase", one.id, "--yes"]):
        began = time.perf_counter()
        command(store, *arguments)
        took = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"screener intake {arguments[0]:10}{took:.1f} s, at most {memory:,.0f} MiB until now")


class Measured(NamedTuple):
    """A store that was filled, and how long looks at it take."""

    filled: Spent
    megabytes: float
    looks: dict[str, float]


def measured(store: Path, count: int) -> Measured:
    """Fill a new store and look at it; the larger one is gone through as well."""
    command(store, "init", "--key", "file")
    with closing(_Opened(store)) as here:
        filled = fill(here.desk, count)
        for engine in (here.desk.store.records, here.desk.store.keys):
            is_folded(engine)
        megabytes = sum(path.stat().st_size for path in store.iterdir() if path.is_file()) / 1e6
        last = page(here.desk.store, Sought(date.today(), date.today()), 1).records[0]
        taken = looks(here.desk, store, last.id)
        if count > FEW:
            bare = plainly(here.desk, store, count)
            print(f"filling                   {filled.speed}, {megabytes:,.0f} MB")
            print(f"plain sqlite3             {bare.speed}, ratio {filled.seconds / bare.seconds:.1f}")
            passes(here.desk, store)
    return Measured(filled, megabytes, taken)


class _Opened:
    """A desk that is to be closed."""

    def __init__(self, store: Path) -> None:
        self.desk = opened("bench", opener(find_place(store))())

    def close(self) -> None:
        close(self.desk.store)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where there is room")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        few, many = (measured(Path(folder) / str(count), count) for count in (FEW, asked.records))
    print(f"{'':36}{FEW:>10,}{asked.records:>12,} records")
    for name in few.looks:
        before, now = few.looks[name] * 1000, many.looks[name] * 1000
        print(f"{name:36}{before:7.1f} ms{now:9.1f} ms   ratio {now / before:.2f} (at most {TARGET})")


if __name__ == "__main__":
    main()
