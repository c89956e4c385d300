"""`screener rules diff`: what an edit of a rule file changes, and which version it needs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import streams
from screener.cli.options import Limit, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screener.authoring.diff.changes import Comparison
    from screener.ground.problems import Problem
    from screener.rulefile.model import RuleFile

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="OLD NEW",
        help="Two rule files by path, by name or as REVISION:PATH, the old one first; with --since any number of them.",
        autocompletion=shipped,
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="REVISION", help="Compare each file with what git has of it in this revision."),
]
Format = Annotated[
    Literal["text", "json", "markdown"],
    typer.Option("--format", help="How the changes are written; markdown is a comment for a pull request."),
]
Table = Annotated[
    Path | None,
    typer.Option("--table", metavar="TABLE", help="Say whom in this table of answers the edit concerns, too."),
]
Columns = Annotated[
    Path | None,
    typer.Option("--columns", metavar="FILE", help="With --table: which column answers which question."),
]
RequireVersion = Annotated[
    bool, typer.Option("--require-version", help="Exit with 1 if the new version is too small for what has changed.")
]


def diff(
    files: Files,
    since: Since = None,
    format: Format = "text",
    require_version: RequireVersion = False,
    limit: Limit = 60,
    table: Table = None,
    columns: Columns = None,
) -> int:
    """Say what an edit changes, for which answers, and which version comes next. With examples."""
    from screener.cli.reading import rule_files
    from screener.ground.problems import ProblemsFound

    _check_files(files, since, format)
    _check_table(table, columns, since, format)
    problems: list[Problem] = []
    for number, name in enumerate(files[1:] if since is None else rule_files(files)):
        try:
            old, new = _sides(files[0], name) if since is None else _since(since, name)
            written, comparison = _told(old, new, format, limit)
        except ProblemsFound as found:
            problems += found.problems
            continue
        streams.out("\n" * min(number, 1) + written)
        problems += _too_small(name, comparison) if comparison and require_version else ()
    if problems:
        raise ProblemsFound(problems)
    _tell_whom(files, table, columns)
    return 0


def _tell_whom(files: list[str], table: Path | None, columns: Path | None) -> None:
    """Say whom in a table the edit concerns, if one is given. Raises ProblemsFound."""
    if table is not None:
        from screener.cli.rules.whom import told

        streams.out("\n" + told(files[0], files[1], table, columns))


def _check_files(files: list[str], since: str | None, format: str) -> None:
    """Raise typer.BadParameter for too few files, or too many."""
    from screener.cli.reading import rule_files

    if since is None and len(files) != 2:
        raise typer.BadParameter("Name two rule files, the old one first, or a revision with --since.")
    if since is not None and format == "json" and len(rule_files(files)) > 1:
        raise typer.BadParameter("JSON is about one file. Name one file only.")


def _check_table(table: Path | None, columns: Path | None, since: str | None, format: str) -> None:
    """Raise typer.BadParameter for options that do not go with a table, and ProblemsFound where an extra is missing."""
    if table is None and columns is not None:
        raise typer.BadParameter("--columns can only be used with --table.")
    if table is not None and (since is not None or format != "text"):
        raise typer.BadParameter("--table can't be used with --format json or markdown, or with --since.")
    if table is not None:
        from screener.cli.tables import needs_extra

        needs_extra()


def _sides(old: str, new: str) -> "tuple[RuleFile, RuleFile]":
    from screener.cli.reading import load_revision

    before = load_revision(old)
    return before, load_revision(new)


def _since(revision: str, name: str) -> "tuple[RuleFile | str, RuleFile]":
    """What git has of a file in a revision, or why there is nothing to compare; and the file."""
    import os

    from screener.cli.reading import load, load_revision
    from screener.ground.problems import ProblemsFound
    from screener.rulefile.find import find_rules
    from screener.rulefile.revisions import is_committed

    new, path = load(name), os.path.relpath(find_rules(name))
    there = path if path.startswith("..") else f"./{path}"
    if not is_committed(revision, there):
        return f"new since {revision}, so there is nothing to compare", new
    try:
        return load_revision(f"{revision}:{there}"), new
    except ProblemsFound:  # an old fault must not stand in the way of its mend
        return f"what {revision} has of it can't be read as a rule file, so there is nothing to compare", new


def _told(old: "RuleFile | str", new: "RuleFile", format: str, limit: float) -> "tuple[str, Comparison | None]":
    """The comparison in words, and as it is; or why there is none."""
    from screener.authoring.diff.listing import as_json, as_text, new_as_json, new_as_text
    from screener.authoring.diff.markdown import as_markdown, new_as_markdown

    if isinstance(old, str):
        if format == "markdown":
            return new_as_markdown(new, old), None
        return new_as_json(new) if format == "json" else new_as_text(new, old, streams.look()), None
    comparison = _compared(old, new, limit)
    if format == "markdown":
        return as_markdown(comparison), comparison
    return as_json(comparison) if format == "json" else as_text(comparison, streams.look()), comparison


def _too_small(name: str, comparison: "Comparison") -> "Iterator[Problem]":
    """What is wrong with the version of the new file, for what has changed."""
    from screener.authoring.diff.versions import is_enough, is_numbered
    from screener.authoring.diff.wording import reasons
    from screener.ground.files import shown
    from screener.ground.problems import Problem

    old, new, following = comparison.old.version, comparison.new.version, comparison.next_version
    if old == new and comparison.same:
        return
    if not is_numbered(new):
        help = "write it as MAJOR.MINOR.PATCH, such as 2.1.0"
        yield Problem("version-not-numbered", f"the version `{new}` is not numbered", help, shown(name))
    elif following is not None and not is_enough(old, new, comparison.demands):
        because = "".join(f"; {reason}" for reason in [*reasons(comparison)][:1])
        message = f"the version {new} is too small: after {old} comes {following} ({comparison.demands})"
        yield Problem("version-too-small", message, f"write `version: {following}`{because}", shown(name))


def _compared(before: "RuleFile", after: "RuleFile", limit: float) -> "Comparison":
    """The comparison. Raises ProblemsFound when the time is over before it is done."""
    from screener.authoring.diff.compare import compare
    from screener.cli.clock import Clock
    from screener.ground.problems import Problem, ProblemsFound
    from screener.proof.gates import Undecided

    clock = Clock(limit)
    try:
        return compare(before, after, clock.tick, clock.tell)
    except Undecided as undecided:
        help = "give more time with --limit; nothing is known about the two files"
        raise ProblemsFound([Problem("not-decided", f"the comparison was not decided: {undecided}", help)]) from None
    finally:
        clock.done()
