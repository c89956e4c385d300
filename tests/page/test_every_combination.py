"""Python and JavaScript say the same of each condition, for every combination of answers that it hangs on."""

from pathlib import Path
from typing import Any

import combined
import pytest
import second_engine
from combined import Combinations, Target
from paths import GOOD
from second_engine import Realm, rules_on

from screener.engine.assess import assess
from screener.page.table import table
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Disposition, RuleFile

FILES = [path for path in sorted(GOOD.glob("*.yaml")) if path.suffixes == [".yaml"]]
#: More combinations than these are not all tried; for what is looked at in every run of the suite, and in the slow one.
SOON, LATE = 4_000, 200_000
#: A disposition hangs on nearly everything, and is no more than the most urgent of the lines.
STEPS = 5_000


def differing(page: Realm, rules: RuleFile, target: Target, found: Combinations) -> list[object]:
    """The combinations for which the two engines differ, with what each says."""
    hung_on = rules.hangs_on(target.when) | ({target.own.id} if target.own else set())
    asked = [question for question in rules.questions if question.id in hung_on]
    each = list(found.each())
    plain = [second_engine.plain(given) for given in each]
    when = conditions(table(rules))[target.name]
    theirs = page("verdicts", when=when, skip=target.skip, own=target.own.id if target.own else None, each=plain)
    ours = (combined.verdict(rules, target, asked, given) for given in each)
    return [(given, our, their) for given, our, their in zip(plain, ours, theirs, strict=True) if our != their]


def conditions(whole: dict[str, Any]) -> dict[str, Any]:
    """The conditions of a table by the names of their targets."""
    keys = (("guidance", "line"), ("questions", "question"), ("referrals", "referral"))
    return {f"{name} {one['id']}": one["when"] for key, name in keys for one in whole[key] if "when" in one}


def compared(page: Realm, rules: RuleFile, most: int) -> str:
    """Compare every condition of a rule file; what was tried, in a line."""
    second_engine.of(page, rules)
    tried, cut, sampled = 0, [], []
    for target in combined.targets(rules):
        found = combined.combinations_of(rules, [target.when], most, target.own)
        assert differing(page, rules, target, found) == [], target.name
        tried += min(found.size, most)
        cut += [target.name] if found.cut and found.sampled is None else []
        sampled += [f"{target.name}: {most:,} of {found.size:,}"] if found.sampled is not None else []
    said = f"{rules.id}: {tried:,} combinations, {len(cut)} conditions with options of one kind tried as one"
    return f"{said}, sampled: {'; '.join(sampled) or 'none'}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_conditions_come_out_the_same(path: Path, page: Realm) -> None:
    """Truth for and against what is kept back, how surely it is said, the state of a question, and the reasons."""
    print(compared(page, rules_on(path), SOON))


def test_conditions_of_the_real_file_come_out_the_same(pico: RuleFile, page: Realm) -> None:
    """The same for the questionnaire that comes with the tool."""
    print(compared(page, pico, SOON))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pico-laser", *FILES], ids=lambda name: Path(name).stem)
def test_every_combination_comes_out_the_same(name: str | Path, page: Realm, artefacts: Path) -> None:
    """The same with every set of options, as far as there are at most 200,000 combinations."""
    said = compared(page, rules_on(name), LATE)
    with (artefacts / "both-engines.txt").open("a", encoding="utf-8") as account:
        print(said, file=account)


def calls(rules: RuleFile, step: Disposition) -> list[Condition]:
    """The conditions of the lines that call for a step."""
    return [line.when for line in rules.guidance if line.when and line.disposition == step.id]


def steps_compared(page: Realm, rules: RuleFile, most: int) -> str:
    """Compare the step for what the lines of each step hang on together; what was tried, in a line."""
    second_engine.of(page, rules)
    tried, sampled = 0, []
    for step in rules.dispositions:
        found = combined.combinations_of(rules, calls(rules, step), most)
        each = list(found.each())
        theirs = page("steps", each=[second_engine.plain(given) for given in each])
        summaries = [assess(rules, given) for given in each]
        assert [[one.disposition.id, list(one.because)] for one in summaries] == theirs
        tried += len(each)
        sampled += [f"{step.id}: {most:,} of {found.size:.2g}"] if found.sampled is not None else []
    return f"{rules.id}, steps: {tried:,} combinations, sampled: {'; '.join(sampled) or 'none'}"


@pytest.mark.parametrize("path", [None, *FILES], ids=lambda path: path.stem if path else "pico-laser")
def test_steps_come_out_the_same(path: Path | None, page: Realm) -> None:
    """The most urgent step and the lines behind it, for what the lines of each step hang on together."""
    print(steps_compared(page, rules_on(path or "pico-laser"), STEPS))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pico-laser", *FILES], ids=lambda name: Path(name).stem)
def test_many_steps_come_out_the_same(name: str | Path, page: Realm, artefacts: Path) -> None:
    """The same, ten times as many where they are not all tried."""
    said = steps_compared(page, rules_on(name), 10 * STEPS)
    with (artefacts / "both-engines.txt").open("a", encoding="utf-8") as account:
        print(said, file=account)
