"""What the system refuses: full devices, links in a circle, a folder that is gone, pipes that stay silent."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from threading import Timer

import pytest
from commands import COMMAND, FAULTY, SMALL, file
from terminals import ANSWERS

FULL = Path("/dev/full")
FORM = '{"resourceType": "Questionnaire", "item": [{"linkId": "a", "text": "A?", "type": "boolean"}]}'
#: Commands that write to a file called `place`, and one that reads it.
PLACED = [
    ["start", "--output", "place"],
    ["start", "--output", "a.txt", "--output", "place"],
    ["start", "--folder", "place"],
    ["start", "--save-answers", "place"],
    ["start", "--answers", "place"],
    ["rules", "export", "--to", "csv", "--output", "place"],
    ["rules", "import", "form.json", "--output", "place"],
    ["rules", "graph", "--output", "place"],
    ["rules", "new", "place"],
    ["rules", "check", "--witness", "place"],
    ["rules", "cases", "--suggest", "--output", "place"],
]


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one problem that a command ended with."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "inside screener" not in done.stderr
    assert done.stderr.count("error[") == 1
    return done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="the system has no full device")
@pytest.mark.parametrize("words", ["--help", "--version", "start --help", "rules --help"])
def test_help_that_can_not_be_written_is_no_fault(words: str) -> None:
    """What is printed on a full device is told as for any other command."""
    with FULL.open("w") as full:
        done = subprocess.run([COMMAND, *words.split()], stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert "standard output can't be written: no space left on device" in told(done)


def test_wrong_use_is_wrong_use_where_nobody_can_be_told() -> None:
    """Standard error is full too: the exit code is that of wrong use."""
    if not FULL.exists():
        pytest.skip("the system has no full device")
    with FULL.open("w") as full:
        done = subprocess.run([COMMAND, "--nonsense"], stdout=full, stderr=full, check=False)

    assert done.returncode == 2


def test_a_home_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    """Completion is installed into files of the shell; where that fails, one sentence names the place."""
    (tmp_path / "home").write_text("a file")
    bash = shutil.which("bash")
    assert bash is not None
    done = subprocess.run(
        [bash, "-c", f"{COMMAND} --install-completion; exit $?"],
        env={**os.environ, "HOME": str(tmp_path / "home")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"{tmp_path / 'home'}" in told(done)


@pytest.mark.parametrize("command", PLACED, ids=" ".join)
def test_links_in_a_circle_are_no_place(command: list[str], tmp_path: Path) -> None:
    """A name that leads from link to link without end is refused, before anything is asked or proved."""
    file(tmp_path, FORM, "form.json")
    for link, other in (("place", "there"), ("there", "place"), ("place.yaml", "place.yaml")):
        (tmp_path / link).symlink_to(other)
    done = subprocess.run(
        [COMMAND, *command], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )

    assert "place" in told(done)
    assert done.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["form.json", "place", "place.yaml", "there"]


@pytest.mark.parametrize("command", PLACED, ids=" ".join)
def test_a_folder_that_is_gone_is_said(command: list[str], tmp_path: Path) -> None:
    """Where the folder that someone works in was removed, one sentence says that nothing can be found or written."""
    gone = tmp_path / "gone"
    gone.mkdir()
    removed = ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", COMMAND, *command]
    done = subprocess.run(removed, cwd=gone, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    assert "no such file" in told(done) or "there is no file" in done.stderr
    assert not list(tmp_path.iterdir())


def through_a_pipe(command: list[str], pipe: Path, text: str) -> tuple[str, str]:
    """What a command says before anything came through a named pipe, and its standard output after this text did."""
    os.mkfifo(pipe)
    child = subprocess.Popen(
        [COMMAND, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stderr is not None
    mercy = Timer(20, child.kill)  # a command that says nothing would be waited for without end
    mercy.start()
    said = child.stderr.readline()
    mercy.cancel()
    with pipe.open("r+b", buffering=0) as both:  # a pipe that is opened for both waits for nobody
        both.write(text.encode())
    out, _ = child.communicate(timeout=60)
    assert child.returncode == 0, said
    return said, out


def test_a_silent_pipe_is_named(tmp_path: Path) -> None:
    """Nobody waits without a word: the pipe is named, and what comes through it then is read like a file."""
    pipe = tmp_path / "pipe.yaml"
    said, out = through_a_pipe(["rules", "show", str(pipe)], pipe, SMALL)
    same = subprocess.run([COMMAND, "rules", "show", file(tmp_path, SMALL)], capture_output=True, text=True, check=True)

    assert said == f"Waiting for what comes through {pipe}. Ctrl-C stops.\n"
    assert out == same.stdout


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (["start", "--format", "json", "--answers"], json.dumps(ANSWERS)),
        (["rules", "check"], SMALL),
        (["rules", "import"], FORM),
        (["rules", "diff", "pico-laser"], SMALL),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_every_command_names_a_silent_pipe(command: list[str], text: str, tmp_path: Path) -> None:
    """Rule files, answers and forms alike."""
    pipe = tmp_path / "pipe"
    said, out = through_a_pipe([*command, str(pipe)], pipe, text)

    assert said.startswith(f"Waiting for what comes through {pipe}.")
    assert out


def test_what_another_command_prints_can_be_read(tmp_path: Path) -> None:
    """`<(…)` of a shell gives a rule file and answers without a file being written."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    answers = file(tmp_path, json.dumps(ANSWERS), "answers.json")
    script = f"{COMMAND} start --answers <(cat {answers}) --format json"
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout)["complete"] is True


def on_a_small_disk(files: int, place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this folder where a disk with room for so many small files is mounted, then list the files."""
    run = f"{COMMAND} {' '.join(command)}; code=$?; find . -type f; exit $code"
    mounted = f"mount -t tmpfs -o size={files * 4}k none {place} && cd {place} && {{ {run}; }}"
    unshared = ["unshare", "--map-root-user", "--mount", "sh", "-c", mounted]
    return subprocess.run(unshared, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder where a small disk can be mounted without anybody else noticing, and beside it a faulty rule file."""
    file(tmp_path, FAULTY)
    place = tmp_path / "disk"
    place.mkdir()
    if shutil.which("unshare") is None or on_a_small_disk(1, place, "--version").returncode:
        pytest.skip("no disk can be mounted here")
    return place


@pytest.mark.parametrize(
    ("command", "files"),
    [("rules cases --suggest --output sets", 6), ("rules check ../rules.yaml --witness sets", 3)],
)
def test_of_several_files_all_are_written_or_none(command: str, files: int, disk: Path) -> None:
    """On a disk with room for all but one there is none, and it is said; with room for all there are all."""
    short, enough = (on_a_small_disk(room, disk, command) for room in (files - 1, files))

    assert "no space left on device" in told(short)
    assert "./sets/" not in short.stdout
    assert enough.stdout.count("./sets/") == files


def test_of_all_that_a_folder_gets_all_is_written_or_nothing(disk: Path) -> None:
    """On a disk that is too small there is no file and no folder, and the summary stands on standard output."""
    file(disk.parent, json.dumps(ANSWERS), "given.json")
    command = "start --answers ../given.json --folder sets --output a.txt; code=$?; ls -A; (exit $code)"
    short, enough = (on_a_small_disk(room, disk, command) for room in (12, 120))

    assert "no space left on device" in told(short)
    assert "NEXT STEP" in short.stdout
    assert "sets" not in short.stdout.splitlines()
    assert "./a.txt" not in short.stdout
    assert enough.returncode == 0, enough.stderr
    assert enough.stdout.count("./sets/") == 4
    assert "./a.txt" in enough.stdout
