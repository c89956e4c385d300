"""The worked cases of a rule file: the file that is named, or the one beside it."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screener.authoring.cases import WorkedCase
    from screener.rulefile.model import RuleFile
    from screener.rulefile.yamltext import YamlText


def place_of_cases(name: str, cases: Path | None) -> Path:
    """Where the worked cases of the rule file with this path or name are: `cases`, or beside it."""
    from screener.rulefile.find import find_rules

    path = find_rules(name)
    return cases or path.with_name(f"{path.stem}.cases.yaml")


def read_worked(rules: "RuleFile", place: Path) -> "tuple[tuple[WorkedCase, ...], YamlText]":
    """The worked cases in this file, and its text with the place of everything. Raises ProblemsFound."""
    from screener.authoring.cases import read_cases
    from screener.cli.reading import read
    from screener.ground.files import shown

    return read_cases(read(place), rules, shown(place))
