"""Conditions as words: on a branch that leaves a question, and in a sentence about when something is asked."""

from screener.ground.marks import MARKS
from screener.ground.safetext import one_line
from screener.ground.wrapping import cells
from screener.proof.doubt import Doubt
from screener.rulefile.conditions.atoms import AnyOf
from screener.rulefile.conditions.describe import describe
from screener.rulefile.conditions.tree import Atom, Condition
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.naming import Naming


class Names(Naming):
    """The words of a rule file; a question longer than `longest` cells goes by its number and id."""

    def __init__(self, rules: RuleFile, longest: int | None = None) -> None:
        super().__init__(rules)
        self.rules = rules
        self.doubt = Doubt(rules)
        asked = ((at, question.id, one_line(question.ask)) for at, question in enumerate(rules.questions, 1))
        self._asked = {id: ask if longest is None or cells(ask) <= longest else f"{at} {id}" for at, id, ask in asked}

    def ask(self, question: str) -> str:
        """The question as it is asked, or its number and id when that is long."""
        return self._asked[question]


def on_branch(condition: Condition, beside: str, names: Names) -> str:
    """What must be answered, as the label of a branch that leaves the question `beside`.

    Only the answer is said where that says it all: `“Yes” or not sure`.
    """
    alone = isinstance(condition, Atom) and condition.question == beside
    text = sentence(condition, names).removeprefix(_asked(beside, names) if alone else "")
    return text[:1].upper() + text[1:]


def sentence(condition: Condition, names: Names) -> str:
    """The condition as part of a sentence that begins with `when`."""
    if isinstance(condition, AnyOf) and (short := _nearly_all(condition, names.rules.by_question[condition.question])):
        return _asked(condition.question, names) + short
    return describe(condition, names)


def _asked(question: str, names: Names) -> str:
    return f"“{names.ask(question)}” is answered "


def _nearly_all(atom: AnyOf, question: Question) -> str | None:
    """A short way to name all options, or all but one that never comes together with another."""
    left = [option for id, option in question.choices.items() if id not in atom.options]
    if len(atom.options) < 3 or len(left) > 1:
        return None
    if not left and question.reserved and atom.marks == {MARKS[word] for word in question.reserved}:
        return "in any way"
    if atom.marks:
        return None
    if left and (left[0].exclusive or question.type == "one"):
        return f"with any option but “{left[0].label}”"
    return None if left else "with any option"
