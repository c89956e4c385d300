"""Follow-ups of something that was declined: found where they can't be declined, and gone after either mend."""

import json
from typing import Any

import pytest
from enumeration import everything
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from proving import no_hurry, pressed, replays, silent
from strategies import COIN, Draw, built, raw_conditions, raw_questions, raw_rule_files

from screener.authoring.checks.logic import prove
from screener.authoring.checks.remark import Remark
from screener.engine.assess import view_of
from screener.rulefile.conditions.raw import as_written
from screener.rulefile.model import RuleFile
from screener.rulefile.yamltext.reading import read

ASKED: list[dict[str, Any]] = [
    {
        "id": "medicines", "type": "many", "ask": "Which?", "decline": "yes",
        "options": {"gold": "Gold", "iso": "I", "none": {"label": "None", "exclusive": "yes"}},
    },
    {"id": "mole", "type": "yes-no", "ask": "A mole?", "unsure": "yes", "decline": "yes"},
    {"id": "itch", "type": "yes-no", "ask": "Itch?", "unsure": "yes"},
]  # fmt: skip
GOLD_IN_PERSON = {"medicines": ["gold", "declined"]}


def whole(when: Any, **more: str) -> dict[str, Any]:
    """A file with one follow-up."""
    follow_up = {"id": "extra", "type": "yes-no", "ask": "Today?", "when": when, **more}
    used = [{"medicines": "gold"}, {"medicines": "iso"}, {"mole": "yes"}, {"itch": "yes"}, {"extra": "yes"}]
    lines = [{"id": f"g{n}", "topic": f"T{n}", "says": "S.", "when": one} for n, one in enumerate(used)]
    return {
        "format": 1, "id": "f", "version": "1", "title": "F", "language": "en", "questions": [*ASKED, follow_up],
        "guidance": [{"id": "care", "topic": "T", "says": "S."}, *lines],
        "dispositions": [{"id": "d", "title": "D", "says": "D."}], "referral": {"says": "R."},
    }  # fmt: skip


def found(rules: RuleFile) -> list[Remark]:
    """The follow-ups that press somebody."""
    return [remark for remark in prove(rules, no_hurry, silent).remarks if remark.code == "no-way-out"]


def mend_of(remark: Remark) -> Any:
    """The condition that the help gives, read from its text."""
    text = remark.help.partition("with `")[2].rpartition("`")[0]
    plain = read(text, "help").plain
    assert isinstance(plain, dict)
    return plain["when"]


@pytest.mark.parametrize(
    ("when", "mend"),
    [
        ({"medicines": "gold"}, {"all": [{"medicines": "answered"}, {"medicines": "gold"}]}),
        ({"mole": "yes"}, {"all": [{"not": {"mole": "declined"}}, {"mole": "yes"}]}),
        ({"mole": ["yes", "unsure"]}, {"all": [{"not": {"mole": "declined"}}, {"mole": ["yes", "unsure"]}]}),
        ({"not": {"mole": "no"}}, {"not": {"any": [{"mole": "declined"}, {"mole": "no"}]}}),
        (
            {"medicines": "gold", "itch": "yes"},
            {"all": [{"medicines": "answered"}, {"medicines": "gold"}, {"itch": "yes"}]},
        ),
        (
            {"any": [{"medicines": "gold"}, {"itch": "yes"}]},
            {"any": [{"all": [{"medicines": "answered"}, {"medicines": "gold"}]}, {"itch": "yes"}]},
        ),
        (
            {"medicines": {"all": ["gold", "iso"]}, "mole": "yes"},
            {
                "all": [
                    {"medicines": "answered"}, {"medicines": {"all": ["gold", "iso"]}},
                    {"not": {"mole": "declined"}}, {"mole": "yes"},
                ]
            },
        ),
    ],
    ids=json.dumps,
)  # fmt: skip
def test_a_follow_up_that_presses_is_found_with_its_mend(when: Any, mend: Any) -> None:
    """The help gives the very condition, which ends the warning, as `decline: yes` does, and nothing else comes."""
    rules = built(whole(when))
    (remark,) = prove(rules, no_hurry, silent).remarks
    replays(rules, remark)
    (example,) = remark.witness

    assert (remark.code, remark.level, remark.route) == ("no-way-out", "warning", ("questions", "extra", "when"))
    assert dict(example.answers)[remark.message.split("`")[3]] == "declined"
    assert mend_of(remark) == mend
    assert prove(built(whole(mend)), no_hurry, silent).remarks == ()
    assert prove(built(whole(when, decline="yes")), no_hurry, silent).remarks == ()


@pytest.mark.parametrize(
    "when", [GOLD_IN_PERSON, {"medicines": "answered"}, {"mole": "declined"}, {"itch": "yes"}], ids=json.dumps
)
def test_a_follow_up_that_is_meant_is_left_alone(when: Any) -> None:
    """One that asks for `declined` by name, for an answer, or of something that can't be declined."""
    assert prove(built(whole(when)), no_hurry, silent).remarks == ()


def test_a_follow_up_of_a_question_that_was_skipped_presses_too() -> None:
    """Whoever skipped the first question is asked the second, and can't skip that; words and mend speak of skipping."""
    skin = {"id": "skin", "type": "yes-no", "ask": "Skin?", "optional": "yes"}
    raw = whole({"skin": "yes"})
    raw["questions"].insert(0, skin)
    raw["guidance"].append({"id": "skin", "topic": "Skin", "says": "S.", "when": {"skin": "yes"}})
    (remark,) = found(built(raw))
    replays(built(raw), remark)

    assert remark.message == "question `extra` is asked of people who skipped `skin`, and can't be skipped"
    assert remark.help == (
        "write `optional: yes` for it, or ask it only where that was not skipped, "
        "with `when: {all: [{skin: answered}, {skin: yes}]}`"
    )


def test_it_is_said_in_words() -> None:
    """Message and help, word for word."""
    (remark,) = found(built(whole({"medicines": "gold"})))

    assert remark.message == (
        "question `extra` is asked of people who would rather tell `medicines` in person, and can't be declined"
    )
    assert remark.help == (
        "write `decline: yes` for it, or ask it only where that was not declined, "
        "with `when: {all: [{medicines: answered}, {medicines: gold}]}`"
    )
    assert remark.witness[0].shows == "`extra` is asked because `medicines` is `declined`"


@st.composite
def raw_files_that_can_be_declined(draw: Draw) -> dict[str, Any]:
    """A small rule file in which much can be declined, and most follow-ups can't."""
    raw = draw(raw_rule_files(max_questions=1))
    questions: list[dict[str, Any]] = []
    for index in range(draw(st.integers(2, 3))):
        question = draw(raw_questions(index, questions))
        if questions:
            question = {key: value for key, value in question.items() if key not in ("unsure", "decline", "optional")}
            question["when"] = draw(raw_conditions(questions, 2))
        if not questions or draw(COIN):
            question[draw(st.sampled_from(["decline", "optional"]))] = "yes"
        questions.append(question)
    line = {"id": "g0", "topic": "T", "says": "S.", "when": draw(raw_conditions(questions, 1))}
    return raw | {"questions": questions, "guidance": [line], "referral": {"says": "R."}}


@settings(deadline=None, max_examples=250)
@given(raw_files_that_can_be_declined())
def test_follow_ups_are_those_that_trying_everything_shows(raw: dict[str, Any]) -> None:
    """The same follow-ups as from all sets of answers, and both mends end each: the one that is written into the help
    asks everyone who kept nothing back as before.
    """
    rules = built(raw)
    people = everything(rules)
    assume(len(people) < 500)
    remarks = found(rules)

    assert [remark.route[1] for remark in remarks] == pressed(rules, [view_of(rules, answers) for answers in people])
    for remark in remarks:
        replays(rules, remark)
        mended = built(changed(raw, remark.route[1], when=mend_of(remark)))
        assert remark.route[1] not in [other.route[1] for other in found(mended)]
        assert remark.route[1] not in [
            other.route[1] for other in found(built(changed(raw, remark.route[1], decline="yes")))
        ]
        for answers in people:
            if not {"declined", "skipped"} & set(map(str, answers.values())):
                assert view_of(mended, answers) == view_of(rules, answers)


def changed(raw: dict[str, Any], question: Any, **keys: Any) -> dict[str, Any]:
    """The file with other keys of one question."""
    return raw | {"questions": [one | keys if one["id"] == question else one for one in raw["questions"]]}


@settings(deadline=None, max_examples=300)
@given(raw_rule_files())
def test_a_condition_that_is_written_out_is_read_as_itself(raw: dict[str, Any]) -> None:
    """Every form of it; what has a name is written as its name."""
    rules = built(raw)
    whens = [line.when for line in rules.guidance if line.when is not None]
    for when in whens:
        again = built(raw | {"guidance": [{**raw["guidance"][0], "when": as_written(when, {})}]})
        assert again.guidance[0].when == when
        assert as_written(when, {"known": when}) == {"is": "known"}
