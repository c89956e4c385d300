"""A new folder for a store of which only copies are left."""

import os
from pathlib import Path

from screener.cli.intake.making import make
from screener.cli.intake.place import key_in
from screener.ground.files import check_folder, make_folder, write_whole
from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.place import KEY_FILE, StorePlace


def rebuild(folder: Path, records: Path | None, record_keys: Path | None, key_file: Path | None) -> None:
    """Make an empty store with the key, as which the copy of the records names itself. Raises ProblemsFound."""
    from screener.records.backing_up import store_of_copy

    if records is None or record_keys is None or key_file is None:
        help = "name the copy of the records, --record-keys and --key-file; or another folder with --store"
        raise ProblemsFound([Problem("no-store", "there is no store here, and a new one needs all three copies", help)])
    check_folder(folder)
    key = key_in(key_file)
    address = os.environ.get("SCREENER_DATABASE_URL", "")
    place = StorePlace(folder, store_of_copy(records, key), "file", folder / KEY_FILE, bool(address))
    make_folder(folder)
    make(place, key, address, lambda: write_whole(place.key_file, (key.hex() + "\n").encode()))
