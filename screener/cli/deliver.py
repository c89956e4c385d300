"""What a command made goes to standard output or to files, and the person is told where it is."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

import typer

from screener.cli import streams
from screener.ground.safetext import one_line
from screener.ground.stopping import held


def to_file(output: Path | None) -> Path | None:
    """The file that `--output` names; None for standard output, which is also called `-`."""
    return None if output == Path("-") else output


def format_of(output: Path | None, endings: Mapping[str, str], made: str) -> str | None:
    """The format that the name of a file asks for, None if it has no ending or there is no file.

    `endings` has the format of each ending, `made` says what is written. Raises typer.BadParameter for other endings:
    nobody wants plain text in a file that a word processor is to open.
    """
    suffixes = output.suffixes if output is not None else []
    ending, longer = ("".join(suffixes[-count:]).lower() for count in (1, 2))
    if ending in ("", "."):
        return None
    if longer in endings:
        return endings[longer]
    if ending not in endings:
        *most, last = endings
        raise typer.BadParameter(
            f"No {made} is written to a file that ends in {one_line(ending)}. "
            f"Let its name end in {', '.join(most)} or {last}, or say how with --format."
        )
    return endings[ending]


def target(output: Path | None, force: bool, source: Path | None = None) -> Path | None:
    """The file to write, looked at before any work is done; None for standard output.

    `source` is the file that is read, which is never written over. Raises ProblemsFound.
    """
    from screener.ground.files import check_writable, real

    path = to_file(output)
    if path is not None:
        if source is not None and real(path) == real(source):
            raise typer.BadParameter("--output must name another file than the one that is read.")
        check_writable(path, force)
    return path


def give(made: str, path: Path | None, force: bool) -> None:
    """Put a text on standard output or, if there is a path, in that file. Raises ProblemsFound."""
    if path is None:
        streams.out(made)
    else:
        write(path, made, force)


def write(path: Path, made: str | bytes, force: bool | None = None, said: str = "") -> None:
    """Write the whole file, or raise ProblemsFound; then say so, in these words or in the usual ones.

    `force` None says that the command has no way to replace a file.
    """
    from screener.ground.files import shown, write_whole

    with held():
        write_whole(path, as_bytes(made), force)
        streams.talk(said or f"Written: {shown(path)}.\n")


def write_folder(folder: Path, texts: Mapping[str, str], force: bool, said: str) -> None:
    """Write every text to the file of its name in this folder, or raise ProblemsFound; then say so in these words.

    The folder is made if it is not there yet.
    """
    write_several({folder / name: text for name, text in texts.items()}, force, said, folder)


def write_several(files: Mapping[Path, str | bytes], force: bool | None, said: str, folder: Path | None = None) -> None:
    """Write all these files whole, or none of them and raise ProblemsFound; then say so in these words.

    The folder that is named is made if it is not there yet, and gone again if nothing could be written to it.
    """
    from screener.ground.files import make_folder, write_all

    with held(), ExitStack() as undone:
        if folder is not None:
            if not folder.exists():
                undone.callback(_forget, folder)
            make_folder(folder)
        write_all({path: as_bytes(made) for path, made in files.items()}, force)
        undone.pop_all()
        streams.talk(said)


def write_parts(path: Path, parts: Iterable[str | bytes], force: bool) -> int:
    """Write a file part by part, whole in the end or not at all; how many bytes it has. Raises ProblemsFound."""
    from screener.ground.files import write_in_parts

    return write_in_parts(path, (as_bytes(part) for part in parts), force)


def _forget(folder: Path) -> None:
    with suppress(OSError):  # somebody else may have put something there meanwhile
        folder.rmdir()


def as_bytes(made: str | bytes) -> bytes:
    """The bytes of a file; what is no character is replaced."""
    return made.encode("utf-8", "replace") if isinstance(made, str) else made
