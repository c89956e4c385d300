"""What is in two files side by side: the texts and values of each thing, and the order of things."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from screener.authoring.diff.changes import Change, Edit, Kind, State
from screener.authoring.diff.moved import Renames
from screener.ground.shapes import Shape
from screener.rulefile.conditions.describe import describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import RuleFile

_LISTED: tuple[tuple[Kind, Callable[[RuleFile], Mapping[str, Shape]]], ...] = (
    ("question", lambda rules: rules.by_question),
    ("guidance", lambda rules: {line.id: line for line in rules.guidance}),
    ("disposition", lambda rules: {step.id: step for step in rules.dispositions}),
    ("referral", lambda rules: {one.id: one for one in rules.referrals}),
    ("invariant", lambda rules: {one.id: one for one in rules.invariants}),
    ("document", lambda rules: rules.library.documents if rules.library else {}),
    ("statement", lambda rules: rules.library.by_id if rules.library else {}),
)
#: What belongs to the file as a whole, and the lists whose order people see.
_OF_THE_FILE = ("id", "title", "language", "status", "intro", "glossary", "limits", "former", "not_covered")
_ORDERED = ("questions", "guidance", "dispositions")
#: Keys whose meaning is compared over all answers, or that name the thing itself.
_LOGIC = frozenset(["id", "when", "when_unsure"])


class _Ids:
    """Conditions are told by ids: a reworded question is no edit of what speaks of it."""

    def ask(self, question: str) -> str:
        return question

    def labels(self, question: str, options: frozenset[str]) -> list[str]:
        return sorted(options)


_IDS = _Ids()


def things(old: RuleFile, new: RuleFile, renames: Renames) -> Iterator[Change]:
    """Everything with an id in either file, in the order of the new file; what is gone comes last of its kind.

    `old` has the ids of the new file already.
    """
    for kind, listed in _LISTED:
        before, after = listed(old), listed(new)
        earlier = {id: was for was, id in renames.ids[kind].items()}
        for id in dict.fromkeys((*after, *before)):
            was = earlier.get(id)
            edits = (
                *_edits(before.get(id), after.get(id)),
                *(_options(id, renames) if kind == "question" else ()),
            )
            yield Change(kind, id, _state(id, before, after, was), edits, (), was)


def _state(id: str, before: Mapping[str, Shape], after: Mapping[str, Shape], was: str | None) -> State:
    if id in before and id in after:
        return "kept" if was is None else "renamed"
    return "removed" if id in before else "added"


def _options(question: str, renames: Renames) -> Iterator[Edit]:
    for was, id in renames.options.get(question, {}).items():
        yield Edit(f"options.{id}.id", was, id)


def _edits(before: Shape | None, after: Shape | None) -> Iterator[Edit]:
    if before is None or after is None or before == after:
        return
    yield from _unlike(_flat(before), _flat(after))
    orders = [list(getattr(shape, "options", ())) for shape in (before, after)]
    yield from _order("options", *orders)


def _unlike(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Edit]:
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            yield Edit(key, old.get(key), new.get(key))


def _flat(shape: Shape) -> dict[str, str]:
    """The texts and values of something, by key; inner ones by keys such as `options.gold`."""
    found: dict[str, str] = {}
    for name, field in type(shape).model_fields.items():
        key = field.alias or name
        if key not in _LOGIC:
            found |= _flat_value(key, getattr(shape, name))
    return found


def _flat_value(key: str, value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {k: v for inner, part in value.items() for k, v in _flat_value(f"{key}.{inner}", part).items()}
    if isinstance(value, Shape):
        inner = {f"{key}.{name}": text for name, text in _flat(value).items()}
        return {name.removesuffix(".label"): text for name, text in inner.items()}
    if isinstance(value, Condition):
        return {key: describe(value, _IDS)}
    if value in (None, "", (), False):
        return {}
    if isinstance(value, tuple):
        return {key: ", ".join(str(item) for item in value)}
    return {key: "yes" if value is True else str(value)}


def of_the_file(old: RuleFile, new: RuleFile) -> Iterator[Change]:
    """What belongs to the file as a whole: its texts, and the order of things."""
    before, after = (
        {k: v for key in _OF_THE_FILE for k, v in _flat_value(key, getattr(one, key)).items()} for one in (old, new)
    )
    edits = list(_unlike(before, after))
    for key in _ORDERED:
        edits += _order(key, *([thing.id for thing in getattr(one, key)] for one in (old, new)))
    if edits:
        yield Change("file", new.id, "kept", tuple(edits), ())


def _order(key: str, old: list[str], new: list[str]) -> Iterator[Edit]:
    """An edit if those that are in both lists come in another order."""
    both = set(old) & set(new)
    before, after = [id for id in old if id in both], [id for id in new if id in both]
    if before != after:
        yield Edit(f"order of {key}", ", ".join(before), ", ".join(after))
