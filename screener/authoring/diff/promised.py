"""Which promises of the old file the new one no longer makes to everybody to whom they were made."""

from collections.abc import Iterator
from typing import NamedTuple

from screener.authoring.diff.changes import Demand
from screener.authoring.diff.steps import Steps
from screener.authoring.diff.worlds import World
from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Literal
from screener.proof.obligations import guards, holds_words
from screener.rulefile.conditions.describe import describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Answers, RuleFile
from screener.rulefile.naming import Naming
from screener.rulefile.promises import Invariant, Risk


class _Claim(NamedTuple):
    """One thing that is promised: the key that promises it, what it names, and the promise that it is part of."""

    key: str
    what: str | Condition | Risk
    promise: Invariant


def lost(back: World, steps: Steps) -> Iterator[Demand]:
    """Each promise of which a part is gone, or made to fewer people. It counts as made if another promise makes it."""
    old, new = back.given.rules, back.seen.rules
    made: dict[str, list[_Claim]] = {}
    for one in new.invariants:
        for claim in _claims(one):
            made.setdefault(claim.key, []).append(claim)
    kept = {one.id for one in new.invariants}
    for one in old.invariants:
        for claim in _claims(one):
            alike = [other for other in made.get(claim.key, ()) if _implies(other, claim, steps, new)]
            if not _always(claim, steps, new) and (answers := _left(back, claim, alike)) is not None:
                why = f"the promise `{one.id}` {_less(claim, bool(alike), old) if one.id in kept else 'is gone'}"
                yield Demand("major", "invariant", one.id, why, answers if one.when else None)
                break


def _less(claim: _Claim, to_some: bool, rules: RuleFile) -> str:
    """How a promise that is still there promises less."""
    what = describe(claim.what, Naming(rules)) if isinstance(claim.what, Condition) else claim.what
    return f"no longer says `{claim.key}: {what}`" + (" to everyone to whom it did" if to_some else "")


def _claims(invariant: Invariant) -> Iterator[_Claim]:
    """All that is promised; one next step is at least and at most that step."""
    if then := invariant.then:
        for key, step in (("least", then.disposition_at_least), ("most", then.disposition_at_most)):
            yield from (_Claim(f"disposition_at_{key}", one, invariant) for one in (then.disposition, step) if one)
        for key in ("guidance", "no_guidance", "asked", "not_asked"):
            yield from (_Claim(key, id, invariant) for id in getattr(then, key))
        for key in ("answers", "referral", "referral_says"):
            yield from [_Claim(key, getattr(then, key), invariant)] if getattr(then, key) else ()
    yield from (_Claim("never_less_urgent", risk, invariant) for risk in invariant.never_less_urgent)


def _implies(new: _Claim, old: _Claim, steps: Steps, rules: RuleFile) -> bool:
    """Whether what is promised now is at least what was promised; of `answers` that is decided in `_promised`."""
    if isinstance(old.what, str) and isinstance(new.what, str):
        if old.key == "disposition_at_least":
            return steps.as_urgent(old.what, new.what)
        if old.key == "disposition_at_most":
            return steps.as_calm(old.what, new.what)
        return holds_words(new.what, old.what) if old.key == "referral_says" else new.what == old.what
    if isinstance(old.what, Risk) and isinstance(new.what, Risk):
        return new.what == old.what or (
            new.what.question == old.what.question and _goes_on(_order(old.what, rules), _order(new.what, rules))
        )
    return True


def _order(risk: Risk, rules: RuleFile) -> tuple[str, ...]:
    """The options from the least risk to the most, as far as they have an order."""
    return risk.order or rules.by_question[risk.question].order


def _goes_on(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether an order is part of the other, with the same calmest option: it is that which an open answer is above."""
    rest = iter(new)
    return bool(old) and old[:1] == new[:1] and all(option in rest for option in old)


def _always(claim: _Claim, steps: Steps, new: RuleFile) -> bool:
    """Whether this holds of any file with these steps, lines and questions, promised or not."""
    if claim.key.startswith("disposition_"):
        surely = steps.as_urgent if claim.key == "disposition_at_least" else steps.as_calm
        return all(surely(str(claim.what), step.id) for step in new.dispositions)
    if claim.key == "no_guidance":
        return all(line.id != claim.what for line in new.guidance)
    return claim.key == "not_asked" and claim.what not in new.by_question


def _left(back: World, claim: _Claim, alike: list[_Claim]) -> Answers | None:
    """Answers to the old file for which this was promised, and is no longer."""
    made = _readings(back.given, claim.promise)
    now = [_promised(back, claim, other) for other in alike]
    for reading, was in enumerate(made):
        held = [one[reading] for one in now]
        if was not in held and (answers := back.some(was, -back.seen.gates.either(*held))) is not None:
            return answers
    return None


def _promised(back: World, claim: _Claim, other: _Claim) -> tuple[Literal, Literal]:
    """To whom the new file promises as much, in both readings."""
    firm, loose = _readings(back.seen, other.promise)
    if isinstance(claim.what, Condition) and isinstance(other.what, Condition):
        gates = back.seen.gates
        enough = gates.either(-back.seen.truth(other.what)[0], back.given.truth(claim.what)[0])
        return gates.both(firm, enough), gates.both(loose, enough)
    return firm, loose


def _readings(encoding: Encoding, invariant: Invariant) -> tuple[Literal, Literal]:
    """To whom it is promised firmly, and to whom at least so that a breach is told."""
    if invariant.never_less_urgent:
        return Gates.TRUE, Gates.TRUE
    certain, possible = guards(encoding, invariant)
    return possible if invariant.open == "included" else certain, certain if invariant.open == "left-out" else possible
