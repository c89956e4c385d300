"""`screener start`: ask, then the summary."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TextIO

import typer

from screener.cli import streams
from screener.cli.exchange import as_json
from screener.ground.stopping import WIPE, terminal_given_back, uninterrupted, wipe_when_stopped

if TYPE_CHECKING:
    from screener.engine.assess import Summary
    from screener.ground.wrapping import Look
    from screener.interview.loop import Asker
    from screener.rulefile.model import Answers, RuleFile
    from screener.summary.formats import Renderer

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]
Format = Annotated[
    Literal["text", "markdown", "html", "pdf", "json", "csv", "fhir"] | None,
    typer.Option("--format", help="How the summary is written; text, or what the name of the output file ends in."),
]
_ENDINGS = {".md": "markdown", ".html": "html", ".htm": "html", ".pdf": "pdf", ".json": "json", ".csv": "csv"}
Reader = Annotated[
    Literal["person", "professional"],
    typer.Option(
        "--for",
        help="Who will read it: the person who answered, or the professional, on one page. "
        "JSON and CSV are the same for both.",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write the summary to this file.")]
AnswersFile = Annotated[
    Path | None, typer.Option("--answers", help="Take answers from this file; ask only what is missing.")
]
SaveAnswers = Annotated[Path | None, typer.Option("--save-answers", help="Write your answers to this file.")]
Plain = Annotated[bool, typer.Option("--plain", help="Numbered lines, for screen readers and simple terminals.")]
Clear = Annotated[bool, typer.Option("--clear", help="Wipe the screen at the end, on a shared computer.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist already.")]


def start(
    rules: Rules = "pico-laser",
    answers: AnswersFile = None,
    format: Format = None,
    reader: Reader = "person",
    output: Output = None,
    save_answers: SaveAnswers = None,
    plain: Plain = False,
    clear: Clear = False,
    force: Force = False,
) -> int:
    """Ask the questions, then give the summary. Nothing is stored unless you name a file."""
    if clear and (terminal := _terminal_to_wipe()) is not None:
        wipe_when_stopped(terminal.fileno())
    chosen = format or _ENDINGS.get(output.suffix.lower() if output else "", "text")
    code = _start(rules, answers, Wanted(chosen, reader, output, save_answers, force), plain)
    if clear:
        _wipe()
    return code


class Wanted(NamedTuple):
    """What is to be made of the answers, and where it goes."""

    format: str
    reader: str
    output: Path | None
    save: Path | None
    force: bool


def _start(name: str, answers: Path | None, wanted: Wanted, plain: bool) -> int:
    from screener.ground.files import check_writable
    from screener.rulefile.find import load_rules

    _check_apart(answers, wanted.output, wanted.save)
    rules = load_rules(name)
    wanted = wanted._replace(output=None if wanted.output == Path("-") else wanted.output)
    for path in (wanted.output, wanted.save):
        if path is not None:
            check_writable(path, wanted.force)
    _check_format(wanted)
    given = _read_answers(answers, rules) if answers else {}
    from screener.interview.loop import missing

    if asked := missing(rules, given):
        if answers and not streams.person_at_keys():
            return _list_missing(rules, given, answers)
        try:
            given = _interview(rules, given, plain)
        except EOFError:
            streams.talk("\nThe input ended before the questions did. Nothing was stored.\n")
            return 1
        streams.talk("\n")
    _finish(rules, given, wanted)
    if asked and not wanted.output and not wanted.save and streams.person_at_keys():
        streams.talk("\nNothing was stored.\n")
    return 0


def _check_format(wanted: Wanted) -> None:
    """Refuse what can't be made before anything is asked, so that nobody answers in vain."""
    if wanted.format in ("pdf", "html") and not wanted.output and streams.is_terminal(sys.stdout):
        raise typer.BadParameter("A page can't be shown here. Name a file for it with --output.")
    if wanted.format == "pdf":
        _maker(wanted)  # the only one that needs more than what is always installed


def _maker(wanted: Wanted) -> "Renderer":
    """What makes the summary. It loads what the format needs, so it waits until the questions are answered."""
    from screener.summary.formats import renderer

    return _fhir(wanted.reader) if wanted.format == "fhir" else renderer(wanted.format, wanted.reader)


def _fhir(reader: str) -> "Renderer":
    """Makes a FHIR Bundle, which holds the summary as a page and as data."""
    from screener.exchange.fhir.export import Attached, bundle
    from screener.summary.formats import renderer

    page, data = renderer("html", reader), renderer("json")

    def make(rules: "RuleFile", summary: "Summary", look: "Look") -> str:
        attached = (
            Attached("text/html; charset=utf-8", _bytes(page(rules, summary, look))),
            Attached("application/json", _bytes(data(rules, summary, look))),
        )
        return as_json(bundle(rules, summary, attached))

    return make


def _bytes(made: str | bytes) -> bytes:
    return made.encode("utf-8", "replace") if isinstance(made, str) else made


def _check_apart(*paths: Path | None) -> None:
    """Refuse to read and write, or to write twice, one and the same file."""
    named = [path.resolve() for path in paths if path is not None and path != Path("-")]
    if len(set(named)) < len(named):
        raise typer.BadParameter("--answers, --output and --save-answers must name different files.")


def _read_answers(path: Path, rules: "RuleFile") -> "Answers":
    """The answers of a file; what does not count is said and left out."""
    from screener.engine.answers import read_answers
    from screener.ground.files import read_text, shown
    from screener.interview.loop import aside, counted

    read = read_answers(read_text(path), rules, shown(path))
    version = read.rules.get("version", rules.version)
    if version != rules.version or read.rules.get("sha256", rules.sha256) != rules.sha256:
        streams.talk(
            f"Note: {rules.id} has changed since these answers were saved (version {_safe(version)} then, "
            f"{rules.version} now). Please look at them again.\n"
        )
    for id in aside(rules, read.answers):
        streams.talk(f"Note: `{id}` is not asked with these answers, so its answer was left out.\n")
    return counted(rules, read.answers)


def _safe(text: str) -> str:
    from screener.ground.safetext import one_line

    return one_line(text)[:40]


def _list_missing(rules: "RuleFile", given: "Answers", path: Path) -> int:
    """Say which answers are missing, all of them, when nobody is there to be asked."""
    from screener.ground.files import shown
    from screener.ground.problems import Problem, ProblemsFound
    from screener.interview.loop import missing

    raise ProblemsFound(
        Problem("missing-answer", f"question `{question.id}` has no answer", question.ask, shown(path))
        for question in missing(rules, given)
    )


def _interview(rules: "RuleFile", given: "Answers", plain: bool) -> "Answers":
    from screener.interview.loop import interview

    asker = _plain() if plain or streams.wants_plain() else _terminal()
    streams.talk(_welcome(rules))
    with terminal_given_back():
        return interview(rules, given, asker)


def _welcome(rules: "RuleFile") -> str:
    from screener.ground.safetext import visible
    from screener.ground.wrapping import lines

    text = f"{rules.title}\n\n{rules.intro}" if rules.intro else rules.title
    return "\n".join(["", *lines(visible(text), streams.width() - 1, " ")]) + "\n"


def _plain() -> "Asker":
    from screener.interview.plain import PlainAsker

    return PlainAsker(streams.read_line, streams.talk, min(streams.width(), 72))


def _terminal() -> "Asker":
    from screener.interview.terminal import on_terminal

    return on_terminal(streams.talk, streams.wants_color(sys.stderr))


def _finish(rules: "RuleFile", given: "Answers", wanted: Wanted) -> None:
    """Store what is to be stored, the answers first, then show the summary."""
    from screener.engine.assess import assess
    from screener.ground.problems import ProblemsFound
    from screener.ground.wrapping import Look
    from screener.summary.formats import renderer

    summary = assess(rules, given)
    if wanted.save:
        _store(wanted.save, _saved(rules, given), wanted.force, "Your answers are in {}. Only you can read the file.")
    try:
        made = _maker(wanted)(rules, summary, Look() if wanted.output else streams.look())
    except ProblemsFound:  # a font that lacks a character, for one: nobody has answered for nothing
        if wanted.output:
            streams.out(renderer("text", wanted.reader)(rules, summary, streams.look()))
        raise
    if wanted.output:
        _store(wanted.output, made, wanted.force, "Your summary is in {}.")
    else:
        streams.out(made)


def _store(path: Path, made: str | bytes, force: bool, said: str) -> None:
    from screener.ground.files import shown, write_whole

    with uninterrupted():
        write_whole(path, _bytes(made), force)
        streams.talk(f"\n{said.format(shown(path))}\n")


def _saved(rules: "RuleFile", given: "Answers") -> str:
    import json

    from screener.engine.answers import SCHEMA, as_plain

    header = {"id": rules.id, "version": rules.version, "sha256": rules.sha256}
    plain = {id: as_plain(answer) for id, answer in given.items()}
    return json.dumps({"schema": SCHEMA, "rules": header, "answers": plain}, ensure_ascii=False, indent=2) + "\n"


def _wipe() -> None:
    """Wipe the screen and what can be scrolled back to, once the person has read it."""
    terminal = _terminal_to_wipe()
    if terminal is None:
        streams.talk("This screen can't be wiped from here. Please close the window.\n")
        return
    if streams.person_at_keys():
        with suppress(EOFError):
            streams.read_line("\nPress Enter to wipe the screen. ")
    terminal.write(WIPE)
    terminal.flush()


def _terminal_to_wipe() -> TextIO | None:
    import os

    if os.environ.get("TERM") == "dumb":
        return None
    return next((stream for stream in (sys.stdout, sys.stderr) if streams.is_terminal(stream)), None)
