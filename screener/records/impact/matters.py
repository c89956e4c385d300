"""What an edit makes another thing, one matter after the other, and on which questions each hangs.

What is the same in both files, and hangs on questions that are the same, comes out the same for everybody.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeVar

from screener.authoring.diff.renames import followed
from screener.records.impact.questions import Edited, Files, behind, edited, hanging
from screener.rulefile.model import Disposition, Guidance, Referral
from screener.rulefile.repeats import repeats

_Told = TypeVar("_Told", Guidance, Disposition)
#: The texts that a person reads, of lines and of next steps.
TEXTS_OF_LINE, TEXTS_OF_STEP = ("topic", "title", "says", "more", "ask"), ("title", "says")


class Matter(NamedTuple):
    """A line, the words of a next step, whether a question is asked, or the referral, in both files.

    `old` and `new` are its ids, None where a file does not have it. It hangs on these `questions` and no others. If it
    is another one only because some of them take other answers, these are the `taking`.
    """

    kind: Literal["line", "step", "question", "referral"]
    old: str | None
    new: str | None
    questions: tuple[str, ...]
    taking: frozenset[str] = frozenset()


class Matters(NamedTuple):
    """All that differs, and the lines that call for a next step as they did before.

    `steps` has the new id of each old step that is still there. `steps_differ` says that also people for whom nothing
    else differs may have another next step, or one in other words.
    """

    differing: tuple[Matter, ...]
    calling: tuple[Matter, ...]
    steps: Mapping[str, str]
    steps_differ: bool


def matters(files: Files) -> Matters:
    """All that an edit makes another thing."""
    ids, edits = followed(*files)[1].ids, edited(files)
    steps = {one.id: other.id for one, other in _paired(files, "dispositions", ids["disposition"]) if one and other}
    differing, calling = list[Matter](), list[Matter]()
    for before, now in _paired(files, "guidance", ids["guidance"]):
        on = _behind(files, before, now)
        line = Matter("line", _id(before), _id(now), tuple(sorted(on)), on & edits.taking)
        if _line_differs(before, now, steps) or _touched(on, edits, before, now):
            differing.append(line._replace(taking=frozenset()))
        elif line.taking:
            differing.append(line)
        elif now is not None and now.disposition is not None:
            calling.append(line)
    reworded = tuple(_steps(files, edits, steps))
    moved = [steps.get(one.id) for one in files.old.dispositions] != [one.id for one in files.new.dispositions]
    others = (*reworded, *_questions(files, edits), *_referrals(files, edits))
    return Matters((*differing, *others), tuple(calling), steps, moved or bool(reworded))


def _paired(files: Files, key: str, ids: Mapping[str, str]) -> Iterator[tuple[_Told | None, _Told | None]]:
    """Each thing as it was and as it is, in the order of the new file; those that are gone come last."""
    before: dict[str, _Told] = {ids.get(one.id, one.id): one for one in getattr(files.old, key)}
    yield from ((before.pop(one.id, None), one) for one in getattr(files.new, key))
    yield from ((one, None) for one in before.values())


def _id(line: Guidance | None) -> str | None:
    return None if line is None else line.id


def _behind(files: Files, *both: Guidance | Disposition | None) -> frozenset[str]:
    """The questions that something hangs on, in either file."""
    sides = ((rules, one) for rules, one in zip(files, both, strict=True) if one is not None)
    return frozenset(id for rules, one in sides for id in behind(rules, getattr(one, "when", None), one))


def _touched(on: frozenset[str], edits: Edited, *both: Guidance | Disposition | Referral | None) -> bool:
    """Whether something that hangs on these questions may come out otherwise though all answers are read alike."""
    if on & edits.asked:
        return True
    return bool(on & edits.repeated) and any(one is not None and repeats(one) for one in both)


def _line_differs(before: Guidance | None, now: Guidance | None, steps: Mapping[str, str]) -> bool:
    """Whether a line is said otherwise to someone whose answers count the same in both files."""
    if before is None or now is None:
        return True
    told = [tuple(getattr(one, key) for key in TEXTS_OF_LINE) for one in (before, now)]
    step = before.disposition and steps.get(before.disposition, before.disposition)
    same = (before.when, before.when_unsure, step) == (now.when, now.when_unsure, now.disposition)
    return not same or told[0] != told[1]


def _steps(files: Files, edits: Edited, steps: Mapping[str, str]) -> Iterator[Matter]:
    """The next steps that are there in both files, and may have other words."""
    old, new = ({one.id: one for one in rules.dispositions} for rules in files)
    for was, id in steps.items():
        before, now = old[was], new[id]
        on = _behind(files, before, now)
        reworded = any(getattr(before, key) != getattr(now, key) for key in TEXTS_OF_STEP)
        if reworded or on & edits.taking or _touched(on, edits, before, now):
            yield Matter("step", was, id, tuple(sorted(on)))


def _questions(files: Files, edits: Edited) -> Iterator[Matter]:
    """The questions that may be asked of others than before, or take other answers."""
    old, new = (rules.by_question for rules in files)
    for id in dict.fromkeys((*new, *old)):
        on = hanging(files.old, [id]) | hanging(files.new, [id])
        if on & (edits.asked | edits.taking):
            taking = frozenset() if on & edits.asked else on & edits.taking
            yield Matter("question", id if id in old else None, id if id in new else None, tuple(sorted(on)), taking)


def _referrals(files: Files, edits: Edited) -> Iterator[Matter]:
    """The referrals, as one: the first of them for which someone's answers hold is said."""
    on = frozenset(id for rules in files for one in rules.referrals for id in behind(rules, one.when, one))
    old, new = ([(one.when, one.says) for one in rules.referrals] for rules in files)
    differ = old != new or _touched(on, edits, *files.old.referrals, *files.new.referrals)
    if differ or on & edits.taking:
        yield Matter("referral", None, None, tuple(sorted(on)), frozenset() if differ else on & edits.taking)
