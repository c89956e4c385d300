"""How questions and options are named in sentences about conditions: in full, as people are asked."""

from screener.model import RuleFile


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
