"""One intake from beginning to end: what is known, what is asked, and what is given."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli import streams
from screener.cli.start.wanted import Wanted, check_apart, check_wanted, on_day
from screener.ground import stopping
from screener.ground.problems import ProblemsFound

if TYPE_CHECKING:
    from datetime import date

    from screener.ground.problems import Problem
    from screener.rulefile.conditions.tree import Answer
    from screener.rulefile.model import Answers, RuleFile


def intake(name: str, answers: Path | None, wanted: Wanted, plain: bool) -> int:
    """Ask what the answers file leaves open, and give what is wanted; the exit code.

    Raises ProblemsFound for what can't be read or written, and where nobody is there to be asked.
    """
    from screener.cli.reading import load

    check_apart(answers, wanted)
    rules = load(name, on_day(wanted))
    check_wanted(wanted, rules.counted_from is not None)
    rules, given = _known(name, answers, rules, on_day(wanted))
    known = dict(given)
    try:
        asked = _complete(rules, given, answers, plain, wanted.review)
        return _give(rules, given, wanted, asked)
    except EOFError:
        from screener.cli.start.saying import certain_step

        streams.talk(certain_step(rules, given))
        streams.talk("\nThe input ended before the questions did. Nothing was stored.\n")
        return 1
    except ProblemsFound:
        raise
    except Exception:
        if given != known:
            from screener.cli.start.keeping import after_fault

            after_fault(rules, given)
        raise


def from_scan(name: str, source: str, key: Path | None, wanted: Wanted) -> int:
    """Give what is wanted of the answers in a code; the exit code. Nothing is asked, also if some are open.

    Raises ProblemsFound for what can't be read or written, and for a code of a rule file that is not known.
    """
    from screener.cli.reading import load
    from screener.cli.scanned import answered, name_of_rules, opened, scan, unknown_edition

    check_apart(None, wanted)
    check_wanted(wanted, counts_back=False)
    body = opened(scan(source), key)
    known = name_of_rules(body, name)
    if known is None:
        raise unknown_edition(body, "RULES")
    rules, given = answered(body, lambda day: load(known, day))
    return _give(rules, dict(given), wanted, asked=False)


def _give(rules: "RuleFile", given: "dict[str, Answer]", wanted: Wanted, asked: bool) -> int:
    """Store what is to be stored, the answers first, and give the summary; the exit code.

    What could not be done is said once all else is done, and answers that are in no file can still be kept.
    """
    from screener.cli.start.giving import give, save
    from screener.interview.loop import counted

    counting, saved = counted(rules, given), False
    problems: list[Problem] = []
    try:
        if wanted.save:
            save(rules, counting, wanted.save, wanted.force)
            saved = True
    except ProblemsFound as found:
        problems += found.problems
    try:
        give(rules, counting, wanted)
    except ProblemsFound as found:
        problems += found.problems
    if problems:
        return _told(rules, counting, problems, asked and not saved)
    _show_outcome(rules, counting, wanted, asked)
    if asked and not wanted.files and not wanted.save and streams.person_at_keys():
        streams.talk("\nNothing was stored.\n")
    if asked and streams.person_at_keys() and _may_read_on(wanted):
        from screener.cli.start.behind import offer

        offer(rules, counting)
    return 0


def _may_read_on(wanted: Wanted) -> bool:
    """Whether the short form is all that a person at a terminal has on the screen."""
    shown = [one for one in wanted.handouts if one.path is None and (one.format, one.reader) == ("text", "person")]
    return bool(shown) and not wanted.details and streams.is_terminal(sys.stdout)


def _show_outcome(rules: "RuleFile", given: "Answers", wanted: Wanted, asked: bool) -> None:
    """Show a person at a terminal the next step, where the summary went to a file and not to the screen."""
    from screener.cli.start.saying import outcome
    from screener.engine.assess import assess

    on_screen = streams.is_terminal(sys.stdout) and any(one.path is None for one in wanted.handouts)
    if (wanted.files or asked) and not on_screen and streams.is_terminal(sys.stderr):
        streams.talk(outcome(assess(rules, given)))
    stopping.say_before("")


def _told(rules: "RuleFile", given: "Answers", problems: "list[Problem]", may_be_lost: bool) -> int:
    from screener.cli.start.keeping import offer
    from screener.cli.start.saying import certain_step

    streams.tell(problems)
    streams.talk(certain_step(rules, given))
    if may_be_lost:
        offer(rules, given)
    return 1


def _known(
    name: str, answers: Path | None, rules: "RuleFile", day: "date | None"
) -> "tuple[RuleFile, dict[str, Answer]]":
    """The answers of the file, if there is one, and the rules for the day of that interview, if it names one."""
    if answers is None:
        return rules, {}
    from screener.cli.reading import load, read
    from screener.cli.start.answers import read_known
    from screener.engine.answers import interview_day

    text = read(answers)
    then = interview_day(text) if day is None and rules.counted_from else None
    rules = rules if then in (None, rules.counted_from) else load(name, then)
    return rules, dict(read_known(answers, text, rules))


def _complete(rules: "RuleFile", given: "dict[str, Answer]", answers: Path | None, plain: bool, review: bool) -> bool:
    """Ask what is left, and add the answers to those that are given; whether anything was asked.

    With nothing left the answers are only looked through, if a `review` is wanted.

    Raises ProblemsFound if the answers file is not complete and nobody is there to be asked, EOFError if the input
    ends before the questions do.
    """
    from screener.interview.loop import missing

    if not (left := missing(rules, given)) and not review:
        return False
    if left and answers and not streams.person_at_keys():
        from screener.cli.start.answers import incomplete

        raise incomplete(answers, left)
    from screener.cli.start.asking import ask

    ask(rules, given, plain)
    streams.talk("\n")
    return True
