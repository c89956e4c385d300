"""What the author promises over every possible set of answers: proved, or broken by an example."""

from collections.abc import Iterator, Sequence

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import because, in_words, lines_said, witness
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Related, Remark
from screener.engine.answers import as_plain
from screener.engine.assess import assess
from screener.proof.encoding import Encoding
from screener.proof.fault import certain, parts_of
from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.proof.twin import less_urgent, more_risk, twin_of
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, Guidance, Invariant, Promise, Question, RuleFile

BROKEN_PROMISE = Page(
    "broken-promise",
    "error",
    "An invariant is a promise over every possible set of answers, and here are answers that break it. Either the "
    "rules have a hole, or the promise says more than was meant. The example can be replayed with `screener start`.",
    bad=Example("""
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
invariants:
  - {id: all-hear-of-itching, because: Nobody should miss it., then: {guidance: [itchy]}}
"""),
    good=Example("""
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
invariants:
  - {id: who-itches-hears-of-it, because: Nobody should miss it., when: {itch: yes}, then: {guidance: [itchy]}}
"""),
)
LESS_URGENT = Page(
    "less-urgent",
    "error",
    "More risk makes the next step calmer. With all else answered the same, someone who says yes instead of no, "
    "chooses more options, or is not sure or would rather not say where another says no or none, ends with a less "
    "urgent next step. Often the further answer hides a question, or a condition asks for an option alone. Two "
    "examples show the step before and after.",
    bad=Example("""
questions:
  - id: health
    type: many
    ask: Which of these do you have?
    options: {diabetes: Diabetes, lupus: Lupus, none: {label: None of these, exclusive: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: diabetes, topic: Care, when: {health: diabetes}, says: Say how it is treated.}
  - {id: lupus, topic: Care, disposition: doctor-first, says: See your doctor about it.,
     when: {health: {all: [lupus], none: [diabetes]}}}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
invariants:
  - {id: more-is-never-calmer, because: Risks add up., never_less_urgent: [health]}
"""),
    good=Example("""
questions:
  - id: health
    type: many
    ask: Which of these do you have?
    options: {diabetes: Diabetes, lupus: Lupus, none: {label: None of these, exclusive: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: diabetes, topic: Care, when: {health: diabetes}, says: Say how it is treated.}
  - {id: lupus, topic: Care, when: {health: lupus}, disposition: doctor-first, says: See your doctor about it.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
invariants:
  - {id: more-is-never-calmer, because: Risks add up., never_less_urgent: [health]}
"""),
)
EMPTY_PROMISE = Page(
    "empty-promise",
    "error",
    "The promise holds only because it is about nobody: no answers meet its condition, or its question has no answer "
    "that counts as more risk (a yes, or one more of several options). It protects no one, and should be corrected.",
    bad=Example("""
invariants:
  - {id: who-itches-hears-of-it, because: Nobody should miss it., then: {guidance: [itchy]},
     when: {itch: yes, not: {itch: answered}}}
"""),
    good=Example("""
invariants:
  - {id: who-itches-hears-of-it, because: Nobody should miss it., then: {guidance: [itchy]}, when: {itch: yes}}
"""),
)
_MOST_LINES = 5
#: A way to break a promise: the key and the id that promise it, and the literal that breaks it.
Breach = tuple[str, str, Literal]
#: What comes of it, by key; `step` is where the answers lead instead.
_BROKEN = {
    "disposition": "the next step can be `{step}`, not the promised `{id}`",
    "disposition_at_least": "the next step can be `{step}`, less urgent than the promised `{id}`",
    "disposition_at_most": "the next step can be `{step}`, more urgent than the promised `{id}`",
    "guidance": "`{id}` can be left unsaid",
    "no_guidance": "`{id}` can be said",
    "asked": "`{id}` can be left unasked",
}


def _promised(prover: Prover, invariant: Invariant) -> Iterator[Remark]:
    if invariant.then is None:
        return
    holds = prover.encoding.gates.TRUE if invariant.when is None else prover.encoding.truth(invariant.when)[0]
    if not prover.can(holds) and invariant.when is not None:
        place = ("invariants", invariant.id, "when")
        found = because(prover, parts_of(place, invariant.when), certain)
        message = f"invariant `{invariant.id}` is about nobody: no answers meet its condition"
        help = "together these places leave no room for it; correct one, or delete the invariant"
        yield EMPTY_PROMISE.remark(message, place, help).showing(found)
        return
    for key, id, breach in _breaches(prover, invariant.then):
        if (answers := prover.witness(holds, breach)) is not None:
            yield _broken(prover.rules, invariant, (key, id), answers)


def _breaches(prover: Prover, then: Promise) -> Iterator[Breach]:
    encoding = prover.encoding
    lines = {line.id: line for line in prover.rules.guidance}
    if then.disposition:
        yield "disposition", then.disposition, -encoding.exactly(then.disposition)
    if least := then.disposition_at_least:
        yield "disposition_at_least", least, -encoding.at_least(least)
    if most := then.disposition_at_most:
        yield "disposition_at_most", most, _over(encoding, most)
    for id in dict.fromkeys(then.guidance):
        yield "guidance", id, -prover.said(lines[id])
    for id in dict.fromkeys(then.no_guidance):
        yield "no_guidance", id, prover.said(lines[id])
    for id in dict.fromkeys(then.asked):
        yield "asked", id, -encoding.asked[id]


def _over(encoding: Encoding, disposition: str) -> Literal:
    """The next step is more urgent than this one."""
    higher = encoding.rules.dispositions[encoding.rules.urgency[disposition] + 1 :]
    return encoding.at_least(higher[0].id) if higher else -encoding.gates.TRUE


def _broken(rules: RuleFile, invariant: Invariant, promise: tuple[str, str], answers: Answers) -> Remark:
    key, id = promise
    came = _BROKEN[key].format(id=id, step=assess(rules, answers).disposition.id)
    message = f"invariant `{invariant.id}` is broken: {came}"
    help = "correct the rules or the promise; these answers show the hole"
    place = ("invariants", invariant.id, "then", key)
    related = _concerned(rules, invariant, promise, answers)
    return BROKEN_PROMISE.remark(message, place, help).showing(related, witness(came, answers))


def _concerned(
    rules: RuleFile, invariant: Invariant, promise: tuple[str, str], answers: Answers
) -> tuple[Related, ...]:
    """The conditions behind a breach: of the invariant, and of the line, question or lines that it is about."""
    key, id = promise
    place = ("invariants", invariant.id, "when")
    own = [Related(place, f"promised whenever {in_words(invariant.when)}")] if invariant.when is not None else []
    if key == "asked":
        when = rules.by_question[id].when
        asked = [Related(("questions", id, "when"), f"`{id}` is asked only when {in_words(when)}")] if when else []
        return (*own, *asked)
    if key in ("guidance", "no_guidance"):
        return (*own, *lines_said(line for line in rules.guidance if line.id == id))
    if rules.urgency[assess(rules, answers).disposition.id] > rules.urgency[id]:
        return (*own, *_callers(rules, answers)[:_MOST_LINES])
    return (*own, *lines_said(_expected(rules, invariant, id)[:_MOST_LINES]))


def _callers(rules: RuleFile, answers: Answers) -> tuple[Related, ...]:
    """The lines that called for the next step of these answers."""
    summary = assess(rules, answers)
    return lines_said(finding.guidance for finding in summary.findings if finding.guidance.id in summary.because)


def _expected(rules: RuleFile, invariant: Invariant, disposition: str) -> list[Guidance]:
    """The lines that could have called for a step so urgent, those about the same questions first."""
    about = invariant.when.references() if invariant.when is not None else frozenset()
    rank = rules.urgency[disposition]
    lines = [line for line in rules.guidance if line.disposition and rules.urgency[line.disposition] >= rank]
    return [line for line in lines if line.when is not None and line.when.references() & about] or lines


def _urgency(prover: Prover, subject: tuple[Invariant, Question]) -> Iterator[Remark]:
    invariant, question = subject
    first = prover.encoding
    second = twin_of(first, question.id)
    more, one = more_risk(first, second, question)
    place = ("invariants", invariant.id, "never_less_urgent", invariant.never_less_urgent.index(question.id))
    if prover.never(more):
        message = f"invariant `{invariant.id}` says nothing of `{question.id}`: no answer to it counts as more risk"
        help = "name a yes-no question, or one where several may be chosen; else write `disposition_at_least`"
        yield EMPTY_PROMISE.remark(message, place, help)
        return
    less = less_urgent(first, second)
    model = prover.model(more, less, one) or prover.model(more, less)
    if model is None:
        return
    before, after = first.chosen(model), second.chosen(model)
    steps = [assess(prover.rules, answers).disposition.id for answers in (before, after)]
    was, now = (_plain(answers[question.id]) for answers in (before, after))
    message = (
        f"invariant `{invariant.id}` is broken: with `{question.id}` answered {now} instead of {was}, "
        f"the next step falls from `{steps[0]}` to `{steps[1]}`"
    )
    help = "find the question that is hidden or the line that falls silent; the two sets of answers show it"
    yield LESS_URGENT.remark(message, place, help).showing(
        _callers(prover.rules, before)[:_MOST_LINES],
        witness(f"before: `{question.id}` is {was}, and the next step is `{steps[0]}`", before),
        witness(f"after: `{question.id}` is {now}, and the next step is `{steps[1]}`", after),
    )


def _plain(answer: Answer) -> str:
    plain = as_plain(answer)
    return f"`{', '.join(plain)}`" if isinstance(plain, list) else f"`{plain}`"


def _never_less(rules: RuleFile) -> Sequence[tuple[Invariant, Question]]:
    return [(one, rules.by_question[id]) for one in rules.invariants for id in dict.fromkeys(one.never_less_urgent)]


def _then(rules: RuleFile) -> Sequence[Invariant]:
    return [invariant for invariant in rules.invariants if invariant.then is not None]


CHECKS: tuple[Check[Invariant] | Check[tuple[Invariant, Question]], ...] = (
    Check(BROKEN_PROMISE, _then, lambda one: one.id, _promised, "promise{s} hold{es}"),
    Check(
        LESS_URGENT,
        _never_less,
        lambda subject: f"{subject[0].id} for {subject[1].id}",
        _urgency,
        "question{s} where more risk never makes the next step less urgent",
    ),
)
