"""`screener intake init`: a store and its key are made, whole or not at all, and it is said what to back up."""

import os
from pathlib import Path

import pytest
from commands import file, without
from intakes import RULES, desk, intake
from terminals import CTRL_C, Terminal

#: A safe for passwords that keeps them in a file beside it, and is locked while there is a file `locked`.
RING = """\
import json
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

HERE = Path(__file__).parent


class Ring(KeyringBackend):
    priority = 1

    def set_password(self, service, username, password):
        self._kept()
        (HERE / "ring.json").write_text(json.dumps({username: password}))

    def get_password(self, service, username):
        return self._kept().get(username)

    def _kept(self):
        if (HERE / "locked").exists():
            raise KeyringLocked("the safe is locked")
        return json.loads((HERE / "ring.json").read_text()) if (HERE / "ring.json").exists() else {}
"""
PHRASE = "four words and more"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def ring(folder: Path) -> dict[str, str]:
    """An environment with that safe."""
    file(folder, RING, "ring.py")
    return {"PYTHONPATH": str(folder), "PYTHON_KEYRING_BACKEND": "ring.Ring"}


def with_phrase(folder: Path) -> Terminal:
    """A store that is made with a passphrase, which is asked for."""
    terminal = desk(folder / "store", "init", "--key", "passphrase")
    terminal.until("at least 12 characters:")
    return terminal


@pytest.mark.parametrize("width", [80, 40])
def test_it_says_where_everything_is_and_what_to_back_up(width: int, tmp_path: Path) -> None:
    """In lines that fit; the files are only for whoever made them."""
    code, out, said = intake(tmp_path / "store", "init", "--key", "file", COLUMNS=str(width))

    assert (code, out) == (0, "")
    assert max(map(len, said.splitlines())) <= width
    flat = "".join(said.split())
    for name in ("records.db", "record-keys.db", "store-key", "consent.txt"):
        assert str(tmp_path / "store" / name) in flat
    for what in ("", "--what store-key", "--what record-keys"):
        assert f"screener intake backup DIR {what}".strip() in " ".join(said.split())
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "store").iterdir()} == {0o600}
    assert (tmp_path / "store").stat().st_mode & 0o777 == 0o700


def test_a_second_time_is_refused(new_store: Path) -> None:
    """What is there stays as it is."""
    before = contents(new_store)
    code, out, said = intake(new_store, "init", "--key", "file")

    assert (code, out) == (1, "")
    assert said.startswith("error[store-exists] there is a store in `")
    assert contents(new_store) == before


def test_other_things_in_the_folder_stay(tmp_path: Path) -> None:
    """A folder that is in use can become a store; what lies in it is not touched."""
    (tmp_path / "store").mkdir()
    file(tmp_path / "store", "hello", "letter.txt")

    assert intake(tmp_path / "store", "init", "--key", "file")[0] == 0
    assert contents(tmp_path / "store")["letter.txt"] == b"hello"
    assert intake(tmp_path / "store", "list")[0] == 0


def test_records_without_their_card_are_not_written_over(new_store: Path) -> None:
    """Whoever lost the card alone loses nothing else."""
    (new_store / "store.json").unlink()
    before = contents(new_store)
    code, _, said = intake(new_store, "init", "--key", "file")

    assert code == 1
    assert "there are records here already" in said
    assert contents(new_store) == before


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """It is said, and the file stays."""
    file(tmp_path, "hello", "store")
    code, _, said = intake(tmp_path / "store", "init", "--key", "file")

    assert code == 1
    assert "it is not a folder" in said
    assert (tmp_path / "store").read_text("utf-8") == "hello"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """In one sentence, and nothing is left there."""
    (tmp_path / "store").mkdir(0o500)
    code, _, said = intake(tmp_path / "store", "init", "--key", "file")

    assert code == 1
    assert "the folder can't be written to" in said
    assert contents(tmp_path / "store") == {}


def test_a_key_file_of_ones_own_is_used(new_store: Path) -> None:
    """As for a second desk: the key that is there already; it is not copied into the folder."""
    key = file(new_store.parent, "ab" * 32 + "\n", "key")
    key.chmod(0o600)
    second = new_store.parent / "second"

    assert intake(second, "init", "--key-file", "key")[0] == 0
    assert key.read_text("utf-8") == "ab" * 32 + "\n"
    assert not (second / "store-key").exists()
    assert intake(second, "list")[0] == 0


def test_a_key_file_that_others_can_read_is_refused(new_store: Path) -> None:
    """Before anything is made, and whenever the store is opened; it is said what to type."""
    key = file(new_store.parent, "ab" * 32 + "\n", "key")
    key.chmod(0o644)
    code, _, said = intake(new_store.parent / "second", "init", "--key-file", "key")
    (new_store / "store-key").chmod(0o640)
    later, _, said_later = intake(new_store, "list")

    assert (code, later) == (1, 1)
    assert "other people of this computer can read `" in said
    assert not (new_store.parent / "second").exists()
    assert f"chmod 600 {new_store / 'store-key'}" in said_later


@pytest.mark.parametrize("text", ["", "ab" * 31, "zz" * 32, "no key at all"])
def test_a_file_that_holds_no_key_is_refused(text: str, tmp_path: Path) -> None:
    """It is never taken for a key, and never written over."""
    key = file(tmp_path, text, "key")
    key.chmod(0o600)
    code, _, said = intake(tmp_path / "store", "init", "--key-file", "key")

    assert code == 1
    assert "holds no key" in said
    assert key.read_text("utf-8") == text
    assert not (tmp_path / "store").exists()


def test_a_passphrase_is_typed_twice_and_long_enough(tmp_path: Path) -> None:
    """It is never on the screen; what is too short or not the same is asked again; later it is typed once."""
    terminal = with_phrase(tmp_path)
    terminal.type("short\r")
    terminal.until("That is too short.")
    terminal.type(PHRASE + "\r")
    terminal.until("The same again:")
    terminal.type(PHRASE.upper() + "\r")
    terminal.until("The two are not the same.")
    terminal.type(PHRASE + "\r")
    terminal.when(lambda: terminal.shown().count("The same again:") == 2)
    terminal.type(PHRASE + "\r")

    assert terminal.end() == 0
    assert PHRASE.lower() not in terminal.raw.lower()
    assert "and opens with the passphrase" in " ".join(terminal.shown().split())
    assert "records.db" in contents(tmp_path / "store")
    assert "store-key" not in contents(tmp_path / "store")
    for phrase, code, words in ((PHRASE, 0, "No records"), (PHRASE + "!", 1, "this is not the passphrase")):
        terminal = desk(tmp_path / "store", "list")
        terminal.until("Passphrase:")
        terminal.type(phrase + "\r")
        assert terminal.end() == code
        assert words in terminal.shown()


@pytest.mark.parametrize("key", [CTRL_C, "\x04"])
def test_who_leaves_while_a_passphrase_is_typed_sees_again_what_is_typed(key: str, tmp_path: Path) -> None:
    """Nothing was made, and the terminal is as it was."""
    terminal = desk(tmp_path / "store", "init", "--key", "passphrase")
    before = terminal.settings()
    terminal.until("at least 12 characters:")
    terminal.when(lambda: terminal.settings() != before)
    terminal.type(key)

    assert terminal.end() == 130
    assert terminal.settings_at_end == before
    assert "Stopped. Nothing was stored." in terminal.shown()
    assert not (tmp_path / "store" / "store.json").exists()


def test_a_passphrase_needs_somebody_who_types(tmp_path: Path) -> None:
    """A program is told so, and nothing is left half made."""
    code, _, said = intake(tmp_path / "store", "init", "--key", "passphrase", typed=PHRASE + "\n")

    assert code == 1
    assert "can only be typed at a terminal" in said
    assert contents(tmp_path / "store") == {}


def test_the_keyring_has_the_key(tmp_path: Path) -> None:
    """Where there is one it is taken without being named; a locked one and an empty one are said in a sentence."""
    safe = ring(tmp_path)
    file(tmp_path, RULES)
    store = tmp_path / "store"
    code, _, said = intake(store, "init", **safe)

    assert code == 0
    assert "in the keyring of this system" in said
    assert set(contents(store)) == {"records.db", "record-keys.db", "store.json"}
    assert intake(store, "list", **safe)[0] == 0
    file(tmp_path, "", "locked")
    code, _, said = intake(store, "new", "rules.yaml", "--ref", "R-1", "--consent", typed="x\n", **safe)
    assert (code, "the keyring of this system did not give the key" in said) == (1, True)
    (tmp_path / "locked").unlink()
    (tmp_path / "ring.json").unlink()
    assert "does not have the key of this store" in intake(store, "list", **safe)[2]


def test_a_locked_keyring_leaves_no_store(tmp_path: Path) -> None:
    """The key could not be kept, so nothing is made that nobody could open."""
    safe = ring(tmp_path)
    file(tmp_path, "", "locked")
    code, _, said = intake(tmp_path / "store", "init", "--key", "keyring", **safe)

    assert code == 1
    assert "the keyring of this system could not keep the key" in said
    assert not list((tmp_path / "store").glob("*"))


def test_two_places_for_the_key_are_refused(tmp_path: Path) -> None:
    """A keyring needs no file."""
    code, _, said = intake(tmp_path / "store", "init", "--key", "keyring", "--key-file", "key")

    assert code == 2
    assert "can't be used with --key keyring" in said


@pytest.mark.parametrize("module", ["sqlcipher3", "keyring"])
@pytest.mark.parametrize("command", [("init",), ("new", "--ref", "R-1"), ("list",)])
def test_what_is_not_installed_is_named(module: str, command: tuple[str, ...], new_store: Path) -> None:
    """Whoever has no extra packages is told how to install them, whatever the command."""
    code, out, said = intake(new_store, *command, **without(module, new_store.parent))

    assert (code, out) == (1, "")
    assert said.startswith("error[no-records] records need packages that are not installed")
    assert "pip install 'screener[intake]'" in said
