"""A table says of each row what `assess` says: for every combination of answers that a condition hangs on."""

from pathlib import Path
from random import Random

import pytest
import tabled
import worded_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import GOOD
from second_engine import rules_on

from screener.rulefile.model import RuleFile

FILES = [path for path in sorted(GOOD.glob("*.yaml")) if path.suffixes == [".yaml"]]
#: More combinations than these are not all tried; for what is looked at in every run of the suite, and in the slow one.
SOON, LATE = 4_000, 200_000
JUDGES = (tabled.in_polars, tabled.streamed, tabled.in_duckdb)


def compared(rules: RuleFile, most: int) -> int:
    """Compare every combination in all engines; how many there were."""
    people = tabled.every_combination(rules, most)
    expected = tabled.told(rules, people)
    for judge in JUDGES:
        assert tabled.differing(judge, rules, people, expected) == []
    return len(people)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_comes_out_the_same(path: Path) -> None:
    """What is asked, said, possible and missing, the next step and the referral, by Polars and DuckDB."""
    assert compared(rules_on(path), SOON) > 0


def test_every_row_of_the_real_file_comes_out_the_same(pico: RuleFile) -> None:
    """The same for the questionnaire that comes with the tool; options of which nothing speaks are tried as one."""
    assert compared(pico, SOON) > 10_000


@pytest.mark.slow
def test_every_set_of_options_comes_out_the_same(pico: RuleFile, artefacts: Path) -> None:
    """The same with every set of options that may be chosen, for all that a line or a question hangs on."""
    rows = compared(pico, LATE)
    (artefacts / "tables.txt").write_text(f"{pico.id}: {rows:,} rows\n", "utf-8")
    assert rows > 200_000


def same_as_assess(rules: RuleFile, chance: Random, rows: int) -> None:
    """Compare so many rows of answers, whole and unfinished, to a rule file that was made up."""
    people = [worded_files.answers(rules, chance) for _ in range(rows)]
    expected = tabled.told(rules, people)
    for judge in (tabled.in_polars, tabled.in_duckdb):
        assert tabled.differing(judge, rules, people, expected) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(worded_files.rich_files(), st.randoms(use_true_random=False))
def test_made_up_files_come_out_the_same(rules: RuleFile, chance: Random) -> None:
    """Questions of every type that hang on each other, counted days, all forms of conditions."""
    same_as_assess(rules, chance, 40)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(worded_files.rich_files(), st.randoms(use_true_random=False))
def test_many_made_up_files_come_out_the_same(rules: RuleFile, chance: Random) -> None:
    """The same for 300 files with 200 rows each."""
    same_as_assess(rules, chance, 200)
