"""Rule files to draw, small and hostile ones, and what can be read in the drawings."""

import json
import re
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from screener import RuleFile
from screener.authoring.picture.flowchart import mermaid
from screener.authoring.picture.labels import Names
from screener.authoring.picture.steps import Line, Stage, chart
from screener.authoring.picture.webpage import page
from screener.rulefile.loader import load

DRAWINGS = {"mermaid": mermaid, "page": page}
HOSTILE = [
    "<script>alert(1)</script><img src=http://x.test/ onerror=alert(1)><style>@import 'http://x.test/'</style>",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    '`"] end; #quot; %% }}\n  click q1 call x()',
    "1. first",
    "- item",
    "# head",
    "www.example.com http://example.com",
    "ﬂ°°60¶ßscript",
    "**bold** _em_ $$x$$ fa:fa-car",
    "end",
    "style a:b; classDef c:d #e;",
    "</style></svg>]]>&amp;&lt;b&gt;",
    "مرحبا بالعالم",
    "👩‍👩‍👧‍👦 🩹",
    "皮膚" * 60,
    "word" * 200,
    "W" * 90,
]


def rule_file(**changed: Any) -> dict[str, Any]:
    """A small rule file as plain values."""
    small = {
        "format": 1,
        "id": "small",
        "version": "1",
        "title": "Small",
        "language": "en",
        "questions": [{"id": "q", "type": "yes-no", "ask": "Is it red?", "unsure": "yes"}],
        "guidance": [{"id": "g", "topic": "T", "says": "It is.", "when": {"q": ["yes", "unsure"]}, "disposition": "d"}],
        "dispositions": [{"id": "d", "title": "Talk", "says": "Talk."}],
        "referral": {"says": "See someone certified."},
    }
    return small | changed


def loaded(raw: dict[str, Any]) -> RuleFile:
    """The rule file through the real loader, with every sign as it is."""
    return load(json.dumps(raw, ensure_ascii=False))


def tree(text: str) -> Element:
    """The elements of a page, which is written so that XML and HTML read it alike."""
    return ElementTree.fromstring(text)


def words(text: str) -> str:
    """What can be read in a drawing, blanks folded."""
    if text.startswith("flowchart"):
        return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text)
    return " ".join(" ".join(part for part in tree(text).itertext() if part.strip()).split())


def steps(rules: RuleFile) -> list[Stage]:
    """The questions as they are drawn."""
    return [step for run in chart(rules, Names(rules))[0] for step in run.steps]


def lines(rules: RuleFile) -> list[Line]:
    """The guidance lines as they are drawn."""
    runs, everyone = chart(rules, Names(rules))
    beside = [line for run in runs for step in run.steps for branch in step.branches for line in branch.lines]
    return [*beside, *everyone]
