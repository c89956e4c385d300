"""Problems as text with the line and a caret under it, and as JSON."""

from collections.abc import Iterable, Iterator

from screener.ground.jsontext import as_json_text
from screener.ground.problems import ExampleAnswers, Problem
from screener.ground.safetext import one_line, visible
from screener.ground.wrapping import cells
from screener.ground.wrapping import lines as wrapped

SCHEMA = "screener/problems/1"
#: Cells for the line that is shown, and for what of it stands before the caret.
_WIDTH, _BEFORE = 76, 60


def as_text(problems: Iterable[Problem]) -> str:
    """Every problem as `file:line:column: level[code] sentence`, the line, a caret, and the help."""
    return "".join(_text(problem) for problem in problems)


def _text(problem: Problem) -> str:
    where = _place(problem)
    parts = [f"{where + ': ' if where else ''}{problem.level}[{problem.code}] {one_line(problem.message)}"]
    if problem.excerpt.strip():
        parts += [f"    {excerpt}" for excerpt in _pointed(problem)]
    for other in problem.related:
        parts.append(f"  {_place(other)}: {one_line(other.message)}")
        if other.excerpt.strip() and (other.line, other.column) != (problem.line, problem.column):
            parts += [f"      {excerpt}" for excerpt in _pointed(other)]
    for example in problem.witness:
        parts.append(f"  for example, {one_line(example.shows)}:")
        parts += wrapped(visible("; ".join(_answers(example))), 80, "      ", "      ")
    if problem.help:
        parts.append(f"  help: {one_line(problem.help)}")
    return "\n".join(parts) + "\n"


def _place(problem: Problem) -> str:
    return ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part)


def _answers(example: ExampleAnswers) -> Iterator[str]:
    """The answers that are enough to show it, and how many more there are: a reader needs to see no others."""
    telling = example.telling
    yield from (_answer(id, value) for id, value in telling)
    if more := len(example.given) - len(telling):
        yield f"and {more} more, which {'does' if more == 1 else 'do'} not matter here"


def _answer(question: str, value: object) -> str:
    return f"{question}: {', '.join(value) if isinstance(value, tuple) else value}"


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
    return as_json_text({"schema": SCHEMA, "problems": [_plain(p) for p in problems]})


_SHOWN = ("code", "message", "help", "file", "line", "column", "level")
_RELATED = ("message", "file", "line", "column")


def _plain(problem: Problem) -> dict[str, object]:
    return {
        **{key: getattr(problem, key) for key in _SHOWN},
        "related": [{key: getattr(other, key) for key in _RELATED} for other in problem.related],
        "witness": [{"shows": one.shows, "answers": dict(one.answers)} for one in problem.witness],
    }
