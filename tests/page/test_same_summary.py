"""The page's engine gives the summary of `screener start --format json`, byte for byte."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import second_engine
from commands import start
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import GOOD, RULES
from second_engine import Realm, rules_on
from worded_files import answers, rich_files

from screener.authoring.cases import read_cases
from screener.engine.assess import assess
from screener.ground.wrapping import Look
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.days import SOME_DAY
from screener.rulefile.model import RuleFile
from screener.summary.as_json import render

FILES = [path for path in sorted(GOOD.glob("*.yaml")) if path.suffixes == [".yaml"]]
Given = Mapping[str, Answer]


def same(page: Realm, rules: RuleFile, many: Iterable[Given]) -> None:
    """Both engines write the same bytes for each of these answers."""
    sets = list(many)
    second_engine.of(page, rules, rules.today)
    plain = [second_engine.plain(one) for one in sets]
    theirs = page("hashes", each=plain)
    for one, hash in zip(sets, theirs, strict=True):
        ours = render(rules, assess(rules, one), Look())
        if hash != sha256(ours.encode()).hexdigest():
            assert page("texts", each=[second_engine.plain(one)]) == [ours]


def unfinished(complete: Given) -> list[Given]:
    """The answers as far as they were given at each point, and with each one left out."""
    ids = list(complete)
    begun = [{id: complete[id] for id in ids[:place]} for place in range(len(ids) + 1)]
    return [*begun, *({id: answer for id, answer in complete.items() if id != out} for out in ids)]


def test_worked_cases_come_out_the_same(pico: RuleFile, page: Realm) -> None:
    """Every worked case of the questionnaire that comes with the tool, and each while it is not finished."""
    cases, _ = read_cases((RULES / "pico-laser.cases.yaml").read_text("utf-8"), pico)

    same(page, pico, (some for case in cases for some in unfinished(case.answers)))


def test_the_command_writes_what_the_page_writes(pico: RuleFile, page: Realm, tmp_path: Path) -> None:
    """`screener start --answers` prints these very bytes."""
    cases, _ = read_cases((RULES / "pico-laser.cases.yaml").read_text("utf-8"), pico)
    second_engine.of(page, pico)
    for case in cases[:3]:
        plain = second_engine.plain(case.answers)
        (tmp_path / "answers.json").write_text(json.dumps(plain), encoding="utf-8")
        code, out, _ = start("--answers", tmp_path / "answers.json", "--format", "json")
        assert (code, [out]) == (0, page("texts", each=[plain]))


@pytest.mark.parametrize("path", [None, *FILES], ids=lambda path: path.stem if path else "pico-laser")
def test_any_answers_come_out_the_same(path: Path | None, page: Realm) -> None:
    """Random answers, unfinished ones included, on days whose months are long and short."""
    chance = Random(1)
    for day in (SOME_DAY, date(2026, 3, 31), date(2028, 2, 29)):
        rules = rules_on(path or "pico-laser", day)
        same(page, rules, (answers(rules, chance) for _ in range(40)))


def test_generated_files_come_out_the_same(page: Realm) -> None:
    """Random rule files with texts of all kinds."""
    generated(page, files=40, sets=25)


@pytest.mark.slow
def test_many_generated_files_come_out_the_same(page: Realm) -> None:
    """300 random rule files, 300 sets of answers to each."""
    generated(page, files=300, sets=300)


def generated(page: Realm, files: int, sets: int) -> None:
    """So many rule files, and so many sets of answers to each."""
    tried = 0

    @settings(deadline=None, max_examples=files, suppress_health_check=list(HealthCheck))
    @given(rich_files(), st.integers(0, 10**9))
    def come_out_the_same(rules: RuleFile, seed: int) -> None:
        nonlocal tried
        chance = Random(seed)
        same(page, rules, (answers(rules, chance) for _ in range(sets)))
        tried += sets

    come_out_the_same()
    assert tried >= files * sets
