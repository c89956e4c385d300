"""`screener start`: ask, then the summary."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from screener.cli import streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from screener.interview import Asker
    from screener.model import Answers, RuleFile

Rules = Annotated[
    str, typer.Argument(metavar="RULES", help="A rule file, or the name of one that comes with the tool.")
]
Format = Annotated[Literal["text", "markdown", "json"], typer.Option("--format", help="How the summary is written.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write the summary to this file.")]
AnswersFile = Annotated[
    Path | None, typer.Option("--answers", help="Take answers from this file; ask only what is missing.")
]
SaveAnswers = Annotated[Path | None, typer.Option("--save-answers", help="Write your answers to this file.")]
Plain = Annotated[bool, typer.Option("--plain", help="Numbered lines, for screen readers and simple terminals.")]
Clear = Annotated[bool, typer.Option("--clear", help="Wipe the screen at the end, on a shared computer.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist already.")]

_WIPE = "\x1b[H\x1b[2J\x1b[3J"


def start(
    rules: Rules = "pico-laser",
    answers: AnswersFile = None,
    format: Format = "text",
    output: Output = None,
    save_answers: SaveAnswers = None,
    plain: Plain = False,
    clear: Clear = False,
    force: Force = False,
) -> int:
    """Ask the questions, then give the summary. Nothing is stored unless you name a file."""
    try:
        return _start(rules, answers, format, output, save_answers, plain, force)
    finally:
        if clear:
            _wipe()


def _start(
    name: str, answers: Path | None, format: str, output: Path | None, save: Path | None, plain: bool, force: bool
) -> int:
    from screener.files import check_writable, load_rules

    rules = load_rules(name)
    for path in (output, save):
        if path is not None:
            check_writable(path, force)
    given = _read_answers(answers, rules) if answers else {}
    from screener.interview import missing

    if missing(rules, given):
        if answers and not streams.person_at_keys():
            return _list_missing(rules, given, answers)
        try:
            given = _interview(rules, given, plain)
        except EOFError:
            streams.talk("\nThe input ended before the questions did. Nothing was stored.\n")
            return 1
    _finish(rules, given, format, output, save, force)
    return 0


def _read_answers(path: Path, rules: "RuleFile") -> "Answers":
    """The answers of a file; what does not count is said and kept out."""
    from screener.answers import read_answers
    from screener.files import read_text, shown
    from screener.interview import aside, counted

    read = read_answers(read_text(path), rules, shown(path))
    mine = {"id": rules.id, "version": rules.version, "sha256": rules.sha256}
    if any(read.rules.get(key, value) != value for key, value in mine.items()):
        theirs = " ".join(read.rules.get(key, "") for key in ("id", "version"))
        streams.talk(f"Note: these answers were given to {_safe(theirs)}; this is {rules.id} {rules.version}.\n")
    for id in aside(rules, read.answers):
        streams.talk(f"Note: `{id}` is not asked with these answers, so its answer was kept out.\n")
    return counted(rules, read.answers)


def _safe(text: str) -> str:
    from screener.safetext import one_line

    return one_line(text)[:100].strip() or "another rule file"


def _list_missing(rules: "RuleFile", given: "Answers", path: Path) -> int:
    """Say which answers are missing, all of them, when nobody is there to be asked."""
    from screener.files import shown
    from screener.interview import missing
    from screener.problems import Problem, ProblemsFound

    raise ProblemsFound(
        Problem("missing-answer", f"question `{question.id}` has no answer", question.ask, shown(path))
        for question in missing(rules, given)
    )


def _interview(rules: "RuleFile", given: "Answers", plain: bool) -> "Answers":
    from screener.interview import interview

    if plain or streams.wants_plain():
        streams.talk(_welcome(rules))
        return interview(rules, given, _plain())
    with streams.interrupts_noted() as stopped:
        asker = _terminal(stopped)
        streams.talk(_welcome(rules))
        return interview(rules, given, asker)


def _welcome(rules: "RuleFile") -> str:
    from screener.safetext import visible
    from screener.wrapping import lines

    text = f"{rules.title}\n\n{rules.intro}" if rules.intro else rules.title
    return "\n".join(["", *lines(visible(text), streams.width() - 1, " ")]) + "\n"


def _plain() -> "Asker":
    from screener.plain import PlainAsker

    return PlainAsker(streams.read_line, streams.talk, min(streams.width(), 72))


def _terminal(stopped: "Callable[[], bool]") -> "Asker":
    import sys

    from screener.terminal import on_terminal

    return on_terminal(streams.talk, stopped, streams.wants_color(sys.stderr))


def _finish(
    rules: "RuleFile", given: "Answers", format: str, output: Path | None, save: Path | None, force: bool
) -> None:
    from screener.engine import assess
    from screener.files import shown, write_whole
    from screener.report import Look, renderer

    look = Look() if output else streams.look()
    text = renderer(format)(rules, assess(rules, given), look)
    if output:
        write_whole(output, text.encode(), force)
        streams.talk(f"\nYour summary is in {shown(output)}.\n")
    else:
        streams.talk("\n")
        streams.out(text)
    if save:
        write_whole(save, _saved(rules, given).encode(), force)
        streams.talk(f"\nYour answers are in {shown(save)}. Only you can read the file.\n")
    if not output and not save and streams.person_at_keys():
        streams.talk("\nNothing was stored.\n")


def _saved(rules: "RuleFile", given: "Answers") -> str:
    import json

    from screener.answers import SCHEMA, as_plain

    header = {"id": rules.id, "version": rules.version, "sha256": rules.sha256}
    plain = {id: as_plain(answer) for id, answer in given.items()}
    return json.dumps({"schema": SCHEMA, "rules": header, "answers": plain}, ensure_ascii=False, indent=2) + "\n"


def _wipe() -> None:
    """Wipe the screen and what can be scrolled back to, once the person has read it."""
    import os
    import sys

    terminal = next((stream for stream in (sys.stdout, sys.stderr) if streams.is_terminal(stream)), None)
    if terminal is None or os.environ.get("TERM") == "dumb":
        streams.talk("This screen can't be wiped from here. Please close the window.\n")
        return
    if streams.person_at_keys():
        with suppress(EOFError, KeyboardInterrupt):  # the person wants to leave: wipe now
            streams.read_line("Press Enter to wipe the screen. ")
    terminal.write(_WIPE)
    terminal.flush()
