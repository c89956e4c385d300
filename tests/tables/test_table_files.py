"""Files with tables as people and spreadsheets leave them: each row is read as it was meant, or said to be broken."""

from pathlib import Path
from random import Random

import pytest

from screener.ground.problems import ProblemsFound
from screener.tables.files.opening import open_table
from screener.tables.files.piece import OF, ROW

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
