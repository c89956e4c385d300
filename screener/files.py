"""The only room that opens files: rule files by name or path, whole reads, whole writes or none."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from screener.loader import load
from screener.model import RuleFile
from screener.problems import Problem, ProblemsFound, did_you_mean
from screener.safetext import one_line
from screener.yamltext import MAX_BYTES

DEFAULT_RULES = "pico-laser"
_COMPANIONS = (".sources", ".cases")


def rules_folder() -> Path:
    """The folder of the rule files that come with the tool: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
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
    if not path.suffix and "/" not in name and not _is_there(path):
        help = did_you_mean(name, known) or f"with the tool come: {', '.join(known)}; or give the path of a file"
        raise ProblemsFound([Problem("not-found", f"there is no rule file `{one_line(name)}`", help)])
    return path


def _is_there(path: Path) -> bool:
    with suppress(OSError):  # a name too long for the file system, for one
        return path.exists()
    return False


def read_text(path: str | os.PathLike[str]) -> str:
    """The whole text of a file. Raises ProblemsFound if it is missing, unreadable, too large or not UTF-8."""
    name = shown(path)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _unusable("not-found", f"there is no file `{name}`", "check the name and the folder") from None
    except IsADirectoryError:
        raise _unusable("not-readable", f"`{name}` is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise _unusable("not-readable", f"`{name}` can't be read: {_cause(error)}", "") from None
    return _decoded(data, name)


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise ProblemsFound([Problem("too-large", "the file is larger than 5 MiB", file=name)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig", "replace")
        message = "the file is not UTF-8 text"
        raise ProblemsFound([Problem("not-utf8", message, "save it as UTF-8", name, line, len(before) + 1)]) from None


def load_either(name: str) -> RuleFile:
    """A rule file as `load_rules` has it, or as git has it in a revision: `HEAD~1:rules/pico-laser.yaml`."""
    revision, colon, path = name.partition(":")
    if not colon or not revision or not path or _is_there(Path(name)):
        return load_rules(name)

    def read(place: Path) -> str:
        spec = os.fspath(place)
        return _committed(spec if spec.startswith(f"{revision}:") else f"{revision}:{spec}")

    return load_rules(name, read)


def _committed(spec: str) -> str:
    """The text of a file in a revision. Raises ProblemsFound with what git says if there is none."""
    import subprocess  # only a comparison with a revision needs it

    if spec.startswith("-"):
        raise _unusable("not-found", f"`{shown(spec)}` is no revision", "write REVISION:PATH")
    try:
        done = subprocess.run(["git", "cat-file", "blob", spec], capture_output=True, check=False)  # noqa: S603, S607
    except (OSError, ValueError) as error:
        raise _unusable("not-readable", f"git can't be asked: {_cause(error)}", "name two files instead") from None
    if done.returncode:
        said = one_line(done.stderr.decode("utf-8", "replace")).removeprefix("fatal: ")
        help = "write REVISION:PATH, with the path as it is from the top of the repository, or with ./ from here"
        raise _unusable("not-found", f"git has no `{shown(spec)}`: {said}", help)
    return _decoded(done.stdout, shown(spec))


def load_rules(name: str | os.PathLike[str] = DEFAULT_RULES, read: Callable[[Path], str] = read_text) -> RuleFile:
    """The rule file with this path, or with this name among those that come with the tool.

    Its sources file is read from the same folder. Raises ProblemsFound with everything that is wrong.
    """
    path = find_rules(os.fspath(name))

    def beside(companion: str) -> tuple[str, str]:
        place = path.parent / companion
        return read(place), shown(place)

    return load(read(path), shown(path), beside)


def shown(path: str | os.PathLike[str]) -> str:
    """The path as it may be printed."""
    return one_line(os.fspath(path))


def check_writable(path: str | os.PathLike[str], force: bool | None) -> None:
    """Raise ProblemsFound now rather than after the interview if this file can't be written.

    `force` None says that the command has no way to replace a file.
    """
    target = Path(path)
    try:
        taken, regular = True, stat.S_ISREG(target.lstat().st_mode)
    except FileNotFoundError:
        taken, regular = False, False
    except (OSError, ValueError) as error:
        raise _unwritable(target, _cause(error)) from None
    if taken and not regular:
        raise _unwritable(target, "it is a folder, a link or a device, not an ordinary file")
    if taken and not force:
        help = "choose another name" + ("" if force is None else ", or add --force")
        raise _unusable("not-writable", f"`{shown(target)}` exists already", help)
    if "\0" in os.fspath(target):
        raise _unwritable(target, "no file can have this name")
    if not target.parent.is_dir():
        raise _unwritable(target, "there is no such folder")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise _unwritable(target, "the folder can't be written to")


def check_folder(path: str | os.PathLike[str]) -> None:
    """Raise ProblemsFound now rather than after long work if no files can be written to this folder."""
    folder = next(place for place in (Path(path), *Path(path).absolute().parents) if _is_there(place))
    if not folder.is_dir():
        raise _unwritable(folder, "it is not a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(folder, "the folder can't be written to")


def make_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder that only its owner can look into, if it is not there yet. Raises ProblemsFound."""
    try:
        Path(path).mkdir(0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _unwritable(Path(path), _cause(error)) from None


def write_whole(path: str | os.PathLike[str], data: bytes, force: bool | None = None) -> None:
    """Write the whole file, readable by its owner only, or nothing at all.

    An existing file is replaced only with `force`. Raises ProblemsFound if it can't be written.
    """
    import tempfile  # only needed once something is written

    check_writable(path, force)
    target, draft = Path(path), ""
    try:
        number, draft = tempfile.mkstemp(prefix=".screener-", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _into_place(draft, target, bool(force))
    except (OSError, ValueError) as error:
        raise _unwritable(target, _cause(error)) from None
    finally:
        if draft:
            Path(draft).unlink(missing_ok=True)


def _into_place(draft: str, target: Path, force: bool) -> None:
    """Give the finished draft its name; without `force` in a way that fails if the name was taken meanwhile."""
    if not force:
        try:
            os.link(draft, target)
        except OSError as error:  # not every file system knows links
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP):
                raise
        else:
            return
    Path(draft).replace(target)


def _cause(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _unusable(code: str, message: str, help: str) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, help)])


def _unwritable(target: Path, cause: str) -> ProblemsFound:
    return _unusable("not-writable", f"`{shown(target)}` can't be written: {cause}", "choose another place")
