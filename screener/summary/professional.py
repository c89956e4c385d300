"""The page for the professional: the next step and what is behind it, then all that was answered, each thing once.

Nothing here judges. A flagged answer is one behind a line that calls for a more urgent next step than the least.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screener.engine.answers import in_words
from screener.engine.assess import Finding, Summary, shown
from screener.rulefile.model import Disposition, RuleFile
from screener.summary import wording as w
from screener.summary.person import asks, not_covered, unanswered, urgent
from screener.summary.sheet import Label, Part, Place, Said, Sheet, Told, filled


def sheet(rules: RuleFile, summary: Summary) -> Sheet:
    """What a professional needs at a glance, in their words; the answers are in the person's own."""
    step, flags = summary.disposition, _flags(rules, summary)
    own = [id for id in summary.answers if _is_quoted(rules, summary, id)]
    said = {*flags.rank, *own, *(id for id in summary.answers if _left_open(rules, summary, id))}
    return Sheet(
        language=rules.language,
        reader="professional",
        title=rules.title,
        about=w.FOR_PROFESSIONAL,
        label=Label(),
        step=_step(step),
        told=Said(w.WAS_TOLD.format(step.title) if step.short else w.WAS_TOLD_THE_SAME, step.sources),
        note=unanswered(rules, summary),
        parts=filled(
            *_flagged(rules, summary, flags),
            _open(rules, summary, flags),
            Part(w.OWN_WORDS, "answers", tuple(_quoted(rules, summary, id) for id in own)),
            *_others(rules, summary, said),
            Part(w.SUGGESTED, "asks", asks(rules, summary)),
            *_not_asked(rules, summary),
            not_covered(rules),
            Part(w.SOURCES, "places", tuple(_sources(rules, summary, flags))),
        ),
        names="",
        cited=(),
        made_with=w.made_with_exactly(rules),
        referral=Said(summary.referral.says, summary.referral.sources),
    )


class _Flags(NamedTuple):
    """The flagged findings, each at the one question under which it is told: None for what everyone hears.

    `rank` says how urgent a step each question behind a flagged finding calls for, from the most urgent one down.
    """

    at: dict[str | None, list[Finding]]
    rank: dict[str, int]


def _flags(rules: RuleFile, summary: Summary) -> _Flags:
    at: dict[str | None, list[Finding]] = {}
    rank: dict[str, int] = {}
    for finding in urgent(rules, summary):
        behind = [reason.question for reason in finding.because]
        at.setdefault(max(behind, key=rules.position.__getitem__, default=None), []).append(finding)
        for id in behind:
            rank.setdefault(id, rules.urgency[str(finding.guidance.disposition)])
    return _Flags(at, rank)


def _flagged(rules: RuleFile, summary: Summary, flags: _Flags) -> Iterator[Part]:
    """What is behind the next step, whether answered, unsure or kept for a talk; then what calls for a lesser one."""
    ranks = sorted({rules.urgency[str(one.guidance.disposition)] for found in flags.at.values() for one in found})
    if not ranks:
        yield Part(w.FLAGGED, "items", (w.NONE_FLAGGED,))
    for rank in reversed(ranks):
        first = rank == ranks[-1]
        heading = w.BEHIND_STEP if first else f"{w.FLAGGED}: {_step(rules.dispositions[rank])}"
        ids = [id for id, at in flags.rank.items() if at == rank]
        told = [_told(rules, summary, id, flags, rank) for id in ids if first or not _left_open(rules, summary, id)]
        yield Part(heading, "answers", (*told, *_for_everyone(rules, flags, rank)))


def _for_everyone(rules: RuleFile, flags: _Flags, rank: int) -> Iterator[Told]:
    """The flagged lines that hang on no answer."""
    found = [one for one in flags.at.get(None, ()) if rules.urgency[str(one.guidance.disposition)] == rank]
    if found:
        yield Told(w.FOR_EVERYONE, "", tuple(_notes(rules, found, rank)))


def _open(rules: RuleFile, summary: Summary, flags: _Flags) -> Part:
    """What was unsure, is to be told in person or was skipped, but for what stands at the top already."""
    first = rules.urgency[summary.disposition.id]
    ids = [id for id in summary.answers if _left_open(rules, summary, id) and flags.rank.get(id, 0) < max(first, 1)]
    heading = w.LEFT_OPEN_OR_OUT if any(question.optional for question in rules.questions) else w.LEFT_OPEN
    return Part(heading, "answers", tuple(_told(rules, summary, id, flags) for id in ids))


def _left_open(rules: RuleFile, summary: Summary, id: str) -> bool:
    return summary.answers.get(id) in rules.by_question[id].reserved


def _told(rules: RuleFile, summary: Summary, id: str, flags: _Flags, rank: int = 0) -> Told:
    """A question with its answer, and the lines that are told under it; the step of this rank is named elsewhere."""
    question = rules.by_question[id]
    return Told(question.ask, in_words(question, summary.answers[id]), tuple(_notes(rules, flags.at.get(id, ()), rank)))


def _notes(rules: RuleFile, findings: Iterable[Finding], rank: int) -> Iterator[Said]:
    """What an answer called for: each line in the professional's words, with its sources.

    A line that calls for another step than the one of this rank says so.
    """
    for finding in findings:
        line = finding.guidance
        at = rules.urgency[str(line.disposition)]
        step = "" if at == rank else f"{_step(rules.dispositions[at])}: "
        possible = f" ({w.MAY_APPLY})" if finding.certainty == "possible" else ""
        yield Said(f"{step}{w.professionally(line)}{possible}", line.sources)


def _step(disposition: Disposition) -> str:
    """A next step as a heading."""
    return w.professionally(disposition).removesuffix(".")


def _is_quoted(rules: RuleFile, summary: Summary, id: str) -> bool:
    """Whether an answer is a text for the professional; what was chosen among options is in the author's words."""
    question = rules.by_question[id]
    return question.reader is not None and question.type == "text" and not _left_open(rules, summary, id)


def _quoted(rules: RuleFile, summary: Summary, id: str) -> Told:
    """An answer that is handed on as the person wrote it."""
    question = rules.by_question[id]
    return Told(question.ask, f"“{in_words(question, summary.answers[id])}”")


def _others(rules: RuleFile, summary: Summary, said: set[str]) -> Iterable[Part]:
    """All other answers under the sections of the rule file: concerns, goals, expectations and the rest."""
    sections: dict[str, list[Told]] = {}
    for id, answer in summary.answers.items():
        if id not in said:
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


def _sources(rules: RuleFile, summary: Summary, flags: _Flags) -> Iterator[Place]:
    """Where all that is cited on this page comes from, by name."""
    lines = [one.guidance.sources for found in flags.at.values() for one in found]
    ids = dict.fromkeys(id for one in (summary.disposition.sources, *lines, summary.referral.sources) for id in one)
    return (Place(where, tuple(at)) for where, at in w.places(rules, ids))
