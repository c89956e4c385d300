"""Proving a rule file over every possible set of answers, beside loading it; each size in a process of its own.

python tests/bench/proof.py
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from screener.authoring.checks.logic import prove
from screener.authoring.diff.compare import compare
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

#: Rules, questions, seconds that the whole check may take more than loading.
SIZES = [(200, 34, 1.0), (2_000, 34, 10.0)]
PICO_TARGET = 0.5
MEMORY_TARGET = 200  # MiB
Raw = dict[str, Any]


def generated(lines: int, questions: int, chance: random.Random) -> Raw:
    """A rule file with so many guidance lines about so many questions, with promises on the riskiest of them."""
    asked: list[Raw] = []
    for number in range(questions):
        asked.append(question(number, asked, chance))
    said = [line(number, asked, chance) for number in range(lines)]
    risky = [one["id"] for one in asked if one["type"] in ("yes-no", "many")][:6]
    return {
        "format": 1, "id": "generated", "version": "1.0.0", "title": "Generated", "language": "en",
        "questions": asked,
        "guidance": [*said, {"id": "everyone", "topic": "Care", "says": "Keep the skin cool."}],
        "dispositions": [{"id": f"d{rank}", "title": "Next", "says": "Do it."} for rank in range(3)],
        "referral": {"says": "See a professional."},
        "invariants": [{"id": "more", "because": "Risks add up.", "never_less_urgent": risky}],
    }  # fmt: skip


def question(number: int, earlier: list[Raw], chance: random.Random) -> Raw:
    """One question; four in ten are shown only after some answer to an earlier one."""
    kind = chance.choice(["one", "many", "yes-no", "yes-no", "number"])
    raw: Raw = {"id": f"q{number}", "type": kind, "ask": f"Question {number}?"}
    if kind in ("one", "many"):
        raw["options"] = {f"o{n}": f"Option {n}" for n in range(chance.randint(3, 9))}
    if kind == "many":
        raw["options"]["none"] = {"label": "None of these", "exclusive": "yes"}
    if kind == "number":
        raw |= {"min": "0", "max": "120"}
    if chance.random() < 0.6:
        raw["unsure"] = "yes"
    if number > 3 and chance.random() < 0.4:
        raw["when"] = atom(earlier, chance)
    return raw


def line(number: int, asked: list[Raw], chance: random.Random) -> Raw:
    """One line of guidance; three in ten call for a next step."""
    raw: Raw = {"id": f"g{number}", "topic": f"Topic {number % 9}", "says": "Ask about it."}
    raw["when"] = condition(asked, chance.randint(1, 3), chance)
    if chance.random() < 0.3:
        raw["disposition"] = f"d{chance.randint(1, 2)}"
    return raw


def condition(asked: list[Raw], depth: int, chance: random.Random) -> Raw:
    """A nested condition."""
    if depth == 1 or chance.random() < 0.2:
        return atom(asked, chance)
    joint = chance.choice(["all", "any", "any", "not"])
    parts = [condition(asked, depth - 1, chance) for _ in range(chance.randint(2, 3))]
    return {"not": parts[0]} if joint == "not" else {joint: parts}


def atom(asked: list[Raw], chance: random.Random) -> Raw:
    """Something about one question."""
    about = chance.choice(asked)
    if about["type"] == "yes-no":
        return {about["id"]: "yes"}
    if about["type"] == "number":
        return {about["id"]: {chance.choice(["below", "at_least"]): str(chance.choice([12, 18, 40, 65]))}}
    return {about["id"]: chance.sample([id for id in about["options"] if id != "none"], chance.randint(1, 2))}


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of one call."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def check(rules: RuleFile) -> object:
    """The whole check of the logic, with all the time in the world."""
    return prove(rules, lambda: None, lambda *_: None)


def report(name: str, read: Callable[[], RuleFile], rounds: int, target: float) -> None:
    """Load and check, side by side."""
    rules = read()
    loading, proving = seconds(read, rounds), seconds(lambda: check(rules), rounds)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: load {loading:.3f} s, check {proving:.3f} s more (target: {target} s),", end=" ")
    print(f"ratio {proving / loading:.1f}, memory {most:.0f} MiB (target: {MEMORY_TARGET} MiB)")


def main(which: str) -> None:
    """Measure the file that comes with the tool, or a generated one."""
    if which == "pico":
        report("pico-laser", lambda: load_rules("pico-laser"), 9, PICO_TARGET)
        rules = load_rules("pico-laser")
        own = seconds(lambda: compare(rules, rules, lambda: None, lambda *_: None), 9)
        print(f"pico-laser: diff with itself {own:.3f} s more than loading")
        return
    lines, questions, target = SIZES[int(which)]
    text = json.dumps(generated(lines, questions, random.Random(1)), indent=1)
    report(f"{lines} rules, {questions} questions", lambda: load(text), 3, target)


if __name__ == "__main__":
    if sys.argv[1:]:
        main(sys.argv[1])
    else:
        for which in ("pico", *map(str, range(len(SIZES)))):
            subprocess.run([sys.executable, __file__, which], check=True)
