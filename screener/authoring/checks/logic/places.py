"""The places that a finding points at, each with what stands there."""

from collections.abc import Collection, Iterable

from screener.authoring.checks.remark import Related, Route, Witness
from screener.engine.assess import assess
from screener.proof.fault import Claim, Parts, at_fault
from screener.proof.gates import Undecided
from screener.proof.prover import Prover
from screener.rulefile.conditions.describe import asked, describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Answers, Guidance, Question, RuleFile

#: So many lines are named beside a finding; with more, a reader would lose the thread.
MOST_LINES = 5


class _ByItsId:
    """Questions and options by their ids, as authors know them."""

    def ask(self, question: str) -> str:
        """The id of the question."""
        return question

    def labels(self, question: str, options: frozenset[str]) -> list[str]:
        """The ids of the options."""
        return sorted(options)


def in_words(condition: Condition) -> str:
    """The condition in plain words, with ids for questions and options."""
    return describe(condition, _ByItsId())


def because(prover: Prover, parts: Parts, claim: Claim, lead: str = "needed here") -> tuple[Related, ...]:
    """The fewest places that together leave no room for what is claimed of these parts, each with what stands there."""
    fault = at_fault(prover, parts, claim)
    found = [Related(place, _stands(prover, place, parts, lead)) for place in fault]
    if len(fault) == 1 and fault[0] in parts:  # what a question takes may be all that stands against it
        asked = sorted(parts[fault[0]].references(), key=prover.rules.position.__getitem__)
        found += [Related(("questions", id), takes(prover.rules.by_question[id])) for id in asked]
    return tuple(sorted(found, key=lambda related: related.route not in parts))


def _stands(prover: Prover, place: Route, parts: Parts, lead: str) -> str:
    if place in parts:
        return f"{lead}: {in_words(parts[place])}"
    question = prover.rules.by_question[str(place[1])]
    if question.when is not None and place[-1] == "when":
        return f"`{question.id}` is asked {asked_when(prover, question.when)}"
    return takes(question)


def asked_when(prover: Prover, when: Condition) -> str:
    """Who is asked a question with this condition, as the rest of a sentence."""
    certain, possible = prover.encoding.truth(when)
    try:
        in_doubt = prover.can(possible, -certain)
    except Undecided:
        in_doubt = True
    return asked(in_words(when), in_doubt)


_KINDS = {
    "many": "several answers",
    "number": "a number",
    "whole": "a whole number",
    "date": "a date",
    "text": "a text",
}


def takes(question: Question) -> str:
    """What a question takes as an answer."""
    low, high = question.min, question.max
    limits = [f"at least {low}"] * (low is not None) + [f"at most {high}"] * (high is not None)
    if question.type == "many":
        alone = [id for id, option in question.options.items() if option.exclusive]
        limits += [f"`{id}` stands alone" for id in alone]
    return ", ".join([f"`{question.id}` takes {_KINDS.get(question.type, 'one answer')}", *limits])


def lines_said(lines: Iterable[Guidance]) -> tuple[Related, ...]:
    """When each of these guidance lines is said."""
    return tuple(
        Related(("guidance", line.id, "when"), f"`{line.id}` is said when {in_words(line.when)}")
        if line.when is not None
        else Related(("guidance", line.id), f"`{line.id}` is said to everyone")
        for line in lines
    )


def witness(shows: str, answers: Answers, matter: Collection[str] = ()) -> Witness:
    """A set of answers to replay, and what it shows; the answers to the questions that matter come first."""
    return Witness(shows, answers, matter)


def witness_of(rules: RuleFile, shows: str, answers: Answers, *conditions: Condition | None) -> Witness:
    """A set of answers to replay that shows something of nothing but these conditions."""
    return Witness(shows, answers, rules.hangs_on(*conditions), enough=True)


def callers(rules: RuleFile, answers: Answers) -> tuple[Related, ...]:
    """The lines that called for the next step of these answers, as far as a reader wants to see them."""
    summary = assess(rules, answers)
    lines = [finding.guidance for finding in summary.findings if finding.guidance.id in summary.because]
    return lines_said(lines[:MOST_LINES])
