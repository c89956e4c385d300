"""From starting `screener intake new` to the first question on a real pseudo-terminal, beside `screener start`.

All run alternately in one session, so that noise hits all. The store is opened while the person reads.

    python tests/bench/desk.py [--rounds N]
"""

import argparse
import statistics
import subprocess
import tempfile
from pathlib import Path

from startup import COMMAND, QUESTION, to_question

TARGET = 1.15
AGREE = "May your answers be kept?"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        subprocess.run([COMMAND, "intake", "init", "--store", store, "--key", "file"], check=True, capture_output=True)
        new = [str(COMMAND), "intake", "new", "--store", store, "--ref", "F-1"]
        ways = {
            "screener start": ([str(COMMAND), "start"], QUESTION),
            "screener intake new, to its first question": ([*new, "--consent"], QUESTION),
            "screener intake new, to the consent": (new, AGREE),
        }
        for command, question in ways.values():
            to_question(command, question)  # the first run compiles and fills the caches
        taken = [{name: to_question(*way).clock for name, way in ways.items()} for _ in range(rounds)]
    floor = "screener start"
    for name in ways:
        median = statistics.median(one[name] for one in taken)
        ratio = statistics.median(one[name] / one[floor] for one in taken)
        print(f"{name:44} {median * 1000:6.0f} ms   ratio {ratio:.2f} (at most {TARGET})")


if __name__ == "__main__":
    main()
