"""What is proved of a rule file, and all problems with their places."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screener.authoring.checks.logic import Proved
    from screener.ground.problems import Problem
    from screener.rulefile.model import RuleFile


def proof_of(rules: "RuleFile", limit: float) -> "Proved":
    """What is proved in so many seconds; the person is told how far it is."""
    from screener.authoring.checks.logic import prove
    from screener.cli.clock import Clock

    clock = Clock(limit)
    proved = prove(rules, clock.tick, clock.tell)
    clock.done()
    return proved


def problems_of(
    name: str, rules: "RuleFile", proved: "Proved", document: Path | None, read: Callable[[Path], str]
) -> "list[Problem]":
    """What the checks say, with the place of each."""
    from functools import cache

    from screener.authoring.checks import remarks
    from screener.authoring.checks.cut import cut_off
    from screener.authoring.checks.document import document_changes
    from screener.authoring.checks.placing import placed
    from screener.ground.files import shown
    from screener.rulefile import yamltext
    from screener.rulefile.find import find_rules

    path = find_rules(name)
    files = {False: path, True: path.parent / (rules.sources or "")}
    changes = document_changes(rules, read(document)) if document is not None else ()
    texts = cache(lambda side: yamltext.read(read(files[side]), shown(files[side])))
    sides = (False, True) if rules.sources else (False,)
    cut = [remark for side in sides for remark in cut_off(texts(side), side)]
    return placed([*remarks(rules), *cut, *proved.remarks, *changes], texts)
