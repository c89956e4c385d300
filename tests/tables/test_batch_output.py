"""What `screener batch` leaves in files: names that do not meet, parts that are whole, and options that make sense."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from commands import COMMAND

from screener.ground.files import write_in_parts
from screener.ground.problems import Problem, ProblemsFound


def screener(folder: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command in this folder; the last one on a single line."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert "inside screener" not in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, " ".join(done.stderr.replace("│", " ").split())


def batch(folder: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """The same of `screener batch`."""
    return screener(folder, "batch", *arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small table, of which one row can't be read."""
    (tmp_path / "t.csv").write_text("record_id,adult\nA1,yes\nA2,no\nA3,maybe\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("o.csv", "o.problems.csv"),
        ("o.2025.csv", "o.2025.problems.csv"),
        ("x.FHIR.ndjson", "x.problems.csv"),
        ("y.2025.fhir.ndjson", "y.2025.problems.csv"),
    ],
)
def test_each_run_has_a_problems_file_of_its_own(folder: Path, name: str, beside: str) -> None:
    """The name is that of what was written, without its ending only."""
    assert batch(folder, "t.csv", "--output", name)[0] == 1
    assert sorted(path.name for path in folder.iterdir()) == sorted([name, beside, "t.csv"])


@pytest.fixture
def parts(folder: Path) -> Path:
    """A folder with three parts of 1,000, 1,000 and 500 rows, of which half can't be read."""
    rows = "".join(f"{'no' if n % 2 else 'what'}\n" for n in range(2500))
    (folder / "many.csv").write_text(f"adult\n{rows}", "utf-8")
    assert _in_parts(folder)[0] == 1
    return folder / "parts"


def _in_parts(folder: Path) -> tuple[int, str, str]:
    return batch(folder, "many.csv", "--output", "parts", "--chunk", "1000")


@pytest.mark.parametrize("name", ["part-00002.parquet", "part-00002.problems.csv", "part-00002.json"])
@pytest.mark.parametrize("length", [None, 0, 7])
def test_a_damaged_part_is_made_again(parts: Path, name: str, length: int | None) -> None:
    """A file that is gone or cut short is no part of a finished run, and a report of the rest would be wrong."""
    before = {path.name: path.read_bytes() for path in parts.iterdir()}
    if length is None:
        (parts / name).unlink()
    else:
        os.truncate(parts / name, length)
    code, _, said = batch(parts.parent, "report", "parts", "--output", "r.html")
    assert code == 1
    assert "error[unreadable-result] `part-00002.parquet` is missing or damaged" in said
    assert not (parts.parent / "r.html").exists()

    assert "Rows: 2,500; worked out: 1,250" in _in_parts(parts.parent)[2]
    assert {path.name: path.read_bytes() for path in parts.iterdir()} == before
    assert batch(parts.parent, "report", "parts", "--output", "r.html")[0] == 0


def test_a_report_needs_a_finished_run(parts: Path) -> None:
    """The last part may be missing, or one too many may be there, or nothing that says what the parts are of."""
    card = json.loads((parts / "batch.json").read_text("utf-8"))
    (parts / "part-00004.parquet").write_bytes((parts / "part-00003.parquet").read_bytes())
    assert "`part-00004.parquet` is not one of the 3 parts" in batch(parts.parent, "report", "parts", "-o", "r.html")[2]
    (parts / "part-00004.parquet").unlink()
    card.pop("parts")
    (parts / "batch.json").write_text(json.dumps(card), "utf-8")
    assert "not all parts are written yet" in batch(parts.parent, "report", "parts", "-o", "r.html")[2]
    assert _in_parts(parts.parent)[0] == 1
    assert batch(parts.parent, "report", "parts", "-o", "r.html")[0] == 0
    (parts / "batch.json").write_text("{", "utf-8")
    assert "error[other-batch]" in _in_parts(parts.parent)[2]
    assert "there is no readable `batch.json`" in batch(parts.parent, "report", "parts", "-o", "s.html")[2]


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from screener.ground.files import write_in_parts

    def parts():
        yield b"x" * 1_000_000
        os.kill(os.getpid(), signal.SIGKILL)

    write_in_parts(Path(sys.argv[1]), parts(), True)
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name")
def test_nothing_stays_behind_of_a_run_that_was_killed(tmp_path: Path) -> None:
    """What was written until then is gone with the process, and what was there before is as it was."""
    (tmp_path / "old.csv").write_text("old", "utf-8")
    for name in ("old.csv", "new.csv"):
        done = subprocess.run([sys.executable, "-c", dedent(KILLED), tmp_path / name], check=False, timeout=60)
        assert done.returncode == -9
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("old.csv", "old")]


@pytest.mark.parametrize("nameless", [True, False])
def test_parts_are_a_whole_file_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: bool) -> None:
    """On every system: readable by its owner only, replaced only when that is wanted, and as it was after a fault."""
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    file = tmp_path / "a"
    assert write_in_parts(file, iter([b"on", b"e"]), False) == 3
    assert oct(file.stat().st_mode & 0o777) == "0o600"

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ProblemsFound([Problem("unreadable-table", "the rest is gone")])

    for force, parts in ((False, iter([b"two"])), (True, broken())):
        with pytest.raises(ProblemsFound):
            write_in_parts(file, parts, force)
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"one"]
    assert write_in_parts(file, iter([b"two", b"!"]), True) == 4
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"two!"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["batch", "t.csv", "--output", "o.csv", "--chunk", "1000"], "--output names a folder; its parts are Parquet."),
        (["batch", "t.csv", "--output", "o.fhir.ndjson", "--chunk", "1000"], "--output names a folder"),
        (["batch", "t.csv", "--output", "o", "--chunk", "1000", "--base-url", "https://a.example"], "--base-url can"),
        (["batch", "t.csv", "--output", "o.foo"], "end in .csv, .parquet, .ndjson, .jsonl or .fhir.ndjson."),
        (["batch", "t.csv", "--explain", "2", "--output", "z.csv"], "--output can't be used with --explain."),
        (["batch", "t.csv", "--explain", "2", "--long"], "--long can't be used with --explain."),
        (["batch", "t.csv", "--propose", "--long", "--chunk", "1000"], "--long and --chunk can't be used with --pr"),
        (["batch", "t.csv", "--propose", "--engine", "duckdb"], "--engine can't be used with --propose."),
        (["rules", "diff", "a", "b", "--table", "t.csv", "--format", "json"], "--table can't be used with --format j"),
        (["rules", "diff", "a", "--since", "HEAD", "--table", "t.csv"], "or markdown, or with --since."),
    ],
    ids=range(10),
)
def test_options_without_effect_are_refused(folder: Path, arguments: list[str], words: str) -> None:
    """With exit code 2 and a sentence of its own, which names no option that the command does not have."""
    code, _, said = screener(folder, *arguments)
    assert code == 2
    assert words in said
    assert "how with --format" not in said
    assert [path.name for path in folder.iterdir()] == ["t.csv"]


def test_a_report_says_what_it_was_given(folder: Path) -> None:
    """A file that is not there, and a row for each thing that is said, in every form."""
    for name in ("nope.csv", "nope.ndjson", "nope.parquet", "nope"):
        said = batch(folder, "report", name, "--output", "r.html")[2]
        assert f"error[not-found] there is no file `{name}`" in said
    for name in ("l.csv", "l.ndjson", "l.parquet"):
        assert batch(folder, "t.csv", "--output", name, "--long", "--force")[0] == 1
        said = batch(folder, "report", name, "--output", "r.html")[2]
        assert "it has a row for each thing that is said help: count what was written without --long" in said


MAP = """
rules: pico-laser
questions:
  adult: {in_column: adult, cells_mean: {J: yes, N: no, "999": no answer}}
"""


def _mapped(folder: Path, text: str) -> None:
    """Write a mapping file in which no column answers what the text leaves out."""
    proposed = batch(folder, "t.csv", "--propose")[1]
    rest = [line for line in proposed.splitlines() if line.endswith(": no column") and line.startswith("  ")]
    (folder / "m.yaml").write_text("\n".join([text.strip("\n"), *rest, ""]), "utf-8")


def test_a_word_in_cells_can_mean_no_answer(folder: Path) -> None:
    """As an empty cell does, for all rows and for a single one; it stays so when the file is written down again."""
    _mapped(folder, MAP)
    (folder / "c.csv").write_text('adult\n999\nj\n" "\nN\n', "utf-8")
    code, _, said = batch(folder, "c.csv", "--columns", "m.yaml", "--output", "o.csv")
    assert code == 0, said
    rows = [line.split(",") for line in (folder / "o.csv").read_text("utf-8").splitlines()]
    missing = rows[0].index("missing/adult")
    assert [row[missing] for row in rows[1:]] == ["true", "false", "true", "false"]
    assert batch(folder, "c.csv", "--columns", "m.yaml", "--explain", "2")[0] == 0
    again = batch(folder, "c.csv", "--columns", "m.yaml", "--propose")[1]
    (folder / "again.yaml").write_text(again, "utf-8")
    assert batch(folder, "c.csv", "--columns", "again.yaml", "--output", "p.csv")[0] == 0
    assert (folder / "p.csv").read_bytes() == (folder / "o.csv").read_bytes()


def test_one_word_has_one_meaning(folder: Path) -> None:
    """Cells are compared without case and the point at their end, so a second meaning would never be found."""
    for other in ("j", "'J. '"):
        _mapped(folder, MAP.replace("N: no", f"{other}: no"))
        said = batch(folder, "t.csv", "--columns", "m.yaml", "--output", "o.csv")[2]
        assert "and `J` are the same word in cells" in said


def test_mistakes_come_before_what_is_left_out(folder: Path) -> None:
    """A name that is misspelt is not to be looked for behind a list of all other questions."""
    (folder / "m.yaml").write_text(MAP.replace("in_column: adult", "in_column: adlt") + "  pane: x\n", "utf-8")
    said = batch(folder, "t.csv", "--columns", "m.yaml", "--output", "o.csv")[2]
    left_out = said.index("error[left-out-question]")
    assert said.index("there is no question `pane`") < left_out
    assert said.index("the table has no column `adlt`") < left_out
    assert said.rindex("error[no-column]") < left_out


def test_a_table_that_answers_nothing_is_refused(folder: Path) -> None:
    """By its names or by a mapping file; nobody would have asked for a page of missing answers."""
    (folder / "n.csv").write_text("record_id,colour\n1,red\n", "utf-8")
    code, out, _ = batch(folder, "n.csv", "--propose")
    assert (code, "  adult: no column\n" in out) == (0, True)
    (folder / "m.yaml").write_text(out, "utf-8")
    there = sorted(folder.iterdir())
    for arguments in (
        ("batch", "n.csv", "--output", "o.csv"),
        ("batch", "n.csv", "--output", "o.csv", "--columns", "m.yaml"),
        ("batch", "n.csv", "--explain", "2"),
        ("rules", "diff", "pico-laser", "pico-laser", "--table", "n.csv"),
    ):
        code, _, said = screener(folder, *arguments)
        assert code == 1
        assert "error[no-column] no column of this table answers a question of `pico-laser`" in said
        assert "name the rule file with --rules, or write a mapping file: --propose" in said
    assert sorted(folder.iterdir()) == there
