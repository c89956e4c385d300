"""Free text in bits: letters that are often used take four, and what is rare takes more.

Other than what squeezes long texts, this helps where a few words are all there is, and gives the same bits everywhere.
Texts in other scripts are shorter as they are, in UTF-8; the first bit says which it is.
"""

from collections.abc import Iterator

from screener.page.code.bits import Misfit, bits, taken

_END = "\0"
#: Signs by how often they come, each group after ones and a zero, as many ones as its place says. What is in none of
#: them comes after four ones, byte by byte.
GROUPS = (
    " etaoinr",
    "shldcumfpgwybv,.",
    "kjxqz0123456789-'’()/?!:;\n\"&+%@" + _END,
    "ABCDEFGHIJKLMNOPQRSTUVWXYZäöüßéè",
)
_PACKED, _AS_IT_IS = "0", "1"


def text_bits(text: str) -> str:
    """A text that holds no character zero, in the shorter of the two ways."""
    packed = _PACKED + "".join(map(_sign, text + _END))
    plain = _AS_IT_IS + "".join(f"{byte:08b}" for byte in (text + _END).encode())
    return min(packed, plain, key=len)


def _sign(sign: str) -> str:
    for ones, group in enumerate(GROUPS):
        if sign in group:
            return "1" * ones + "0" + bits(group.index(sign), len(group))
    return "".join("1" * len(GROUPS) + f"{byte:08b}" for byte in sign.encode())


def taken_text(source: Iterator[str]) -> str:
    """The text at this place. Raises Misfit."""
    read = _byte if taken(source, 2) == int(_AS_IT_IS) else _sign_at
    found = bytearray()
    while (piece := read(source)) != _END.encode():
        found += piece
    try:
        return found.decode()
    except UnicodeDecodeError:
        raise Misfit from None


def _byte(source: Iterator[str]) -> bytes:
    return bytes([taken(source, 256)])


def _sign_at(source: Iterator[str]) -> bytes:
    ones = 0
    while ones < len(GROUPS) and taken(source, 2):
        ones += 1
    if ones == len(GROUPS):
        return _byte(source)
    return GROUPS[ones][taken(source, len(GROUPS[ones]))].encode()
