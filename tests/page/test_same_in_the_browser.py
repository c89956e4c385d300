"""The page in a browser says what `screener start --format json` says: its own script, under its own policy."""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import combined
import pytest
from live_pages import opened
from paths import GOOD, RULES
from second_engine import plain

from screener.authoring.cases import read_cases
from screener.engine.assess import assess
from screener.page.build import webpage
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.find import load_rules
from screener.rulefile.model import RuleFile
from screener.summary.as_json import as_dict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: More combinations than these are not all tried: in every run of the suite, and in the slow one.
SOON, LATE = 40, 4_000
# Every summary on a line of its own, and of these lines one hash.
ASSESSED = """async (all) => {
    const lines = all.map((given) => `${JSON.stringify(screener.assess(given))}\\n`).join("");
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines)));
    return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}"""


def line(rules: RuleFile, given: Mapping[str, Answer]) -> str:
    """The summary as Python has it, on one line."""
    summary = as_dict(rules, assess(rules, given))
    return json.dumps(summary, ensure_ascii=False, separators=(",", ":")) + "\n"


def same(page: "Page", rules: RuleFile, many: Iterable[Mapping[str, Answer]]) -> int:
    """For each of these answers the page says the same, letter for letter; how many there were."""
    sets = list(many)
    sent = [plain(given) for given in sets]
    ours = [line(rules, given) for given in sets]
    if page.evaluate(ASSESSED, sent) != sha256("".join(ours).encode()).hexdigest():
        for given, our in zip(sent, ours, strict=True):
            assert page.evaluate("(given) => JSON.stringify(screener.assess(given))", given) + "\n" == our
        pytest.fail("the summaries differ together, and not one by one")
    return len(sets)


@pytest.fixture
def real_page(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> "Iterator[Page]":
    """The page of the questionnaire that comes with the tool."""
    with opened(chromium, webpage(pico), tmp_path) as page:
        page.locator("button.main").wait_for()
        yield page


def test_worked_cases_come_out_the_same_in_the_browser(pico: RuleFile, real_page: "Page") -> None:
    """Every worked case of pico-laser, and each while it is not finished."""
    cases, _ = read_cases((RULES / "pico-laser.cases.yaml").read_text("utf-8"), pico)
    begun = [dict(list(one.answers.items())[:count]) for one in cases for count in range(len(one.answers) + 1)]

    assert same(real_page, pico, begun) > 1_000


def every_combination(page: "Page", rules: RuleFile, most: int) -> str:
    """Compare the summaries for every combination that each line, question or referral hangs on; what was tried."""
    tried, sampled = 0, []
    for target in combined.targets(rules):
        found = combined.combinations_of(rules, [target.when], most, target.own)
        tried += same(page, rules, found.each())
        sampled += [f"{target.name}: {most:,} of {found.size:,}"] if found.sampled is not None else []
    return f"{rules.id}: {tried:,} combinations in the browser, sampled: {'; '.join(sampled) or 'none'}"


def test_combinations_come_out_the_same_in_the_browser(pico: RuleFile, real_page: "Page") -> None:
    """Some of those of each condition."""
    print(every_combination(real_page, pico, SOON))


@pytest.mark.slow
def test_every_combination_comes_out_the_same_in_the_browser(
    pico: RuleFile, real_page: "Page", artefacts: Path
) -> None:
    """All of those that each line, question and referral of pico-laser hangs on, as far as there are at most 4,000."""
    with (artefacts / "both-engines.txt").open("a", encoding="utf-8") as account:
        print(every_combination(real_page, pico, LATE), file=account)


@pytest.mark.parametrize("name", ["every-feature", "hidden-by-hidden", "limits", "days-and-orders", "scripts"])
def test_small_files_come_out_the_same_in_the_browser(name: str, chromium: "Browser", tmp_path: Path) -> None:
    """Every kind of question, condition and text, on the day on which the page is open."""
    rules = load_rules(GOOD / f"{name}.yaml")
    with opened(chromium, webpage(rules), tmp_path) as page:
        page.locator("button.main").wait_for()
        print(every_combination(page, rules, SOON))
