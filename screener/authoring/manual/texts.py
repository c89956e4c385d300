"""The manual: a page for every code that a problem can have."""

from collections.abc import Mapping
from typing import NamedTuple

from screener.authoring.checks import PAGES
from screener.authoring.checks.forms import FORMS
from screener.authoring.checks.logic import PAGES as LOGIC_PAGES
from screener.authoring.checks.page import Example
from screener.ground.codes import CODES, DESK_CODES, TABLE_CODES
from screener.ground.problems import Level


class Entry(NamedTuple):
    """One page: `bad` shows the fault, `good` does not; both are empty for the plain form of a file."""

    code: str
    level: Level
    text: str
    kind: str
    bad: Example = Example("")
    good: Example = Example("")


FORM, TEXTS, LOGIC = "The form of files", "Sources and wording", "Every possible set of answers"
DESK, TABLES = "The intake desk", "Whole tables of answers"


def entries() -> Mapping[str, Entry]:
    """Every page by its code, in the order of the manual."""
    forms = [Entry(code, "error", text, FORM, *FORMS.get(code, ())) for code, text in CODES.items()]
    kinds = ((TEXTS, PAGES), (LOGIC, LOGIC_PAGES))
    checks = [Entry(p.code, p.level, p.text, kind, p.bad, p.good) for kind, pages in kinds for p in pages]
    desk = [Entry(code, "error", text, DESK) for code, text in DESK_CODES.items()]
    tables = [Entry(code, "error", text, TABLES) for code, text in TABLE_CODES.items()]
    return {entry.code: entry for entry in (*checks, *forms, *desk, *tables)}


def texts() -> Mapping[str, str]:
    """What each code means."""
    return {code: entry.text for code, entry in entries().items()}
