"""What stands on the page's summary is what stands on that of `screener start`, row for row and word for word."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import second_engine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import GOOD
from readers import cases, real
from second_engine import Realm
from worded_files import answers, rich_files

from screener.engine.addressed import addressed
from screener.engine.assess import assess
from screener.page import build
from screener.page.script import script
from screener.page.words import words
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.days import SOME_DAY
from screener.rulefile.model import RuleFile
from screener.summary import person

FILES = [path for path in sorted(GOOD.glob("*.yaml")) if path.suffixes == [".yaml"]]
SHEET = (Path(build.__file__).parent / "pages" / "sheet.js").read_text("utf-8")


@pytest.fixture(scope="module")
def sheets(page: Realm) -> Iterator[Realm]:
    """The page's engine with what makes its sheets."""
    with second_engine.realm(f"((engine) => ({{ ...engine, ...({SHEET.strip()})(engine) }}))({script()})") as asked:
        yield asked


def plain(value: Any) -> Any:
    """A sheet as JSON has it."""
    if hasattr(value, "_asdict"):
        return {key: plain(one) for key, one in value._asdict().items()}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def ours(rules: RuleFile, given: Mapping[str, Answer]) -> Any:
    """The sheet as Python makes it."""
    summary = assess(rules, given)
    return plain(person.sheet(addressed(rules, summary.answers), summary))


def same(sheets: Realm, rules: RuleFile, many: Iterable[Mapping[str, Answer]]) -> None:
    """Both sheets have the same rows for each of these answers."""
    sets = list(many)
    second_engine.of(sheets, rules, rules.today)
    known = words(rules)
    theirs = sheets("call", name="sheet", each=[[known, second_engine.plain(one)] for one in sets])
    for one, their in zip(sets, theirs, strict=True):
        assert their == ours(rules, one)


def begun(complete: Mapping[str, Answer]) -> list[dict[str, Answer]]:
    """The answers as far as they were given at each point."""
    return [{id: complete[id] for id in list(complete)[:place]} for place in range(len(complete) + 1)]


def test_worked_cases_read_the_same(pico: RuleFile, sheets: Realm) -> None:
    """Every worked case of the questionnaire that comes with the tool, and each while it is not finished."""
    same(sheets, pico, (some for case in (*cases().values(), *real().values()) for some in begun(case)))


@pytest.mark.parametrize("path", [None, *FILES], ids=lambda path: path.stem if path else "pico-laser")
def test_any_answers_read_the_same(path: Path | None, sheets: Realm) -> None:
    """Random answers, unfinished ones included."""
    chance = Random(1)
    for day in (SOME_DAY, date(2028, 2, 29)):
        rules = second_engine.rules_on(path or "pico-laser", day)
        same(sheets, rules, (answers(rules, chance) for _ in range(40)))


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(rich_files(), st.integers(0, 10**9))
def test_generated_files_read_the_same(sheets: Realm, rules: RuleFile, seed: int) -> None:
    """Random rule files with texts of all kinds."""
    chance = Random(seed)
    same(sheets, rules, (answers(rules, chance) for _ in range(25)))
