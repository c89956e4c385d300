"""What is proved over all answers is what trying all answers shows."""

from typing import Any

import pytest
from enumeration import everything
from hypothesis import given, settings
from hypothesis import strategies as st
from proving import fired, no_hurry
from strategies import DATED, built, raw_rule_files

from screener.authoring.checks.logic import prove
from screener.engine.answers import as_plain, read_answer
from screener.engine.assess import Summary, assess
from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Literal
from screener.proof.prover import Prover
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

#: Trying everything takes long enough without being watched; other tests reach the same lines.
pytestmark = pytest.mark.no_cover


SMALL = raw_rule_files(max_questions=3) | raw_rule_files(max_questions=2, types=DATED)


def claims(encoding: Encoding, rules: RuleFile) -> dict[str, Literal]:
    """Everything that can be asked of a set of answers, by name, as a literal."""
    named = {f"asked {id}": literal for id, literal in encoding.asked.items()}
    named |= {f"said {line.id}": encoding.said(line) for line in rules.guidance}
    named |= {f"certain {line.id}": encoding.said_for(line)[1] for line in rules.guidance}
    named |= {f"step {d.id}": encoding.exactly(d.id) for d in rules.dispositions}
    return named | {f"at least {d.id}": encoding.at_least(d.id) for d in rules.dispositions}


def true_claims(rules: RuleFile, summary: Summary) -> set[str]:
    """The same claims as the engine shows them for one set of answers."""
    said = fired(summary)
    rank = rules.urgency[summary.disposition.id]
    return {
        *(f"asked {id}" for id in summary.answers),
        *(f"said {id}" for id in said),
        *(f"certain {id}" for id, certainty in said.items() if certainty == "certain"),
        f"step {summary.disposition.id}",
        *(f"at least {d.id}" for d in rules.dispositions[: rank + 1]),
    }


@settings(deadline=None, max_examples=300)
@given(SMALL)
def test_every_verdict_equals_trying_everything(raw: dict[str, Any]) -> None:
    """Each claim can be true, and can be false, exactly if some set of answers makes it so; witnesses replay."""
    rules = built(raw)
    shown = [true_claims(rules, assess(rules, answers)) for answers in everything(rules)]
    with Prover(rules, no_hurry) as prover:
        for name, literal in claims(prover.encoding, rules).items():
            for wanted, sign in ((True, literal), (False, -literal)):
                witness = prover.witness(sign)
                assert (witness is not None) == any((name in claims_) is wanted for claims_ in shown), name
                if witness is not None:
                    summary = assess(rules, witness)
                    assert summary.complete
                    assert dict(summary.answers) == dict(witness)
                    assert (name in true_claims(rules, summary)) is wanted


@settings(deadline=None, max_examples=100)
@given(SMALL, st.data())
def test_pairs_of_claims_agree_too(raw: dict[str, Any], data: st.DataObject) -> None:
    """Two claims together, each true or false, can hold exactly if some set of answers makes both so."""
    rules = built(raw)
    shown = [true_claims(rules, assess(rules, answers)) for answers in everything(rules)]
    with Prover(rules, no_hurry) as prover:
        named = claims(prover.encoding, rules)
        for _ in range(10):
            one, other = data.draw(st.tuples(st.sampled_from(list(named)), st.sampled_from(list(named))))
            first, second = data.draw(st.tuples(st.booleans(), st.booleans()))
            witness = prover.witness(named[one] if first else -named[one], named[other] if second else -named[other])

            assert (witness is not None) == any((one in c) is first and (other in c) is second for c in shown)


class Drawn:
    """The literals that hold in one of the sets of answers that were drawn by lot."""

    def __init__(self, prover: Prover, index: int) -> None:
        self._word, self._index = prover.gates.word, index

    def __contains__(self, literal: object) -> bool:
        return isinstance(literal, int) and bool(self._word(literal) >> self._index & 1)


def every_lot_is_true(rules: RuleFile, each: int = 9) -> None:
    """Each set that was drawn, and each made of what was found since, is complete, and every claim on it is true."""
    with Prover(rules, no_hurry) as prover:
        named = claims(prover.encoding, rules)
        for literal in named.values():
            prover.witness(literal)
            prover.witness(-literal)
        prover.look_further()
        for index in range(0, prover.gates.word(Gates.TRUE).bit_length(), each):
            drawn = Drawn(prover, index)
            answers = prover.encoding.chosen(drawn)
            summary = assess(rules, answers)
            assert summary.complete
            assert dict(summary.answers) == answers
            for id, answer in answers.items():
                question = rules.by_question[id]
                assert question.type != "many" or read_answer(question, as_plain(answer)) == answer
            assert {name for name, literal in named.items() if literal in drawn} == true_claims(rules, summary)


@settings(deadline=None, max_examples=60)
@given(SMALL)
def test_what_is_drawn_by_lot_is_what_the_engine_says(raw: dict[str, Any]) -> None:
    """Answers that were never looked for by a solver are answers all the same, and what is claimed of them holds."""
    every_lot_is_true(built(raw))


@pytest.mark.parametrize(("least", "most"), [(1, 6), (2, 3), (3, 3), (1, 1), (4, 6)])
def test_what_is_drawn_by_lot_keeps_to_the_limits(least: int, most: int) -> None:
    """As many options as the question takes, each count that lines speak of, and one that stands alone."""
    options: dict[str, Any] = {id: id for id in "abcdef"} | {"none": {"label": "None", "exclusive": "yes"}}
    asked = {"id": "q", "type": "many", "ask": "Q?", "options": options, "min": least, "max": most, "unsure": "yes"}
    counts = [{"q": {"count": {side: n}}} for side in ("at_least", "at_most") for n in range(7)]
    lines = [{"id": f"g{n}", "topic": "T", "says": "S.", "when": when} for n, when in enumerate(counts)]
    raw = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "referral": {"says": "R."}}
    steps = [{"id": "d", "title": "D", "says": "D."}]
    every_lot_is_true(built({**raw, "questions": [asked], "guidance": lines, "dispositions": steps}))


def test_lines_about_long_lists_are_known_without_a_solver() -> None:
    """Answers are aimed at lines that no lot is likely to meet; they are answers, also where nobody is asked."""
    options: dict[str, Any] = {f"o{n}": "O" for n in range(60)} | {"none": {"label": "None", "exclusive": "yes"}}
    many: dict[str, Any] = {"type": "many", "ask": "Q?", "options": options}
    asked = [
        {"id": "yes", "type": "yes-no", "ask": "Y?"},
        {"id": "q", **many, "max": 30},
        {"id": "r", **many, "min": 2, "when": {"yes": "yes"}},
    ]
    first, last = [f"o{n}" for n in range(14)], [f"o{n}" for n in range(40, 60)]
    whens: list[dict[str, Any]] = [
        {"all": [{"q": {"count": {"at_least": 29, "at_most": 29}}}, {"q": {"all": last}}]},
        {"all": [{"q": {"all": first}}, {"q": {"none": last}}, {"r": {"count": {"at_least": 59}}}]},
        {"any": [{"not": {"q": first}}, {"q": {"count": {"at_most": 29}}}, {"not": {"q": {"all": last}}}]},
        *({"all": [{"r": {"all": first}}, {"not": {"r": last}}, {"r": f"o{n}"}]} for n in range(14, 40)),
    ]
    lines = [{"id": f"g{n}", "topic": "T", "says": "S.", "when": when} for n, when in enumerate(whens)]
    raw = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "referral": {"says": "R."}}
    rules = built(
        {**raw, "questions": asked, "guidance": lines, "dispositions": [{"id": "d", "title": "D", "says": "D."}]}
    )
    with Prover(rules, no_hurry) as prover:
        assert prover.gates.shown(prover.said(rules.guidance[0]))
        assert prover.gates.shown(-prover.said(rules.guidance[2]))
    every_lot_is_true(rules, 1)


def test_numbers_are_cut_where_conditions_cut_them() -> None:
    """A limit that only an exact value meets, between two open ranges, is found."""
    rules = load(
        """
format: 1
id: x
version: 1.0.0
title: X
language: en
questions: [{id: n, type: number, ask: N?, min: 0, max: 10}, {id: d, type: date, ask: D?}]
guidance:
  - {id: exact, topic: T, says: S., when: {n: {at_least: 5, at_most: 5}}}
  - {id: never, topic: T, says: S., when: {n: {above: 10}}}
  - {id: between, topic: T, says: S., when: {n: {above: 4.9999, below: 5.0001}}}
  - {id: gap, topic: T, says: S., when: {n: {above: 4.9999, below: 5}}}
  - {id: day, topic: T, says: S., when: {d: {above: 2026-01-30, below: 2026-02-01}}}
  - {id: no-day, topic: T, says: S., when: {d: {above: 2026-01-30, below: 2026-01-31}}}
dispositions: [{id: d, title: D, says: D.}]
referral: {says: R.}
"""
    )
    with Prover(rules, no_hurry) as prover:
        can = {line.id for line in rules.guidance if prover.witness(prover.said(line)) is not None}

    assert can == {"exact", "between", "day"}


def test_what_is_too_large_is_said_to_be_so() -> None:
    """Clauses that do not fit into memory, of no more options than allowed: one problem, and nothing is claimed."""
    options = {f"o{number}": "An option" for number in range(1_000)}
    asked = [{"id": id, "type": "many", "ask": "Q?", "options": options} for id in ("q", "r")]
    when = {question["id"]: {"count": {"at_least": "500"}} for question in asked}
    raw = {
        "format": 1, "id": "big", "version": "1", "title": "T", "language": "en",
        "questions": asked, "guidance": [{"id": "g", "topic": "T", "says": "S.", "when": when}],
        "dispositions": [{"id": "d", "title": "D", "says": "D."}], "referral": {"says": "R."},
    }  # fmt: skip
    remarks, sound = prove(built(raw), no_hurry, lambda *_: None)

    assert [(remark.code, remark.message) for remark in remarks] == [
        ("not-decided", "nothing was decided about any set of answers: it is too large to decide")
    ]
    assert sound == ()
