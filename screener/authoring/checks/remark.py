"""What a check says of a rule file, before its place is looked up."""

from collections.abc import Collection
from typing import NamedTuple

from screener.ground.problems import Level
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers

Route = tuple[str | int, ...]


class Related(NamedTuple):
    """Another place that has to do with it, and what stands there."""

    route: Route
    message: str


class Witness(NamedTuple):
    """A complete set of answers that shows it: what to look for, the answers, and the questions that matter for it.

    `enough` if it comes out so whatever is answered to all others. One set of answers may be shared by thousands, so it
    is put in order only where it is needed.
    """

    shows: str
    given: Answers
    matter: Collection[str] = ()
    enough: bool = False

    @property
    def answers(self) -> tuple[tuple[str, Answer], ...]:
        """Each question with its answer, those that matter first."""
        return tuple(sorted(self.given.items(), key=lambda answer: answer[0] not in self.matter))


class Remark(NamedTuple):
    """A problem to be, pointing by route (ids for list items) into the rule file, or into its sources file."""

    code: str
    message: str
    route: Route
    help: str = ""
    level: Level = "error"
    in_sources: bool = False
    related: tuple[Related, ...] = ()
    witness: tuple[Witness, ...] = ()

    def showing(self, related: tuple[Related, ...], *witness: Witness) -> "Remark":
        """The same with the other places that have to do with it, and with answers that show it."""
        return self._replace(related=related, witness=witness)
