"""From the save of an edited pico-laser to the drawn screen of `rules watch`, beside a fresh `rules check` of the edit.

Edits of several kinds are saved to a copy in turn, each way of saving as editors have it, while the command runs in a
pseudo-terminal; the clock stops when the whole report is drawn, the proof and all. What each look takes by itself is
said below, in a process that is warm.

    python tests/bench/watch.py [--rounds N]
"""

import argparse
import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pexpect

from screener.authoring.cases import read_cases, run
from screener.authoring.checks import remarks
from screener.authoring.checks.logic import prove
from screener.authoring.diff.compare import compare
from screener.rulefile.loader import load

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).parent / "screener"
FILES = ("pico-laser.yaml", "pico-laser.sources.yaml", "pico-laser.cases.yaml")
TARGET = 0.3
HOME = "\x1b[H"
#: Between two saves: those that follow each other more quickly are taken for one.
APART = 0.7


class Edit(NamedTuple):
    """What is replaced, and what the screen then shows."""

    old: str
    new: str
    shows: tuple[str, ...]


EDITS = {
    "a word": Edit("Are you 18 or older?", "Are you 18 or over?", (": clean", "words only: question `adult`")),
    "a limit": Edit("{count: {at_least: 2}}", "{count: {at_least: 3}}", (": clean", "said for fewer answers")),
    "an option dropped": Edit(
        "concerns: [hyperpigmentation, sunspots, melasma, acne-scars, fine-lines, wrinkles, other]",
        "concerns: [hyperpigmentation, sunspots, melasma, acne-scars, fine-lines, wrinkles]",
        ("question `extent`: asked of fewer people",),
    ),
    "a promise broken": Edit("disposition: doctor-first\n", "disposition: tell-first\n", ("broken-promise",)),
    "a syntax error": Edit("\nquestions:\n", "\nquestions\n", ("not-yaml",)),
    "an unknown option": Edit("when: {concerns: melasma}", "when: {concerns: melasmo}", ("unknown-option",)),
}


def in_place(path: Path, text: str) -> None:
    """Save as most editors do."""
    path.write_text(text, "utf-8")


def by_name(path: Path, text: str) -> None:
    """Save to a new file that gets the name, as vim and others do."""
    draft = path.with_suffix(".tmp")
    draft.write_text(text, "utf-8")
    draft.rename(path)


class Watching:
    """`rules watch` at work on a file."""

    def __init__(self, path: Path) -> None:
        plain = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV", "NO_COLOR"))}
        self._child: pexpect.spawn[str] = pexpect.spawn(
            str(COMMAND),
            ["rules", "watch", str(path)],
            dimensions=(50, 120),
            env={**plain, "TERM": "xterm-256color"},
            encoding="utf-8",
            timeout=60,
        )
        self.until(": clean")

    def until(self, *words: str) -> None:
        """Wait until one drawing has all these words, and is no longer at the proof."""
        drawn = ""
        while not all(word in drawn for word in words) or "looking at every" in drawn or not drawn:
            drawn = (drawn + self._child.read_nonblocking(65_536, timeout=60)).rpartition(HOME)[2]

    def close(self) -> None:
        """End it."""
        with suppress(pexpect.ExceptionPexpect):
            self._child.close(force=True)


def to_screen(watching: Watching, save: Callable[[], None], words: tuple[str, ...]) -> float:
    """Seconds from the save to the drawn screen."""
    time.sleep(APART)
    start = time.perf_counter()
    save()
    watching.until(*words)
    return time.perf_counter() - start


def fresh(path: Path) -> float:
    """Seconds that a process takes that checks the same file."""
    start = time.perf_counter()
    subprocess.run([COMMAND, "rules", "check", path], capture_output=True, check=False)
    return time.perf_counter() - start


def measured(watching: Watching, path: Path, edit: Edit, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds to the screen for each save of this edit, and those of a check; each save is taken back."""
    text = path.read_text("utf-8")
    edited, saved, anew = text.replace(edit.old, edit.new), [], []
    for number in range(rounds):
        way = (in_place, by_name)[number % 2]
        saved.append(to_screen(watching, partial(way, path, edited), edit.shows))
        anew.append(fresh(path))
        to_screen(watching, partial(way, path, text), (": clean",))
    return saved, anew


def show(name: str, saved: list[float], anew: list[float]) -> None:
    """One line of the table."""
    middle, other = statistics.median(saved), statistics.median(anew)
    late = sum(one > TARGET for one in saved)
    print(
        f"{name:20} {middle * 1000:7.0f} ms {max(saved) * 1000:7.0f} ms {late:5} of {len(saved):3}"
        f" {other * 1000:7.0f} ms {middle / other:6.2f}"
    )


def stages(folder: Path) -> dict[str, Callable[[], object]]:
    """What is done after a save, part by part."""
    text, sources, cases = ((folder / name).read_text("utf-8") for name in FILES)
    rules = load(text, FILES[0], lambda name: (sources, name))
    edit = EDITS["a limit"]
    after = load(text.replace(edit.old, edit.new), FILES[0], lambda name: (sources, name))
    worked, _ = read_cases(cases, rules)
    return {
        "load": lambda: load(text, FILES[0], lambda name: (sources, name)),
        "texts": lambda: remarks(rules),
        "proof": lambda: prove(rules, lambda: None, lambda *_: None),
        "cases read": lambda: read_cases(cases, rules),
        "cases run": lambda: [run(rules, one) for one in worked],
        "diff": lambda: compare(rules, after, lambda: None, lambda *_: None),
    }


def show_stages(folder: Path, rounds: int) -> None:
    """What each part takes in a warm process."""
    gc.disable()
    for name, work in stages(folder).items():
        taken = []
        for _ in range(rounds):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
        print(f"{name:20} {statistics.median(taken) * 1000:7.0f} ms {max(taken) * 1000:7.0f} ms")
        gc.collect()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in FILES:
            shutil.copy(ROOT / "rules" / file, folder)
        path = folder / FILES[0]
        watching = Watching(path)
        print(f"{'':20}     median      worst   over {TARGET * 1000:.0f}  a check    ratio")
        for kind, edit in EDITS.items():
            show(kind, *measured(watching, path, edit, rounds))
        watching.close()
        print("\nby itself               median      worst")
        show_stages(folder, rounds)


if __name__ == "__main__":
    main()
