"""The summary as Markdown: plain headings and lists, hostile text made inert."""

import re

from screener.engine import Finding, Summary
from screener.model import RuleFile
from screener.report import Look
from screener.report import wording as w
from screener.safetext import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&$^=@])")
_NUMBER = re.compile(r"^(\d+)([.)])")
_SCHEME = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data|www)([:.])")


def render(rules: RuleFile, summary: Summary, look: Look) -> str:
    """The summary as CommonMark; `look` has no meaning here."""
    blocks = [f"# {inert(rules.title)}", *_next_step(rules, summary)]
    for topic, findings in w.by_topic(summary).items():
        blocks += [f"## {inert(topic)}", *(_finding(rules, finding) for finding in findings)]
    if rules.not_covered:
        blocks += [f"## {w.NOT_COVERED}", inert(rules.not_covered.says)]
    if summary.questions_to_ask:
        asked = enumerate(summary.questions_to_ask, 1)
        blocks += [f"## {w.TO_TAKE_ALONG}", "\n".join(f"{number}. {inert(text)}" for number, text in asked)]
    blocks += [f"## {w.TOLD}", _listed([f"{inert(ask)} **{inert(answer)}**" for ask, answer in w.told(rules, summary)])]
    blocks += _glossary(rules, summary)
    if cited := [f"{inert(' · '.join(ids))}: {inert(line)}" for line, ids in w.cited(rules, summary)]:
        blocks += [f"## {w.SOURCES}", _listed(cited)]
    blocks += [
        inert(w.made_with(rules, summary)),
        "---",
        f"**{inert(rules.referral.says)}**{_ids(rules.referral.sources)}",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def inert(text: str) -> str:
    """The text on one line with everything escaped that Markdown or HTML could take for markup."""
    escaped = _SPECIAL.sub(r"\\\1", one_line(text))
    return _NUMBER.sub(r"\1\\\2", _SCHEME.sub(r"\1\\\2", escaped))


def _next_step(rules: RuleFile, summary: Summary) -> list[str]:
    disposition = summary.disposition
    lines = [f"## {w.NEXT_STEP}: {inert(disposition.title)}", inert(disposition.says) + _ids(disposition.sources)]
    return [*lines, _listed([inert(line) for line in w.disposition_because(rules, summary)])]


def _finding(rules: RuleFile, finding: Finding) -> str:
    possible = f"*{w.POSSIBLE}* " if finding.certainty == "possible" else ""
    reason = inert(w.because(rules, finding))
    return f"- {possible}{inert(finding.guidance.says)}{_ids(finding.guidance.sources)}\n  {reason}"


def _glossary(rules: RuleFile, summary: Summary) -> list[str]:
    words = w.glossary(rules, [finding.guidance.says for finding in summary.findings])
    return (
        [f"## {w.WORDS}", _listed([f"**{inert(word)}**: {inert(meaning)}" for word, meaning in words])] if words else []
    )


def _listed(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _ids(sources: tuple[str, ...]) -> str:
    return f" \\[{' · '.join(sources)}\\]" if sources else ""
