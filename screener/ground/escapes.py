"""Texts inside Markdown and CSV, where they could otherwise become something else."""

import csv
import io
import re

from screener.ground.safetext import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&$^=@])")
_NUMBER = re.compile(r"^(\d+)([.)])")
_SCHEME = re.compile(r"(?i)(https?|ftp|mailto|javascript|data|www)([:.])")
#: What makes a spreadsheet take a cell for a formula, also in full width.
_FORMULA = re.compile(r'((?:^|;)[\s"]*)(?=[=+\-@＝＋－＠])')
_MARKED = re.compile(r'((?:^|;)[\s"]*)\'(?=[=+\-@＝＋－＠])')
#: What a spreadsheet takes for a number and nothing else, so that it can be left one.
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def inert(text: str) -> str:
    """The text on one line with everything escaped that Markdown or HTML could take for markup."""
    escaped = _SPECIAL.sub(r"\\\1", one_line(text))
    return _NUMBER.sub(r"\1\\\2", _SCHEME.sub(r"\1\\\2", escaped))


def cell(text: str) -> str:
    """The text on one line as a cell of a table that no spreadsheet takes for a formula."""
    line = one_line(text)
    return line if _PLAIN_NUMBER.fullmatch(line) else _FORMULA.sub(r"\1'", line)


def uncell(cell: str) -> str:
    """The text of a cell, without the mark by which `cell` keeps it from being taken for a formula."""
    return _MARKED.sub(r"\1", cell)


def rows_of_csv(rows: list[list[str]]) -> str:
    """Rows as CSV; no cell can be taken for a formula."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([cell(text) for text in row] for row in rows)
    return file.getvalue()
