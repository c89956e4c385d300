"""The summary for the person who answered: what to do, tell and ask first; then all that lies behind it."""

from collections.abc import Iterable, Iterator

from screener.engine.assess import Finding, Summary
from screener.ground.marks import DECLINED, MARKS, SKIPPED, UNSURE
from screener.rulefile.model import RuleFile
from screener.summary import wording as w
from screener.summary.sheet import Part, Place, Said, Sheet, Told, Word, filled

#: So many points are told in full, and so many questions are worth taking along: a person can't use more at once.
IN_FULL, WORTH_ASKING = 6, 5


def sheet(rules: RuleFile, summary: Summary) -> Sheet:
    """Everything a person gets at the end."""
    step, referral = summary.disposition, summary.referral
    tell = tuple(_to_tell(rules, summary))
    return Sheet(
        language=rules.language,
        reader="person",
        title=rules.title,
        about="",
        step=step.title,
        told=Said(step.says, step.sources),
        note=unanswered(rules, summary),
        parts=filled(
            Part(w.TELL, "points", tell),
            Part(w.TO_TAKE_ALONG, "asks", asks(rules, summary)[:WORTH_ASKING]),
        ),
        names=w.names(rules, _first_cited(summary, tell)),
        cited=tuple(Place(where, tuple(ids)) for where, ids in w.places(rules, _first_cited(summary, tell))),
        made_with=w.made_with(rules),
        referral=Said(referral.says, referral.sources),
        behind=w.behind_all(rules, summary),
        details=_details(rules, summary),
    )


def unanswered(rules: RuleFile, summary: Summary) -> str:
    """What questions without an answer could still do, if there are any: the most urgent step stands whatever comes."""
    if summary.complete:
        return ""
    return w.MORE_COULD_COME if summary.disposition.id == rules.dispositions[-1].id else w.INCOMPLETE


def _first_cited(summary: Summary, tell: Iterable[Said]) -> list[str]:
    """The ids that the short form stands on, in the order of first use."""
    listed = [summary.disposition.sources, *(line.sources for line in tell), summary.referral.sources]
    return list(dict.fromkeys(id for sources in listed for id in sources))


def urgent(rules: RuleFile, summary: Summary) -> list[Finding]:
    """The findings that call for more than the least urgent step, the most urgent first."""
    called = [one for one in summary.findings if rules.urgency.get(one.guidance.disposition or "", 0)]
    return sorted(called, key=lambda one: -rules.urgency[str(one.guidance.disposition)])


def _to_tell(rules: RuleFile, summary: Summary) -> Iterator[Said]:
    """What to tell: the first points in full, the others by name, and what was left open named once."""
    called, highest = urgent(rules, summary), rules.dispositions[-1].id
    most = [one for one in called if one.guidance.disposition == highest]
    others = [one for one in called if one.guidance.disposition != highest]
    known = [one for one in others if _left(one) is None]
    full = max(len(most), IN_FULL)
    points = [*most, *known]
    yield from (_point(rules, summary, one) for one in points[:full])
    if named := points[full:]:
        yield _listed(named, w.ALSO_TELL)
    for word, title in ((UNSURE, w.UNSURE_OF), (DECLINED, w.IN_PERSON), (SKIPPED, w.LEFT_OUT)):
        if left := [one for one in others if _left(one) == word]:
            yield _listed(left, title)


def _listed(findings: list[Finding], title: str) -> Said:
    """Several lines as one: what each is called. Their sources stand in the details, where each is said."""
    return Said(f"{'; '.join(map(w.named, findings))}.", title=title)


def _left(finding: Finding) -> str | None:
    """How a finding was left open, if every answer behind it was: unsure before declined before skipped."""
    given = [reason.answer for reason in finding.because]
    if not given or any(answer not in MARKS for answer in given):
        return None
    return next(word for word in MARKS if word in given)


def _point(rules: RuleFile, summary: Summary, finding: Finding) -> Said:
    """A line as short as it goes; why it is said only where that is not plain from what it says."""
    line, possible = finding.guidance, finding.certainty == "possible"
    reasons = (w.because(rules, summary, finding),) if possible else ()
    return Said(line.says, line.sources, reasons, possible, line.title or "")


def asks(rules: RuleFile, summary: Summary) -> tuple[str, ...]:
    """The questions to take along: of urgent lines first, and those that everyone gets last."""
    gate = w.gate(rules)

    def place(finding: Finding) -> tuple[int, bool]:
        special = any(reason.question != gate for reason in finding.because)
        return -rules.urgency.get(finding.guidance.disposition or "", 0), not special

    asking = [one for one in summary.findings if one.guidance.ask]
    return tuple(dict.fromkeys(str(one.guidance.ask) for one in sorted(asking, key=place)))


def _details(rules: RuleFile, summary: Summary) -> tuple[Part, ...]:
    """All that lies behind the short form: every line with its evidence, its sources and all its reasons."""
    topics = w.by_topic(summary).items()
    lines = (Part(topic, "lines", tuple(_line(rules, summary, one) for one in found)) for topic, found in topics)
    return filled(
        *lines,
        not_covered(rules),
        Part(w.MORE_TO_ASK, "asks", asks(rules, summary)[WORTH_ASKING:]),
        Part(w.TOLD, "answers", tuple(Told(ask, answer) for ask, answer in w.told(rules, summary))),
        Part(w.WORDS, "words", _words(rules, summary)),
        Part(w.SOURCES, "places", tuple(Place(where, tuple(ids)) for where, ids in w.places(rules, summary.sources))),
    )


def _line(rules: RuleFile, summary: Summary, finding: Finding) -> Said:
    line = finding.guidance
    reasons = w.new_reasons(rules, summary, finding)
    return Said(line.says, line.sources, reasons, finding.certainty == "possible", line.title or "", line.more or "")


def _words(rules: RuleFile, summary: Summary) -> tuple[Word, ...]:
    lines = [finding.guidance for finding in summary.findings]
    used = w.glossary(rules, [text for line in lines for text in (line.title, line.says, line.more) if text])
    return tuple(Word(word, meaning) for word, meaning in used)


def not_covered(rules: RuleFile) -> Part:
    """What the questionnaire does not speak of."""
    passage = rules.not_covered
    return Part(w.NOT_COVERED, "lines", (Said(passage.says),) if passage else ())
