"""Pure: answers in, the next question or the summary out. Three-valued, and the same for the same answers.

A question that is not shown has no answer, whatever was said before; unsure, declined and open answers
make conditions unknown; guidance that stays unknown at the end is said as "possible".
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from screener.engine.addressed import addressed
from screener.ground.marks import MARKS, Mark
from screener.rulefile.conditions.reasons import reasons
from screener.rulefile.conditions.tree import Answer, Condition, PartOfAnswer, State, View
from screener.rulefile.measures import NUMBERS, iso_date, number
from screener.rulefile.model import Answers, Disposition, Guidance, Question, Referral, RuleFile

Certainty = Literal["certain", "possible"]


class Reason(NamedTuple):
    """One answer behind a finding; for a `many` question only the options that matter."""

    question: str
    answer: Answer


class Finding(NamedTuple):
    """Guidance that fired, and a smallest set of answers from which it follows."""

    guidance: Guidance
    certainty: Certainty
    because: tuple[Reason, ...]


class Summary(NamedTuple):
    """Everything a person gets at the end, or so far: with `open` questions more can still come.

    `answers` holds only the questions that were asked; `because` names the guidance behind the disposition;
    `sources` the ids of all statements cited, in the order of first use.
    """

    answers: Answers
    complete: bool
    disposition: Disposition
    because: tuple[str, ...]
    findings: tuple[Finding, ...]
    questions_to_ask: tuple[str, ...]
    referral: Referral
    sources: tuple[str, ...]
    open: tuple[str, ...]


def state_of(question: Question, answers: Answers, view: View) -> State:
    """The state of a question whose earlier questions are all in the view.

    While open answers leave it undecided whether the question is asked at all, an answer to it does not count yet.
    """
    shown = True if question.when is None else question.when.holds(view)
    if shown is False:
        return Mark.HIDDEN
    answer = answers.get(question.id)
    if answer is None or answer == ():
        return Mark.OPEN
    if shown is None and question.when is not None and question.when.leaning(view, True) is None:
        return Mark.OPEN
    if isinstance(answer, str) and answer in question.reserved:
        return MARKS[answer]
    return _typed(question, answer)


def _typed(question: Question, answer: Answer) -> Answer:
    """The answer in the type that conditions compare, also where a program gave 30, "30" or a list.

    Raises ValueError for what is no number or date.
    """
    if question.type in NUMBERS and not isinstance(answer, Decimal):
        return number(str(answer))
    if question.type == "date" and not isinstance(answer, date):
        return iso_date(str(answer))
    return tuple(answer) if isinstance(answer, list) else answer


def view_of(rules: RuleFile, answers: Answers) -> dict[str, State]:
    """The state of every question."""
    view: dict[str, State] = {}
    for question in rules.questions:
        view[question.id] = state_of(question, answers, view)
    return view


def next_question(rules: RuleFile, answers: Answers, settled: dict[str, State] | None = None) -> Question | None:
    """The first question that is shown and has no answer yet, or None when all are answered.

    `settled` may carry the states found by an earlier call from which the answers have only grown; it is
    extended in place, so that a whole interview costs one walk through the file.
    """
    view = {} if settled is None else settled
    for index in range(len(view), len(rules.questions)):
        question = rules.questions[index]
        state = state_of(question, answers, view)
        if state is Mark.OPEN:
            return question
        view[question.id] = state
    return None


def shown(rules: RuleFile, answers: Answers) -> tuple[str, ...]:
    """The ids of all questions that are or may still be asked with these answers, in order."""
    return tuple(id for id, state in view_of(rules, answers).items() if state is not Mark.HIDDEN)


def assess(rules: RuleFile, answers: Answers) -> Summary:
    """What follows from the answers. Never fails on a valid rule file and valid answers, complete or not."""
    view = view_of(rules, answers)
    given = {id: _given(answers[id], state) for id, state in view.items() if _has(state)}
    rules = addressed(rules, given)
    findings = tuple(finding for line in rules.guidance if (finding := finding_of(line, view, rules)))
    disposition, because = _most_urgent(rules, findings)
    referral = _referral(rules, view)
    return Summary(
        answers=given,
        complete=Mark.OPEN not in view.values(),
        disposition=disposition,
        because=because,
        findings=findings,
        questions_to_ask=tuple(dict.fromkeys(f.guidance.ask for f in findings if f.guidance.ask)),
        referral=referral,
        sources=_cited(disposition, findings, referral),
        open=tuple(id for id in _open(rules, view) if answers.get(id) in (None, ())),
    )


def _given(answer: Answer, state: State) -> Answer:
    """What was answered, in its type; an unsure or declined one as the word it was given by."""
    return answer if isinstance(state, Mark | PartOfAnswer) else state


def _has(state: State) -> bool:
    return state is not Mark.HIDDEN and state is not Mark.OPEN


def fires(line: Guidance, view: View) -> Certainty | None:
    """Whether this line is said, and how surely; answers that are still open can't take it back.

    An unknown condition fires only if unsure and declined answers alone keep it open.
    """
    truth = True if line.when is None else line.when.holds(view)
    if truth is not None or line.when is None:
        return "certain" if truth else None
    if line.when_unsure == "skip" or line.when.leaning(view, True) is not True:
        return None
    return "possible" if line.when.leaning(view, False) is False else None


def finding_of(line: Guidance, view: View, rules: RuleFile) -> Finding | None:
    """The line with its reasons, if it is said; the view holds the questions that its condition hangs on."""
    certainty = fires(line, view)
    if certainty is None or line.when is None:
        return Finding(line, certainty, ()) if certainty else None
    return Finding(line, certainty, _reasons(line.when, view, certainty == "possible", rules))


def _reasons(when: Condition, view: View, lean: bool, rules: RuleFile) -> tuple[Reason, ...]:
    pieces = reasons(when, view, lean, rules.shown_by)
    if len(pieces) == 1:
        ((question, option),) = pieces
        return (_reason(question, (option,), view),)
    order = rules.position
    by_question: dict[str, list[str | None]] = {}
    for question, option in sorted(pieces, key=lambda piece: order[piece[0]]):
        by_question.setdefault(question, []).append(option)
    return tuple(_reason(question, tuple(options), view) for question, options in by_question.items())


def _reason(question: str, options: tuple[str | None, ...], view: View) -> Reason:
    state = view[question]
    if isinstance(state, tuple) and None not in options:
        return Reason(question, tuple(option for option in state if option in options))
    if isinstance(state, Mark):
        return Reason(question, state.value)
    assert not isinstance(state, PartOfAnswer)  # noqa: S101 – only what is known in part for a proof is one
    return Reason(question, state)


def _most_urgent(rules: RuleFile, findings: tuple[Finding, ...]) -> tuple[Disposition, tuple[str, ...]]:
    """The most urgent disposition among those that fired; the least urgent of the file if none did."""
    urgency = rules.urgency
    rank = max((urgency[f.guidance.disposition] for f in findings if f.guidance.disposition), default=0)
    disposition = rules.dispositions[rank]
    return disposition, tuple(f.guidance.id for f in findings if f.guidance.disposition == disposition.id)


def _referral(rules: RuleFile, view: View) -> Referral:
    """The first referral whose condition certainly holds; the last one has none, so there always is one."""
    return next((one for one in rules.referrals if one.when is not None and one.when.holds(view)), rules.referral)


def _cited(disposition: Disposition, findings: tuple[Finding, ...], referral: Referral) -> tuple[str, ...]:
    cited = dict.fromkeys(disposition.sources)
    for finding in findings:
        cited.update(dict.fromkeys(finding.guidance.sources))
    cited.update(dict.fromkeys(referral.sources))
    return tuple(cited)


def _open(rules: RuleFile, view: Mapping[str, State]) -> tuple[str, ...]:
    """The open questions that could still change what is said, by themselves or by showing another one."""
    if Mark.OPEN not in view.values():
        return ()
    matter: set[str] = set()
    for line in rules.guidance:
        if line.when is not None and _undecided(line.when, line.when_unsure == "skip", view):
            matter |= line.when.references()
    for one in rules.referrals:
        if one.when is not None and _undecided(one.when, True, view):
            matter |= one.when.references()
    for question in reversed(rules.questions):
        if question.id in matter and question.when is not None and view[question.id] is not Mark.HIDDEN:
            matter |= question.when.references()
    return tuple(id for id, state in view.items() if state is Mark.OPEN and id in matter)


def _undecided(when: Condition, skip: bool, view: View) -> bool:
    """Whether open answers can still change if and how this is said."""
    if when.holds(view) is not None:
        return False
    may, must = when.leaning(view, True), when.leaning(view, False)
    return must is None if skip else may is None or must is None
