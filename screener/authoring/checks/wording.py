"""What a person reads: no verdicts, no promises, and plain enough."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.authoring.checks.tongue import in_english
from screener.authoring.checks.verdicts.finding import verdicts
from screener.rulefile.model import Question, RuleFile

MAX_GRADE = 8.0
#: Texts of fewer words are measured together with what stands beside them: the formulas need sentences.
ENOUGH_WORDS = 12
Place = tuple[str | int, ...]
VERDICT_WORD = Page(
    "verdict-word",
    "error",
    "The text says what the tool leaves to the professional. There are five kinds: it judges whether someone can be "
    "treated; it calls something safe or harmless; it promises a result; it decides about a medicine; it sends someone "
    "away from care. Write what the source says (`The leaflet calls it safe`) or what to ask (`Ask if you are "
    "suitable`). Questions, denials (`not risk-free`, `never stop it on your own`) and what a named source says are "
    "no verdicts, but no source knows the reader: `The leaflet says that it is safe for you` is one. Each sentence is "
    "looked at by itself. Only English is looked at, and no list knows every wording: a clean check does not replace "
    "reading.",
    bad=Example("referral: {says: You are suitable. Please see a professional all the same.}"),
    good=Example("referral: {says: Please see a professional. They decide with you.}"),
)
HARD_TO_READ = Page(
    "hard-to-read",
    "warning",
    "The text is harder to read than school grade 8, by the milder of two formulas (ARI and Coleman–Liau). Shorter "
    "sentences and everyday words help. A term that must stay can be explained under `glossary:`; it then counts as "
    "plain.",
    bad=Example(
        "referral: {says: Consultation of appropriately certified dermatological practitioners precedes administration "
        "of photothermolysis procedures in consideration of individual contraindications.}"
    ),
    good=Example("referral: {says: See a certified professional first. They look at your skin and decide with you.}"),
)
TOO_LONG = Page(
    "too-long",
    "warning",
    "A title or a `says` has more words than the limit: 8 and 30, or what the file sets under `limits:`. A summary is "
    "read to its end only if it is short. Say what it means for the person, and put the evidence under `more:`.",
    bad=Example("""
limits: {says: 10}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches and if it wakes you up at night.}
"""),
    good=Example("""
limits: {says: 10}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches., more: Nights matter too.}
"""),
)
PAGES = (VERDICT_WORD, HARD_TO_READ, TOO_LONG)


def wording(rules: RuleFile) -> Iterator[Remark]:
    """Verdicts anywhere, and texts above grade 8 by both formulas; only for rule files in English.

    Statements that a source stands for are what it says, so only those about the reader are verdicts.
    """
    if not in_english(rules.language):
        return
    said_by_a_source = {s.id for s in (rules.library.statements if rules.library else ()) if s.stands_in}
    for in_sources, route, text in phrases(rules):
        for found in verdicts(text):
            if found.of_the_reader or not (in_sources and route[1] in said_by_a_source):
                message = f"`{found.words}` {found.kind.wrong}"
                yield VERDICT_WORD.remark(message, route, found.kind.instead, in_sources=in_sources)
    for in_sources, route, text in texts(rules):
        if (grade := grade_of(text, rules.glossary)) > MAX_GRADE:
            message = f"this text needs about grade {grade:.1f} to read"
            help = "shorter sentences and everyday words, or an entry in `glossary:`"
            yield HARD_TO_READ.remark(message, route, help, in_sources=in_sources)


def lengths(rules: RuleFile) -> Iterator[Remark]:
    """Titles and lines of guidance with more words than a summary that is read can have."""
    most = {"title": int(rules.limits.title), "says": int(rules.limits.says)}
    for line in rules.guidance:
        for key, limit in most.items():
            if (count := len((getattr(line, key) or "").split())) > limit:
                message = f"guidance `{line.id}`: `{key}` has {count} words, more than {limit}"
                yield TOO_LONG.remark(message, ("guidance", line.id, key), "say it in fewer words; `more` has room")


def phrases(rules: RuleFile) -> Iterator[tuple[bool, Place, str]]:
    """Every single text that a person reads: whether it stands in the sources file, its route, and the text."""
    for question in rules.questions:
        for key in ("section", "ask", "help", "why", "unit"):
            yield False, ("questions", question.id, key), getattr(question, key) or ""
        for id, option in question.options.items():
            yield False, ("questions", question.id, "options", id), f"{option.label}. {option.help or ''}"
    for line in rules.guidance:
        keys = ("topic", "title", "says", "more", "short", "ask")
        yield from ((False, ("guidance", line.id, key), getattr(line, key) or "") for key in keys)
    for step in rules.dispositions:
        texts_of_step = ((key, getattr(step, key) or "") for key in ("title", "says", "short"))
        yield from ((False, ("dispositions", step.id, key), text) for key, text in texts_of_step)
    yield from (item for item in texts(rules) if item[1][0] not in ("questions", "guidance", "dispositions"))


def texts(rules: RuleFile) -> Iterator[tuple[bool, Place, str]]:
    """What is read in one go, as long as its reading level can be measured: place as in `phrases`, and the text."""
    for key in ("title", "intro"):
        if text := getattr(rules, key):
            yield False, (key,), text
    for question in rules.questions:
        yield False, ("questions", question.id, "ask"), _spoken(question)
    for line in rules.guidance:
        yield False, ("guidance", line.id, "says"), _joined([line.title or "", line.says, line.ask or ""])
        yield False, ("guidance", line.id, "more"), line.more or ""
        yield False, ("guidance", line.id, "topic"), line.topic
    for disposition in rules.dispositions:
        yield False, ("dispositions", disposition.id, "says"), _joined([disposition.title, disposition.says])
    for index, one in enumerate(rules.referrals):
        route: Place = ("referral", "says") if len(rules.referrals) == 1 else ("referral", index, "says")
        yield False, route, one.says
    if rules.not_covered:
        yield False, ("not_covered", "says"), rules.not_covered.says
    yield False, ("glossary",), _joined(list(rules.glossary.values()))
    for statement in rules.library.statements if rules.library else ():
        yield True, ("statements", statement.id, "says"), statement.says


def _spoken(question: Question) -> str:
    """A question with its options, help and reason, as they would be read aloud."""
    options = [text for o in question.options.values() for text in (o.label, o.help or "")]
    return _joined([question.ask, *options, question.help or "", question.why or ""])


def _joined(parts: list[str]) -> str:
    ended = [part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part]
    return " ".join(ended)


@cache
def _explained(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words, alone or as several; without words it is found nowhere."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})(?:s|es)?\b" if listed else r"(?!)", re.IGNORECASE)


def grade_of(text: str, glossary: Iterable[str] = ()) -> float:
    """The lower of ARI and Coleman–Liau, as school grades; 0 for texts too short to measure.

    Sources: Senter and Smith 1967 (ARI); Coleman and Liau 1975. Words of the glossary count as plain ones.
    """
    text = _explained(tuple(glossary)).sub("word", text)
    words = re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", text)
    if len(words) < ENOUGH_WORDS:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?:;](?:\s|$)", text)))
    letters = sum(character.isalnum() for word in words for character in word)
    ari = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43
    liau = 5.88 * letters / len(words) - 29.6 * sentences / len(words) - 15.8
    return float(min(ari, liau))
