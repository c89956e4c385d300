"""A table in any of the ways that systems write it is read as the answers that it was written of."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import polars as pl
import pytest
import tabled
import worded_files
import written_tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import cases

from screener.engine.assess import assess
from screener.rulefile.model import Answers, RuleFile
from screener.tables.compiled import assessed
from screener.tables.files.opening import open_table
from screener.tables.files.piece import OF, ROW, TablePiece
from screener.tables.given.answers import people_in
from screener.tables.given.coded import as_texts
from screener.tables.given.columns import looked_at
from screener.tables.given.preparing import prepared
from screener.tables.given.single import answers_of
from screener.tables.layout import results


def pieces(rules: RuleFile, file: Path, size: int = 40) -> "list[TablePiece]":
    """All rows of a table, a few at a time."""
    table = open_table(file)
    found, problems = looked_at(rules, table.names, "t")
    assert [one for one in problems if one.level == "error"] == []
    return list(table.pieces(found.used, size))


def came_out(rules: RuleFile, file: Path) -> pl.DataFrame:
    """What follows for every row."""
    found, _ = looked_at(rules, open_table(file).names, "t")
    ready = [prepared(rules, found, piece) for piece in pieces(rules, file)]
    assert [one.bad.to_dicts() for one in ready if one.bad.height] == []
    return pl.concat(assessed(one.rows, rules) for one in ready)


def columns_of(piece: TablePiece) -> list[str]:
    """The columns of somebody's table in a piece."""
    return [name for name in piece.frame.columns if name != ROW]


def read_back(rules: RuleFile, people: Sequence[Answers], file: Path, chance: Random) -> None:
    """Write the people into a table, and hold what comes out against each of them."""
    written_tables.as_file(written_tables.written(rules, people, chance), file)
    found = came_out(rules, file)
    assert found.select(results(rules)).to_dict(as_series=False) == tabled.told(rules, people)
    assert found[f"{OF}record_id"].to_list() == [f"P{number}" for number in range(len(people))]


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".arrow", ".ndjson", ".xlsx"])
def test_worked_cases_come_back_from_every_kind_of_file(ending: str, pico: RuleFile, tmp_path: Path) -> None:
    """Ids, labels, a column for each option, lists with semicolons or blanks; in five kinds of files."""
    for seed in range(2):
        read_back(pico, list(cases().values()), tmp_path / f"t{seed}{ending}", Random(seed))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(worded_files.rich_files(), st.integers(0, 10**9))
def test_made_up_tables_come_back(tmp_path_factory: pytest.TempPathFactory, rules: RuleFile, seed: int) -> None:
    """Random questionnaires with numbers, dates and texts, answered and unanswered."""
    chance = Random(seed)
    people = [worded_files.answers(rules, chance) for _ in range(20)]
    read_back(rules, people, tmp_path_factory.mktemp("t") / "t.csv", chance)


def test_a_row_by_itself_is_read_as_all_rows_are(pico: RuleFile, tmp_path: Path) -> None:
    """The answers that the whole summary of one row is made of, and those that an edit is held against."""
    people = list(cases().values())
    file = written_tables.as_file(written_tables.written(pico, people, Random(5)), tmp_path / "t.csv")
    found, _ = looked_at(pico, open_table(file).names, "t")
    seen = []
    for piece in pieces(pico, file):
        for place, one in enumerate(people_in(pico, found, piece)):
            cells = {name.removeprefix(OF): as_texts(piece.frame[name])[place] for name in columns_of(piece)}
            by_itself = answers_of(pico, found, cells)
            assert one.answers is not None
            assert set(one.answers) == set(by_itself)
            seen.append(assess(pico, by_itself))
    assert seen == [assess(pico, given) for given in people]
