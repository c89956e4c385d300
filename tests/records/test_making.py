"""A store is made once and whole, whoever else makes one there, and wherever it may not be."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
import servers
from sqlalchemy import text
from stores import ID, KEY, Room, completed, only, refused

from screener.cli.intake.making import make
from screener.cli.intake.place import find_place, key_in
from screener.ground.problems import ProblemsFound
from screener.records.keys.place import StorePlace
from screener.records.store.engines import on_server
from screener.records.store.opening import Store, make_on_server, open_embedded, open_on_server, store_on_server
from screener.records.verifying import verified

OTHER_ID = "9a1cf1f3-76d6-4ffd-8a0c-0a3b6a4b0e01"


def place(folder: Path, id: str = ID) -> StorePlace:
    """A folder for a store, whose key is in a file elsewhere."""
    folder.mkdir(exist_ok=True)
    return StorePlace(folder, id, "file", folder.parent / "key", False)


def written(folder: Path, key: bytes = KEY) -> None:
    """The key, as it is kept."""
    (folder / "key").write_text(key.hex() + "\n")
    (folder / "key").chmod(0o600)


def test_two_who_make_a_store_at_once_make_one(tmp_path: Path) -> None:
    """Who is slower is refused, and takes nothing away from who was quicker."""
    written(tmp_path)

    def meanwhile() -> None:
        assert make(place(tmp_path / "store"), KEY, "", lambda: None)

    assert refused(lambda: make(place(tmp_path / "store", OTHER_ID), KEY, "", meanwhile)).code == "store-exists"

    found = find_place(tmp_path / "store")
    store = open_embedded(found.records, found.record_keys, found.id, key_in(found.key_file))
    completed(store)
    verified(store)
    store.records.dispose()
    store.keys.dispose()


def test_a_store_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    """Where the key can't be kept, for one."""
    folder = tmp_path / "store"

    def fails() -> None:
        raise ProblemsFound([])

    with pytest.raises(ProblemsFound):
        make(place(folder), KEY, "", fails)
    assert list(folder.iterdir()) == []


def test_records_that_are_there_are_not_made_anew(tmp_path: Path) -> None:
    """Also where the card of the folder is lost."""
    written(tmp_path)
    make(place(tmp_path / "store"), KEY, "", lambda: None)
    (tmp_path / "store" / "store.json").unlink()
    before = {path.name: path.read_bytes() for path in (tmp_path / "store").iterdir()}

    assert refused(lambda: make(place(tmp_path / "store"), KEY, "", lambda: None)).code == "store-exists"
    assert {path.name: path.read_bytes() for path in (tmp_path / "store").iterdir()} == before


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    """From the first moment, whatever the system allows to others otherwise."""
    written(tmp_path)
    before = os.umask(0)
    try:
        make(place(tmp_path / "store"), KEY, "", lambda: None)
        found = find_place(tmp_path / "store")
        store = open_embedded(found.records, found.record_keys, found.id, KEY)
        completed(store)
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "store").iterdir()}
    finally:
        os.umask(before)
    store.records.dispose()
    store.keys.dispose()

    assert {"records.db", "records.db-wal", "record-keys.db", "record-keys.db-wal", "store.json"} <= modes.keys()
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(("files", "folder", "code"), [(0o000, 0o755, "store-gone"), (0o444, 0o555, "store-read-only")])
def test_a_store_that_is_somebody_elses_is_told(files: int, folder: int, code: str) -> None:
    """Files that this account may not read, or a folder where nothing may be written."""
    with tempfile.TemporaryDirectory(dir=tempfile.gettempdir()) as name:
        Path(name).chmod(0o755)
        room = Room(Path(name) / "store")
        store = room.make()
        completed(store)
        room.close()
        for file in (room.records, room.keys):
            file.chmod(files)
        room.folder.chmod(folder)
        try:
            with as_nobody():
                assert refused(room.open).code == code
        finally:
            room.folder.chmod(0o755)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read and write everything, so it is somebody else for a moment."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_several_who_make_a_store_on_a_server_make_one(postgres: servers.Postgres) -> None:
    """All at the same moment: one makes it, the others are told, and what was made is whole."""
    url, count = postgres.database(), 4
    ready, made, codes = Barrier(count), [], []

    def work(id: str) -> None:
        ready.wait()
        try:
            made.append(make_on_server(url, id, KEY, 0))
        except ProblemsFound as found:
            codes.append(found.problems[0].code)

    threads = [Thread(target=work, args=(f"{number}{ID[1:]}",)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == ["store-exists"] * (count - 1)
    (store,) = made
    assert store_on_server(url) == store.id
    completed(store)
    let_go(store, open_on_server(url, store.id, KEY))


def let_go(*opened: Store) -> None:
    """Let go of a store, after a look at it."""
    for store in opened:
        verified(store)
        assert only(store).reference == "A-1"
        store.records.dispose()
        store.keys.dispose()


def test_a_store_that_was_half_made_on_a_server_is_made(room: Room) -> None:
    """A stop between the two schemas: whoever makes it next does so to the end."""
    if room.url:
        engine = on_server(room.url, "screener_keys")
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA screener_keys"))
        engine.dispose()
    store = room.make()

    completed(store)
    verified(room.open())
