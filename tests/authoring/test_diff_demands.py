"""Which version an edit needs is what trying all answers on both files shows: who loses what, and who hears it less."""

import copy
import re
from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any, NamedTuple

import pytest
from comparing import edited, only_here, outcome, raw_edits, seen
from enumeration import everything, possible
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from proving import no_hurry, silent
from strategies import COIN, Draw, built, raw_conditions

from screener.authoring.diff.changes import Demand
from screener.authoring.diff.compare import compare
from screener.authoring.diff.steps import Steps
from screener.engine.answers import Refused, read_answer
from screener.engine.assess import assess, view_of
from screener.rulefile.conditions.tree import State
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile
from screener.rulefile.promises import Invariant

View = dict[str, State]


class Met(NamedTuple):
    """One person in both files: how each sees the answers, and to which file they were given."""

    old: View
    new: View
    side: str


@st.composite
def raw_promise_edits(draw: Draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """A small rule file with promises, and the same after an edit of steps, promises, questions or lines."""
    old, new = draw(raw_edits())
    old["invariants"] = [draw(raw_promises(old, f"i{n}")) for n in range(draw(st.integers(0, 2)))]
    if draw(COIN):
        new = copy.deepcopy(old)
    else:
        new["invariants"] = copy.deepcopy(old["invariants"])
    for _ in range(draw(st.integers(1, 2))):
        draw(st.sampled_from([step_added, step_gone, promise_changed, promise_copied, offer_changed, edited]))(
            draw, new
        )
    _drop_dangling(new)
    return old, new


@st.composite
def raw_promises_edited(draw: Draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same with promises only, and steps."""
    old, _ = draw(raw_edits())
    old["invariants"] = [draw(raw_promises(old, f"i{n}")) for n in range(draw(st.integers(1, 3)))]
    new = copy.deepcopy(old)
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from([promise_changed, promise_changed, promise_changed, promise_copied, step_added]))(
            draw, new
        )
    _drop_dangling(new)
    return old, new


@st.composite
def raw_promises(draw: Draw, raw: dict[str, Any], id: str) -> dict[str, Any]:
    """A promise about this file, kept or not."""
    possible_ = possible_promises(raw)
    keys = draw(st.lists(st.sampled_from(list(possible_)), min_size=1, max_size=2, unique=True))
    found: dict[str, Any] = {
        "id": id,
        "because": f"It matters for {id}.",
        "then": {k: draw(possible_[k]) for k in keys},
    }
    if draw(COIN):
        found["when"] = draw(raw_conditions(raw["questions"], depth=1))
    if draw(COIN):
        found["open"] = draw(st.sampled_from(["included", "left-out"]))
    return found


def possible_promises(raw: dict[str, Any]) -> dict[str, Any]:
    """What can be promised about this file under each key."""
    steps, lines = [step["id"] for step in raw["dispositions"]], [line["id"] for line in raw["guidance"]]
    questions = raw["questions"]
    return {
        **{key: st.sampled_from(steps) for key in ("disposition", "disposition_at_least", "disposition_at_most")},
        **{key: st.sampled_from(lines).map(lambda line: [line]) for key in ("guidance", "no_guidance")},
        **{key: st.sampled_from(questions).map(lambda one: [one["id"]]) for key in ("asked", "not_asked")},
        "answers": raw_conditions(questions, depth=1),
        "referral": st.sampled_from([one.get("id", "everyone") for one in raw["referral"]]),
        "referral_says": st.sampled_from(["see a", "referral", "see"]),
    }


def step_added(draw: Draw, raw: dict[str, Any]) -> None:
    """A next step somewhere among the others, and a line that calls for it."""
    raw["dispositions"].insert(draw(st.integers(0, 3)), {"id": "new", "title": "New", "says": "Do it."})
    draw(st.sampled_from(raw["guidance"]))["disposition"] = "new"
    seen_ids = [step["id"] for step in raw["dispositions"]]
    if seen_ids.count("new") > 1:
        raw["dispositions"].remove(next(step for step in raw["dispositions"] if step["id"] == "new"))


def step_gone(draw: Draw, raw: dict[str, Any]) -> None:
    """One next step fewer; the lines that called for it call for another, or for none."""
    gone = draw(st.sampled_from(raw["dispositions"]))
    raw["dispositions"].remove(gone)
    for line in raw["guidance"]:
        if line.get("disposition") == gone["id"]:
            line["disposition"] = draw(st.sampled_from([step["id"] for step in raw["dispositions"]]))


def promise_changed(draw: Draw, raw: dict[str, Any]) -> None:
    """A promise with another condition, made otherwise, with a part less, or gone; or one more."""
    if not raw["invariants"]:
        raw["invariants"].append(draw(raw_promises(raw, "more")))
        return
    one = draw(st.sampled_from(raw["invariants"]))
    kind = draw(st.sampled_from(["when", "open", "open", "then", "value", "value", "less", "gone"]))
    if kind == "when":
        one["when"] = draw(raw_conditions(raw["questions"], depth=1))
    elif kind == "open":
        one["open"] = draw(st.sampled_from(["included", "left-out"]))
    elif kind == "value":
        key = draw(st.sampled_from(sorted(one["then"])))
        one["then"][key] = draw(possible_promises(raw)[key])
    elif kind == "then":
        one["then"] = draw(raw_promises(raw, "x"))["then"]
    elif kind == "less" and len(one["then"]) > 1:
        one["then"].popitem()
    else:
        raw["invariants"].remove(one)


def promise_copied(draw: Draw, raw: dict[str, Any]) -> None:
    """A promise made by two others in its place, for two parts of those to whom it was made; or by one."""
    if raw["invariants"]:
        one = raw["invariants"].pop(0)
        when, part = one.get("when", {"all": []}), draw(raw_conditions(raw["questions"], depth=1))
        parts = [part, {"not": part}] if draw(COIN) else [part]
        for number, some in enumerate(parts):
            both = {"when": {"all": [when, some]} if "when" in one else some}
            raw["invariants"].append({**copy.deepcopy(one), **both, "id": f"{one['id']}-{number}"})


def offer_changed(draw: Draw, raw: dict[str, Any]) -> None:
    """“Not sure” or “rather told in person” is offered now, where nothing speaks of it."""
    question = draw(st.sampled_from(raw["questions"]))
    question[draw(st.sampled_from(["unsure", "decline"]))] = "yes"


def _drop_dangling(raw: dict[str, Any]) -> None:
    """Without promises about what is gone; a file with them is not sound."""
    known = {thing["id"] for key in ("guidance", "dispositions", "questions") for thing in raw[key]}
    known |= {one.get("id", "everyone") for one in raw["referral"]}
    for one in list(raw["invariants"]):
        named = [id for key, ids in one["then"].items() if not key.startswith(("answers", "referral_")) for id in
                 (ids if isinstance(ids, list) else [ids])]  # fmt: skip
        if not set(named) <= known:
            raw["invariants"].remove(one)


@pytest.mark.slow
@pytest.mark.no_cover  # trying everything takes long enough without being watched
@settings(deadline=None, max_examples=300)
@given(raw_promise_edits())
def test_what_demands_most_is_what_trying_everything_shows(raws: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Lost lines and referrals, calmer steps, promises that are gone, answers that are refused: no more, no fewer."""
    hold(*(built(raw) for raw in raws))


@pytest.mark.slow
@pytest.mark.no_cover
@settings(deadline=None, max_examples=300)
@given(raw_promises_edited())
def test_a_promise_is_kept_if_another_makes_it(raws: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """The same where only promises have changed, and steps: to whom a promise is made, and how firmly."""
    hold(*(built(raw) for raw in raws))


def hold(old: RuleFile, new: RuleFile) -> None:
    """What the comparison demands, held against everybody."""
    assume(max(len(everything(rules)) for rules in (old, new)) < 300)
    comparison = compare(old, new, no_hurry, silent)
    people = list(met(old, new))
    major = [demand for demand in comparison.because if demand.level == "major"]

    assert {demand.id for demand in major if demand.kind == "question"} == refused(old, new)
    heard = {demand[:2] for demand in only_here(old, new, everything(old)) if demand[0] in ("guidance", "referral")}
    assert {(demand.kind, demand.id) for demand in major if demand.kind in ("guidance", "referral")} == heard
    assert {demand.id for demand in major if demand.kind == "invariant"} == set(broken(old, new, people))
    pairs = calmer(old, new, people)
    found = [(had(demand), demand.id) for demand in major if demand.kind == "disposition"]
    assert {was for was, _ in found} == {was for was, _ in pairs}
    assert set(found) <= pairs
    assert comparison.demands == ("major" if major else comparison.demands)
    assert comparison.same == (not comparison.because)
    for demand in comparison.because:
        replays(demand, old, new)


def met(old: RuleFile, new: RuleFile) -> Iterator[Met]:
    """Everybody who answers one of the files, in every way in which the other sees it."""
    for answers in everything(old):
        yield from (Met(view_of(old, answers), view, "old") for view in seen(new, answers))
    for answers in everything(new):
        yield from (Met(view, view_of(new, answers), "new") for view in seen(old, answers))


def step_of(rules: RuleFile, view: View) -> str:
    """The next step."""
    return next(id for kind, id, _ in outcome(rules, view) if kind == "disposition")


def calmer(old: RuleFile, new: RuleFile, people: list[Met]) -> set[tuple[str, str]]:
    """Each next step that somebody had, and the one in its place that isn't surely as urgent."""
    pairs = {(step_of(old, one.old), step_of(new, one.new)) for one in people}
    orders = [[step.id for step in rules.dispositions] for rules in (old, new)]
    every = [order for order in permutations({*orders[0], *orders[1]}) if all(agrees(order, one) for one in orders)]
    return {(was, now) for was, now in pairs if any(order.index(now) < order.index(was) for order in every)}


def agrees(order: tuple[str, ...], steps: list[str]) -> bool:
    """Whether these steps stand in the order one after the other."""
    places = [order.index(step) for step in steps]
    return places == sorted(places)


def had(demand: Demand) -> str:
    """The next step that somebody had before, as the reason tells it."""
    said = re.search(r"had `([^`]*)`", demand.why)
    assert said is not None
    return said[1]


def refused(old: RuleFile, new: RuleFile) -> set[str]:
    """The questions of which some answer is not taken any more."""
    return {
        question.id
        for question in old.questions
        if question.type != new.by_question[question.id].type
        or not all(
            takes(new, question.id, list(answer) if isinstance(answer, tuple) else str(answer))
            for answer in possible(question)
        )
    }


def takes(rules: RuleFile, question: str, answer: Any) -> bool:
    """Whether the question reads this answer."""
    try:
        read_answer(rules.by_question[question], answer)
    except Refused:
        return False
    return True


def broken(old: RuleFile, new: RuleFile, people: list[Met]) -> Iterator[str]:
    """The promises that were made to somebody, and that no promise makes to them now."""
    steps = ([step.id for step in rules.dispositions] for rules in (old, new))
    every = Steps(*steps)
    for promise in old.invariants:
        for firm in (True, False):
            for one in people:
                if one.side == "old" and made(promise, one.old, firm):
                    now = [other for other in new.invariants if made(other, one.new, firm)]
                    if not all(kept(claim, now, one, every, new) for claim in claims(promise)):
                        yield promise.id


def made(promise: Invariant, view: View, firm: bool) -> bool:
    """Whether it is promised to this person: firmly, or at least so that a breach is told."""
    truth = True if promise.when is None else promise.when.holds(view)
    if firm:
        return truth is True or (truth is None and promise.open == "included")
    return truth is True or (truth is None and promise.open != "left-out")


def claims(promise: Invariant) -> Iterator[tuple[str, Any]]:
    """All that it promises."""
    assert promise.then is not None
    for key in type(promise.then).model_fields:
        value = getattr(promise.then, key)
        if key == "disposition" and value:
            yield from (("disposition_at_least", value), ("disposition_at_most", value))
        elif isinstance(value, tuple):
            yield from ((key, one) for one in value)
        elif value is not None:
            yield key, value


def kept(claim: tuple[str, Any], promises: list[Invariant], one: Met, steps: Steps, new: RuleFile) -> bool:
    """Whether one of these promises it as well, or it is so of any file with these steps and lines."""
    key, what = claim
    names = [step.id for step in new.dispositions]
    surely: Callable[[str, str], bool] | None = {
        "disposition_at_least": steps.as_urgent,
        "disposition_at_most": steps.as_calm,
    }.get(key)
    if surely and all(surely(what, step) for step in names):
        return True
    if key == "no_guidance" and what not in {line.id for line in new.guidance}:
        return True
    as_much: dict[str, Callable[[Any], bool]] = {
        "answers": lambda value: value.holds(one.new) is not True or what.holds(one.old) is True,
        "referral_says": lambda value: what.casefold() in value.casefold(),
    }
    says = as_much.get(key, lambda value: surely(what, value) if surely is not None else bool(value == what))
    return any(says(value) for promise in promises for other, value in claims(promise) if other == key)


def replays(demand: Demand, old: RuleFile, new: RuleFile) -> None:
    """The answers are complete answers to the file that they are of, and somebody with the step has it."""
    if demand.answers is None:
        return
    rules = old if demand.side == "old" else new
    summary = assess(rules, demand.answers)
    assert summary.complete
    assert dict(summary.answers) == dict(demand.answers)
    if demand.kind == "disposition" and demand.level == "major":
        assert summary.disposition.id == (had(demand) if demand.side == "old" else demand.id)


@pytest.mark.parametrize("old", [["a"], ["a", "b"], ["a", "b", "c"]])
@pytest.mark.parametrize(
    "new", [["a"], ["b"], ["x"], ["a", "x"], ["x", "b"], ["a", "x", "b"], ["x", "c", "y"], list("axbyc")]
)
def test_steps_have_the_order_that_all_orders_share(old: list[str], new: list[str]) -> None:
    """One step is surely as urgent as another if it is in every order of all steps that agrees with both files."""
    steps = Steps(old, new)
    every = [order for order in permutations({*old, *new}) if agrees(order, old) and agrees(order, new)]

    assert every
    for was in old:
        for now in new:
            places = [(order.index(was), order.index(now)) for order in every]
            assert steps.as_urgent(was, now) == all(one <= other for one, other in places)
            assert steps.as_calm(was, now) == all(one >= other for one, other in places)


def test_files_that_order_steps_otherwise_make_nothing_sure() -> None:
    """Of two steps that have changed places neither is surely as urgent; what is beyond both still is."""
    steps = Steps(["a", "b", "c"], ["b", "a", "c"])

    assert not steps.as_urgent("a", "b")
    assert not steps.as_urgent("b", "a")
    assert steps.as_urgent("a", "c")
    assert steps.as_urgent("b", "c")
    assert steps.as_urgent("b", "b")


@pytest.mark.parametrize(
    ("before", "after", "level"),
    [
        ("unsure: yes", "", "major"),
        ("", "unsure: yes", "minor"),
        ("decline: yes", "", "major"),
        ("", "decline: yes", "minor"),
        ("", "min: 2", "major"),
        ("", "min: 1", "minor"),
        ("min: 2", "", "minor"),
        ("", "max: 3", "minor"),
        ("", "max: 2", "major"),
        ("max: 2", "max: 3", "minor"),
        ("", "help: Look twice.", "patch"),
        ("", "for: professional", "minor"),
        ("", "carry_over: 90 days", "minor"),
        ("carry_over: 90 days", "carry_over: 6 weeks", "minor"),
        ("carry_over: 6 weeks", "carry_over: 90 days", "minor"),
        ("carry_over: 90 days", "", "minor"),
    ],
)
def test_a_question_that_takes_fewer_answers_is_another_one(before: str, after: str, level: str) -> None:
    """Files of answers that people kept are refused by it; more answers are an addition, words are words."""
    text = MANY.format(before)

    assert text != MANY.format(after)
    assert compare(load(text), load(MANY.format(after)), no_hurry, silent).demands == level


@pytest.mark.parametrize(
    ("before", "after", "level"),
    [
        ("c: Cee", "", "major"),
        ("", "e: E", "minor"),
        ("c: Cee", "c: Sea", "patch"),
        ("c: Cee", "c: {label: Cee, help: A letter.}", "patch"),
        ("c: Cee", "c: {label: Cee, exclusive: yes}", "major"),
        ("c: {label: Cee, exclusive: yes}", "c: Cee", "minor"),
    ],
)
def test_an_option_that_is_gone_or_stands_alone_is_a_loss(before: str, after: str, level: str) -> None:
    """The same of options."""
    old, new = (
        load(MANY.format("").replace("d: Dee", f"d: Dee, {option}".removesuffix(", "))) for option in (before, after)
    )

    assert compare(old, new, no_hurry, silent).demands == level


def test_an_option_that_could_not_be_chosen_with_another_loses_nothing_by_standing_alone() -> None:
    """With `max: 1` every option stands alone already."""
    text = MANY.format("max: 1")
    old = load(text.replace("d: Dee", "d: Dee, c: Cee"))
    new = load(text.replace("d: Dee", "d: Dee, c: {label: Cee, exclusive: yes}"))
    assert compare(old, new, no_hurry, silent).demands == "minor"


MANY = """
format: 1
id: x
version: 1.0.0
title: X
language: en
questions:
  - id: q
    type: many
    ask: Q?
    options: {{a: Ay, b: Bee, d: Dee}}
    {}
guidance:
  - {{id: g, topic: T, says: S.}}
dispositions:
  - {{id: d, title: D, says: D.}}
referral: {{says: R.}}
"""
