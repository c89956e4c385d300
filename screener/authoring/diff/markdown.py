"""What an edit of a rule file changes, as a comment for a pull request: the verdict first, the details folded away."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from screener.authoring.diff.changes import Change, Comparison, Kind
from screener.authoring.diff.versions import LEVELS, Level
from screener.authoring.diff.wording import SAME, TITLES, example, examples, headline, named, reasons, told, verdict
from screener.ground.escapes import inert
from screener.rulefile.model import RuleFile

#: In characters: GitHub takes comments of up to 65,536, which may be about two files.
_MOST = 30_000
_ESCAPE = "\\"
#: Ids and keys between backticks, escaped; nothing in them could end what is shown as code.
_CODE = re.compile(r"\\`((?:[A-Za-z0-9.: ]|\\[_+-])+)\\`")
#: What calls a person or an issue, if a name or number follows; a blank of no width keeps the two apart.
_CALL = re.compile(r"\\([@#])(?=\w)")


def as_markdown(comparison: Comparison) -> str:
    """Every change as GitHub shows Markdown, as far as a comment may be long. Texts of the files stay text."""
    title = _text(f"{named(comparison.old)} → {named(comparison.new)}")
    if comparison.same:
        return f"**{title}**: {_text(SAME)}\n"
    first = f"**{title}**: next version {_text(verdict(comparison))}, because"
    return "\n\n".join([first, _points(reasons(comparison), _sentence), *_folded(comparison)]) + "\n"


def new_as_markdown(rules: RuleFile, why: str) -> str:
    """A file that can't be compared with anything, and why: `new since HEAD`."""
    return f"**{_text(named(rules))}**: {_text(why)}\n"


def _folded(comparison: Comparison) -> Iterator[str]:
    """A table of all changes, the weightiest first, and each with its texts and examples."""
    weights = _weights(comparison)
    changes = sorted(comparison.changes, key=lambda change: -LEVELS.index(weights[change.kind, change.id]))
    rows = [
        f"| {weights[one.kind, one.id]} | {TITLES[one.kind]} | `{one.id}` | {_text(headline(one) or 'changed')} |"
        for one in changes
    ]
    head = ["| weight | where | what | how |", "|---|---|---|---|"]
    yield f"<details><summary>{len(changes)} {'change' if len(changes) == 1 else 'changes'}</summary>"
    yield "\n".join([*head, *_as_many(rows, _MOST // 3, "| | | | and {} more |")])
    yield from _as_many([_change(comparison, one) for one in changes], _MOST, "And {} more.")
    yield "</details>"


def _weights(comparison: Comparison) -> Mapping[tuple[Kind, str], Level]:
    """What each change demands of the version; what demands most comes first in the comparison."""
    found: dict[tuple[Kind, str], Level] = {(one.kind, one.id): "patch" for one in comparison.changes}
    return found | {(one.kind, one.id): one.level for one in reversed(comparison.because)}


def _change(comparison: Comparison, change: Change) -> str:
    """A change with everything about it."""
    said = [told(edit) for edit in change.edits]
    said += [example(comparison, change, shift) for shift in examples(change)]
    first = f"**`{change.id}`** {_text(headline(change))}".rstrip()
    return f"{first}\n\n{_points(said, _text)}" if said else first


def _as_many(blocks: list[str], most: int, left_out: str) -> Iterator[str]:
    """The first of these, with so many characters at most, and how many more there are."""
    for index, block in enumerate(blocks):
        most -= len(block)
        if most < 0:
            yield left_out.format(len(blocks) - index)
            return
        yield block


def _points(items: Iterable[str], shown: Callable[[str], str]) -> str:
    return "\n".join(f"- {shown(item)}" for item in items)


def _text(text: str) -> str:
    """The text on one line, in which nothing is markup, and which calls nobody."""
    return _CALL.sub(r"\\\1&#8203;", inert(text))


def _sentence(text: str) -> str:
    """One of our own sentences, with plain names between backticks as code."""
    return _CODE.sub(lambda found: f"`{found[1].replace(_ESCAPE, '')}`", _text(text))
