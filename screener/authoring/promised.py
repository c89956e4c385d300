"""Promises in plain words, as the proof reads them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from screener.ground.marks import MARKS
from screener.rulefile.conditions.describe import describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import RuleFile
from screener.rulefile.naming import Naming
from screener.rulefile.promises import Invariant, Promise, Risk


class Pledge(NamedTuple):
    """One thing that is promised: `never said:` and the ids of lines. `kind` is the list of the rule file that has
    these ids; without one they are words.
    """

    words: str
    kind: str
    ids: Sequence[str]


def parts(rules: RuleFile, then: Promise) -> list[Pledge]:
    """Everything that stands under `then`."""
    answers = describe(then.answers, Naming(rules)) if then.answers is not None else None
    found = [
        Pledge("the next step is", "dispositions", _one(then.disposition)),
        Pledge("the next step is at least", "dispositions", _one(then.disposition_at_least)),
        Pledge("the next step is at most", "dispositions", _one(then.disposition_at_most)),
        Pledge("said:", "guidance", then.guidance),
        Pledge("never said:", "guidance", then.no_guidance),
        Pledge("asked:", "questions", then.asked),
        Pledge("not asked:", "questions", then.not_asked),
        Pledge("it is certain that", "", _one(answers)),
        Pledge("the referral is", "referral", _one(then.referral)),
        Pledge("the referral says", "", _one(then.referral_says and f"“{then.referral_says}”")),
    ]
    return [part for part in found if part.ids]


def _one(value: str | None) -> Sequence[str]:
    return [value] if value else []


def promised(rules: RuleFile, invariant: Invariant) -> Iterator[str]:
    """What an invariant promises, and whom, in sentences; those on more risk end with a colon, and `risen` goes on."""
    if invariant.then is not None:
        said = "; ".join(f"{part.words} {', '.join(part.ids)}" for part in parts(rules, invariant.then))
        yield f"{'Always' if invariant.when is None else 'Promised'}: {said}."
        yield from whom(rules, invariant)
    if invariant.never_less_urgent:
        yield MORE_RISK


MORE_RISK = "More risk never makes the next step less urgent, all else answered alike. More risk is:"


def whom(rules: RuleFile, invariant: Invariant) -> Iterator[str]:
    """For whom what stands under `then` is promised, as far as the rule file says it; nothing if it is for all."""
    if invariant.when is None:
        return
    when = describe(invariant.when, Naming(rules))
    if not can_stay_open(rules, invariant.when):
        yield f"Whenever {when}."
    elif invariant.open == "left-out":
        yield f"Whenever it is certain that {when}."
        yield "Not promised where that is left open."
    elif invariant.open == "included":
        yield f"Whenever {when}."
        yield "Also where that is left open."
    else:
        yield f"Whenever {when}."
        yield "Also where that is left open, unless `rules check` says that it holds for certain answers only."


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
