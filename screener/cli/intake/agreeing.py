"""Asking staff whether something is meant; where nobody can be asked, `--yes` says so."""

from screener.cli import streams
from screener.ground.problems import Problem, ProblemsFound


def sure(ask: str, yes: bool) -> bool:
    """Whether it is meant. Raises ProblemsFound where nobody can be asked and nothing was said beforehand."""
    if yes:
        return True
    if not streams.person_at_keys():
        raise ProblemsFound([Problem("not-confirmed", "nobody is here to be asked whether this is meant", "add --yes")])
    try:
        return streams.read_line(f"{ask} Type yes or no: ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
