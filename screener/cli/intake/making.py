"""Making a store in a folder, whole or not at all: its key first, then its tables, and its card last."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from screener.ground.files import forget, is_there, write_whole
from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.place import CARD, StorePlace, as_card


def known_store(place: StorePlace, address: str) -> str | None:
    """The id of the store that the server has already, if there is a server and it has one.

    Raises ProblemsFound if this desk does not have its key.
    """
    from screener.records.store.opening import store_on_server

    there = store_on_server(address) if address else None
    if there is not None and (place.key != "file" or not is_there(place.key_file)):
        help = "copy the key file of the first desk here, and name it with --key-file"
        raise ProblemsFound([Problem("no-key", "the database holds a store already, and it has its own key", help)])
    return there


def make(place: StorePlace, master: bytes, address: str, keep_key: Callable[[], None]) -> bool:
    """Make the store, or join the one of the server; whether it was made. Raises ProblemsFound, and leaves nothing."""
    from screener.records.store.opening import make_embedded, make_on_server, open_on_server
    from screener.records.times import as_micros

    if not address and (is_there(place.records) or is_there(place.record_keys)):
        raise _there()
    now, made = as_micros(datetime.now().astimezone()), True
    with ExitStack() as undone:
        had_key = is_there(place.key_file)
        keep_key()
        if not had_key:
            undone.callback(forget, place.key_file)
        if not address:
            _claim(place, undone)
            make_embedded(place.records, place.record_keys, place.id, master, now)
        elif known_store(place, address):
            open_on_server(address, place.id, master)
            made = False
        else:
            make_on_server(address, place.id, master, now)
        write_whole(place.folder / CARD, as_card(place).encode())
        undone.pop_all()
    return made


def _claim(place: StorePlace, undone: ExitStack) -> None:
    """Have both files before anything is put into them: of two who make a store here at once, one is refused."""
    for file in (place.records, place.record_keys):
        try:
            write_whole(file, b"")
        except ProblemsFound:
            if not is_there(file):
                raise
            raise _there() from None
        undone.callback(forget, *_files(file))


def _there() -> ProblemsFound:
    help = "name another folder with --store, or bring back its store.json"
    return ProblemsFound([Problem("store-exists", "there are records here already", help)])


def _files(database: Path) -> list[Path]:
    return [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
