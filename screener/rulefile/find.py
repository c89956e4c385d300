"""Rule files by path, by name, or by a revision of git: found, read and loaded."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from screener.ground.files import is_there, read_text, shown
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
        known_names = f"with the tool come: {', '.join(known)}; or give the path of a file"
        help = _with_ending(name) or did_you_mean(name, known) or known_names
        raise ProblemsFound([Problem("not-found", f"there is no rule file `{one_line(name)}`", help)])
    return path


def _with_ending(name: str) -> str:
    """The file of this folder that is meant by its name without `.yaml`, as a question."""
    return f"did you mean `{one_line(name)}.yaml`?" if name and is_there(Path(f"{name}.yaml")) else ""


def load_rules(
    name: str | os.PathLike[str] = DEFAULT_RULES,
    read: Callable[[Path], str] = read_text,
    today: Callable[[], date] = date.today,
) -> RuleFile:
    """The rule file with this path, or with this name among those that come with the tool.

    Its sources file is read from the same folder. `today` gives the day of the interview, from which a rule file may
    count back. Raises ProblemsFound with everything that is wrong.
    """
    path = find_rules(os.fspath(name))

    def beside(companion: str) -> tuple[str, str]:
        place = path.parent / companion
        try:
            return read(place), shown(place)
        except ProblemsFound as found:
            raise ProblemsFound(_near(problem, companion, path.parent) for problem in found.problems) from None

    return load(read(path), shown(path), beside, today())


def _near(problem: Problem, name: str, folder: Path) -> Problem:
    """The problem of a sources file that is not there, with one that is there under nearly this name."""
    if problem.code != "not-found":
        return problem
    near = did_you_mean(name, sorted(path.name for path in folder.glob("*.sources.yaml")))
    return problem._replace(help=near or problem.help)


def load_either(name: str, read: Callable[[Path], str] = read_text, today: Callable[[], date] = date.today) -> RuleFile:
    """A rule file as `load_rules` has it, or as git has it in a revision: `HEAD~1:rules/pico-laser.yaml`."""
    from screener.rulefile.revisions import beside, committed, revision_and_path  # only a comparison needs git

    revision, path = revision_and_path(name)
    if not revision or is_there(Path(name)):
        return load_rules(name, read, today)

    def companion(file: str) -> tuple[str, str]:
        place = beside(path, file)
        return committed(revision, place), shown(f"{revision}:{place}")

    return load(committed(revision, path), shown(name), companion, today())
