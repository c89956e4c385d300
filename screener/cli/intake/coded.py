"""Answers that come in as a code: matched with the rule file that asked for them, also an earlier one of this store."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from screener.cli.intake.editions import read_edition, rules_of
from screener.cli.intake.opened import Desk
from screener.cli.scanned import answered, name_of_rules, opened, scan, unknown_edition
from screener.page.code.packing import named_by
from screener.records.record import Edition
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile


class Coded(NamedTuple):
    """The answers of a code, with the rule file as it was on the day of the interview, and its text."""

    rules: RuleFile
    edition: Edition
    given: dict[str, Answer]


def received(source: str, name: str, key: Path | None, desk: Callable[[], Desk]) -> Coded:
    """The answers of a code. Its rule file is the one with this path or name, or one that comes with the tool, or one
    that a record was answered with; only for these the `desk` is opened.

    Raises ProblemsFound for what can't be read, and for a code of a rule file that is not known.
    """
    body = opened(scan(source), key)
    if (known := name_of_rules(body, name)) is not None:
        rules, given = answered(body, lambda day: read_edition(known, day)[0])
        return Coded(rules, read_edition(known, rules.today)[1], dict(given))
    edition = _kept(body, desk())
    if edition is None:
        raise unknown_edition(body, "--rules")
    rules, given = answered(body, lambda day: rules_of(edition, day))
    return Coded(rules, edition, dict(given))


def _kept(body: bytes, desk: Desk) -> Edition | None:
    """The edition of the store that was answered."""
    from screener.records.editions import edition_by_rules
    from screener.records.store.opening import reading

    with reading(desk.store.records) as connection:
        return edition_by_rules(connection, lambda text: named_by(body, text))
