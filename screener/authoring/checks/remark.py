"""What a check says of a rule file, before its place is looked up."""

from typing import NamedTuple

from screener.ground.problems import Level
from screener.rulefile.conditions.tree import Answer

Route = tuple[str | int, ...]


class Related(NamedTuple):
    """Another place that has to do with it, and what stands there."""

    route: Route
    message: str


class Witness(NamedTuple):
    """A complete set of answers that shows it: what to look for, and each question with its answer."""

    shows: str
    answers: tuple[tuple[str, Answer], ...]


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
