"""What lies behind a summary on the screen, for a person who wants to know more and need not answer all again."""

from contextlib import suppress

from screener.cli import streams
from screener.cli.start.saying import say
from screener.engine.assess import assess
from screener.rulefile.model import Answers, RuleFile
from screener.summary.formats import details

OFFER = "To read what lies behind this, with evidence and sources, type d and Enter. To end, press Enter."
_MORE = "d"


def offer(rules: RuleFile, given: Answers) -> None:
    """Let the person read the details. Raises ProblemsFound if the screen can't be written."""
    say(f"\n{OFFER}")
    with suppress(EOFError):
        if streams.read_line("> ").strip().lower() == _MORE:
            streams.out(details(rules, assess(rules, given), streams.look()))
