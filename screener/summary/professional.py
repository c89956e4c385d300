"""The summary for the professional: one page, the next step and what was flagged first.

Nothing here judges. A flagged answer is one that called for a more urgent next step than the least.
"""

from collections.abc import Iterable

from screener.engine.answers import in_words
from screener.engine.assess import Finding, Summary, shown
from screener.rulefile.model import RuleFile
from screener.summary import wording as w
from screener.summary.person import not_covered
from screener.summary.sheet import Part, Said, Sheet, Told, filled


def sheet(rules: RuleFile, summary: Summary) -> Sheet:
    """What a professional needs at a glance; the person's answers are in the person's own words."""
    flags = _flags(rules, summary)
    open_ones = [id for id, answer in summary.answers.items() if answer in rules.by_question[id].reserved]
    flagged = [id for id in flags if id in summary.answers and id not in open_ones]
    step = summary.disposition
    return Sheet(
        language=rules.language,
        reader="professional",
        title=rules.title,
        about=w.FOR_PROFESSIONAL,
        step=step.title,
        told=Said(f"{w.WAS_TOLD} “{step.says}”", step.sources, tuple(_behind(rules, summary))),
        note="",
        parts=filled(
            Part(w.FLAGGED, "answers", tuple(_told(rules, summary, id, flags) for id in flagged))
            if flagged
            else Part(w.FLAGGED, "items", (w.NONE_FLAGGED,)),
            Part(w.LEFT_OPEN, "answers", tuple(_told(rules, summary, id, flags) for id in open_ones)),
            *_others(rules, summary, {*flagged, *open_ones}),
            Part(w.WANTS_TO_ASK, "asks", summary.questions_to_ask),
            *_not_asked(rules, summary),
            not_covered(rules),
        ),
        names="",
        cited=(),
        made_with=w.made_with_exactly(rules, summary),
        referral=Said(summary.referral.says, summary.referral.sources),
    )


def _flags(rules: RuleFile, summary: Summary) -> dict[str, list[Finding]]:
    """The flagged findings of each question behind them, the most urgent question first."""
    urgent = [one for one in summary.findings if rules.urgency.get(one.guidance.disposition or "", 0)]
    urgent.sort(key=lambda one: -rules.urgency[str(one.guidance.disposition)])
    flags: dict[str, list[Finding]] = {}
    for finding in urgent:
        for reason in finding.because:
            flags.setdefault(reason.question, []).append(finding)
    return flags


def _told(rules: RuleFile, summary: Summary, id: str, flags: dict[str, list[Finding]]) -> Told:
    question = rules.by_question[id]
    return Told(question.ask, in_words(question, summary.answers[id]), _note(rules, flags.get(id, ())))


def _note(rules: RuleFile, findings: Iterable[Finding]) -> str:
    """What an answer called for: each next step with the lines of guidance behind it and their sources."""
    steps: dict[str, list[str]] = {}
    titles = {step.id: step.title for step in rules.dispositions}
    for finding in findings:
        line = finding.guidance
        cited = f" [{' · '.join(line.sources)}]" if line.sources else ""
        steps.setdefault(titles[str(line.disposition)], []).append(f"{line.id}{cited}")
    return "; ".join(f"{title}: {', '.join(lines)}" for title, lines in steps.items())


def _behind(rules: RuleFile, summary: Summary) -> Iterable[str]:
    """The answers behind the next step, once each; the least urgent one needs none."""
    if not rules.urgency[summary.disposition.id]:
        return ()
    said: dict[str, None] = {}
    for finding in summary.findings:
        if finding.guidance.id in summary.because:
            for reason in finding.because:
                question = rules.by_question[reason.question]
                said[f"{question.ask} – {w.answer_of(question, reason)}"] = None
    return tuple(said)


def _others(rules: RuleFile, summary: Summary, shown: set[str]) -> Iterable[Part]:
    """All other answers under the sections of the rule file: concerns, goals, expectations and the rest."""
    sections: dict[str, list[Told]] = {}
    for id, answer in summary.answers.items():
        if id not in shown:
            question = rules.by_question[id]
            sections.setdefault(question.section or w.TOLD_ELSE, []).append(
                Told(question.ask, in_words(question, answer))
            )
    return (Part(section, "answers", tuple(rows)) for section, rows in sections.items())


def _not_asked(rules: RuleFile, summary: Summary) -> Iterable[Part]:
    """The questions without an answer: those that the answers made needless, and those still open."""
    may_be_asked = frozenset(shown(rules, summary.answers))
    without = [question for question in rules.questions if question.id not in summary.answers]
    hidden = tuple(question.ask for question in without if question.id not in may_be_asked)
    still_open = tuple(question.ask for question in without if question.id in may_be_asked)
    return Part(w.NOT_ASKED, "items", hidden), Part(w.NOT_ANSWERED, "items", still_open)
