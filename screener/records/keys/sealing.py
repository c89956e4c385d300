"""The only door to cryptography: sealing, deriving keys, and wrapping a key by a passphrase.

Nothing here is invented: AES-256-GCM (NIST SP 800-38D), HKDF (RFC 5869), scrypt (RFC 7914) and HMAC (RFC 2104).
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KEY_BYTES = 32
_NONCE_BYTES, _SALT_BYTES = 12, 16
#: What a guess at a passphrase costs: 32 MiB and about a tenth of a second.
_COST = 2**15


class Unreadable(Exception):
    """What was sealed can't be opened: by another key, for another place, or because it was changed."""


def new_key() -> bytes:
    """256 bits that nobody can guess."""
    return os.urandom(KEY_BYTES)


def derived(key: bytes, use: str) -> bytes:
    """The 256-bit key for one use; from it nobody can tell the key it comes from, or that of another use."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"screener/{use}".encode()).derive(key)


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """The plain bytes, sealed so that they open only with this key, unchanged, and for what they are bound to."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """What was sealed. Raises Unreadable."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None


def wrapped(key: bytes, passphrase: str) -> bytes:
    """The key, sealed by a passphrase."""
    salt = os.urandom(_SALT_BYTES)
    return salt + seal(_stretched(passphrase, salt), key, "store key")


def unwrapped(sealed: bytes, passphrase: str) -> bytes:
    """The key that was sealed by this passphrase. Raises Unreadable."""
    salt, rest = sealed[:_SALT_BYTES], sealed[_SALT_BYTES:]
    return unseal(_stretched(passphrase, salt), rest, "store key")


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt, KEY_BYTES, n=_COST, r=8, p=1).derive(passphrase.encode())


def marked(key: bytes, data: bytes) -> bytes:
    """A mark of 256 bits that only who has the key can make of these bytes (HMAC-SHA256)."""
    return hmac.digest(key, data, "sha256")


def digest(data: bytes) -> str:
    """SHA-256 of these bytes, as hex."""
    return hashlib.sha256(data).hexdigest()
