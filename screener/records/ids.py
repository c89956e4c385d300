"""Ids of records: short, random, said over the telephone without a mistake."""

import os

#: Letters and digits that are not taken for each other (Crockford's base 32).
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_MEANT = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})
LENGTH = 8


def new_id() -> str:
    """Forty random bits."""
    return in_letters(os.urandom(5))


def in_letters(data: bytes) -> str:
    """The bytes as letters and digits, five bits each; bits that are left over at the end are not written."""
    bits, count = int.from_bytes(data, "big"), len(data) * 8
    return "".join(ALPHABET[bits >> (count - 5 * (place + 1)) & 31] for place in range(count // 5))


def meant(typed: str) -> str:
    """The id, or the beginning of one, that was typed, with hyphens or without; empty for what can't be one."""
    plain = typed.strip().lower().translate(_MEANT)
    return plain if plain and len(plain) <= LENGTH and set(plain) <= set(ALPHABET) else ""


def spoken(id: str) -> str:
    """The id as it is shown, in two groups."""
    return f"{id[:4]}-{id[4:]}"
