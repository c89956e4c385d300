"""Which promises of the old file the new one no longer makes to everybody to whom they were made."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from screener.authoring.diff.changes import Demand
from screener.authoring.diff.steps import Steps
from screener.authoring.diff.worlds import World
from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Literal
from screener.rulefile.model import Answers, Invariant, RuleFile


class _Claim(NamedTuple):
    """One thing that is promised: the key that promises it, and what it names."""

    key: str
    what: str


_Made = Mapping[str, list[tuple[_Claim, Invariant]]]


def lost(back: World, steps: Steps) -> Iterator[Demand]:
    """Each promise of which a part is gone, or made to fewer people. It counts as made if another promise makes it."""
    made: dict[str, list[tuple[_Claim, Invariant]]] = {}
    for one in back.seen.rules.invariants:
        for claim in _claims(one):
            made.setdefault(claim.key, []).append((claim, one))
    kept = {one.id for one in back.seen.rules.invariants}
    for one in back.given.rules.invariants:
        for claim in _claims(one):
            if _always(claim, back.seen.rules, steps):
                continue
            covered = [other for theirs, other in made.get(claim.key, ()) if _implies(theirs, claim, steps)]
            if (answers := _left(back, one, covered)) is not None:
                why = f"the promise `{one.id}` {_less(claim, bool(covered)) if one.id in kept else 'is gone'}"
                yield Demand("major", "invariant", one.id, why, answers if one.when else None)
                break


def _less(claim: _Claim, to_some: bool) -> str:
    """How a promise that is still there promises less."""
    return f"no longer says `{claim.key}: {claim.what}`" + (" to everyone to whom it did" if to_some else "")


def _claims(invariant: Invariant) -> Iterator[_Claim]:
    """All that is promised; one next step is at least and at most that step."""
    if then := invariant.then:
        least, most = then.disposition_at_least, then.disposition_at_most
        yield from (_Claim("disposition_at_least", step) for step in (then.disposition, least) if step)
        yield from (_Claim("disposition_at_most", step) for step in (then.disposition, most) if step)
        for key, ids in (("guidance", then.guidance), ("no_guidance", then.no_guidance), ("asked", then.asked)):
            yield from (_Claim(key, id) for id in ids)
    yield from (_Claim("never_less_urgent", id) for id in invariant.never_less_urgent)


def _implies(new: _Claim, old: _Claim, steps: Steps) -> bool:
    """Whether what is promised now is at least what was promised."""
    if old.key == "disposition_at_least":
        return steps.as_urgent(old.what, new.what)
    if old.key == "disposition_at_most":
        return steps.as_calm(old.what, new.what)
    return old == new


def _always(claim: _Claim, new: RuleFile, steps: Steps) -> bool:
    """Whether this holds of any file with these steps, lines and questions, promised or not."""
    if claim.key == "disposition_at_least":
        return all(steps.as_urgent(claim.what, step.id) for step in new.dispositions)
    if claim.key == "disposition_at_most":
        return all(steps.as_calm(claim.what, step.id) for step in new.dispositions)
    return claim.key == "no_guidance" and all(line.id != claim.what for line in new.guidance)


def _left(back: World, one: Invariant, covered: list[Invariant]) -> Answers | None:
    """Answers to the old file for which the promise was made, and none of these is."""
    for was, *now in zip(_readings(back.given, one), *(_readings(back.seen, other) for other in covered), strict=True):
        if was not in now and (answers := back.some(was, -back.seen.gates.either(*now))) is not None:
            return answers
    return None


def _readings(encoding: Encoding, invariant: Invariant) -> tuple[Literal, ...]:
    """The literals of being among those to whom something is promised."""
    if invariant.when is None or invariant.never_less_urgent:
        return (Gates.TRUE,)
    return encoding.truth(invariant.when)[:1]
