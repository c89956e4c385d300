"""The summary as CSV: a row of names and a row of values, for a spreadsheet."""

from screener.engine.answers import as_plain
from screener.engine.assess import Summary
from screener.ground.escapes import rows_of_csv
from screener.ground.wrapping import Look
from screener.rulefile.model import Answers, RuleFile

_APART = "; "


def render(rules: RuleFile, summary: Summary, look: Look) -> str:
    """Two lines: which rule file and what came out, then every question by its id; `look` has no meaning here.

    The columns that are ours have a point in their names, which no id can have: a question may be called `complete`.
    An answer is written as in an answers file, several options with `; ` between them; a question that was not
    asked has an empty cell.
    """
    cells = row(rules, summary)
    return rows_of_csv([list(cells), list(cells.values())])


def row(rules: RuleFile, summary: Summary) -> dict[str, str]:
    """Each column with its cell, in the order in which they stand."""
    certain, possible = (
        _APART.join(one.guidance.id for one in summary.findings if one.certainty == certainty)
        for certainty in ("certain", "possible")
    )
    return {
        "rules.id": rules.id,
        "rules.version": rules.version,
        "rules.sha256": rules.sha256,
        **({"summary.date": rules.counted_from.isoformat()} if rules.counted_from else {}),
        "summary.complete": "yes" if summary.complete else "no",
        "summary.disposition": summary.disposition.id,
        "summary.findings": certain,
        "summary.possible_findings": possible,
        **{question.id: _value(summary.answers, question.id) for question in rules.questions},
    }


def _value(answers: Answers, id: str) -> str:
    if id not in answers:
        return ""
    plain = as_plain(answers[id])
    return _APART.join(plain) if isinstance(plain, list) else str(plain)
