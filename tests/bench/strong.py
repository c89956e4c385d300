"""Worked cases that notice every small change, found and judged; each file in a process of its own.

python tests/bench/strong.py           the file that comes with the tool, and generated ones
python tests/bench/strong.py wide 100  one of them
"""

import random
import resource
import subprocess
import sys
from collections.abc import Callable
from time import process_time

from proof import KINDS, built

from screener.authoring.cases import read_cases
from screener.authoring.changes.difference import cuts_with_changes
from screener.authoring.changes.noticed import judged
from screener.authoring.suggest.listing import as_cases
from screener.authoring.suggest.search import suggest
from screener.authoring.suggest.strong import strengthened
from screener.rulefile.find import load_rules, rules_folder
from screener.rulefile.model import RuleFile

#: The kinds of generated files and their lines.
FILES = (("few-questions", 200), ("deep", 200), ("deep", 2_000), ("wide", 20), ("wide", 100))
TARGET = 5.0


def no_hurry() -> None:
    """There is all the time in the world."""


def silent(_what: str, _number: int, _of: int) -> None:
    """Nobody listens."""


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, in seconds of this process, so that a busy machine matters little."""
    start = process_time()
    work()
    return process_time() - start


def suggested(rules: RuleFile) -> tuple[str, str]:
    """The suggested cases as a file, and what they notice."""
    found = suggest(rules, no_hurry, silent, cuts=cuts_with_changes(rules))
    strong = strengthened(rules, found.sets, no_hurry, silent)
    words = f"{strong.noticed_in_all:,} changes noticed by {len(found.sets)} + {len(strong.more)} sets"
    return as_cases(rules, found, strong), words


def main(kind: str, lines: int) -> None:
    """Measure the file that comes with the tool, with its own cases, or a generated one."""
    pico = kind == "pico"
    rules = load_rules("pico-laser") if pico else built(KINDS[kind](lines, random.Random(1)))
    words: list[str] = []
    finding = seconds(lambda: words.append(suggested(rules)[1]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    name = "pico-laser" if pico else f"{kind}, {lines} lines"
    print(f"{name}: suggest {finding:.2f} s, {words[0]}, memory {memory:.0f} MiB", flush=True)
    if pico:
        cases, _ = read_cases((rules_folder() / "pico-laser.cases.yaml").read_text("utf-8"), rules)
        judging = seconds(lambda: judged(rules, cases, no_hurry, silent))
        print(f"{name}: its {len(cases)} cases are judged in {judging:.2f} s (target for both: {TARGET} s)", flush=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        main(sys.argv[1], int(sys.argv[2] if sys.argv[2:] else 0))
    else:
        for kind, lines in (("pico", 0), *FILES):
            subprocess.run([sys.executable, __file__, kind, str(lines)], check=True)
