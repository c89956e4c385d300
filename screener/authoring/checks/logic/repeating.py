"""Texts that repeat the answer to a question which somebody who reads them was not asked."""

from collections.abc import Iterator, Sequence

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import witness
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Related, Remark
from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.rulefile.model import Disposition, Guidance, Question, RuleFile
from screener.rulefile.repeats import Speaker, repeats, speaking

REPEATS_NO_ANSWER = Page(
    "repeats-no-answer",
    "error",
    "A text repeats an answer, as in `{answer: since}`, and is read by somebody who was not asked that question: there "
    "is nothing to repeat. Say it only to those who are asked, or leave the answer out of the text.",
    bad=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: since, type: text, ask: Since when?, when: {itch: yes}}
guidance:
  - {id: care, topic: Care, says: "Tell them since when it itches ({answer: since})."}
"""),
    good=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: since, type: text, ask: Since when?, when: {itch: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: since, topic: Care, when: {itch: yes}, says: "Tell them since when it itches ({answer: since})."}
"""),
)
#: Where a text stands, whose it is, and the question whose answer it repeats.
_Subject = tuple[str, Speaker, str, str]
_KINDS = {"questions": "question", "guidance": "guidance", "dispositions": "disposition", "referral": "referral"}


def _repeats(rules: RuleFile) -> Sequence[_Subject]:
    if not rules.repeats_answers:
        return ()
    found = ((place, one, key, ids) for place, one in speaking(rules) for key, ids in repeats(one).items())
    return [(place, one, key, id) for place, one, key, ids in found for id in dict.fromkeys(ids)]


def _without(prover: Prover, subject: _Subject) -> Iterator[Remark]:
    """Somebody reads the text and was not asked."""
    place, one, key, id = subject
    answers = prover.witness(_read(prover, one), -prover.encoding.asked[id])
    if answers is None:
        return
    name = f"{_KINDS[place]} `{one.id}`"
    message = f"the text of {name} repeats the answer to `{id}`, which not everyone who reads it was asked"
    help = f"say it only to those who are asked, or leave `{{answer: {id}}}` out"
    shown = witness(f"{name} is read, and `{id}` is not asked", answers)
    route = (place, key) if place == "referral" and len(prover.rules.referrals) == 1 else (place, one.id, key)
    related = Related(("questions", id), f"`{id}` is asked only of some")
    yield REPEATS_NO_ANSWER.remark(message, route, help).showing((related,), shown)


def _read(prover: Prover, one: Speaker) -> Literal:
    """Somebody comes to read what this says."""
    if isinstance(one, Question):
        return prover.encoding.asked[one.id]
    if isinstance(one, Guidance):
        return prover.said(one)
    if isinstance(one, Disposition):
        return prover.encoding.exactly(one.id)
    return next(literal for referral, literal in prover.encoding.referred() if referral.id == one.id)


CHECKS: tuple[Check[_Subject], ...] = (
    Check(
        REPEATS_NO_ANSWER,
        _repeats,
        lambda subject: f"{subject[1].id}.{subject[2]}",
        _without,
        "repeated answer{s} that whoever reads the text was asked for",
    ),
)
