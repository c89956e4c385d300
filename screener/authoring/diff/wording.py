"""What has changed, in words for every format: plain sentences, with hostile texts of the files made visible."""

from collections.abc import Iterator

from screener.authoring.diff.changes import Change, Comparison, Demand, Edit, Kind, Shift, Side
from screener.authoring.diff.versions import is_enough, is_numbered
from screener.engine.answers import as_plain
from screener.engine.assess import assess
from screener.ground.safetext import one_line
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Answers, Guidance, Question, RuleFile
from screener.rulefile.promises import Invariant

#: In the order in which they are listed.
TITLES: dict[Kind, str] = {
    "file": "The file",
    "question": "Questions",
    "guidance": "Guidance",
    "disposition": "Next steps",
    "referral": "Said last",
    "invariant": "Promises",
    "document": "Sources",
    "statement": "Statements",
}
#: How things come that come by themselves.
COMES: dict[Kind, tuple[str, str]] = {
    "question": ("asked", "of {} people"),
    "guidance": ("said", "for {} answers"),
    "disposition": ("the next step", "for {} answers"),
    "referral": ("said", "for {} answers"),
    "invariant": ("promised", "for {} answers"),
}
SAME = "The two files have the same meaning."
#: So many reasons for the next version are given; the changes themselves are listed anyway.
_MOST_REASONS = 3


def named(rules: RuleFile) -> str:
    """A rule file as `pico-laser 2.0.0`."""
    return f"{rules.id} {rules.version}"


def verdict(comparison: Comparison) -> str:
    """Which version comes next, and whether the new file has one that is large enough."""
    old, new, following = comparison.old.version, comparison.new.version, comparison.next_version
    if following is None or not is_numbered(new):
        return f"a larger one ({comparison.demands}), but {new if following else old} is not numbered like 2.1.0"
    enough = "large enough" if is_enough(old, new, comparison.demands) else "too small"
    return f"{following} ({comparison.demands}); {new} is {enough}"


def reasons(comparison: Comparison) -> Iterator[str]:
    """Why the version grows so much: what weighs most comes first, with answers that show it."""
    found = [demand for demand in comparison.because if demand.level == comparison.demands]
    for demand in found[:_MOST_REASONS]:
        yield _reason(comparison, demand)
    if len(found) > _MOST_REASONS:
        yield f"{len(found) - _MOST_REASONS} more of this weight"


def _reason(comparison: Comparison, demand: Demand) -> str:
    why = one_line(demand.why)
    if demand.answers is None:
        return why
    return f"{why}, for example with {_listed(comparison, demand.kind, demand.id, demand.side, demand.answers)}"


def headline(change: Change) -> str:
    """What has changed of a thing, without its id: `said for more answers, reworded`."""
    said: list[str] = [change.state] if change.state in ("added", "removed") else []
    said += [f"renamed, before: {change.was}"] if change.state == "renamed" else []
    said += [_comes(change)] if change.kind in COMES and change.state in ("kept", "renamed") and change.shifts else []
    said += [_changed(change)] if change.edits and change.kind != "file" else []
    return ", ".join(said)


#: Keys whose values are words for people; a change of any other is more than a rewording.
_WORDS = {"ask", "help", "why", "section", "topic", "says", "title", "because", "short", "more", "heading"}


def _changed(change: Change) -> str:
    return "reworded" if all(is_reworded(edit) for edit in change.edits) else "changed"


def is_reworded(edit: Edit) -> bool:
    """Whether only words have changed. An option that is there in both files may have another label."""
    label = edit.key.count(".") == 1 and edit.key.startswith("options.") and None not in (edit.old, edit.new)
    return label or edit.key.rpartition(".")[2] in _WORDS


def _comes(change: Change) -> str:
    what, whom = COMES[change.kind]
    if change.comes == "same":
        surer = {shift.direction for shift in change.shifts}
        return f"{what} {whom.format('the same')}, {' or '.join(_SURE[direction] for direction in sorted(surer))}"
    return f"{what} {whom.format(change.comes)}"


_SURE = {"more": "more surely", "fewer": "less surely"}


def told(edit: Edit) -> str:
    """An edit, with what it was and what it is."""
    old, new = one_line(edit.old or ""), one_line(edit.new or "")
    key = one_line(edit.key)
    if key.startswith("order of "):
        return f"{key}: {new} (before: {old})"
    if key.rpartition(".")[2] in _LISTS:
        return f"{key}: {_entries(old, new)}"
    if edit.old is None or edit.new is None:
        return f"{key} {'added' if edit.old is None else 'removed'}: “{new or old}”"
    return f"{key}: “{old}” → “{new}”"


#: Keys whose values are lists of ids.
_LISTS = {"from", "excludes", "balance", "documents", "guidance", "no_guidance", "asked", "not_asked"}


def _entries(old: str, new: str) -> str:
    """What is new and what is gone in a list."""
    before, after = ([id for id in text.split(", ") if id] for text in (old, new))
    added, removed = [id for id in after if id not in before], [id for id in before if id not in after]
    said = [f"{', '.join(ids)} {how}" for ids, how in ((added, "added"), (removed, "removed")) if ids]
    return "; ".join(said) or "in another order"


def example(comparison: Comparison, change: Change, shift: Shift) -> str:
    """Answers for which it comes in one of the files only."""
    side: Side = "new" if shift.direction == "more" else "old"
    id = change.was if change.was and side == "old" else change.id
    now, before = ("now more surely", "now less surely") if shift.surely else ("now", "no longer")
    when = now if shift.direction == "more" else before
    return f"{when}, for example with {_listed(comparison, change.kind, id, side, shift.answers)}"


def examples(change: Change) -> tuple[Shift, ...]:
    """The shifts that tell something: a promise that is new or gone is promised to nobody on the other side."""
    return change.shifts if change.kind != "invariant" or change.state in ("kept", "renamed") else ()


def _listed(comparison: Comparison, kind: Kind, id: str, side: Side, answers: Answers) -> str:
    """Those of the answers that matter, as one line."""
    if kind in ("disposition", "referral"):
        matter = _behind(comparison.new if side == "new" else comparison.old, answers) if kind == "disposition" else {}
    else:
        about = _about(comparison, kind, id)
        matter = {id: answer for id, answer in answers.items() if id in about}
    plain = {id: as_plain(answer) for id, answer in (matter or answers).items()}
    return one_line("; ".join(f"{id}: {_answer(value)}" for id, value in plain.items()) or "any answers")


def _answer(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _behind(rules: RuleFile, answers: Answers) -> Answers:
    """The answers from which the next step follows, as far as it takes some."""
    summary = assess(rules, answers)
    lines = [finding for finding in summary.findings if finding.guidance.id in summary.because]
    return {reason.question: reason.answer for finding in lines for reason in finding.because}


def _about(comparison: Comparison, kind: Kind, id: str) -> frozenset[str]:
    """The questions that decide whether it comes, in either file."""
    sides = ((rules, _when(rules, kind, id)) for rules in (comparison.old, comparison.new))
    return frozenset(one for rules, when in sides for one in rules.hangs_on(when))


def _when(rules: RuleFile, kind: Kind, id: str) -> Condition | None:
    listed: dict[Kind, tuple[Question | Guidance | Invariant, ...]] = {
        "question": rules.questions,
        "guidance": rules.guidance,
        "invariant": rules.invariants,
    }
    return next((one.when for one in listed.get(kind, ()) if one.id == id), None)


def unchanged(comparison: Comparison) -> str:
    """How much has stayed exactly as it was."""
    new = comparison.new
    touched = {(change.kind, change.id) for change in comparison.changes}
    kept = sum(("guidance", line.id) not in touched for line in new.guidance)
    steps = sum(("disposition", step.id) not in touched for step in new.dispositions)
    return (
        f"Unchanged: {kept} of {len(new.guidance)} guidance lines and {steps} of {len(new.dispositions)} next steps "
        "come for exactly the same answers, with the same words."
    )
