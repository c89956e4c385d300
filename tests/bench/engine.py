"""Assessing the real questionnaire, and reading and walking a very large one, beside what YAML alone costs.

python tests/bench/engine.py
"""

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from screener.authoring.cases import read_cases
from screener.engine.assess import assess, next_question
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.find import load_rules, rules_folder
from screener.rulefile.loader import load

SIZE = 5_000


def large(size: int) -> str:
    """A rule file with so many questions and lines of guidance; each question hangs on the one before it."""
    lines = ["format: 1", "id: large", "version: 1.0.0", "title: Large", "language: en", "questions:"]
    for n in range(size):
        lines += [f"  - id: q{n}", f"    section: Part {n // 50}", "    type: many"]
        lines += [f"    ask: Which of these applies to you in case {n}?", "    why: We ask this to fill the file."]
        lines += ["    options:", f"      a: First {n}", f"      b: Second {n}", f"      c: Third {n}"]
        lines += ["      none: {label: None of these, exclusive: true}"]
        if n:
            lines.append(f"    when: {{q{n - 1}: [a, b]}}")
    lines.append("guidance:")
    for n in range(size):
        lines += [f"  - id: g{n}", f"    topic: Part {n // 50}"]
        lines += [f"    when: {{all: [{{q{n}: a}}, {{q{n // 2}: [a, c]}}]}}", "    disposition: tell"]
        lines += [f"    says: This is what is said about case {n}."]
    lines += ["dispositions:", "  - {id: tell, title: Tell, says: Tell it.}", "referral: {says: See someone.}"]
    return "\n".join(lines)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of one call; rubbish of the call before is cleared away first."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
        del result
    return statistics.median(times)


def pico() -> None:
    """Assess every worked case of the real questionnaire."""
    rules = load_rules("pico-laser")
    cases, _ = read_cases((Path(rules_folder()) / "pico-laser.cases.yaml").read_text("utf-8"), rules)
    medians = []
    for case in cases:
        times = []
        for _ in range(100):
            start = time.perf_counter()
            assess(rules, case.answers)
            times.append(time.perf_counter() - start)
        medians.append(statistics.median(times) * 1e6)
    middle, most = statistics.median(medians), max(medians)
    print(
        f"assess, pico-laser, {len(cases)} cases: median {middle:.0f} µs, slowest case {most:.0f} µs (target: 200 µs)"
    )


def reading(text: str) -> None:
    """Load the large file beside yaml.compose alone: as it is called, and with the garbage collector off for both."""
    loader = yaml.CBaseLoader

    def compose() -> object:
        return yaml.compose(text, Loader=loader)

    plain, ours = seconds(compose, 3), seconds(lambda: load(text), 3)
    print(f"compose alone, {SIZE} questions and lines: {plain:.2f} s; load: {ours:.2f} s")
    print(f"ratio: {ours / plain:.2f} (target: at most 4)")
    gc.disable()
    bare, ours = seconds(compose, 3), seconds(lambda: load(text), 3)
    gc.enable()
    print(f"with the collector off for both: {bare:.2f} s and {ours:.2f} s, ratio {ours / bare:.2f}")


def walking(text: str) -> None:
    """Ask all questions of the large file one by one."""
    rules = load(text)
    answers: dict[str, Answer] = {}
    settled: dict[str, State] = {}
    steps = []
    while True:
        start = time.perf_counter()
        question = next_question(rules, answers, settled)
        steps.append(time.perf_counter() - start)
        if question is None:
            break
        answers[question.id] = ("a",)
    cold = seconds(lambda: next_question(rules, answers), 5)
    print(f"next_question, {len(steps)} steps: median {statistics.median(steps) * 1e3:.4f} ms,", end=" ")
    print(f"slowest {max(steps) * 1e3:.3f} ms (target: 1 ms); all of it afresh: {cold * 1e3:.1f} ms")


if __name__ == "__main__":
    pico()
    reading(large(SIZE))
    walking(large(SIZE))
