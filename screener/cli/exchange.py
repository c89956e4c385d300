"""`screener rules export` and `import`: rule files in the formats of other systems."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from screener.cli import streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from screener.ground.problems import Problem
    from screener.rulefile.model import RuleFile

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]
To = Annotated[
    Literal["fhir", "fhir-codes", "markdown", "csv"],
    typer.Option(
        "--to",
        help="fhir: a FHIR R4 Questionnaire. fhir-codes: the CodeSystem of its answers. "
        "markdown: a codebook to print and discuss. csv: one for a spreadsheet.",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists already.")]
Strict = Annotated[bool, typer.Option("--strict", help="Write nothing if anything would be left out or changed.")]
Form = Annotated[Path, typer.Argument(metavar="FILE", help="A FHIR Questionnaire (R4 or R5) in JSON.")]


def export(
    to: To,
    rules: Rules = "pico-laser",
    output: Output = None,
    force: Force = False,
) -> None:
    """Write a rule file in another format. What that format can't carry is listed on standard error."""
    from screener.rulefile.find import find_rules, load_rules

    target = _target(output, force, find_rules(rules))
    text, lost = _FORMATS[to](load_rules(rules))
    _tell(lost)
    _give(text, target, force)


def import_(form: Form, output: Output = None, force: Force = False, strict: Strict = False) -> None:
    """Make a rule file from a FHIR Questionnaire. What has no counterpart is listed on standard error."""
    from screener.exchange.fhir.import_ import take
    from screener.ground.files import read_text, shown
    from screener.ground.problems import ProblemsFound

    target = _target(output, force, form)
    taken = take(read_text(form), shown(form))
    if taken.lost and strict:
        raise ProblemsFound(one._replace(level="error") for one in taken.lost)
    _tell(taken.lost)
    _give(taken.text, target, force)
    if target is not None:
        streams.talk("What it says for which answers is still to be written; `screener rules check` helps.\n")


def _target(output: Path | None, force: bool, source: Path) -> Path | None:
    """The file to write, looked at before any work is done; None for standard output."""
    from screener.ground.files import check_writable

    target = None if output == Path("-") else output
    if target is not None:
        if target.resolve() == source.resolve():
            raise typer.BadParameter("--output must name another file than the one that is read.")
        check_writable(target, force)
    return target


def _tell(lost: "tuple[Problem, ...]") -> None:
    """List what is left out or changed."""
    from screener.ground.listing import as_text

    streams.talk(as_text(lost))


def _give(text: str, target: Path | None, force: bool) -> None:
    from screener.ground.files import shown, write_whole

    if target is None:
        streams.out(text)
    else:
        write_whole(target, text.encode(), force)
        streams.talk(f"Written: {shown(target)}.\n")


def _fhir(rules: "RuleFile") -> "tuple[str, tuple[Problem, ...]]":
    from screener.exchange.fhir.export import questionnaire

    made = questionnaire(rules)
    return as_json(made.resource), made.lost


def _fhir_codes(rules: "RuleFile") -> "tuple[str, tuple[Problem, ...]]":
    from screener.exchange.fhir.export import code_system

    return as_json(code_system(rules)), ()


def _markdown(rules: "RuleFile") -> "tuple[str, tuple[Problem, ...]]":
    from screener.exchange.codebook import as_markdown

    return as_markdown(rules), ()


def _csv(rules: "RuleFile") -> "tuple[str, tuple[Problem, ...]]":
    from screener.exchange.codebook import as_csv

    return as_csv(rules), ()


_FORMATS: "dict[str, Callable[[RuleFile], tuple[str, tuple[Problem, ...]]]]" = {
    "fhir": _fhir,
    "fhir-codes": _fhir_codes,
    "markdown": _markdown,
    "csv": _csv,
}


def as_json(resource: dict[str, Any]) -> str:
    """A FHIR resource as JSON, the same bytes for the same input."""
    from screener.ground.safetext import visible

    return visible(json.dumps(resource, ensure_ascii=False, indent=2)) + "\n"
