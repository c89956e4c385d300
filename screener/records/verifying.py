"""Whether the log holds together, and whether the records are what it says of them."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, select

from screener.ground.problems import Problem, ProblemsFound
from screener.records.editions import changed_texts
from screener.records.ids import spoken
from screener.records.log import Checkpoint, LogEntry, checkpoint_of, mark_of
from screener.records.noted import OF_RECORD, OF_REVISION, of_record, of_revision
from screener.records.record_keys import keyed_ids
from screener.records.store.faults import DAMAGED
from screener.records.store.opening import Store, pages_hold, reading, settled
from screener.records.store.tables import head, log, records

#: How many records that don't fit the log are named; one is enough to look for a backup.
_NAMED = 20
_AT_ONCE = 1000


class _Noted(NamedTuple):
    """What the log noted last: of each record, and of each revision that should be there now."""

    records: dict[str, str]
    revisions: dict[tuple[str, int], str]


def verified(store: Store, since: Checkpoint | None = None) -> Checkpoint:
    """The checkpoint of a log that holds together from its first entry on, with the records as it says.

    `since` is one that was written down before: nothing up to it may have changed. Raises ProblemsFound.
    """
    for engine in (store.records, store.keys):
        with reading(settled(engine)) as connection:
            if not pages_hold(connection):
                raise ProblemsFound([DAMAGED])
    with reading(store.records) as connection:
        found = held_together(connection, store.secrets.log, since)
    if problems := list(_keys(store)):
        raise ProblemsFound(problems)
    return found


def held_together(connection: Connection, secret: bytes, since: Checkpoint | None = None) -> Checkpoint:
    """The same for the records alone, in a copy for one. Raises ProblemsFound."""
    found = _chain(connection, secret, since)
    noted = _last_noted(connection)
    wrong = sorted({*_wrong_records(connection, noted.records), *_wrong_revisions(connection, noted.revisions)})
    help = "restore a backup; what was changed was changed from outside screener"
    problems = [
        Problem("record-changed", f"the record `{spoken(record)}` is not as the log says", help)
        for record in wrong[:_NAMED]
    ]
    if len(wrong) > _NAMED:
        problems.append(Problem("record-changed", f"and {len(wrong) - _NAMED} more records are not as the log says"))
    problems += [
        Problem("record-changed", f"{text} that was kept word for word is not as it was", help)
        for text in changed_texts(connection)
    ]
    if problems:
        raise ProblemsFound(problems)
    return found


def _chain(connection: Connection, secret: bytes, since: Checkpoint | None) -> Checkpoint:
    size, mark = _end(connection)
    if since is not None and since.size > size:
        raise _broken(f"the log has {size} entries, and had {since.size} at the checkpoint: its end was cut off")
    columns = [log.c[name] for name in LogEntry._fields]
    wanted = select(*columns, log.c.mark).order_by(log.c.number)
    before = b""
    count = 0
    with connection.execution_options(yield_per=_AT_ONCE).execute(wanted) as rows:
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


def _end(connection: Connection) -> tuple[int, bytes]:
    rows = connection.execute(select(head.c.size, head.c.mark)).all()
    if len(rows) != 1:
        raise _broken("the log has no end, or several")
    return rows[0].size, rows[0].mark


def _last_noted(connection: Connection) -> _Noted:
    columns = (log.c.record, log.c.revision, log.c.digest, log.c.state, log.c.action)
    wanted = select(*columns).where(log.c.record != "").order_by(log.c.record, log.c.number)
    noted = _Noted({}, {})
    with connection.execution_options(yield_per=_AT_ONCE).execute(wanted) as rows:
        for record, entries in groupby(rows, key=lambda row: row.record):
            of_one: dict[int, str] = {}
            for row in entries:
                noted.records[record] = row.state
                if row.action in ("erased", "erased again", "purged"):
                    of_one.clear()
                elif row.digest:
                    of_one[row.revision] = row.digest
                if (row.digest and row.revision) or row.action == "amendment dropped":
                    of_one.pop(0, None)  # what is complete, or given up, leaves no draft
            noted.revisions.update({(record, number): sha256 for number, sha256 in of_one.items()})
    return noted


def _wrong_records(connection: Connection, noted: dict[str, str]) -> Iterator[str]:
    """Those that are not as it was noted, or are there and should not, or should and are not."""
    seen: set[str] = set()
    with connection.execution_options(yield_per=_AT_ONCE).execute(select(*OF_RECORD)) as rows:
        for row in rows:
            seen.add(row.id)
            if noted.get(row.id) != of_record(row):
                yield row.id
    yield from (id for id in noted if id not in seen)


def _wrong_revisions(connection: Connection, noted: dict[tuple[str, int], str]) -> Iterator[str]:
    """The records of such revisions."""
    seen: set[tuple[str, int]] = set()
    with connection.execution_options(yield_per=_AT_ONCE).execute(select(*OF_REVISION)) as rows:
        for row in rows:
            seen.add((row.record, row.number))
            if noted.get((row.record, row.number)) != of_revision(row):
                yield row.record
    yield from (record for record, number in noted if (record, number) not in seen)


def _keys(store: Store) -> Iterator[Problem]:
    """Every record has its key, and none that is erased has one.

    The two are read one after the other: what another desk makes or erases in between is no problem.
    """
    live, erased = _by_erased(store)
    keyed = keyed_ids(store)
    lacking = (live - keyed) and (live & _by_erased(store)[0]) - keyed
    help = "bring back the newest copy of the records' keys: `screener intake restore --record-keys FILE`"
    for id in sorted(lacking)[:_NAMED]:
        yield Problem("no-key", f"the key of the record `{spoken(id)}` is not here", help)
    back = "somebody put an old copy of the records' keys here; to drop it again, bring back the newest copy"
    for id in sorted(erased & keyed)[:_NAMED]:
        yield Problem("key-again", f"the key of the erased record `{spoken(id)}` is here again", back)


def _by_erased(store: Store) -> tuple[set[str], set[str]]:
    """The records that are there, and those of which only that is known."""
    with reading(store.records) as connection:
        rows = connection.execute(select(records.c.id, records.c.status)).all()
    erased = {row.id for row in rows if row.status == "erased"}
    return {row.id for row in rows if row.status not in ("erasing", "erased")}, erased


def _broken(message: str) -> ProblemsFound:
    help = "keep this store as it is, restore a backup into another folder, and find out who could write here"
    return ProblemsFound([Problem("log-broken", message, help)])
