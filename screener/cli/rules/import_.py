"""`screener rules import`: a rule file from the form of another system."""

from pathlib import Path
from typing import Annotated

import typer

from screener.cli import deliver, streams
from screener.cli.options import Force, Output

Form = Annotated[Path, typer.Argument(metavar="FILE", help="A FHIR Questionnaire (R4 or R5) in JSON.")]
Strict = Annotated[bool, typer.Option("--strict", help="Write nothing if anything would be left out or changed.")]


def import_(form: Form, output: Output = None, force: Force = False, strict: Strict = False) -> None:
    """Make a rule file from a FHIR Questionnaire. What has no counterpart is listed on standard error."""
    from screener.cli.reading import read
    from screener.exchange.fhir.import_ import take
    from screener.ground.files import shown
    from screener.ground.problems import ProblemsFound, shortened

    target = deliver.target(output, force, form)
    taken = take(read(form), shown(form))
    if taken.lost and strict:
        raise ProblemsFound(one._replace(level="error") for one in taken.lost)
    streams.tell(shortened(taken.lost, help=""))
    deliver.give(taken.text, target, force)
    if target is not None:
        streams.talk("What it says for which answers is still to be written; `screener rules check` helps.\n")
