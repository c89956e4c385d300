"""What a power cut can leave of a folder: every moment of a recorded program, and what may be on the disk then.

What was synced is there: the bytes of a file by a sync of that file, names by a sync of their folder. Of everything
since, each change may be there or not, in any order: a write whole, torn, or only as a file that is longer now. This is
weaker than what journalling file systems promise, so whatever survives here survives there.
"""

import hashlib
import random
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from disks import Change, Disk, Grow, Naming, Resize, Write, after, build, listed
from following import Said, Sync
from traces import Trace

#: What a disk writes whole or not at all, if it keeps its promises.
SECTOR = 512
#: Where files are written without waiting for a disk.
MEMORY = Path("/dev/shm")


class Cut(NamedTuple):
    """A moment: how much was done by then, what is safe, what is not, and the lines that were said."""

    at: int
    safe: Disk
    unsafe: tuple[Change, ...]
    said: tuple[str, ...]


class Plan(NamedTuple):
    """What happens to the unsafe changes at a cut: to some of them, by their places, and to the others."""

    cut: int
    others: str
    chosen: tuple[int, ...] = ()
    fate: str = ""


class State(NamedTuple):
    """What a power cut left: `said` are the lines that the program had written by then, `told` says what was lost."""

    said: tuple[str, ...]
    told: str
    disk: Disk

    def build(self, folder: Path) -> None:
        """Make this folder anew, with what is left in it."""
        build(self.disk, folder)


def states(trace: Trace, seed: int, most: int = 2_000) -> Iterator[State]:
    """Different states, at most so many, at every moment of the program; the same ones for the same seed.

    At every moment: all that is unsafe is lost, or kept, or lost or kept for one file. Then each change by itself is
    lost, kept, torn or only grown, as many of these as there is room for, and random mixtures.
    """
    choice = random.Random(seed)
    moments = cuts(trace)
    seen: set[bytes] = set()
    for plan in _plans(moments, choice, most):
        cut = moments[plan.cut]
        fates = [plan.fate if place in plan.chosen else plan.others for place in range(len(cut.unsafe))]
        if state := _state(trace, cut, fates, choice, seen):
            yield state
    undecided = [cut for cut in moments if cut.unsafe]
    for _ in range(10 * most if undecided else 0):
        if len(seen) >= most:
            return
        cut = choice.choice(undecided)
        if state := _state(trace, cut, _mixture(cut, choice), choice, seen):
            yield state


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for a while, in memory where that is possible."""
    with tempfile.TemporaryDirectory(prefix="screener-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def cuts(trace: Trace) -> list[Cut]:
    """Each moment just before something else is done, with all the lines that were said by then."""
    found: list[Cut] = []
    safe, said = trace.before, []
    unsafe: list[tuple[int, Change]] = []
    for at, done in enumerate((*trace.done, None)):
        if isinstance(done, Said):
            said.append(done.line)
            continue
        found.append(Cut(at, safe, tuple(change for _, change in unsafe), tuple(said)))
        if isinstance(done, Sync):
            safe = after(safe, _settled(unsafe, done))
            unsafe = list(_unsettled(unsafe, done))
        elif done:
            unsafe.append((at, done))
    return found


def _settled(unsafe: list[tuple[int, Change]], sync: Sync) -> Iterator[Change]:
    for at, change in unsafe:
        if isinstance(change, Naming):
            if at < sync.since and (names := tuple(name for name in change.names if name.folder == sync.file)):
                yield Naming(names)
        elif at < sync.since and change.file == sync.file:
            yield change


def _unsettled(unsafe: list[tuple[int, Change]], sync: Sync) -> Iterator[tuple[int, Change]]:
    for at, change in unsafe:
        if at >= sync.since:
            yield at, change
        elif isinstance(change, Naming):
            if names := tuple(name for name in change.names if name.folder != sync.file):
                yield at, Naming(names)
        elif change.file != sync.file:
            yield at, change


def _plans(moments: list[Cut], choice: random.Random, most: int) -> list[Plan]:
    """What is tried in any case; a quarter of the room is left for mixtures."""
    always = [plan for number, cut in enumerate(moments) for plan in _of_all(number, cut)]
    single = [plan for number, cut in enumerate(moments) for plan in _of_each(number, cut)]
    always = choice.sample(always, min(len(always), most * 3 // 4))
    single = choice.sample(single, min(len(single), most * 3 // 4 - len(always)))
    return sorted(always + single)


def _of_all(number: int, cut: Cut) -> Iterator[Plan]:
    yield from (Plan(number, "kept"), Plan(number, "lost"))
    files = [_file(change) for change in cut.unsafe]
    for file in sorted(set(files)) if len(set(files)) > 1 else ():
        chosen = tuple(place for place, one in enumerate(files) if one == file)
        yield from (Plan(number, "kept", chosen, "lost"), Plan(number, "lost", chosen, "kept"))


def _of_each(number: int, cut: Cut) -> Iterator[Plan]:
    for place, change in enumerate(cut.unsafe):
        yield from (Plan(number, "kept", (place,), "lost"), Plan(number, "lost", (place,), "kept"))
        if isinstance(change, Write):
            yield from (Plan(number, "kept", (place,), "torn"), Plan(number, "kept", (place,), "grown"))


def _mixture(cut: Cut, choice: random.Random) -> list[str]:
    """Each change meets a fate of its own; or each file is kept up to some moment, as when a system writes in order."""
    if choice.random() < 0.3:
        files = sorted({_file(change) for change in cut.unsafe})
        ends = {file: choice.randint(0, len(cut.unsafe)) for file in files}
        return ["kept" if place < ends[_file(change)] else "lost" for place, change in enumerate(cut.unsafe)]
    kept = choice.random()
    rest = (1 - kept) / 4
    return choice.choices(["kept", "lost", "torn", "grown"], [kept, 2 * rest, rest, rest], k=len(cut.unsafe))


def _state(trace: Trace, cut: Cut, fates: list[str], choice: random.Random, seen: set[bytes]) -> State | None:
    """The state when each unsafe change met its fate; None if there was the same already."""
    left = [part for change, fate in zip(cut.unsafe, fates, strict=True) for part in _left(change, fate, choice)]
    disk = after(cut.safe, left)
    mark = _mark(disk, len(cut.said))
    if mark in seen:
        return None
    seen.add(mark)
    return State(cut.said, _told(trace, cut, fates), disk)


def _left(change: Change, fate: str, choice: random.Random) -> tuple[Change, ...]:
    """What is left of a change. A name, or a new size, is there or not."""
    if fate == "kept" or (fate != "lost" and not isinstance(change, Write)):
        return (change,)
    if fate == "lost" or not isinstance(change, Write):
        return ()
    grown = Grow(change.file, change.offset + len(change.data))
    return (grown,) if fate == "grown" else (*_torn(change, choice), *choice.choice([(), (grown,)]))


def _torn(write: Write, choice: random.Random) -> Iterator[Write]:
    """One of two parts, cut between sectors or in the middle; or some of the sectors."""
    end = write.offset + len(write.data)
    inner = list(range(write.offset - write.offset % SECTOR + SECTOR, end, SECTOR))
    if len(inner) > 1 and choice.random() < 0.5:
        edges = [write.offset, *inner, end]
        spans = [span for span in pairwise(edges) if choice.random() < 0.5]
    else:
        middle = choice.choice([*inner, write.offset + len(write.data) // 2])
        spans = [choice.choice([(write.offset, middle), (middle, end)])]
    for start, stop in spans:
        yield Write(write.file, start, write.data[start - write.offset : stop - write.offset])


def _file(change: Change) -> int:
    """Which file a change is about; for names, the folder that they are in."""
    return change.names[0].folder if isinstance(change, Naming) else change.file


def _mark(disk: Disk, said: int) -> bytes:
    digest = hashlib.blake2b(str(said).encode())
    for path, content in listed(disk):
        digest.update(f"{path}\0{'folder' if content is None else len(content)}\0".encode())
        digest.update(content or b"")
    return digest.digest()


def _told(trace: Trace, cut: Cut, fates: Iterable[str]) -> str:
    """What became of the unsafe changes, in words for whoever looks into a failure."""
    met = [f"{fate} {_named(trace, change)}" for change, fate in zip(cut.unsafe, fates, strict=True) if fate != "kept"]
    return f"cut after {cut.at} of {len(trace.done)}, {len(cut.said)} lines said: {'; '.join(met) or 'nothing lost'}"


def _named(trace: Trace, change: Change) -> str:
    match change:
        case Write(file, offset, data):
            return f"{len(data)} bytes at {offset} of {trace.names[file]}"
        case Resize(file, size) | Grow(file, size):
            return f"{size} bytes as the size of {trace.names[file]}"
        case Naming(names):
            return " and ".join(
                f"`{name.name}` {'gone' if name.file is None else 'as the name of ' + trace.names[name.file]}"
                for name in names
            )
