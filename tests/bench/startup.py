"""From starting the command to the first question on a real pseudo-terminal, beside a bare script.

The bare script uses the same libraries: a typer command that loads the same YAML with CSafeLoader and asks the
first question through questionary. Both run alternately in one session, so that noise hits both.

    python tests/bench/startup.py [--rounds N]
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules" / "pico-laser.yaml"
COMMAND = Path(sys.executable).parent / "screener"
QUESTION = "Are you 18 or older?"
BARE = """\
import questionary, typer, yaml

app = typer.Typer(add_completion=False)


@app.command()
def start(rules: str = {rules!r}) -> None:
    with open(rules, "rb") as file:
        data = yaml.load(file, Loader=yaml.CSafeLoader)
    question = data["questions"][0]
    questionary.select(question["ask"], ["Yes", "No"]).unsafe_ask()


app()
"""
TARGET = 1.15


def seconds_to_question(command: list[str]) -> float:
    """How long it takes until the question is on the terminal."""
    env = {**os.environ, "TERM": "xterm-256color"}
    start = time.perf_counter()
    child: pexpect.spawn[str] = pexpect.spawn(
        command[0], command[1:], dimensions=(50, 80), env=env, encoding="utf-8", timeout=60
    )
    child.expect_exact(QUESTION)
    taken = time.perf_counter() - start
    with suppress(pexpect.ExceptionPexpect):  # on a busy machine it can take a while to go
        child.close(force=True)
    return taken


def main() -> None:
    """Print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE.format(rules=str(RULES)), "utf-8")
        bare, ours = [sys.executable, str(script)], [str(COMMAND), "start"]
        for command in (bare, ours):
            seconds_to_question(command)  # the first run compiles and fills the caches
        pairs = [(seconds_to_question(bare), seconds_to_question(ours)) for _ in range(rounds)]
    floor, mine = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"bare script with the same libraries: {floor * 1000:6.0f} ms (median of {rounds})")
    print(f"screener start:                      {mine * 1000:6.0f} ms")
    print(f"ratio: {mine / floor:.2f} of medians, {ratio:.2f} median of ratios (target: at most {TARGET})")


if __name__ == "__main__":
    main()
