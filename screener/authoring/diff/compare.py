"""What an edit of a rule file changes: in its texts, and in what comes for which answers.

Who is compared with whom: the same person answers both files, with the same answers wherever both ask. An option that
one file does not know is left out of the answer that this file sees, and is not counted by its `count`; an answer of
nothing else, or one that the file would not take as a whole, is to it like an option that no condition names.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from screener.ground.shapes import Shape
from screener.proof.cells import Value, cuts_of
from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Tick
from screener.proof.seen import seen_by
from screener.proof.solving import Solving
from screener.rulefile.model import Answers, RuleFile

Kind = Literal["file", "question", "guidance", "disposition", "referral", "invariant", "statement", "document"]
#: For which answers something comes now: a set of answers that is larger, smaller, or partly another one.
Comes = Literal["same", "more", "fewer", "other"]
_Tell = Callable[[str, int, int], None]


class Edit(NamedTuple):
    """One text or value that is written otherwise now; None where there was or is none."""

    key: str
    old: str | None
    new: str | None


class Shift(NamedTuple):
    """Answers for which something comes in one file only: `more` to the new file, `fewer` to the old one.

    `surely` says that it comes in both, and that only how sure it is has changed.
    """

    direction: Literal["more", "fewer"]
    surely: bool
    answers: Answers


class Change(NamedTuple):
    """All that has changed of one thing; `state` says whether it is new, gone, or there in both files."""

    kind: Kind
    id: str
    state: Literal["added", "removed", "kept"]
    edits: tuple[Edit, ...]
    shifts: tuple[Shift, ...]

    @property
    def comes(self) -> Comes:
        """For which answers it comes now, compared with before."""
        directions = {shift.direction for shift in self.shifts if not shift.surely}
        return "other" if len(directions) > 1 else next(iter(directions), "same")


class Comparison(NamedTuple):
    """Every change of meaning. Layout, the order inside an `any` or a mapping, names of conditions and the version
    are no change."""

    old: RuleFile
    new: RuleFile
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """The two files mean the same."""
        return not self.changes


def compare(old: RuleFile, new: RuleFile, tick: Tick, tell: _Tell) -> Comparison:
    """Everything that the edit from `old` to `new` changes. `tick` may raise Undecided, which then leaves here."""
    if _alike(old, new):
        return Comparison(old, new, ())
    forth, back = (_World(old, new, tick), _World(new, old, tick))
    with forth.solving, back.solving:
        changes = list(_file(old, new))
        things = list(_things(old, new))
        for number, (kind, id, before, after) in enumerate(things):
            tell("diff", number, len(things))
            change = _change(kind, id, before, after)
            shifts = _shifts(forth, back, change)
            if change.state != "kept" or change.edits or shifts:
                changes.append(change._replace(shifts=shifts))
    return Comparison(old, new, tuple(changes))


def _alike(old: RuleFile, new: RuleFile) -> bool:
    """Whether all that has a meaning is written alike, so that nothing needs to be decided."""
    named = (name for name in RuleFile.model_fields if name != "version")
    return old.library == new.library and all(getattr(old, name) == getattr(new, name) for name in named)


class _World:
    """All answers to the file `to`, and what the file `of` makes of them."""

    def __init__(self, of: RuleFile, to: RuleFile, tick: Tick) -> None:
        self.solving = Solving(Gates(tick), tick)
        cuts = _cuts(of, to)
        self.given = Encoding(to, self.solving.gates, cuts=cuts)
        self.seen = seen_by(of, self.given, cuts)

    def only_here(self, kind: Kind, id: str) -> Iterator[tuple[bool, Answers]]:
        """Answers for which something comes here and not there, and answers for which it comes more surely here."""
        here, there = _literals(self.given, kind, id), _literals(self.seen, kind, id)
        if here is None:
            return
        comes, sure = there or (-Gates.TRUE, -Gates.TRUE)
        for surely, wanted in ((False, (here[0], -comes)), (True, (here[1], comes, -sure))):
            if self.given.gates.clash(*wanted):
                continue  # what is written alike in both files needs no solver
            if (model := self.solving.model(*wanted)) is not None:
                yield surely, self.given.chosen(model)


def _cuts(one: RuleFile, other: RuleFile) -> Mapping[str, frozenset[Value]]:
    """Where numbers and dates are told apart: at the limits in conditions, and at those of the questions."""
    cuts: dict[str, frozenset[Value]] = {}
    for rules in (one, other):
        for id, limits in cuts_of(rules).items():
            cuts[id] = cuts.get(id, frozenset()) | limits
        for question in rules.questions:
            if question.type in ("number", "date"):
                ends = frozenset(end for end in question.limits if end is not None)
                cuts[question.id] = cuts.get(question.id, frozenset()) | ends
    return cuts


def _literals(encoding: Encoding, kind: Kind, id: str) -> tuple[int, int] | None:
    """It comes, and it comes for certain; None for what never comes by itself or is not in the file."""
    rules = encoding.rules
    if kind == "question" and id in rules.by_question:
        return encoding.asked[id], encoding.asked[id]
    if kind == "disposition" and id in rules.urgency:
        return encoding.exactly(id), encoding.exactly(id)
    if kind == "referral":
        return next(((said, said) for one, said in encoding.referred() if one.id == id), None)
    if kind == "guidance":
        return next((encoding.said_for(line) for line in rules.guidance if line.id == id), None)
    if kind == "invariant":
        whens = [one.when for one in rules.invariants if one.id == id]
        holds = [Gates.TRUE if when is None else encoding.truth(when)[0] for when in whens]
        return (holds[0], holds[0]) if holds else None
    return None


def _shifts(forth: _World, back: _World, change: Change) -> tuple[Shift, ...]:
    more = [Shift("more", surely, answers) for surely, answers in forth.only_here(change.kind, change.id)]
    fewer = [Shift("fewer", surely, answers) for surely, answers in back.only_here(change.kind, change.id)]
    return (*more, *fewer)


def _change(kind: Kind, id: str, before: Shape | None, after: Shape | None) -> Change:
    state: Literal["added", "removed", "kept"] = "kept"
    if before is None or after is None:
        state = "added" if before is None else "removed"
    return Change(kind, id, state, tuple(_edits(before, after)) if before and after else (), ())


_Thing = tuple[Kind, str, Shape | None, Shape | None]


def _things(old: RuleFile, new: RuleFile) -> Iterator[_Thing]:
    """Everything with an id in either file, in the order of the new file; what is gone comes last of its kind."""
    kinds: tuple[tuple[Kind, Callable[[RuleFile], Mapping[str, Shape]]], ...] = (
        ("question", lambda rules: rules.by_question),
        ("guidance", lambda rules: {line.id: line for line in rules.guidance}),
        ("disposition", lambda rules: {step.id: step for step in rules.dispositions}),
        ("referral", lambda rules: {one.id: one for one in rules.referrals}),
        ("invariant", lambda rules: {one.id: one for one in rules.invariants}),
        ("document", lambda rules: rules.library.documents if rules.library else {}),
        ("statement", lambda rules: rules.library.by_id if rules.library else {}),
    )
    for kind, listed in kinds:
        before, after = listed(old), listed(new)
        for id in dict.fromkeys((*after, *before)):
            yield kind, id, before.get(id), after.get(id)


#: Keys whose meaning is compared over all answers, or that name the thing itself.
_LOGIC = frozenset(["id", "when", "when_unsure"])


def _edits(before: Shape, after: Shape) -> Iterator[Edit]:
    old, new = _flat(before), _flat(after)
    for key in dict.fromkeys((*new, *old)):
        if old.get(key) != new.get(key):
            yield Edit(key, old.get(key), new.get(key))
    orders = [list(getattr(shape, "options", ())) for shape in (before, after)]
    yield from _order("options", *orders)


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
    if value in (None, "", (), False):
        return {}
    if isinstance(value, tuple):
        return {key: ", ".join(str(item) for item in value)}
    return {key: "yes" if value is True else str(value)}


def _file(old: RuleFile, new: RuleFile) -> Iterator[Change]:
    """What belongs to the file as a whole: its texts, and the order of things."""
    keys = ("id", "title", "language", "intro", "glossary", "limits", "former", "not_covered")
    flat = [{k: v for key in keys for k, v in _flat_value(key, getattr(one, key)).items()} for one in (old, new)]
    edits = [Edit(key, flat[0].get(key), flat[1].get(key)) for key in dict.fromkeys((*flat[1], *flat[0]))]
    edits = [edit for edit in edits if edit.old != edit.new]
    for key in ("questions", "guidance", "dispositions"):
        edits += _order(key, *([thing.id for thing in getattr(one, key)] for one in (old, new)))
    if edits:
        yield Change("file", new.id, "kept", tuple(edits), ())


def _order(key: str, old: list[str], new: list[str]) -> Iterator[Edit]:
    """An edit if those that are in both lists come in another order."""
    before, after = [id for id in old if id in set(new)], [id for id in new if id in set(old)]
    if before != after:
        yield Edit(f"order of {key}", ", ".join(before), ", ".join(after))
