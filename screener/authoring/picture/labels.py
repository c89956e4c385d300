"""Conditions as the words on a branch."""

from screener.ground.marks import MARKS, Mark
from screener.ground.safetext import one_line
from screener.ground.wrapping import cells, lines
from screener.rulefile.conditions.atoms import AnyOf
from screener.rulefile.conditions.describe import describe
from screener.rulefile.conditions.tree import Atom, Condition
from screener.rulefile.model import Question, RuleFile

#: A question up to so many cells is quoted on a branch; a longer one goes by its number and id.
SHORT = 34
_ENDLESS = 1_000_000


class Names:
    """How the questions and options of a rule file are named on branches; `longest` in cells."""

    def __init__(self, rules: RuleFile, longest: int = SHORT) -> None:
        self._rules, self._longest = rules, longest
        self._asked: dict[str, str] = {}

    def ask(self, question: str) -> str:
        """The question as it is asked, or its number and id when that is long."""
        if question not in self._asked:
            self._asked[question] = self._named(question)
        return self._asked[question]

    def _named(self, question: str) -> str:
        ask = one_line(self._rules.by_question[question].ask)
        return ask if cells(ask) <= self._longest else f"{self._rules.position[question] + 1} {question}"

    def labels(self, question: str, options: frozenset[str]) -> list[str]:
        """The labels of these options, in the order of the rule file."""
        return [option.label for id, option in self.question(question).choices.items() if id in options]

    def question(self, id: str) -> Question:
        """The question with this id."""
        return self._rules.by_question[id]


def spelled_out(rules: RuleFile) -> Names:
    """Names that shorten nothing, for texts with room."""
    return Names(rules, _ENDLESS)


def on_branch(condition: Condition, beside: str, names: Names) -> str:
    """What must be answered, as the label of a branch that leaves the question `beside`.

    Only the answer is said where that says it all: `“Yes” or not sure`.
    """
    if isinstance(condition, Atom) and condition.question == beside:
        return _begun(answer(condition, names))
    return _begun(describe(condition, names))


def sentence(condition: Condition, names: Names) -> str:
    """The condition as part of a sentence that begins with `when`."""
    if isinstance(condition, Atom):
        return f"“{names.ask(condition.question)}” is answered {answer(condition, names)}"
    return describe(condition, names)


def answer(atom: Atom, names: Names) -> str:
    """The answers that an atom asks for, without its question."""
    if isinstance(atom, AnyOf) and (short := _nearly_all(atom, names.question(atom.question))):
        return short
    return describe(atom, names).removeprefix(f"“{names.ask(atom.question)}” is answered ")


def _nearly_all(atom: AnyOf, question: Question) -> str | None:
    """A short way to name all options, or all but one that never comes together with another."""
    left = [option for id, option in question.choices.items() if id not in atom.options]
    if len(atom.options) < 3 or len(left) > 1:
        return None
    if not left and question.reserved and atom.marks == set(marks_of(question)):
        return "in any way"
    if atom.marks:
        return None
    if left and (left[0].exclusive or question.type == "one"):
        return f"with any option but “{left[0].label}”"
    return None if left else "with any option"


def marks_of(question: Question) -> list[Mark]:
    """The states without a value that a question offers."""
    return [MARKS[word] for word in question.reserved]


def may_stay_open(condition: Condition, names: Names) -> bool:
    """Whether an unsure or declined answer can leave this unknown."""
    return any(
        atom.marked(mark) is None for atom in condition.atoms() for mark in marks_of(names.question(atom.question))
    )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def cut(text: str, width: int, most: int = 1) -> list[str]:
    """The text in at most so many lines of so many cells; what is left out shows as `…`."""
    made = lines(one_line(text), width)
    if len(made) <= most:
        return made
    return [*made[: most - 1], _ellipsis(made[most - 1], width)]


def _ellipsis(text: str, width: int) -> str:
    while text and cells(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
