"""The summary for the person who answered: the next step, the notes with their reasons, what to take along."""

from screener.engine.assess import Finding, Summary
from screener.rulefile.model import RuleFile
from screener.summary import wording as w
from screener.summary.sheet import Part, Place, Said, Sheet, Told, Word, filled


def sheet(rules: RuleFile, summary: Summary) -> Sheet:
    """Everything a person gets at the end."""
    step = summary.disposition
    topics = w.by_topic(summary).items()
    return Sheet(
        language=rules.language,
        reader="person",
        title=rules.title,
        about="",
        step=step.title,
        told=Said(step.says, step.sources, tuple(w.disposition_because(rules, summary))),
        parts=filled(
            *(Part(topic, "lines", tuple(_line(rules, one) for one in findings)) for topic, findings in topics),
            not_covered(rules),
            Part(w.TO_TAKE_ALONG, "asks", summary.questions_to_ask),
            Part(w.TOLD, "answers", tuple(Told(ask, answer) for ask, answer in w.told(rules, summary))),
            Part(w.WORDS, "words", _words(rules, summary)),
            places(rules, summary),
        ),
        made_with=w.made_with(rules, summary),
        referral=Said(summary.referral.says, summary.referral.sources),
    )


def _line(rules: RuleFile, finding: Finding) -> Said:
    line = finding.guidance
    return Said(line.says, line.sources, (w.because(rules, finding),), finding.certainty == "possible")


def _words(rules: RuleFile, summary: Summary) -> tuple[Word, ...]:
    used = w.glossary(rules, [finding.guidance.says for finding in summary.findings])
    return tuple(Word(word, meaning) for word, meaning in used)


def not_covered(rules: RuleFile) -> Part:
    """What the questionnaire does not speak of."""
    passage = rules.not_covered
    return Part(w.NOT_COVERED, "lines", (Said(passage.says),) if passage else ())


def places(rules: RuleFile, summary: Summary) -> Part:
    """Where the statements cited come from."""
    return Part(w.SOURCES, "places", tuple(Place(where, tuple(ids)) for where, ids in w.cited(rules, summary)))
