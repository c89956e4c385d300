"""What the picture says on who is asked what, and what becomes of open answers, against the engine."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from drawings import lines, rule_file, words
from enumeration import everything
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import DATED, built, raw_rule_files

from screener import RuleFile, assess
from screener.authoring.picture.flowchart import mermaid
from screener.authoring.picture.labels import Names, sentence
from screener.authoring.picture.steps import Run, chart
from screener.authoring.picture.webpage import page
from screener.engine.assess import view_of
from screener.rulefile.conditions.tree import All, Condition, View

LEFT_OPEN = ", or when that is left open"


def reading(rules: RuleFile, when: Condition | None) -> dict[str, Condition]:
    """What each text on who is asked can mean: all parts of a condition, one of them, or all but one."""
    flat = [*parts(when)] if when else []
    subsets = [flat, *([part] for part in flat), *([one for one in flat if one != part] for part in flat)]
    meant = [subset[0] if len(subset) == 1 else All(tuple(subset)) for subset in subsets if subset]
    return {sentence(one, Names(rules)): one for one in meant}


def parts(when: Condition) -> Iterator[Condition]:
    """What must hold all at once."""
    if isinstance(when, All):
        for part in when.parts:
            yield from parts(part)
    else:
        yield when


def fits(text: str | None, question: str, rules: RuleFile, view: View) -> bool:
    """Whether someone whose answers stand so is among those that a text beside a question names."""
    if text is None:
        return True
    assert text.startswith("when " if text.endswith(LEFT_OPEN) else "only when ")
    said = text.removeprefix("only ").removeprefix("when ").removesuffix(LEFT_OPEN)
    meant = reading(rules, rules.shown_by(question))[said]
    return meant.holds(view) is True or (text.endswith(LEFT_OPEN) and meant.holds(view) is None)


def true_alone(text: str | None, fits: bool, asked: bool) -> bool:
    """Whether a text is true of a question without any other: `only when` asks everyone else nothing, and `when …, or
    when that is left open` says of each of those whom it names that they are asked as well.
    """
    return fits or not asked if text is None or text.startswith("only when ") else fits == asked


def check_who_is_asked(rules: RuleFile) -> None:
    """Hold every text on who is asked, and what is asked next of everyone else, against the engine: each text by itself
    for every question that it is said of, and what a run and a question say together.
    """
    runs, _ = chart(rules, Names(rules))
    for answers in everything(rules):
        view = view_of(rules, answers)
        for run in runs:
            meant = fits(run.asked, run.steps[0].question.id, rules, view)
            for step in run.steps:
                own = fits(step.asked, step.question.id, rules, view)
                is_asked = step.question.id in answers
                assert is_asked == (meant and own)
                assert true_alone(run.asked, meant, is_asked), (run.asked, step.question.id, answers)
                assert true_alone(step.asked, own, is_asked), (step.asked, step.question.id, answers)
            if not meant:
                check_others(run, [rules.position[id] + 1 for id in answers], rules)


def check_others(run: Run, asked: list[int], rules: RuleFile) -> None:
    """Hold what is said of those whom a run leaves out against the numbers of the questions they are asked."""
    later = [number for number in asked if number > run.steps[-1].number]
    if run.others == "Everyone else goes on to the end.":
        assert later == []
    elif told := re.fullmatch(r"Everyone else goes on to question (\d+)\.", run.others):
        assert later[0] == int(told[1])
    else:
        told = re.fullmatch(r"Everyone else skips them; question (\d+) has a condition of its own\.", run.others)
        assert told
        assert int(told[1]) == run.steps[-1].number + 1
        assert rules.questions[int(told[1]) - 1].when is not None


def asked_after(*whens: Any) -> RuleFile:
    """A rule file whose first three questions are always asked, and may be left open; the others on conditions."""
    first = [{"id": id, "type": "yes-no", "ask": f"{id}?", "unsure": "yes", "decline": "yes"} for id in "abc"]
    more = [
        {"id": f"q{at}", "type": "yes-no", "ask": f"{at}?"} | ({"when": w} if w else {}) for at, w in enumerate(whens)
    ]
    line = {"id": "g", "topic": "T", "says": "So.", "when": {"a": "yes"}}
    return built(rule_file(questions=[*first, *more], guidance=[line]))


#: No answer leaves this open.
ADULT = {"a": ["yes", "unsure", "declined"]}
GOLD = {"a": "yes"}


@pytest.mark.parametrize(
    ("whens", "others"),
    [
        ([{"a": "yes"}] * 2, ["Everyone else goes on to the end."]),
        ([ADULT, ADULT | {"b": "no"}, None], ["Everyone else goes on to question 6."]),
        (
            [{"a": "yes"}, {"a": "yes"}, {"b": "no"}, {"b": "no"}],
            ["Everyone else skips them; question 6 has a condition of its own.", "Everyone else goes on to the end."],
        ),
        (
            [ADULT, ADULT | {"not": {"c": "yes"}}],
            ["Everyone else goes on to the end."],
        ),
        ([{"a": "yes"}, {"a": "yes", "b": "no"}], []),
    ],
)
def test_what_is_said_on_who_is_asked_what_next_is_true(whens: list[Any], others: list[str]) -> None:
    """Over every combination of answers the engine asks whom the texts name, and sends everyone else where they say."""
    rules = asked_after(*whens)
    check_who_is_asked(rules)

    assert [run.others for run in chart(rules, Names(rules))[0] if run.asked] == others
    assert all(text in words(page(rules)) for text in others)


OPEN_OR_NOT = [
    [GOLD, {"all": [{"a": "answered"}, GOLD]}, {"all": [{"not": {"a": "declined"}}, GOLD]}, {"a": "yes"}],
    [GOLD, {"a": "yes", "b": ["no", "unsure", "declined"]}],
    [{"a": "unsure"}, {"a": "unsure", "b": "yes"}, {"a": "unsure", "c": "no", "b": "yes"}],
]


@pytest.mark.parametrize("whens", OPEN_OR_NOT)
def test_an_open_answer_is_never_said_to_be_enough_where_it_is_not(whens: list[Any]) -> None:
    """Follow-ups that leave out open answers, or ask for more, are not said to be asked of all who left it open."""
    check_who_is_asked(asked_after(*whens))


def test_everyone_else_is_told_from_those_with_a_referral_of_their_own() -> None:
    """Of several referrals the last is drawn for everyone else, and no other without its condition."""
    referral = [{"id": "r", "when": {"q": "yes"}, "says": "See a doctor."}, {"says": "See someone certified."}]
    rules = built(rule_file(referral=referral))
    said = "“Is it red?” is answered “Yes”"

    assert words(page(rules)).count(f"Only when {said}: See a doctor.") == 2
    assert words(page(rules)).count("To everyone else: See someone certified.") == 2
    drawn = words(mermaid(rules)).splitlines()
    assert f'    q0 -->|"Only when {said}"| e1' in drawn
    assert '    q0 -->|"Everyone else"| e2' in drawn
    assert '    e2("See someone certified."):::note' in drawn


def test_what_can_leave_things_open_is_named_in_full() -> None:
    """The page names a question that was skipped among what leaves things open, where one may be skipped."""
    skipped = {"id": "q", "type": "whole", "ask": "How many?", "optional": "yes"}
    line = {"id": "g", "topic": "T", "says": "So.", "when": {"q": {"above": "2"}}}
    text = words(page(built(rule_file(questions=[skipped], guidance=[line]))))

    assert "“Not sure”, “rather told in person” and a question that was skipped can leave open" in text
    assert "Answer with a whole number" in text
    assert "a question that was skipped" not in words(page(built(rule_file())))


@st.composite
def follow_ups(draw: st.DrawFn) -> list[Any]:
    """Conditions of questions that follow each other, made of few parts, so that many are shared."""
    values = st.sampled_from(["yes", ["no", "unsure"], "answered", "declined", "unsure"])
    atoms = st.builds(lambda about, value: {about: value}, st.sampled_from("ab"), values)
    few = draw(st.lists(st.one_of(atoms, atoms.map(lambda one: {"not": one})), min_size=1, max_size=3))
    some = st.lists(st.sampled_from(few), min_size=1, max_size=3).map(lambda parts: {"all": parts})
    return draw(st.lists(some, min_size=2, max_size=3))


@pytest.mark.no_cover
@settings(max_examples=80, deadline=None)
@given(follow_ups())
def test_who_is_asked_is_true_of_many_follow_ups(whens: list[Any]) -> None:
    """The same holds where conditions share parts that can be left open and parts that can't."""
    check_who_is_asked(asked_after(*whens))


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None)
@given(raw_rule_files(max_questions=3) | raw_rule_files(max_questions=2, types=DATED))
def test_who_is_asked_is_true_of_any_file(raw: dict[str, Any]) -> None:
    """The same holds for small random rule files."""
    check_who_is_asked(built(raw))


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None)
@given(raw_rule_files(max_questions=3) | raw_rule_files(max_questions=2, types=DATED))
def test_what_becomes_of_open_answers_is_true(raw: dict[str, Any]) -> None:
    """A line whose condition answers leave open is said as possible where the drawing says so, and else not at all."""
    rules = built(raw)
    for answers in everything(rules):
        certainty = {finding.guidance.id: finding.certainty for finding in assess(rules, answers).findings}
        for line in lines(rules):
            truth = line.guidance.when.holds(view_of(rules, answers)) if line.guidance.when else True
            assert line.left_open or truth is not None
            open_ = "possible" if line.possible else None
            assert certainty.get(line.guidance.id) == ("certain" if truth else open_ if truth is None else None)
