"""The installed command without a terminal, and small rule files for it."""

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

from paths import GOOD

COMMAND = str(Path(sys.executable).parent / "screener")


#: A rule file with three faults that answers can show.
FAULTY = """\
format: 1
id: faulty
version: 1.0.0
title: Faulty
language: en
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?, unsure: yes}
  - {id: age, type: number, ask: How old are you?, min: 0, max: 120, when: {itch: yes}}
  - {id: since, type: date, ask: Since when?, decline: yes}
  - {id: creams, type: many, ask: Which?, options: {mild: Mild, acid: Acid, none: {label: No, exclusive: yes}}}
guidance:
  - {id: less, topic: Care 🧴, when: {itch: yes}, says: Wash less often., excludes: [more]}
  - {id: more, topic: Care, when: {creams: acid}, says: Wash more often.}
  - {id: young, topic: Care, when: {age: {below: 12}}, says: Bring a parent along., disposition: doctor-first}
  - {id: mild, topic: Care, when: {creams: mild, since: {above: 2020-02-29}}, says: Bring the cream along.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
referral: {says: Please see a professional.}
invariants:
  - {id: all-see-a-doctor, because: It is safer., when: {itch: yes}, then: {disposition: doctor-first}}
"""
SMALL = (GOOD / "small.yaml").read_text(encoding="utf-8")


def hard_file(places: int = 12) -> str:
    """One person more than there are places, and a line for the case that everyone has a place alone.

    Nobody is ever told so, and a solver has to try very many cases to see it.
    """
    people = range(places + 1)
    options = ", ".join(f"p{place}: Place {place}" for place in range(places))
    asked = [f"  - {{id: q{one}, type: one, ask: Where is q{one}?, options: {{{options}}}}}" for one in people]
    for place in range(places):
        twice = ", ".join(f"{{q{one}: p{place}, q{other}: p{place}}}" for one, other in combinations(people, 2))
        asked.append(f"  - {{id: twice-{place}, type: yes-no, ask: Twice in {place}?, when: {{any: [{twice}]}}}}")
    different = ", ".join(f"{{not: {{twice-{place}: answered}}}}" for place in range(places))
    text = FAULTY[: FAULTY.index("  - ")] + "\n".join(asked) + "\nguidance:\n"
    text += "  - {id: care, topic: Care, says: Keep the skin cool.}\n"
    text += f"  - {{id: different, topic: Care, when: {{all: [{different}]}}, says: Each has a place.}}\n"
    text += "dispositions:\n  - {id: consult, title: Talk to a professional, says: They look at your skin.}\n"
    return text + "referral: {says: Please see a professional.}\n"


def rules(*arguments: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener rules`; a fault of the program fails at once."""
    done = subprocess.run(
        [COMMAND, "rules", *map(str, arguments)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=20,
        env={**os.environ, "COLUMNS": "80"},
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    assert "inside screener" not in err
    assert "\x1b" not in out + err
    return done.returncode, out, err


def file(folder: Path, text: str, name: str = "rules.yaml") -> Path:
    """A file with this text."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def without(module: str, folder: Path) -> dict[str, str]:
    """An environment in which this module is not installed; the folder gets the file that hides it."""
    file(
        folder,
        "from importlib.machinery import PathFinder\n\nfound = PathFinder.find_spec\n\n\n"
        "def find_spec(name, path=None, target=None):\n"
        f"    return None if name.partition('.')[0] == '{module}' else found(name, path, target)\n\n\n"
        "PathFinder.find_spec = find_spec\n",
        "sitecustomize.py",
    )
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))}


def start(*arguments: str | Path, cwd: Path | None = None, typed: str = "", **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener start` with this on standard input."""
    done = subprocess.run(
        [COMMAND, "start", *map(str, arguments)],
        cwd=cwd,
        input=typed.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "80", **environment},
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    assert "inside screener" not in err
    return done.returncode, out, err
