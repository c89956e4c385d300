"""The thin bar: how far the interview is, honestly, and in how many cells."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.formatted_text import fragment_list_to_text

from screener.interview.terminal.bar import DONE, TO_COME, bar
from screener.interview.terminal.screen import ACCENT

SECTIONS = st.lists(st.integers(0, 40), min_size=1, max_size=12).filter(any)


def drawn(sections: list[int], before: int, width: int) -> str:
    """The bar as text."""
    return fragment_list_to_text(bar(sections, before, width))


def test_a_piece_for_each_section() -> None:
    """Every question takes two cells of a wide window and one of a narrow one; sections stand apart."""
    assert drawn([1, 3, 2], 2, 78) == "━━ ━━──── ────"
    assert drawn([1, 3, 2], 2, 38) == "━ ━── ──"
    assert drawn([0, 3, 0, 2], 0, 38) == "─── ──"


def test_a_branch_that_falls_away_moves_nothing_else() -> None:
    """What is done stays where it is; only what is to come gets shorter, and never does the bar run back."""
    assert drawn([1, 5, 4], 2, 78) == "━━ ━━──────── ────────"
    assert drawn([1, 2, 4], 2, 78) == "━━ ━━── ────────"


@given(SECTIONS, st.data(), st.integers(18, 78))
def test_it_fits_and_says_no_more_than_is_true(sections: list[int], data: st.DataObject, width: int) -> None:
    """Whatever the file, the bar fits its line, and as much of it is filled as was asked, rounded down."""
    before = data.draw(st.integers(0, sum(sections) - 1))
    text = drawn(sections, before, width)
    done, to_come = text.count(DONE), text.count(TO_COME)

    assert len(text) <= width
    assert re.fullmatch(f"[{DONE} ]*[{TO_COME} ]*", text)
    assert done == before * (done + to_come) // sum(sections)
    assert to_come > 0


@pytest.mark.parametrize("background", [0.0, 1.0])
def test_the_accent_can_be_read_on_white_and_on_black(background: float) -> None:
    """The contrast is what WCAG asks of small text, on the lightest and on the darkest window."""
    channels = [int(ACCENT[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    light = sorted([0.2126 * red + 0.7152 * green + 0.0722 * blue, background])

    assert (light[1] + 0.05) / (light[0] + 0.05) >= 4.5
