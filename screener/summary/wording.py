"""The sentences that every written summary shares: reasons, sources, headings."""

import re
from collections.abc import Iterable

from screener.engine.answers import in_words
from screener.engine.assess import Finding, Reason, Summary
from screener.ground.marks import DECLINED, SKIPPED, UNSURE, Mark
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Disposition, Guidance, RuleFile
from screener.rulefile.naming import documents_of, source_line

NEXT_STEP = "Next step"
POSSIBLE = "This may apply to you."
INCOMPLETE = "Not every question was answered; the answers to the others could change this."
MORE_COULD_COME = "Not every question was answered; the answers to the others could add to this."
TELL = "What to tell before any treatment"
ALSO_TELL = "Also tell:"
UNSURE_OF = "You were not sure, so go through it together:"
IN_PERSON = "You would rather talk in person about:"
LEFT_OUT = "You skipped these, so go through them together:"
TO_TAKE_ALONG = "Questions worth taking along"
MORE_TO_ASK = "More questions you could ask"
DETAILS = "Details"
BEHIND_ALL = "All of this is said because {}."
TOLD = "What you told us"
NOT_COVERED = "What this does not cover"
WORDS = "Words used here"
SOURCES = "Sources"
STANDS_ON = "This stands on:"
#: So many documents are named where there is little room.
MOST_NAMED = 6
FOR_EVERYONE = "Said to everyone who answers."
BECAUSE, AND_BECAUSE = "Because {}", ", and "
#: What an answer behind a line is called, for a question: with a value, chosen from several, without one, not asked.
ANSWERED, CHOSE, WAS_NOT_ASKED = "you answered “{}” to “{}”", "you chose “{}”", "you were not asked “{}”"
WITHOUT_VALUE = {
    UNSURE: "you were not sure about “{}”",
    DECLINED: "you would rather talk in person about “{}”",
    SKIPPED: "you skipped “{}”",
}
AND_MORE = " and {} more"
#: So many signs of the fingerprint of a rule file are enough to tell it from others.
FINGERPRINT = 12
MADE_WITH = "Made with {} {} ({})."
COUNTED = " Dates are counted from the day of the interview, {}."
FOR_PROFESSIONAL = "For the professional. The answers are the person's own; nothing here is a diagnosis or a decision."
CODE = "A code to scan"
CODE_HOLDS = "This code holds your answers, also those in your own words, so that nobody has to type them again."
CODE_IS_OPEN = "Anyone who scans it can read them, so show it only to people you want to tell."
CODE_IS_SEALED = "Only the clinic that it was made for can read them."
CODE_TOO_WIDE = "The code is wider than this screen. To have it on a page, name a file that ends in .html or .pdf."
REFERENCE, DATE, SIGNATURE = "Reference", "Date", "Signature or label"
PAGE_OF = "Page {} of {}"
_BLANK = "_" * 30
WAS_TOLD = "The person reads: “{}”."
WAS_TOLD_THE_SAME = "The person reads the same."
BEHIND_STEP = "Answers behind this step"
FLAGGED = "Flagged answers"
MAY_APPLY = "may apply"
NONE_FLAGGED = "None of the answers."
LEFT_OPEN = "Not sure, or rather told in person"
LEFT_OPEN_OR_OUT = "Not sure, rather told in person, or skipped"
OWN_WORDS = "In the person's own words"
TOLD_ELSE = "Other answers"
SUGGESTED = "Questions suggested to the person"
NOT_ASKED = "Not asked, because of other answers"
NOT_ANSWERED = "Not answered yet"

#: The words that pages lay out by themselves, beside what stands on a sheet.
ON_PAGES = {
    "next_step": NEXT_STEP,
    "possible": POSSIBLE,
    "sources": SOURCES,
    "details": DETAILS,
    "reference": REFERENCE,
    "date": DATE,
    "signature": SIGNATURE,
    "page": PAGE_OF,
    "code": CODE,
}


def because(rules: RuleFile, summary: Summary, finding: Finding) -> str:
    """Why a finding is said: `Because you chose: …`, naming each answer behind it.

    Of several options chosen, all that its condition speaks of are named, though one of them may be enough.
    """
    if not finding.because:
        return FOR_EVERYONE
    told = [reason._replace(answer=_all_chosen(summary, finding, reason)) for reason in finding.because]
    reasons = AND_BECAUSE.join(_reason(rules, reason) for reason in told)
    return BECAUSE.format(reasons) + ("" if reasons.endswith("?”") else ".")


def new_reasons(rules: RuleFile, summary: Summary, finding: Finding) -> tuple[str, ...]:
    """Why a finding is said, unless its title or the answer behind everything says so already."""
    if [reason.question for reason in finding.because] == [gate(rules)] or _is_named(rules, finding):
        return ()
    return (because(rules, summary, finding),)


def behind_all(rules: RuleFile, summary: Summary) -> str:
    """The answer that is behind everything, told once; nothing where there is none."""
    id = gate(rules)
    if id is None or id not in summary.answers:
        return ""
    return BEHIND_ALL.format(_reason(rules, Reason(id, summary.answers[id]))).replace("?”.", "?”")


def _is_named(rules: RuleFile, finding: Finding) -> bool:
    """Whether the title names the one option behind the finding."""
    title, reasons = (finding.guidance.title or "").casefold(), finding.because
    if not title or len(reasons) != 1 or not isinstance(reasons[0].answer, tuple) or len(reasons[0].answer) != 1:
        return False
    label = rules.by_question[reasons[0].question].choices[reasons[0].answer[0]].label.casefold()
    return title in label or label in title


def _all_chosen(summary: Summary, finding: Finding, reason: Reason) -> Answer:
    """The answer behind a reason, with every option that was chosen and that the line is about."""
    given = summary.answers.get(reason.question)
    if not isinstance(reason.answer, tuple) or not isinstance(given, tuple) or finding.guidance.when is None:
        return reason.answer
    atoms = [atom for atom in finding.guidance.when.atoms() if atom.question == reason.question]
    about = {option for atom in atoms for option in getattr(atom, "options", given)}
    return tuple(option for option in given if option in about)


def named(finding: Finding) -> str:
    """What a finding is called: its title, or the beginning of what it says."""
    return finding.guidance.title or first_sentence(finding.guidance.says).rstrip(".")


def to_fill_in(reference: str, date: str) -> list[str]:
    """The lines of a label, with room to write where nothing is given."""
    given = ((REFERENCE, reference), (DATE, date), (SIGNATURE, ""))
    return [f"{name}: {text or _BLANK}" for name, text in given]


def professionally(one: Disposition | Guidance) -> str:
    """What a next step or a line is called among professionals; else its title, and a line without one by its id."""
    return one.short or one.title or one.id


def ended(title: str) -> str:
    """A title with a point behind it, unless it ends in a mark of its own."""
    return title if title.endswith((".", "?", "!", ":")) else f"{title}."


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence."""
    return re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]


def gate(rules: RuleFile) -> str | None:
    """The first question, if all others hang on it: what is answered to it is behind everything, and tells nothing."""
    first, *others = rules.questions
    hanging = {first.id}
    for question in others:
        if question.when is None or hanging.isdisjoint(question.when.references()):
            return None
        hanging.add(question.id)
    return first.id if others else None


def _reason(rules: RuleFile, reason: Reason) -> str:
    question = rules.by_question[reason.question]
    ask = question.ask
    if reason.answer == Mark.HIDDEN.value:
        return WAS_NOT_ASKED.format(ask)
    if isinstance(reason.answer, str) and reason.answer in question.reserved:
        return WITHOUT_VALUE[reason.answer].format(ask)
    words = in_words(question, reason.answer)
    if question.type == "many":
        return CHOSE.format(words)
    return ANSWERED.format(words, ask)


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


def places(rules: RuleFile, ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Where these statements come from, each place once, with the ids of what is taken from it."""
    found: dict[str, list[str]] = {}
    for id in ids:
        found.setdefault(source_line(rules, id), []).append(id)
    return list(found.items())


def names(rules: RuleFile, ids: Iterable[str]) -> str:
    """The documents that these statements are taken from, by name: the first few, and how many more there are."""
    listed = list(dict.fromkeys(name for id in ids for name in documents_of(rules, id)))
    if not listed:
        return ""
    more = AND_MORE.format(len(listed) - MOST_NAMED) if len(listed) > MOST_NAMED else ""
    return f"{STANDS_ON} {'; '.join(listed[:MOST_NAMED])}{more}."


def glossary(rules: RuleFile, texts: list[str]) -> list[tuple[str, str]]:
    """The glossary words that these texts use, with their meanings."""
    said = " ".join(texts).casefold()
    return [(word, meaning) for word, meaning in rules.glossary.items() if word.casefold() in said]


def made_with(rules: RuleFile) -> str:
    """Which rule file this comes from."""
    return MADE_WITH.format(rules.id, rules.version, rules.sha256[:FINGERPRINT]) + _counted(rules)


def _counted(rules: RuleFile) -> str:
    """From which day dates were counted, if they were."""
    return COUNTED.format(rules.counted_from) if rules.counted_from else ""


def made_with_exactly(rules: RuleFile) -> str:
    """The same with the whole fingerprint, for whoever keeps the sheet."""
    return f"Rule file {rules.id}, version {rules.version}, SHA-256 {rules.sha256}.{_counted(rules)}"
