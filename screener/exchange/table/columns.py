"""The names that the columns of a table can have, and which key of a question each one is."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from screener.exchange.table.cells import Table
from screener.ground.problems import Problem
from screener.ground.safetext import one_line

#: The key of a question, and the names of its column; capital letters, blanks and hyphens do not matter.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "ask": ("ask", "question", "label", "question text", "text", "prompt"),
    "id": ("id", "name", "question id", "variable", "variable name", "field", "field name"),
    "section": ("section", "group", "heading"),
    "type": ("type", "kind", "question type", "answer type", "field type"),
    "options": ("options", "choices", "answers", "answer options"),
    "help": ("help", "hint", "description", "instructions"),
    "why": ("why", "reason", "why we ask"),
    "unsure": ("unsure", "not sure"),
    "decline": ("decline", "declined", "in person"),
    "optional": ("optional", "may be skipped"),
    "ordered": ("ordered", "in order"),
    "min": ("min", "minimum"),
    "max": ("max", "maximum"),
    "unit": ("unit", "units"),
    "when": ("when", "condition", "asked when"),
    "for": ("for",),
    "carry_over": ("carry over", "carried over"),
}
#: The columns of a codebook that we exported, which has a row for each answer that can be chosen.
_OF_A_CODEBOOK: Mapping[str, tuple[str, ...]] = {
    **{
        key: (key,)
        for key in _NAMES
        if key not in ("id", "options", "unsure", "decline", "optional", "ordered", "when", "for")
    },
    "id": ("question",),
    **{key: (key.replace("_", " "),) for key in ("code", "label", "code_help", "stands_alone", "shown_when")},
    **{key: (key,) for key in ("number", "sources")},
}


def plainly(name: str) -> str:
    """A word as it is compared: small letters, no blanks, hyphens or the like."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def _by_name(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plainly(name): key for key, some in names.items() for name in some}


_TABLE, _CODEBOOK = _by_name(_NAMES), _by_name(_OF_A_CODEBOOK)
#: How near a name has to be to be a misspelt one: `optoins` is, `notes` (as against `not sure`) is not.
_NEAR = 0.74
_KNOWN = {*_TABLE, *_CODEBOOK}


def how_many_known(names: Iterable[str]) -> int:
    """How many of these are names of columns."""
    return sum(plainly(name) in _KNOWN for name in names)


def is_codebook(table: Table) -> bool:
    """Whether a table is a codebook that we exported, which has a row for each answer."""
    return {"question", "ask", "code", "label"} <= {plainly(name) for name in table.head.cells}


def columns(table: Table) -> dict[str, int]:
    """The number, from 0, of the column of each key."""
    known = _CODEBOOK if is_codebook(table) else _TABLE
    found: dict[str, int] = {}
    for index, name in enumerate(table.head.cells):
        if (key := known.get(plainly(name))) is not None:
            found.setdefault(key, index)
    return found


def head_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with the names of columns; those that are only left aside are warnings."""
    found = columns(table)
    if "ask" not in found:
        help = f"let the first row name the columns: ask, and where wanted {', '.join([*_NAMES][1:])}"
        yield table.problem("not-a-table", (table.head, 0), "no column is called `ask`", help)
        return
    known = _CODEBOOK if is_codebook(table) else _TABLE
    for index, name in enumerate(table.head.cells):
        key, shown = known.get(plainly(name)), one_line(name)[:60]
        if key is not None and found[key] != index:
            first = one_line(table.head.cells[found[key]])[:60]
            said = f"`{shown}` stands twice" if plainly(name) == plainly(first) else f"`{first}` and `{shown}`"
            message = f"two columns have `{key}`: {said}"
            yield table.problem("not-a-table", (table.head, index), message, "keep one of them")
        elif key is None:
            yield from _left_aside(table, index, shown)


def _left_aside(table: Table, index: int, shown: str) -> Iterator[Problem]:
    """A column without a known name: misspelt, to be left aside, or with cells and no name at all."""
    place = (table.head, index)
    filled = any(index < len(row.cells) and row.cells[index] for row in table.rows)
    names = [name for some in _NAMES.values() for name in some]
    if near := get_close_matches(shown.lower(), names, n=1, cutoff=_NEAR):
        yield table.problem("not-a-table", place, f"no column is called `{shown}`", f"did you mean `{near[0]}`?")
    elif filled:
        named = f"column `{shown}`" if shown else f"column {index + 1}, which has no name,"
        yield table.problem("not-in-rules", place, f"{named} is left aside", "", "warning")
