"""Large forms: what is too much is refused at once, and what is taken makes work that grows with it and no faster."""

import json
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from flattening import Json
from forms import asks, form, refused
from work import calls_made

from screener.exchange.fhir.import_ import take
from screener.exchange.fhir.import_.size import MOST_ENTRIES, MOST_ITEMS
from screener.ground.problems import ProblemsFound
from screener.rulefile.loader import load

YES = {"operator": "=", "answerBoolean": True}


def test_ten_thousand_items_are_taken() -> None:
    """A huge form is read as a whole."""
    first = asks("q0")
    hangs = {"operator": "=", "answerBoolean": True}
    rest = [asks(f"q{n}", enableWhen=[{"question": f"q{n - 1}", **hangs}]) for n in range(1, 10_000)]

    assert len(load(take(form(first, *rest)).text).questions) == 10_000


def test_a_long_circle_is_found() -> None:
    """Conditions that run in a circle through thousands of items are refused, not followed for ever."""
    test = {"operator": "=", "answerBoolean": True}
    items = [asks(f"q{n}", enableWhen=[{"question": f"q{(n + 1) % 5_000}", **test}]) for n in range(5_000)]

    assert [one.code for one in refused(form(*items))] == ["circular-condition"]


def test_conditions_of_a_group_are_written_once() -> None:
    """A group with many tests over many items does not copy them into each of these."""
    tests = [{"question": f"q{n}", "operator": "=", "answerBoolean": True} for n in range(100)]
    group = {"linkId": "g", "type": "group", "item": [asks(f"in{n}") for n in range(2_000)]}
    made = take(form(*(asks(f"q{n}") for n in range(100)), {**group, "enableWhen": tests, "enableBehavior": "any"}))

    assert len(made.text) < 400_000
    assert load(made.text).questions[-1].when is not None


def test_a_form_with_too_many_items_is_refused() -> None:
    """Also when they are empty, or no items at all, or spread over groups: one problem, and not one for each."""
    group = {"linkId": "g", "type": "group", "item": [asks(f"q{n}") for n in range(MOST_ITEMS)]}
    for text in (form(*[{}] * (MOST_ITEMS + 1)), form(*[1] * (MOST_ITEMS + 1)), form(group)):  # type: ignore[arg-type]
        (problem,) = refused(text)
        assert (problem.code, problem.message) == ("too-many-items", "the form has more than 10000 items")


@pytest.mark.parametrize("key", ["enableWhen", "answerOption", "extension", "code", "initial", "anything"])
def test_an_item_with_too_much_in_its_lists_is_refused(key: str) -> None:
    """Whatever the list is of, and whatever stands in it."""
    entries: tuple[Any, ...] = ({}, 1, [], "x")
    for entry in entries:
        held: Json = {key: [entry] * MOST_ENTRIES}
        (problem,) = refused(form({**asks("a"), **held}))
        assert problem.code == "too-many-items"


CODES = {"concept": [{"code": f"c{n}"} for n in range(2_000)]}
SETS: dict[str, Any] = {
    "codes": {"compose": {"include": [CODES]}},
    "rules": {"compose": {"include": [{"filter": []}] * 2_000}},
    "expanded": {"expansion": {"contains": CODES["concept"]}},
    "headings": {"expansion": {"contains": [{"abstract": True}] * 2_000}},
}


@pytest.mark.parametrize("held", SETS.values(), ids=SETS)
def test_a_list_that_many_items_share_is_not_written_out_for_ever(held: Json) -> None:
    """Items that name one long list of answers are refused when all their options together are too many."""
    contained = [{"resourceType": "ValueSet", "id": "v", **held}]
    items = [asks(f"q{n}", type="choice", answerValueSet="#v") for n in range(60)]
    (problem,) = refused(form(*items, contained=contained))

    assert (problem.code, "options" in problem.message) == ("too-many-items", True)


def with_double_key(size: int) -> str:
    """An object with so many keys, of which one stands twice."""
    keys = ", ".join(f'"k{n}": 1' for n in range(size))
    return f'{{"resourceType": "Questionnaire", {keys}, "k7": 1}}'


def with_options(size: int) -> str:
    """A long list of options, each named in a test."""
    options = [{"valueInteger": n} for n in range(size)]
    tests = [{"question": "a", "operator": "=", "answerInteger": n} for n in range(size)]
    return form(asks("a", type="choice", answerOption=options), asks("b", enableWhen=tests, enableBehavior="any"))


def with_circles(size: int) -> str:
    """Items that hang on the one after them and on some more: a circle wherever one looks."""
    tests = [[{"question": f"q{n * k % size}", **YES} for k in (3, 5)] for n in range(size)]
    return form(
        *(asks(f"q{n}", enableWhen=[{"question": f"q{(n + 1) % size}", **YES}, *tests[n]]) for n in range(size))
    )


def with_groups(size: int) -> str:
    """Items under thirty groups, each of which has a condition of its own."""
    inner: list[Json] = [asks(f"d{n}") for n in range(size)]
    for depth in range(30):
        inner = [{"linkId": f"g{depth}", "type": "group", "item": inner, "enableWhen": [{"question": "a", **YES}]}]
        inner[0]["enableWhen"][0]["question"] = f"a{depth}"
    return form(*(asks(f"a{depth}") for depth in range(30)), *inner)


def with_texts(size: int) -> str:
    """A question with many texts under it."""
    return form(asks("a", item=[{"linkId": f"d{n}", "type": "display", "text": "Help."} for n in range(size)]))


@pytest.mark.parametrize("made", [with_double_key, with_options, with_circles, with_groups, with_texts])
def test_twice_the_form_is_twice_the_work(made: Any) -> None:
    """No part of taking a form in compares everything with everything."""

    def work(size: int) -> int:
        text = made(size)
        return calls_made(lambda: taken_or_refused(text))

    work(50)  # what is only done once

    assert work(1_600) < 2.3 * work(800)


def taken_or_refused(text: str) -> None:
    """Take a form in, as far as it goes."""
    with suppress(ProblemsFound):
        take(text)


def test_conditions_of_nested_groups_are_named() -> None:
    """What stands in many groups names their conditions; it is shown for the same answers as before."""
    made = take(with_groups(500))
    rules = load(made.text)
    when = rules.questions[-1].when
    answers = {f"a{depth}": "yes" for depth in range(30)}

    assert len(made.text) < 500 * 150
    assert when is not None
    assert when.holds(answers)
    assert [when.holds({**answers, f"a{depth}": "no"}) for depth in range(30)] == [False] * 30


def test_an_id_of_millions_of_characters_takes_no_more_than_itself() -> None:
    """Finding the place of an item takes memory for its id, and not a hundred times as much."""
    text = form(asks("x" * 1_000_000, type="colour"))
    tracemalloc.start()
    try:
        problems = refused(text)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert [one.code for one in problems] == ["wrong-value"]
    assert most < 30 * len(text)


def test_of_very_many_keys_only_the_first_are_named() -> None:
    """What is lost is told in a sentence, however many names there are."""
    keys: dict[str, Any] = {f"k{n}": 1 for n in range(5_000)}
    text = json.dumps({"resourceType": "Questionnaire", **keys, "item": [asks("a", **keys)]})
    said = [one.message for one in take(text).lost if "not kept" in one.message]

    assert len(said) == 2
    assert all("`k19`, and 4980 more" in one or "`k19`; and 4980 more" in one for one in said)
