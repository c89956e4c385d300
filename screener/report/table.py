"""The summary as CSV: a row of names and a row of values, for a spreadsheet."""

import csv
import io

from screener.answers import as_plain
from screener.engine import Summary
from screener.model import Answers, RuleFile
from screener.report import Look
from screener.report.escapes import cell

_APART = "; "


def render(rules: RuleFile, summary: Summary, look: Look) -> str:
    """Two lines: which rule file and what came out, then every question by its id; `look` has no meaning here.

    An answer is written as in an answers file, several options with `; ` between them; a question that was not
    asked has an empty cell.
    """
    certain, possible = (
        _APART.join(one.guidance.id for one in summary.findings if one.certainty == certainty)
        for certainty in ("certain", "possible")
    )
    row = {
        "rules.id": rules.id,
        "rules.version": rules.version,
        "rules.sha256": rules.sha256,
        "complete": "yes" if summary.complete else "no",
        "disposition": summary.disposition.id,
        "findings": certain,
        "possible_findings": possible,
        **{question.id: _value(summary.answers, question.id) for question in rules.questions},
    }
    return written([list(row), list(row.values())])


def written(rows: list[list[str]]) -> str:
    """Rows as CSV; no cell can be taken for a formula."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([cell(text) for text in row] for row in rows)
    return file.getvalue()


def _value(answers: Answers, id: str) -> str:
    if id not in answers:
        return ""
    plain = as_plain(answers[id])
    return _APART.join(plain) if isinstance(plain, list) else str(plain)
