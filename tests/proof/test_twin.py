"""A second person who answers one question differently: what is drawn for both can be, and what is claimed holds."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proving import no_hurry
from strategies import built, raw_rule_files

from screener.engine.assess import assess
from screener.proof.encoding import Encoding
from screener.proof.obligations import less_urgent_obligations
from screener.proof.prover import Prover, Sample
from screener.proof.twin import less_urgent, more_risk, twin_of
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question
from screener.rulefile.promises import Risk

#: Trying everything takes long enough without being watched; other tests reach the same lines.
pytestmark = pytest.mark.no_cover


@settings(deadline=None, max_examples=100)
@given(raw_rule_files(max_questions=4), st.data())
def test_two_people_agree_but_for_one_question(raw: dict[str, Any], data: st.DataObject) -> None:
    """Both are complete, agree wherever both are asked, and more risk and less urgency are what they are said to be."""
    rules = built(raw)
    question = data.draw(st.sampled_from(rules.questions))
    order = tuple(data.draw(st.permutations(list(question.choices)))) if question.type == "one" else None
    more_of = data.draw(st.sampled_from(["larger", "smaller"])) if question.type == "number" else None
    risk = Risk(question=question.id, order=order, more=more_of)
    with Prover(rules, no_hurry) as prover:
        first = prover.encoding
        second = twin_of(first, question.id)
        more, one = more_risk(first, second, risk)
        calmer = less_urgent(first, second)
        owed = list(less_urgent_obligations(first, second, more))
        prover.gates.more_samples(64)
        for index in range(0, prover.gates.shown().bit_length(), 3):
            sample = Sample(prover.gates, index)
            answers, others = first.chosen(sample), second.chosen(sample)
            summary, other = assess(rules, answers), assess(rules, others)
            assert summary.complete
            assert other.complete
            assert (dict(summary.answers), dict(other.answers)) == (answers, others)
            assert all(others.get(id, answer) == answer for id, answer in answers.items() if id != question.id)
            assert (calmer in sample) is (rank(rules, other) < rank(rules, summary))
            fallen = any(all(part in sample for part in parts) for parts in owed)
            assert fallen is (calmer in sample and more in sample)
            before, after = answers.get(question.id), others.get(question.id)
            assert (more in sample) is (None not in (before, after) and riskier(first, risk, before, after))
            if more in sample:
                assert (one in sample) is smallest(first, risk, before, after)


def rank(rules: Any, summary: Any) -> int:
    """How urgent the next step is."""
    urgency: int = rules.urgency[summary.disposition.id]
    return urgency


def risks(question: Question, answer: Answer | None) -> set[str]:
    """The options in an answer that do not stand alone."""
    chosen = answer if isinstance(answer, tuple) else ()
    return {str(id) for id in chosen if not question.options[str(id)].exclusive}


def smallest(encoding: Encoding, risk: Risk, before: Any, after: Any) -> bool:
    """Nothing lies between two answers of which the second carries more risk."""
    question = encoding.rules.by_question[risk.question]
    if question.type == "many":
        return len(risks(question, after) - risks(question, before)) < 2
    if after in question.reserved:
        return True
    values: list[Any] = sorted(piece for piece in encoding.pieces[question.id] if isinstance(piece, Decimal))
    order = list(risk.order or values or ["no", "yes"])
    return abs(order.index(before) - order.index(after)) == 1


def riskier(encoding: Encoding, risk: Risk, before: Any, after: Any) -> bool:
    """The second answer carries more risk than the first, or leaves open what was said to be the least."""
    question = encoding.rules.by_question[risk.question]
    if question.type == "yes-no":
        return before == "no" and after in ("yes", *question.reserved)
    if question.type == "one":
        order = risk.order or ()
        return before in order and (
            before == order[0] if after in question.reserved else order.index(before) < order.index(after)
        )
    if question.type == "number":
        values = sorted(piece for piece in encoding.pieces[question.id] if isinstance(piece, Decimal))
        if before in question.reserved:
            return False
        if after in question.reserved:
            return bool(before == values[0 if risk.more == "larger" else -1])
        return bool(before < after if risk.more == "larger" else before > after)
    if question.type != "many" or not isinstance(before, tuple):
        return False
    alone = not risks(question, before)
    return (alone and after in question.reserved) or risks(question, before) < risks(question, after)
