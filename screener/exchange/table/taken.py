"""A table of questions as the text of a rule file, which is held against the loader before it is given."""

import re
from typing import Any, NamedTuple

from screener.exchange.ids import Ids
from screener.exchange.table.cells import Table
from screener.exchange.table.codebook_rows import put_together
from screener.exchange.table.columns import columns, head_problems, how_many_known, is_codebook
from screener.exchange.table.look import cell_problems
from screener.exchange.table.questions import questions
from screener.exchange.table.rows import Row
from screener.exchange.table.words import folded
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.loader import load
from screener.rulefile.yamltext import written

#: A questionnaire of a few hundred questions is a long one.
MOST_QUESTIONS = 10_000
_HEADER = """\
Made from a table of questions. What is said for which answers is still to be written, under `guidance:`;
`screener rules check` names the questions that nothing speaks of yet.
"""
_GUIDANCE = """\
# Still to be written: what is said, and for which answers. A line of guidance looks like this:
#   - id: pain
#     topic: Before your visit
#     when: {pain: yes}
#     says: Tell the professional where it hurts, and since when.
# `screener rules explain guidance` tells more, and `screener rules explain --page format` all of it.
guidance:
"""
_REST: dict[str, Any] = {
    "guidance": [{"id": "bring-along", "topic": "Your visit", "says": "Bring these answers along to your visit."}],
    "dispositions": [
        {
            "id": "consult",
            "title": "Talk to a professional",
            "says": "They look at your answers and decide with you.",
        }
    ],
    "referral": {"says": "Please see a certified professional. They look at your answers and decide with you."},
}


class FromTable(NamedTuple):
    """The text of the rule file, and what of the table is not in it."""

    text: str
    lost: tuple[Problem, ...]


def take(text: str, file: str, name: str) -> FromTable:
    """A rule file with the questions of a CSV table, called by this name, which the loader reads.

    Raises ProblemsFound with all that can't be read, each with its row and column.
    """
    if not text.strip():
        raise ProblemsFound([Problem("empty", "the file holds nothing", file=file)])
    table = Table(text, file, how_many_known)
    _stop_at([*head_problems(table), *cell_problems(table)], table)
    problems = list(head_problems(table))
    rows = _rows(table, problems)
    made = questions(rows, problems)
    _stop_at(problems, table)
    whole = _rule_file(made, name)
    _check(whole, table, rows)
    return FromTable(whole, tuple(problems))


def _stop_at(problems: list[Problem], table: Table) -> None:
    """Raise ProblemsFound if any of these is an error, and say them from top to bottom."""
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        raise ProblemsFound(sorted(errors, key=lambda problem: (problem.line, problem.column)))
    if not table.rows:
        message, help = "the table has no questions", "write one in each row below the names of the columns"
        raise ProblemsFound([table.problem("empty", None, message, help)])


def _rows(table: Table, problems: list[Problem]) -> list[Row]:
    """The questions of the table. Raises ProblemsFound if they are too many."""
    found = columns(table)
    plain = (Row(table, found, record) for record in table.rows)
    rows = list(put_together(table, found, problems) if is_codebook(table) else plain)
    if len(rows) > MOST_QUESTIONS:
        help = "is this the right file? a questionnaire that people answer is far smaller"
        raise ProblemsFound([table.problem("too-many", None, f"the table has more than {MOST_QUESTIONS:,} rows", help)])
    return rows


def _rule_file(made: list[dict[str, Any]], name: str) -> str:
    """The whole rule file, with a comment where guidance is to be written."""
    head = {
        "format": "1",
        "id": Ids().made(folded(name), "my-questionnaire"),
        "version": "0.1.0",
        "title": "My questionnaire",
        "language": "en",
        "status": "draft",
    }
    text = written({**head, "questions": made, **_REST}, _HEADER)
    before, _, after = text.rpartition("\nguidance:\n")
    return f"{before}\n\n{_GUIDANCE}{after}".replace("\nquestions:\n", "\n\nquestions:\n", 1)


def _check(whole: str, table: Table, rows: list[Row]) -> None:
    """Hold what was made against the loader, and tell what it refuses at the cell it comes from."""
    try:
        load(whole)
    except ProblemsFound as found:
        lines = whole.splitlines()
        raise ProblemsFound(_in_table(problem, lines, table, rows) for problem in found.problems) from None


def _in_table(problem: Problem, lines: list[str], table: Table, rows: list[Row]) -> Problem:
    """A problem of the rule file as one of the cell that it is about, as its line tells."""
    index, key = -1, ""
    for line in lines[lines.index("questions:") : problem.line]:
        if begins := re.match(r"(- |  )([a-z_]+):", line):
            index, key = index + (begins[1] == "- "), begins[2]
    if not problem.line or not 0 <= index < len(rows):
        message = f"a rule file made of it would not hold together: {problem.message}"
        return table.problem("not-taken", None, message, problem.help)
    return rows[index].wrong(_column(key, rows[index]), problem.message, problem.help, problem.code)


def _column(key: str, row: Row) -> str:
    """The column that a key came from."""
    return next((one for one in (key, "id", "ask") if one in row.columns), "ask")
