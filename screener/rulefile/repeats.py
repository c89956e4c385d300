"""Texts that repeat an answer: `{answer: concerns}` in a text stands for what the person answered there."""

import re
from collections.abc import Callable, Iterator, Mapping

from screener.ground.shapes import Shape
from screener.rulefile.model import Disposition, Guidance, Question, Referral, RuleFile

_PLACE = re.compile(r"\{\s*answer\s*:\s*([a-z0-9-]+)\s*\}")
#: The texts that may repeat answers, by what they belong to.
REPEATING: Mapping[type[Shape], tuple[str, ...]] = {
    Question: ("ask",),
    Guidance: ("title", "says", "more", "ask"),
    Disposition: ("title", "says"),
    Referral: ("says",),
}


#: What has texts that may repeat answers.
Speaker = Question | Guidance | Disposition | Referral


def repeated(text: str) -> list[str]:
    """The ids of the questions whose answers a text repeats."""
    return _PLACE.findall(text) if "{" in text else []


def filled(text: str, words: Callable[[str], str]) -> str:
    """The text with words in the place of each answer, found by the id of its question."""
    return _PLACE.sub(lambda match: words(match[1]), text) if "{" in text else text


def all_repeated(rules: RuleFile) -> frozenset[str]:
    """The ids of all questions whose answers some text repeats."""
    if not rules.repeats_answers:
        return frozenset()
    return frozenset(id for _, one in speaking(rules) for ids in repeats(one).values() for id in ids)


def speaking(rules: RuleFile) -> Iterator[tuple[str, Speaker]]:
    """Everything with texts that may repeat answers, by the key it stands under."""
    for key in ("questions", "guidance", "dispositions"):
        yield from ((key, one) for one in getattr(rules, key))
    yield from (("referral", one) for one in rules.referrals)


def repeats(one: Speaker) -> dict[str, list[str]]:
    """For each text of this that repeats answers, under its key, the ids of their questions."""
    texts = ((key, getattr(one, key)) for key in REPEATING[type(one)])
    return {key: ids for key, text in texts if text and (ids := repeated(text))}
