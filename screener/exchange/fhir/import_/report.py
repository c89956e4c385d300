"""What a form says that a rule file can't: noted item by item while the form is read."""

from screener.exchange.fhir.import_.text import Source
from screener.ground.problems import Problem


class Report:
    """Collects what is wrong, and what has no counterpart."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.wrong: list[Problem] = []
        self.lost: list[Problem] = []

    def refuse(self, code: str, link_id: str | None, message: str, help: str = "") -> None:
        """Something for which the form can't be taken."""
        self.wrong.append(self._source.problem(code, link_id, message, help))

    def lose(self, link_id: str | None, message: str, help: str = "") -> None:
        """Something that is left out or changed."""
        self.lost.append(self._source.problem("not-in-rules", link_id, message, help, "warning"))
