"""How many small changes of the code the tests see: mutmut makes the changes, one at a time, and runs the tests.

python -m pip install mutmut
python tests/bench/mutation.py                                  # all four rooms, every mutant: hours
python tests/bench/mutation.py engine --sample 200 --seed 1     # so many drawn at random
python tests/bench/mutation.py engine --only NAME …             # these, after a test was written

A mutant is killed when a test of the room fails, or never ends, with it. Survivors that mean the same as the code, or
differ only where nobody looks, stand with the reason in mutation_equivalent.txt; all others are printed with their
change. So are the entries of that file whose line is no longer in the function that they name. Only bodies of functions
are changed: no constants of modules, no decorated functions, no properties.
"""

import argparse
import ast
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
EXPLAINED = Path(__file__).with_name("mutation_equivalent.txt")
TARGET = 90
#: Exit codes of pytest, and what mutmut gives itself: no test at all, and nothing found to run.
_SURVIVED = (0, 5, 33)


class Room(NamedTuple):
    """Files that are changed, and the tests that belong to them."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = {
    "engine": Room(("screener/engine/*",), ("tests/engine", "tests/interview/test_interview.py")),
    "conditions": Room(
        ("screener/rulefile/conditions/*",),
        ("tests/engine/test_engine.py", "tests/rulefile/test_describe.py", "tests/rulefile/test_atoms.py"),
    ),
    "proof": Room(
        ("screener/proof/*",), ("tests/proof", "tests/authoring/test_logic.py", "tests/authoring/test_diff.py")
    ),
    "loader": Room(
        ("screener/rulefile/loader/*",),
        (
            *("tests/rulefile/test_loader.py", "tests/rulefile/test_bad_files.py", "tests/rulefile/test_good_files.py"),
            *("tests/rulefile/test_large_files.py", "tests/rulefile/test_describe.py"),
        ),
    ),
}
#: Tests that start other processes, are about how long something takes, or have ids that can't be chosen by name.
_LEFT_OUT = (
    *("same_order", "no_long_time", "without_end", "revision", "json_holds"),
    *("answers_bring", "beside_the_rule_file", "only_looks_different"),
)
_SETUP = """[mutmut]
source_paths=screener
only_mutate=
    {files}
also_copy=
    rules
    README.md
    CHANGELOG.md
    quick.py
pytest_add_cli_args=
    -p
    quick
    -p
    no:cacheprovider
    -k
    {chosen}
pytest_add_cli_args_test_selection=
    {tests}
use_git_change_detection=false
timeout_multiplier=5
timeout_constant=5
"""
#: The same few examples every time, and no search for the smallest one that fails.
_QUICK = """from hypothesis import Phase, is_hypothesis_test, settings

MOST = 40
settings.register_profile(
    "quick", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate], max_examples=MOST
)
settings.load_profile("quick")


def pytest_collection_modifyitems(items):
    for test in {item.obj for item in items if is_hypothesis_test(getattr(item, "obj", None))}:
        asked = test._hypothesis_internal_use_settings
        test._hypothesis_internal_use_settings = settings(asked, max_examples=min(asked.max_examples, MOST))
"""


class Mutant(NamedTuple):
    """A mutant that was run: its name, and the exit code of the tests."""

    name: str
    code: int


def prepared(room: Room, folder: Path) -> None:
    """A copy of what the tests need, set up for this room."""
    unneeded = shutil.ignore_patterns("node_modules", "__pycache__", ".*")
    for name in ("screener", "tests", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=unneeded)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    chosen = " and ".join(f"not {word}" for word in _LEFT_OUT)
    joined = "\n    ".join
    setup = _SETUP.format(files=joined(room.files), tests=joined(room.tests), chosen=chosen)
    (folder / "setup.cfg").write_text(setup, encoding="utf-8")
    (folder / "quick.py").write_text(_QUICK, encoding="utf-8")


def mutmut(folder: Path, *arguments: str) -> str:
    """What mutmut prints, run in this folder; its progress, which overwrites itself, as it was at the end."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    printed = done.stdout.decode()
    return "\n".join(line.rpartition("\r")[2] for line in printed.split("\n"))


def results(folder: Path) -> dict[str, int | None]:
    """Every mutant by name with the exit code of its tests, or None where it was not run."""
    found: dict[str, int | None] = {}
    for path in sorted((folder / "mutants").rglob("*.meta")):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def change_of(folder: Path, name: str) -> str:
    """The function, the lines that a mutant takes away, and those that it puts in their place."""
    shown = mutmut(folder, "show", name).splitlines()
    lines = [f"{line[0]} {line[1:].strip()}" for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return "\n".join([name.rpartition("__mutmut_")[0], *lines])


def explained() -> dict[str, str]:
    """The reason why a change is not seen, by the change."""
    entries = EXPLAINED.read_text("utf-8").split("\n\n") if EXPLAINED.exists() else []
    parts = [entry.strip().rpartition("\n= ") for entry in entries if "\n= " in entry]
    return {change: reason for change, _, reason in parts}


def outdated(changes: Iterable[str]) -> list[str]:
    """Those of the changes that take away lines which are not in the function that they name, or name none."""
    return [change for change in changes if not _removed(change) <= _lines_of(change.split("\n")[0])]


def _removed(change: str) -> set[str]:
    return {line[2:] for line in change.split("\n") if line.startswith("- ")}


def _lines_of(function: str) -> set[str]:
    """The lines of a function by the name that mutmut gives it: `a.b.x_name`, or `a.b.xǁClassǁname` in a class."""
    module, _, mangled = function.rpartition(".")
    place = ROOT.joinpath(*module.split("."))
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    if not path.exists():
        return set()
    source = path.read_text("utf-8")
    within: list[ast.stmt] = ast.parse(source).body
    *owner, name = mangled.split("ǁ")[1:] or [mangled.removeprefix("x_")]
    if owner:
        within = [part for one in within if isinstance(one, ast.ClassDef) and one.name in owner for part in one.body]
    found = [one for one in within if isinstance(one, ast.FunctionDef) and one.name == name]
    return {line.strip() for one in found for line in (ast.get_source_segment(source, one) or "").split("\n")}


def run(folder: Path, sample: int, seed: int, only: list[str]) -> tuple[list[Mutant], int]:
    """The mutants that were run, and how many there are."""
    names = only
    if not only:
        said = mutmut(folder, "run", "--max-children", "1", "none.of.them")  # makes them, and runs the tests once
        every = sorted(results(folder))
        if not every:
            sys.exit(f"mutmut made no mutants:\n{said[-3000:]}")
        names = random.Random(seed).sample(every, min(sample, len(every))) if sample else every
    said = mutmut(folder, "run", "--max-children", "1", *names)
    found = results(folder)
    done = [Mutant(name, code) for name, code in found.items() if code is not None and name in set(names)]
    if not done:
        sys.exit(f"no mutant was run:\n{said[-3000:]}")
    return done, len(found)


def report(name: str, folder: Path, mutants: list[Mutant], every: int, took: float) -> None:
    """Print the share killed, and every survivor that has no reason to."""
    survivors = [mutant for mutant in mutants if mutant.code in _SURVIVED]
    killed, reasons = len(mutants) - len(survivors), explained()
    changes = {mutant.name: change_of(folder, mutant.name) for mutant in survivors}
    unexplained = {name: change for name, change in changes.items() if change not in reasons}
    share = 100 * killed / len(mutants)
    which = "all" if len(mutants) == every else f"{len(mutants)} of {every}"
    print(
        f"{name}: {killed} of {len(mutants)} mutants killed, {share:.1f} % (target: {TARGET} %); {which} mutants run,"
    )
    equivalent = len(changes) - len(unexplained)
    print(f"  {took / 60:.0f} minutes; equivalent: {equivalent}; unexplained survivors: {len(unexplained)}")
    for mutant, change in unexplained.items():
        print(f"\n# {mutant}\n{change}")
    print(flush=True)


def main() -> None:
    """Run the rooms that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--sample", type=int, default=0, help="how many mutants of each room, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of the drawing")
    parser.add_argument("--only", nargs="+", default=[], help="the names of mutants")
    wanted = parser.parse_args()
    for name in wanted.rooms:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="mutation-") as place:
            prepared(ROOMS[name], Path(place))
            mutants, every = run(Path(place), wanted.sample, wanted.seed, wanted.only)
            report(name, Path(place), mutants, every, time.monotonic() - began)
    for change in outdated(explained()):
        print(f"\n# explained, but no longer there; look again, and take it out of {EXPLAINED.name}\n{change}")


if __name__ == "__main__":
    main()
