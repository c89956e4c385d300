"""Files with tables as people and spreadsheets leave them: each row is read as it was meant, or said to be broken."""

import os
import subprocess
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
import written_tables
import xlsxwriter  # type: ignore[import-untyped]
from commands import COMMAND

from screener.ground.problems import ProblemsFound
from screener.rulefile.loader import load
from screener.tables.files.opening import open_table
from screener.tables.files.piece import OF, ROW
from screener.tables.given.answers import people_in
from screener.tables.given.coded import as_texts
from screener.tables.given.columns import looked_at
from screener.tables.given.preparing import days_of, prepared
from screener.tables.given.single import answers_of

RULES = load("""\
format: 1
id: visit
version: 1.0.0
title: Visit
language: en
questions:
  - {id: adult, type: yes-no, ask: Are you an adult?, unsure: yes}
  - {id: last, type: date, ask: Last?, min: 1990-01-01, optional: yes}
guidance:
  - {id: a, topic: T, says: S., when: {adult: yes}, disposition: d}
dispositions: [{id: c, title: C, says: S.}, {id: d, title: D, says: S.}]
referral: {says: See a certified professional.}
""")

Rows = dict[int, tuple[str | None, ...]]


def rows_of(file: Path, columns: list[str] | None = None) -> tuple[list[str], Rows, dict[int, tuple[str, str]]]:
    """The names of the columns, the rows by their numbers, and why others could not be read."""
    table = open_table(file)
    wanted = table.names if columns is None else columns
    rows, broken = Rows(), dict[int, tuple[str, str]]()
    for piece in table.pieces(wanted, 1000):
        rows |= {row[0]: row[1:] for row in piece.frame.select(ROW, *(f"{OF}{name}" for name in wanted)).rows()}
        broken |= {one.row: (one.column, one.problem) for one in piece.unread}
    return table.names, rows, broken


def csv_of(folder: Path, text: str) -> Path:
    """A CSV file with this text."""
    (folder / "t.csv").write_text(text, "utf-8", newline="")
    return folder / "t.csv"


def refused(file: Path) -> str:
    """Why this table can't be read."""
    with pytest.raises(ProblemsFound) as raised:
        rows_of(file)
    (problem,) = raised.value.problems
    assert problem.code == "unreadable-table"
    return problem.message


# ---- Quotes in CSV


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,2\n3,"4\n5,6\n7,8\n', 3),
        ('a,b\n1,"two\nlines"\n3,"4\n5,6\n', 4),
        ('\ufeffa\n"1""', 2),
        ('a,b\n1,5" wide\n3,"4\n5,6\n', 3),
        ('a,b\n1,"2"\n' * 600_000 + '3,"4\n' + "5,6\n" * 3000, 1_200_001),
    ],
    ids=["last", "lines", "twice", "inside", "large"],
)
def test_a_quote_that_is_never_closed_is_said(text: str, line: int, tmp_path: Path) -> None:
    """With the line in which it opens; it would take all rows after it into one cell."""
    assert refused(csv_of(tmp_path, text)) == f"the quote that opens in line {line:,} is never closed"


def test_quotes_that_are_closed_or_open_nothing_are_fine(tmp_path: Path) -> None:
    """Doubled ones, ones in the middle of a cell, and a cell with several lines, also at the edge of a block."""
    text = 'a,b\n"a ""b"" c","two\nlines"\n5" wide,6\n"7","8"'
    assert rows_of(csv_of(tmp_path, text))[1:] == (
        {2: ('a "b" c', "two\nlines"), 3: ('5" wide', "6"), 4: ("7", "8")},
        {},
    )
    chance = Random(7)
    some = ["".join(chance.choice('a" \n,') for _ in range(chance.randrange(90))) for _ in range(500)]
    cells = chance.choices(some, k=250_000)
    quoted = "".join(f'"{cell.replace(chr(34), 2 * chr(34))}"x\n' for cell in cells)
    assert [row for (row,) in rows_of(csv_of(tmp_path, "a\n" + quoted))[1].values()] == [f"{cell}x" for cell in cells]


# ---- Columns and cells of CSV


def test_every_row_broken_is_no_fault_of_the_command(tmp_path: Path) -> None:
    """The piece has its columns all the same."""
    table = open_table(csv_of(tmp_path, "adult,pain\nno\nno\n"))
    (piece,) = table.pieces(["pain", "adult"], 1000)
    assert piece.frame.columns == [ROW, f"{OF}pain", f"{OF}adult"]
    assert (piece.frame.height, [one.row for one in piece.unread]) == (0, [2, 3])


def test_columns_without_a_name_are_left_out_if_empty(tmp_path: Path) -> None:
    """What a spreadsheet adds at the end of rows breaks none; what has a value does."""
    text = "a;b;;\n1;2;;\n3;4\n5;6;;;;\n7;8;;;9\n;;;\n10;;;\n11\n"
    assert rows_of(csv_of(tmp_path, text)) == (
        ["a", "b"],
        {2: ("1", "2"), 3: ("3", "4"), 4: ("5", "6"), 7: ("10", None)},
        {5: ("", "it has 5 cells, and there are 4 columns"), 8: ("", "it has 1 cells, and there are 4 columns")},
    )
    assert open_table(csv_of(tmp_path, "a;;b\n1;x;2\n")).names == ["a", "", "b"]


@pytest.mark.parametrize(
    ("text", "names", "rows"),
    [
        ("sep=;\na;b,c\n1;2,5\n", ["a", "b,c"], {2: ("1", "2,5")}),
        ("\ufeffsep=,\r\na,b\r\n1,\r\n2\r\n", ["a", "b"], {2: ("1", None)}),
        ('"sep=\t"\na\tb\n1\t2\n', ["a", "b"], {2: ("1", "2")}),
        ("adult;Do you weigh, roughly, much?\nno;70\n", ["adult", "Do you weigh, roughly, much?"], {2: ("no", "70")}),
        ("a;b\n1,5;2,5\n", ["a", "b"], {2: ("1,5", "2,5")}),
        ("a,b;c\n1;2,x\n", ["a", "b;c"], {2: ("1;2", "x")}),
        ("a\n1,2\n", ["a"], {2: ("1,2",)}),
        ('"a\nb",c\n1,2\n', ["a\nb", "c"], {2: ("1", "2")}),
        ("\n\na,b\n1,2\n\n3,4\n", ["a", "b"], {4: ("1", "2"), 6: ("3", "4")}),
    ],
    ids=["said", "marked", "quoted", "commas", "decimals", "semicolons", "one", "lines", "blank"],
)
def test_what_stands_between_cells(text: str, names: list[str], rows: Rows, tmp_path: Path) -> None:
    """The first line may say it; or it is what gives several columns, and as many cells in the rows after them."""
    assert rows_of(csv_of(tmp_path, text))[:2] == (names, rows)


def test_an_empty_row_is_no_person(tmp_path: Path) -> None:
    """But a row that is empty only in the columns that are asked for is one; numbers are those of the file."""
    file = csv_of(tmp_path, 'id,a,b\n1,x,y\n,,\n2,,\n"","",""\n\n3,,z\n')
    assert rows_of(file, ["a"])[1] == {2: ("x",), 4: (None,), 7: (None,)}


# ---- Excel


def excel_of(folder: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """A workbook with these sheets; a text that begins with # is an error in a cell."""
    with xlsxwriter.Workbook(folder / "t.xlsx") as book:
        forms = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}
        looks = {kind: book.add_format({"num_format": form}) for kind, form in forms.items()}
        for rows in sheets:
            sheet = book.add_worksheet()
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str) and cell.startswith("#"):
                        sheet.write_formula(row, column, "=NA()", None, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell, looks.get(type(cell)))
    return folder / "t.xlsx"


def test_dates_of_excel_are_texts_as_people_write_them(tmp_path: Path) -> None:
    """A day without the time of day that the file has for it, and a time of day without a day."""
    cells: list[object] = [date(2026, 4, 3), datetime(2026, 4, 3, 10, 30), time(10, 30), "2026-04-03", 1.5, 3, True]
    rows = rows_of(excel_of(tmp_path, ["abcdefg", cells]))[1]
    assert rows == {2: ("2026-04-03", "2026-04-03 10:30:00", "10:30:00", "2026-04-03", "1.5", "3", "true")}


def test_an_error_in_a_cell_of_excel_is_no_empty_cell(tmp_path: Path) -> None:
    """The row could not be read, if the column is one that is asked for."""
    file = excel_of(tmp_path, [["a", "b"], ["x", "#N/A"], ["#DIV/0!", "y"], ["z", None], ["#NAME?", "#REF!"]])
    said = "the cell holds an error of the spreadsheet, "
    names, rows, broken = rows_of(file)
    assert (names, rows) == (["a", "b"], {4: ("z", None)})
    assert broken == {2: ("b", f"{said}#N/A"), 3: ("a", f"{said}#DIV/0!"), 5: ("b", f"{said}#REF!")}
    assert rows_of(file, ["b"])[1] == {3: ("y",), 4: (None,)}


def test_columns_of_excel_have_the_names_that_stand_there(tmp_path: Path) -> None:
    """The same one twice, too; one without a name is left out if it is empty."""
    file = excel_of(tmp_path, [["a", "a", None, " b ", None], ["1", "2", None, "3"], ["4", "5", " ", "6"]])
    assert open_table(file).names == ["a", "a", "b"]
    file = excel_of(tmp_path, [["a", None, "b", None], ["1", None, "3", "#N/A"]])
    assert open_table(file).names == ["a", "b", ""]


def test_rows_of_excel_are_numbered_as_it_shows_them(tmp_path: Path) -> None:
    """Also where some are empty, above the names or between people: these are no people."""
    file = excel_of(tmp_path, [[], [None, "a", "b"], [], [None, "1", None], [None, " ", ""], [None, None, "2"]])
    table = open_table(file)
    assert (table.names, table.rows) == (["a", "b"], 2)
    assert rows_of(file)[1] == {4: ("1", None), 6: (None, "2")}


@pytest.mark.parametrize(
    ("sheets", "names", "rows"),
    [
        ([[], [["About"]], [["a"], ["1"]], [["b"], ["2"]]], ["a"], {2: ("1",)}),
        ([[], [["a"]], [["b"]]], ["a"], {}),
        ([[]], [], {}),
    ],
    ids=["rows", "names", "nothing"],
)
def test_the_first_sheet_with_people_is_read(
    sheets: list[list[list[object]]], names: list[str], rows: Rows, tmp_path: Path
) -> None:
    """Sheets that are empty, or have one row only, are passed over."""
    file = excel_of(tmp_path, *sheets)
    assert open_table(file).names == names
    assert not names or rows_of(file)[:2] == (names, rows)


# ---- Dates


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".csv", ".ndjson", ".xlsx"])
def test_a_date_with_a_time_of_day_is_its_day(ending: str, tmp_path: Path) -> None:
    """As an answer and as the day of the interview; in values that have a type, and in texts of such values."""
    moments = [datetime(2026, 4, 3), datetime(2026, 4, 3, 23, 59, 1), None, datetime(1980, 1, 1)]
    cells: list[Any] = (
        list(moments) if ending in (".parquet", ".arrow", ".xlsx") else [one and str(one) for one in moments]
    )
    file = written_tables.as_file({"id": ["A", "B", "C", "D"], "last": cells}, tmp_path / f"t{ending}")
    found, _ = looked_at(RULES, open_table(file).names, "t")
    (piece,) = open_table(file).pieces(["id", "last"], 10)
    ready = prepared(RULES, found, piece)
    assert ready.bad["problem"].to_list() == ["the smallest possible is 1990-01-01"]
    assert [one.answers for one in people_in(RULES, found, piece)][:3] == [
        {"last": "2026-04-03"},
        {"last": "2026-04-03"},
        {},
    ]
    assert days_of(piece.frame[f"{OF}last"]).to_list() == [one and one.date() for one in moments]
    texts = as_texts(piece.frame[f"{OF}last"]).to_list()
    assert answers_of(RULES, found, {"last": texts[1]}) == {"last": date(2026, 4, 3)}


def test_what_is_no_date_is_no_day() -> None:
    """A number counts no days, and a time of day has none."""
    for cells in ([20260403], [1.5], [time(10, 30)], ["10:30:00"], ["2026-04-03 and more"], [True]):
        assert days_of(pl.Series(cells)).to_list() == [None]
    zoned = pl.Series([datetime(2026, 4, 2, 23, 30)]).dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/Berlin")
    assert days_of(zoned).to_list() == [date(2026, 4, 3)]


# ---- What is no file, and what is left of a run


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """A table is read more than once, and a pipe that nobody writes into is waited for without end."""
    os.mkfifo(tmp_path / "t.csv")
    code, said = batch(tmp_path, "t.csv", "--output", "o.csv")
    assert (code, "this is a pipe or a device, and not a file" in said) == (1, True)


def test_a_table_of_broken_rows_ends_with_a_sentence(tmp_path: Path) -> None:
    """All of them are among the problems; none can be explained."""
    csv_of(tmp_path, "adult,pain\nno\nno\n")
    code, said = batch(tmp_path, "t.csv", "--output", "o.csv")
    assert (code, "worked out: 0" in said, "could not be read: 2." in said) == (1, True, True)
    assert pl.read_csv(tmp_path / "o.problems.csv")["row"].to_list() == [2, 3]
    code, said = batch(tmp_path, "t.csv", "--explain", "2")
    assert (code, "error[no-row]" in said) == (1, True)


def batch(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and standard error of `screener batch` in this folder."""
    done = subprocess.run(
        [COMMAND, "batch", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert "inside screener" not in done.stderr, done.stderr
    assert "terminate called" not in done.stderr
    return done.returncode, done.stderr
