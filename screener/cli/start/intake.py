"""One intake from beginning to end: what is known, what is asked, and what is given."""

from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli import streams
from screener.cli.start.wanted import Wanted, check_apart, check_files, check_format

if TYPE_CHECKING:
    from screener.rulefile.model import Answers, RuleFile


def intake(name: str, answers: Path | None, wanted: Wanted, plain: bool) -> int:
    """Ask what the answers file leaves open, and give what is wanted; the exit code.

    Raises ProblemsFound for what can't be read or written, and where nobody is there to be asked.
    """
    from screener.cli.reading import load

    check_apart(answers, wanted.output, wanted.save)
    rules = load(name)
    check_files(wanted)
    check_format(wanted)
    known = _known(answers, rules)
    try:
        given = _completed(rules, known, answers, plain)
    except EOFError:
        streams.talk("\nThe input ended before the questions did. Nothing was stored.\n")
        return 1
    from screener.cli.start.giving import give

    give(rules, known if given is None else given, wanted)
    if given is not None and not wanted.output and not wanted.save and streams.person_at_keys():
        streams.talk("\nNothing was stored.\n")
    return 0


def _known(answers: Path | None, rules: "RuleFile") -> "Answers":
    """The answers of the file, if there is one."""
    if answers is None:
        return {}
    from screener.cli.start.answers import read_known

    return read_known(answers, rules)


def _completed(rules: "RuleFile", known: "Answers", answers: Path | None, plain: bool) -> "Answers | None":
    """The known answers and those to what is left, or None if nothing is left to be asked.

    Raises ProblemsFound if the answers file is not complete and nobody is there to be asked, EOFError if the input
    ends before the questions do.
    """
    from screener.interview.loop import missing

    if not (left := missing(rules, known)):
        return None
    if answers and not streams.person_at_keys():
        from screener.cli.start.answers import incomplete

        raise incomplete(answers, left)
    from screener.cli.start.asking import ask

    given = ask(rules, known, plain)
    streams.talk("\n")
    return given
