"""Text → the verdicts in it, sentence by sentence."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from screener.authoring.checks.verdicts import excuses as e
from screener.authoring.checks.verdicts.lists import CARE, KINDS, MEDICINE, PERSON, PROMISE, SAFE, Kind


class Found(NamedTuple):
    """The words that judge, as they stand in the text, and what kind of verdict they are."""

    words: str
    kind: Kind

    @property
    def speaks_to_the_reader(self) -> bool:
        """Whether it is about the one who reads it, whom no source knows."""
        return bool(TO_THE_READER.search(self.words))


#: What each kind can be excused by. A question excuses all of them; what a source says does not send anyone from care.
EXCUSES: dict[str, tuple[re.Pattern[str], ...]] = {
    PERSON.name: (e.LEFT_OPEN, e.SAYS_NOTHING, e.BELIEVED, e.DECIDED_ELSEWHERE, e.A_THING),
    SAFE.name: (e.LEFT_OPEN, e.DENIED, e.BELIEVED, e.DECIDED_ELSEWHERE, e.WARNED),
    PROMISE.name: (e.LEFT_OPEN, e.DENIED, e.BELIEVED, e.DECIDED_ELSEWHERE, e.WARNED),
    MEDICINE.name: (e.LEFT_OPEN, e.DENIED, e.DECIDED_ELSEWHERE, e.BEFORE_THAT),
    CARE.name: (e.LEFT_OPEN, e.DENIED, e.BELIEVED),
}
SENTENCE = re.compile(r"[^.!?;\n]+(?:[.](?=\S)[^.!?;\n]*)*[.!?;\n]*")
#: Where a new part of a sentence begins: what excuses the part before does not reach it.
PART = re.compile(r",?\s(?:and|but|so|then|because)\s|[;:]\s", re.IGNORECASE)
ORDER = re.compile(
    r"(?:^|[,:–]\s|\b(?:and|then|please|to|should|must|have to|can|may|could|need to|better)\s)\W*$", re.IGNORECASE
)
ASKED_OF_THE_READER = re.compile(
    r"\W*(?:are|do|would|could|can)\s+you\s+(?:\w+\s+)?(?:(?:un)?suitable|(?:in)?eligible|qualify|an?\s)", re.IGNORECASE
)
TO_THE_READER = re.compile(r"\byour?\b", re.IGNORECASE)


def verdicts(text: str) -> Iterator[Found]:
    """Every verdict in the text that nothing in its own sentence excuses."""
    for sentence in SENTENCE.findall(text):
        yield from _in_sentence(sentence)


@lru_cache(maxsize=4096)
def _in_sentence(sentence: str) -> tuple[Found, ...]:
    matches = [(kind, match) for kind in KINDS for match in _matches(kind, sentence)]
    found = [(match.start(), Found(match[0], kind)) for kind, match in matches if not _excused(kind, sentence, match)]
    return tuple(one for _, one in sorted(found, key=lambda item: item[0]))


def _matches(kind: Kind, sentence: str) -> Iterator[re.Match[str]]:
    yield from kind.words.finditer(sentence)
    for match in kind.orders.finditer(sentence) if kind.orders else ():
        if ORDER.search(sentence[: match.start()]):
            yield match


def _excused(kind: Kind, sentence: str, match: re.Match[str]) -> bool:
    if sentence.rstrip().endswith("?"):
        return not (kind is PERSON and ASKED_OF_THE_READER.match(sentence))
    before = sentence[: match.start()]
    if kind is not CARE and e.REPORTED.search(before) and not Found(match[0], kind).speaks_to_the_reader:
        return True
    part = PART.split(before)[-1]
    return any(excuse.search(part) for excuse in EXCUSES[kind.name])
