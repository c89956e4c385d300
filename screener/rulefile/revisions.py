"""Rule files as git has them in a revision. Git is only asked for what is on this computer already."""

import os
import subprocess
from pathlib import PurePosixPath

from screener.ground.files import cause_of, decoded, shown
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import one_line

#: Nothing of the repository's own settings may fetch, run or write anything: a repository can come from anyone.
#: Old versions of git do not know GIT_NO_LAZY_FETCH; allowing no protocol keeps them from fetching as well.
_CLOSED = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.alternateRefsCommand=false")


def revision_and_path(name: str) -> tuple[str, str]:
    """`HEAD~1:rules/a.yaml` as revision and path, both empty if it is none. A colon within braces parts nothing."""
    depth = 0
    for index, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if letter == ":" and depth <= 0:
            return (name[:index], name[index + 1 :]) if index and index + 1 < len(name) else ("", "")
    return "", ""


def beside(path: str, companion: str) -> str:
    """The path of a file in the folder of another, both inside a revision; `./` in front keeps its meaning."""
    folder = PurePosixPath(path).parent
    lead = "./" if path.startswith("./") else ""
    return lead + str(folder / companion)


def is_committed(revision: str, path: str) -> bool:
    """Whether a revision has this file; a repository without any commit has none. Raises ProblemsFound if the revision
    itself is not there."""
    _check(revision)
    if _git("rev-parse", "--verify", "--quiet", revision).returncode:
        commits = _git("rev-list", "--max-count=1", "--all")
        if commits.returncode or commits.stdout.strip():
            said = _said(commits) if commits.returncode else "there is no such revision"
            raise _refused("not-found", f"git has no `{shown(revision)}`: {said}", "name a branch, a tag or a commit")
        return False
    return not _git("cat-file", "-e", f"{revision}:{path}").returncode


def committed(revision: str, path: str) -> str:
    """The text of a file in a revision. Raises ProblemsFound with what git says if there is none."""
    spec = f"{revision}:{path}"
    _check(spec)
    done = _git("cat-file", "blob", spec)
    if done.returncode:
        help = "write REVISION:PATH, with the path as it is from the top of the repository, or with ./ from here"
        raise _refused("not-found", f"git has no `{shown(spec)}`: {_said(done)}", help)
    return decoded(done.stdout, shown(spec))


def _check(spec: str) -> None:
    """Nothing that begins like an option reaches git."""
    if spec.startswith("-"):
        raise _refused("not-found", f"`{shown(spec)}` is no revision", "write REVISION:PATH")


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", *_QUIET, *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **_CLOSED})  # noqa: S603
    except (OSError, ValueError) as error:
        raise _refused("not-readable", f"git can't be asked: {cause_of(error)}", "name two files instead") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return one_line(done.stderr.decode("utf-8", "replace")).removeprefix("fatal: ")


def _refused(code: str, message: str, help: str) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, help)])
