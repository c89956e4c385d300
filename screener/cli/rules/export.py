"""`screener rules export`: a rule file in the formats of other systems."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.fhir import published_at, refuse
from screener.cli.options import BaseUrl, Force, Output, Rules

if TYPE_CHECKING:
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


def export(
    to: To, rules: Rules = "pico-laser", output: Output = None, force: Force = False, base_url: BaseUrl = None
) -> None:
    """Write a rule file in another format. What that format can't carry is listed on standard error."""
    if not to.startswith("fhir"):
        refuse({"--base-url": base_url}, "--to fhir and --to fhir-codes")
    address = published_at(base_url)
    from screener.cli.reading import load
    from screener.ground.listing import as_text
    from screener.ground.problems import shortened
    from screener.rulefile.find import find_rules

    target = deliver.target(output, force, find_rules(rules))
    text, lost = _made(to, load(rules), address)
    streams.talk(as_text(shortened(lost, help="")))
    deliver.give(text, target, force)


def _made(to: str, rules: "RuleFile", base_url: str) -> "tuple[str, tuple[Problem, ...]]":
    """The rule file in one of the formats, and what of it that format can't carry."""
    from screener.ground.jsontext import as_json_text

    if to == "fhir":
        from screener.exchange.fhir.export import questionnaire

        made = questionnaire(rules, base_url)
        return as_json_text(made.resource), made.lost
    if to == "fhir-codes":
        from screener.exchange.fhir.export import code_system

        return as_json_text(code_system(rules, base_url)), ()
    from screener.exchange.codebook import as_csv, as_markdown

    return (as_markdown if to == "markdown" else as_csv)(rules), ()
