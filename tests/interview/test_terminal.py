"""Prompts driven by real keys through prompt_toolkit's pipe input."""

from datetime import date
from decimal import Decimal

import pytest
from faces import face, rules_with, step_of

from screener.engine.assess import assess
from screener.engine.certain import Certain
from screener.interview.loop import Given, Move, interview
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question, RuleFile

UP, DOWN, LEFT, ENTER, CTRL_C, SPACE = "\x1b[A", "\x1b[B", "\x1b[D", "\r", "\x03", " "


def answer(id: str, keys: str, current: Answer | None = None) -> Answer | Move:
    """What these keys answer to the question."""
    rules = rules_with(id)
    question: Question = rules.questions[0]
    given = {} if current is None else {id: current}
    with face(keys) as (asker, _):
        return asker.ask(step_of(rules, given, question))


@pytest.mark.parametrize(
    ("id", "keys", "expected"),
    [
        ("one", ENTER, "a"),
        ("one", DOWN + ENTER, "b"),
        ("one", DOWN * 2 + ENTER, "unsure"),
        ("one", UP + ENTER, "declined"),
        ("yes-no", DOWN + ENTER, "no"),
        ("many", SPACE + DOWN + SPACE + ENTER, ("a", "b")),
        ("many", DOWN * 3 + SPACE + ENTER, ("none",)),
        ("many", DOWN * 4 + SPACE + ENTER, "unsure"),
        ("number", "7" + ENTER, Decimal(7)),
        ("number", "unsure" + ENTER, "unsure"),
        ("number", "Not sure" + ENTER, "unsure"),
        ("number", "7,5 weeks" + ENTER, Decimal("7.5")),
        ("date", "31.1.2026" + ENTER, date(2026, 1, 31)),
        ("text", "Grüße 皮膚" + ENTER, "Grüße 皮膚"),
    ],
)
def test_keys_answer(id: str, keys: str, expected: Answer) -> None:
    """Arrows, space and enter, or typing, give the answer they point at."""
    assert answer(id, keys) == expected


@pytest.mark.parametrize("id", ["one", "many", "yes-no", "number", "date", "text"])
def test_left_goes_back(id: str) -> None:
    """The left arrow goes back from every type of question."""
    assert answer(id, LEFT) is Move.BACK


def test_left_inside_typed_text_moves_the_cursor() -> None:
    """In a line of text the left arrow goes back only from its start."""
    assert answer("text", "ac" + LEFT + "b" + ENTER) == "abc"


def test_exclusive_option_clears_the_others() -> None:
    """Choosing `none` after others leaves only `none`; choosing another takes `none` away."""
    assert answer("many", SPACE + DOWN * 3 + SPACE + ENTER) == ("none",)
    assert answer("many", DOWN * 3 + SPACE + UP * 3 + SPACE + ENTER) == ("a",)
    assert answer("many", SPACE + DOWN * 4 + SPACE + ENTER) == "unsure"


@pytest.mark.parametrize("key", ["a", "i"])
@pytest.mark.parametrize(("before", "chosen"), [(SPACE, ("a",)), (DOWN * 3 + SPACE, ("none",))])
def test_choose_all_keys_do_nothing(key: str, before: str, chosen: Answer) -> None:
    """The keys that would tick everything, exclusive options too, or turn all choices round, have no effect."""
    assert answer("many", before + key + ENTER + LEFT) == chosen  # who is not let go on goes back


def test_empty_choice_is_not_taken() -> None:
    """Enter without a choice stays; the next choice is taken."""
    assert answer("many", ENTER + SPACE + ENTER) == ("a",)


def test_too_many_are_not_taken() -> None:
    """More than the maximum stays until one is taken away."""
    three = (SPACE + DOWN) * 2 + SPACE
    assert answer("many", three + ENTER + SPACE + ENTER) == ("a", "b")


def test_why_is_answered_and_the_choice_kept() -> None:
    """`?` asks again with what was chosen so far, and the pointer where it was."""
    assert answer("many", SPACE + DOWN + "?" + SPACE + ENTER) == ("a", "b")
    assert answer("one", DOWN + "?" + ENTER) == "b"
    assert answer("text", "?" + "fine" + ENTER) == "fine"


def test_question_mark_can_be_typed_in_a_text() -> None:
    """Once a text has begun, `?` is a character like any other."""
    assert answer("text", "why?" + ENTER) == "why?"


def test_refused_value_is_asked_again() -> None:
    """A number out of range, no number, an empty text or a control character is refused, then asked again."""
    kill = "\x15"  # Ctrl-U empties the line
    assert answer("number", "10" + ENTER + kill + "x" + ENTER + kill + "9" + ENTER) == Decimal(9)
    assert answer("text", ENTER + "a" + ENTER) == "a"


def test_earlier_answer_is_offered_again() -> None:
    """Enter keeps what was answered before."""
    assert answer("one", ENTER, current="b") == "b"
    assert answer("many", ENTER, current=("b", "c")) == ("b", "c")
    assert answer("number", ENTER, current=Decimal("7.5")) == Decimal("7.5")
    assert answer("one", ENTER, current="declined") == "declined"


def test_ctrl_c_stops() -> None:
    """Ctrl-C leaves the prompt as an interrupt, from a list and from a line of text."""
    for id in ("one", "many", "text"):
        with pytest.raises(KeyboardInterrupt):
            answer(id, CTRL_C)


def test_ctrl_c_may_ask_first() -> None:
    """Where it is to be asked, Enter goes on with what was chosen so far; Ctrl-C again, or the other way, leaves."""
    rules = rules_with("many")
    for keys, expected in ((CTRL_C + ENTER + ENTER, ("a",)), (CTRL_C + UP + DOWN + LEFT + "?" + ENTER + ENTER, ("a",))):
        with face(SPACE + DOWN + keys, asks_first=lambda: True) as (asker, _):
            assert asker.ask(step_of(rules, {}, rules.questions[0])) == expected
    for keys in (CTRL_C * 2, CTRL_C + DOWN + ENTER, CTRL_C * 9):
        with face(keys, asks_first=lambda: True) as (asker, _), pytest.raises(KeyboardInterrupt):
            asker.ask(step_of(rules, {}, rules.questions[0]))


def test_ctrl_c_asks_first_in_the_review_and_where_the_next_step_is_said() -> None:
    """Each time anew, and a way that was not chosen is still there."""
    rules = rules_with("one")
    with face(CTRL_C + ENTER + CTRL_C + ENTER + DOWN + ENTER, asks_first=lambda: True) as (asker, _):
        assert asker.review((Given(rules.questions[0], "Words"),)) == "one"
    with face(CTRL_C + ENTER + DOWN + ENTER, asks_first=lambda: True) as (asker, _):
        assert not asker.goes_on(Certain(rules.dispositions[0], ()))


@pytest.mark.parametrize(("keys", "on"), [(ENTER, True), (LEFT + "?" + ENTER, True), (DOWN + ENTER, False)])
def test_the_next_step_is_said_and_stays(keys: str, on: bool) -> None:
    """Its title and its words stay on the screen; the first way goes on, the second finishes."""
    with face(keys) as (asker, said):
        assert asker.goes_on(Certain(rules_with("one").dispositions[0], ())) is on

    assert "".join(said).startswith("\n NEXT STEP: D\n\n D.\n\n This follows from what you have answered")


def test_review_gives_the_line_to_change_or_done() -> None:
    """The first line is done; the others are the questions, and ← and ? have no meaning."""
    rules = rules_with("one", "yes-no")
    given = tuple(Given(question, "Words") for question in rules.questions)
    for keys, expected in ((ENTER, None), (LEFT + "?" + ENTER, None), (DOWN * 2 + ENTER, "yes-no")):
        with face(keys) as (asker, _):
            assert asker.review(given) == expected


def test_questions_and_answers_stay_on_screen_in_words() -> None:
    """After the prompt is gone, its place, question and answer in words remain."""
    rules = rules_with("one")
    with face(DOWN + ENTER) as (asker, said):
        asker.ask(step_of(rules, {}, rules.questions[0]))

    assert "".join(said) == "\n Question 1 of 1\n The one question?\n › Second\n"


def test_hostile_labels_reach_no_terminal() -> None:
    """A control character that got this far is written out, not sent."""
    rules = rules_with("one")
    question = rules.questions[0].model_copy(update={"ask": "Red\x1b[31m?\u202e"})
    with face(ENTER) as (asker, said):
        asker.ask(step_of(rules, {}, question))

    assert "\x1b" not in "".join(said)
    assert "\\u001b[31m" in "".join(said)


def test_whole_interview_by_keys(pico: RuleFile) -> None:
    """The under-age way through the real questionnaire: one question, the review, the summary."""
    with face(DOWN + ENTER + ENTER) as (asker, _):
        final = interview(pico, {}, asker)

    assert final == {"adult": "no"}
    assert [finding.guidance.id for finding in assess(pico, final).findings] == ["under-18"]
