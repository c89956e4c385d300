"""What a check says of a rule file, before its place is looked up."""

from typing import NamedTuple

from screener.problems import Level


class Remark(NamedTuple):
    """A problem to be, pointing by route (ids for list items) into the rule file, or into its sources file."""

    code: str
    message: str
    route: tuple[str | int, ...]
    help: str = ""
    level: Level = "error"
    in_sources: bool = False
