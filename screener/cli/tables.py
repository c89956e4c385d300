"""A table of answers that a command is given: looked into, and which of its columns answers which question."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from screener.cli import streams
from screener.cli.reading import read
from screener.ground.files import shown
from screener.ground.problems import Problem, ProblemsFound, shortened
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from screener.tables.files.opening import OpenTable
    from screener.tables.given.columns import TableMap

_FOUND = "Which column answers which question (`screener batch --propose` writes it down, for --columns):\n"


class GivenTable(NamedTuple):
    """A table with the rule file that it answers, and which of its columns answers what."""

    rules: RuleFile
    table: "OpenTable"
    map: "TableMap"


def needs_extra() -> None:
    """Raise ProblemsFound where what tables need is not installed."""
    from importlib.util import find_spec

    lacking = [name for name in ("narwhals", "polars", "pyarrow", "fastexcel", "pygal") if find_spec(name) is None]
    if lacking:
        message = f"tables need extra packages that are not installed: {', '.join(lacking)}"
        raise ProblemsFound([Problem("no-batch", message, "install them with: pip install 'screener[batch]'")])


def opened(rules: RuleFile, path: Path, columns: Path | None) -> GivenTable:
    """The table as it is looked into, to be worked out. Raises ProblemsFound, also if it answers nothing."""
    found = looked_into(rules, path, columns)
    if not list(found.map._replace(keep=(), day=None).used):
        message = f"no column of this table answers a question of `{rules.id}`"
        help = "let the first row name the columns; name the rule file with --rules, or write a mapping file: --propose"
        raise ProblemsFound([Problem("no-column", message, help, shown(path))])
    return found


def looked_into(rules: RuleFile, path: Path, columns: Path | None) -> GivenTable:
    """The table, with its columns as the mapping file has them, or as they look; what these leave open is said.

    Raises ProblemsFound.
    """
    needs_extra()
    from screener.tables.files.opening import open_table
    from screener.tables.given.columns import head_problems, in_words, looked_at
    from screener.tables.given.mapping import read_map

    table, name = open_table(path), shown(path)
    _refuse_errors(list(head_problems(table.names, name)))
    if columns is not None:
        return GivenTable(rules, table, read_map(read(columns), shown(columns), rules, table.names))
    found, problems = looked_at(rules, table.names, name)
    _refuse_errors(problems)
    streams.tell(shortened(problems, help=""))
    say(_FOUND + in_words(found))
    return GivenTable(rules, table, found)


def _refuse_errors(problems: list[Problem]) -> None:
    """Raise ProblemsFound with all of these, if any of them is an error."""
    if any(problem.level == "error" for problem in problems):
        raise ProblemsFound(problems)


def say(text: str) -> None:
    """Say this in lines that fit the screen; those that are set in go on set in."""
    for line in visible(text).splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        streams.talk("\n".join(lines(line.lstrip(), streams.width() - 1, indent)) + "\n")
