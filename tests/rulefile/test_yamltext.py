"""YAML in, plain strings and places out; what could hide meaning is refused with its place."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paths import GOOD

from screener.ground.files import MAX_BYTES
from screener.ground.listing import as_text
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import UNSAFE
from screener.rulefile.yamltext import Plain, read
from screener.rulefile.yamltext.parsers import FASTEST, Pure

PARSERS = [FASTEST, Pure]


def problems(text: str) -> list[Problem]:
    """What is wrong with the text."""
    with pytest.raises(ProblemsFound) as caught:
        read(text, "file.yaml")
    return list(caught.value.problems)


def places(text: str) -> list[tuple[int, int, str]]:
    """Line, column and code of everything that is wrong with the text."""
    return [(problem.line, problem.column, problem.code) for problem in problems(text)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a: yes\nb: No\nc: ~\nd:\ne: null", {"a": "yes", "b": "No", "c": "~", "d": "", "e": "null"}),
        ("- 1.10\n- 0755\n- 2026-01-31\n- 12:30:00", ["1.10", "0755", "2026-01-31", "12:30:00"]),
        ("a: >-\n  one\n  two\nb: |\n  three\n", {"a": "one two", "b": "three\n"}),
        ("{a: [b, {c: d}], 'e': \"f\\n\\u00e9\\U0001F600\"}", {"a": ["b", {"c": "d"}], "e": "f\né😀"}),
        ("<<: {a: b}", {"<<": {"a": "b"}}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("a: 'tab\there'", {"a": "tab\there"}),
        ('{\n\t"a": [\n\t\t"b"\n\t]\n}', {"a": ["b"]}),
        ("text", "text"),
        ("ключ: عربي 🧴", {"ключ": "عربي 🧴"}),
    ],
)
def test_everything_is_read_as_strings(text: str, plain: Plain) -> None:
    """Strings, lists and mappings, and nothing else."""
    assert read(text).plain == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, 0, "empty")]),
        ("\n\n  \n", [(0, 0, "empty")]),
        ("# only a comment", [(0, 0, "empty")]),
        ("a: 1\nb: 2\na: 3\na: 4", [(3, 1, "duplicate-key"), (4, 1, "duplicate-key")]),
        ("{a: {b: 1, 'b': 2}}", [(1, 12, "duplicate-key")]),
        ("a: &x 1\nb: *x", [(1, 4, "anchor"), (2, 4, "anchor")]),
        ("*x : 1", [(1, 1, "anchor")]),
        ("&x a: 1", [(1, 1, "anchor")]),
        ("a: !!str 1", [(1, 4, "tag")]),
        ("!!map {a: 1}", [(1, 1, "tag")]),
        ("a: 1\n---\nb: 1\n---\nc: 1", [(2, 1, "several-documents"), (4, 1, "several-documents")]),
        ("[? a : b]", [(1, 2, "complex-key")]),
        ("? [a]\n: 1\n? {b: 1}\n: 1", [(1, 3, "complex-key"), (3, 3, "complex-key")]),
        ("a: b: c", [(1, 5, "not-yaml")]),
        ("a:\n\t- b", [(2, 1, "not-yaml")]),
        ("a: 'x\x1by'", [(1, 6, "unsafe-character")]),
        ("é😀: \u202e", [(1, 5, "unsafe-character")]),
        ("a: 1\rb: 2", [(1, 5, "unsafe-character")]),
        ("a: \x00\nb: \x7f\x85", [(1, 4, "unsafe-character"), (2, 4, "unsafe-character"), (2, 5, "unsafe-character")]),
        ("\ufeffa: 1", [(1, 1, "unsafe-character")]),
        ("a: \ud800", [(1, 4, "unsafe-character")]),
        ('a: "\\u202e"\n"\\e": b', [(1, 4, "unsafe-character"), (2, 1, "unsafe-character")]),
    ],
)
def test_what_hides_meaning_is_refused_with_its_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    """Every problem of the same kind is found, at the character that a person would look for."""
    assert places(text) == expected


@pytest.mark.parametrize("character", ["\uffff", "\ufffe"])
def test_characters_that_are_none_have_a_place(character: str) -> None:
    """U+FFFE and U+FFFF, which YAML has no room for, are refused like other unsafe characters."""
    assert places(f"a: 1\nb: x{character}") == [(2, 5, "unsafe-character")]


@pytest.mark.parametrize("opening", ["a: 'x\n  y\nb: 1\n", 'a: "x\nb: 1\nc: 1\n'])
def test_an_open_quote_is_shown_where_it_opens(opening: str) -> None:
    """The end of the file tells nobody which quote is missing."""
    assert places(opening)[0][0] == 1


@pytest.mark.parametrize("text", ['a: "C:\\q"', '{"t": "\\ud83d"}', 'a: "\\x1"'])
def test_an_unknown_escape_is_no_open_quote(text: str) -> None:
    """The quotes of such a text are closed, so the help must speak of the backslash."""
    (problem,) = problems(text)

    assert problem.line == 1
    assert "never closes" not in problem.help


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_thirty_two_levels_are_the_most(opening: str, closing: str) -> None:
    """Depth 32 is read, depth 33 is refused at the level that is too much."""
    assert read(opening * 32 + "x" + closing * 32).plain
    assert places(opening * 33 + "x" + closing * 33) == [(1, 32 * len(opening) + 1, "too-deep")]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(("opening", "length"), [("[", 1), ("{", 1), ("[{", 1), ("{a: ", 4), ("- ", 2), ("? ", 2)])
def test_endless_nesting_is_refused_at_once(opening: str, length: int, parser: Any) -> None:
    """It is told where it passes 32 levels, also where a parser has a limit of its own, and no one reads on."""
    events: list[Any] = []

    def counted(loader: Any) -> Any:
        events.append(event := parser.get_event(loader))
        return event

    counting = type("Counting", (parser,), {"get_event": counted})

    with pytest.raises(ProblemsFound) as caught:
        read(opening * 100_000, "file.yaml", counting)
    problem = caught.value.problems[-1]
    assert (problem.message, problem.line) == ("nested deeper than 32 levels", 1)
    assert problem.column == 32 * length + 1
    assert len(events) < 200


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("end", ["'x", "@", "a: b: c", "\n%", "\t", ""])
def test_nesting_is_told_before_what_is_wrong_further_inside(end: str, parser: Any) -> None:
    """The parser reads ahead of what it tells; the first thing that is wrong is told all the same."""
    found = outcome("[" * 40 + end, parser)[1]

    assert [(problem.column, problem.code) for problem in found] == [(33, "too-deep")]
    assert {problem.code for problem in outcome("[" * 30 + end, parser)[1]} == {"not-yaml"}


def test_a_billion_laughs_are_not_laughed() -> None:
    """Aliases of aliases are refused without being expanded."""
    levels = ["a0: &a0 [ha, ha]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]

    assert {code for *_, code in places("\n".join(levels))} == {"anchor"}


@pytest.mark.parametrize(
    ("unit", "times"),
    [("\x00", 4_000), ("*a, ", 15_000), ("!t x, ", 15_000), ('"\\e", ', 15_000), ("&a x, ", 15_000)],
    ids=["control", "alias", "tag", "escape", "anchor"],
)
def test_many_problems_on_one_long_line_are_pointed_at(unit: str, times: int) -> None:
    """A binary or hostile file of some kilobytes on one line is refused with a short piece around each place."""
    found = problems(f"[{unit * times}]")

    assert found
    assert max(len(problem.excerpt) for problem in found) <= 76


def test_a_file_of_five_mebibytes_is_the_largest() -> None:
    """Size is counted in bytes of UTF-8, not in characters."""
    assert read("#" + "é" * (MAX_BYTES // 2 - 2) + "\na").plain == "a"
    assert places("é" * (MAX_BYTES // 2 + 1)) == [(0, 0, "too-large")]


def test_a_problem_points_by_route() -> None:
    """Steps are keys, indexes or ids; `key:` points at a key; a step that is not there stops at its parent."""
    text = read("a:\n  - id: x\n    b: [1, 2]\n  - id: y\n    b: 3\n", "f.yaml")

    def place(*route: str | int) -> tuple[int, int]:
        problem = text.problem("wrong-type", "m", route)
        return problem.line, problem.column

    assert place() == (1, 1)
    assert place("a", 1, "b") == (5, 8)
    assert place("a", "y", "b") == (5, 8)
    assert place("a", "x", "b", 1) == (3, 12)
    assert place("a", "x", "key:b") == (3, 5)
    assert place("a", "z", "b") == (2, 3)
    assert place("a", 1, "missing", 7) == (4, 5)
    assert place("a", "x", "b", 9) == (3, 8)


def test_a_problem_shows_its_line() -> None:
    """The line under a problem is the line itself, without anything that could move a cursor."""
    text = as_text(problems("ok: 1\nbad: \x1b[2J*x"))

    assert text.splitlines()[1] == "    bad: \\u001b[2J*x"
    assert "\x1b" not in text


@settings(deadline=None)
@given(st.text())
@example("\uffff")
@example("%TAG ! x\n---\na")
@example("a: !<")
@example('"\\UFFFFFFFF"')
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, there is a plain value without unsafe characters, or problems with a place."""
    plain, found = outcome(text)

    assert not UNSAFE.search(str(strings(plain)))
    assert all(problem.line or problem.code in ("empty", "too-large") for problem in found)


YAML_WORDS = [
    "a",
    "b: ",
    "- ",
    "\n",
    "\n  ",
    "? ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "!t ",
    '"',
    "'",
    "|",
    ">-",
]
YAML_WORDS += ["---\n", "...\n", "%YAML 1.2\n", "# ", "\t", "\\", "\\x1b", "\r\n", "\\u202e", "<<", "~", "@", "`", "é"]


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(YAML_WORDS), max_size=40).map("".join))
def test_anything_that_looks_like_yaml_is_read_or_refused(text: str) -> None:
    """The same for texts made of what YAML is made of."""
    plain, found = outcome(text)

    assert not UNSAFE.search(str(strings(plain)))
    assert all(problem.line <= text.count("\n") + 1 for problem in found)


#: What YAML is made of, by the part of it that is tried.
SIGNS = {
    "flow": [*"a:?,[]{}-'\"#", " ", "\n", "\t"],
    "tabs": ["a", "\t", "\n", " ", "- ", "-\t", "?\t", ":\t", "a: ", "#", "|", "\n  ", "\n\t", "'x'", "[", "]"],
    "blocks": [*"|>+-120#a", " ", "\n", "\n ", "\n  ", "\t", "a: ", "- ", "\n\n", "---\n", "..."],
    "keys": [*"?:a{}[]\n", "? ", ": ", "- ", "\n ", "\n  ", ", ", "a: ", "|\n  a", "'b'", '"c"', "a\n b"],
    "quotes": [*"'\"\\nxuU014a#\n\t ", "\r\n", ": ", "\n---", "''", '\\"', "\\x41", "\\u00e9", "\\\n", "\\/", "\\N"],
    "documents": [
        *"%!1a\n \t",
        "YAML",
        "TAG",
        "---",
        "...",
        "\n---\n",
        "%FOO b\n",
        "%YAML 1.1\n---\n",
        "- ",
        "a: ",
        "'",
    ],
}
WORDS = st.sampled_from(sorted(SIGNS)).flatmap(lambda part: st.lists(st.sampled_from(SIGNS[part]), max_size=20))
REAL = [path.read_text(encoding="utf-8") for path in sorted(GOOD.glob("*.yaml"))]


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A text that people wrote, with some slips of the hand."""
    text = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        new = draw(st.one_of(WORDS.map(lambda words: "".join(words[:3])), st.just("")))
        text = text[:place] + new + text[place + draw(st.integers(0, 3)) :]
    return text


@settings(deadline=None, max_examples=1_000)
@given(WORDS.map("".join))
@example("a: b\t# c")
@example("a: [what?, b\tc]")
@example("a: |# b\n c\n")
@example("a: |\t\n c\n")
@example("a: |\n \tb\n")
@example("a: |1\n\tb\n")
@example("a: b\n\tc")
@example("[a:, b]")
@example("[? : : ]")
@example("[?]")
@example("%FOO\n---\na")
def test_both_parsers_take_the_same_texts(text: str) -> None:
    """Both give the same plain values, or both refuse: a file is not good on one machine and bad on the next."""
    assert_alike(text)


@settings(deadline=None, max_examples=60)
@given(edited())
def test_both_parsers_take_the_same_rule_files(text: str) -> None:
    """The same for rule files in which someone's hand has slipped."""
    assert_alike(text)


def assert_alike(text: str) -> None:
    """Both parsers give the same plain values, or both refuse."""
    fast, slow = outcome(text, FASTEST), outcome(text, Pure)

    assert bool(fast[1]) == bool(slow[1])
    assert fast[0] == slow[0]


def outcome(text: str, parser: Any = FASTEST) -> tuple[Plain, tuple[Problem, ...]]:
    """The plain value of a text, or its problems, of which there is at least one."""
    try:
        return read(text, "", parser).plain, ()
    except ProblemsFound as found:
        return [], found.problems or (Problem("none", "refused without a problem"),)


def strings(plain: Plain) -> list[str]:
    """All the strings of a plain value; anything else in it fails."""
    if isinstance(plain, list):
        return [text for item in plain for text in strings(item)]
    if isinstance(plain, dict):
        return [text for key, value in plain.items() for text in (*strings(key), *strings(value))]
    assert isinstance(plain, str)
    return [plain]
