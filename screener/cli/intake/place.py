"""Where the store is, and its key: folders, key files, the environment, and a passphrase that is typed."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from screener.cli import streams
from screener.ground import stopping
from screener.ground.files import is_there, read_secret, read_text, shown
from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.place import CARD, CONSENT, StorePlace, read_card

#: Names the pipe through which a desk hands the key down to the program that asks one person.
KEY_HANDED_DOWN = "SCREENER_KEY_DESCRIPTOR"
_KEY_BYTES = 32
#: What a clinic that has no text of its own asks people to agree to.
_CONSENT = """\
May we keep your answers?

We would like to keep what you answer here, under a number and without your name, for the professional who sees you.

Only the people who work here can read it. You can have it erased at any time.

If you do not agree, nothing is kept, and you can talk about everything in person.
"""


def folder_of(named: Path | None) -> Path:
    """The folder of the store: as named, or one among the user's data."""
    if named is not None:
        return named
    from platformdirs import user_data_path

    return user_data_path("screener", appauthor=False) / "intake"


def find_place(named: Path | None) -> StorePlace:
    """What the card of the store tells. Raises ProblemsFound if there is no store."""
    needs_extra()
    folder = folder_of(named)
    card = folder / CARD
    if not is_there(card):
        help = "make one with `screener intake init`, or name another folder with --store"
        raise ProblemsFound([Problem("no-store", f"there is no store in `{shown(folder)}`", help)])
    return read_card(read_text(card), folder, shown(card))


def needs_extra() -> None:
    """Raise ProblemsFound if the packages for records are not here."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("sqlcipher3", "sqlalchemy", "alembic", "cryptography", "keyring")):
        help = "install them with: pip install 'screener[intake]'"
        raise ProblemsFound([Problem("no-records", "records need packages that are not installed", help)])


def server_address(place: StorePlace) -> str:
    """The address of the server that has the records. Raises ProblemsFound if it is not given."""
    if address := os.environ.get("SCREENER_DATABASE_URL", ""):
        return address
    help = "set SCREENER_DATABASE_URL to its address"
    raise ProblemsFound([Problem("bad-address", "the records of this store are on a server", help)])


def key_giver(place: StorePlace) -> Callable[[], bytes]:
    """What gives the store's key. A passphrase is asked for now, as only now somebody types. Raises ProblemsFound."""
    if (handed := os.environ.get(KEY_HANDED_DOWN)) is not None:
        key = _handed_down(int(handed))
        return lambda: key
    if place.key == "keyring":
        return lambda: _from_ring(place)
    if place.key == "file":
        key = key_in(place.key_file)
        return lambda: key
    sealed = _in_hex(read_secret(place.key_file).strip(), None, place.key_file)
    passphrase = typed_passphrase("Passphrase: ")
    return lambda: _unwrapped(sealed, passphrase)


def typed_passphrase(prompt: str) -> str:
    """What is typed, without showing it. Raises ProblemsFound where nobody can type."""
    if not streams.person_at_keys():
        help = "run it in a terminal, or keep the key in a file or the keyring"
        raise ProblemsFound([Problem("no-key", "the passphrase of the store can only be typed at a terminal", help)])
    from getpass import getpass

    with stopping.typing_given_back(sys.stdin.fileno()):
        return getpass(prompt)


def consent_text(place: StorePlace) -> str:
    """What people agree to here: the clinic's own text, if the folder has one."""
    own = place.folder / CONSENT
    return read_text(own).strip() + "\n" if is_there(own) else _CONSENT


def _handed_down(descriptor: int) -> bytes:
    """The key that the desk which started this program wrote into a pipe, for one reading."""
    key = os.read(descriptor, _KEY_BYTES)
    os.close(descriptor)
    return key


def key_in(file: Path) -> bytes:
    """The store's key, from a file that only its owner may read. Raises ProblemsFound."""
    return _in_hex(read_secret(file).strip(), _KEY_BYTES, file)


def _from_ring(place: StorePlace) -> bytes:
    from screener.records.keys.ring import from_ring

    return from_ring(place.id)


def _in_hex(text: str, size: int | None, file: Path) -> bytes:
    try:
        data = bytes.fromhex(text)
    except ValueError:
        data = b""
    if not data or (size is not None and len(data) != size):
        help = "bring it back from where you keep a copy"
        raise ProblemsFound([Problem("no-key", f"`{shown(file)}` holds no key", help)])
    return data


def _unwrapped(sealed: bytes, passphrase: str) -> bytes:
    from screener.records.keys.sealing import Unreadable, unwrapped

    try:
        return unwrapped(sealed, passphrase)
    except Unreadable:
        raise ProblemsFound([Problem("no-key", "this is not the passphrase of the store", "try again")]) from None
