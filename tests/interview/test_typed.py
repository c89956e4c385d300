"""Options named in words: which line of text stands for which, and what is asked about."""

import pytest
from faces import rules_with
from hypothesis import given
from hypothesis import strategies as st
from work import grows_evenly

from screener.engine.answers import Refused, offered
from screener.interview.typed import typed_choice
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question

LABELS = {
    "melasma": "Melasma (brown or grey-brown patches, often on the face)",
    "scars": "Scars left by acne",
    "sun": "Sunspots, flat and brown",
    "sunburn": {"label": "Sunburn", "help": "In the last weeks"},
    "two": "3",
    "none": {"label": "None of these", "exclusive": True},
}
MANY = rules_with("many", options=LABELS, max="5").questions[0]
ONE = rules_with(
    "one", options={"yes": "Yes, I have chosen someone", "looking": "I am looking", "none": "Not yet"}
).questions[0]


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("Melasma (brown or grey-brown patches, often on the face)", ("melasma",)),
        ("melasma, scars", ("melasma", "scars")),
        (
            "scars left by acne,melasma (brown or grey-brown patches,often on the face) , sunb",
            ("melasma", "scars", "sunburn"),
        ),
        ("sunspots, flat and brown, 1 2", ("melasma", "scars", "sun")),
        ("Sunburn (In the last weeks)", ("sunburn",)),
        ("sunspots", ("sun",)),
        ("3", ("sun",)),
        ("not sure", "unsure"),
        ("none of these", ("none",)),
        ("none", ("none",)),
        ("melasma,,scars,", ("melasma", "scars")),
    ],
)
def test_several_options_in_words(line: str, ids: Answer) -> None:
    """Commas keep options apart, but not the parts of one whose label has a comma; a number is a place in the list."""
    assert typed_choice(MANY, line) == ids


@pytest.mark.parametrize(
    ("asked", "line", "said"),
    [
        (
            MANY,
            "s",
            "This could be “Scars left by acne” or “Sunspots, flat and brown” or “Sunburn”. Please type the number.",
        ),
        (MANY, "sun", "This could be “Sunspots, flat and brown” or “Sunburn”."),
        (MANY, "melasma, s", "This could be “Scars left by acne” or"),
        (MANY, "none, scars", "“None of these” can't be chosen together with others."),
        (MANY, "scars, not sure", "“Not sure” can't be chosen together with others."),
        (MANY, "scars; melasma", "Please type a number from 1 to 7, or the words of an answer."),
        (ONE, "n", "This could be “Not yet” or “Not sure”. Please type the number."),
        (ONE, "looking, none", "Please type a number from 1 to 5, or the words of an answer."),
        (ONE, "", "Please type a number from 1 to 5."),
    ],
)
def test_what_is_not_clear_is_asked_about(asked: Question, line: str, said: str) -> None:
    """Nothing is chosen for a person."""
    with pytest.raises(Refused) as refused:
        typed_choice(asked, line)
    assert refused.value.sentence.startswith(said)


def test_options_whose_words_can_be_put_together_in_two_ways_are_asked_about() -> None:
    """Where one label with a comma is also two others."""
    asked = rules_with("many", options={"a": "Red", "b": "Sore", "both": "Red, sore"}).questions[0]
    with pytest.raises(Refused, match="more than one way"):
        typed_choice(asked, "red, sore")
    assert typed_choice(asked, "sore, red") == ("a", "b")


def test_the_first_words_of_an_answer_with_a_comma() -> None:
    """In a list of which one is chosen a comma keeps nothing apart."""
    assert typed_choice(ONE, "yes, i have") == "yes"
    assert typed_choice(ONE, "Yes") == "yes"


@given(st.data())
def test_every_option_comes_back_from_its_words(data: st.DataObject) -> None:
    """By label, id, number, and by every beginning that no other has; never another than the one that was named."""
    places = list(enumerate(offered(MANY), 1))
    place, (id, label) = data.draw(st.sampled_from(places))
    begun = label[: data.draw(st.integers(1, len(label)))]
    expected = id if id in MANY.reserved else (id,)
    assert typed_choice(MANY, str(place)) == expected
    assert id == "sun" or typed_choice(MANY, id) == expected
    if not begun.strip().isdigit():
        try:
            assert typed_choice(MANY, begun) == expected
        except Refused:
            assert sum(other.casefold().startswith(begun.casefold()) for _, (_, other) in places) > 1


def test_a_very_long_line_takes_no_more_work_than_its_length_says() -> None:
    """Twice as many pieces take twice the work, and however many there are they can be read."""
    assert grows_evenly(lambda size: typed_choice(MANY, "melasma," * size), 200)
    assert typed_choice(MANY, "melasma," * 3_000) == ("melasma",)
