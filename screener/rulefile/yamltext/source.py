"""A place in the text of a file, and what the parser says of it, as a problem."""

import re
from typing import Any, NamedTuple

import yaml

from screener.ground.problems import Problem
from screener.rulefile.idioms import in_line

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
        return Problem("not-yaml", "this is not YAML or JSON", file=source.file)
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in (error.context or "") and "end of" in (error.problem or ""):
        mark = error.context_mark  # where the quote opens; that it never closes shows only at the end
    said = " ".join(part for part in (error.problem, error.context) if part)
    cause, help = next((told for words, told in _TOLD.items() if words in said), _TOLD[""])
    message = "from here on the file can't be read" + (f": {cause}" if cause else "")
    if mark is None:
        return Problem("not-yaml", message, file=source.file)
    above, line = (source.lines[n] if 0 <= n < len(source.lines) else "" for n in (mark.line - 1, mark.line))
    return source.at(mark, "not-yaml", message, _seen(line) or _cut_above(above, said) or help)


def _seen(line: str) -> str:
    """What to do about a line in which the cause can be seen."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    if "\u00a0" in line:
        return "this line holds a no-break space; type a plain one instead"
    return in_line(line)


def _cut_above(above: str, said: str) -> str:
    """What to do where a text goes on below a line that a comment ends."""
    cut = re.search(r"\S\s+#", above) and ("expected key" in said or "block end" in said or "expected ':'" in said)
    return "the `#` in the line above ends its text; put the text in quotes" if cut else ""


_QUOTE = (
    "a quote opens here and never closes",
    "close it, or put a text that holds a quote in the other kind of quotes",
)
_OPEN = ("a bracket or brace is not closed", "look for a `[` or `{` without its `]` or `}`, here or on a line above")
_BELOW = (
    "`>` and `|` after a colon begin a text on the lines below",
    "put a text that begins with one of them in quotes",
)
#: What the parser says, as far as it is the same for all, and in its place: what is wrong, and what to do about it; the
#: last one fits anything.
_TOLD = {
    "mapping values": ("", "put a text with a colon in quotes; or is the line set in too far?"),
    "end of stream while scanning a quoted scalar": _QUOTE,
    "end of document while scanning a quoted scalar": _QUOTE,
    "escape": ("in double quotes a backslash begins a code", "put the text in single quotes"),
    "quoted scalar": ("the quotes do not fit", "look where the text begins, and where it ends"),
    "cannot start any token": ("a sign stands here that means something in YAML", "put the text in quotes"),
    "scanning a block scalar": _BELOW,
    "flow": _OPEN,
    "could not find expected ':'": ("a colon is missing", "is there one, and a blank, here and on the line above?"),
    "unexpected ':'": ("a blank is missing after a colon", "write a blank after each colon, as in {itch: yes}"),
    "scanning an alias": ("a star at the beginning of a text means something in YAML", "put the text in quotes"),
    "": ("", "look at this line and the one above: a colon, a quote or the indentation"),
}
