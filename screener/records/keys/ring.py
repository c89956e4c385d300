"""The only door to keyring: the system's own safe for passwords, where there is one."""

from contextlib import suppress

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringError

from screener.ground.problems import Problem, ProblemsFound

_SERVICE = "screener intake"


def has_ring() -> bool:
    """Whether this system has a safe that can be used."""
    return not isinstance(keyring.get_keyring(), NoKeyring)


def put_in_ring(store: str, key: bytes) -> None:
    """Keep the key of the store with this id. Raises ProblemsFound."""
    try:
        keyring.set_password(_SERVICE, store, key.hex())
    except KeyringError:
        raise _refused("could not keep the key") from None


def from_ring(store: str) -> bytes:
    """The key of the store with this id. Raises ProblemsFound."""
    try:
        kept = keyring.get_password(_SERVICE, store)
    except KeyringError:
        raise _refused("did not give the key") from None
    with suppress(ValueError):
        if kept:
            return bytes.fromhex(kept)
    raise _refused("does not have the key of this store")


def _refused(what: str) -> ProblemsFound:
    help = "unlock it and try again; if the key is gone, restore copies of all into another folder, with --key-file"
    return ProblemsFound([Problem("no-key", f"the keyring of this system {what}", help)])
