"""How many questions and minutes are promised: counted from the questions that a typical person gets."""

import json
from typing import Any

import pytest
from work import grows_evenly

from screener.interview.duration import FAST, LEAST_SECONDS, MOST_SECONDS, SLOW, SUMMARY_WORDS, Duration, duration
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

STEPS = [{"id": id, "title": id, "says": "S."} for id in ("later", "soon", "now")]
NONE = {"label": "None", "exclusive": True}


def rules(questions: list[dict[str, Any]], *lines: tuple[Any, str]) -> RuleFile:
    """A rule file with these questions, and these conditions with the next step that each brings up."""
    guidance = [
        {"id": f"g{n}", "topic": "T", "says": "S.", "when": when, "disposition": step}
        for n, (when, step) in enumerate(lines)
    ]
    whole = {
        "format": 1,
        "id": "x",
        "version": "1",
        "title": "Title",
        "language": "en",
        "questions": questions,
        "guidance": guidance or [{"id": "g", "topic": "T", "says": "S."}],
        "dispositions": STEPS,
        "referral": {"says": "See someone."},
    }
    return load(json.dumps(whole))


def yes_no(id: str, when: Any = None, **more: Any) -> dict[str, Any]:
    """A question of four words, yes and no included."""
    return {"id": id, "type": "yes-no", "ask": "Is it?", **({"when": when} if when else {}), **more}


def test_questions_behind_an_urgent_answer_are_not_typical() -> None:
    """The calmest answer is taken: yes or no, whichever brings up nothing, or less; the first where they are alike."""
    adult = [yes_no("adult"), yes_no("a", {"adult": "yes"}), yes_no("b", {"adult": "yes"}), yes_no("c", {"a": "no"})]

    assert duration(rules(adult), {}).questions == 3
    assert duration(rules(adult, ({"adult": "no"}, "now"), ({"a": "yes"}, "soon")), {}).questions == 4
    assert duration(rules(adult, ({"adult": "yes"}, "now")), {}).questions == 1
    assert duration(rules(adult, ({"adult": "yes"}, "soon"), ({"adult": "no"}, "now")), {}).questions == 3


def test_a_condition_that_is_turned_round_names_the_other_answer() -> None:
    """`not` makes the answer urgent that is not named."""
    asked = [yes_no("adult"), yes_no("a", {"adult": "yes"})]
    for when in ({"not": {"adult": "yes"}}, {"all": [{"not": {"any": [{"adult": "yes"}]}}]}):
        assert duration(rules(asked, (when, "now")), {}).questions == 2
    assert duration(rules(asked, ({"not": {"adult": "no"}}, "now")), {}).questions == 1


def test_of_options_the_first_that_no_urgent_line_names_is_typical() -> None:
    """What a condition says of unsure, of all or none of the options, is understood too."""
    health = {"id": "health", "type": "many", "ask": "?", "options": {"a": "A", "b": "B", "c": "C", "none": NONE}}
    for named, shown in (({"health": ["a", "b"]}, "c"), ({"health": {"all": ["a", "c"]}}, "b"), ({"health": "b"}, "a")):
        asked = [health, yes_no("more", {"health": shown})]
        assert duration(rules(asked, (named, "now")), {}).questions == 2
    asked = [health, yes_no("more", {"health": "none"})]
    assert duration(rules(asked, ({"health": ["a", "b", "c"]}, "soon")), {}).questions == 2
    assert duration(rules(asked, ({"not": {"health": {"none": ["a", "b", "c"]}}}, "soon")), {}).questions == 2
    assert duration(rules(asked, ({"health": ["a", "b"]}, "now")), {}).questions == 1


def test_questions_that_hang_on_a_number_may_be_asked() -> None:
    """Nobody knows what will be typed."""
    asked = [{"id": "age", "type": "number", "ask": "?"}, yes_no("young", {"age": {"below": 18}})]

    assert duration(rules(asked), {}).questions == 2


def test_what_is_answered_before_is_neither_counted_nor_read() -> None:
    """With answers from a file there is less to do, and what they show or hide counts."""
    asked = [yes_no("adult"), yes_no("a", {"adult": "yes"}, help=" ".join(["word"] * 6_000))]

    assert duration(rules(asked), {}).questions == 2
    assert duration(rules(asked), {"adult": "yes"}).questions == 1
    assert duration(rules(asked), {"a": "no"}) == Duration(1, 1, 3)
    assert duration(rules(asked), {"adult": "no"}).questions == 0


LONG = "word " * 2_400


@pytest.mark.parametrize(
    "more",
    [
        *({"section": LONG}, {"ask": LONG}, {"help": LONG}),
        *({"options": {"a": LONG, "b": "B"}}, {"options": {"a": {"label": "A", "help": LONG}, "b": "B"}}),
    ],
)
def test_the_minutes_follow_from_the_words(more: dict[str, Any]) -> None:
    """Wherever they stand they are read, by a fast reader and by a slow one, and every answer takes its seconds."""
    made = duration(rules([{"id": "q", "type": "one", "ask": "?", "options": {"a": "A", "b": "B"}, **more}]), {})
    least, most = (
        (2_400 + SUMMARY_WORDS) / FAST + LEAST_SECONDS / 60,
        (2_400 + SUMMARY_WORDS) / SLOW + MOST_SECONDS / 60,
    )

    assert least - 1 < made.least <= least + 0.1
    assert most - 0.1 < made.most < most + 1.1


def test_it_is_said_in_one_sentence() -> None:
    """With one question it is not `about`."""
    assert str(Duration(15, 4, 7)) == "About 15 questions; 4 to 7 minutes, reading included."
    assert str(Duration(1, 1, 2)) == "1 question; 1 to 2 minutes, reading included."


def test_the_questionnaire_that_comes_along_can_be_finished(pico: RuleFile) -> None:
    """What is promised is that a typical person answers at most 18 questions in about ten minutes."""
    made = duration(pico, {})

    assert made.questions <= 18
    assert (made.least, made.most) >= (3, 6)
    assert made.most <= 12


def test_the_work_grows_with_the_file_and_no_faster() -> None:
    """Twice as many questions, options and lines take twice the work, all of them about one question too."""

    def large(size: int) -> RuleFile:
        one = {"id": "one", "type": "many", "ask": "?", "options": {f"o{n}": "O" for n in range(size)}}
        lines = [({"one": f"o{n}", "all": [{f"q{n}": "yes"}]}, "now") for n in range(size)]
        return rules([one, *(yes_no(f"q{n}", {"one": f"o{n}"}) for n in range(size))], *lines)

    files = {size: large(size) for size in (100, 200)}
    assert grows_evenly(lambda size: duration(files[size], {}), 100)
