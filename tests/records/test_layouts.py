"""Stores of every released layout are brought to the newest by opening them, and lose nothing on the way."""

import json
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import kept_stores
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, text
from stores import NEXT, Room, by, completed, everything, log, refused

from screener.records.backing_up import back_up, bring_back
from screener.records.finding import Sought, hold_of, page, resolve, revision
from screener.records.store import tables
from screener.records.store.opening import KEY_LAYOUTS, RECORD_LAYOUTS, Store, reading, writing
from screener.records.verifying import verified

KEPT = kept_stores.kept()
SIDES: dict[str, tuple[tuple[str, ...], MetaData]] = {
    "records": (RECORD_LAYOUTS, tables.records_side),
    "record_keys": (KEY_LAYOUTS, tables.keys_side),
}


@pytest.mark.parametrize("side", SIDES)
def test_the_steps_lead_to_the_newest_layout(side: str) -> None:
    """One line of steps, none left out; and there is no way back, on which something could be lost."""
    script = ScriptDirectory.from_config(kept_stores.steps(side))

    assert tuple(kept_stores.layouts(side)) == SIDES[side][0]
    assert script.get_heads() == [SIDES[side][0][-1]]
    assert not any(hasattr(step.module, "downgrade") for step in script.walk_revisions())


def test_every_layout_is_kept() -> None:
    """For each layout there is a store in the cases that is laid out so."""
    for side, (known, _) in SIDES.items():
        assert {one.layouts[side] for one in KEPT.values()} == set(known)


def differences(store: Store) -> list[Any]:
    """What the tables have otherwise than the code says."""
    found: list[Any] = []
    for engine, (_, said_to_be) in zip((store.records, store.keys), SIDES.values(), strict=True):
        with reading(engine) as connection:
            found += compare_metadata(MigrationContext.configure(connection), said_to_be)
            found += [row for (row,) in connection.execute(text("SELECT version_num FROM alembic_version"))]
    return found


def test_a_new_store_is_as_the_code_says(store: Store) -> None:
    """The steps from nothing make just those tables, columns and indexes."""
    assert differences(store) == [RECORD_LAYOUTS[-1], KEY_LAYOUTS[-1]]


@pytest.mark.parametrize("name", KEPT)
def test_an_older_store_is_brought_up_to_date(room: Room, name: str) -> None:
    """By opening it; its records are read as before, its log holds together, and work goes on."""
    kept_stores.make(room, KEPT[name])
    store = room.open()

    assert differences(store) == [RECORD_LAYOUTS[-1], KEY_LAYOUTS[-1]]
    as_it_was_filled(store)
    completed(store, "new", by(60))
    assert verified(room.open()).size == len(log(store))


def as_it_was_filled(store: Store) -> None:
    """Somebody in each state, with what was kept of them."""
    listed = page(store, Sought(), 10).records
    assert [(one.reference, one.status, one.revision, one.step) for one in listed] == [
        ("", "erased", 1, ""),
        ("unfinished", "unfinished", 0, ""),
        ("amending", "amending", 1, "consult"),
        ("amended", "complete", 2, "doctor-first"),
        ("complete", "complete", 1, "consult"),
    ]
    first, second = kept_stores.FIRST, kept_stores.SECOND
    expected = {
        "unfinished": [first],
        "amending": [second, first],
        "amended": [None, first, second],
        "complete": [None, first],
    }
    for record in listed[1:]:
        hold = hold_of(store, resolve(store, record.id))
        numbers = range(record.revision + 1)
        assert [revision(store, hold, number) for number in numbers] == expected[record.reference]
    assert listed[3].edition == NEXT.sha256


@pytest.mark.parametrize("name", KEPT)
def test_an_older_copy_is_brought_back(room: Room, tmp_path: Path, name: str) -> None:
    """A copy that was made by an older version; it stays as it is."""
    store = room.make(KEPT[name].rows["records"]["store"][0]["id"])
    older = Room(tmp_path / "older")
    kept_stores.make(older, KEPT[name])
    before = older.records.read_bytes(), older.keys.read_bytes()

    bring_back(store, by(70), "record-keys", older.keys)
    bring_back(store, by(71), "records", older.records)

    as_it_was_filled(store)
    verified(store)
    assert (older.records.read_bytes(), older.keys.read_bytes()) == before


@pytest.mark.parametrize("name", KEPT)
def test_two_desks_bring_a_store_up_to_date_at_once(room: Room, name: str) -> None:
    """One does it, the other finds it done."""
    kept_stores.make(room, KEPT[name])
    opened: list[Store] = []
    threads = [Thread(target=lambda: opened.append(room.open())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 3
    as_it_was_filled(opened[0])


@pytest.mark.parametrize("side", SIDES)
def test_the_copy_of_a_newer_version_is_refused(files: Room, tmp_path: Path, side: str) -> None:
    """Nothing is changed, and it is said what to do."""
    store = files.make()
    completed(store)
    engine = store.records if side == "records" else store.keys
    part: Any = side.replace("_", "-")
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'x9999'"))
    with pytest.raises(Exception, match="newer"):
        back_up(store, by(1), part, tmp_path / "copy.db")
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": SIDES[side][0][-1]})
    before = everything(store)

    assert refused(partial(bring_back, store, by(2), part, tmp_path / "copy.db")).code == "store-newer"
    assert everything(store) == before


def test_a_kept_store_is_plain_to_read() -> None:
    """As JSON, so that a change to it shows."""
    for name in KEPT:
        json.loads((kept_stores.FOLDER / f"{name}.json").read_text("utf-8"))
