"""What of a list stands in a window: whole entries, the pointed-at among them, and true counts of the others."""

from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.formatted_text import fragment_list_to_text

from screener.interview.terminal.page import (
    FIRST,
    FOURTH,
    SECOND,
    THIRD,
    Block,
    Entries,
    LongList,
    Row,
    block,
    fitted,
    part,
)

HEIGHTS = st.lists(st.integers(1, 4), min_size=1, max_size=30)


def texts(rows: list[Row]) -> list[str]:
    """The rows as text."""
    return [fragment_list_to_text(row) for row in rows]


def entries(heights: list[int]) -> Entries:
    """A list with entries of these heights, each row with its place and its number."""
    return Entries(heights, lambda place: [[("", f"{place}.{row}")] for row in range(heights[place])])


ABOVE = [Block([[]], FIRST), block("", ["Where"]), block("", ["bar"], SECOND), block("", ["Ask?"]), Block([[]], THIRD)]
BELOW = [Block([[]], THIRD), block("", ["keys"])]


@given(HEIGHTS, st.lists(st.tuples(st.integers(0, 29), st.integers(10, 40)), min_size=1, max_size=20))
def test_whole_entries_and_true_counts(heights: list[int], moves: list[tuple[int, int]]) -> None:
    """Wherever the pointer goes and however the window changes, every entry is seen whole or counted."""
    page = LongList(entries(heights))
    for wanted, height in moves:
        pointed = wanted % len(heights)
        rows = texts(page.rows(ABOVE, pointed, BELOW, height))
        seen = {row.split(".")[0] for row in rows if "." in row}
        up, down = ([int(row.split()[1]) for row in rows if row.lstrip().startswith(mark)] for mark in "▲▼")

        assert len(rows) <= height
        assert {"Where", "Ask?", "keys"} <= set(rows)
        assert all(f"{place}.{row}" in rows for place in map(int, seen) for row in range(heights[place]))
        assert str(pointed) in seen
        assert len(seen) + sum(up) + sum(down) == len(heights)
        assert (up or [0])[0] == min(map(int, seen))


@given(HEIGHTS, st.integers(0, 29), st.integers(6, 30), st.integers(0, 29))
def test_the_list_moves_no_more_than_it_must(heights: list[int], pointed: int, room: int, first: int) -> None:
    """A pointer that is seen already moves nothing, so that only the pointer moves on the screen."""
    before = part(heights, pointed % len(heights), room, first % len(heights))
    for place in before:
        assert part(heights, place, room, before.start) == before


def test_no_room_is_left_empty_at_the_end() -> None:
    """When the window grows at the end of a list, what was above comes back."""
    assert part([1] * 10, 9, 5, 0) == range(6, 10)
    assert part([1] * 10, 9, 8, 6) == range(3, 10)
    assert part([1] * 10, 9, 10, 6) == range(10)


def test_a_list_that_fits_says_nothing_of_more() -> None:
    """Nothing but the list stands there, with everything around it."""
    page = texts(LongList(entries([1, 2])).rows(ABOVE, 0, BELOW, 24))

    assert page == ["", "Where", "bar", "Ask?", "", "0.0", "1.0", "1.1", "", "keys"]


def test_what_is_needed_least_goes_first() -> None:
    """In ever lower windows: the gap above, the bar, the other gaps, help that was read; the rest goes at the top."""
    above = [*ABOVE[:-1], block("", ["help"], FOURTH), block("", ["why"]), ABOVE[-1]]
    shown = {height: texts(LongList(entries([1, 1, 1, 1])).rows(above, 0, BELOW, height)) for height in range(3, 14)}

    assert shown[13] == ["", "Where", "bar", "Ask?", "help", "why", "", "0.0", "1.0", "2.0", "3.0", "", "keys"]
    assert shown[12] == shown[13][1:]
    assert shown[11] == ["Where", "bar", "Ask?", "help", "why", "", "0.0", "1.0", "   ▼ 2 more", "", "keys"]
    assert shown[10] == ["Where", "Ask?", "help", "why", "", "0.0", "1.0", "   ▼ 2 more", "", "keys"]
    assert shown[8] == ["Where", "Ask?", "help", "why", "0.0", "1.0", "   ▼ 2 more", "keys"]
    assert shown[7] == ["Where", "Ask?", "why", "0.0", "1.0", "   ▼ 2 more", "keys"]
    assert shown[3] == ["0.0", "   ▼ 3 more", "keys"]


def test_above_a_line_to_type_in() -> None:
    """A line to type in needs little, so what stands above it goes only in very low windows."""
    assert texts(fitted(ABOVE, 2, 1, 24)) == ["", "Where", "bar", "Ask?", ""]
    assert texts(fitted(ABOVE, 2, 1, 7)) == ["Where", "bar", "Ask?", ""]
    assert texts(fitted(ABOVE, 2, 1, 4)) == ["Where", "Ask?"]


def test_a_long_list_costs_no_more_than_its_window() -> None:
    """Of ten thousand entries those are drawn that are seen, also where the pointer goes from one end to the other."""
    drawn: list[int] = []

    def draw(place: int) -> list[Row]:
        drawn.append(place)
        return [[("", str(place))]]

    shown = LongList(Entries([1] * 10_000, draw))
    for pointed in (0, 9_999, 5_000, 0):
        shown.rows(ABOVE, pointed, BELOW, 24)

    assert len(drawn) <= 4 * 24


def test_the_list_stays_where_it_is_while_the_pointer_is_seen() -> None:
    """Who went down and comes up again sees the pointer move, and not the list."""
    shown = LongList(entries([1] * 20))
    below = texts(shown.rows(ABOVE, 19, BELOW, 12))
    above = texts(shown.rows(ABOVE, 15, BELOW, 12))

    assert "   ▲ 15 more" in below
    assert above == below
