"""What is worth a look in a file that is well formed: texts that are cut off, stand twice, or wait to be written."""

from pathlib import Path

import pytest
from commands import file, rules

from screener.authoring.checks import remarks
from screener.authoring.checks.cut import cut_off
from screener.authoring.checks.placing import placed
from screener.ground.problems import Problem
from screener.rulefile.loader import load
from screener.rulefile.yamltext import read
from screener.rulefile.yamltext.parsers import FASTEST, Pure

HEAD = "format: 1\nid: lint\nversion: 1.0.0\nlanguage: en\n"
TITLE = "title: A few questions\n"
QUESTIONS = "questions:\n  - {id: itch, type: yes-no, ask: Does your skin itch?}\n"
GUIDANCE = """guidance:
  - {id: care, topic: Care, says: Keep the skin cool., from: [C1]}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches., from: [C1]}
"""
END = """dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
referral: {says: Please see a certified professional.}
"""
SOURCES = """format: 1
documents:
  leaflet: {title: A leaflet}
statements:
  - {id: C1, document: leaflet, says: Cool skin itches less.}
"""


def found(
    questions: str = QUESTIONS, guidance: str = GUIDANCE, sources: str = SOURCES, end: str = END
) -> list[Problem]:
    """What the checks say of a rule file with these parts, each with its place."""
    text = HEAD + TITLE + "sources: s.yaml\n" + questions + guidance + END
    texts = {False: read(text, "r.yaml"), True: read(sources, "s.yaml")}
    cut = [*cut_off(texts[False], in_sources=False), *cut_off(texts[True], in_sources=True)]
    return placed([*remarks(load(text, "r.yaml", lambda name: (sources, name))), *cut], texts.__getitem__)


def stands(text: str, problem: Problem) -> str:
    """What stands at the place of a problem, to the end of the line."""
    return text.splitlines()[problem.line - 1][problem.column - 1 :]


def test_a_sound_file_has_no_remarks() -> None:
    """What the other tests change is clean before."""
    assert found() == []


CUT = [
    ("says: It takes 5 to 10 visits #1 reason people stop", "#1 reason people stop"),
    ("says: It takes 5 to 10 visits # the first reason", "# the first reason"),
    ("says: It takes 5 to 10 visits  # the first reason", "# the first reason"),
    ("says: It takes a while. #1 reason people stop", "#1 reason people stop"),
    ("ask: Is it #1", "#1"),
    ("title: Five to ten visits # first", "# first"),
    ("more: It takes\n      5 to 10 visits #1 reason", "#1 reason"),
    ("short: Room\t#4", "#4"),
    ("label: Room #4", "#4"),
]
TIDY = [
    "says: It takes a while.  # see C1",
    "says: It takes a while. # see C1",
    "topic: Care  # a heading",
    "topic: Care # a heading",
    "title: Five to ten visits  # a heading",
    "says: It takes 5 to 10 visits#1 reason",
    'says: "It takes 5 to 10 visits #1 reason"',
    "says: 'It takes 5 to 10 visits #1 reason'  # why",
    "says: >-  # a comment\n      It takes 5 to 10 visits #1 reason",
    "says: |\n      It takes 5 to 10 visits #1 reason",
    "# says: It takes 5 to 10 visits #1 reason\n    id: care",
    "from: [C1, C2]  #both",
    "says: It takes 5 to 10 visits #",
    "id: care #1",
]


@pytest.mark.parametrize("parser", [FASTEST, Pure])
@pytest.mark.parametrize(("line", "rest"), CUT)
def test_a_text_that_a_comment_cuts_off_is_seen(line: str, rest: str, parser: object) -> None:
    """The place is the `#`, and what is lost is shown."""
    text = f"guidance:\n  - {line}\n"
    source = read(text, "r.yaml", parser)
    (problem,) = placed(cut_off(source, in_sources=False), lambda _: source)

    assert (problem.code, problem.level) == ("cut-by-comment", "warning")
    assert stands(text, problem) == rest
    assert f"`{rest}`" in problem.message


@pytest.mark.parametrize("parser", [FASTEST, Pure])
@pytest.mark.parametrize("line", TIDY)
def test_a_tidy_comment_is_left_alone(line: str, parser: object) -> None:
    """Behind a whole sentence or a few words, above a text, and a `#` in quotes or inside a word."""
    assert list(cut_off(read(f"guidance:\n  - {line}\n", "r.yaml", parser), in_sources=False)) == []


def test_options_and_the_glossary_can_be_cut_off_too() -> None:
    """Texts that stand under names of the author's."""
    text = "glossary:\n  laser: A kind of light #1\nquestions:\n  - options:\n      arm: My left arm #2\n"
    source = read(text)

    assert [stands(text, p) for p in placed(cut_off(source, in_sources=False), lambda _: source)] == ["#1", "#2"]


def test_a_text_of_the_sources_can_be_cut_off(tmp_path: Path) -> None:
    """`rules check` looks into both files, and points into the right one."""
    path = file(tmp_path, HEAD + TITLE + "sources: s.yaml\n" + QUESTIONS + GUIDANCE + END)
    beside = SOURCES.replace(
        "{id: C1, document: leaflet, says: Cool skin itches less.}", "id: C1\n    document: leaflet"
    )
    file(tmp_path, beside + "    says: Cool skin itches less #1 in tests\n", "s.yaml")
    code, out, _ = rules("check", path, "--strict")

    assert code == 1
    assert "s.yaml:7:33: warning[cut-by-comment] `#1 in tests` is a comment" in out
    assert out.count("cut-by-comment") == 1


def test_options_with_the_same_label_are_seen() -> None:
    """Large letters and blanks make no difference; the first is shown too."""
    asked = "  - {id: place, type: one, ask: Where?, options: {face: My face, arm: My arm, chin: my  Face}}\n"
    used = GUIDANCE + "  - {id: where, topic: Care, when: {place: face}, says: Show it., from: [C1]}\n"
    (problem,) = found(QUESTIONS + asked, used)

    assert (problem.code, problem.line) == ("same-label", 9)
    assert "`face` and `chin` of question `place`" in problem.message
    assert [one.message for one in problem.related] == ["the first stands here"]
    assert problem.related[0].column < problem.column


def test_labels_of_two_questions_may_be_the_same() -> None:
    """An option is told apart within its question."""
    asked = "".join(f"  - {{id: q{n}, type: one, ask: Where {n}?, options: {{a: Arm, b: Face}}}}\n" for n in (1, 2))

    assert [problem.code for problem in found(QUESTIONS + asked)] == []


def test_a_question_that_is_asked_twice_is_seen() -> None:
    """The same words, with another id."""
    (problem,) = found(QUESTIONS + "  - {id: itch-too, type: yes-no, ask: does your skin itch?}\n")

    assert (problem.code, problem.line, problem.column) == ("asked-twice", 9, 39)
    assert [(one.line, one.column) for one in problem.related] == [(8, 35)]


def test_lines_that_say_the_same_are_seen() -> None:
    """All they say counts: with another title, or more to say, they are two lines."""
    again = "  - {id: again, topic: Care, when: {itch: no}, says: Keep the skin  cool., from: [C1]%s}\n"

    assert [problem.code for problem in found(guidance=GUIDANCE + again % "")] == ["same-text"]
    assert [problem.code for problem in found(guidance=GUIDANCE + again % ", title: No itch")] == []
    assert [problem.code for problem in found(guidance=GUIDANCE + again % ", more: No itch.")] == []


@pytest.mark.parametrize("topic", ["care", "CARE", "Skin  care", "skin care"])
def test_topics_in_two_ways_are_seen(topic: str) -> None:
    """Once for each way to write it, however many lines have it."""
    line = "  - {id: %s, topic: %s, when: {itch: yes}, says: Say %s., from: [C1]}\n"
    lines = [("a", "Skin care", "a"), ("b", topic, "b"), ("c", topic, "c"), ("d", "Care", "d")]
    said = found(guidance=GUIDANCE + "".join(line % one for one in lines))

    assert [problem.code for problem in said] == ["topic-in-two-ways"]
    assert f"`{topic}`" in said[0].message


def test_sections_in_two_ways_are_seen() -> None:
    """As topics are headings of the summary, sections are headings of the questions."""
    asked = "  - {id: q%s, section: %s, type: yes-no, ask: Is it %s?}\n"
    said = found(QUESTIONS + asked % (1, "Your skin", 1) + asked % (2, "Your Skin", 2) + asked % (3, "Your skin", 3))

    assert [(problem.code, problem.line) for problem in said] == [("topic-in-two-ways", 9)]


@pytest.mark.parametrize(
    "note",
    ["TODO", "'TODO: ask Kim'", "FIXME later", "XXX", "It takes TBD visits", "Lorem ipsum dolor", '"{{name}}"',
     '"Dear {{ first name }}"'],
)  # fmt: skip
@pytest.mark.parametrize("key", ["says", "ask", "title", "topic"])
def test_texts_that_wait_to_be_written_are_seen(note: str, key: str) -> None:
    """Wherever people read them."""
    line = {"topic": "Care", "says": "Say so."} | {key: note}
    written = "".join(f"    {key}: {text}\n" for key, text in line.items())
    said = found(guidance=GUIDANCE + f"  - id: late\n    when: {{itch: yes}}\n    from: [C1]\n{written}")

    assert [(problem.code, problem.level) for problem in said] == [("unfinished", "warning")]


@pytest.mark.parametrize("place", ["{itch}", "{ itch }", "[answer: itch]", "(answer: itch)", "<answer:itch>"])
def test_an_answer_that_is_not_repeated_is_seen(place: str) -> None:
    """The id of a question as other programs fill in what was answered: people would read it as it stands."""
    said = found(guidance=GUIDANCE.replace("Keep the skin cool.", f'"Show where {place} is."'))

    assert [(problem.code, problem.line, problem.help) for problem in said] == [
        ("unfinished", 10, "write `{answer: itch}`")
    ]
    assert found(guidance=GUIDANCE.replace("Say since when it itches.", '"Since when: {answer: itch}."')) == []


@pytest.mark.parametrize("text", ["To do this takes time.", "Todo el cuerpo.", "XXXL sizes are made too.", "{a} or b"])
def test_words_that_look_like_notes_are_left_alone(text: str) -> None:
    """Notes are in capitals, and words of their own."""
    assert found(guidance=GUIDANCE.replace("Keep the skin cool.", f'"{text}"')) == []


def test_a_note_in_the_sources_is_seen_there() -> None:
    """In the statement, and in the reason for leaving one out."""
    said = found(sources=SOURCES + "  - {id: C2, document: leaflet, says: It helps., left_out: TODO}\n")

    assert [(problem.code, problem.file, problem.line) for problem in said] == [("unfinished", "s.yaml", 6)]


def test_a_line_without_a_source_is_seen_where_there_are_sources() -> None:
    """In a file that names none, nothing is said."""
    (problem,) = found(guidance=GUIDANCE.replace("itches., from: [C1]", "itches."))
    plain = HEAD + TITLE + QUESTIONS + GUIDANCE.replace(", from: [C1]", "") + END

    assert (problem.code, problem.level, problem.line) == ("uncited-line", "warning", 11)
    assert remarks(load(plain)) == []


def test_a_document_that_nothing_is_taken_from_is_seen() -> None:
    """It is pointed at in the sources file."""
    (problem,) = found(sources=SOURCES.replace("statements:", "  book: {title: A book}\nstatements:"))

    assert (problem.code, problem.level, problem.file, problem.line) == ("unused-document", "warning", "s.yaml", 4)


@pytest.mark.parametrize(
    ("limits", "codes"), [("", ["no-limits"]), (", min: 0", []), (", max: 9", []), (", min: 0, max: 9", [])]
)
def test_a_number_without_limits_is_seen(limits: str, codes: list[str]) -> None:
    """One of the two is enough."""
    asked = f"  - {{id: size, type: number, ask: How large is it?{limits}}}\n"

    assert [problem.code for problem in found(QUESTIONS + asked)] == codes


def test_what_begins_a_new_file_is_clean(tmp_path: Path) -> None:
    """The file that `rules new` writes has nothing to mend."""
    path = tmp_path / "mine.yaml"

    assert rules("new", str(path))[0] == 0
    assert rules("check", str(path), "--strict")[0] == 0
