"""How far a long run is, on a terminal; elsewhere nothing is shown."""

import sys
from collections.abc import Iterable, Iterator
from types import TracebackType

from screener.cli import streams
from screener.tables.files.piece import TablePiece


class HowFar:
    """Counts the rows that were read; a bar where it is known how many there are. It is gone at the end."""

    def __init__(self, rows: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(file=sys.stderr, no_color=not streams.wants_color(sys.stderr))
        hidden = not streams.is_terminal(sys.stderr) or streams.is_dumb()
        columns = (TextColumn("Rows"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=hidden)
        self._task = self._bar.add_task("", total=rows)

    def __enter__(self) -> "HowFar":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def followed(self, pieces: Iterable[TablePiece]) -> Iterator[TablePiece]:
        """The same pieces, counted once they were used."""
        for piece in pieces:
            yield piece
            self._bar.advance(self._task, piece.frame.height)
