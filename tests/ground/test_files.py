"""Files: whole reads with a place for what is wrong, whole writes or none, and rule files by name or path."""

import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.ground.files import MAX_BYTES, check_writable, read_text, shown, write_all, write_whole
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.find import bundled, find_rules, load_rules

AS_ROOT = os.geteuid() == 0
not_as_root = pytest.mark.skipif(AS_ROOT, reason="root may read and write everything")


def unreadable(path: str | Path) -> Problem:
    """Why a file can't be read."""
    with pytest.raises(ProblemsFound) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    return problem


def unwritable(path: str | Path, force: bool = False) -> Problem:
    """Why a file can't be written; asking first gives the same answer as trying."""
    with pytest.raises(ProblemsFound) as tried:
        write_whole(path, b"new", force)
    with pytest.raises(ProblemsFound) as asked:
        check_writable(path, force)
    assert asked.value.problems == tried.value.problems
    (problem,) = tried.value.problems
    assert problem.code == "not-writable"
    return problem


def test_a_file_is_read_whole_without_its_byte_order_mark(tmp_path: Path) -> None:
    """UTF-8 with or without mark; line ends stay as they are."""
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffé\r\nb\n".encode())

    assert read_text(path) == "é\r\nb\n"
    assert read_text(str(path)) == "é\r\nb\n"


def test_what_can_not_be_read_is_a_problem(tmp_path: Path) -> None:
    """Missing, a folder, beneath a file, a name that is too long or impossible: each is said plainly."""
    (tmp_path / "file").write_text("x")

    assert unreadable(tmp_path / "none.yaml").code == "not-found"
    assert unreadable(tmp_path).code == "not-readable"
    assert "folder" in unreadable(tmp_path).message
    assert unreadable(tmp_path / "file" / "below").code == "not-readable"
    assert unreadable(tmp_path / ("x" * 300)).code == "not-readable"
    assert unreadable("a\0b").code == "not-readable"


@not_as_root
def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    """The message says that it can't be read, and nothing of what is in it."""
    path = tmp_path / "a.yaml"
    path.write_text("secret")
    path.chmod(0)

    assert unreadable(path).code == "not-readable"
    assert "secret" not in unreadable(path).message


@not_as_root
def test_a_folder_that_may_not_be_entered_is_a_problem(tmp_path: Path) -> None:
    """Naming a rule file in such a folder is refused, not a fault of the program."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)

    with pytest.raises(ProblemsFound):
        load_rules(closed / "rules.yaml")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"\xff", 1, 1), (b"a\nb\xffc", 2, 2), ("é😀".encode() + b"\xe9t\xe9", 1, 3), ("a".encode("utf-16"), 1, 1)],
)
def test_other_encodings_are_refused_with_the_place(tmp_path: Path, data: bytes, line: int, column: int) -> None:
    """Line and column, in characters, of the first byte that is not UTF-8."""
    path = tmp_path / "a.yaml"
    path.write_bytes(data)
    problem = unreadable(path)

    assert (problem.code, problem.line, problem.column) == ("not-utf8", line, column)


def test_five_mebibytes_are_the_most(tmp_path: Path) -> None:
    """A file of that size is read, one byte more is refused, and an endless one is not read to its end."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a" * MAX_BYTES)
    assert len(read_text(path)) == MAX_BYTES

    path.write_bytes(b"a" * (MAX_BYTES + 1))
    assert unreadable(path).code == "too-large"
    assert unreadable("/dev/zero").code == "too-large"


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Mode 0600 whatever the umask, the bytes as given, and no other file beside it."""
    before = os.umask(0)
    try:
        write_whole(tmp_path / "a", b"\x00\xff\r\n")
    finally:
        os.umask(before)

    assert (tmp_path / "a").read_bytes() == b"\x00\xff\r\n"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    """Without force the old content stays; with force it is replaced as a whole, and is its owner's alone."""
    path = tmp_path / "a"
    path.write_text("old and longer")
    path.chmod(0o644)

    assert "--force" in unwritable(path).help
    assert path.read_text() == "old and longer"

    write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("force", [False, True])
def test_bytes_are_on_the_disk_before_they_get_their_name(tmp_path: Path, force: bool) -> None:
    """Between writing and naming the file the system is told to put it on the disk: power may fail at any moment."""
    calls: list[str] = []

    def watch(_frame: object, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__module__", "") == "posix":
            calls.append(getattr(called, "__name__", ""))

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        write_whole(tmp_path / "a", b"new", force)
    finally:
        sys.setprofile(before)
    named = calls.index("replace" if force else "link")

    assert "open" in calls[:named]
    assert "fsync" in calls[calls.index("open") : named]


@pytest.mark.parametrize("force", [False, True])
def test_only_ordinary_files_are_written(tmp_path: Path, force: bool) -> None:
    """A folder, a device, a pipe, a link to nowhere, or a place in no folder is refused, with force too."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    keys, terminal = os.openpty()  # a device that no mistake of ours can harm
    for path in (
        tmp_path,
        os.ttyname(terminal),
        tmp_path / "pipe",
        tmp_path / "link",
        tmp_path / "no" / "a",
        tmp_path / "file" / "a",
    ):
        unwritable(path, force)
    unwritable("a\0b", force)
    unwritable(tmp_path / ("x" * 300), force)
    os.close(keys)
    os.close(terminal)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "pipe"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_is_left_alone(tmp_path: Path) -> None:
    """Neither a link nor what it points to is ever overwritten, forced or not."""
    (tmp_path / "kept").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "kept")

    unwritable(tmp_path / "link")
    unwritable(tmp_path / "link", force=True)

    assert (tmp_path / "kept").read_text() == "kept"
    assert (tmp_path / "link").is_symlink()


@not_as_root
def test_a_folder_without_write_permission_is_refused(tmp_path: Path) -> None:
    """Said before anything is written, also when a file in it would be replaced."""
    (tmp_path / "a").write_text("old")
    tmp_path.chmod(0o500)
    try:
        unwritable(tmp_path / "b")
        unwritable(tmp_path / "a", force=True)
    finally:
        tmp_path.chmod(0o700)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


# Children that may write only little are not watched for coverage, whose own file would not fit.
def unwatched() -> dict[str, str]:
    """The environment of the tests without what would watch them."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COV")}


FULL_DISK = """
    import resource, signal, sys
    from screener.ground.files import write_whole
    from screener.ground.problems import ProblemsFound

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        write_whole(sys.argv[1], b"x" * int(sys.argv[2]), force=True)
    except ProblemsFound as found:
        sys.exit(found.problems[0].code)
"""


@pytest.mark.parametrize("size", [1_001, 10_000_000])
@pytest.mark.parametrize("old", [None, "old"])
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, size: int, old: str | None) -> None:
    """When the bytes do not fit, there is a problem, no new file, no draft, and an old file as it was."""
    path = tmp_path / "a"
    if old:
        path.write_text(old)
    command = [sys.executable, "-c", textwrap.dedent(FULL_DISK), str(path), str(size)]
    env = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)

    assert (done.returncode, done.stderr) == (1, "not-writable\n")
    assert [item.read_text() for item in tmp_path.iterdir()] == [old] * bool(old)


def test_what_fits_on_a_nearly_full_disk_is_written(tmp_path: Path) -> None:
    """The same child process writes what is within its limit, so the test above tests the limit."""
    command = [sys.executable, "-c", textwrap.dedent(FULL_DISK), str(tmp_path / "a"), "1000"]

    assert subprocess.run(command, check=False, env=unwatched()).returncode == 0
    assert (tmp_path / "a").stat().st_size == 1000


def test_a_killed_writer_leaves_the_old_file(tmp_path: Path) -> None:
    """Killed while the new one is written, the file itself is the old one, and nothing stands beside it."""
    (tmp_path / "a").write_text("old")
    code = FULL_DISK.replace("SIG_IGN", "SIG_DFL")
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "a"), "1001"]
    done = subprocess.run(command, check=False, env=unwatched())

    assert done.returncode == -signal.SIGXFSZ
    assert (tmp_path / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


RACE = """
    import os, sys, time
    from screener.ground.files import write_whole

    print(flush=True)
    while not os.path.exists(sys.argv[2]):
        time.sleep(0.0005)
    write_whole(sys.argv[1], sys.argv[3].encode() * 9999)
"""


def test_writers_at_the_same_moment_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """Of many without force exactly one succeeds, and the file is that one's."""
    command = [sys.executable, "-c", textwrap.dedent(RACE), str(tmp_path / "a"), str(tmp_path / "go")]
    writers = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for name in "1234"]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    (tmp_path / "go").touch()
    for writer in writers:
        writer.communicate()
    codes = [writer.returncode for writer in writers]

    assert sorted(codes) == [0, 1, 1, 1]
    assert (tmp_path / "a").read_text() == "1234"[codes.index(0)] * 9999
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "go"]


STRUCK = """
    import json, os, signal, sys
    from pathlib import Path
    from screener.ground.files import write_all
    from screener.ground.stopping import stop_on_signals

    folder, number, force, linux, names = Path(sys.argv[1]), int(sys.argv[2]), *map(json.loads, sys.argv[3:])
    signal.signal(number, signal.SIG_DFL)  # whoever runs the tests may have chosen to ignore it, as nohup does
    if not linux:
        del os.O_TMPFILE

    def strike_at(moment):
        def count(frame, event, arg):
            nonlocal moment
            ours = frame.f_code.co_filename.endswith(("files/writing.py", "files/places.py", "ground/stopping.py"))
            if ours and event in ("call", "c_call"):
                moment -= 1
                if moment == 0:
                    os.kill(os.getpid(), number)
        sys.setprofile(count)

    moment, code = 0, int(number) + 128
    while code == number + 128:
        moment += 1
        for name in names:
            (folder / name).unlink(missing_ok=True)
            if force:
                (folder / name).write_text("old")
        out, into = os.pipe()
        if (child := os.fork()) == 0:
            os.dup2(into, 2)
            stop_on_signals(os._exit)
            strike_at(moment)
            write_all({folder / name: b"new" for name in names}, force)
            sys.setprofile(None)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.close(into)
        said = os.fdopen(out).read()
        print(json.dumps([code, said, {path.name: path.read_text() for path in folder.iterdir()}]))
"""


@pytest.mark.parametrize("linux", [True, False])
@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize(
    ("names", "number"), [(["a"], signal.SIGTERM), (["a"], signal.SIGHUP), (["a", "b"], signal.SIGINT)]
)
def test_stopped_at_any_call_all_is_written_or_nothing(
    tmp_path: Path, number: signal.Signals, names: list[str], force: bool, linux: bool
) -> None:
    """Whichever call a signal strikes: all files are new or none is, nothing stands beside them, what is said is true.

    Also where every file has to have a name.
    """
    arguments = [str(tmp_path), str(int(number)), json.dumps(force), json.dumps(linux), json.dumps(names)]
    command = [sys.executable, "-c", textwrap.dedent(STRUCK), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=unwatched())
    old, new = (dict.fromkeys(names, "old") if force else {}), dict.fromkeys(names, "new")
    *struck, last = map(json.loads, done.stdout.splitlines())

    assert last == [0, "", new]
    assert len(struck) > 20
    assert {code for code, _, _ in struck} == {128 + number}
    assert [files for _, said, files in struck if said == "\nStopped. Nothing was stored.\n"].count(old) > 5
    for _, said, files in struck:
        assert files == (old if "Nothing" in said else new)


def test_many_files_are_written_all_or_none(tmp_path: Path) -> None:
    """More files than a process may have open at once; and none of them, and the old ones, if one has no room."""
    many = {tmp_path / f"{number:04}": b"new" for number in range(1100)}
    write_all(many)
    assert sorted(tmp_path.iterdir()) == sorted(many)

    (tmp_path / "1099").unlink()
    (tmp_path / "1099").mkdir()
    with pytest.raises(ProblemsFound):
        write_all(dict.fromkeys(many, b"newer"), force=True)
    assert {path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == {b"new"}
    assert len(list(tmp_path.iterdir())) == 1100


def test_every_file_in_the_way_is_told(tmp_path: Path) -> None:
    """All that can't be written is said at once, and nothing is written."""
    for name in "ab":
        (tmp_path / name).write_text("old")
    with pytest.raises(ProblemsFound) as caught:
        write_all({tmp_path / name: b"new" for name in "abc"})

    assert len(caught.value.problems) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


FULL_FOR_MANY = """
    import resource, signal, sys
    from pathlib import Path
    from screener.ground.files import write_all

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    write_all({Path(sys.argv[1]) / name: b"x" * size for name, size in (("a", 9), ("b", 1001), ("c", 9))}, force=True)
"""


def test_a_full_disk_leaves_all_files_as_they_were(tmp_path: Path) -> None:
    """Of several files one does not fit: the old ones stay, and no other appears."""
    (tmp_path / "a").write_text("old")
    command = [sys.executable, "-c", textwrap.dedent(FULL_FOR_MANY), str(tmp_path)]

    assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL, env=unwatched()).returncode == 1
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}


def test_files_and_their_names_are_safe_on_the_disk(tmp_path: Path) -> None:
    """The bytes reach the disk before the file has its name, and the name before anyone is told."""
    calls = (
        "import os, sys; from pathlib import Path; from screener.ground.files import write_whole; "
        + textwrap.dedent(
            """
        known = set()
        def told(event, arguments):
            if event in ("os.link", "os.rename"):
                print(event)
        def count(frame, event, arg):
            if event == "c_call" and arg is os.fsync:
                print("fsync")
        sys.addaudithook(told)
        sys.setprofile(count)
        write_whole(sys.argv[1], b"x")
        """
        )
    )
    command = [sys.executable, "-c", calls, str(tmp_path / "a")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=unwatched())

    assert done.stdout.split() == ["fsync", "os.link", "fsync"]


def test_rule_files_are_found_by_name_or_path(tmp_path: Path) -> None:
    """The name of one that comes with the tool, or any path; a near miss is offered."""
    assert find_rules("pico-laser") == bundled()["pico-laser"]
    assert find_rules(str(tmp_path / "x.yaml")) == tmp_path / "x.yaml"
    assert load_rules("pico-laser").id == "pico-laser"
    assert load_rules(bundled()["pico-laser"]).sha256 == load_rules().sha256
    with pytest.raises(ProblemsFound) as caught:
        find_rules("pico-lasr")
    assert caught.value.problems[0].help == "did you mean `pico-laser`?"
    assert not [name for name in bundled() if name.endswith((".sources", ".cases"))]


@pytest.mark.parametrize(
    "name", ["", "x" * 300, "x" * 5000, "a/" * 2000, "a\0b", "none", "no/such/file.yaml", "\ud800"]
)
def test_any_name_that_is_no_rule_file_is_a_problem(name: str) -> None:
    """Empty, endless or impossible names too."""
    with pytest.raises(ProblemsFound) as caught:
        load_rules(name)

    assert caught.value.problems[0].code in ("not-found", "not-readable")
    assert "\0" not in caught.value.problems[0].message


@settings(deadline=None)
@given(st.text())
def test_any_path_can_be_shown(path: str) -> None:
    """A path in a message is one line without control characters."""
    assert "\n" not in shown(path)
    assert "\x1b" not in shown(path)
