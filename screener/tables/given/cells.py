"""One cell of a table → the answer that it stands for, where that can be read in one way only."""

import json
from collections.abc import Callable, Iterator, Mapping

from screener.engine.answers import RESERVED_WORDS, Refused, offered, read_answer
from screener.ground.escapes import uncell
from screener.interview.amounts import typed_amount
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.measures import FORMS
from screener.rulefile.model import Question

#: Yes and no as tables have them, in the languages of the systems they come from.
_YES = (
    *("yes", "y", "true", "t", "1", "1.0", "ja", "wahr", "oui", "vrai", "sí", "si", "sì", "sim", "tak"),
    *("да", "نعم", "はい", "是"),
)
_NO = (
    *("no", "n", "false", "f", "0", "0.0", "nein", "falsch", "nee", "non", "faux", "não", "nao", "nie"),
    *("нет", "لا", "いいえ", "否"),
)
#: What else says in the column of one option that it was chosen, or was not.
_CHOSEN, _NOT_CHOSEN = ("x", "checked", "selected"), ("unchecked", "not checked", "not selected")
#: What stands between several options in one cell. A blank comes last, as labels have blanks.
_BETWEEN = (";", "|", "\n", ",", " ")
_ALSO = {"unsure": ("not sure", "don't know"), "declined": ("decline",), "skipped": ("skip",)}


def cell_reader(question: Question, words: Mapping[str, str]) -> Callable[[str], Answer | None]:
    """What reads a cell of the column of this question; None for an empty one.

    `words` is from a mapping file: what stands in cells, and the option that it means; the empty text is no answer.
    What is given back raises Refused for a cell that can't be read, or could be two answers.
    """
    meant = {**_words(question), **{folded(word): id for word, id in words.items()}}

    def read(cell: str) -> Answer | None:
        text = uncell(cell).strip()
        if not text:
            return None
        if (word := meant.get(folded(text))) is not None:
            return read_answer(question, word) if word else None
        if question.type == "many":
            return read_answer(question, _several(text, meant))
        return typed_amount(question, text) if question.type in FORMS else read_answer(question, text)

    return read


def flag_reader(question: Question, option: str) -> Callable[[str], bool]:
    """What reads a cell in the column of one option: whether it was chosen. Empty is no.

    What is given back raises Refused for a cell that says neither.
    """
    meant = _words(question)

    def read(cell: str) -> bool:
        text = folded(uncell(cell))
        if text in (*_YES, *_CHOSEN) or meant.get(text) == option:
            return True
        if text in ("", *_NO, *_NOT_CHOSEN):
            return False
        raise Refused(f"`{cell[:60]}` does not say whether it was chosen", "write 1 or 0, yes or no, or leave it empty")

    return read


def _words(question: Question) -> dict[str, str]:
    """Every way to name what can be chosen: ids, labels, other words, but none that could name two."""
    ways = [(folded(way), id) for id, label in offered(question) for way in _ways(question, id, label)]
    ids: dict[str, set[str]] = {}
    for way, id in ways:
        ids.setdefault(way, set()).add(id)
    own = {folded(id): id for id, _ in offered(question)}
    return {way: one for way, some in ids.items() if len(some) == 1 for one in some} | own


def _ways(question: Question, id: str, label: str) -> Iterator[str]:
    yield from (id, id.replace("-", "_"), label)
    if id in question.reserved:
        yield from (RESERVED_WORDS[id], *_ALSO[id])
    elif question.type == "yes-no":
        yield from _YES if id == "yes" else _NO


def _several(text: str, meant: Mapping[str, str]) -> list[str]:
    """The options that a cell names, with one sign between them. Raises Refused where that is not clear."""
    if (listed := _listed(text)) is not None:
        return _known(listed, meant)
    clear = {tuple(ids) for sign in _BETWEEN if sign in text for ids in _readings(text, sign, meant)}
    if len(clear) == 1:
        return list(next(iter(clear)))
    if clear:
        raise Refused("this can be read in more than one way", "write the ids of the options, with ; between them")
    sign = next((sign for sign in _BETWEEN if sign in text), ";")
    return _known([piece.strip() for piece in text.split(sign) if piece.strip()], meant)


def _readings(text: str, sign: str, meant: Mapping[str, str]) -> list[list[str]]:
    """The ways to read a cell with this sign between options, two at most; labels may have the sign in them, too."""
    pieces = [piece for piece in text.split(sign) if piece.strip()]
    longest = 1 + max((way.count(sign) for way in meant), default=0)
    found: list[list[list[str]]] = [[] for _ in pieces] + [[[]]]
    for start in reversed(range(len(pieces))):
        for stop in range(start + 1, min(len(pieces), start + longest) + 1):
            id = meant.get(folded(sign.join(pieces[start:stop])))
            found[start] += [[id, *rest] for rest in found[stop]] if id is not None else []
        found[start] = found[start][:2]
    return found[0]


def _listed(text: str) -> list[str] | None:
    """The texts of a JSON list, if it is one."""
    if not text.startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else None


def _known(pieces: list[str], meant: Mapping[str, str]) -> list[str]:
    """The options of these pieces; one that is none stays as it is, for the question to refuse."""
    return [meant.get(folded(piece), piece) for piece in pieces]


def folded(text: str) -> str:
    """A text as cells are compared: case, blanks and a point at the end make no difference."""
    return " ".join(text.casefold().split()).removesuffix(".")
