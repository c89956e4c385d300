"""Pictures of codes, and what a scanner reads in them: `zbarimg` of Debian's zbar-tools."""

import re
import shutil
import subprocess
from pathlib import Path

#: So many pixels wide is a square.
_SCALE = 4
Squares = list[list[bool]]


def missing() -> str:
    """What to install to read codes; empty if all is there."""
    return "" if shutil.which("zbarimg") else "reading codes needs zbarimg; tests/web/install installs it"


def scanned(*pictures: Path) -> list[str]:
    """What a scanner reads in each of these pictures; there must be one code in each."""
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", *map(str, pictures)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    found = done.stdout.splitlines()
    assert len(found) == len(pictures), (len(found), done.stderr)
    return found


def painted(squares: Squares, path: Path) -> Path:
    """These squares as a picture, dark where they are true."""
    rows = [b"".join((b"\0" if dark else b"\xff") * _SCALE for dark in row) for row in squares for _ in range(_SCALE)]
    path.write_bytes(b"P5 %d %d 255\n" % (len(rows[0]), len(rows)) + b"".join(rows))
    return path


def squares_of_text(text: str, dark: str = "ink") -> Squares:
    """The squares of a drawing in half blocks; `dark` is what is filled, or what is left blank."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    rows: Squares = []
    for line in lines:
        rows.append([(sign in "▀█") == (dark == "ink") for sign in line])
        rows.append([(sign in "▄█") == (dark == "ink") for sign in line])
    return rows


def squares_of_path(path: str, width: int) -> Squares:
    """The squares of the path of an SVG."""
    rows = [[False] * width for _ in range(width)]
    strips = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{wide}v1h-{back}z" for x, y, wide, back in strips) == path
    for x, y, wide, _ in strips:
        rows[int(y)][int(x) : int(x) + int(wide)] = [True] * int(wide)
    return rows
