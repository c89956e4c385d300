"""What a form says that a rule file can't: noted item by item while the form is read."""

from collections.abc import Iterable

from screener.exchange.fhir.import_.size import MOST_ENTRIES, too_many
from screener.exchange.fhir.import_.source import FormText
from screener.ground.problems import Problem

_MOST_NAMES = 20


class Report:
    """Collects what is wrong, and what has no counterpart."""

    def __init__(self, source: FormText) -> None:
        self._source = source
        self.wrong: list[Problem] = []
        self.lost: list[Problem] = []
        self._options = 0

    def refuse(self, code: str, link_id: str | None, message: str, help: str = "") -> None:
        """Something for which the form can't be taken."""
        self.wrong.append(self._source.problem(code, link_id, message, help))

    def lose(self, link_id: str | None, message: str, help: str = "") -> None:
        """Something that is left out or changed."""
        self.lost.append(self._source.problem("not-in-rules", link_id, message, help, "warning"))

    def count_options(self, number: int) -> None:
        """Keep count of the options that are looked at: items may share a list, which each writes out for itself.

        Raises ProblemsFound if they are too many.
        """
        self._options += number
        if self._options > MOST_ENTRIES:
            raise too_many(self._source, f"the items of the form offer more than {MOST_ENTRIES} options in all")


def listed(names: Iterable[str]) -> list[str]:
    """Names of keys and the like, each once and in backticks; of very many only the first, and how many more."""
    each = list(dict.fromkeys(names))
    shown = [f"`{name[:60]}`" for name in each[:_MOST_NAMES]]
    return [*shown, f"and {len(each) - _MOST_NAMES} more"] if len(each) > _MOST_NAMES else shown
