"""What a person gets at the end: the answers in a file, and the summary."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli import deliver, streams
from screener.cli.fhir import Handover
from screener.cli.start.answers import as_file
from screener.cli.start.handouts import WITH_A_CODE, Handout
from screener.cli.start.wanted import Wanted
from screener.engine.assess import Summary, assess
from screener.ground.files import shown
from screener.ground.problems import ProblemsFound
from screener.ground.wrapping import Look
from screener.rulefile.model import Answers, RuleFile
from screener.summary.formats import renderer
from screener.summary.sheet import Label

if TYPE_CHECKING:
    from screener.page.code.picture import Picture


def save(rules: RuleFile, given: Answers, path: Path, force: bool) -> None:
    """Store the answers in a file. Raises ProblemsFound."""
    said = f"\nYour answers are in {shown(path)}. Only you can read the file.\n"
    deliver.write(path, as_file(rules, given), force, said)


def give(rules: RuleFile, given: Answers, wanted: Wanted) -> None:
    """Make all that is wanted, and store or show it: every file, or none of them.

    Raises ProblemsFound; then the summary is on the screen as text, if it can be. Answers that do not fit into a code
    are told of once all else is given.
    """
    code, full = _code(rules, given, wanted) if wanted.code else (None, None)
    _give(rules, given, wanted, code)
    if full is not None:
        raise full


def _code(rules: RuleFile, given: Answers, wanted: Wanted) -> "tuple[Picture | None, ProblemsFound | None]":
    from screener.cli.start.coding import pictured

    try:
        return pictured(rules, given, wanted.seal), None
    except ProblemsFound as full:
        return None, full


def _give(rules: RuleFile, given: Answers, wanted: Wanted, code: "Picture | None") -> None:
    summary = assess(rules, given)
    try:
        made = [(one, _made(one, rules, given, summary, wanted, code)) for one in wanted.handouts]
        if files := {one.path: text for one, text in made if one.path is not None}:
            deliver.write_several(files, wanted.force, _said(wanted), wanted.folder)
        for one, text in made:
            if one.path is None:
                streams.out(text)
    except ProblemsFound:  # a folder that went away, a font that lacks a character: nobody has answered for nothing
        reader = "person" if any(one.reader == "person" for one in wanted.handouts) else "professional"
        text = str(renderer("text", reader)(rules, summary, streams.look()))
        _on_the_screen(text, tried=not wanted.files)
        raise


def _said(wanted: Wanted) -> str:
    """Where everything is, once it is there."""
    named = [f"{_name(one)} in {shown(one.path)}." for one in wanted.handouts if one.path is not None]
    return "\n".join(["", *named, *["Only you can read these files."] * (len(named) > 1), ""])


def _name(handout: Handout) -> str:
    if handout.format == "answers":
        return "Your answers are"
    if handout.format == "fhir":
        return "The FHIR bundle is"
    return "The professional's page is" if handout.reader == "professional" else "Your summary is"


def _on_the_screen(text: str, tried: bool) -> None:
    """Show the text on standard output, or beside it where that was tried in vain and a person can read it."""
    with suppress(ProblemsFound):
        if not tried:
            streams.out(text)
            return
    if streams.person_at_keys():
        streams.talk(text)


def _made(
    handout: Handout, rules: RuleFile, given: Answers, summary: Summary, wanted: Wanted, code: "Picture | None"
) -> str | bytes:
    look = streams.look() if handout.path is None else Look()
    if handout.format == "answers":
        return as_file(rules, given)
    if handout.format == "fhir" and wanted.handover is not None:
        return _bundle(handout.reader, rules, summary, wanted.handover, wanted.label)
    on_page = None
    if code is not None and handout.format in WITH_A_CODE:
        from screener.cli.start.coding import on_page as placed

        on_page = placed(code, wanted.seal is not None, handout.path is not None)
    return renderer(handout.format, handout.reader, wanted.details, wanted.label, on_page)(rules, summary, look)


def _bundle(reader: str, rules: RuleFile, summary: Summary, handover: Handover, label: Label) -> str:
    """A FHIR Bundle, which holds the summary as a page and as data; here its moment is chosen, if it is not known."""
    from datetime import datetime

    from screener.exchange.fhir.export import Attached, Origin, bundle
    from screener.ground.jsontext import as_json_text

    at = handover.at or datetime.now().astimezone()
    origin = Origin(handover.id, at, handover.subject, handover.author, handover.base_url)
    page, data = (renderer(format, reader, label=label)(rules, summary, Look()) for format in ("html", "json"))
    attached = (
        Attached("text/html; charset=utf-8", deliver.as_bytes(page)),
        Attached("application/json", deliver.as_bytes(data)),
    )
    return as_json_text(bundle(rules, summary, attached, origin, handover.bundle))
