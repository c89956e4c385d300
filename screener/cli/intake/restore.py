"""`screener intake restore`: bring back a copy, into a store that is there or into a new folder."""

from pathlib import Path
from typing import Annotated

import typer

from screener.cli.intake.agreeing import sure
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Staff, Store, Yes
from screener.cli.intake.place import folder_of, needs_extra
from screener.cli.start.saying import say
from screener.ground.files import is_there, shown
from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.place import CARD

CopyOf = Annotated[Path | None, typer.Argument(metavar="[RECORDS]", help="A copy of the records.")]
KeysCopy = Annotated[Path | None, typer.Option("--record-keys", metavar="FILE", help="A copy of the records' keys.")]
KeyCopy = Annotated[
    Path | None,
    typer.Option("--key-file", metavar="FILE", help="The store's key, for a folder that has no store."),
]


def restore(
    records: CopyOf = None,
    record_keys: KeysCopy = None,
    key_file: KeyCopy = None,
    yes: Yes = False,
    staff: Staff = None,
    store: Store = None,
) -> int:
    """Bring back the records, or their keys. Who was erased meanwhile stays erased."""
    needs_extra()
    if records is None and record_keys is None:
        raise typer.BadParameter("Name a copy of the records, or one of their keys with --record-keys.")
    for file in (records, record_keys, key_file):
        if file is not None and not is_there(file):
            raise ProblemsFound([Problem("not-found", f"there is no file `{shown(file)}`", "check the name")])
    folder = folder_of(store)
    if not is_there(folder / CARD):
        from screener.cli.intake.rebuilding import rebuild

        rebuild(folder, records, record_keys, key_file)
    elif key_file is not None:
        raise typer.BadParameter("--key-file is for a folder that has no store; this one has, with its key.")
    return _brought_back(records, record_keys, yes, staff, store)


def _brought_back(
    records: Path | None, record_keys: Path | None, yes: bool, staff: str | None, store: Path | None
) -> int:
    from screener.records.backing_up import bring_back

    desk = open_desk(store, staff)
    if not sure("What is in the store now will be replaced by the copy. Is that meant?", yes):
        return 0
    again = 0
    if record_keys is not None:
        again += bring_back(desk.store, desk.by, "record-keys", record_keys)
    if records is not None:
        again += bring_back(desk.store, desk.by, "records", records)
    one = " One record that was erased since then is erased again."
    erased = {0: "", 1: one}.get(again, f" {again} records that were erased since then are erased again.")
    say(f"The copy is in place, and holds together.{erased}")
    return 0
