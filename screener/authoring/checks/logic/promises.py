"""What the author promises over every possible set of answers: proved, or broken by an example.

A promise is proved if it is kept wherever its condition is true or left open by an answer that is unsure or declined.
One that is kept only where the condition is certainly true is said to be just that, unless `open` settles it.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import (
    MOST_LINES,
    asked_when,
    because,
    callers,
    in_words,
    lines_said,
    witness,
)
from screener.authoring.checks.logic.promise_pages import BROKEN_PROMISE, CERTAIN_ONLY, EMPTY_PROMISE
from screener.authoring.checks.remark import Related, Remark, Witness
from screener.engine.assess import assess, view_of
from screener.ground.marks import MARKS
from screener.proof.fault import certain, parts_of
from screener.proof.gates import Literal
from screener.proof.obligations import guards, obligations
from screener.proof.prover import Owner, Prover
from screener.rulefile.conditions.reasons import reasons
from screener.rulefile.model import Answers, Guidance, RuleFile
from screener.rulefile.promises import Invariant

_HOLDS, _HOLDS_IF_CERTAIN = "promise{s} hold{es}", "promise{s} hold{es} for certain answers only"


class _Breach(NamedTuple):
    """A way to break a promise: the key and the id that promise it, and the literal that breaks it."""

    key: str
    id: str
    literal: Literal


#: What comes of it, by key; `step` and `referral` are what the answers lead to instead.
_BROKEN = {
    "disposition": "the next step can be `{step}`, not the promised `{id}`",
    "disposition_at_least": "the next step can be `{step}`, less urgent than the promised `{id}`",
    "disposition_at_most": "the next step can be `{step}`, more urgent than the promised `{id}`",
    "guidance": "`{id}` can be left unsaid",
    "no_guidance": "`{id}` can be said",
    "asked": "`{id}` can be left unasked",
    "not_asked": "`{id}` can be asked",
    "answers": "the answers can be others than the promised ones",
    "referral": "the referral can be `{referral}`, not the promised `{id}`",
    "referral_says": "the referral can be `{referral}`, which does not hold the promised words",
}


def _promised(prover: Prover, invariant: Invariant) -> Iterator[Remark]:
    sure, _ = guards(prover.encoding, invariant)
    if invariant.when is not None and prover.never(sure):
        place = ("invariants", invariant.id, "when")
        found = because(prover, parts_of(place, invariant.when), certain)
        message = f"invariant `{invariant.id}` is about nobody: no answers meet its condition"
        help = "together these places leave no room for it; correct one, or delete the invariant"
        yield EMPTY_PROMISE.remark(message, place, help).showing(found)
        return
    breaches = [one for one in _breaches(prover, invariant) if prover.can(_meant(prover, invariant), one.literal)]
    broken = [one for one in breaches if invariant.open == "included" or prover.can(sure, one.literal)]
    yield from (_broken(prover, invariant, one) for one in broken)
    if breaches and not broken:
        yield _certain_only(prover, invariant, breaches[0])


def _meant(prover: Prover, invariant: Invariant) -> Literal:
    """Holds where the promise is to be kept, or is in doubt."""
    return guards(prover.encoding, invariant)[invariant.open != "left-out"]


def _breaches(prover: Prover, invariant: Invariant) -> Iterator[_Breach]:
    """What is promised of one thing is looked at as one, so that one question to the prover is enough for it."""
    gates = prover.gates
    owed = obligations(prover.encoding, invariant, gates.TRUE)
    for (key, id), together in groupby(owed, key=lambda one: (one.key, one.id)):
        yield _Breach(key, id, gates.either(*(gates.both(*one.parts) for one in together)))


def _counted(prover: Prover, invariant: Invariant, found: Sequence[Remark]) -> str:
    """As what a promise is counted: whoever leaves it out for those who are unsure has proved no more than that."""
    if any(remark.code != CERTAIN_ONLY.code for remark in found):
        return ""
    _, possible = guards(prover.encoding, invariant)
    left_out = invariant.open == "left-out"
    if found or (left_out and any(prover.can(possible, one.literal) for one in _breaches(prover, invariant))):
        return _HOLDS_IF_CERTAIN
    return _HOLDS


def _broken(prover: Prover, invariant: Invariant, breach: _Breach) -> Remark:
    sure, where = guards(prover.encoding, invariant)[0], ""
    help = "correct the rules or the promise; these answers show the hole"
    answers = prover.witness(sure, breach.literal)
    if answers is None:
        where, answers = _left_open(prover, invariant, breach)
        help = "correct the rules, or write `open: left-out` if it is not promised to those who leave this open"
    came = _came(prover.rules, breach, answers)
    message = f"invariant `{invariant.id}` is broken{where}: {came}"
    place = ("invariants", invariant.id, "then", breach.key)
    related = _concerned(prover, invariant, breach, answers)
    return BROKEN_PROMISE.remark(message, place, help).showing(
        related, _example(prover.rules, invariant, breach, answers)
    )


def _certain_only(prover: Prover, invariant: Invariant, breach: _Breach) -> Remark:
    where, answers = _left_open(prover, invariant, breach)
    came = _came(prover.rules, breach, answers)
    message = f"invariant `{invariant.id}` is proved for certain answers only:{where}, {came}"
    help = "write `open: included` and mend the rules, or `open: left-out` if it is not promised to them"
    place = ("invariants", invariant.id, "when")
    related = _concerned(prover, invariant, breach, answers)
    return CERTAIN_ONLY.remark(message, place, help).showing(
        related, _example(prover.rules, invariant, breach, answers)
    )


def _example(rules: RuleFile, invariant: Invariant, breach: _Breach, answers: Answers) -> Witness:
    """The answers, first those that the promise hangs on, and what came instead."""
    summary, then = assess(rules, answers), invariant.then
    came = {"disposition": summary.because, "referral": (summary.referral.id,)}
    ids = {breach.id, *came.get(breach.key.partition("_")[0], ())}
    owners: list[Owner] = [*rules.questions, *rules.guidance, *rules.referrals]
    whens = (one.when for one in owners if one.id in ids)
    matter = rules.hangs_on(invariant.when, then.answers if then else None, *whens)
    return witness(_came(rules, breach, answers), answers, matter)


def _left_open(prover: Prover, invariant: Invariant, breach: _Breach) -> tuple[str, Answers]:
    """Answers that break the promise and leave open whether it is meant, and before them in words what they leave open.

    Where one open answer is enough, there is one, since the fewer there are the plainer is what they show.
    """
    gates, pieces, (_, possible) = prover.gates, prover.encoding.pieces, guards(prover.encoding, invariant)
    about = prover.rules.hangs_on(invariant.when)
    open_ones = [literal for id in about for piece, literal in pieces[id].items() if piece in MARKS]
    few = -gates.at_least(2, open_ones)
    answers = prover.witness(possible, breach.literal, few) or prover.witness(possible, breach.literal) or {}
    named = [f"`{id}` is `{answers[id]}`" for id in _open(prover.rules, invariant, answers)]
    return f" where {' and '.join(named)}", answers


def _open(rules: RuleFile, invariant: Invariant, answers: Answers) -> list[str]:
    """The fewest questions that were left open and leave the condition of the promise open, in the order of asking."""
    if (when := invariant.when) is None:
        return []
    view = view_of(rules, answers)
    needed = {question for question, _ in reasons(when, view, True, rules.shown_by)}
    unknown = {atom.question for atom in when.atoms() if atom.holds(view) is None}
    return sorted(needed & unknown, key=rules.position.__getitem__)


def _came(rules: RuleFile, breach: _Breach, answers: Answers) -> str:
    summary = assess(rules, answers)
    return _BROKEN[breach.key].format(id=breach.id, step=summary.disposition.id, referral=summary.referral.id)


def _concerned(prover: Prover, invariant: Invariant, breach: _Breach, answers: Answers) -> tuple[Related, ...]:
    """The conditions behind a breach: of the invariant, and of the line, question or lines that it is about."""
    rules, place, then, id = prover.rules, ("invariants", invariant.id), invariant.then, breach.id
    own = [Related((*place, "when"), f"promised whenever {in_words(invariant.when)}")] if invariant.when else []
    if breach.key == "answers" and then is not None and then.answers is not None:
        return (*own, Related((*place, "then", "answers"), f"promised: {in_words(then.answers)}"))
    if breach.key in ("referral", "referral_says"):
        return (*own, *_referred(rules, {id, assess(rules, answers).referral.id}))
    if breach.key in ("asked", "not_asked"):
        when = rules.by_question[id].when
        asked = [Related(("questions", id, "when"), f"`{id}` is asked {asked_when(prover, when)}")] if when else []
        return (*own, *asked)
    if breach.key in ("guidance", "no_guidance"):
        return (*own, *lines_said(line for line in rules.guidance if line.id == id))
    if rules.urgency[assess(rules, answers).disposition.id] > rules.urgency[id]:
        return (*own, *callers(rules, answers))
    return (*own, *lines_said(_expected(rules, invariant, id)[:MOST_LINES]))


def _referred(rules: RuleFile, ids: Container[str]) -> Iterator[Related]:
    for one in rules.referrals:
        if one.id in ids and one.when is not None:
            said = f"`{one.id}` is said as soon as it is certain that {in_words(one.when)}"
            yield Related(("referral", one.id, "when"), said)


def _expected(rules: RuleFile, invariant: Invariant, disposition: str) -> list[Guidance]:
    """The lines that could have called for a step so urgent, those about the same questions first."""
    about = invariant.when.references() if invariant.when is not None else frozenset()
    rank = rules.urgency[disposition]
    lines = [line for line in rules.guidance if line.disposition and rules.urgency[line.disposition] >= rank]
    return [line for line in lines if line.when is not None and line.when.references() & about] or lines


def _then(rules: RuleFile) -> Sequence[Invariant]:
    return [invariant for invariant in rules.invariants if invariant.then is not None]


CHECKS: tuple[Check[Invariant], ...] = (
    Check(BROKEN_PROMISE, _then, lambda one: one.id, _promised, _HOLDS, counted=_counted),
)
