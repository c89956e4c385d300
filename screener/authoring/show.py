"""A whole rule file in plain language, for people who will never read YAML."""

from screener.authoring.promised import promised, risen
from screener.engine.addressed import in_general
from screener.engine.answers import RESERVED_WORDS
from screener.ground.wrapping import Listing, Look
from screener.proof.doubt import Doubt
from screener.rulefile.conditions.describe import asked, describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Guidance, Question, Referral, RuleFile
from screener.rulefile.naming import Naming, source_line, taken_over


def render(rules: RuleFile, look: Look) -> str:
    """Questions, guidance, next steps and promises, with their conditions as sentences."""
    rules = in_general(rules)
    page = _Reading(rules, look.width)
    page.say(f"{rules.title} ({rules.id} {rules.version}, language {rules.language})")
    if rules.intro:
        page.say(rules.intro, 2)
    page.title("QUESTIONS")
    for number, question in enumerate(rules.questions, 1):
        _question(page, number, question)
    page.title("GUIDANCE")
    for line in rules.guidance:
        _guidance(page, line)
    page.title("NEXT STEPS, from the least to the most urgent")
    for disposition in rules.dispositions:
        page.say(f"{disposition.id}: {disposition.title}. {disposition.says}", 2, sources=disposition.sources)
        if disposition.short:
            page.say(f"For the professional: {disposition.short}", 4)
    page.title("SAID TO EVERYONE, LAST")
    for referral in rules.referrals:
        _referral(page, referral)
    if rules.not_covered:
        page.title("NOT COVERED")
        page.say(rules.not_covered.says, 2, sources=rules.not_covered.sources)
    _promises(page, rules)
    return page.text()


_KINDS = {"one": "one of", "many": "any of", "yes-no": "one of", "whole": "a whole number"}


def _question(page: "_Reading", number: int, question: Question) -> None:
    page.say(f"{number}. {question.ask}", lead=f"[{question.id}] ")
    if question.when is not None:
        page.say(f"Asked {asked(page.words(question.when), page.doubt.about(question.when))}.", 4)
    kind = _KINDS.get(question.type, f"a {question.type}")
    low, high = question.min, question.max
    limits = [f"at least {low}"] * (low is not None) + [f"at most {high}"] * (high is not None)
    page.say(f"Answer: {kind}" + (f" ({', '.join(limits)})" if limits else "") + f" {question.unit or ''}".rstrip(), 4)
    for id, option in question.choices.items():
        alone = " (stands alone)" if option.exclusive else ""
        page.say(f"{option.label}{alone}", 6, f"- [{id}] ")
    for word in question.reserved:
        page.say(RESERVED_WORDS[word], 6, f"- [{word}] ")
    if question.reader:
        page.say("The answer is handed on to the professional as it is.", 4)
    if said := taken_over(question):
        page.say(f"At a repeat visit, {said}.", 4)
    if question.why:
        page.say(f"Why we ask: {question.why}", 4, sources=question.sources)


def _guidance(page: "_Reading", line: Guidance) -> None:
    said = f"{line.title}. {line.says}" if line.title else line.says
    page.say(f"{line.topic}: {said}", lead=f"[{line.id}] ", sources=line.sources)
    if line.more:
        page.say(f"In the details: {line.more}", 4)
    if line.short:
        page.say(f"For the professional: {line.short}", 4)
    if line.when is None:
        page.say("Said to everyone.", 4)
    else:
        page.when("Said when", line.when)
    if line.when is not None and line.when_unsure == "skip":
        page.say("Not said when this is unknown.", 4)
    if line.ask:
        page.say(f"To take along: {line.ask}", 4)
    if line.disposition:
        page.say(f"Next step: {line.disposition}", 4)
    if line.excludes:
        page.say(f"Never said together with: {', '.join(line.excludes)}", 4)


def _referral(page: "_Reading", referral: Referral) -> None:
    page.say(referral.says, 2, sources=referral.sources)
    if referral.when is not None:
        page.when("Said when, and as soon as it is certain that,", referral.when)


def _promises(page: "_Reading", rules: RuleFile) -> None:
    if rules.invariants:
        page.title("PROMISES OF THE AUTHOR, proved by `screener rules check`")
        page.say("Left open is what was answered with not sure, or is kept for a talk.", 2)
    for invariant in rules.invariants:
        page.say(invariant.because, lead=f"[{invariant.id}] ")
        for sentence in promised(rules, invariant):
            page.say(sentence, 4)
        for risk in invariant.never_less_urgent:
            page.say(f"{rules.by_question[risk.question].ask} {risen(rules, risk)}", 6, f"- [{risk.question}] ")


class _Reading:
    """A rule file as a listing, in which sources are cited by name."""

    def __init__(self, rules: RuleFile, width: int) -> None:
        self._rules, self._listing = rules, Listing(width, hang=2)
        self.title, self.text = self._listing.title, self._listing.text
        self.doubt = Doubt(rules)

    def say(self, text: str, indent: int = 0, lead: str = "", sources: tuple[str, ...] = ()) -> None:
        cited = f" [{'; '.join(self._cited(id) for id in sources)}]" if sources else ""
        self._listing.say(text + cited, indent, lead)

    def when(self, start: str, condition: Condition) -> None:
        self.say(f"{start} {self.words(condition)}.", 4)

    def words(self, condition: Condition) -> str:
        return describe(condition, Naming(self._rules))

    def _cited(self, id: str) -> str:
        source = source_line(self._rules, id)
        return f"{id} {source}" if source else id
