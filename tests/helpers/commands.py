"""The installed command without a terminal, and small rule files for it."""

import os
import subprocess
import sys
from pathlib import Path

from paths import GOOD

COMMAND = str(Path(sys.executable).parent / "screener")


SMALL = (GOOD / "small.yaml").read_text(encoding="utf-8")


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


def start(*arguments: str | Path, cwd: Path | None = None, typed: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener start` with this on standard input."""
    done = subprocess.run(
        [COMMAND, "start", *map(str, arguments)],
        cwd=cwd,
        input=typed.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "80"},
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    assert "inside screener" not in err
    return done.returncode, out, err
