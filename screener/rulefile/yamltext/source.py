"""A place in the text of a file, and what the parser says of it, as a problem."""

from typing import Any, NamedTuple

import yaml

from screener.ground.problems import Problem
from screener.ground.safetext import one_line, visible

#: How much of a long line is shown around a place, in characters.
_BEFORE, _SHOWN = 60, 76


class Source(NamedTuple):
    """The text of a file by lines, for pointing into it."""

    file: str
    lines: list[str]

    def at(self, mark: Any, code: str, message: str, help: str = "") -> Problem:
        """A problem at a mark of the YAML reader."""
        return self.place(mark.line, mark.column, code, message, help)

    def sign(self, mark: Any) -> str:
        """The character at a mark."""
        line: str = self.lines[mark.line]
        return line[mark.column : mark.column + 1]

    def place(self, line: int, column: int, code: str, message: str, help: str = "") -> Problem:
        """A problem at a line and column that count from 0."""
        if line >= len(self.lines):  # the parser gives up behind the last line
            line, column = len(self.lines) - 1, len(self.lines[-1])
        text = self.lines[line]
        start = max(0, column - _BEFORE)
        excerpt = text[start : start + _SHOWN].rstrip()
        return Problem(code, message, help, self.file, line + 1, column + 1, excerpt, caret=column - start)


def syntax_problem(error: yaml.YAMLError, source: Source) -> Problem:
    """Where the parser gave up, what it says, and what to do about it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem("not-yaml", one_line(str(error)), file=source.file)
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in (error.context or "") and "end of" in (error.problem or ""):
        mark = error.context_mark  # where the quote opens; that it never closes shows only at the end
    said = visible(" ".join(part for part in (error.problem, error.context) if part) or "it can't be read")
    if mark is None:
        return Problem("not-yaml", f"this is not YAML or JSON: {said}", file=source.file)
    line = source.lines[mark.line] if mark.line < len(source.lines) else ""
    return source.at(mark, "not-yaml", f"this is not YAML or JSON: {said}", _syntax_help(line, said))


def _syntax_help(line: str, said: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    if "\u00a0" in line:
        return "this line holds a no-break space; type a plain one instead"
    return next((help for words, help in _SYNTAX_HELP.items() if words in said), _SYNTAX_HELP[""])


#: What the parser says, and what to do about it; the last one fits anything.
_SYNTAX_HELP = {
    "mapping values": "put a text with a colon in quotes; or is the line set in too far?",
    "end of stream while scanning a quoted scalar": "a quote opens here and never closes",
    "end of document while scanning a quoted scalar": "a quote opens here and never closes",
    "escape": "in double quotes a backslash begins a code; put the text in single quotes",
    "quoted scalar": "look at the quotes: where the text begins, and where it ends",
    "cannot start any token": "put the text in quotes: it begins with a sign that means something in YAML",
    "could not find expected ':'": "is there a colon and a blank after each key, here and on the line above?",
    "scanning an alias": "put the text in quotes: a star at its beginning means something in YAML",
    "": "look at this line and the one above: a colon, a quote or the indentation",
}
