"""The desk's commands on stores that tests made, and these stores opened as any command opens them."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from cipher_pages import left
from commands import COMMAND
from sqlalchemy import Engine, select

from screener.cli.intake.opened import Desk, opened, opener
from screener.cli.intake.place import find_place
from screener.records.content import open_content
from screener.records.finding import Sought, page
from screener.records.record import IntakeRecord
from screener.records.record_keys import key_of
from screener.records.store.opening import reading
from screener.records.store.tables import revisions
from screener.records.verifying import verified


class Remains(NamedTuple):
    """A record with the answers of each of its revisions, by number; 0 is what is not complete yet."""

    record: IntakeRecord
    answers: Mapping[int, Mapping[str, Any]]


def intake(store: Path, *arguments: str | Path, typed: str = "", **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener intake` at this store."""
    done = subprocess.run(
        [COMMAND, "intake", *map(str, arguments)],
        input=typed.encode(),
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "COLUMNS": "80", "SCREENER_STORE": str(store), "SCREENER_STAFF": "ana", **environment},
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    assert "inside screener" not in err
    return done.returncode, out, err


def made(store: Path, **environment: str) -> Path:
    """A new store whose key is in a file beside it."""
    code, _, said = intake(store, "init", "--key", "file", **environment)
    assert code == 0, said
    return store


@contextmanager
def desk(store: Path) -> Iterator[Desk]:
    """The store, opened for somebody else. Raises ProblemsFound."""
    found = opener(find_place(store))()
    try:
        yield opened("bea", found)
    finally:
        found.records.dispose()
        found.keys.dispose()


def remains(here: Desk) -> list[Remains]:
    """All that is left of every record, oldest first, after the log and the records were verified.

    Raises ProblemsFound if anything does not hold together, or does not open.
    """
    verified(here.store)
    found = [one for one in page(here.store, Sought(), 1000).records if one.status not in ("erasing", "erased")]
    return [Remains(one, _answers(here, one.id)) for one in reversed(found)]


def _answers(here: Desk, record: str) -> dict[int, dict[str, Any]]:
    key, wanted = key_of(here.store, record), select(revisions).where(revisions.c.record == record)
    with reading(here.store.records) as connection:
        rows = connection.execute(wanted.order_by(revisions.c.number)).all()
    return {row.number: open_content(key, row.sealed, record, row.number, row.edition).answers for row in rows}


def pages(here: Desk) -> tuple[bytes, bytes]:
    """All that is on the pages of the records, and of their keys, for whoever has the store's key."""
    store = here.store
    return left(_file(store.records), store.secrets.records), left(_file(store.keys), store.secrets.keys)


def _file(engine: Engine) -> Path:
    with reading(engine) as connection:
        return Path(connection.exec_driver_sql("PRAGMA database_list").all()[0][2])
