"""Asking whether a person's answers may be kept, in the words of the store."""

from screener.cli import streams
from screener.cli.start.asking import face
from screener.cli.start.saying import say
from screener.ground.problems import Problem, ProblemsFound

_ASK = "May your answers be kept?"
#: Agreeing takes a move: Enter that is held down, or pressed too often, agrees to nothing.
_NO, _YES = "No, do not keep them", "Yes, keep them"
_NOT_KEPT = "Nothing was kept. The questions can still be answered without keeping them: screener start"


def refused(text: str, plain: bool) -> bool:
    """Whether the person does not agree to this text; then it is said that nothing was kept.

    Raises ProblemsFound where nobody can be asked.
    """
    if not streams.person_at_keys():
        help = "add --consent once the person has agreed"
        raise ProblemsFound([Problem("no-consent", "nobody is here to be asked whether answers may be kept", help)])
    say("\n" + text)
    if face(plain).way(_ASK, _NO, _YES) == 1:
        return False
    say(f"\n{_NOT_KEPT}")
    return True
