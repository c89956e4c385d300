"""The sentences that every written summary shares: reasons, sources, headings."""

from screener.engine.answers import in_words
from screener.engine.assess import Finding, Reason, Summary
from screener.ground.marks import DECLINED, UNSURE, Mark
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.naming import source_line

NEXT_STEP = "Next step"
POSSIBLE = "This may apply to you."
TO_TAKE_ALONG = "Questions to take along"
TOLD = "What you told us"
NOT_COVERED = "What this does not cover"
WORDS = "Words used here"
SOURCES = "Sources"
FOR_EVERYONE = "Said to everyone who answers."
FOR_PROFESSIONAL = "For the professional. The answers are the person's own; nothing here is a diagnosis or a decision."
WAS_TOLD = "The person reads:"
FLAGGED = "Flagged answers"
NONE_FLAGGED = "None of the answers."
LEFT_OPEN = "Not sure, or rather told in person"
TOLD_ELSE = "Other answers"
WANTS_TO_ASK = "Questions the person wants to ask"
NOT_ASKED = "Not asked, because of other answers"
NOT_ANSWERED = "Not answered yet"


def because(rules: RuleFile, finding: Finding) -> str:
    """Why a finding is said: `Because you chose: …`, naming each answer behind it."""
    if not finding.because:
        return FOR_EVERYONE
    reasons = ", and ".join(_reason(rules, reason) for reason in finding.because)
    return f"Because {reasons}" + ("" if reasons.endswith("?”") else ".")


def _reason(rules: RuleFile, reason: Reason) -> str:
    question = rules.by_question[reason.question]
    ask = question.ask
    if reason.answer == Mark.HIDDEN.value:
        return f"you were not asked “{ask}”"
    if isinstance(reason.answer, str) and reason.answer in question.reserved:
        return {
            UNSURE: f"you were not sure about “{ask}”",
            DECLINED: f"you would rather talk in person about “{ask}”",
        }[reason.answer]
    words = in_words(question, reason.answer)
    if question.type == "many":
        return f"you chose “{words}”"
    return f"you answered “{words}” to “{ask}”"


def answer_of(question: Question, reason: Reason) -> str:
    """The answer behind a reason, in the person's own words."""
    return "not asked" if reason.answer == Mark.HIDDEN.value else in_words(question, reason.answer)


def disposition_because(rules: RuleFile, summary: Summary) -> list[str]:
    """Why this is the next step: the reasons of every line that asked for it."""
    behind = [finding for finding in summary.findings if finding.guidance.id in summary.because]
    return list(dict.fromkeys(because(rules, finding) for finding in behind if finding.because))


def by_topic(summary: Summary) -> dict[str, list[Finding]]:
    """The findings under their topics, topics in the order of the rule file."""
    topics: dict[str, list[Finding]] = {}
    for finding in summary.findings:
        topics.setdefault(finding.guidance.topic, []).append(finding)
    return topics


def told(rules: RuleFile, summary: Summary) -> list[tuple[str, str]]:
    """Every question that was asked, with the answer in words."""
    questions = rules.by_question
    return [(questions[id].ask, in_words(questions[id], answer)) for id, answer in summary.answers.items()]


def cited(rules: RuleFile, summary: Summary) -> list[tuple[str, list[str]]]:
    """Where the statements come from, each place once, with the ids of what is taken from it."""
    places: dict[str, list[str]] = {}
    for id in summary.sources:
        places.setdefault(source_line(rules, id), []).append(id)
    return list(places.items())


def glossary(rules: RuleFile, texts: list[str]) -> list[tuple[str, str]]:
    """The glossary words that these texts use, with their meanings."""
    said = " ".join(texts).casefold()
    return [(word, meaning) for word, meaning in rules.glossary.items() if word.casefold() in said]


def made_with(rules: RuleFile, summary: Summary) -> str:
    """Which rule file this comes from, and whether questions are still open."""
    short = rules.sha256[:12]
    return f"Made with {rules.id} {rules.version} ({short})." + (
        "" if summary.complete else " Some questions are open."
    )


def made_with_exactly(rules: RuleFile, summary: Summary) -> str:
    """The same with the whole fingerprint, for whoever keeps the sheet."""
    open_ones = "" if summary.complete else " Some questions are open."
    return f"Rule file {rules.id}, version {rules.version}, SHA-256 {rules.sha256}.{open_ones}"
