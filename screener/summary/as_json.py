"""The summary as JSON, `screener/summary/1`: stable keys, the same bytes for the same input."""

from typing import Any

from screener.engine.answers import as_plain
from screener.engine.assess import Finding, Summary
from screener.ground.jsontext import as_json_text
from screener.ground.wrapping import Look
from screener.rulefile.model import RuleFile
from screener.rulefile.naming import NO_SOURCE, section_of

SCHEMA = "screener/summary/1"


def render(rules: RuleFile, summary: Summary, look: Look) -> str:
    """The summary as indented JSON with a line feed at the end; `look` has no meaning here."""
    return as_json_text(as_dict(rules, summary))


def as_dict(rules: RuleFile, summary: Summary) -> dict[str, Any]:
    """The summary as plain values, in the order in which they are written."""
    disposition = summary.disposition
    return {
        "schema": SCHEMA,
        "rules": {"id": rules.id, "version": rules.version, "sha256": rules.sha256},
        **({"date": rules.counted_from.isoformat()} if rules.counted_from else {}),
        "language": rules.language,
        "complete": summary.complete,
        "answers": {id: as_plain(answer) for id, answer in summary.answers.items()},
        "disposition": {
            "id": disposition.id,
            "title": disposition.title,
            "says": disposition.says,
            "short": disposition.short,
            "from": list(disposition.sources),
            "because": [{"guidance": id} for id in summary.because],
        },
        "findings": [_finding(finding) for finding in summary.findings],
        "questions_to_ask": list(summary.questions_to_ask),
        "referral": {
            "id": summary.referral.id,
            "says": summary.referral.says,
            "from": list(summary.referral.sources),
        },
        "sources": [_source(rules, id) for id in summary.sources],
        "open": list(summary.open),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    guidance = finding.guidance
    return {
        "id": guidance.id,
        "topic": guidance.topic,
        "title": guidance.title,
        "says": guidance.says,
        "more": guidance.more,
        "short": guidance.short,
        "certainty": finding.certainty,
        "because": [{"question": r.question, "answer": as_plain(r.answer)} for r in finding.because],
        "from": list(guidance.sources),
        "ask": guidance.ask,
    }


def _source(rules: RuleFile, id: str) -> dict[str, Any]:
    if rules.library is None:
        return {"id": id, "source": None, "section": None, "says": None}
    statement = rules.library.by_id[id]
    titles = "; ".join(rules.library.documents[name].title for name in statement.stands_in)
    return {"id": id, "source": titles or NO_SOURCE, "section": section_of(rules, statement), "says": statement.says}
