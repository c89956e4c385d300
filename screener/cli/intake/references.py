"""The clinic's own reference for a person: a number or a short word, typed by staff."""

from screener.cli import streams
from screener.cli.start.saying import say
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import UNSAFE

_LONGEST = 60
_ASK = "\nReference: the clinic's own number for the person, and no name."


def reference(named: str | None) -> str:
    """The reference as named with --ref, or as it is typed now. Raises ProblemsFound for what can't be one."""
    if named is not None:
        return checked(named)
    if not streams.person_at_keys():
        raise ProblemsFound(
            [Problem("bad-reference", "a record needs a reference", "give the clinic's own with --ref")]
        )
    say(_ASK)
    while True:
        try:
            return checked(streams.read_line("> "))
        except ProblemsFound as found:
            say(f"That can't be one: {found.problems[0].message}.")


def checked(typed: str) -> str:
    """The reference without blanks around it. Raises ProblemsFound for what can't be one."""
    ref = typed.strip()
    if not ref:
        raise _refused("the reference is empty")
    if len(ref) > _LONGEST:
        raise _refused(f"the reference is longer than {_LONGEST} characters")
    if UNSAFE.search(ref) or "\n" in ref or "\t" in ref:
        raise _refused("the reference holds characters that can't be seen")
    return ref


def _refused(message: str) -> ProblemsFound:
    return ProblemsFound([Problem("bad-reference", message, "use the clinic's own number, and no name")])
