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
    codes = _key_of_codes(key, path.read_bytes()[:SALT])
    pages = list(_all(path))
    for number, page in pages:
        if not _is_whole(number, page, codes):
            raise ValueError(f"Page {number} can't be read with this key")
    return b"".join(_clear(page, key) for _, page in pages)


def left(path: Path, key: bytes) -> bytes:
    """The same of files that were written half: what can still be read of each page."""
    codes = _key_of_codes(key, path.read_bytes()[:SALT])
    if not any(_is_whole(number, page, codes) for number, page in _all(path)):
        raise ValueError("No page can be read with this key")
    return b"".join(_clear(page.ljust(PAGE - SALT * (number == 1), b"\0"), key) for number, page in _all(path))


def _all(path: Path) -> Iterator[tuple[int, bytes]]:
    """The pages with their numbers, without the salt of the first."""
    for number, page in (*_pages(path.read_bytes()), *_frames(path)):
        yield number, page[SALT:] if number == 1 else page


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


def _is_whole(number: int, page: bytes, codes: bytes) -> bool:
    sealed, code = page[:-CODE], page[-CODE:]
    return hmac.compare_digest(hmac.digest(codes, sealed + number.to_bytes(4, "little"), "sha512"), code)


def _clear(page: bytes, key: bytes) -> bytes:
    sealed = page[:-CODE]
    decryptor = Cipher(AES256(key), CBC(sealed[-VECTOR:])).decryptor()
    return decryptor.update(sealed[:-VECTOR]) + decryptor.finalize()
