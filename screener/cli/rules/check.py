"""`screener rules check`: everything that is wrong with a rule file, decided over every possible set of answers."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.options import Force, Limit, ManyRules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from screener.ground.problems import Problem

Document = Annotated[Path | None, typer.Option(help="The source document: say which statements need another look.")]
Format = Annotated[Literal["text", "json", "sarif"], typer.Option("--format", help="How problems are written.")]
Witness = Annotated[
    Path | None,
    typer.Option("--witness", metavar="DIR", help="Write the answers that show each problem to files in this folder."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")]


def check(
    rules: ManyRules = None,
    document: Document = None,
    format: Format = "text",
    witness: Witness = None,
    limit: Limit = 60,
    strict: Strict = False,
    force: Force = False,
) -> int:
    """Check rule files, over every possible set of answers. All problems at once, with examples to replay."""
    from screener.cli.reading import kept, rule_files
    from screener.ground.files import check_folder
    from screener.ground.problems import ProblemsFound

    if witness is not None:
        check_folder(witness)
    paths: dict[str, Path] = {}
    read, found, readable = kept(paths), list["Problem"](), False
    for name in rule_files(rules):
        try:
            problems, summed_up = _checked(name, document, limit, read)
            readable = True
        except ProblemsFound as refused:
            problems, summed_up = list(refused.problems), ""
        found += problems
        streams.out(_written(problems, format, paths) + summed_up if format == "text" else "")
    streams.out(_written(found, format, paths) if format != "text" else "")
    if witness is not None and readable:
        _store(witness, found, force)
    return 1 if found and (strict or any(problem.level == "error" for problem in found)) else 0


def _checked(
    name: str, document: Path | None, limit: float, read: "Callable[[Path], str]"
) -> "tuple[list[Problem], str]":
    """Every problem, and in words how many there are and what was proved.

    Raises ProblemsFound for what can't be read, before anything is proved: nothing is known of the logic then.
    """
    from screener.authoring.checks.proved import render
    from screener.cli.proving import problems_of, proof_of
    from screener.rulefile.find import load_rules

    rules = load_rules(name, read)
    if document is not None:
        read(document)
    proved = proof_of(rules, limit)
    problems = problems_of(name, rules, proved, document, read)
    errors = sum(problem.level == "error" for problem in problems)
    return problems, render(rules, proved.sound, errors, len(problems) - errors)


def _written(problems: "Iterable[Problem]", format: str, paths: "Mapping[str, Path]") -> str:
    """The problems in one of the formats; `paths` has the file of each name that they show."""
    from screener.ground.listing import as_json, as_text

    if format == "sarif":
        from importlib.metadata import version

        from screener.authoring.manual.texts import texts
        from screener.ground.sarif import as_sarif

        return as_sarif(problems, texts(), version("screener"), paths)
    return as_json(problems) if format == "json" else as_text(problems, streams.line_width(sys.stdout))


def _store(folder: Path, problems: "list[Problem]", force: bool) -> None:
    """Write every example to a file of its own."""
    from screener.authoring.examples import example_files
    from screener.ground.files import shown

    files = example_files(problems)
    if not files:
        streams.talk("No problem has answers to show it; nothing is written.\n")
        return
    count = f"{len(files)} answers file{'' if len(files) == 1 else 's'}"
    deliver.write_folder(folder, files, force, f"{count} written to {shown(folder)}\n")
