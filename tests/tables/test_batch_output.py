"""What `screener batch` leaves in files: names that do not meet, parts that are whole, and options that make sense."""

import os
import subprocess
from pathlib import Path

import pytest
from commands import COMMAND


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
