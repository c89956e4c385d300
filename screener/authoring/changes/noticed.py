"""Which changes of a rule file its worked cases would notice: one of them fails with the change."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from screener.authoring.cases import WorkedCase, run
from screener.authoring.changes.difference import Tell, cuts_with_changes, decided, difference
from screener.authoring.changes.mutants import Mutant, Owner, all_mutants, applied
from screener.authoring.checks.remark import Remark, Witness
from screener.engine.assess import fires, view_of
from screener.proof.gates import Tick, Undecided
from screener.proof.prover import Prover
from screener.rulefile.conditions.tree import View
from screener.rulefile.model import Answers, Guidance, RuleFile


class Unnoticed(NamedTuple):
    """A change that makes a difference, which no case notices, and a complete set of answers that shows it."""

    change: Mutant
    answers: Answers


class Judged(NamedTuple):
    """How many changes the cases notice, those that they do not, and those of which it was not decided."""

    noticed: int
    unnoticed: tuple[Unnoticed, ...]
    undecided: tuple[Mutant, ...]

    @property
    def in_all(self) -> int:
        """How many changes there are that make a difference, or may."""
        return self.noticed + len(self.unnoticed) + len(self.undecided)


class _Ran(NamedTuple):
    """A case that holds, and the state of every question in it."""

    worked: WorkedCase
    view: View


def judged(rules: RuleFile, cases: Iterable[WorkedCase], tick: Tick, tell: Tell) -> Judged:
    """Which of the changes that make a difference these cases notice. All of the cases hold.

    Raises Undecided if there are too many changes to look at any.
    """
    ran = [_Ran(worked, view_of(rules, worked.answers)) for worked in cases]
    all_changes = all_mutants(rules)
    try:
        with Prover(rules, tick, cuts_with_changes(rules)) as prover:
            differ, undecided = decided(prover, all_changes, tell)
            return _judged(prover, differ, ran, undecided, tell)
    except Undecided:
        return Judged(0, (), all_changes)


def _judged(
    prover: Prover, differ: Sequence[Mutant], ran: Sequence[_Ran], undecided: Sequence[Mutant], tell: Tell
) -> Judged:
    noticed, unnoticed, late = 0, list[Unnoticed](), list[Mutant]()
    for number, change in enumerate(differ):
        tell("changes beside the cases", number, len(differ))
        try:
            prover.tick()
            if _notices(prover.rules, change, ran):
                noticed += 1
            elif (answers := prover.witness(difference(prover.encoding, change))) is not None:
                unnoticed.append(Unnoticed(change, answers))
        except Undecided:
            late.append(change)
    return Judged(noticed, tuple(unnoticed), (*undecided, *late))


def remarks(found: Judged) -> Iterator[Remark]:
    """What is not noticed in each place, with answers that show it; and how many changes are not decided."""
    groups: dict[tuple[object, ...], list[Unnoticed]] = {}
    for one in found.unnoticed:
        groups.setdefault((one.change.route, *one.answers.items()), []).append(one)
    for first, *others in groups.values():
        words = "; ".join(one.change.words for one in (first, *others))
        these = f"these {len(others) + 1} changes" if others else "this change"
        message = f"no case notices {these} of {first.change.of}: {words}"
        example = Witness("something comes out otherwise", first.answers)
        yield Remark("not-noticed", message, first.change.route, witness=(example,))
    if count := len(found.undecided):
        message = f"of {count:,} {'change' if count == 1 else 'changes'} it was not decided whether a case notices"
        yield Remark("not-decided", message, (), "give more time with --limit; nothing is known about these")


def share(noticed: int, of: int) -> str:
    """How many changes would be noticed."""
    if not of:
        return "no change makes a difference"
    return f"{noticed:,} of {of:,} {'change' if of == 1 else 'changes'} would be noticed"


def _notices(rules: RuleFile, change: Mutant, cases: Iterable[_Ran]) -> bool:
    """Whether one of these cases fails with the change."""
    changed: RuleFile | None = None
    for one in cases:
        if _matters(change, one):
            changed = changed or applied(rules, change)
            if run(changed, one.worked):
                return True
    return False


def _matters(change: Mutant, one: _Ran) -> bool:
    """Whether something could come out otherwise in this case; to run it takes longer than to see that nothing does."""
    reasons = one.worked.case.expect.because
    return any(
        after.id in reasons or _differs(before, after, one.view)
        for before, after in zip(change.before, change.after, strict=True)
    )


def _differs(before: Owner, after: Owner, view: View) -> bool:
    if isinstance(before, Guidance) and isinstance(after, Guidance):
        return fires(before, view) != fires(after, view) or before.disposition != after.disposition
    if before.when is None or after.when is None:
        return True
    return before.when.holds(view) is not after.when.holds(view)
