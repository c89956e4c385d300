"""Problems as text with the line and a caret under it, and as JSON."""

from collections.abc import Iterable, Iterator

from screener.ground.jsontext import as_json_text
from screener.ground.problems import ExampleAnswers, Problem
from screener.ground.safetext import one_line, visible
from screener.ground.wrapping import cells
from screener.ground.wrapping import lines as wrapped

SCHEMA = "screener/problems/1"
#: Cells of a line where nobody says how wide the screen is, and what stays of an excerpt after the caret.
_LINE, _AFTER = 80, 16


def as_text(problems: Iterable[Problem], width: int | None = None) -> str:
    """Every problem as `file:line:column: level[code] sentence`, the line, a caret, and the help.

    Sentences are broken to `width` cells; without a width each stays on its line, for programs that read them.
    """
    return "".join(_text(problem, width) for problem in problems)


def _text(problem: Problem, width: int | None) -> str:
    where = _place(problem)
    head = f"{where + ': ' if where else ''}{problem.level}[{problem.code}] {one_line(problem.message)}"
    parts = _broken(head, width, "", "  ")
    if problem.excerpt.strip():
        parts += [f"    {excerpt}" for excerpt in _pointed(problem, (width or _LINE) - 4)]
    for other in problem.related:
        parts += _broken(f"{_place(other)}: {one_line(other.message)}", width, "  ", "    ")
        if other.excerpt.strip() and (other.line, other.column) != (problem.line, problem.column):
            parts += [f"      {excerpt}" for excerpt in _pointed(other, (width or _LINE) - 6)]
    for example in problem.witness:
        parts += _broken(f"for example, {one_line(example.shows)}:", width, "  ", "    ")
        parts += wrapped(visible("; ".join(_answers(example))), width or _LINE, "      ", "      ")
    if problem.help:
        parts += _broken(f"help: {one_line(problem.help)}", width, "  ", "    ")
    return "\n".join(parts) + "\n"


def _broken(sentence: str, width: int | None, first: str, rest: str) -> list[str]:
    return [first + sentence] if width is None else wrapped(sentence, width, first, rest)


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


def _pointed(problem: Problem, width: int) -> tuple[str, str]:
    """The line around the place, cut to what fits on a screen, and a caret under the place."""
    before = visible(problem.excerpt[: problem.caret]).ljust(problem.caret)
    while cells(before) > width - _AFTER:
        before = before[1:]
    after = visible(problem.excerpt[problem.caret :])
    while cells(before + after) > width:
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
