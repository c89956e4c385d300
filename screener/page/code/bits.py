"""Numbers in as few bits as they need. Bits are a text of `0` and `1`: a code has some hundreds of them."""

from collections.abc import Iterator
from itertools import islice


class Misfit(Exception):
    """Bits that nobody packed: they end too early, or stand for what there is not."""


def bits(value: int, ways: int) -> str:
    """A number from 0, in as few bits as are enough for so many numbers. Raises ValueError for any other."""
    if not 0 <= value < ways:
        raise ValueError(value)
    return f"{value:b}".zfill(_width(ways)) if ways > 1 else ""


def taken(source: Iterator[str], ways: int) -> int:
    """The number at this place. Raises Misfit."""
    found = "".join(islice(source, _width(ways)))
    value = int(found or "0", 2)
    if len(found) < _width(ways) or value >= ways:
        raise Misfit
    return value


def _width(ways: int) -> int:
    return (ways - 1).bit_length()


def as_bytes(written: str) -> bytes:
    """The bits as bytes, with zeros behind them up to a whole one."""
    size = -(-len(written) // 8)
    return int(written.ljust(size * 8, "0") or "0", 2).to_bytes(size)


def from_bytes(data: bytes) -> Iterator[str]:
    """The bits of these bytes, one after the other."""
    return (bit for byte in data for bit in f"{byte:08b}")
