"""Copies are made while others work, are looked at, and bring back what they have, but nobody who was erased."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select, update
from stores import (
    KEY,
    NEXT,
    Room,
    begun,
    by,
    completed,
    done,
    everything,
    ids,
    log,
    many,
    only,
    refused,
    rows,
    said,
)

from screener.records.backing_up import Part, back_up, bring_back, checkpoint_of_copy, store_of_copy
from screener.records.erasing import erase
from screener.records.finding import Sought, everyone, hold_of, page, resolve, revision
from screener.records.store import tables
from screener.records.store.opening import Store, close, open_embedded, reading, writing
from screener.records.verifying import verified
from screener.records.writing import complete, hold_record, keep

PARTS: list[Part] = ["records", "record-keys"]


def copied(store: Store, folder: Path, part: Part = "records", name: str = "") -> Path:
    """A copy in a file of its own."""
    folder.mkdir(exist_ok=True)
    file = folder / (name or f"{part}.db")
    back_up(store, by(500), part, file)
    return file


def notes(store: Store) -> list[Any]:
    """What everybody said last, oldest first."""
    return [one.content.answers["note"] for one in everyone(store, Sought())]


def test_a_copy_brings_everything_back(room: Room, tmp_path: Path) -> None:
    """Records that were changed, or begun, since are as they were; the log says that a copy was brought back."""
    store = room.make()
    one, two = many(store, ["A", "B"])
    open_one = begun(store, "C", by(9))
    records = copied(store, tmp_path / "copies")
    before = page(store, Sought(), 10)
    complete(store, by(20), one, said(note="later"), done("doctor-first", NEXT, "amended"))
    completed(store, "D", by(30))

    assert bring_back(store, by(600), "records", records) == 0

    assert page(store, Sought(), 10) == before
    assert notes(store) == ["only A said this", "only B said this"]
    assert revision(store, hold_of(store, resolve(store, open_one.record)), 0) == said(itch="yes")
    assert log(store)[-1].action == "restored records"
    assert log(store)[-2].action == "backed up records"
    verified(room.open())
    complete(store, by(700), hold_of(store, resolve(store, two.record)), said(note="x"), done(action="amended"))
    verified(store)


@pytest.mark.parametrize("part", PARTS)
def test_a_copy_is_one_file_that_opens_with_the_key_only(room: Room, tmp_path: Path, part: Part) -> None:
    """Nothing lies beside it, nothing in it is readable, and how much there is is said."""
    store = room.make()
    many(store, ["REF-A", "REF-B"])

    assert back_up(store, by(5), part, tmp_path / "copy.db") == 2

    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy.db"]
    data = (tmp_path / "copy.db").read_bytes()
    assert not any(word in data for word in (b"REF-A", b"only", b"SQLite", b"consult"))


def test_a_copy_says_of_which_store_it_is(room: Room, tmp_path: Path) -> None:
    """And how long its log was, so that a checkpoint on paper can be compared with it."""
    store = room.make()
    completed(store)
    file = copied(store, tmp_path)
    now = verified(store)
    completed(store)

    assert store_of_copy(file, KEY) == store.id
    assert checkpoint_of_copy(store, file) == now
    assert refused(lambda: store_of_copy(file, bytes(32))).code == "store-closed"


def test_a_copy_can_lie_where_nothing_may_be_written(room: Room, tmp_path: Path) -> None:
    """On a medium that can only be read, it is brought back from all the same."""
    store = room.make()
    many(store, ["A"])
    folder = tmp_path / "medium"
    copied(store, folder)
    copied(store, folder, "record-keys")
    completed(store, "B")

    with only_readable(folder):
        assert bring_back(store, by(9), "record-keys", folder / "record-keys.db") == 0
        assert bring_back(store, by(9), "records", folder / "records.db") == 0
    assert notes(store) == ["only A said this"]


class only_readable:
    """A folder that can only be read: root needs a file system for that."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        if os.geteuid():
            self.folder.chmod(0o500)
            return
        done = [subprocess.run(["mount", *how, str(self.folder)], check=False) for how in self._hows()]
        if any(one.returncode for one in done):
            pytest.skip("nothing can be mounted here")

    def _hows(self) -> list[list[str]]:
        return [["--bind", str(self.folder)], ["-o", "remount,bind,ro"]]

    def __exit__(self, *_: object) -> None:
        if os.geteuid():
            self.folder.chmod(0o700)
        else:
            subprocess.run(["umount", str(self.folder)], check=True)


def test_a_copy_stays_as_it_is(room: Room, tmp_path: Path) -> None:
    """However often it is opened and brought back."""
    store = room.make()
    (hold,) = many(store, ["A"])
    files = [copied(store, tmp_path / "copies", part) for part in PARTS]
    before = [file.read_bytes() for file in files]
    erase(store, by(5), [hold.record], "erased")

    for _ in range(2):
        for part, file in zip(PARTS, files, strict=True):
            bring_back(store, by(6), part, file)

    assert [file.read_bytes() for file in files] == before
    assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == ["record-keys.db", "records.db"]


def test_a_copy_is_made_while_others_write(room: Room, tmp_path: Path) -> None:
    """It holds together: each record is in it as it was at one moment."""
    store, other = room.make(), room.open()
    hold, stop, failed = begun(store), Event(), []

    def write() -> None:
        try:
            written, number = hold, 0
            while not stop.is_set():
                number += 1
                written = keep(other, by(number), written, said(n=number))
        except Exception as error:
            failed.append(error)

    thread = Thread(target=write)
    thread.start()
    try:
        files = [copied(store, tmp_path / "copies", name=f"{turn}.db") for turn in range(3)]
        sizes = [checkpoint_of_copy(store, file).size for file in files]
    finally:
        stop.set()
        thread.join()

    assert failed == []
    assert sizes == sorted(set(sizes))
    now = verified(store)
    for file in files:
        assert verified(store, checkpoint_of_copy(store, file)) == now


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "kind", ["text", "empty", "noise", "sqlite", "cut off", "flipped", "other part", "folder", "none"]
)
def test_what_is_no_good_copy_is_refused(room: Room, tmp_path: Path, part: Part, kind: str) -> None:
    """A text, nothing, another database, a damaged copy, one of the other part: nothing is changed."""
    store = room.make()
    many(store, ["A", "B"])
    good = copied(store, tmp_path / "copies", part)
    wrong = tmp_path / "copies" / "wrong.db"
    spoil(kind, good, wrong, copied(store, tmp_path / "copies", "record-keys" if part == "records" else "records"))
    before = everything(store)

    problem = refused(lambda: bring_back(store, by(9), part, wrong))

    assert problem.code in ("store-closed", "store-damaged", "not-found", "store-gone")
    assert everything(store) == before
    assert sorted(path.name for path in wrong.parent.glob("wrong.db-*")) == []


def spoil(kind: str, good: Path, wrong: Path, other: Path) -> None:
    """Make a file that is no good copy."""
    data = good.read_bytes()
    middle = len(data) // 2
    made: dict[str, bytes] = {
        "text": b"no copy\n",
        "empty": b"",
        "noise": os.urandom(8192),
        "cut off": data[:-4096],
        "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "other part": other.read_bytes(),
    }
    if kind in made:
        wrong.write_bytes(made[kind])
    elif kind == "folder":
        wrong.mkdir()
    elif kind == "sqlite":
        connection = sqlite3.connect(wrong)
        connection.execute("CREATE TABLE store (id TEXT)")
        connection.close()


@pytest.mark.parametrize("key", [KEY, bytes(32)], ids=["same key", "another key"])
def test_the_copy_of_another_store_is_refused(room: Room, tmp_path: Path, key: bytes) -> None:
    """Even where both have one key."""
    store = room.make()
    completed(store)
    elsewhere = Room(tmp_path / "elsewhere")
    other = elsewhere.make("9a1cf1f3-76d6-4ffd-8a0c-0a3b6a4b0e01", key)
    completed(other, "Z")
    file = copied(other, tmp_path / "copies")
    before = everything(store)

    assert refused(lambda: bring_back(store, by(9), "records", file)).code in ("not-a-store", "store-closed")
    assert everything(store) == before
    elsewhere.close()


def test_a_copy_that_was_changed_is_refused(room: Room, tmp_path: Path) -> None:
    """Whoever has the key and another program changes a copy: its log does not hold together with its records."""
    store = room.make()
    many(store, ["A"])
    records, keys = copied(store, tmp_path / "copies"), copied(store, tmp_path / "copies", "record-keys")
    opened = open_embedded(records, keys, store.id, KEY)
    with writing(opened.records) as connection:
        connection.execute(update(tables.records).values(step="nothing to do"))
    with writing(opened.keys) as connection:
        connection.execute(update(tables.record_keys).values(sealed_key=bytes(60)))
    close(opened)
    before = everything(store)

    for part, file in zip(PARTS, (records, keys), strict=True):
        assert refused(partial(bring_back, store, by(9), part, file)).code == "record-changed"
    assert everything(store) == before


def test_keys_that_were_made_since_stay(room: Room, tmp_path: Path) -> None:
    """An older copy of the keys adds to what is here; records that are newer than it are still read."""
    store = room.make()
    first, second = many(store, ["A", "B"])
    file = copied(store, tmp_path / "copies", "record-keys")
    completed(store, "C", by(9), said(note="only C said this"))
    with writing(store.keys) as connection:
        connection.execute(tables.record_keys.delete().where(tables.record_keys.c.record == first.record))
        connection.execute(
            update(tables.record_keys).where(tables.record_keys.c.record == second.record).values(sealed_key=b"")
        )

    assert bring_back(store, by(10), "record-keys", file) == 0

    assert notes(store) == ["only A said this", "only B said this", "only C said this"]
    assert log(store)[-1].action == "restored record-keys"
    verified(store)


def test_whoever_is_in_the_middle_of_a_record_does_not_write_over_what_was_brought_back(
    room: Room, tmp_path: Path
) -> None:
    """The record may be as far as the other desk believes, and be another all the same."""
    store, other = room.make(), room.open()
    hold = begun(store, content=said(note="before the copy"))
    file = copied(store, tmp_path / "copies")
    stale = keep(other, by(1), hold, said(note="after the copy"))
    bring_back(store, by(2), "records", file)
    taken = hold_record(store, by(3, "ben"), hold_of(store, only(store)), takes_over=False)
    keep(store, by(4, "ben"), taken, said(note="after it was brought back"))

    for known in (hold, stale):
        assert refused(partial(keep, other, by(5), known, said(note="lost?"))).code == "overtaken"
        assert refused(partial(complete, other, by(5), known, said(), done())).code == "overtaken"
    assert rows(store) == [(hold.record, 0)]
    verified(store)


def test_a_store_can_move_to_a_server_and_back(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """By its copies: everything is the same there, and the same again at home."""
    at_home, there, again = (Room(tmp_path / name) for name in ("home", "there", "again"))
    there.url = request.getfixturevalue("postgres").database()
    store = at_home.make()
    one, two, three = many(store, ["A", "Ä", "🧴"])
    keep(store, by(9), two, said(note="draft"))
    erase(store, by(10), [three.record], "erased")
    expected = page(store, Sought(), 10)

    for number, room in enumerate((there, again)):
        folder = tmp_path / f"copies{number}"
        files = {part: copied(store, folder, part) for part in PARTS}
        moved = room.make()
        assert [bring_back(moved, by(600), part, files[part]) for part in reversed(PARTS)] == [0, 0]
        assert page(moved, Sought(), 10) == expected
        assert notes(moved) == ["only A said this", "only Ä said this"]
        verified(room.open())
        store = moved
    assert ids(page(store, Sought(reference="a"), 10).records) == [one.record]
    for room in (at_home, there, again):
        room.close()


def test_a_copy_onto_a_full_disk_is_told(files: Room, small_disk: Path) -> None:
    """The store itself is as it was, and the copy is made once there is room."""
    store = files.make()
    completed(store, content=said(note=os.urandom(400_000).hex()))

    assert refused(lambda: back_up(store, by(1), "records", small_disk / "copy.db")).code == "store-full"
    verified(store)
    assert sorted(path.name for path in small_disk.iterdir()) in ([], ["copy.db"])


def test_a_store_on_a_full_disk_is_told(small_disk: Path) -> None:
    """What was kept before is as it was, can still be read, and goes on once there is room."""
    room = Room(small_disk / "store")
    store = room.make()
    hold = begun(store, content=said(note="kept"))
    filler = small_disk / "filler"
    with suppress(OSError):
        filler.write_bytes(bytes(10_000_000))

    for work in (
        lambda: keep(store, by(1), hold, said(note=os.urandom(9000).hex())),
        lambda: completed(store, "B"),
        lambda: erase(store, by(1), [hold.record], "erased"),
    ):
        assert refused(work).code == "store-full"
    assert revision(store, hold, 0) == said(note="kept")
    verified(store)

    filler.unlink()
    keep(store, by(2), hold, said(note="more"))
    assert verified(room.open()).size == 2
    room.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    """A disk with little room; making one takes root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = shutil.which("mount") and not os.geteuid()
    if not made or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", folder], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_locked_store_is_told(room: Room) -> None:
    """Somebody who writes and does not come to an end is waited for, and then told; what was there is as it was."""
    store, other = room.make(), room.open()
    hold = begun(store)
    impatient(store)
    with writing(other.records) as connection:
        connection.execute(update(tables.head).values(size=1))
        assert refused(lambda: keep(store, by(1), hold, said(note="x"))).code == "store-busy"
        assert ids(page(store, Sought(), 10).records) == [hold.record]
    keep(store, by(2), hold, said(note="y"))
    verified(store)


def impatient(store: Store) -> None:
    """Let this desk wait for a moment only."""
    sentence = "SET lock_timeout = 200" if store.is_server else "PRAGMA busy_timeout = 200"
    with reading(store.records) as connection:
        connection.exec_driver_sql(sentence)


def test_a_store_that_can_only_be_read_is_told(files: Room) -> None:
    """Nothing is changed, and what is there can be listed."""
    store = files.make()
    hold = completed(store)
    with reading(store.records) as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    works: list[Callable[[], object]] = [
        lambda: keep(store, by(1), hold, said()),
        lambda: hold_record(store, by(1), hold, takes_over=False),
        lambda: erase(store, by(1), [hold.record], "erased"),
    ]
    for work in works:
        assert refused(work).code == "store-read-only"
    assert ids(page(store, Sought(), 10).records) == [hold.record]


def test_an_audit_beside_a_desk_that_writes_raises_no_alarm(room: Room) -> None:
    """The log, the records and their keys are looked at as of one moment."""
    store, other = room.make(), room.open()
    stop, failed = Event(), []

    def write() -> None:
        try:
            number = 0
            while not stop.is_set():
                number += 1
                hold = completed(other, f"R{number}", by(number))
                if number % 3 == 0:
                    erase(other, by(number), [hold.record], "erased")
        except Exception as error:
            failed.append(error)

    thread = Thread(target=write)
    thread.start()
    try:
        sizes = [verified(store).size for _ in range(40)]
    finally:
        stop.set()
        thread.join()
    assert failed == []
    assert sizes == sorted(sizes)
    with reading(store.records) as connection:
        assert connection.execute(select(tables.records.c.id)).first() is not None
