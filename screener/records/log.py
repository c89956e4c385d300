"""The log: who did what when. Each entry is chained to the one before by a mark that needs the store's key.

It holds no answers and no references, only the SHA-256 of rows in which they are sealed, so it still holds together
after a record is erased. What it shows, and what it can't, stands in README under "What the log shows".
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from screener.records.ids import ALPHABET, in_letters
from screener.records.keys.sealing import marked
from screener.records.noted import record_now
from screener.records.record import By
from screener.records.store.tables import head, log
from screener.records.times import as_micros

#: How much of a mark is written down on paper: 125 bits, which nobody can meet by trying.
_ROOT_LETTERS, _GROUP = 25, 5
#: No log has more entries than this has digits.
_SIZE_DIGITS = 15


class LogEntry(NamedTuple):
    """One thing that was done.

    `at` is in microseconds since 1970; `digest` is of the revision that was written, if one was, and `state` of the
    record as it was then.
    """

    number: int
    at: int
    staff: str
    action: str
    record: str
    revision: int
    digest: str
    state: str


class Did(NamedTuple):
    """What was done: to which record, to which revision of it, and what is noted of that, if it was written."""

    action: str
    record: str = ""
    revision: int = 0
    digest: str = ""


class Checkpoint(NamedTuple):
    """How many entries the log has, and what they come to; on paper it shows later that none of them was changed."""

    size: int
    root: str

    def __str__(self) -> str:
        """As it is printed and typed: `1204-k7m3q-92qxt-…`."""
        groups = [self.root[at : at + _GROUP] for at in range(0, len(self.root), _GROUP)]
        return "-".join([str(self.size), *groups])


def read_checkpoint(typed: str) -> Checkpoint | None:
    """The checkpoint that was typed, or None if it is none."""
    size, *groups = typed.lower().replace("-", " ").split() or [""]
    root = "".join(groups).translate(str.maketrans("oil", "011"))
    if not (size.isascii() and size.isdigit() and len(size) <= _SIZE_DIGITS):
        return None
    if len(root) != _ROOT_LETTERS or not set(root) <= set(ALPHABET):
        return None
    return Checkpoint(int(size), root)


def checkpoint_of(size: int, mark: bytes) -> Checkpoint:
    """The checkpoint after so many entries, of which the last has this mark."""
    return Checkpoint(size, in_letters(mark)[:_ROOT_LETTERS] if size else ALPHABET[0] * _ROOT_LETTERS)


def append(connection: Connection, secret: bytes, by: By, did: Did) -> None:
    """Add an entry, in the transaction of what it tells of."""
    size, mark = connection.execute(select(head.c.size, head.c.mark).with_for_update()).one()
    entry = LogEntry(size + 1, as_micros(by.at), by.staff, *did, record_now(connection, did.record))
    mark = mark_of(secret, entry, mark)
    connection.execute(insert(log).values(**entry._asdict(), mark=mark))
    connection.execute(update(head).values(size=entry.number, mark=mark))


def mark_of(secret: bytes, entry: LogEntry, before: bytes) -> bytes:
    """What chains an entry to the one before: the same bytes for the same entry, on every system."""
    return marked(secret, json.dumps([*entry, before.hex()], separators=(",", ":")).encode("ascii"))


#: So many entries are looked through for one that was written a moment ago.
_RECENT = 10_000


def landed(connection: Connection, by: By, record: str) -> LogEntry | None:
    """What somebody wrote at this very moment, though nobody heard that it was written; of any record if none is named.

    A connection that breaks while something is written leaves open whether it was.
    """
    columns = [log.c[name] for name in LogEntry._fields]
    recent = select(head.c.size - _RECENT).scalar_subquery()
    wanted = select(*columns).where(log.c.number > recent, log.c.at == as_micros(by.at), log.c.staff == by.staff)
    row = connection.execute(
        wanted.where(log.c.record == record) if record else wanted.where(log.c.record != "")
    ).first()
    return LogEntry(*row) if row else None


def last_time(connection: Connection) -> int:
    """When the last thing was done, in microseconds since 1970; 0 if nothing was."""
    newest = select(log.c.at).order_by(log.c.number.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none() or 0


def checkpoint(connection: Connection) -> Checkpoint:
    """The checkpoint as of now."""
    return checkpoint_of(*connection.execute(select(head.c.size, head.c.mark)).one())


def entries(connection: Connection, record: str = "") -> Iterator[LogEntry]:
    """The entries, oldest first: all, or those of one record."""
    columns = [log.c[name] for name in LogEntry._fields]
    wanted = select(*columns).order_by(log.c.number)
    wanted = wanted.where(log.c.record == record) if record else wanted
    with connection.execution_options(yield_per=1000).execute(wanted) as rows:
        yield from (LogEntry(*row) for row in rows)
