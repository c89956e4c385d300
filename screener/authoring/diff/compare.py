"""What an edit of a rule file changes: in its texts, and in what comes for which answers; and what that demands."""

from collections.abc import Callable, Iterator

from screener.authoring.diff.calmer import calmer
from screener.authoring.diff.changes import Change, Comparison, Demand, Shift
from screener.authoring.diff.demands import by_weight, demands
from screener.authoring.diff.edits import of_the_file, things
from screener.authoring.diff.moved import Renames, as_before
from screener.authoring.diff.promised import lost
from screener.authoring.diff.renames import followed
from screener.authoring.diff.steps import Steps
from screener.authoring.diff.worlds import World
from screener.proof.gates import Tick
from screener.rulefile.model import RuleFile

_Tell = Callable[[str, int, int], None]


def compare(old: RuleFile, new: RuleFile, tick: Tick, tell: _Tell) -> Comparison:
    """Everything that the edit from `old` to `new` changes. `tick` may raise Undecided, which then leaves here."""
    if _alike(old, new):
        return Comparison(old, new, (), ())
    before, renames = followed(old, new)
    forth, back = (World(before, new, tick), World(new, before, tick))
    with forth.solving, back.solving:
        changes = list(of_the_file(before, new))
        listed = list(things(before, new, renames))
        for number, change in enumerate(listed):
            tell("diff", number, len(listed))
            shifts = tuple(_shifts(forth, back, change))
            if change.state != "kept" or change.edits or shifts:
                changes.append(change._replace(shifts=shifts))
        steps = Steps(*([step.id for step in rules.dispositions] for rules in (before, new)))
        found = [*calmer(forth, back, changes, steps), *lost(back, steps)]
        found += [demand for change in changes for demand in demands(change, before, new)]
    return _as_written(Comparison(old, new, tuple(changes), by_weight(found)), renames)


def _alike(old: RuleFile, new: RuleFile) -> bool:
    """Whether all that has a meaning is written alike, so that nothing needs to be decided."""
    named = (name for name in RuleFile.model_fields if name != "version")
    return old.library == new.library and all(getattr(old, name) == getattr(new, name) for name in named)


def _shifts(forth: World, back: World, change: Change) -> Iterator[Shift]:
    for surely, answers in forth.only_here(change.kind, change.id):
        yield Shift("more", surely, answers)
    for surely, answers in back.only_here(change.kind, change.id):
        yield Shift("fewer", surely, answers)


def _as_written(found: Comparison, renames: Renames) -> Comparison:
    """The same with answers to the old file as that file names its questions and options."""
    changes = [change._replace(shifts=tuple(_shift(one, renames) for one in change.shifts)) for change in found.changes]
    because = [_demand(demand, renames) for demand in found.because]
    return found._replace(changes=tuple(changes), because=tuple(because))


def _shift(shift: Shift, renames: Renames) -> Shift:
    return shift._replace(answers=as_before(shift.answers, renames)) if shift.direction == "fewer" else shift


def _demand(demand: Demand, renames: Renames) -> Demand:
    if demand.answers is None or demand.side == "new":
        return demand
    return demand._replace(answers=as_before(demand.answers, renames))
