"""What must hold before a change lands: `python -m tests`. More arguments go to pytest; `-m slow` runs the rest."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
CHECKS: list[list[str]] = [
    [str(BIN / "ruff"), "check", "."],
    [str(BIN / "ruff"), "format", "--check", "."],
    [str(BIN / "mypy")],
    [str(BIN / "lint-imports")],
    [str(BIN / "zizmor"), "--offline", "--quiet", "--persona=auditor", ".github"],
    [str(BIN / "pytest"), "-q", "-n", "auto", "--dist", "loadfile", "-m", "not slow", *sys.argv[1:]],
]


def main() -> int:
    """Run every check, also after one failed, and give the first exit code that is not 0."""
    codes = []
    for check in CHECKS:
        print("$", Path(check[0]).name, *check[1:], flush=True)
        codes.append(subprocess.run(check, cwd=ROOT, check=False).returncode)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
