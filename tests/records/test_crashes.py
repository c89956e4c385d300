"""The search for what a power cut can leave finds losses where there are some, and none where there are none."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import crashes
import pytest
import traces
from disks import ROOT, Disk, Name, Naming, Write, listed
from following import Followed, Said, Sync
from sqlcipher3 import dbapi2

pytestmark = pytest.mark.usefixtures("strace")

KEY = "ab" * 32
#: Commits forty answers, one by one, and says so after each.
ANSWERS = f"""
from sqlcipher3 import dbapi2
connection = dbapi2.connect("records.db", isolation_level=None)
for setting in ("key = \\"x'{KEY}'\\"", "journal_mode = WAL", "synchronous = " + sys.argv[1], "secure_delete = ON"):
    connection.execute("PRAGMA " + setting)
connection.execute("CREATE TABLE answers (number INTEGER PRIMARY KEY, text TEXT)")
for number in range(1, 41):
    connection.execute("INSERT INTO answers VALUES (?, ?)", [number, "some text " * 70])
    os.write(1, b"ack %d\\n" % number)
connection.close()
"""
#: What a file is replaced with, and what is done for it to be safe.
STEPS = {
    "write": "file = os.open('new', os.O_CREAT | os.O_WRONLY); os.write(file, b'after' * 1000)",
    "sync": "os.fsync(file)",
    "move": "os.rename('new', 'some')",
    "sync names": "os.fsync(os.open('.', os.O_RDONLY))",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to watch."""
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def python(program: str, folder: Path, *arguments: str) -> traces.Trace:
    """What a program in Python does to the folder."""
    return traces.record([sys.executable, "-c", f"import os, sys\n{program}", *arguments], folder)


def outcomes(trace: traces.Trace, outcome: Callable[[Path, int], str]) -> Iterator[tuple[str, str]]:
    """What can be seen in each of the states, by the folder and how many lines were said, and what was lost there."""
    with crashes.scratch() as room:
        for state in crashes.states(trace, seed=1):
            state.build(room / "left")
            yield outcome(room / "left", len(state.said)), state.told


def kept(folder: Path, acknowledged: int) -> str:
    """Whether the answers that were acknowledged are there and nothing is broken."""
    with closing(dbapi2.connect(str(folder / "records.db"))) as connection:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{KEY}'\"")
        try:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "broken"
            tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
            numbers = [n for (n,) in connection.execute("SELECT number FROM answers ORDER BY number")] if tables else []
        except dbapi2.DatabaseError:
            return "broken"
    whole = numbers == list(range(1, len(numbers) + 1)) and len(numbers) - acknowledged <= 1
    return "broken" if not whole else "kept" if len(numbers) >= acknowledged else "lost"


@pytest.mark.parametrize(
    ("synchronous", "seen"), [("FULL", {"kept"}), ("NORMAL", {"kept", "lost"}), ("OFF", {"kept", "lost", "broken"})]
)
def test_answers_outlive_a_power_cut_if_every_commit_is_synced(folder: Path, synchronous: str, seen: set[str]) -> None:
    """With FULL no acknowledged answer is ever lost; with NORMAL some are, and with OFF databases break as well."""
    trace = python(ANSWERS, folder, synchronous)

    found = list(outcomes(trace, kept))
    count = Counter(outcome for outcome, _ in found)
    assert set(count) == seen, [told for outcome, told in found if outcome not in seen][:3]
    assert count.total() >= 1_000
    assert all(count[outcome] > 10 for outcome in seen)


def replaced(folder: Path, acknowledged: int) -> str:
    """Which text a file has, that was to be replaced."""
    text = (folder / "some").read_bytes()
    if text == b"before":
        return "back" if acknowledged else "before"
    return "after" if text == b"after" * 1000 else "broken"


@pytest.mark.parametrize(
    ("left_out", "seen"),
    [
        ("", {"before", "after"}),
        ("sync", {"before", "after", "broken"}),
        ("sync names", {"before", "after", "back"}),
    ],
)
def test_a_file_is_replaced_only_if_all_is_done_for_it(folder: Path, left_out: str, seen: set[str]) -> None:
    """Bytes that were not synced may be missing under the new name; names that were not synced may be the old ones."""
    (folder / "some").write_bytes(b"before")
    steps = "\n".join(step for name, step in STEPS.items() if name != left_out)
    trace = python(f"{steps}\nos.write(1, b'done\\n')", folder)

    assert {outcome for outcome, _ in outcomes(trace, replaced)} == seen


def one_write(folder: Path, _said: int) -> str:
    """What is left of a file, that was synced when it was empty, and of the only write to it."""
    if not (folder / "new").exists():
        return "no name"
    text = (folder / "new").read_bytes()
    whole = {b"": "nothing", b"x" * 4096: "all", bytes(4096): "zeros"}
    return whole.get(text, "torn" if set(text) <= set(b"\0x") else "broken")


def test_a_write_may_be_torn_and_a_new_file_without_a_name(folder: Path) -> None:
    """Of what was not synced each part may be there or not; syncing a file does not make its name safe."""
    trace = python(
        "file = os.open('new', os.O_CREAT | os.O_WRONLY); os.fsync(file); os.write(file, b'x' * 4096)", folder
    )
    count = Counter(outcome for outcome, _ in outcomes(trace, one_write))

    assert set(count) == {"no name", "nothing", "all", "zeros", "torn"}
    assert count["torn"] > 50


def test_what_our_files_promise_holds(folder: Path) -> None:
    """A file that was written whole is there, and an older one is as it was or replaced, never anything else."""
    (folder / "some").write_bytes(b"before")
    steps = "write_whole('some', b'after' * 1000, True)\nos.write(1, b'done\\n')"
    trace = python(f"from screener.ground.files import write_whole\n{steps}", folder)

    assert {outcome for outcome, _ in outcomes(trace, replaced)} == {"before", "after"}


def test_everything_that_files_and_folders_go_through_is_understood(folder: Path) -> None:
    """Appended to, sought in, cut off, written half, without a name, moved with their folder, by threads and children.

    What was seen has to explain what is there afterwards, or recording fails.
    """
    (folder / "old").write_bytes(b"old")
    trace = python(
        """
import resource, subprocess, threading
from pathlib import Path
Path("a/b").mkdir(parents=True)
end = os.open("old", os.O_APPEND | os.O_WRONLY); os.write(end, b" and new"); os.write(end, b" and newer")
with open("a/b/sought", "w+b") as file: file.write(b"0123456789"); file.seek(3); file.write(b"x"); file.truncate(8)
nameless = os.open("a", os.O_TMPFILE | os.O_WRONLY); os.writev(nameless, [b"one", b"two"])
os.link(f"/proc/self/fd/{nameless}", "a/linked", src_dir_fd=nameless, follow_symlinks=True)
os.rename("a", "moved"); os.write(nameless, b"three"); os.link("moved/linked", "again"); os.unlink("moved/linked")
Path("gone").write_bytes(b""); os.unlink("gone"); os.mkdir("away"); os.rmdir("away"); os.replace("again", "other")
threads = [threading.Thread(target=Path(f"thread{n}").write_bytes, args=[b"t" * n * 10_000]) for n in range(1, 5)]
for thread in threads: thread.start()
for thread in threads: thread.join()
subprocess.run([sys.executable, "-c", "open('child', 'w').write('child')"], check=True)
sought = os.open("moved/b/sought", os.O_RDWR)
os.pwritev(sought, [b"y", b"z"], 6); os.mkdir("empty")
most, limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (22, limit)); os.pwrite(sought, b"too much", 18)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, limit)); os.ftruncate(sought, 30)
os.write(1, b"half a line, "); os.write(1, b"and the rest\\nsaid\\n")
""",
        folder,
    )
    *_, last = crashes.cuts(trace)

    assert last.said == ("half a line, and the rest", "said")
    with crashes.scratch() as room:
        for state in crashes.states(trace, seed=1, most=300):
            state.build(room / "left")
            left = {path.name for path in (room / "left").iterdir()}
            assert left <= {path.name for path in folder.iterdir()} | {"a", "again", "gone", "away"}


def test_what_is_not_seen_is_said(folder: Path) -> None:
    """A program that writes in a way that leaves no trace, or that fails, is nothing to draw conclusions from."""
    mapped = "import mmap\nfile = open('some', 'w+b'); file.truncate(10); mmap.mmap(file.fileno(), 10)[:4] = b'here'"
    with pytest.raises(RuntimeError, match=r"Not all was seen that changed \['some'\]"):
        python(mapped, folder)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        python("1 / 0", folder)


def by_hand(*done: Followed) -> traces.Trace:
    """A trace of two empty folders, 1 and 2, and of files with the numbers that changes have."""
    names = {ROOT: ".", 1: "one", 2: "two", 3: "three", 4: "four"}
    return traces.Trace(Disk({}, {ROOT: {"one": 1, "two": 2}, 1: {}, 2: {}}), done, names)


def left(trace: traces.Trace, most: int = 500) -> set[tuple[tuple[str, bytes | None], ...]]:
    """What may be left after the last thing that was done: each path with what it holds."""
    end = by_hand()._replace(before=trace.before, done=(*trace.done, Said("the end")), names=trace.names)
    return {tuple(listed(state.disk)) for state in crashes.states(end, seed=1, most=most) if state.said}


def test_a_sync_is_for_what_was_done_when_it_began() -> None:
    """What another thread writes to the file meanwhile, or which name it makes, may be lost still."""
    made = Naming((Name(ROOT, "three", 3),))
    wrote, more = Write(3, 0, b"first"), Write(3, 5, b"then")

    folders = (("one", None), ("two", None))
    assert left(by_hand(made, Sync(ROOT, 1), wrote, Sync(3, 3))) == {(*folders[:1], ("three", b"first"), *folders[1:])}
    assert any(("three", b"first") in one for one in left(by_hand(made, Sync(ROOT, 1), wrote, more, Sync(3, 3))))
    assert folders in left(by_hand(made, Sync(ROOT, 0)))


def test_a_move_is_safe_when_both_folders_are() -> None:
    """After a sync of one of the two folders the name is there as that one knows it, and the other may not know yet."""
    before = (Naming((Name(1, "old", 3),)), Sync(1, 1))
    moved = Naming((Name(1, "old", None), Name(2, "new", 3)))
    gone, there = (("one", None), ("two", None), ("two/new", b"")), (("one", None), ("one/old", b""), ("two", None))

    assert left(by_hand(*before, moved)) == {gone, there}
    assert left(by_hand(*before, moved, Sync(2, 3))) == {gone, (*there, ("two/new", b""))}
    assert left(by_hand(*before, moved, Sync(1, 3))) == {gone, (("one", None), ("two", None))}
    assert left(by_hand(*before, moved, Sync(1, 3), Sync(2, 4))) == {gone}


def test_each_change_is_tried_by_itself() -> None:
    """However many there are, each of them is once the only one that is lost, and once the only one that is kept."""
    writes = [Write(3, 1024 * number, bytes([65 + number]) * 512) for number in range(12)]
    trace = by_hand(Naming((Name(ROOT, "three", 3),)), Sync(ROOT, 1), *writes)

    kept = {bytes(sorted(set(dict(one)["three"] or b"") - {0})) for one in left(trace, most=800)}
    everything = bytes(range(65, 77))
    assert {everything.replace(bytes([one]), b"") for one in everything} <= kept
    assert {bytes([one]) for one in everything} <= kept


def test_the_same_seed_gives_the_same_states(folder: Path) -> None:
    """States differ from each other, there are no more of them than were asked for, and they can be had again."""
    trace = python(ANSWERS, folder, "NORMAL")
    once, again, other = ([*crashes.states(trace, seed, most=200)] for seed in (1, 1, 2))

    assert once == again
    assert once != other
    assert len(once) == 200
    assert len({(state.said, str(state.disk)) for state in once}) == 200
