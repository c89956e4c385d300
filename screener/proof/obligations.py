"""What a promise comes to: for each part of it, literals that never hold together if it is kept.

Each obligation is about one line, one question or one referral, or about all lines that could call for a next step.
"""

from collections.abc import Iterator
from typing import NamedTuple

from screener.proof.encoding import Encoding
from screener.proof.gates import Literal
from screener.proof.truths import Pair
from screener.rulefile.model import RuleFile
from screener.rulefile.promises import Invariant, Promise


class Obligation(NamedTuple):
    """One thing that never happens if the invariant `promise` is kept: all `parts` at once.

    `key` is the key of the file that promises it, and `id` what it names there: a next step, line, question or
    referral, or the words of `referral_says`. It is empty for `answers`.
    """

    promise: str
    key: str
    id: str
    parts: tuple[Literal, ...]


def guards(encoding: Encoding, invariant: Invariant) -> Pair:
    """The condition of the invariant is true, and it may be true; without one it always is."""
    when, true = invariant.when, encoding.gates.TRUE
    return (true, true) if when is None else encoding.truth(when)


def obligations(encoding: Encoding, invariant: Invariant, guard: Literal) -> Iterator[Obligation]:
    """Everything that `then` promises; none for an invariant without it. The first part of each is `guard`.

    With the first of `guards` the promise is meant for those for whom its condition is certain, with the second for
    those as well who left it open.
    """
    for key, id, parts in _breaches(encoding, invariant.then or Promise()):
        yield Obligation(invariant.id, key, id, (guard, *parts))


_Breach = tuple[str, str, tuple[Literal, ...]]


def _breaches(encoding: Encoding, then: Promise) -> Iterator[_Breach]:
    rules = encoding.rules
    named = {*then.guidance, *then.no_guidance}
    lines = {line.id: line for line in rules.guidance if line.id in named} if named else {}
    for key in ("disposition", "disposition_at_least", "disposition_at_most"):
        if step := getattr(then, key):
            if key != "disposition_at_most" and rules.urgency[step] > 0:
                yield key, step, tuple(-said for said in encoding.calling(rules.urgency[step]))
            if key != "disposition_at_least":
                yield from ((key, step, (said,)) for said in encoding.calling(rules.urgency[step] + 1))
    yield from (("guidance", id, (-encoding.said(lines[id]),)) for id in dict.fromkeys(then.guidance))
    yield from (("no_guidance", id, (encoding.said(lines[id]),)) for id in dict.fromkeys(then.no_guidance))
    yield from (("asked", id, (-encoding.asked[id],)) for id in dict.fromkeys(then.asked))
    yield from (("not_asked", id, (encoding.asked[id],)) for id in dict.fromkeys(then.not_asked))
    if then.answers is not None:
        yield "answers", "", (-encoding.truth(then.answers)[0],)
    yield from _referred(encoding, then)


def _referred(encoding: Encoding, then: Promise) -> Iterator[_Breach]:
    """The first referral whose condition is true is the one that is said; the last has none."""
    referrals, true = encoding.rules.referrals, encoding.gates.TRUE
    holds = [true if one.when is None else encoding.truth(one.when)[0] for one in referrals]
    if then.referral is not None:
        index = [one.id for one in referrals].index(then.referral)
        yield from (("referral", then.referral, (earlier,)) for earlier in holds[:index])
        yield "referral", then.referral, (-holds[index],)
    for index, one in enumerate(referrals):
        if then.referral_says is not None and not holds_words(one.says, then.referral_says):
            yield "referral_says", then.referral_says, (holds[index], *(-earlier for earlier in holds[:index]))


def holds_words(text: str, words: str) -> bool:
    """Whether these words stand in the text one after the other, capital and small letters being alike."""
    plain, wanted = (" ".join(one.split()).casefold() for one in (text, words))
    return wanted in plain


def less_urgent_obligations(first: Encoding, second: Encoding, more: Literal) -> Iterator[tuple[Literal, ...]]:
    """What never happens if more risk is never less urgent: a line is said to the first, and to the second none that
    calls for a step as urgent. `more` is the literal of `more_risk`; one for each line that calls for more than the
    least urgent step.
    """
    rules: RuleFile = first.rules
    for line in rules.guidance:
        if line.disposition and (rank := rules.urgency[line.disposition]) > 0:
            yield more, first.said(line), *(-said for said in second.calling(rank))
