"""`screener intake backup`: a copy of the records, of their keys, or of the store's key."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from screener.cli import streams
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Staff, Store
from screener.cli.intake.place import find_place, key_giver
from screener.ground.files import check_folder, is_there, make_folder, replaced, shown, write_whole
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
        streams.talk(f"The store's key is in {shown(file)}. Whoever has it and the files reads everything.\n")
        return 0
    from screener.records.backing_up import back_up

    desk = open_desk(store, staff)
    now = datetime.now().astimezone()
    file = folder / (f"records-{now:%Y-%m-%d-%H%M%S}.db" if what == "records" else RECORD_KEYS)
    if what == "records" and is_there(file):
        raise ProblemsFound([Problem("not-writable", f"`{shown(file)}` exists already", "try again in a moment")])
    with replaced(file) as draft:
        count = back_up(desk.store, desk.by, what, draft)
    streams.talk(
        f"{count} {'records' if what == 'records' else 'keys'} are in {shown(file)}, and all were looked at.\n"
    )
    return 0
