"""The evidence: equal to the engine and to the checks, and accepted by checkers that share nothing with the solver."""

import itertools
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import dratify
import pytest
from evidence import CERTAIN_ONLY, PROMISED, checked, evidence_of, texts_of, written
from hypothesis import given, settings
from proving import no_hurry, silent
from strategies import built, raw_files_with_promises

from screener.authoring.checks.logic import prove
from screener.authoring.evidence.check import claimed
from screener.authoring.evidence.facts import facts
from screener.proof.hints import explained
from screener.proof.refutation import refutation
from screener.rulefile.find import find_rules, load_rules
from screener.rulefile.model import RuleFile

Clauses = list[list[int]]


def shipped() -> dict[str, str]:
    """The evidence for what comes with the tool."""
    rules, path = load_rules("pico-laser"), find_rules("pico-laser")
    names = (path.name, str(rules.sources))
    return texts_of(rules, {name: path.with_name(name).read_text(encoding="utf-8") for name in names})


@pytest.fixture(scope="module")
def pico() -> dict[str, str]:
    """The evidence for pico-laser."""
    return shipped()


def without_words(cnf: str) -> str:
    """The clauses without the lines that say what numbers stand for."""
    return "".join(f"{line}\n" for line in cnf.splitlines() if not line.startswith("c "))


def accepted(cnf: str, proof: str) -> bool:
    """Whether the checker in plain Python accepts a proof."""
    return bool(dratify.check_proof(dratify.parse_dimacs(cnf), proof, check_rat=False))


def test_a_checker_in_python_accepts_the_proof_and_no_part_of_it(pico: dict[str, str]) -> None:
    """`dratify` takes pico-laser's proof; without its end, or from fewer clauses, it is none."""
    cnf, proof = without_words(pico["promises.cnf"]), pico["promises.drup"]
    assert accepted(cnf, proof)
    assert not accepted(cnf, "".join(proof.splitlines(keepends=True)[: len(proof.splitlines()) // 2]))
    head, *clauses = cnf.splitlines()
    assert not accepted("\n".join([head, *clauses[len(clauses) // 2 :], ""]), proof)


@pytest.mark.skipif(sys.version_info[:2] != (3, 11) or sys.platform != "linux", reason="drup has no wheel for this")
def test_a_verified_checker_accepts_the_proof_and_no_part_of_it(pico: dict[str, str]) -> None:
    """`drup`, whose code was proved, takes pico-laser's proof as well, and not without half of its clauses."""
    drup = pytest.importorskip("drup")
    cnf, proof = without_words(pico["promises.cnf"]), pico["promises.drup"]
    assert drup.check_proof_from_strings(cnf, proof).outcome.name == "VALID"
    head, *clauses = cnf.splitlines()
    less = "\n".join([head, *clauses[: len(clauses) // 2], ""])
    assert drup.check_proof_from_strings(less, proof).outcome.name != "VALID"


def test_it_is_small_and_the_same_each_time(pico: dict[str, str]) -> None:
    """At most 2 MB, and not a byte is different the second time."""
    assert sum(len(text.encode()) for text in pico.values()) < 2_000_000
    assert shipped() == pico


def read_as_certain(rules: RuleFile) -> RuleFile:
    """The same file with no promise settled by `open`."""
    unsettled = tuple(one.model_copy(update={"open": None}) for one in rules.invariants)
    return rules.model_copy(update={"invariants": unsettled})


def broken(rules: RuleFile, included: bool) -> bool:
    """Whether the clauses leave room for a broken promise, in this reading."""
    found = facts(rules, dict.fromkeys((one.id for one in rules.invariants), included), {}, no_hurry)
    return refutation(claimed(found.plain), no_hurry) is None


@settings(deadline=None, max_examples=120)
@given(raw_files_with_promises())
def test_the_clauses_leave_room_exactly_where_the_check_finds_a_breach(raw: dict[str, object]) -> None:
    """For promises of every key and in both readings the clauses for others say what `rules check` says."""
    rules = read_as_certain(built(raw))
    codes = {remark.code for remark in prove(rules, no_hurry, silent).remarks}
    sure = bool(codes & {"broken-promise", "less-urgent"})
    assert broken(rules, included=False) == sure
    if "empty-promise" not in codes:  # of a promise about nobody the check says no more
        assert broken(rules, included=True) == (sure or "certain-only" in codes)


def possible(clauses: Clauses, variables: int) -> bool:
    """Whether these clauses can hold together, by trying."""
    return any(
        all(any(signs[abs(one) - 1] == (one > 0) for one in clause) for clause in clauses)
        for signs in itertools.product([False, True], repeat=variables)
    )


def follows(clauses: Clauses, clause: Sequence[int], hints: Sequence[int]) -> bool:
    """Whether the clauses that are named leave no room for the opposite, one literal at a time."""
    false = set(clause)
    for hint in hints:
        left = [one for one in clauses[hint - 1] if one not in false]
        if not left:
            return True
        if len(left) > 1:
            return False
        false.add(-left[0])
    return False


def test_every_proof_is_explained_step_by_step() -> None:
    """Each step of a solver's proof of random clauses follows from the clauses named beside it, to the empty one."""
    dice, met = Random(7), 0
    for _ in range(300):
        sets = (dice.sample(range(1, 7), dice.randint(1, 3)) for _ in range(24))
        clauses = [[dice.choice((-1, 1)) * one for one in some] for some in sets]
        proof = refutation(clauses, no_hurry)
        assert (proof is None) == possible(clauses, 6)
        if proof is None:
            continue
        met += 1
        kept, steps = explained(clauses, proof, no_hurry)
        known = [list(clause) for clause in kept]
        assert all(clause in clauses for clause in known)
        for step in steps:
            assert step.number == len(known) + 1
            assert follows(known, step.clause, step.hints)
            known.append(list(step.clause))
        assert known[-1] == []
    assert met > 100


def test_a_step_that_does_not_follow_is_no_proof() -> None:
    """A false step, and steps that end before the empty clause, are refused."""
    with pytest.raises(ValueError, match="does not follow"):
        explained([[1, 2], [-1, 2]], [[1], []], no_hurry)
    with pytest.raises(ValueError, match="the empty clause"):
        explained([[1, 2], [-1, 2]], [[2]], no_hurry)


def test_the_page_says_what_holds_for_certain_answers_only() -> None:
    """A promise that some who left it open do not get is not said to be for them."""
    page = evidence_of(PROMISED)["index.html"]
    article = page[page.index(f"<code>{CERTAIN_ONLY}</code>") :]
    article = article[: article.index("</article>")]
    assert "Proved for certain answers only" in article
    assert "Also where that is left open" not in article
    assert page.count("Proved for certain answers only") == 1


MANY = "\n".join(f"      o{n}: Option {n}" for n in range(14))
SAMPLED = f"""\
format: 1
id: sampled
version: 1.0.0
title: Sampled
language: en
questions:
  - id: marks
    type: many
    ask: Which?
    options:
{MANY}
guidance:
  - {{id: rest, topic: Care, says: Rest.}}
  - {{id: many, topic: Care, when: {{marks: {{count: {{at_least: 3}}}}}}, says: Show them.}}
dispositions: [{{id: talk, title: Talk, says: Talk.}}]
referral: {{says: See a professional.}}
"""


def test_what_is_only_sampled_is_said(tmp_path: Path) -> None:
    """A condition over more combinations than are listed is named on the page and by the checker."""
    texts = evidence_of(SAMPLED)
    assert "<strong>sampled</strong> by lot: <code>guidance many</code>" in texts["index.html"]
    done = checked(written(texts, tmp_path / "made"))
    assert done.code == 0
    assert "of 1 conditions with too many answers only some" in done.said
    assert "The author made no promises." in texts["index.html"]
