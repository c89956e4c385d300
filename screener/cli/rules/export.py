"""`screener rules export`: a rule file in the formats of other systems."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.options import Force, Output, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from screener.ground.problems import Problem
    from screener.rulefile.model import RuleFile

To = Annotated[
    Literal["fhir", "fhir-codes", "markdown", "csv"],
    typer.Option(
        "--to",
        help="fhir: a FHIR R4 Questionnaire. fhir-codes: the CodeSystem of its answers. "
        "markdown: a codebook to print and discuss. csv: one for a spreadsheet.",
    ),
]


def export(to: To, rules: Rules = "pico-laser", output: Output = None, force: Force = False) -> None:
    """Write a rule file in another format. What that format can't carry is listed on standard error."""
    from screener.ground.listing import as_text
    from screener.rulefile.find import find_rules, load_rules

    target = deliver.target(output, force, find_rules(rules))
    text, lost = _FORMATS[to](load_rules(rules))
    streams.talk(as_text(lost))
    deliver.give(text, target, force)


def _fhir(rules: "RuleFile") -> "tuple[str, tuple[Problem, ...]]":
    from screener.exchange.fhir.export import questionnaire
    from screener.ground.jsontext import as_json_text

    made = questionnaire(rules)
    return as_json_text(made.resource), made.lost


def _fhir_codes(rules: "RuleFile") -> "tuple[str, tuple[Problem, ...]]":
    from screener.exchange.fhir.export import code_system
    from screener.ground.jsontext import as_json_text

    return as_json_text(code_system(rules)), ()


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
