"""A rule file whose texts repeat the answers of one person, in their own words."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from screener.engine.answers import in_words
from screener.ground.marks import DECLINED, SKIPPED, UNSURE
from screener.ground.shapes import changed
from screener.rulefile.model import Answers, Disposition, Guidance, Question, Referral, RuleFile
from screener.rulefile.repeats import filled, repeats

Spoken = TypeVar("Spoken", Question, Guidance, Disposition, Referral)
#: What stands in a text for an answer that gives no words to repeat.
WITHOUT = {UNSURE: "(not sure)", DECLINED: "(kept for a talk)", SKIPPED: "(no answer)"}
NOT_YET = "(no answer yet)"


def addressed(rules: RuleFile, answers: Answers) -> RuleFile:
    """The same rule file, with these answers in its texts. Without such texts it is the very file."""
    return _with(rules, partial(words_of, rules, answers))


def in_general(rules: RuleFile) -> RuleFile:
    """The same rule file for a reader who has not answered: its texts name the questions whose answers they repeat."""
    return _with(rules, lambda question: f"[the answer to “{filled(rules.by_question[question].ask, _dots)}”]")


def _dots(_question: str) -> str:
    return "…"


def asked_as(rules: RuleFile, question: Question, answers: Answers) -> Question:
    """A question as it is asked of someone who gave these answers before."""
    return _filled(question, partial(words_of, rules, answers))


def words_of(rules: RuleFile, answers: Answers, id: str) -> str:
    """An answer as a text repeats it."""
    question, answer = rules.by_question[id], answers.get(id)
    if answer is None or answer == ():
        return NOT_YET
    return WITHOUT[answer] if isinstance(answer, str) and answer in question.reserved else in_words(question, answer)


def _with(rules: RuleFile, words: Callable[[str], str]) -> RuleFile:
    if not rules.repeats_answers:
        return rules
    return changed(
        rules,
        questions=tuple(_filled(one, words) for one in rules.questions),
        guidance=tuple(_filled(one, words) for one in rules.guidance),
        dispositions=tuple(_filled(one, words) for one in rules.dispositions),
        referrals=tuple(_filled(one, words) for one in rules.referrals),
    )


def _filled(one: Spoken, words: Callable[[str], str]) -> Spoken:
    found = repeats(one)
    return changed(one, **{key: filled(getattr(one, key), words) for key in found}) if found else one
