"""From the options of `screener start` to what is done: questions asked, or a code read, and what is wanted given."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from screener.cli.start import wiping
from screener.cli.start.intake import from_scan, intake
from screener.cli.start.wanted import Wanted, alone, for_code, for_fhir, wanted

if TYPE_CHECKING:
    from screener.exchange.fhir.export.response import BundleType


class Asked(NamedTuple):
    """What the options say of the pages and files that are to be made, each as it was typed."""

    outputs: list[Path]
    folder: Path | None
    format: str | None
    reader: str | None
    ref: str | None
    date: str | None
    details: bool
    save: Path | None
    force: bool
    review: bool
    code: bool
    seal: Path | None


#: Bundle, id, subject, author and server, as the options for FHIR have them.
Fhir = tuple["BundleType | None", str | None, str | None, str | None, str | None]


def run(
    rules: str,
    answers: Path | None,
    asked: Asked,
    fhir: Fhir,
    from_code: str | None,
    code_key: Path | None,
    plain: bool,
    clear: bool,
) -> int:
    """Do what the options say; the exit code. Raises typer.BadParameter and ProblemsFound."""
    made = _made(asked, fhir)
    alone(from_code, code_key, {"--answers": answers, "--review": asked.review})
    give = wiping.wiped if clear else wiping.left
    if from_code is not None:
        return give(lambda: from_scan(rules, from_code, code_key, made))
    return give(lambda: intake(rules, answers, made, plain))


def _made(asked: Asked, fhir: Fhir) -> Wanted:
    pages = wanted(asked.outputs, asked.folder, asked.format, asked.reader, asked.ref, asked.date, asked.details)
    made = for_fhir(pages._replace(save=asked.save, force=asked.force, review=asked.review), *fhir)
    return for_code(made, asked.code, asked.seal)
