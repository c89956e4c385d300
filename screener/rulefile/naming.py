"""How things of a rule file are called where people read of them: questions, options, places in sources."""

from screener.rulefile.library import Section, Statement
from screener.rulefile.model import Question, RuleFile

NO_SOURCE = "our own question; no source that we could check"


class Naming:
    """The words of a rule file."""

    def __init__(self, rules: RuleFile) -> None:
        self._rules = rules

    def ask(self, question: str) -> str:
        """The question as it is asked."""
        return self._rules.by_question[question].ask

    def labels(self, question: str, options: frozenset[str]) -> list[str]:
        """The labels of these options, in the order of the rule file."""
        choices = self._rules.by_question[question].choices
        return [option.label for id, option in choices.items() if id in options]


def taken_over(question: Question) -> str:
    """Which earlier answers to a question are good at a repeat visit, as a sentence; empty if none is."""
    span = question.carry_over
    return f"an answer that is at most {span} old may be taken over" if span else ""


def documents_of(rules: RuleFile, id: str) -> tuple[str, ...]:
    """The documents that a statement is taken from, by their short names."""
    statement = _statement(rules, id)
    if statement is None or rules.library is None:
        return ()
    documents = rules.library.documents
    return tuple(documents[name].short or documents[name].title for name in statement.stands_in)


def source_line(rules: RuleFile, id: str) -> str:
    """Where a statement comes from: `Liu 2021; Trivedi 2017`, or `Pico Laser, Benefits`."""
    statement = _statement(rules, id)
    if statement is None or rules.library is None:
        return ""
    if not statement.stands_in:
        return NO_SOURCE
    names = "; ".join(documents_of(rules, id))
    section = _section(rules, statement)
    return f"{names}, {section.short or section.heading}" if section else names


def section_of(rules: RuleFile, statement: Statement) -> str | None:
    """The heading of the section that a statement stands in."""
    section = _section(rules, statement)
    return section.heading if section else None


def _section(rules: RuleFile, statement: Statement) -> Section | None:
    if rules.library is None or statement.document is None or statement.section is None:
        return None
    return rules.library.documents[statement.document].sections[statement.section]


def _statement(rules: RuleFile, id: str) -> Statement | None:
    return rules.library.by_id.get(id) if rules.library else None
