"""Files that are too large, or wrong in too many places, are refused soon and shortly."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from work import grows_evenly, steps

from screener.engine.answers import read_answers
from screener.ground.problems import MOST_LISTED, Hints, Problem, ProblemsFound, and_more, in_order, shortened
from screener.ground.wrapping import cells, lines
from screener.rulefile.loader import load
from screener.rulefile.yamltext import read

TOP = "format: 1\nid: x\nversion: 1\ntitle: t\nlanguage: en\n"
TOP += "dispositions: [{id: d, title: t, says: s}]\nreferral: {says: s}\n"
GUIDANCE = "guidance: [{id: g, topic: t, says: s}]\n"
QUESTION = "questions:\n- {id: q, type: yes-no, ask: a}\n"


def listed(numbers: int, text: str) -> str:
    """The text so many times, with a number in it."""
    return "".join(text.format(n=number) for number in range(numbers))


def found(text: str) -> tuple[Problem, ...]:
    """The problems of a rule file."""
    with pytest.raises(ProblemsFound) as caught:
        load(text, "f.yaml")
    return caught.value.problems


MANY: dict[str, Callable[[int], str]] = {
    "control characters": lambda n: "\x01" * n,
    "aliases": lambda n: f"[{'*a, ' * n}]",
    "keys that stand twice": lambda n: "a: 1\n" * (n + 1),
    "unknown keys": lambda n: TOP + GUIDANCE + QUESTION + listed(n, "k{n}: x\n"),
    "entries that are wrong": lambda n: TOP + GUIDANCE + "questions: [" + "[]," * n + "]",
    "unknown questions": lambda n: (
        TOP + QUESTION + "guidance:\n" + listed(n, "- {{id: g{n}, topic: t, says: s, when: {{z{n}: yes}}}}\n")
    ),
    "unknown options": lambda n: (
        TOP
        + GUIDANCE
        + QUESTION
        + "conditions:\n"
        + listed(n // 500, "  c{n}: {{q: [" + listed(500, "x{n}, ").replace("{", "{{") + "]}}\n")
    ),
    "unknown statements": lambda n: (
        TOP
        + QUESTION
        + "sources: s.yaml\nguidance: [{id: g, topic: t, says: s, from: ["
        + listed(n, "S{n}, ")
        + "]}]\n"
    ),
}


@pytest.mark.parametrize("kind", MANY)
def test_two_hundred_problems_are_listed_and_the_others_counted(kind: str) -> None:
    """A person puts right what is listed; that there is more is said, and how much."""
    text = MANY[kind](1500)
    with pytest.raises(ProblemsFound) as caught:
        load(text, "f.yaml", lambda name: ("format: 1\ndocuments: {}\nstatements: []\n", name))
    problems = caught.value.problems

    assert len(problems) == MOST_LISTED + 1
    assert (problems[-1].code, problems[-1].message) == ("more-problems", "and 1,300 more")


@pytest.mark.parametrize("kind", MANY)
def test_what_is_wrong_in_many_places_takes_work_in_proportion(kind: str) -> None:
    """Twice as many faults take twice the work."""

    def loaded(size: int) -> None:
        with suppress(ProblemsFound):
            load(MANY[kind](size), "f.yaml", lambda name: ("format: 1\ndocuments: {}\nstatements: []\n", name))

    assert grows_evenly(loaded, 1000)


def test_a_list_of_answers_takes_work_in_proportion() -> None:
    """Also where every answer is looked for among those before it."""
    options = "{" + listed(900, "o{n}: O, ") + "}"
    rules = load(TOP + GUIDANCE + f"questions: [{{id: q, type: many, ask: a, options: {options}}}]")

    assert grows_evenly(lambda size: read_answers(f"q: [{listed(size, 'o{n}, ')}]", rules), 450)


@pytest.mark.parametrize("text", ["w" * 3000, "word " * 600, "é\u0301" * 1500, "皮" * 3000])
def test_wrapping_takes_work_in_proportion(text: str) -> None:
    """Also for a word as long as a book."""
    assert grows_evenly(lambda size: lines(text[:size], 20, "- "), 1500)


@pytest.mark.parametrize(("sign", "takes"), [("w", 1), ("皮", 2)])
def test_a_word_as_long_as_a_library_is_cut_by_counting(sign: str, takes: int) -> None:
    """It takes less than a step for each character, and the lines are as full as any others."""
    wrapped = lines("so " + sign * 400_000 + " long", 20, "- ")

    assert "".join("".join(wrapped).split()) == "-so" + sign * 400_000 + "long"
    assert {len(line) for line in wrapped[2:-3]} == {2 + 18 // takes}
    assert steps(lambda: lines("so " + sign * 400_000 + " long", 20, "- ")) < 400_000


@pytest.mark.parametrize("word", ["سلام", "❤️", "e\u0301"])
def test_a_word_of_any_script_is_cut_in_one_pass(word: str) -> None:
    """Each sign of a long word is measured once, however often it comes; nothing is lost, and no line is too wide."""
    wrapped = lines(word * 20_000, 40, "- ")

    assert "".join(wrapped).replace(" ", "") == "-" + word * 20_000
    assert max(map(cells, wrapped)) <= 40
    assert steps(lambda: lines(word * 20_000, 40, "- ")) < 60 * 20_000 * len(word)


def test_signs_that_are_joined_are_wrapped_in_proportion() -> None:
    """Many characters that take few cells: a piece of them may be hardly two lines."""
    family = "👩‍👩‍👧"

    assert grows_evenly(lambda size: lines(family * size, 80), 600)


def test_flags_are_wrapped_in_proportion() -> None:
    """Each is two letters, and which belong together is known only from where their row begins: this is found once."""
    flags, mixed = "🇩🇪🇫🇷", "🇩🇪🇫🇷👩‍👩‍👧❤️🇩é "

    assert grows_evenly(lambda size: lines(flags * size, 80), 600)
    assert grows_evenly(lambda size: lines(mixed * size, 80), 300)
    assert steps(lambda: lines(flags * 1_000, 80)) < 40_000
    assert steps(lambda: lines((flags * 75 + "a") * 4, 80)) < 400 * 301 * 4


def test_wrapped_flags_stay_whole() -> None:
    """They take two cells each; a letter that is left alone stays alone, and a sign that joins them stays with them."""
    assert lines("go 🇩🇪🇫🇷🇪🇸 🇮🇹🇩 x", 6, "- ") == ["- go", "  🇩🇪🇫🇷", "  🇪🇸", "  🇮🇹🇩", "  x"]
    assert lines("🇩🇪" * 500 + "\N{VARIATION SELECTOR-16}🇫", 7) == [
        *["🇩🇪" * 3] * 166,
        "🇩🇪" * 2 + "\N{VARIATION SELECTOR-16}🇫",
    ]


@pytest.mark.parametrize("text", ["abc def", "皮皮 eé", "👩‍👩‍👧 क्षक्ष", "🇩🇪🇫🇷", ""])
@pytest.mark.parametrize("leads", [("- ", None), ("     ", ""), ("", "      "), ("国国 ", "国 ")])
def test_a_width_without_room_keeps_every_character(text: str, leads: tuple[str, str | None]) -> None:
    """However narrow the terminal and however long the lead, it ends, and nothing is lost."""
    for width in range(-1, 8):
        wrapped = "".join(lines(text * 200, width, *leads))

        assert [sign for sign in wrapped if sign not in " -国"] == [sign for sign in text * 200 if sign not in " -国"]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("- " + "[a, b]\n- " * 19_000 + "c\n- " * 1_001, "more than 20,000 entries stand in one list", 20_001),
        (listed(20_001, "k{n}: x\n"), "more than 20,000 entries stand in one list", 20_001),
        (listed(16, "k{n}: [" + "a, " * 19_999 + "]\n"), "the file holds more than 300,000 values", 15),
    ],
)
def test_a_file_with_too_much_in_it_is_refused(text: str, message: str, line: int) -> None:
    """It is no questionnaire that people fill in; what is wrong in it besides is not looked for."""
    with pytest.raises(ProblemsFound) as caught:
        read(text, "f.yaml")

    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("too-many", message)
    assert abs(problem.line - line) <= 1


def test_a_question_has_at_most_a_thousand_options() -> None:
    """No one could read more; the place is that of the options."""
    options = "{" + listed(1_001, "o{n}: O, ") + "}"
    (problem,) = found(TOP + GUIDANCE + f"questions:\n- {{id: q, type: one, ask: a, options: {options}}}")

    assert (problem.line, problem.column, problem.code) == (10, 39, "too-many")
    assert problem.message == "question `q` has more than 1,000 options"
    assert problem.help


def test_a_condition_names_at_most_a_thousand_answers() -> None:
    """More can't be options of a question."""
    (problem,) = found(
        TOP + QUESTION + f"guidance: [{{id: g, topic: t, says: s, when: {{q: [{listed(1_001, 'x{n}, ')}]}}}}]"
    )

    assert (problem.code, problem.message) == ("too-many", "a condition names more than 1,000 answers")


def test_the_help_names_at_most_twenty_options() -> None:
    """A list of a hundred options helps no one who misspelt one."""
    options = "{" + listed(100, "option-{n}: O, ") + "}"
    head = TOP + f"questions:\n- {{id: q, type: one, ask: a, options: {options}}}\n"
    (problem,) = found(head + "guidance: [{id: g, topic: t, says: s, when: {q: zzz}}]")

    assert problem.help.endswith("option-19 and 80 more")


def test_counted_problems_stay_counted() -> None:
    """Lists that were shortened already are put together without losing the count."""
    one = [Problem("a", f"m{n}", file="f", line=n + 1) for n in range(150)]
    both = shortened(in_order([and_more(40), *one, and_more(40), *[p._replace(file="g") for p in one]], "f"))

    assert len(both) == MOST_LISTED + 1
    assert both[-1].message == f"and {40 + 40 + 100} more"
    assert shortened(one) == tuple(one)
    assert shortened([*[p._replace(level="warning") for p in one] * 2])[-1].level == "warning"


def test_names_are_looked_for_as_long_as_someone_reads_on() -> None:
    """A file with many unknown names gets help for the first hundred of them, a large one for fewer."""
    for count, helped in ((1_000, 100), (2_000, 50)):
        hints, known = Hints(), [f"question-{n}" for n in range(count)]

        assert [bool(hints.near("questiom-7", known)) for _ in range(120)] == [True] * helped + [False] * (120 - helped)
