"""What an edit of a rule file changes, as text and as JSON."""

from collections.abc import Iterator

from screener.authoring.diff.changes import Change, Comparison, Edit, Kind, Shift
from screener.engine.answers import as_plain
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import one_line, visible
from screener.ground.wrapping import Look, lines
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Answers, Guidance, Question, RuleFile
from screener.rulefile.promises import Invariant

SCHEMA = "screener/diff/1"
_TITLES: dict[Kind, str] = {
    "file": "THE FILE",
    "question": "QUESTIONS",
    "guidance": "GUIDANCE",
    "disposition": "NEXT STEPS",
    "referral": "SAID LAST",
    "invariant": "PROMISES",
    "document": "SOURCES",
    "statement": "STATEMENTS",
}
_COMES = {
    "question": ("asked", "of {} people"),
    "guidance": ("said", "for {} answers"),
    "disposition": ("the next step", "for {} answers"),
    "referral": ("said", "for {} answers"),
    "invariant": ("promised", "for {} answers"),
}
_SIGNS = {"added": "+", "removed": "-", "kept": "~"}


def as_text(comparison: Comparison, look: Look) -> str:
    """Every change in plain words, with answers for which it shows."""
    old, new = comparison.old, comparison.new
    text = [f"{_named(old)} → {_named(new)}", ""]
    if comparison.same:
        return "\n".join([*text, "The two files have the same meaning."]) + "\n"
    kind = None
    for change in comparison.changes:
        if change.kind != kind:
            kind = change.kind
            text += [_TITLES[kind], ""]
        text += _change(comparison, change, look.width)
        text.append("")
    text += lines(_closing(comparison), look.width)
    if old.version == new.version and old.id == new.id:
        text += lines("Both have the same version number; give the edited file a new one.", look.width)
    return "\n".join(text) + "\n"


def _named(rules: RuleFile) -> str:
    return f"{rules.id} {rules.version}"


def _change(comparison: Comparison, change: Change, width: int) -> Iterator[str]:
    said: list[str] = [change.state] if change.state != "kept" else []
    said += [_comes(change)] if change.kind in _COMES and change.state == "kept" and change.shifts else []
    said += [_changed(change)] if change.edits and change.kind != "file" else []
    yield from lines(
        f"{change.id}: {', '.join(said)}".removesuffix(": "), width, f"  {_SIGNS[change.state]} ", "      "
    )
    for edit in change.edits:
        yield from lines(_edit(edit), width, "      ", "        ")
    for shift in change.shifts if change.kind != "invariant" or change.state == "kept" else ():
        yield from lines(_example(comparison, change, shift), width, "      ", "        ")


#: Keys whose values are words for people; a change of any other is more than a rewording.
_WORDS = {"ask", "help", "why", "section", "topic", "says", "title", "because", "short", "more", "heading", "unit"}


def _changed(change: Change) -> str:
    """Whether only words have changed. An option that is there in both files may have another label."""
    words = all(
        edit.key.rpartition(".")[2] in _WORDS
        or (
            edit.key.count(".") == 1
            and edit.key.startswith("options.")
            and edit.old is not None
            and edit.new is not None
        )
        for edit in change.edits
    )
    return "reworded" if words else "changed"


def _comes(change: Change) -> str:
    what, whom = _COMES[change.kind]
    if change.comes == "same":
        surer = {shift.direction for shift in change.shifts}
        return f"{what} {whom.format('the same')}, {' or '.join(_SURE[direction] for direction in sorted(surer))}"
    return f"{what} {whom.format(change.comes)}"


_SURE = {"more": "more surely", "fewer": "less surely"}


def _edit(edit: Edit) -> str:
    if edit.key.startswith("order of "):
        return f"{edit.key}: {edit.new} (before: {edit.old})"
    if edit.old is None:
        return f"{edit.key} added: “{one_line(edit.new or '')}”"
    if edit.new is None:
        return f"{edit.key} removed: “{one_line(edit.old)}”"
    return f"{edit.key}: “{one_line(edit.old)}” → “{one_line(edit.new)}”"


def _example(comparison: Comparison, change: Change, shift: Shift) -> str:
    matter = _matters(comparison, change)
    answers = {id: answer for id, answer in shift.answers.items() if matter is None or id in matter}
    listed = "; ".join(f"{id}: {_answer(value)}" for id, value in _plain(answers).items()) or "any answers"
    now, before = ("now more surely", "now less surely") if shift.surely else ("now", "no longer")
    return visible(f"{now if shift.direction == 'more' else before}, for example with {listed}")


def _matters(comparison: Comparison, change: Change) -> frozenset[str] | None:
    """The questions that decide whether it comes, in either file; None for all."""
    if change.kind in ("disposition", "referral"):
        return None
    sides = ((rules, _when(rules, change)) for rules in (comparison.old, comparison.new))
    return frozenset(id for rules, when in sides for id in rules.hangs_on(when))


def _when(rules: RuleFile, change: Change) -> Condition | None:
    listed: dict[Kind, tuple[Question | Guidance | Invariant, ...]] = {
        "question": rules.questions,
        "guidance": rules.guidance,
        "invariant": rules.invariants,
    }
    return next((one.when for one in listed.get(change.kind, ()) if one.id == change.id), None)


def _closing(comparison: Comparison) -> str:
    new = comparison.new
    touched = {(change.kind, change.id) for change in comparison.changes}
    kept = sum(("guidance", line.id) not in touched for line in new.guidance)
    steps = sum(("disposition", step.id) not in touched for step in new.dispositions)
    return (
        f"Unchanged: {kept} of {len(new.guidance)} guidance lines and {steps} of {len(new.dispositions)} next steps "
        "come for exactly the same answers, with the same words."
    )


def _plain(answers: Answers) -> dict[str, object]:
    return {id: as_plain(answer) for id, answer in answers.items()}


def _answer(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def as_json(comparison: Comparison) -> str:
    """The comparison as one JSON object with the schema `screener/diff/1`."""
    sides = (("old", comparison.old), ("new", comparison.new))
    found = {
        "schema": SCHEMA,
        **{key: {"id": rules.id, "version": rules.version, "sha256": rules.sha256} for key, rules in sides},
        "same_meaning": comparison.same,
        "changes": [_json(change) for change in comparison.changes],
    }
    return as_json_text(found)


def _json(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "id": change.id,
        "state": change.state,
        "comes": change.comes if change.kind in _COMES else None,
        "edits": [edit._asdict() for edit in change.edits],
        "examples": [
            {"direction": shift.direction, "surely": shift.surely, "answers": _plain(shift.answers)}
            for shift in change.shifts
        ],
    }
