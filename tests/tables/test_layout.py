"""The layout of a table, and what is brought into it."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest
import tabled
import worded_files
from written_down import EVERY_TYPE, FLAGGED, LISTED, PEOPLE, SOURCES, columns

from screener.rulefile.loader import load
from screener.rulefile.model import Answers, RuleFile
from screener.tables import InLists, WrittenAs, laid_out, wide
from screener.tables.layout import layout, needs_day, results


@pytest.fixture
def rules() -> RuleFile:
    """A rule file with a question of each type."""
    return load(EVERY_TYPE)


def test_there_is_a_column_for_each_thing_that_can_be_said(rules: RuleFile) -> None:
    """Options, whether there was an answer, the words that are offered, and the value of a number or a date."""
    assert [column.name for column in layout(rules)] == [
        *("is/skin/dry", "is/skin/spots", "is/skin/answered", "is/skin/unsure"),
        *("is/tone/light", "is/tone/dark", "is/tone/answered", "is/tone/declined"),
        *("is/pain/yes", "is/pain/no", "is/pain/answered"),
        *("is/age/answered", "is/age/skipped", "value/age"),
        *("is/since/answered", "is/since/unsure", "value/since"),
        *("is/more/answered", "is/more/skipped"),
    ]


def test_a_row_has_every_answer_and_no_null(rules: RuleFile) -> None:
    """The words of answers become booleans; a number is a double, and a cell without an answer holds what is empty."""
    table = tabled.table_of(rules, PEOPLE)
    true = [{name for name, cell in row.items() if cell is True} for row in table.iter_rows(named=True)]

    assert true[0] == set()
    assert true[1] == {
        *("is/skin/dry", "is/skin/spots", "is/skin/answered", "is/tone/dark", "is/tone/answered"),
        *("is/pain/no", "is/pain/answered", "is/age/answered", "is/more/answered"),
    }
    assert true[2] == {"is/skin/unsure", "is/tone/declined", "is/age/skipped", "is/since/unsure", "is/more/skipped"}
    assert table["value/age"].to_list() == [0.0, -0.5, 0.0, 99999999999.9999]
    assert table["value/since"].to_list() == [*[date(1970, 1, 1)] * 3, date(2000, 2, 29)]
    assert table.null_count().sum_horizontal().item() == 0


def test_answers_of_programs_are_taken(rules: RuleFile) -> None:
    """Lists, plain numbers and dates as texts, as `assess` takes them."""
    plain: Any = {"skin": ["dry"], "age": 30, "since": "2000-01-02"}
    same: Answers = {"skin": ("dry",), "age": Decimal(30), "since": date(2000, 1, 2)}

    assert laid_out(rules, [plain]) == laid_out(rules, [same])


@pytest.mark.parametrize("skin", [LISTED, FLAGGED], ids=["lists", "a column per option"])
def test_columns_are_brought_into_the_layout(rules: RuleFile, skin: WrittenAs) -> None:
    """Words, lists, a column per option, numbers and dates give the same as the answers themselves, in each engine."""
    expected = tabled.table_of(rules, PEOPLE)
    table, sources = columns(PEOPLE), {**SOURCES, "skin": skin}
    eager, lazy = wide(table, rules, sources), wide(table.lazy(), rules, sources).collect()
    with duckdb.connect() as connection:
        found: Any = pl.from_arrow(wide(connection.from_arrow(table.to_arrow()), rules, sources).to_arrow_table())

    assert eager.select(expected.columns).equals(expected)
    assert lazy.select(expected.columns).equals(expected)
    assert found.select(expected.columns).equals(expected)


def test_an_option_that_stands_twice_in_a_list_is_one(rules: RuleFile) -> None:
    """A list that names an option more than once says no more than one that does so once."""
    table = pl.DataFrame({"skin": [["dry", "dry"], ["spots", "dry", "spots"], ["unknown"], [], None]})
    found = wide(table, rules, {"skin": InLists("skin")})

    assert found["is/skin/dry"].to_list() == [True, True, False, False, False]
    assert found["is/skin/spots"].to_list() == [False, True, False, False, False]
    assert found["is/skin/answered"].to_list() == [True, True, False, False, False]


def test_a_question_without_a_source_was_answered_by_nobody(rules: RuleFile) -> None:
    """Columns that are not there are empty ones."""
    found = wide(pl.DataFrame({"row": [1, 2]}), rules, {})

    assert found.select("row").height == 2
    assert found.select(column.name for column in layout(rules)).equals(tabled.table_of(rules, [{}, {}]))


def test_the_day_is_only_needed_where_something_is_counted_back(rules: RuleFile, pico: RuleFile) -> None:
    """Only conditions such as `within: 6 months` ask for the day of the interview."""
    assert needs_day(rules)
    assert not needs_day(pico)


def test_no_two_columns_have_one_name(pico: RuleFile) -> None:
    """Also where questions, lines and options have the ids of what is worked out."""
    raw = EVERY_TYPE.replace("skin", "asked").replace("dry", "said").replace("lately", "disposition")
    for rules in (pico, load(raw)):
        names = [*(column.name for column in layout(rules)), *results(rules), "day"]
        assert len(names) == len(set(names))


def test_numbers_stay_apart(rules: RuleFile) -> None:
    """Doubles tell all numbers apart that an answer can be: neighbours keep their order."""
    chance, step = Random(1), Decimal("0.0001")
    numbers = [Decimal(chance.randrange(-(10**15) + 1, 10**15 - 1)) * step for _ in range(10_000)]
    for one in [*numbers, *(one for one in worded_files.NUMBERS if abs(one) < 99999999999)]:
        cells: Any = laid_out(rules, [{"age": one + by} for by in (-step, Decimal(0), step)])["value/age"]
        below, value, above = cells
        assert below < value < above
