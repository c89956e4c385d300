"""Asking staff whether something is meant; where nobody can be asked, `--yes` says so."""

from contextlib import suppress

from screener.cli import streams
from screener.cli.start.saying import say
from screener.ground.problems import Problem, ProblemsFound


def sure(ask: str, yes: bool) -> bool:
    """Whether it is meant; if not, it is said that nothing was done.

    Raises ProblemsFound where nobody can be asked and nothing was said beforehand.
    """
    if yes:
        return True
    if not streams.person_at_keys():
        raise ProblemsFound([Problem("not-confirmed", "nobody is here to be asked whether this is meant", "add --yes")])
    typed = ""
    with suppress(EOFError):
        say(f"\n{ask}")
        typed = streams.read_line("Type yes or no: ").strip().lower()
    if typed not in ("y", "yes"):
        say("Nothing was done.")
    return typed in ("y", "yes")
