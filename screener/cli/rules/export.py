"""`screener rules export`: a rule file in the formats of other systems, or as one page that asks its questions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import deliver, streams
from screener.cli.fhir import published_at, refuse
from screener.cli.options import BaseUrl, Force, Output, Rules

if TYPE_CHECKING:
    from screener.ground.problems import Problem
    from screener.rulefile.model import RuleFile

To = Annotated[
    Literal["page", "fhir", "fhir-codes", "markdown", "csv"],
    typer.Option(
        "--to",
        help="page: one web page that asks the questions and gives the summary, without a network. fhir: a FHIR R4 "
        "Questionnaire. fhir-codes: the CodeSystem of its answers. markdown: a codebook to print and discuss. csv: one "
        "for a spreadsheet.",
    ),
]
Embed = Annotated[
    bool, typer.Option("--embed", help="For a page only: as one element, to be put into a page of your own.")
]
Kiosk = Annotated[
    bool,
    typer.Option("--kiosk", help="For a page only: for a tablet that many people use; left alone, it wipes itself."),
]
Idle = Annotated[
    int | None,
    typer.Option("--idle", min=30, metavar="SECONDS", help="With --kiosk: wipe the page after so long; 180 otherwise."),
]
Seal = Annotated[
    Path | None,
    typer.Option(
        "--seal",
        metavar="KEYFILE",
        help="For a page only: nobody can read its codes but the clinic that this public key is of.",
    ),
]
_IDLE = 180
#: So many seconds a proof may take; what is open then is not decided.
_LIMIT = 60


def export(
    to: To,
    rules: Rules = "pico-laser",
    output: Output = None,
    force: Force = False,
    base_url: BaseUrl = None,
    embed: Embed = False,
    kiosk: Kiosk = False,
    idle: Idle = None,
    seal: Seal = None,
) -> None:
    """Write a rule file in another format. What that format can't carry is listed on standard error."""
    from screener.rulefile.find import find_rules

    _check_options(to, base_url, {"--embed": embed or None, "--kiosk": kiosk or None, "--seal": seal})
    if idle is not None and not kiosk:
        raise typer.BadParameter("--idle can only be used with --kiosk.")
    address = published_at(base_url)
    target = deliver.target(output, force, find_rules(rules))
    made = _page(rules, _seconds(kiosk, idle), seal, embed) if to == "page" else _other(to, rules, address)
    deliver.give(made, target, force)


def _check_options(to: str, base_url: str | None, of_a_page: dict[str, object]) -> None:
    """Raise typer.BadParameter for options of another format."""
    if not to.startswith("fhir"):
        refuse({"--base-url": base_url}, "--to fhir and --to fhir-codes")
    if to != "page":
        refuse(of_a_page, "--to page")


def _seconds(kiosk: bool, idle: int | None) -> int | None:
    """How long nobody may touch a page before it is wiped; None for one that only one person uses."""
    return (idle or _IDLE) if kiosk else None


def _page(name: str, idle: int | None, seal: Path | None, embed: bool) -> str:
    """The page. Raises ProblemsFound."""
    from screener.cli.clinic_key import clinic_key
    from screener.page.build import PageKind, fragment, webpage

    kind = PageKind(idle, None if seal is None else clinic_key(seal))
    rules = _without_errors(name)
    return fragment(rules, kind) if embed else webpage(rules, kind)


def _without_errors(name: str) -> "RuleFile":
    """The rule file, if nothing is wrong with it: a page is handed to patients. Warnings are said.

    Raises ProblemsFound with what `screener rules check` says, if that has errors.
    """
    from screener.cli.proving import problems_of, proof_of
    from screener.cli.reading import kept
    from screener.ground.problems import ProblemsFound
    from screener.rulefile.find import load_rules

    read = kept({})
    rules = load_rules(name, read)
    problems = problems_of(name, rules, proof_of(rules, _LIMIT), None, read)
    if any(problem.level == "error" for problem in problems):
        raise ProblemsFound(problems)
    streams.tell(problems)
    return rules


def _other(to: str, name: str, address: str) -> str:
    """Another format; what it can't carry is said. Raises ProblemsFound."""
    from screener.cli.reading import load
    from screener.ground.problems import shortened

    text, lost = _made(to, load(name), address)
    streams.tell(shortened(lost, help=""))
    return text


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
