"""Whether the log holds together, and whether the records are what it says of them."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from screener.ground.problems import Problem, ProblemsFound
from screener.records.ids import spoken
from screener.records.keys.sealing import digest
from screener.records.log import Checkpoint, LogEntry, checkpoint_of, mark_of
from screener.records.store.opening import Store, reading
from screener.records.store.tables import head, log, revisions

#: How many records that don't fit the log are named; one is enough to look for a backup.
_NAMED = 20


def verified(store: Store, since: Checkpoint | None = None) -> Checkpoint:
    """The checkpoint of a log that holds together from its first entry on, with the records as it says.

    `since` is one that was written down before: nothing up to it may have changed. Raises ProblemsFound.
    """
    with reading(store.records) as connection:
        found = _chain(connection, store.secrets.log, since)
        problems = list(_contents(connection))
    if problems:
        raise ProblemsFound(problems)
    return found


def _chain(connection: Connection, secret: bytes, since: Checkpoint | None) -> Checkpoint:
    size, mark = connection.execute(select(head.c.size, head.c.mark)).one()
    if since is not None and since.size > size:
        raise _broken(f"the log has {size} entries, and had {since.size} at the checkpoint: its end was cut off")
    columns = [log.c[name] for name in LogEntry._fields]
    rows = connection.execution_options(yield_per=1000).execute(select(*columns, log.c.mark).order_by(log.c.number))
    before = b""
    count = 0
    with rows:
        for count, (*values, written) in enumerate(rows, 1):
            entry = LogEntry(*values)
            before = mark_of(secret, entry, before)
            if entry.number != count or before != written:
                raise _broken(f"entry {count} of the log is not as it was written")
            if since is not None and since.size == count and checkpoint_of(count, before) != since:
                raise _broken(f"the first {count} entries of the log are not those of the checkpoint")
    if (count, before) != (size, mark):
        raise _broken(f"the log has {count} entries where {size} were written")
    if since is not None and since.size == 0 and since != checkpoint_of(0, b""):
        raise _broken("this checkpoint is of no log")
    return checkpoint_of(size, mark)


def _contents(connection: Connection) -> Iterator[Problem]:
    """Each revision is the one whose SHA-256 was last noted for it, and none that was noted is missing."""
    noted = _last_noted(connection)
    seen = 0
    wrong: list[str] = []
    for record, number, sealed in _sealed(connection):
        seen += 1
        if noted.get((record, number)) != digest(sealed):
            wrong.append(record)
    gone = set(noted) - set(_places(connection)) if seen != len(noted) or wrong else set()
    names = sorted({*wrong, *(record for record, _ in gone)})
    for record in names[:_NAMED]:
        yield Problem(
            "record-changed",
            f"the record `{spoken(record)}` is not as the log says",
            "restore a backup; what was changed was changed from outside screener",
        )
    if len(names) > _NAMED:
        yield Problem("record-changed", f"and {len(names) - _NAMED} more records are not as the log says")


def _sealed(connection: Connection) -> Iterator[tuple[str, int, bytes]]:
    wanted = select(revisions.c.record, revisions.c.number, revisions.c.sealed)
    for row in connection.execution_options(yield_per=1000).execute(wanted):
        yield row.record, row.number, row.sealed


def _places(connection: Connection) -> Iterator[tuple[str, int]]:
    for row in connection.execute(select(revisions.c.record, revisions.c.number)):
        yield row.record, row.number


def _last_noted(connection: Connection) -> dict[tuple[str, int], str]:
    """What the log noted last of each revision that should be there now."""
    rows = connection.execution_options(yield_per=1000).execute(
        select(log.c.record, log.c.revision, log.c.digest, log.c.action)
        .where(log.c.record != "")
        .order_by(log.c.record, log.c.number)
    )
    noted: dict[tuple[str, int], str] = {}
    for record, entries in groupby(rows, key=lambda row: row.record):
        of_one: dict[int, str] = {}
        for row in entries:
            if row.action in ("erased", "erased again", "purged"):
                of_one.clear()
            elif row.digest:
                of_one[row.revision] = row.digest
            if (row.digest and row.revision) or row.action == "amendment dropped":
                of_one.pop(0, None)  # what is complete, or given up, leaves no draft
        noted |= {(record, number): sha256 for number, sha256 in of_one.items()}
    return noted


def _broken(message: str) -> ProblemsFound:
    help = "keep this store as it is, restore a backup into another folder, and find out who could write here"
    return ProblemsFound([Problem("log-broken", message, help)])
