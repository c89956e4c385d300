"""The text of a code: bytes in letters that scanners type right on any keyboard, with a check value over everything.

A scanner types like a keyboard, and does not know how the computer has set its keys. So there are no digits or signs
(French and Czech keys have others there), and none of the letters A, M, Q, W, Y, Z, which change places: four bits are
one of the sixteen letters that YubiKeys use for the same reason, called ModHex. In capitals a QR code packs them well.
"""

from typing import NamedTuple
from zlib import crc32

from screener.ground.problems import Problem, ProblemsFound

#: What every code begins with, so that people and programs can tell what it is; its letters keep their places too.
BEGINS = "SCREENER"
LETTERS = "CBDEFGHIJKLNRTUV"
#: The first four bits: the version of the format. The next four: whether it is sealed.
FORMAT = 1
_CHECK_BYTES = 4
_AGAIN = "scan it again; the scanner must be set to the same keyboard as this computer"


class Sent(NamedTuple):
    """What the text of a code carries: the bytes of `packing`, or these sealed."""

    sealed: bool
    body: bytes


def written(sent: Sent) -> str:
    """The text of a code."""
    data = bytes([FORMAT << 4 | sent.sealed]) + sent.body
    return BEGINS + _in_letters(data + _check(data))


def read(typed: str) -> Sent:
    """What a code carries that was typed by a scanner. Raises ProblemsFound for what is no whole code."""
    text = "".join(typed.split()).upper()
    if not text:
        raise bad("nothing was scanned", "scan the code at the end of a summary")
    if not text.startswith(BEGINS):
        raise bad("this is no code of screener", "a code begins with SCREENER, and stands at the end of a summary")
    if BEGINS in text[1:]:
        raise bad("this is more than one code", "scan one of them, and once only")
    data = _in_bytes(text.removeprefix(BEGINS))
    if data is None or len(data) <= _CHECK_BYTES or _check(data[:-_CHECK_BYTES]) != data[-_CHECK_BYTES:]:
        raise bad("the code is not whole, or was changed", _AGAIN)
    format, kind = divmod(data[0], 16)
    if format > FORMAT:
        help = "bring screener up to date here, then scan it again"
        raise ProblemsFound([Problem("code-newer", "a newer version of screener made this code", help)])
    if format < FORMAT or kind > 1:
        raise bad("the code is not whole, or was changed", _AGAIN)
    return Sent(kind == 1, data[1:-_CHECK_BYTES])


def bad(message: str, help: str) -> ProblemsFound:
    """A code that can't be read, ready to be raised."""
    return ProblemsFound([Problem("bad-code", message, help)])


def _check(data: bytes) -> bytes:
    return crc32(data).to_bytes(_CHECK_BYTES)


def _in_letters(data: bytes) -> str:
    return "".join(LETTERS[byte >> 4] + LETTERS[byte & 15] for byte in data)


def _in_bytes(letters: str) -> bytes | None:
    """The bytes; None for other letters, or half a byte."""
    digits = [LETTERS.find(letter) for letter in letters]
    if len(digits) % 2 or -1 in digits:
        return None
    return bytes(high << 4 | low for high, low in zip(digits[::2], digits[1::2], strict=True))
