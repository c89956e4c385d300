"""Screener: a questionnaire you can prove. It informs, it never judges.

`load_rules` reads a rule file; `next_question` says what to ask; `assess` says what follows from answers.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screener.engine.assess import Finding, Reason, Summary, assess, next_question
    from screener.ground.problems import Problem, ProblemsFound
    from screener.rulefile.find import load_rules
    from screener.rulefile.library import Sources, Statement
    from screener.rulefile.model import Disposition, Guidance, Option, Question, RuleFile
    from screener.rulefile.promises import Invariant

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
    if name not in __all__:
        raise AttributeError(f"module `screener` has no attribute `{name}`")
    if name == "load_rules":
        from screener.rulefile.find import load_rules

        return load_rules
    from screener.engine import assess
    from screener.ground import problems
    from screener.rulefile import library, model

    return next(getattr(room, name) for room in (problems, library, model, assess) if hasattr(room, name))
