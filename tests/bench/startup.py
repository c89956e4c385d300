"""From starting the command to the first question on a real pseudo-terminal, beside a bare script; and where it goes.

The bare script is what someone else would write with the same libraries: a typer command that reads the same YAML with
CSafeLoader and asks the first question through questionary, with the marks and the style that ours has. Nothing of ours
is in it, not even how we treat Python's collector of rubbish. Both run alternately in one session, so that noise hits
both, with everything compiled, as after an installation: without that a run measures Python's compiler.

    python tests/bench/startup.py [--rounds N]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pexpect

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules" / "pico-laser.yaml"
COMMAND = Path(sys.executable).parent / "screener"
QUESTION = "Are you 18 or older?"
TARGET = 1.08
BARE = """\
from pathlib import Path

import questionary
import typer
import yaml

app = typer.Typer()


@app.command()
def start(rules: Path) -> None:
    with rules.open("rb") as file:
        data = yaml.load(file, Loader=yaml.CSafeLoader)
    question = data["questions"][0]
    style = questionary.Style([("question", "bold"), ("pointer", "bold"), ("highlighted", "bold")])
    choices = [questionary.Choice("Yes", "yes"), questionary.Choice("No", "no")]
    help = "↑↓ choose · enter answer\\n"
    questionary.select(
        question["ask"], choices, qmark="", pointer="›", style=style, instruction=help, use_shortcuts=False
    ).unsafe_ask()


app()
"""
#: What is done one after the other up to the question, in each of the two; every stage is a process of its own.
STAGES_OF_BARE = {
    "python": "",
    "typer": "import typer",
    "questionary": "import questionary",
    "yaml": "import yaml",
    "reading": f"yaml.load(open({str(RULES)!r}, 'rb'), Loader=yaml.CSafeLoader)",
    "the command and its options": (
        "from pathlib import Path\nimport typer.main\n"
        "def start(rules: Path) -> None: pass\n"
        "app = typer.Typer(); app.command()(start)\n"
        f"typer.main.get_command(app).make_context('bare', [{str(RULES)!r}])"  # pydantic is loaded here
    ),
}
STAGES_OF_OURS = {
    "python": "import gc, os; gc.set_threshold(100_000, 50, 50); os.environ['PYDANTIC_DISABLE_PLUGINS'] = '1'",
    "typer": "import typer",
    "questionary": "import questionary",
    "yaml": "import yaml",
    "the command and its options": (
        "import typer.main\nfrom screener.cli import app\n"
        "root = typer.main.get_command(app); context = root.make_context('screener', ['start'])\n"
        "root.commands['start'].make_context('start', [], parent=context)"
    ),
    "our modules": "from screener.cli.start import intake, asking\nfrom screener.cli.reading import load",
    "reading": "load('pico-laser')",
    "our prompts": "from screener.interview.terminal import asker",
}


class Spent(NamedTuple):
    """Seconds until the question is on the terminal: as a clock has it, and those of the processor."""

    clock: float
    processor: float


def environment() -> dict[str, str]:
    """That of a person: nothing that keeps Python from keeping what it compiled."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}
    return {**plain, "TERM": "xterm-256color"}


def to_question(command: list[str], question: str = QUESTION) -> Spent:
    """How long it takes until the question is on the terminal."""
    start = time.perf_counter()
    child: pexpect.spawn[str] = pexpect.spawn(
        command[0], command[1:], dimensions=(50, 80), env=environment(), encoding="utf-8", timeout=60
    )
    child.expect_exact(question)
    taken, had = time.perf_counter() - start, float("nan")
    with suppress(OSError):  # only Linux says what another process has had of the processor
        had = int(Path(f"/proc/{child.pid}/schedstat").read_text("ascii").split()[0]) / 1e9
    with suppress(pexpect.ExceptionPexpect):  # on a busy machine it can take a while to go
        child.close(force=True)
    return Spent(taken, had)


def seconds_of(stages: dict[str, str]) -> dict[str, float]:
    """What each stage takes of the processor, in one process that does all of them."""
    lines = ["from time import process_time as now", "spent = [now()]"]
    lines += [f"{code}\nspent.append(now())" for code in stages.values()]
    lines += ["print(*spent[:1], *(after - before for before, after in zip(spent, spent[1:])))"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], env=environment(), capture_output=True, text=True, check=True
    )
    first, *parts = map(float, done.stdout.split())
    named = dict(zip(stages, parts, strict=True))
    return {**named, "python": named["python"] + first}


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The median of each stage."""
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def show(bare: list[Spent], ours: list[Spent]) -> None:
    """Print medians and ratios by the clock and by the processor."""
    print(f"until the first question, median of {len(bare)}      clock    processor")
    for name, runs in (("a bare script with the same libraries", bare), ("screener start", ours)):
        clock, processor = (statistics.median(times) * 1000 for times in zip(*runs, strict=True))
        print(f"{name:40} {clock:7.0f} ms {processor:7.0f} ms")
    for part, name in ((0, "clock"), (1, "processor")):
        mine, floor = (statistics.median(one[part] for one in runs) for runs in (ours, bare))
        paired = statistics.median(mine[part] / floor[part] for mine, floor in zip(ours, bare, strict=True))
        print(f"ratio by the {name}: {mine / floor:.2f} of medians, {paired:.2f} median of ratios (at most {TARGET})")


def show_stages(bare: dict[str, float], ours: dict[str, float]) -> None:
    """Print what each part takes; what is left to the sums above is the prompt itself."""
    print("\nwhat each part takes of the processor      bare       ours")
    for name in dict.fromkeys([*bare, *ours]):
        cells = (f"{one[name] * 1000:7.1f} ms" if name in one else " " * 10 for one in (bare, ours))
        print(f"{name:36} {' '.join(cells)}")
    print(f"{'together':36} {sum(bare.values()) * 1000:7.1f} ms {sum(ours.values()) * 1000:7.1f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE, "utf-8")
        bare, ours = [sys.executable, str(script), str(RULES)], [str(COMMAND), "start"]
        for command in (bare, ours):
            to_question(command)  # the first run compiles and fills the caches
        pairs = [(to_question(bare), to_question(ours)) for _ in range(rounds)]
    show([one for one, _ in pairs], [other for _, other in pairs])
    stages = [(seconds_of(STAGES_OF_BARE), seconds_of(STAGES_OF_OURS)) for _ in range(max(5, rounds // 3))]
    show_stages(medians([one for one, _ in stages]), medians([other for _, other in stages]))


if __name__ == "__main__":
    main()
