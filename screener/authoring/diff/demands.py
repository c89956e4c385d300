"""What each change demands of the version number.

Major is what takes away something that people, or files that they keep, could count on; minor is what adds to it or
alters it otherwise; patch is words. `rules/FORMAT.md` has the table.
"""

from collections.abc import Iterator

from screener.authoring.diff.changes import Change, Demand, Edit, Kind
from screener.authoring.diff.kept import taken
from screener.authoring.diff.versions import LEVELS, Level
from screener.rulefile.model import RuleFile

#: How each kind of thing is named in a sentence.
NAMES: dict[Kind, str] = {
    "file": "the file",
    "question": "the question",
    "guidance": "the line",
    "disposition": "the next step",
    "referral": "the referral",
    "invariant": "the promise",
    "document": "the document",
    "statement": "the statement",
}
_HEARD = ("guidance", "referral")
_SOURCES = ("document", "statement")


def demands(change: Change, old: RuleFile, new: RuleFile) -> list[Demand]:
    """What a change demands by itself. A calmer next step and a promise that is lost are looked for apart.

    `old` has the ids of the new file.
    """
    return [*_state(change), *_shifts(change), *_edits(change, old, new)]


def by_weight(found: list[Demand]) -> tuple[Demand, ...]:
    """What demands most comes first."""
    return tuple(sorted(found, key=lambda demand: -LEVELS.index(demand.level)))


def _state(change: Change) -> Iterator[Demand]:
    """That something is new, gone, or has another id. What is gone is lost to those who heard it: see `_shifts`."""
    small: Level = "patch" if change.kind in _SOURCES else "minor"
    answered, named = change.kind == "question", _named(change)
    kept = ", and answers that people kept name it" if answered else ""
    if change.state == "removed":
        yield Demand("major" if answered else small, change.kind, change.id, f"{named} is gone{kept}")
    elif change.state == "renamed":
        why = f"{NAMES[change.kind]} `{change.was}` is called `{change.id}` now{kept}"
        yield Demand("major" if answered else small, change.kind, change.id, why)
    elif change.state == "added":
        yield Demand(small, change.kind, change.id, f"{named} is new")


def _named(change: Change) -> str:
    return NAMES[change.kind] + (f" `{change.id}`" if change.kind != "file" else "")


def _shifts(change: Change) -> Iterator[Demand]:
    """That it comes for other answers, or is surer or less sure."""
    for shift in change.shifts if change.kind != "invariant" or change.state == "kept" else ():
        if shift.direction == "more" and change.state != "added":
            why = f"{_named(change)} {'is surer' if shift.surely else 'comes for more answers'}"
            yield Demand("minor", change.kind, change.id, why, shift.answers, "new")
        elif shift.direction == "fewer" and change.kind in _HEARD:
            how = "is said less surely" if shift.surely else "is no longer said to everyone who heard it"
            why = f"{_named(change)} {'is gone' if change.state == 'removed' else how}"
            yield Demand("major", change.kind, change.id, why, shift.answers)
        elif shift.direction == "fewer" and change.state != "removed":
            yield Demand("minor", change.kind, change.id, f"{_named(change)} comes for fewer answers", shift.answers)


def _edits(change: Change, old: RuleFile, new: RuleFile) -> Iterator[Demand]:
    for edit in change.edits:
        level = _level(change, edit, old, new)
        what = f"`{edit.key}` of " if not edit.key.startswith("order of ") else f"the {edit.key} of "
        how = "is gone" if edit.new is None else "is new" if edit.old is None else "has changed"
        why = f"{what}{_named(change)} {how}"
        yield Demand(level, change.kind, change.id, why)


def _level(change: Change, edit: Edit, old: RuleFile, new: RuleFile) -> Level:
    if change.kind == "file":
        return _of_the_file(edit, new)
    if change.kind == "question":
        return taken(edit, old.by_question[change.id], new.by_question[change.id])
    if change.kind == "guidance" and edit.key == "excludes":
        lost = set((edit.old or "").split(", ")) - set((edit.new or "").split(", "))
        return "major" if lost - {""} else "minor"
    small = change.kind == "guidance" and edit.key == "disposition"
    return "minor" if small or (change.kind == "invariant" and edit.key != "because") else "patch"


def _of_the_file(edit: Edit, new: RuleFile) -> Level:
    """Another id is another questionnaire; a former question that is forgotten makes kept answers unreadable."""
    key, _, former = edit.key.partition(".")
    forgotten = key == "former" and edit.new is None and former not in new.by_question
    if key == "id" or forgotten:
        return "major"
    return "minor" if key in ("language", "order of dispositions") else "patch"
