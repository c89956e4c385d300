"""What a person gets at the end: the answers in a file, and the summary."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli import deliver, streams
from screener.cli.fhir import Handover
from screener.cli.start.wanted import Wanted
from screener.engine.assess import Summary, assess
from screener.ground.files import shown
from screener.ground.problems import ProblemsFound
from screener.ground.wrapping import Look
from screener.rulefile.model import Answers, RuleFile
from screener.summary.formats import renderer

if TYPE_CHECKING:
    from screener.summary.formats import Renderer


def save(rules: RuleFile, given: Answers, path: Path, force: bool) -> None:
    """Store the answers in a file. Raises ProblemsFound."""
    from screener.cli.start.answers import as_file

    said = f"\nYour answers are in {shown(path)}. Only you can read the file.\n"
    deliver.write(path, as_file(rules, given), force, said)


def give(rules: RuleFile, given: Answers, wanted: Wanted) -> None:
    """Make the summary, and store or show it. Raises ProblemsFound; then it is on the screen as text, if it can be."""
    summary = assess(rules, given)
    try:
        made = _renderer(wanted)(rules, summary, Look() if wanted.output else streams.look())
        if wanted.output:
            deliver.write(wanted.output, made, wanted.force, f"\nYour summary is in {shown(wanted.output)}.\n")
        else:
            streams.out(made)
    except ProblemsFound:  # a folder that went away, a font that lacks a character: nobody has answered for nothing
        text = str(renderer("text", wanted.reader)(rules, summary, streams.look()))
        _on_the_screen(text, tried=wanted.output is None)
        raise


def _on_the_screen(text: str, tried: bool) -> None:
    """Show the text on standard output, or beside it where that was tried in vain and a person can read it."""
    with suppress(ProblemsFound):
        if not tried:
            return streams.out(text)
    if streams.person_at_keys():
        streams.talk(text)
    return None


def _renderer(wanted: Wanted) -> "Renderer":
    if wanted.handover is not None:
        return _fhir(wanted.reader, wanted.handover)
    return renderer(wanted.format, wanted.reader)


def _fhir(reader: str, handover: Handover) -> "Renderer":
    """Makes a FHIR Bundle, which holds the summary as a page and as data; here its id and its moment are chosen."""
    from datetime import datetime
    from uuid import uuid4

    from screener.exchange.fhir.export import Attached, Origin, bundle
    from screener.ground.jsontext import as_json_text

    now = datetime.now().astimezone()
    origin = Origin(handover.id or str(uuid4()), now, handover.subject, handover.author, handover.base_url)
    page, data = renderer("html", reader), renderer("json")

    def make(rules: RuleFile, summary: Summary, look: Look) -> str:
        attached = (
            Attached("text/html; charset=utf-8", deliver.as_bytes(page(rules, summary, look))),
            Attached("application/json", deliver.as_bytes(data(rules, summary, look))),
        )
        return as_json_text(bundle(rules, summary, attached, origin, handover.bundle))

    return make
