"""Rule files by path, by name, or by a revision of git: found, read and loaded."""

import os
from collections.abc import Callable
from pathlib import Path

from screener.ground.files import cause_of, decoded, is_there, read_text, shown
from screener.ground.problems import Problem, ProblemsFound, did_you_mean
from screener.ground.safetext import one_line
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

DEFAULT_RULES = "pico-laser"
_COMPANIONS = (".sources", ".cases")


def rules_folder() -> Path:
    """The folder of the rule files that come with the tool: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def bundled() -> dict[str, Path]:
    """The rule files that come with the tool, by name."""
    files = sorted(rules_folder().glob("*.yaml"))
    return {path.stem: path for path in files if not path.stem.endswith(_COMPANIONS)}


def find_rules(name: str) -> Path:
    """The path of a rule file: a path as it is, or the name of one that comes with the tool."""
    known = bundled()
    if name in known:
        return known[name]
    path = Path(name)
    if not path.suffix and "/" not in name and not is_there(path):
        help = did_you_mean(name, known) or f"with the tool come: {', '.join(known)}; or give the path of a file"
        raise ProblemsFound([Problem("not-found", f"there is no rule file `{one_line(name)}`", help)])
    return path


def load_rules(name: str | os.PathLike[str] = DEFAULT_RULES, read: Callable[[Path], str] = read_text) -> RuleFile:
    """The rule file with this path, or with this name among those that come with the tool.

    Its sources file is read from the same folder. Raises ProblemsFound with everything that is wrong.
    """
    path = find_rules(os.fspath(name))

    def beside(companion: str) -> tuple[str, str]:
        place = path.parent / companion
        return read(place), shown(place)

    return load(read(path), shown(path), beside)


def load_either(name: str) -> RuleFile:
    """A rule file as `load_rules` has it, or as git has it in a revision: `HEAD~1:rules/pico-laser.yaml`."""
    revision, colon, path = name.partition(":")
    if not colon or not revision or not path or is_there(Path(name)):
        return load_rules(name)

    def read(place: Path) -> str:
        spec = os.fspath(place)
        return _committed(spec if spec.startswith(f"{revision}:") else f"{revision}:{spec}")

    return load_rules(name, read)


def _committed(spec: str) -> str:
    """The text of a file in a revision. Raises ProblemsFound with what git says if there is none."""
    import subprocess  # only a comparison with a revision needs it

    if spec.startswith("-"):
        raise _missing("not-found", f"`{shown(spec)}` is no revision", "write REVISION:PATH")
    try:
        done = subprocess.run(["git", "cat-file", "blob", spec], capture_output=True, check=False)  # noqa: S603, S607
    except (OSError, ValueError) as error:
        raise _missing(
            "not-readable",
            f"git can't be asked: {cause_of(error)}",
            "name two files instead",
        ) from None
    if done.returncode:
        said = one_line(done.stderr.decode("utf-8", "replace")).removeprefix("fatal: ")
        help = "write REVISION:PATH, with the path as it is from the top of the repository, or with ./ from here"
        raise _missing("not-found", f"git has no `{shown(spec)}`: {said}", help)
    return decoded(done.stdout, shown(spec))


def _missing(code: str, message: str, help: str) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, help)])
