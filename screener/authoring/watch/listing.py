"""What an author reads after a save: parts of plain lines, the most important first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from screener.authoring.checks.proved import counted
from screener.authoring.diff.changes import Change, Comparison, Kind
from screener.authoring.diff.wording import example, examples, headline, is_reworded, named, told
from screener.authoring.watch.look import Bulletin, Outlook, Since
from screener.authoring.watch.preview import Preview
from screener.authoring.watch.tried import Tried
from screener.ground.listing import as_text
from screener.ground.problems import Problem
from screener.ground.safetext import one_line, visible

#: So many problems are shown in full, and so many worked cases.
MOST = 5
_SIGNS = {"added": "+", "removed": "-", "renamed": "~", "kept": "~"}
_NAMES: dict[Kind, str] = {
    "file": "the file",
    "question": "question",
    "guidance": "line",
    "disposition": "next step",
    "referral": "referral",
    "invariant": "promise",
    "document": "document",
    "statement": "statement",
}


class Stretch(NamedTuple):
    """A part of what is shown: its title, which stands out, and what stands under it."""

    title: str
    lines: tuple[str, ...] = ()


def stretches(report: Bulletin, name: str, at: str, summary: str) -> list[Stretch]:
    """All parts. `name` is that of the rule file, `at` the time of the save, `summary` the text of the preview."""
    if report.is_gone:
        return [Stretch(f"{at}  {name} is gone; waiting for it to come back")]
    problems = report.problems or ()
    shown = [_stretch(f"{at}  {_verdict(report, name)}", _problems(problems, name))]
    found = report.outlook
    if found is None:
        later = "The worked cases, what has changed and the summary come back once the file can be read."
        return [*shown, _stretch("", [later])]
    shown += [_stretch(*_cases(found.tried)), _stretch(*_changes(found.since))]
    return [*shown, _stretch(*_summary(found, summary))]


def _stretch(title: str, lines: Sequence[str]) -> Stretch:
    return Stretch(visible(title), tuple(visible(line) for line in lines))


def _verdict(report: Bulletin, name: str) -> str:
    whose = named(report.outlook.rules) if report.outlook else name
    if report.problems is None:
        return f"{whose}: looking at every possible set of answers …"
    errors = sum(problem.level == "error" for problem in report.problems)
    warnings = len(report.problems) - errors
    if not report.problems:
        return f"{whose}: clean"
    return f"{whose}: {counted(errors, 'error')}, {counted(warnings, 'warning')}"


def _problems(problems: Sequence[Problem], name: str) -> list[str]:
    """The first in full, errors rather than warnings, and how many more there are."""
    worst = sorted(range(len(problems)), key=lambda place: (problems[place].level != "error", place))[:MOST]
    lines = as_text(problems[place] for place in sorted(worst)).splitlines()
    if more := len(problems) - len(worst):
        lines.append(f"and {counted(more, 'more problem')}; `screener rules check {name}` lists them all")
    return lines


def _cases(tried: Tried) -> tuple[str, list[str]]:
    if tried.problems:
        return "CASES can't be read", as_text(tried.problems[:MOST]).splitlines()
    if tried.text is None:
        return "CASES: none yet", []
    bad = len(tried.failed)
    lines = [
        f"{problem.file}:{problem.line}: {one_line(problem.message)}"
        for failures in [*tried.failed.values()][:MOST]
        for problem in failures
    ]
    if bad > MOST:
        lines.append(f"and {counted(bad - MOST, 'more case')}")
    return f"CASES: {len(tried.worked) - bad} passed, {bad} failed", lines


def _changes(since: Since | None) -> tuple[str, list[str]]:
    if since is None:
        return "CHANGED: nothing yet", []
    if since.comparison is None:
        return f"CHANGED since {since.at}: not decided within the time of --limit", []
    changes = since.comparison.changes
    if not changes:
        return f"CHANGED since {since.at}: nothing that has a meaning", []
    words = [change for change in changes if _is_words(change)]
    others = [line for change in changes if change not in words for line in _change(since.comparison, change)]
    said = [f"words only: {', '.join(_named(change) for change in words)}"] if words else []
    return f"CHANGED since {since.at}", [*others, *said]


def _is_words(change: Change) -> bool:
    """Whether nothing of it comes otherwise than before, and only texts have changed."""
    return change.state == "kept" and not change.shifts and all(is_reworded(edit) for edit in change.edits)


def _named(change: Change) -> str:
    return _NAMES[change.kind] + (f" `{change.id}`" if change.kind != "file" else "")


def _change(comparison: Comparison, change: Change) -> Iterator[str]:
    """What has changed of one thing, the first answers for which it shows, and values that are no mere words."""
    yield f"{_SIGNS[change.state]} {_named(change)}: {headline(change)}".removesuffix(": ")
    yield from (f"    {example(comparison, change, shift)}" for shift in examples(change)[:1])
    yield from (f"    {told(edit)}" for edit in change.edits if not is_reworded(edit))


def _summary(found: Outlook, text: str) -> tuple[str, list[str]]:
    preview: Preview = found.preview
    lines = as_text(preview.problems[:MOST]).splitlines()
    if preview.summary is not None and preview.summary.open:
        lines.append(f"not answered yet: {', '.join(preview.summary.open)}")
    return f"SUMMARY {preview.whose}", [*lines, *text.splitlines()]
