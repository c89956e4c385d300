"""What is said beside the summary: sentences that fit the screen, and the next step in a few lines."""

from screener.cli import streams
from screener.engine.assess import Summary
from screener.engine.progress import Progress
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.rulefile.model import Answers, Disposition, RuleFile


def say(text: str) -> None:
    """Say this to the person, in lines that fit the screen."""
    streams.talk(wrapped(text))


def wrapped(text: str) -> str:
    """The text in lines that fit the screen."""
    return "\n".join(lines(visible(text), streams.width() - 1, " ")) + "\n"


def answered(rules: RuleFile, given: Answers) -> str:
    """Every answer that counts, in words, below its question."""
    from screener.interview.loop import review

    return "".join(wrapped(f"{line.question.ask}\n  {line.words}") for line in review(rules, given))


def next_step(step: Disposition, *says: str) -> str:
    """The next step in a few lines, after an empty one: its title, and what is said of it."""
    return wrapped("\n".join([f"\nNEXT STEP: {step.title}", *says]))


def certain_step(rules: RuleFile, given: Answers) -> str:
    """The most urgent next step in a few lines, if these answers make it certain; otherwise nothing."""
    certain = Progress(rules, dict(given)).certain
    return next_step(certain.step, *certain.says) if certain else ""


def outcome(summary: Summary) -> str:
    """The next step and the referral in a few lines, for a summary that is not on the screen."""
    return next_step(summary.disposition, summary.disposition.says) + wrapped(f"\n{summary.referral.says}")
