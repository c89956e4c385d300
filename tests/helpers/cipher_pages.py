"""What is on the pages of an encrypted database, free ones too, for tests of what must no longer be there.

SQLCipher 4: pages of 4096 bytes that end with the initialisation vector and a code over page and number; the first page
begins with the salt. The log of SQLite (`-wal`) has whole pages, older ones as well, each after a header of its own.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, VECTOR, CODE, SALT = 4096, 16, 64, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def decrypted(path: Path, key: bytes) -> bytes:
    """All pages of a database in the clear, then all frames of its log, for a raw key of 32 bytes.

    A long text may go on on another page: look for short ones. Raises ValueError if one page has another key.
    """
    database = path.read_bytes()
    codes = _key_of_codes(key, database[:SALT])
    return b"".join(_clear(page, number, key, codes) for number, page in (*_pages(database), *_frames(path)))


def _pages(database: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(database), PAGE):
        yield start // PAGE + 1, database[start : start + PAGE]


def _frames(path: Path) -> Iterator[tuple[int, bytes]]:
    """The pages in the log with their numbers, also those that are no longer in use."""
    log = path.with_name(f"{path.name}-wal")
    held = log.read_bytes() if log.exists() else b""
    for start in range(LOG_HEADER, len(held), FRAME_HEADER + PAGE):
        frame = held[start : start + FRAME_HEADER + PAGE]
        yield int.from_bytes(frame[:4], "big"), frame[FRAME_HEADER:]


def _key_of_codes(key: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)


def _clear(page: bytes, number: int, key: bytes, codes: bytes) -> bytes:
    page = page[SALT:] if number == 1 else page
    sealed, code = page[:-CODE], page[-CODE:]
    if not hmac.compare_digest(hmac.digest(codes, sealed + number.to_bytes(4, "little"), "sha512"), code):
        raise ValueError(f"Page {number} can't be read with this key")
    decryptor = Cipher(AES256(key), CBC(sealed[-VECTOR:])).decryptor()
    return decryptor.update(sealed[:-VECTOR]) + decryptor.finalize()
