"""Erasing a record: what was said, the reference, and the key, so that no copy of the records has them any more.

First the records let go of it, together with the entry in the log; then the key goes; then the files are overwritten.
Whatever stops this half way, the next who opens the store finishes it.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update

from screener.records.finding import Sought, page
from screener.records.log import Did, append
from screener.records.record import By, IntakeRecord
from screener.records.record_keys import drop_keys
from screener.records.store.opening import Store, folded, reading
from screener.records.store.tables import records, revisions
from screener.records.writing import recorded

#: Of both nothing is shown; of the first, a part of a file may not be overwritten yet.
ERASED = ("erasing", "erased")
_NOTHING = {"step": "", **dict.fromkeys(("sealed_reference", "lookup", "holder", "held_since", "held_until"))}
_AT_ONCE = 500


def erase(store: Store, by: By, ids: Iterable[str], action: str) -> bool:
    """Erase these records; whether nothing of them is left, also in what waits beside the files.

    Raises ProblemsFound.
    """
    with recorded(store) as connection:
        let_go_of(store, by, connection, ids, action)
    return finish_erasing(store)


def let_go_of(store: Store, by: By, connection: Connection, ids: Iterable[str], action: str) -> None:
    """Take these records out of the tables. What is left of them goes with `finish_erasing`."""
    for id in ids:
        connection.execute(delete(revisions).where(revisions.c.record == id))
        left = {"status": "erasing", "turn": records.c.turn + 1, **_NOTHING}
        connection.execute(update(records).where(records.c.id == id).values(left))
        append(connection, store.secrets.log, by, Did(action, id))


def finish_erasing(store: Store) -> bool:
    """Go to the end with every record that is being erased; whether nothing of any is left."""
    being = select(records.c.id).where(records.c.status == "erasing")
    with reading(store.records) as connection:
        ids = list(connection.execute(being).scalars())
    if not ids:
        return True
    drop_keys(store, ids)
    if not folded(store):
        return False
    with recorded(store) as connection:
        for at in range(0, len(ids), _AT_ONCE):
            part = records.c.id.in_(ids[at : at + _AT_ONCE])
            connection.execute(update(records).where(part).values(status="erased"))
    return True


def older(store: Store, sought: Sought) -> tuple[IntakeRecord, ...]:
    """The records that are sought and not erased yet, for `purge`."""
    found: list[IntakeRecord] = []
    after = ""
    while True:
        some = page(store, sought, _AT_ONCE, after)
        found += [record for record in some.records if record.status not in ERASED]
        after = some.after
        if not after:
            return tuple(found)
