"""Samples are complete sets of answers, and what a literal says of each is what the engine says."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proving import fired, no_hurry, silent
from strategies import COIN, Draw, built, raw_conditions, raw_rule_files

from screener.authoring.checks.logic import prove
from screener.authoring.diff.compare import compare
from screener.engine.answers import read_answer
from screener.engine.assess import assess
from screener.proof.cells import conditions_of
from screener.proof.lookup import lookup
from screener.proof.prover import Prover, Sample
from screener.proof.samples import SAMPLES
from screener.rulefile.conditions.atoms import AnyOf
from screener.rulefile.conditions.tree import Answer, Not
from screener.rulefile.model import Question

#: Trying everything takes long enough without being watched; other tests reach the same lines.
pytestmark = pytest.mark.no_cover


@st.composite
def raw_files_with_limits(draw: Draw) -> dict[str, Any]:
    """A rule file some of whose questions limit how many options are chosen."""
    raw = draw(raw_rule_files())
    for question in raw["questions"]:
        if question["type"] == "many" and draw(COIN):
            question[draw(st.sampled_from(["min", "max"]))] = draw(st.sampled_from(["1", "2"]))
    return raw


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(raw_files_with_limits())
def test_every_sample_is_a_set_of_answers_that_the_engine_takes(raw: dict[str, Any]) -> None:
    """Also those drawn later: each is complete, each answer is one that can be given, and the engine says the same."""
    rules = built(raw)
    with Prover(rules, no_hurry) as prover:
        prover.gates.more_samples(40)
        said = {line.id: prover.encoding.said_for(line) for line in rules.guidance}
        for index in range(prover.gates.shown().bit_length()):
            sample = Sample(prover.gates, index)
            answers = prover.encoding.chosen(sample)
            summary = assess(rules, answers)
            shown = {
                id: "certain" if sure in sample else "possible" for id, (comes, sure) in said.items() if comes in sample
            }

            assert summary.complete
            assert dict(summary.answers) == answers
            assert all(taken(rules.by_question[id], answer) for id, answer in answers.items())
            assert fired(summary) == shown


def taken(question: Question, answer: Answer) -> bool:
    """Whether the answer can be given to the question."""
    return read_answer(question, list(answer) if isinstance(answer, tuple) else str(answer)) == answer


@settings(deadline=None, max_examples=200)
@given(raw_files_with_limits(), st.data())
def test_looking_conditions_up_says_what_their_gates_say(raw: dict[str, Any], data: st.DataObject) -> None:
    """Of any condition, and of its opposite, in every sample, without a single clause."""
    rules = built(raw)
    more = built({**raw, "guidance": [{**raw["guidance"][0], "when": data.draw(raw_conditions(raw["questions"]))}]})
    with Prover(rules, no_hurry) as prover:
        prover.gates.more_samples(40)
        seen = lookup(prover)
        for condition in [*conditions_of(rules), *conditions_of(more)]:
            for one in (condition, Not(condition)):
                looked_up = [seen.gates.word(literal) for literal in seen.truth(one)]
                assert looked_up == [prover.gates.word(literal) for literal in prover.encoding.truth(one)]
        assert list(seen.gates.taken()) == [[seen.gates.TRUE]]


def test_a_condition_that_is_forgotten_is_not_taken_for_another() -> None:
    """Conditions made for one look each, of which the next may get the place in memory that the last one had."""
    rules = built(ONE_OF_THREE)
    with Prover(rules, no_hurry) as prover:
        for id in "abcabc":
            sure, _ = prover.encoding.truth(AnyOf("q", frozenset(id)))
            assert sure == prover.encoding.pieces["q"][id]


ONE_OF_THREE: dict[str, Any] = {
    "format": 1, "id": "x", "version": "1", "title": "X", "language": "en",
    "questions": [{"id": "q", "type": "one", "ask": "Q?", "options": {"a": "A", "b": "B", "c": "C"}}],
    "guidance": [{"id": "g", "topic": "T", "says": "S."}],
    "dispositions": [{"id": "d", "title": "D", "says": "D."}],
    "referral": {"says": "R."},
}  # fmt: skip


class Counted:
    """A tick that counts how often it was called: the work that was done, whatever the machine does besides."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> None:
        self.calls += 1


def counting(options: int) -> dict[str, Any]:
    """Counts over one list of options."""
    asked = {"id": "q", "type": "many", "ask": "Q?", "options": {f"o{n}": f"Option {n}" for n in range(options)}}
    levels = (2, options // 2, options - 1)
    whens = [{"q": {"count": {"at_least": str(level)}}} for level in levels]
    return {
        "format": 1, "id": "counting", "version": "1", "title": "C", "language": "en", "questions": [asked],
        "guidance": [{"id": f"g{n}", "topic": "T", "says": "S.", "when": when} for n, when in enumerate(whens)],
        "dispositions": [{"id": "d", "title": "D", "says": "D."}], "referral": {"says": "R."},
    }  # fmt: skip


def test_counting_a_long_list_is_little_work() -> None:
    """Three counts over sixty options: everything is decided with some dozens of calls, where it took millions."""
    work = Counted()
    remarks, _ = prove(built(counting(60)), work, silent)

    assert "not-decided" not in [remark.code for remark in remarks]
    assert work.calls < 300


def test_a_file_compared_with_itself_asks_the_solver_nothing() -> None:
    """Whatever it counts: what is written alike is the same from the start, so nothing is left to be proved."""
    rules, work = built(counting(20)), Counted()

    assert compare(rules, rules, work, silent).same
    assert work.calls == 0


def test_half_of_the_samples_leave_nothing_open() -> None:
    """However many questions could be left open: what real answers can do is seen without a solver."""
    asked = [
        {"id": f"q{n}", "type": "yes-no", "ask": "Q?", "unsure": "yes", "decline": "yes"} if n % 2
        else {"id": f"q{n}", "type": "many", "ask": "Q?", "unsure": "yes", "options": {"a": "A", "b": "B"}}
        for n in range(40)
    ]  # fmt: skip
    raw = {**counting(4), "questions": asked, "guidance": [{"id": "g", "topic": "T", "says": "S."}]}
    with Prover(built(raw), no_hurry) as prover:
        assert prover.gates.shown(prover.all_closed).bit_count() == SAMPLES // 2
