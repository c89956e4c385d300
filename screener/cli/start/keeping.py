"""What is done when something fails after a person answered: nobody is to have answered for nothing."""

from contextlib import suppress
from pathlib import Path

from screener.cli import deliver, streams
from screener.cli.start.answers import as_file
from screener.cli.start.saying import say
from screener.ground.files import shown
from screener.ground.problems import ProblemsFound
from screener.rulefile.model import Answers, RuleFile
from screener.summary.wording import INCOMPLETE

FAULT = "Something went wrong inside screener. It is nothing you did"


def after_fault(rules: RuleFile, given: Answers) -> None:
    """Say that something failed, show the next step that was found so far, and offer to keep the answers."""
    say(f"\n{FAULT}, and your answers are still here.")
    with suppress(Exception):  # what failed before may fail again
        _next_step(rules, given)
    offer(rules, given)


def offer(rules: RuleFile, given: Answers) -> None:
    """Let the person keep the answers in a file; only where there is one at the keys, and never by itself."""
    if not streams.person_at_keys():
        return
    say("\nYour answers are not stored. To keep them, type a name for a new file. To let them go, press Enter.")
    with suppress(EOFError):
        while name := streams.read_line("> ").strip():
            if _kept(rules, given, Path(name)):
                return
    say("Your answers were not stored.")


def _kept(rules: RuleFile, given: Answers, path: Path) -> bool:
    """Whether the answers are in this file now; if not, it is said why."""
    try:
        said = f"\nYour answers are in {shown(path)}. Only you can read the file.\n"
        deliver.write(path, as_file(rules, given), None, said)
    except ProblemsFound as found:
        streams.tell(found.problems)
        return False
    return True


def _next_step(rules: RuleFile, given: Answers) -> None:
    from screener.engine.assess import assess

    summary = assess(rules, given)
    say(f"\nNEXT STEP so far: {summary.disposition.title}")
    say(summary.disposition.says)
    if not summary.complete:
        say(INCOMPLETE)
