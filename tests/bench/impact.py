"""Which people a small edit of pico-laser concerns, beside the plain way: everybody assessed in full, with each file.

    python tests/bench/impact.py [--people N] [--rounds N]

People answer at random; the records of a store would come with the time that it takes to open them on top. Both ways
are timed in turns, the plain one with fewer people. The first person of each round costs the comparison of the files.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from people import at_random
from twice import twice

from screener.records.impact.compare import impact
from screener.records.impact.effect import Visit
from screener.rulefile.find import rules_folder
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

#: What is edited: the old words, and the new ones.
EDITS = {
    "a line is reworded": ("Show them to your professional and say how they began.", "Show them to your professional."),
    "a line is for others": ("when: {health: keloid}", "when: {health: [keloid, slow-healing]}"),
    "a line is more urgent": (
        "when: {health: seizures}\n    when_unsure: skip\n    disposition: tell-first",
        "when: {health: seizures}\n    when_unsure: skip\n    disposition: doctor-first",
    ),
    "a question is for others": (
        "    when: {adult: yes, concerns: other}",
        "    when: {adult: yes, concerns: [other, none]}",
    ),
    "a step is reworded": ("title: See a doctor first", "title: See a doctor before anything else"),
    "an option is new": ("      diabetes: Diabetes\n", "      diabetes: Diabetes\n      asthma: Asthma\n"),
    "every question hangs on more": (
        "  - id: adult\n    section: Before we start\n",
        "  - {id: here, type: yes-no, ask: Are you here?}\n"
        "  - id: adult\n    section: Before we start\n    when: {here: yes}\n",
    ),
}
FEWER = 200


def edited() -> dict[str, tuple[RuleFile, RuleFile]]:
    """The real questionnaire before and after each edit."""
    folder = Path(rules_folder())
    text, sources = ((folder / f"pico-laser{end}.yaml").read_text("utf-8") for end in ("", ".sources"))

    def read(text: str) -> RuleFile:
        return load(text, "pico-laser.yaml", lambda name: (sources, name))

    for name, (old, _) in EDITS.items():
        if text.count(old) != 1:
            raise SystemExit(f"{name}: the words to edit stand {text.count(old)} times in pico-laser.yaml")
    return {name: (read(text), read(text.replace(old, new))) for name, (old, new) in EDITS.items()}


def a_second(work: Callable[[], object], people: int) -> float:
    """How many people are done in a second."""
    gc.collect()
    start = time.perf_counter()
    work()
    return people / (time.perf_counter() - start)


def measured(old: RuleFile, new: RuleFile, people: Sequence[Visit], rounds: int) -> tuple[float, float, int]:
    """People a second in our way and in the plain way, and how many the edit concerns."""
    ours, plain, fewer = list[float](), list[float](), people[:: max(1, len(people) // FEWER)]
    for _ in range(rounds):
        ours.append(a_second(lambda: impact(lambda day: old, lambda day: new, people), len(people)))
        plain.append(a_second(lambda: [*map(twice(old, new), fewer)], len(fewer)))
    concerned = len(impact(lambda day: old, lambda day: new, people).concerned)
    return statistics.median(ours), statistics.median(plain), concerned


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    files = edited()
    people = [*islice(at_random(next(iter(files.values()))[0]), wanted.people)]
    print(f"{wanted.people} people, median of {wanted.rounds} rounds; people a second")
    print(f"{'':28} {'concerned':>9} {'ours':>9} {'plain':>7} {'ratio':>6}")
    for name, (old, new) in files.items():
        ours, plain, concerned = measured(old, new, people, wanted.rounds)
        print(f"{name:28} {concerned:9} {ours:9.0f} {plain:7.0f} {ours / plain:6.0f}")


if __name__ == "__main__":
    main()
