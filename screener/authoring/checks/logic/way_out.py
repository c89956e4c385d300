"""Questions that somebody is asked because they kept something back, and that have no way out."""

from collections.abc import Iterator

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import takes, witness
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Related, Remark
from screener.ground.marks import DECLINED, KEPT_BACK, MARKS, SKIPPED, UNSURE
from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.rulefile.conditions.answered import kept_back, unless_kept_back
from screener.rulefile.conditions.raw import as_written
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.yamltext.writing import Inline, written

NO_WAY_OUT = Page(
    "no-way-out",
    "warning",
    "Somebody would rather tell the professional in person (`declined`) or skipped a question (`skipped`), is asked a "
    "follow-up all the same, and that one offers none of `unsure`, `decline` and `optional`. A follow-up is asked when "
    "its condition is unknown, as what was not said may be what matters. Let it be declined or skipped too, or ask it "
    "only of those who answered.",
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
    rules = prover.rules
    asked_about = sorted(question.when.references(), key=rules.position.__getitem__)
    found = {id: wanted for id in asked_about if (wanted := _kept_back(prover, question.when, id))}
    if not found:
        return
    first, wanted = next(iter(found.items()))
    answers = prover.witness(*wanted)
    assert answers is not None  # noqa: S101 - it can be
    word = str(answers[first])
    mended = as_written(
        unless_kept_back(question.when, {id: rules.by_question[id].reserved for id in found}), rules.conditions
    )
    line = written({"when": Inline(mended)}, width=_WIDEST).strip()
    message, help = (text.format(question=question.id, first=first, line=line) for text in _SAID[word])
    related = [Related(("questions", id), takes(rules.by_question[id])) for id in found]
    shown = witness(f"`{question.id}` is asked because `{first}` is `{word}`", answers, {first, question.id})
    yield NO_WAY_OUT.remark(message, ("questions", question.id, "when"), help).showing(tuple(related), shown)


#: What is said of a question that is asked because of one that was declined, or skipped.
_SAID = {
    DECLINED: (
        "question `{question}` is asked of people who would rather tell `{first}` in person, and can't be declined",
        "write `decline: yes` for it, or ask it only where that was not declined, with `{line}`",
    ),
    SKIPPED: (
        "question `{question}` is asked of people who skipped `{first}`, and can't be skipped",
        "write `optional: yes` for it, or ask it only where that was not skipped, with `{line}`",
    ),
}


def _kept_back(prover: Prover, when: Condition, id: str) -> list[Literal]:
    """Somebody is asked because an answer to this question was kept back, and nothing else is unsure; the literals of
    that, or nothing where it can't be. If it can be, this is the only answer that was not given.
    """
    pieces, reserved = prover.encoding.pieces, prover.rules.by_question[id].reserved
    marks = [kept_back(atom, reserved) for atom in when.atoms() if atom.question == id]
    words = [word for word in KEPT_BACK if any(MARKS[word] in found for found in marks)]
    certain, possible = prover.encoding.truth(when)
    others = [(one, word) for one in when.references() - {id} for word in prover.rules.by_question[one].reserved]
    for open_ones in ((UNSURE, *KEPT_BACK), (UNSURE,)):
        closed = [-pieces[one][word] for one, word in others if word in open_ones]
        for word in words:
            if prover.can(*(wanted := [possible, -certain, pieces[id][word], *closed])):
                return wanted
    return []


CHECKS: tuple[Check[Question], ...] = (Check(NO_WAY_OUT, _follow_ups, lambda question: question.id, _pressed),)
