"""Screener: a questionnaire you can prove. It informs, it never judges.

`load_rules` reads a rule file; `next_question` says what to ask; `assess` says what follows from answers.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screener.engine import Finding, Reason, Summary, assess, next_question
    from screener.files import load_rules
    from screener.model import Disposition, Guidance, Invariant, Option, Question, RuleFile, Sources, Statement
    from screener.problems import Problem, ProblemsFound

_ROOMS = {
    "screener.engine": ("Finding", "Reason", "Summary", "assess", "next_question"),
    "screener.files": ("load_rules",),
    "screener.model": (
        "Disposition",
        "Guidance",
        "Invariant",
        "Option",
        "Question",
        "RuleFile",
        "Sources",
        "Statement",
    ),
    "screener.problems": ("Problem", "ProblemsFound"),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Disposition",
    "Finding",
    "Guidance",
    "Invariant",
    "Option",
    "Problem",
    "ProblemsFound",
    "Question",
    "Reason",
    "RuleFile",
    "Sources",
    "Statement",
    "Summary",
    "assess",
    "load_rules",
    "next_question",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import screener` costs nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module `screener` has no attribute `{name}`")
    return getattr(import_module(_HOMES[name]), name)
