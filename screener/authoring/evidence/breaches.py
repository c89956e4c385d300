"""Every way in which a promise could be broken, in the names that the evidence gives to things.

A way is a list of sentences that would all hold; a sentence is a list of names of which at least one does. For example,
the promise that whoever itches hears of it is broken by `[["promise itching may be"], ["not guidance itchy may be"]]`.
"""

from collections.abc import Iterator

from screener.authoring.evidence.people import Person, name_of
from screener.proof.obligations import holds_words
from screener.proof.twin import ranked
from screener.rulefile.model import Guidance, RuleFile
from screener.rulefile.promises import Invariant, Promise, Risk

Sentence = list[str]
Way = list[Sentence]


def said(line: Guidance) -> str:
    """The name of: this line is said."""
    return f"guidance {line.id} {'is sure' if line.when_unsure == 'skip' else 'may be'}"


def ways(rules: RuleFile, invariant: Invariant, included: bool, others: list[Person]) -> Iterator[Way]:
    """Every way to break this promise; `included` if it is also for those who left its condition open."""
    guard = [f"promise {invariant.id} {'may be' if included else 'is sure'}"]
    for way in _then(rules, invariant.id, invariant.then or Promise()):
        yield [guard, *way]
    for risk in invariant.never_less_urgent:
        person = next(one for one in others if one.changes == risk.question)
        for more in _more(rules, risk, person):
            yield from ([*more, *calmer] for calmer in _calmer(rules, person.mark))


def _then(rules: RuleFile, id: str, then: Promise) -> Iterator[Way]:
    lines = {line.id: line for line in rules.guidance}
    for least in dict.fromkeys(filter(None, (then.disposition, then.disposition_at_least))):
        if rules.urgency[least] > 0:
            yield [[f"not {said(line)}"] for line in _calling(rules, rules.urgency[least])]
    for most in dict.fromkeys(filter(None, (then.disposition, then.disposition_at_most))):
        yield [[said(line) for line in _calling(rules, rules.urgency[most] + 1)]]
    yield from ([[f"not {said(lines[one])}"]] for one in then.guidance)
    yield from ([[said(lines[one])]] for one in then.no_guidance)
    yield from ([[f"not question {one} may be"]] for one in then.asked)
    yield from ([[f"question {one} may be"]] for one in then.not_asked)
    if then.answers is not None:
        yield [[f"not answers {id} is sure"]]
    yield from _referred(rules, then)


def _referred(rules: RuleFile, then: Promise) -> Iterator[Way]:
    """The first referral that is sure is the one that is said."""
    for place, one in enumerate(rules.referrals):
        wrong = then.referral not in (None, one.id)
        if wrong or (then.referral_says is not None and not holds_words(one.says, then.referral_says)):
            earlier = rules.referrals[:place]
            yield [[f"referral {one.id} is sure"], *([f"not referral {before.id} is sure"] for before in earlier)]


def _calling(rules: RuleFile, rank: int) -> list[Guidance]:
    """The lines that call for a next step so urgent or more."""
    return [line for line in rules.guidance if line.disposition and rules.urgency[line.disposition] >= rank]


def _calmer(rules: RuleFile, mark: str) -> Iterator[Way]:
    """For each next step: the first person hears it or a more urgent one, the second does not."""
    for step in rules.dispositions[1:]:
        lines = [said(line) for line in _calling(rules, rules.urgency[step.id])]
        yield [lines, *([f"not {mark}{line}"] for line in lines)]


def _more(rules: RuleFile, risk: Risk, person: Person) -> Iterator[Way]:
    """The second answer is more risk than the first, or as much where options are only added."""
    question = rules.by_question[risk.question]

    def before(pieces: list[str]) -> Sentence:
        return [f"{question.id}={piece}" for piece in pieces]

    def after(pieces: list[str]) -> Sentence:
        return [f"{person.mark}{question.id}={piece}" for piece in pieces]

    if question.type == "many":
        calm = [id for id, option in question.options.items() if option.exclusive]
        risks = [id for id in question.options if id not in calm]
        kept = [[*(f"not {one}" for one in before([id])), *after([id])] for id in risks]
        yield [before(list(question.options)), *kept, after(risks)]
    else:
        order = [name_of(piece) for piece in ranked(question, risk, list(person.encoding.pieces[question.id]))]
        calm = order[:1]
        for place, piece in enumerate(order[:-1], 1):
            yield [before([piece]), after(order[place:])]
    if question.reserved:
        yield [before(calm), after(list(question.reserved))]
