"""Questions that somebody is asked because they would rather tell something in person, and that can't be declined."""

from collections.abc import Iterator

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import takes, witness
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Related, Remark
from screener.ground.marks import DECLINED, UNSURE, Mark
from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.rulefile.conditions.answered import unless_declined
from screener.rulefile.conditions.atoms import Answered, AnyOf
from screener.rulefile.conditions.raw import as_written
from screener.rulefile.conditions.tree import Condition, Not
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.yamltext.writing import Inline, written

NO_WAY_OUT = Page(
    "no-way-out",
    "warning",
    "Somebody would rather tell the professional in person (`declined`), is asked a follow-up all the same, and that "
    "one offers neither `unsure` nor `decline`. A follow-up is asked when its condition is unknown, as what was not "
    "said may be what matters. Let it be declined too, or ask it only of those who answered.",
    bad=Example("""
questions:
  - {id: medicines, type: one, ask: Which do you take?, options: {gold: Gold, other: Another one}, decline: yes}
  - {id: now, type: yes-no, ask: Do you take it today?, when: {medicines: gold}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: gold, topic: Care, when: {now: yes}, says: Say since when you take it.}
"""),
    good=Example("""
questions:
  - {id: medicines, type: one, ask: Which do you take?, options: {gold: Gold, other: Another one}, decline: yes}
  - {id: now, type: yes-no, ask: Do you take it today?, when: {medicines: gold}, decline: yes}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: gold, topic: Care, when: {now: yes}, says: Say since when you take it.}
"""),
)
_WIDEST = 10_000


def _follow_ups(rules: RuleFile) -> list[Question]:
    return [question for question in rules.questions if question.when is not None and not question.reserved]


def _pressed(prover: Prover, question: Question) -> Iterator[Remark]:
    assert question.when is not None  # noqa: S101 - it is a follow-up
    position = prover.rules.position
    asked_about = sorted(question.when.references(), key=position.__getitem__)
    at_fault = {id: wanted for id in asked_about if prover.can(*(wanted := _only_by(prover, question, id)))}
    if not at_fault:
        return
    first, wanted = next(iter(at_fault.items()))
    answers = prover.witness(*wanted)
    assert answers is not None  # noqa: S101 - it can be
    message = (
        f"question `{question.id}` is asked of people who would rather tell `{first}` in person, and can't be declined"
    )
    guards = {id: _answered(prover.rules.by_question[id]) for id in at_fault}
    mended = as_written(unless_declined(question.when, guards), prover.rules.conditions)
    line = written({"when": Inline(mended)}, width=_WIDEST).strip()
    help = f"write `decline: yes` for it, or ask it only where that was not declined, with `{line}`"
    related = [Related(("questions", id), takes(prover.rules.by_question[id])) for id in at_fault]
    shown = witness(f"`{question.id}` is asked because `{first}` is `{DECLINED}`", answers, {first, question.id})
    yield NO_WAY_OUT.remark(message, ("questions", question.id, "when"), help).showing(tuple(related), shown)


def _only_by(prover: Prover, question: Question, declined: str) -> list[Literal]:
    """It is asked, and of all that its condition speaks of this alone was left open, by declining it."""
    assert question.when is not None  # noqa: S101 - it is a follow-up
    rules, pieces = prover.rules, prover.encoding.pieces
    if not rules.by_question[declined].decline:
        return [-prover.gates.TRUE]
    others = question.when.references() - {declined}
    closed = [-pieces[id][word] for id in others for word in rules.by_question[id].reserved]
    certain, possible = prover.encoding.truth(question.when)
    return [possible, -certain, pieces[declined][DECLINED], *closed]


def _answered(question: Question) -> Condition:
    """That it was answered; where it may be left unsure, only that it was not declined, so that no more is left out."""
    if UNSURE not in question.reserved:
        return Answered(question.id)
    return Not(AnyOf(question.id, frozenset(), frozenset([Mark.DECLINED])))


CHECKS: tuple[Check[Question], ...] = (Check(NO_WAY_OUT, _follow_ups, lambda question: question.id, _pressed),)
