"""Text that meets a person's eyes: nothing that could move a cursor passes, nothing that can be seen is lost."""

import unicodedata

import pytest
import wcwidth
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screener.ground.listing import as_json, as_text
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import UNSAFE, one_line, visible
from screener.ground.wrapping import cells, lines
from screener.rulefile.yamltext import read

#: Everything that UNSAFE must name: controls but tab and line feed, separators, direction, half and no characters.
FORBIDDEN = [
    *(chr(code) for code in [*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0)]),
    *"\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff\ud800\udbff\udc00\udfff",
]
#: What scripts need, or what does no harm: joiners, soft hyphens, marks, tags of flags, private use.
ALLOWED = "\n\t \xa0\xad\u200b\u200c\u200d\u200e\u200f\u2060é\u0301अ\u093eن字😀\ufe0f\U000e0067\ue000\ufffd\U0010ffff"


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda c: f"U+{ord(c):04X}")
def test_what_could_deceive_is_unsafe(character: str) -> None:
    """Each such character is found, and shown as an escape of its number."""
    assert UNSAFE.search(f"a{character}b")
    assert visible(f"a{character}b") == f"a\\u{ord(character):04x}b"


@pytest.mark.parametrize("character", ALLOWED, ids=lambda c: f"U+{ord(c):04X}")
def test_what_scripts_need_is_safe(character: str) -> None:
    """Joiners, marks and rare characters pass as they are."""
    assert not UNSAFE.search(character)
    assert visible(character) == character.replace("\t", "    ")


def test_every_control_character_of_unicode_is_unsafe() -> None:
    """Measured against the Unicode table itself, not against our list."""
    controls = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cc"]
    turning = [chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in BIDI]

    assert [c for c in [*controls, *turning] if not UNSAFE.search(c)] == ["\t", "\n"]


BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@settings(deadline=None)
@given(st.text())
def test_visible_text_is_safe_and_stays_so(text: str) -> None:
    """What comes out has nothing unsafe in it, and making it visible again changes nothing."""
    assert not UNSAFE.search(visible(text))
    assert visible(visible(text)) == visible(text)
    assert "\n" not in one_line(text)
    assert "  " not in one_line(text)


def test_one_line_folds_blanks() -> None:
    """Line breaks and runs of blanks become one blank."""
    assert one_line(" a\r\n b\t\tc\x1b ") == "a b c\\u001b"


def test_one_line_shows_separators_as_blanks_or_escapes() -> None:
    """A line or paragraph separator can't fake a line of a report."""
    assert one_line("a\u2028error: b\x85c\x0bd\x1ce") == "a error: b c d e"


SCRIPTS = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z")), max_size=80)
WORDS = st.lists(st.text(st.characters(categories=("L", "M", "N", "P", "S")), min_size=1, max_size=40), max_size=12)
TEXTS = st.one_of(st.text(max_size=60), SCRIPTS, WORDS.map(" ".join)).map(visible)
LEADS = st.sampled_from(["", "  ", "- [x] "])


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.integers(8, 40), LEADS)
@example("👩🏾‍⚕️" * 30, 8, "")
@example("皮膚" * 30, 9, "  ")
@example("0\\u001f 𑰯", 8, "- [x] ")
@example("01f 𑰯 01f 𑰯 01f 𑰯 01f 𑰯 01f 𑰯", 8, "")
@example("x" * 200, 8, "")
def test_no_line_is_wider_than_the_width(text: str, width: int, first: str) -> None:
    """Whatever the script, every line fits into the cells that there are."""
    assert [line for line in lines(text, width, first) if cells(line) > width] == []


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.integers(8, 40), LEADS)
@example("a-b–c/d" * 9, 8, "")
def test_no_visible_character_is_lost(text: str, width: int, first: str) -> None:
    """All lines together hold every character but blanks, in order."""
    wrapped = "".join(lines(text, width, first))

    assert "".join(wrapped[len(first) :].split()) == "".join(text.split())


def test_lines_break_at_blanks_and_hang() -> None:
    """Words stay whole where they fit; later lines hang under the first, line breaks of the text stay."""
    assert lines("one two three four", 12, "- ") == ["- one two", "  three four"]
    assert lines("one two three", 9, "- ", "") == ["- one two", "three"]
    assert lines("a\n\nb", 10, "> ") == ["> a", "", "  b"]
    assert lines("", 10) == [""]
    assert lines("is so well-known", 11) == ["is so", "well-known"]


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("皮膚", 4), ("e\u0301", 1), ("", 0), ("👩🏾‍⚕️", 2)])
def test_cells_count_what_a_terminal_draws(text: str, width: int) -> None:
    """Wide characters take two cells, marks none."""
    assert cells(text) == width


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("a: *x", "a: "),
        ("皮膚: *x", "皮膚: "),
        ("a:\t*x", "a:    "),
        ("*x", ""),
        ("[" + "b" * 300 + ", *x, " + "c" * 300 + "]", None),
        ("[" + "字" * 300 + ", *x]", None),
    ],
    ids=["plain", "wide", "tab", "begin", "long", "long-wide"],
)
def test_the_caret_stands_under_the_place(line: str, before: str | None) -> None:
    """Wherever the place is and whatever stands before it, the caret is below it, within 80 cells."""
    with pytest.raises(ProblemsFound) as caught:
        read(line, "f.yaml")

    head, excerpt, caret, help = as_text(caught.value.problems).splitlines()
    shown = excerpt[: excerpt.index("*x")]
    assert head == f"f.yaml:1:{line.index('*') + 1}: error[anchor] anchors and aliases are not allowed"
    assert help.startswith("  help: write it out")
    assert caret == " " * wcwidth.wcswidth(shown) + "^"
    assert before is None or shown == "    " + before
    assert wcwidth.wcswidth(excerpt) <= 80


def test_the_caret_stands_under_an_escape() -> None:
    """Behind a character that is shown as an escape, the caret still stands under the next one."""
    with pytest.raises(ProblemsFound) as caught:
        read("a\x1bb\x07", "f.yaml")

    assert [line for line in as_text(caught.value.problems).splitlines() if "^" in line] == [
        " " * len("    a") + "^",
        " " * len("    a\\u001bb") + "^",
    ]


def test_a_hostile_problem_stays_on_its_line() -> None:
    """Messages and help with control characters or line breaks can't fake other lines of a report."""
    text = as_text([Problem("bad-id", "x\nerror: y\x1b[2J", "a\r\nb", "f")])

    assert text.count("\n") == 2
    assert "\x1b" not in text


def test_problems_as_json_hold_everything_but_the_line() -> None:
    """Code, level, message, help and place, and no text of the file beside them."""
    text = as_json([Problem("bad-id", "é", "h", "f", 1, 2, "secret line", "warning")])

    assert '"schema": "screener/problems/1"' in text
    assert '"message": "é"' in text
    assert '"level": "warning"' in text
    assert "secret" not in text
