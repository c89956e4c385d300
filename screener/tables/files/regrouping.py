"""The same rows in pieces of another size."""

from collections.abc import Iterable, Iterator

import polars as pl

from screener.tables.files.piece import TablePiece, UnreadRow


def regrouped(pieces: Iterable[TablePiece], size: int) -> Iterator[TablePiece]:
    """Pieces of exactly so many rows, but for the last one: the same in every run, however the file is read."""
    frames, unread, held = list[pl.DataFrame](), list[UnreadRow](), 0
    for piece in pieces:
        frames.append(piece.frame)
        unread += piece.unread
        held += piece.frame.height
        while held >= size:
            whole = pl.concat(frames)
            yield TablePiece(whole.head(size), tuple(unread))
            frames, unread, held = [whole.slice(size)], [], held - size
    if held or unread:
        yield TablePiece(pl.concat(frames), tuple(unread))
