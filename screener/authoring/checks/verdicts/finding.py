"""Text → the verdicts in it, sentence by sentence."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from screener.authoring.checks.verdicts import excuses as e
from screener.authoring.checks.verdicts.lists import CARE, KINDS, MEDICINE, PERSON, PROMISE, SAFE, Kind


class Found(NamedTuple):
    """Words that judge, as the text has them, of what kind, and whether they are about the one who reads them."""

    words: str
    kind: Kind
    of_the_reader: bool


#: What each kind can be excused by. A question excuses all of them; what a source says does not send anyone from care.
EXCUSES: dict[str, tuple[str, ...]] = {
    PERSON.name: (e.LEFT_OPEN, e.SAYS_NOTHING, e.BELIEVED, e.DECIDED_ELSEWHERE, e.A_THING),
    SAFE.name: (e.LEFT_OPEN, e.DENIED, e.BELIEVED, e.DECIDED_ELSEWHERE, e.WARNED),
    PROMISE.name: (e.LEFT_OPEN, e.DENIED, e.BELIEVED, e.DECIDED_ELSEWHERE, e.WARNED),
    MEDICINE.name: (e.LEFT_OPEN, e.DENIED, e.DECIDED_ELSEWHERE),
    CARE.name: (e.LEFT_OPEN, e.DENIED, e.BELIEVED),
}
SENTENCE = re.compile(r"[^.!?;\n]+(?:[.](?=\S)[^.!?;\n]*)*[.!?;\n]*")
#: So many characters before the words are looked at for an excuse: more than a sentence has, and never too many.
NEAR = 400
#: Where a new part of a sentence begins: what excuses the part before does not reach it.
PART = re.compile(
    r", (?:and|so|then) |,? (?:but|because) |[;:] | (?:and|so) (?=(?:the|it|you|we|this|your|our|they|an?|then) )",
    re.IGNORECASE,
)
#: Where an order stands: at the start, after `please` or `make sure to`, or after `you must` and the like.
ORDER = re.compile(
    r"(?:^|[,:–]\s|\b(?:and|then|please|better|sure to|remember to|ask you to|"
    r"(?:you|patients|clients|people|everyone|anyone)\s(?:should|must|have to|can|may|could|need to|ought to))\s)\W*$",
    re.IGNORECASE,
)
ASKED_OF_THE_READER = re.compile(
    r"\W*(?:are|do|would|could|can)\s+you\s+(?:\w+\s+)?(?:(?:un)?suitable|(?:in)?eligible|qualify|an?\s)", re.IGNORECASE
)
#: Said of the reader, whom no source knows: in the words themselves, or in the three before.
OF_THE_READER = re.compile(r"\byour?\b(?:\W+[\w'’-]+){0,2}\W*$", re.IGNORECASE)


YOU = re.compile(r"\byour?\b", re.IGNORECASE)


def verdicts(text: str) -> Iterator[Found]:
    """Every verdict in the text that nothing in its own sentence excuses."""
    for sentence in SENTENCE.findall(text):
        yield from _in_sentence(" ".join(sentence.split()))


@lru_cache(maxsize=4096)
def _in_sentence(sentence: str) -> tuple[Found, ...]:
    found: dict[int, tuple[int, Found]] = {}
    for kind in KINDS:
        for match in _matches(kind, sentence):
            overlaps = any(match.start() < end and start < match.end() for start, (end, _) in found.items())
            if not overlaps and not _excused(kind, sentence, match):
                found[match.start()] = (match.end(), Found(match[0], kind, _of_the_reader(sentence, match)))
    return tuple(found[start][1] for start in sorted(found))


def _matches(kind: Kind, sentence: str) -> Iterator[re.Match[str]]:
    yield from _compiled(kind.words).finditer(sentence)
    for match in _compiled(kind.orders).finditer(sentence) if kind.orders else ():
        if ORDER.search(sentence[max(0, match.start() - NEAR) : match.start()]):
            yield match


def _excused(kind: Kind, sentence: str, match: re.Match[str]) -> bool:
    if sentence.endswith("?"):
        return not (kind is PERSON and ASKED_OF_THE_READER.match(sentence))
    before = sentence[max(0, match.start() - NEAR) : match.start()]
    if kind is not CARE and _compiled(e.REPORTED).search(before) and not _of_the_reader(sentence, match):
        return True
    part = PART.split(before)[-1]
    return any(_compiled(excuse).search(part) for excuse in EXCUSES[kind.name])


def _of_the_reader(sentence: str, match: re.Match[str]) -> bool:
    return bool(OF_THE_READER.search(sentence[max(0, match.start() - NEAR) : match.start()]) or YOU.search(match[0]))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when it is first needed: these patterns are long, and most commands look at no text."""
    return re.compile(pattern, re.IGNORECASE)
