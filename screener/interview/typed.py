"""What a typed line answers: the words of an option, its number, several with commas between, an amount, or a text."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from screener.engine.answers import RESERVED_WORDS, Refused, in_words, offered, read_answer, together
from screener.ground.marks import SKIPPED
from screener.interview.amounts import date_in_words, typed_amount
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question

#: More words for yes and no, and for the answers that a question can offer besides its own.
_ALSO = {"yes": ("y",), "no": ("n",), "unsure": ("not sure",), "declined": ("decline",), "skipped": ("skip",)}


class _Choices(NamedTuple):
    """The labels in the order of the list, the ids there, and every way to say one in words, sorted, with its id.

    An id is no word that the person saw, so it counts only where it is not how another option begins.
    """

    labels: Mapping[str, str]
    ids: list[str]
    words: list[tuple[str, str, bool]]
    most_commas: int


def typed_value(question: Question, text: str) -> Answer:
    """The answer to a question without options: a number, a date, a text, or words for not giving one.

    No words at all skip a question that may be skipped. Raises Refused.
    """
    if SKIPPED in question.reserved and not text.strip():
        return SKIPPED
    said = _folded(text)
    for word in question.reserved:
        if said in (word, *_ALSO[word], _folded(RESERVED_WORDS[word])):
            return word
    return read_answer(question, text) if question.type == "text" else typed_amount(question, text)


def typed_choice(question: Question, text: str) -> Answer:
    """The option, or options, that a line names by number or in words. Raises Refused.

    A number is the place in the list. Words are an id, a label, or the beginning of one that no other option has.
    """
    choices = _choices(question)
    if question.type == "many":
        ids = _several(choices, [piece for piece in text.split(",") if piece.strip()])
        return read_answer(question, ids[0] if len(ids) == 1 else together(question, ids))
    if len(ids := _numbered(choices, text.replace(",", " ")) or _only(choices, text)) != 1:
        raise Refused("one number is needed here")
    return read_answer(question, ids[0])


def repeated(question: Question, answer: Answer) -> str:
    """The answer in words, as it was understood; a date with the name of its month."""
    return date_in_words(answer) if isinstance(answer, date) else in_words(question, answer)


def _folded(text: str) -> str:
    """The words without what makes no difference: case, blanks, a period at the end."""
    return re.sub(r"\s*,\s*", ", ", " ".join(text.casefold().split())).removesuffix(".")


def _choices(question: Question) -> _Choices:
    words = {(_folded(id), id, False) for id, _ in offered(question)}
    labels = dict(offered(question))
    for id, label in labels.items():
        option = question.choices.get(id)
        also = _ALSO.get(id, ()) if question.type == "yes-no" or id in question.reserved else ()
        shown = f"{label} ({option.help})" if option and option.help else label
        words |= {(_folded(word), id, True) for word in (label, shown, *also)}
    return _Choices(labels, list(labels), sorted(words), max(word.count(",") for word, _, _ in words))


def _several(choices: _Choices, pieces: list[str]) -> list[str]:
    """The ids that these pieces name, each once; what stood between commas may belong together.

    Raises Refused where they name none, or can be read in more than one way.
    """
    if not (end := len(pieces)):
        raise Refused(_please(choices))
    ways, first = [0] * end + [1], [list[str]()] * end
    after = [0] * end
    for start in reversed(range(end)):
        for stop in range(start + 1, min(end, start + 1 + choices.most_commas) + 1):
            if ways[stop] and (ids := _found(choices, ",".join(pieces[start:stop]))):
                ways[start], first[start], after[start] = min(2, ways[start] + ways[stop]), ids, stop
    if not ways[0]:
        raise _unread(choices, pieces)
    if ways[0] > 1:
        raise Refused("this can be read in more than one way", "please type the numbers")
    found, at = list[str](), 0
    while at < end:
        found += first[at]
        at = after[at]
    return list(dict.fromkeys(found))


def _unread(choices: _Choices, pieces: list[str]) -> Refused:
    """Why these pieces name nothing: the first that names no option, or several."""
    try:
        for piece in pieces:
            if not _numbered(choices, piece):
                _only(choices, piece)
    except Refused as refused:
        return refused
    return Refused(_please(choices))


def _found(choices: _Choices, text: str) -> list[str]:
    """The ids that these numbers stand for, or the one that these words name; none where that is not clear."""
    try:
        return _numbered(choices, text) or _only(choices, text)
    except Refused:
        return []


def _numbered(choices: _Choices, text: str) -> list[str]:
    """The ids behind the numbers with blanks between; none where there are other words, or no such number."""
    words = text.split()
    if all(word.isascii() and word.isdigit() and 0 < int(word[:6]) <= len(choices.ids) for word in words):
        return [choices.ids[int(word[:6]) - 1] for word in words]
    return []


def _only(choices: _Choices, text: str) -> list[str]:
    """The one id that these words name, or begin to name. Raises Refused where there is none, or more than one."""
    said = _folded(text)
    from_here = choices.words[bisect_left(choices.words, (said, "", False)) :] if said else []
    begun = list(takewhile(lambda way: way[0].startswith(said), from_here))
    exact = [way for way in begun if way[0] == said and way[2]]
    ids = sorted({id for _, id, _ in exact or begun}, key=choices.ids.index)
    if not ids:
        raise Refused(_please(choices) + ("" if re.fullmatch(r"[\d\s]*", text) else ", or the words of an answer"))
    if len(ids) > 1:
        could = " or ".join(f"“{choices.labels[id]}”" for id in ids[:3])
        raise Refused(f"this could be {could}", "please type the number")
    return ids


def _please(choices: _Choices) -> str:
    return f"please type a number from 1 to {len(choices.ids)}"
