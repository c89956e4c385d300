"""`screener intake init`: make a store and its keys."""

import os
from pathlib import Path
from typing import Annotated, Literal
from uuid import uuid4

import typer

from screener.cli import streams
from screener.cli.intake.making import known_store, make
from screener.cli.intake.options import Store
from screener.cli.intake.place import folder_of, key_in, needs_extra, typed_passphrase
from screener.ground.files import check_folder, is_there, make_folder, shown, write_whole
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.wrapping import Listing
from screener.records.keys.place import CARD, CONSENT, KEY_FILE, WRAPPED, KeyPlace, StorePlace

KeyOption = Annotated[
    Literal["keyring", "file", "passphrase"] | None,
    typer.Option("--key", help="Where the store's key is: the system's keyring where there is one, otherwise a file."),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help="The file with the key; one that is there already is used, as for a second desk.",
    ),
]

#: What is to be copied, and what the command for it ends in.
_BACKUPS = (
    (
        "The store's key, once, to a place where nobody else gets it. Without it nobody can read anything, and nobody "
        "can help.",
        " --what store-key",
    ),
    ("The records, every day. Keep these copies as long as you keep records.", ""),
    (
        "The records' keys, every day. Only the newest copy is kept: an older one could bring back who was erased.",
        " --what record-keys",
    ),
)


def init(store: Store = None, key: KeyOption = None, key_file: KeyFile = None) -> int:
    """Make a store for records, with its keys, and say what to back up."""
    needs_extra()
    folder = folder_of(store)
    if is_there(folder / CARD):
        help = "use it as it is, or name another folder with --store"
        raise ProblemsFound([Problem("store-exists", f"there is a store in `{shown(folder)}` already", help)])
    check_folder(folder)
    if key == "keyring" and key_file is not None:
        raise typer.BadParameter("--key-file can't be used with --key keyring.")
    address = os.environ.get("SCREENER_DATABASE_URL", "")
    place, master = _key(folder, key or ("file" if key_file else _best()), key_file, bool(address))
    place = place._replace(id=known_store(place, address) or place.id)
    keeps_key = place.key != "file" or not is_there(place.key_file)
    make_folder(folder)
    made = make(place, master, address, lambda: _keep_key(place, master) if keeps_key else None)
    streams.talk(_said(place, made))
    return 0


def _best() -> KeyPlace:
    from screener.records.keys.ring import has_ring

    return "keyring" if has_ring() else "file"


def _key(folder: Path, kind: KeyPlace, file: Path | None, server: bool) -> tuple[StorePlace, bytes]:
    """Where the key is to be, and the key: a new one, or the one that the file has. Raises ProblemsFound."""
    from screener.records.keys.sealing import new_key

    own = WRAPPED if kind == "passphrase" else KEY_FILE
    place = StorePlace(folder, str(uuid4()), kind, file.absolute() if file else folder / own, server)
    if kind != "file" or not is_there(place.key_file):
        return place, new_key()
    return place, key_in(place.key_file)


def _keep_key(place: StorePlace, master: bytes) -> None:
    """Put the key where it is to be. Raises ProblemsFound."""
    if place.key == "keyring":
        from screener.records.keys.ring import put_in_ring

        put_in_ring(place.id, master)
    elif place.key == "passphrase":
        from screener.records.keys.sealing import wrapped

        write_whole(place.key_file, (wrapped(master, _new_passphrase()).hex() + "\n").encode())
    else:
        write_whole(place.key_file, (master.hex() + "\n").encode())


def _new_passphrase() -> str:
    while True:
        first = typed_passphrase("A passphrase for the store, at least 12 characters: ")
        if len(first) < 12:
            streams.talk("That is too short.\n")
        elif typed_passphrase("The same again: ") == first:
            return first
        else:
            streams.talk("The two are not the same.\n")


def _said(place: StorePlace, made: bool) -> str:
    """Where everything is, what to back up, and what not."""
    page = Listing(streams.width(), 2)
    page.say("A store was made." if made else "This desk has joined the store of the server.")
    if place.server:
        page.say("The records are on the server.")
        page.say("Their keys are there too, in a schema of their own.")
    else:
        page.say(f"The records are in {shown(place.records)}.")
        page.say(f"Their keys are in {shown(place.record_keys)}.")
    key = "in the keyring of this system" if place.key == "keyring" else f"in {shown(place.key_file)}"
    page.say(f"The store's key is {key}{', and opens with the passphrase' if place.key == 'passphrase' else ''}.")
    page.title("What to back up:")
    for text, command in _BACKUPS:
        page.say(text, 0, "- ")
        page.say(f"screener intake backup DIR{command}", 2)
    page.blank()
    page.say("Don't copy the files of the store themselves: somebody may be writing.")
    page.blank()
    page.say(f"To have people agree to a text of your own, put it into {shown(place.folder / CONSENT)}.")
    page.say("Next: screener intake new")
    return page.text()
