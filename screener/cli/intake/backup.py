"""`screener intake backup`: a copy of the records, of their keys, or of the store's key."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from screener.cli.intake.copying import copy_keys, copy_part
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Staff, Store
from screener.cli.intake.place import find_place, key_giver
from screener.cli.start.saying import say
from screener.ground.files import check_folder, is_there, make_folder, shown, write_whole
from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.place import KEY_FILE, RECORD_KEYS

BackupFolder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder for the copy.")]
What = Annotated[
    Literal["records", "record-keys", "store-key"],
    typer.Option("--what", help="The records, their keys (the newest copy only is kept), or the store's key."),
]


def backup(folder: BackupFolder, what: What = "records", staff: Staff = None, store: Store = None) -> int:
    """Make a copy while others work, and look at all of it once it is there."""
    check_folder(folder)
    place = find_place(store)
    if folder.resolve() == place.folder.resolve():
        raise ProblemsFound(
            [Problem("not-writable", "a copy beside the store goes when the store does", "name another")]
        )
    make_folder(folder)
    if what == "store-key":
        file = folder / KEY_FILE
        write_whole(file, (key_giver(place)().hex() + "\n").encode())
        say(f"The store's key is in {shown(file)}. Whoever has it and the files reads everything.")
        return 0
    desk = open_desk(store, staff)
    if what == "record-keys":
        count = copy_keys(desk, place, folder / RECORD_KEYS)
        counted = "1 key is" if count == 1 else f"{count} keys are"
        say(f"{counted} in {shown(folder / RECORD_KEYS)}. The copy is made anew whenever somebody is erased.")
        return 0
    file = folder / f"records-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.db"
    if is_there(file):
        raise ProblemsFound([Problem("not-writable", f"`{shown(file)}` exists already", "try again in a moment")])
    count = copy_part(desk, "records", file)
    say(f"{count} {'record is' if count == 1 else 'records are'} in {shown(file)}, and all was looked at.")
    return 0
