"""Whether more risk ever makes the next step less urgent: proved for each question, or shown by two sets of answers."""

from collections.abc import Iterator, Sequence

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import callers, witness
from screener.authoring.checks.logic.promise_pages import EMPTY_PROMISE, LESS_URGENT
from screener.authoring.checks.remark import Remark, Route
from screener.engine.answers import as_plain
from screener.engine.assess import Summary, assess
from screener.proof.prover import Prover
from screener.proof.twin import less_urgent, more_risk, twin_of
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.measures import NUMBERS
from screener.rulefile.model import Answers, RuleFile
from screener.rulefile.promises import Invariant, Risk

_Subject = tuple[Invariant, Risk]


def _urgency(prover: Prover, subject: _Subject) -> Iterator[Remark]:
    invariant, risk = subject
    id, index = risk.question, invariant.never_less_urgent.index(risk)
    place = ("invariants", invariant.id, "never_less_urgent", index)
    first = prover.encoding
    second = twin_of(first, id)
    more, one = more_risk(first, second, risk)
    if prover.never(more):
        message = f"invariant `{invariant.id}` says nothing of `{id}`: no answer to it counts as more risk"
        yield from () if _alike(prover, risk) else [EMPTY_PROMISE.remark(message, place, _help(prover.rules, id))]
        return
    less = less_urgent(first, second)
    model = prover.model(more, less, one) or prover.model(more, less)
    if model is not None:
        yield _calmer(prover.rules, place, id, first.chosen(model), second.chosen(model))


def _calmer(rules: RuleFile, place: Route, id: str, before: Answers, after: Answers) -> Remark:
    ends = [assess(rules, answers) for answers in (before, after)]
    steps, matter = [end.disposition.id for end in ends], _matter(rules, id, ends[0])
    was, now = (_plain(answers[id]) for answers in (before, after))
    message = (
        f"invariant `{place[1]}` is broken: with `{id}` answered {now} instead of {was}, "
        f"the next step falls from `{steps[0]}` to `{steps[1]}`"
    )
    help = "find the question that is hidden or the line that falls silent; the two sets of answers show it"
    return LESS_URGENT.remark(message, place, help).showing(
        callers(rules, before),
        witness(f"before: `{id}` is {was}, and the next step is `{steps[0]}`", before, matter),
        witness(f"after: `{id}` is {now}, and the next step is `{steps[1]}`", after, matter),
    )


def _matter(rules: RuleFile, id: str, before: Summary) -> frozenset[str]:
    """The question, and those that the next step before hangs on."""
    lines = (finding.guidance for finding in before.findings if finding.guidance.id in before.because)
    return rules.hangs_on(*(line.when for line in lines)) | {id}


def _alike(prover: Prover, risk: Risk) -> bool:
    """No condition tells the values of a number or date apart, so more of it can't change anything."""
    question = prover.rules.by_question[risk.question]
    low, high = question.limits
    return risk.more is not None and (low is None or low != high) and prover.can(prover.encoding.asked[question.id])


def _help(rules: RuleFile, id: str) -> str:
    written = {
        **dict.fromkeys(NUMBERS, f"{{{id}: larger}}"),
        "date": f"{{{id}: later}}",
        "one": f"{{{id}: [mild, bad]}}",
    }
    if (order := written.get(rules.by_question[id].type)) is not None:
        return f"say which answers are more risk, as in `{order}`, from the least to the most"
    return "name a yes-no question, or one where several may be chosen; else write `disposition_at_least`"


def _plain(answer: Answer) -> str:
    plain = as_plain(answer)
    return f"`{', '.join(plain)}`" if isinstance(plain, list) else f"`{plain}`"


def _never_less(rules: RuleFile) -> Sequence[_Subject]:
    return [(one, risk) for one in rules.invariants for risk in dict.fromkeys(one.never_less_urgent)]


CHECKS: tuple[Check[_Subject], ...] = (
    Check(
        LESS_URGENT,
        _never_less,
        lambda subject: f"{subject[0].id} for {subject[1].question}",
        _urgency,
        "question{s} where more risk never makes the next step less urgent",
    ),
)
