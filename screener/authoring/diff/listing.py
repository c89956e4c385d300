"""What an edit of a rule file changes, as text and as JSON."""

from collections.abc import Iterator

from screener.authoring.diff.changes import Change, Comparison, Demand, Kind
from screener.authoring.diff.versions import is_enough, is_numbered
from screener.authoring.diff.wording import (
    COMES,
    SAME,
    TITLES,
    example,
    examples,
    headline,
    named,
    reasons,
    told,
    unchanged,
    verdict,
)
from screener.engine.answers import as_plain
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import one_line
from screener.ground.wrapping import Look, lines
from screener.rulefile.model import Answers, RuleFile

SCHEMA = "screener/diff/1"
_SIGNS = {"added": "+", "removed": "-", "renamed": "~", "kept": "~"}


def as_text(comparison: Comparison, look: Look) -> str:
    """Every change in plain words, with answers for which it shows."""
    text = [f"{named(comparison.old)} → {named(comparison.new)}", ""]
    if comparison.same:
        return "\n".join([*text, SAME]) + "\n"
    text += [*_next_version(comparison, look.width), ""]
    kind: Kind | None = None
    for change in comparison.changes:
        if change.kind != kind:
            kind = change.kind
            text += [TITLES[kind].upper(), ""]
        text += _change(comparison, change, look.width)
        text.append("")
    text += lines(unchanged(comparison), look.width)
    return "\n".join(text) + "\n"


def new_as_text(rules: RuleFile, why: str, look: Look) -> str:
    """A file that can't be compared with anything, and why: `new since HEAD`."""
    return "\n".join(lines(f"{named(rules)}: {one_line(why)}", look.width)) + "\n"


def _next_version(comparison: Comparison, width: int) -> Iterator[str]:
    yield from lines(f"Next version: {verdict(comparison)}, because", width)
    for reason in reasons(comparison):
        yield from lines(reason, width, "  - ", "    ")


def _change(comparison: Comparison, change: Change, width: int) -> Iterator[str]:
    said = f"{change.id}: {headline(change)}".removesuffix(": ")
    yield from lines(said, width, f"  {_SIGNS[change.state]} ", "      ")
    for edit in change.edits:
        yield from lines(told(edit), width, "      ", "        ")
    for shift in examples(change):
        yield from lines(example(comparison, change, shift), width, "      ", "        ")


def as_json(comparison: Comparison) -> str:
    """The comparison as one JSON object with the schema `screener/diff/1`."""
    found = {
        "schema": SCHEMA,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "same_meaning": comparison.same,
        "demands": comparison.demands,
        "next_version": comparison.next_version,
        "large_enough": _is_enough(comparison),
        "because": [_demand(demand) for demand in comparison.because if demand.level == comparison.demands],
        "changes": [_json(change) for change in comparison.changes],
    }
    return as_json_text(found)


def new_as_json(rules: RuleFile) -> str:
    """The same of a file that can't be compared with anything."""
    return as_json_text({"schema": SCHEMA, "old": None, "new": _side(rules), "same_meaning": None, "changes": []})


def _side(rules: RuleFile) -> dict[str, str]:
    return {"id": rules.id, "version": rules.version, "sha256": rules.sha256}


def _is_enough(comparison: Comparison) -> bool | None:
    """Whether the new version is large enough; null if it can't be told."""
    old, new = comparison.old.version, comparison.new.version
    return is_enough(old, new, comparison.demands) if is_numbered(old) and is_numbered(new) else None


def _demand(demand: Demand) -> dict[str, object]:
    answers = None if demand.answers is None else _plain(demand.answers)
    of = None if demand.answers is None else demand.side
    return {"kind": demand.kind, "id": demand.id, "why": demand.why, "answers": answers, "answers_to": of}


def _plain(answers: Answers) -> dict[str, object]:
    return {id: as_plain(answer) for id, answer in answers.items()}


def _json(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "id": change.id,
        "was": change.was,
        "state": change.state,
        "comes": change.comes if change.kind in COMES else None,
        "edits": [edit._asdict() for edit in change.edits],
        "examples": [
            {"direction": shift.direction, "surely": shift.surely, "answers": _plain(shift.answers)}
            for shift in change.shifts
        ],
    }
