"""How far the interview is, as a thin bar: a piece for each section, as long as it has questions."""

from collections.abc import Sequence

from prompt_toolkit.formatted_text import StyleAndTextTuples

#: From this width on a question takes two cells.
_WIDE = 60
#: Heavy and light lines, which differ without any colour.
DONE, TO_COME = "━", "─"


def bar(sections: Sequence[int], before: int, width: int) -> StyleAndTextTuples:
    """The bar for sections of so many questions, of which so many come before the one that is asked, in `width` cells.

    Every question has the same length, so that a question that falls away shortens the bar and moves nothing else.
    """
    sections = [count for count in sections if count]
    gaps = len(sections) - 1
    wanted = (2, 1) if width >= _WIDE else (1,)
    cells = next((cells for cells in wanted if cells * sum(sections) + gaps <= width), 0)
    if not cells:
        return _squeezed(sum(sections), before, width)
    pieces: StyleAndTextTuples = []
    for count in sections:
        done = min(max(before, 0), count)
        pieces += [*_piece(done * cells, count * cells), ("", " ")]
        before -= count
    return pieces[:-1]


def _squeezed(total: int, before: int, width: int) -> StyleAndTextTuples:
    """Too many questions for a cell each: the whole as one piece, rounded down so that it never says too much."""
    return _piece(before * width // total, width)


def _piece(done: int, cells: int) -> StyleAndTextTuples:
    return [("class:done", DONE * done), ("class:to-come", TO_COME * (cells - done))]
