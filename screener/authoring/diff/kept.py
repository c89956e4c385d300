"""Whether a question takes all the answers that it took before."""

from decimal import Decimal

from screener.authoring.diff.changes import Edit
from screener.authoring.diff.versions import Level
from screener.rulefile.measures import Measure, less
from screener.rulefile.model import Question

#: Keys of a question whose new value makes something else of every answer.
_MEANING = {"type", "unit"}


def taken(edit: Edit, before: Question, after: Question) -> Level:
    """Major if answers that the question took are refused now or mean something else, minor if it takes more, is read
    by someone else or is carried over otherwise, patch for words."""
    key, *inner = edit.key.split(".")
    if key in _MEANING:
        return "major"
    if key in ("min", "max"):
        return "major" if _is_tighter(key, before, after) else "minor"
    if key in ("unsure", "decline", "optional") or inner[1:] == ["id"]:
        return "minor" if edit.old is None else "major"
    if inner[1:] == ["exclusive"]:
        return "major" if edit.old is None and _stood_with_others(before) else "minor"
    if len(inner) == 1 and None in (edit.old, edit.new):
        return "minor" if edit.old is None else "major"
    return "minor" if key in ("for", "carry_over") else "patch"


def _stood_with_others(question: Question) -> bool:
    """Whether several options could be chosen together."""
    most = _limit(question.limits[1], question, "max")
    return question.type == "many" and most is not None and less(Decimal(1), most)


def _is_tighter(key: str, before: Question, after: Question) -> bool:
    """Whether a limit leaves out what the question took before."""
    if before.type != after.type:
        return False
    index = ("min", "max").index(key)
    was, now = _limit(before.limits[index], before, key), after.limits[index]
    if now is None or was is None:
        return now is not None
    return less(was, now) if key == "min" else less(now, was)


def _limit(limit: Measure | None, question: Question, key: str) -> Measure | None:
    """A limit as it is, or what follows without one: of options at least one is chosen, and no more than there are."""
    if limit is not None or question.type != "many":
        return limit
    return Decimal(1 if key == "min" else sum(not option.exclusive for option in question.options.values()))
