"""`screener rules check` and `screener rules explain`: what is wrong with a rule file, and what that means."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from screener.authoring.checks.logic import Proved
    from screener.ground.problems import Problem
    from screener.rulefile.model import RuleFile

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]
Document = Annotated[Path | None, typer.Option(help="The source document: say which statements need another look.")]
Format = Annotated[Literal["text", "json", "sarif"], typer.Option("--format", help="How problems are written.")]
Witness = Annotated[
    Path | None,
    typer.Option("--witness", metavar="DIR", help="Write the answers that show each problem to files in this folder."),
]
Limit = Annotated[float, typer.Option(min=0, help="Seconds for the proof; what is open then is not decided.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist already.")]


def check(
    rules: Rules = "pico-laser",
    document: Document = None,
    format: Format = "text",
    witness: Witness = None,
    limit: Limit = 60,
    strict: Strict = False,
    force: Force = False,
) -> int:
    """Check a rule file, over every possible set of answers. All problems at once, with examples to replay."""
    from functools import cache

    from screener.ground.files import check_folder, read_text
    from screener.ground.problems import ProblemsFound
    from screener.rulefile.find import load_rules

    if witness is not None:
        check_folder(witness)
    read = cache(read_text)  # what comes through a pipe can be read only once
    try:
        loaded = load_rules(rules, read)
        if document is not None:
            read(document)  # what is not there is said before anything is proved
    except ProblemsFound as found:  # the logic of a file that can't be read is not looked at
        streams.out(_written(found.problems, format))
        return 1
    proved = _proved(loaded, limit)
    problems = _problems(rules, loaded, proved, document, read)
    streams.out(_written(problems, format))
    errors = sum(problem.level == "error" for problem in problems)
    warnings = len(problems) - errors
    if format == "text":
        from screener.authoring.checks.proved import render

        streams.out(render(loaded, proved.sound, errors, warnings))
    if witness is not None:
        _store(witness, problems, force)
    return 1 if errors or (strict and warnings) else 0


def _proved(rules: "RuleFile", limit: float) -> "Proved":
    from screener.authoring.checks.logic import prove
    from screener.cli.watch import Watch

    watch = Watch(limit)
    proved = prove(rules, watch.tick, watch.tell)
    watch.done()
    return proved


def _problems(
    name: str, rules: "RuleFile", proved: "Proved", document: Path | None, read: "Callable[[Path], str]"
) -> "list[Problem]":
    """What the checks say, with the place of each."""
    from functools import cache

    from screener.authoring.checks import remarks
    from screener.authoring.checks.document import document_changes
    from screener.authoring.checks.placing import placed
    from screener.ground.files import shown
    from screener.rulefile import yamltext
    from screener.rulefile.find import find_rules

    path = find_rules(name)
    files = {False: path, True: path.parent / (rules.sources or "")}
    changes = document_changes(rules, read(document)) if document is not None else ()
    texts = cache(lambda side: yamltext.read(read(files[side]), shown(files[side])))
    return placed([*remarks(rules), *proved.remarks, *changes], texts)


def _written(problems: "Iterable[Problem]", format: str) -> str:
    from screener.ground.listing import as_json, as_text

    if format == "sarif":
        from importlib.metadata import version

        from screener.authoring.manual.texts import texts
        from screener.ground.sarif import as_sarif

        return as_sarif(problems, texts(), version("screener"))
    return as_json(problems) if format == "json" else as_text(problems)


def _store(folder: Path, problems: "list[Problem]", force: bool) -> None:
    """Write every example, or none if one of the files can't be written."""
    from screener.authoring.examples import example_files
    from screener.ground.files import check_writable, make_folder, shown, write_whole

    files = {folder / name: text for name, text in example_files(problems).items()}
    if not files:
        streams.talk("No problem has answers to show it; nothing is written.\n")
        return
    make_folder(folder)
    for path in files:
        check_writable(path, force)
    for path, text in files.items():
        write_whole(path, text.encode(), force)
    streams.talk(f"{len(files)} answers file{'' if len(files) == 1 else 's'} written to {shown(folder)}\n")


def explain(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="The code in square brackets.")] = None,
    all: Annotated[bool, typer.Option("--all", help="The whole manual, as Markdown.")] = False,
) -> int:
    """Say what the code of a problem means, with an example of the fault and one without."""
    from screener.authoring.manual.listing import contents, manual, page
    from screener.authoring.manual.texts import known

    if all:
        streams.out(manual())
        return 0
    if code is None:
        streams.out(contents())
        return 0
    streams.out(page(known(code), streams.width()))
    return 0
