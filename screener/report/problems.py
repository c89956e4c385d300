"""Problems as text with the line and a caret under it, and as JSON."""

import json
from collections.abc import Iterable

from screener.problems import Problem
from screener.safetext import one_line, visible
from screener.wrapping import cells

SCHEMA = "screener/problems/1"
#: Cells for the line that is shown, and for what of it stands before the caret.
_WIDTH, _BEFORE = 76, 60


def as_text(problems: Iterable[Problem]) -> str:
    """Every problem as `file:line:column: level[code] sentence`, the line, a caret, and the help."""
    return "".join(_text(problem) for problem in problems)


def _text(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part)
    lines = [f"{place + ': ' if place else ''}{problem.level}[{problem.code}] {one_line(problem.message)}"]
    if problem.excerpt.strip():
        lines += [f"    {excerpt}" for excerpt in _pointed(problem)]
    if problem.help:
        lines.append(f"  help: {one_line(problem.help)}")
    return "\n".join(lines) + "\n"


def _pointed(problem: Problem) -> tuple[str, str]:
    """The line around the place, cut to what fits on a screen, and a caret under the place."""
    before = visible(problem.excerpt[: problem.caret]).ljust(problem.caret)
    while cells(before) > _BEFORE:
        before = before[1:]
    after = visible(problem.excerpt[problem.caret :])
    while cells(before + after) > _WIDTH:
        after = after[:-1]
    return (before + after).rstrip(), " " * cells(before) + "^"


def as_json(problems: Iterable[Problem]) -> str:
    """All problems as one JSON object with the schema `screener/problems/1`."""
    listed = [
        {key: value for key, value in problem._asdict().items() if key not in ("excerpt", "caret")}
        for problem in problems
    ]
    return visible(json.dumps({"schema": SCHEMA, "problems": listed}, ensure_ascii=False, indent=2)) + "\n"
