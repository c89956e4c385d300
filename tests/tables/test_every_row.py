"""A table says of each row what `assess` says: for every combination of answers that a condition hangs on."""

from itertools import combinations, product
from pathlib import Path
from random import Random

import combined
import pytest
import tabled
import worded_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import GOOD
from second_engine import rules_on

from screener.ground.shapes import changed
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, Guidance, Referral, RuleFile

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


ATOMS = ("a: yes", "b: yes", "c: yes", "a: unsure", "b: answered", "c: [yes, declined]")


def every_shape() -> RuleFile:
    """Two and three parts joined in every way, some of them turned round, as lines that are said in doubt or not."""
    plain = [f"{{{atom}}}" for atom in ATOMS]
    either = [*plain, *(f"{{not: {one}}}" for one in plain)]
    pairs = [f"{{{join}: [{', '.join(two)}]}}" for join in ("all", "any") for two in combinations(either, 2)]
    nested = [
        f"{{{join}: [{one}, {two}]}}" for join in ("all", "any") for one, two in zip(pairs, pairs[7:], strict=False)
    ]
    whens = [*either, *pairs, *nested, *(f"{{not: {one}}}" for one in (*pairs, *nested))]
    lines = [
        f"  - {{id: g{n}-{unsure}, topic: T, says: S., when_unsure: {unsure}, when: {when}}}"
        for n, when in enumerate(whens)
        for unsure in ("say", "skip")
    ]
    return load("\n".join([SHAPES, "guidance:", *lines]))


SHAPES = """
format: 1
id: every-shape
version: 1.0.0
title: Every shape
language: en
questions:
  - {id: a, type: yes-no, ask: A?, unsure: yes, decline: yes}
  - {id: b, type: yes-no, ask: B?, unsure: yes}
  - {id: c, type: yes-no, ask: C?, decline: yes, when: {all: [{a: yes}, {not: {b: yes}}]}}
dispositions: [{id: d, title: D, says: D.}]
referral: {says: R.}
"""


def alone(rules: RuleFile, line: Guidance) -> RuleFile:
    """The file with one line only, or in its place a referral: what is missing then hangs on that alone."""
    if line.when_unsure == "say":
        return changed(rules, guidance=(line,))
    referral = Referral(id="x", when=line.when, says="R.")
    return changed(rules, guidance=(changed(line, when=None),), referrals=(referral, rules.referral))


def test_every_shape_of_condition_comes_out_the_same() -> None:
    """Whatever way parts are joined, in every combination of answers, also where some are open or kept back."""
    rules = every_shape()
    answers = [(None, *combined.possible(question, ())) for question in rules.questions]
    people: list[Answers] = [
        {question.id: answer for question, answer in zip(rules.questions, some, strict=True) if answer is not None}
        for some in product(*answers)
    ]
    assert (len(people), len(rules.guidance)) == (5 * 4 * 4, 2 * 776)
    assert tabled.differing(tabled.in_polars, rules, people, tabled.told(rules, people)) == []
    for line in rules.guidance[::5]:
        one = alone(rules, line)
        assert tabled.differing(tabled.in_polars, one, people, tabled.told(one, people)) == [], line.when


def test_what_only_shows_a_question_that_is_not_asked_is_not_missing() -> None:
    """An open answer matters by the question that it may show, not once that one is not asked anyway."""
    head = SHAPES.replace("dispositions", "  - {id: d, type: yes-no, ask: D?}\ndispositions")
    rules = load(f"{head}guidance:\n  - {{id: g, topic: T, says: S., when: {{any: [{{c: yes}}, {{d: yes}}]}}}}")
    people: list[Answers] = [{"a": "no"}, {"a": "yes"}, {"a": "no", "d": "yes"}]

    assert tabled.told(rules, people)["missing/b"] == [False, True, False]
    assert tabled.differing(tabled.in_polars, rules, people, tabled.told(rules, people)) == []


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
