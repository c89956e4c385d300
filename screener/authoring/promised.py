"""Promises in plain words, as the proof reads them."""

from collections.abc import Iterator

from screener.ground.marks import MARKS
from screener.rulefile.conditions.describe import describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import RuleFile
from screener.rulefile.naming import Naming
from screener.rulefile.promises import Invariant, Promise, Risk


def promised(rules: RuleFile, invariant: Invariant) -> Iterator[str]:
    """What an invariant promises, and whom, in sentences; those on more risk end with a colon, and `risen` goes on."""
    if invariant.then is not None:
        yield from _promised(rules, invariant, invariant.then)
    if invariant.never_less_urgent:
        yield "More risk never makes the next step less urgent, all else answered alike. More risk is:"


def _promised(rules: RuleFile, invariant: Invariant, then: Promise) -> Iterator[str]:
    said = [
        ("the next step is", then.disposition),
        ("the next step is at least", then.disposition_at_least),
        ("the next step is at most", then.disposition_at_most),
        ("said:", ", ".join(then.guidance)),
        ("never said:", ", ".join(then.no_guidance)),
        ("asked:", ", ".join(then.asked)),
        ("not asked:", ", ".join(then.not_asked)),
        ("it is certain that", then.answers and describe(then.answers, Naming(rules))),
        ("the referral is", then.referral),
        ("the referral says", then.referral_says and f"“{then.referral_says}”"),
    ]
    promise = "; ".join(f"{words} {value}" for words, value in said if value)
    if invariant.when is None:
        yield f"Always: {promise}."
        return
    when = describe(invariant.when, Naming(rules))
    yield f"Promised: {promise}."
    if not can_stay_open(rules, invariant.when):
        yield f"Whenever {when}."
    elif invariant.open == "left-out":
        yield f"Whenever it is certain that {when}."
        yield "Not promised where that is left open."
    else:
        yield f"Whenever {when}."
        yield "Also where that is left open."


def can_stay_open(rules: RuleFile, condition: Condition) -> bool:
    """Some question that it speaks of can be answered so that what it says of it stays unknown."""
    return any(
        atom.marked(MARKS[word]) is None
        for atom in condition.atoms()
        for word in rules.by_question[atom.question].reserved
    )


def risen(rules: RuleFile, risk: Risk) -> str:
    """What is more risk, and instead of what an open answer is."""
    question = rules.by_question[risk.question]
    order = risk.order or question.order
    if risk.more is not None:
        said, least = _DIRECTIONS[risk.more]
    elif question.type == "many":
        said, least = "Further options", "one that stands alone"
    elif order:
        labels = [f"“{question.choices[id].label}”" for id in order]
        said, least = f"From the least to the most: {', '.join(labels)}", labels[0]
    else:
        return "No answer is more risk than another."
    return f"{said}; left open instead of {least}." if question.reserved else f"{said}."


#: What is more risk, and what is the least.
_DIRECTIONS = {
    "larger": ("A larger number", "the smallest"),
    "smaller": ("A smaller number", "the largest"),
    "later": ("A later date", "the earliest"),
    "earlier": ("An earlier date", "the latest"),
}
