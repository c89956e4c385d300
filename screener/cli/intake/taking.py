"""Taking a record from its first question, or the one where it was left, to the summary: asked, kept, given."""

from screener.cli import streams
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
    stored = _completed(rules, given, counting, keeper, action)
    try:
        give(rules, counting, wanted)
    except ProblemsFound as found:
        from screener.ground.listing import as_text

        streams.talk(as_text(found.problems))
        stored = stored and _said(keeper)
        return 1
    return 0 if stored and _said(keeper) else 1


def _said(keeper: Keeper) -> bool:
    streams.talk(f"\nThe record is kept as {keeper.id}.\n")
    return True


def _completed(rules: RuleFile, given: Answers, counting: Answers, keeper: Keeper, action: str) -> bool:
    """Whether the record is complete in the store."""
    while True:
        try:
            keeper.complete(given, counting, action)
        except ProblemsFound as found:
            from screener.ground.listing import as_text

            streams.talk("\n" + as_text(found.problems))
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
