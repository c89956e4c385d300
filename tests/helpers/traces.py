"""What a program does to the files in a folder, and what it says meanwhile, call by call, as strace sees it."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from disks import Disk, found, listed
from following import Call, Followed, Follower

#: More than a program writes at once. What is longer is an error, not cut off.
LONGEST = 8 * 1024 * 1024
#: What changes files; no system has all of these.
CALLS = (
    *("open", "openat", "creat", "write", "writev", "pwrite64", "pwritev", "pwritev2", "lseek", "ftruncate"),
    *("fsync", "fdatasync"),
    *("mkdir", "mkdirat", "rmdir", "link", "linkat", "unlink", "unlinkat", "rename", "renameat", "renameat2"),
)
#: A call that succeeded: process, call, arguments, result.
LINE = re.compile(r"(\d+)\s+(\w+)\((.*)\)\s+= (\d+.*)")
UNFINISHED = re.compile(r"(\d+)\s+(.*) <unfinished \.\.\.>")
RESUMED = re.compile(r"(\d+)\s+<\.\.\. \w+ resumed>(.*)")


class Trace(NamedTuple):
    """What was in a folder before, and what was done since, in its order. `names` tells the first path of each file."""

    before: Disk
    done: tuple[Followed, ...]
    names: Mapping[int, str]


def missing() -> str:
    """What is missing for looking at a program, as a sentence; empty when all is there."""
    if not (strace := shutil.which("strace")):
        return "Missing: strace. `tests/records/install` installs it."
    tried = subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False)
    return "strace may not look at programs here." if tried.returncode else ""


def record(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None, typed: str = ""
) -> Trace:
    """Run a program to its good end, and take down what it does to a folder, which is there already: it works in it.

    Each line on standard output is taken down in its place; `typed` is what the program reads on standard input.
    Raises RuntimeError when what was seen does not explain, byte for byte, what is in the folder afterwards.
    """
    folder = folder.resolve()
    before = found(folder)
    with tempfile.TemporaryDirectory() as aside:
        said, calls = Path(aside, "said").resolve(), Path(aside, "calls")
        _run([*_strace(calls), *map(str, command)], folder, said, environment or {}, typed)
        follower = Follower(before, str(folder), str(said))
        with calls.open(encoding="ascii") as lines:
            for call in _calls(lines):
                follower.follow(call)
    if unexplained := set(listed(follower.now())) ^ set(listed(found(folder))):
        raise RuntimeError(f"Not all was seen that changed {sorted({path for path, _ in unexplained})}")
    return Trace(follower.before, tuple(follower.done), follower.names)


def _strace(calls: Path) -> list[str]:
    """Follow children, tell the path of every open file, and write whole strings, each byte as a number."""
    asked = ",".join(f"?{name}" for name in CALLS)
    return ["strace", "-f", "-y", "-xx", "-s", str(LONGEST), "-e", f"trace={asked}", "-o", str(calls), "--"]


def _run(command: list[str], folder: Path, said: Path, environment: Mapping[str, str], typed: str) -> None:
    with said.open("wb") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            input=typed.encode(),
            stdout=output,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
            check=False,
            timeout=300,
        )
    if done.returncode:
        raise RuntimeError(f"The program failed:\n{done.stderr.decode('utf-8', 'replace')}")


def _calls(lines: Iterable[str]) -> Iterator[Call]:
    """The calls in the order in which they ended, each with how many of them had ended when it began."""
    ended = 0
    begun: dict[str, tuple[str, int]] = {}
    for line in lines:
        whole, since = line, ended
        if unfinished := UNFINISHED.match(line):
            begun[unfinished[1]] = unfinished[2], ended
            continue
        if resumed := RESUMED.match(line):
            start, since = begun.pop(resumed[1])
            whole = f"{resumed[1]} {start}{resumed[2]}"
        if call := LINE.match(whole):
            ended += 1
            yield Call(call[2], call[3], call[4], since)
