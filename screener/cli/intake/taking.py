"""Taking a record from its first question, or the one where it was left, to the summary: asked, kept, given."""

from collections.abc import Iterator
from contextlib import contextmanager

from screener.cli import streams
from screener.cli.fhir import Handover
from screener.cli.intake.keeper import Keeper, is_final
from screener.cli.start.saying import say
from screener.cli.start.wanted import Wanted
from screener.ground.problems import ProblemsFound
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, RuleFile

_AGAIN = "again"


def take(rules: RuleFile, given: dict[str, Answer], keeper: Keeper, plain: bool) -> bool:
    """Ask what is left, keeping each answer; whether all was answered, and not only the input at its end.

    Raises ProblemsFound if the store can't be opened.
    """
    from screener.cli.start.asking import ask
    from screener.cli.start.saying import certain_step

    try:
        with _told(rules, given, keeper):
            ask(rules, given, plain, lambda: keeper.keep(given))
    except EOFError:
        streams.talk(certain_step(rules, given))
        where = keeper.what if keeper.id else "Nothing was kept."
        say(f"\nThe input ended before the questions did. {where}")
        return False
    streams.talk("\n")
    return True


def finish(rules: RuleFile, given: dict[str, Answer], keeper: Keeper, action: str, wanted: Wanted) -> int:
    """Complete the record and give what is wanted; the exit code.

    What can't be written can be tried again, or put into a file; the summary comes in any case.
    """
    from screener.cli.start.giving import give
    from screener.interview.loop import counted

    counting = counted(rules, given)
    try:
        with _told(rules, given, keeper):
            stored = _completed(rules, given, counting, keeper, action)
            give(rules, counting, _for_fhir(wanted, keeper, stored))
    except ProblemsFound as found:
        streams.tell(found.problems)
        stored = stored and _said(keeper)
        return 1
    return 0 if stored and _said(keeper) else 1


def _for_fhir(wanted: Wanted, keeper: Keeper, stored: bool) -> Wanted:
    """The same with what a bundle says of the record; a new id where there is none."""
    if all(one.format != "fhir" for one in wanted.handouts):
        return wanted
    from uuid import uuid4

    return wanted._replace(handover=keeper.handover() if stored else Handover("collection", str(uuid4())))


@contextmanager
def _told(rules: RuleFile, given: Answers, keeper: Keeper) -> Iterator[None]:
    """Whoever meets a fault is told that it is none of theirs, and where the answers are or can be kept."""
    try:
        yield
    except (ProblemsFound, EOFError):
        raise
    except Exception:
        from screener.cli.start.keeping import FAULT, after_fault

        if keeper.has(given):
            say(f"\n{FAULT}. {keeper.what}")
        elif given:
            after_fault(rules, given)
        raise


def _said(keeper: Keeper) -> bool:
    streams.talk(f"\nThe record is kept as {keeper.id}.\n")
    return True


def _completed(rules: RuleFile, given: Answers, counting: Answers, keeper: Keeper, action: str) -> bool:
    """Whether the record is complete in the store."""
    while True:
        try:
            keeper.complete(given, counting, action)
        except ProblemsFound as found:
            streams.talk("\n")
            streams.tell(found.problems)
            tries_again = not is_final(found) and _tries_again()
        else:
            return True
        if not tries_again:
            from screener.cli.start.keeping import offer

            offer(rules, counting)
            return False


def _tries_again() -> bool:
    """Whether the person wants the store to be tried once more; nobody is asked without a terminal."""
    if not streams.person_at_keys():
        return False
    say(f"The record is not complete in the store. To try again, type {_AGAIN}. For another way, press Enter.")
    try:
        return streams.read_line("> ").strip().lower() == _AGAIN
    except EOFError:
        return False
