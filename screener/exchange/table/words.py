"""What the words in cells mean: kinds of questions, yes and no, options, and names made of texts."""

import re
import unicodedata
from typing import NamedTuple, get_args

from screener.engine.answers import RESERVED_WORDS
from screener.exchange.table.columns import plainly
from screener.ground.marks import SKIPPED
from screener.rulefile.idioms import kind_of
from screener.rulefile.model import QuestionType
from screener.rulefile.spellings import AN_ID

TYPES: tuple[QuestionType, ...] = get_args(QuestionType)
_YES, _NO = {"yes", "y", "true", "x", "1"}, {"no", "n", "false", "0", ""}
#: Words in a question or its help that say that several options may be chosen.
_SEVERAL = re.compile(r"\b(all that apply|every one that applies|choose all|select all|one or more|as many as)\b", re.I)
#: Words of questions that say little of what they are about.
_SMALL = frozenset(
    {
        *(
            "a",
            "an",
            "and",
            "any",
            "are",
            "at",
            "be",
            "been",
            "can",
            "could",
            "did",
            "do",
            "does",
            "ever",
            "for",
            "had",
        ),
        *("has", "have", "how", "i", "if", "in", "is", "it", "many", "me", "much", "of", "on", "or", "our"),
        *("please", "tell", "that", "the", "there", "these", "this", "to", "us", "was", "we", "were", "what", "when"),
        *("where", "which", "who", "with", "would", "you", "your"),
    }
)
_MOST_WORDS = 4
_LONGEST_TYPE = 100


class Choice(NamedTuple):
    """One thing that can be chosen; without an id, one is made of its label."""

    label: str
    id: str = ""
    help: str = ""
    alone: bool = False


class AnswerKind(NamedTuple):
    """What a cell says of how a question is answered: its type, and what may stand beside it."""

    type: QuestionType
    unit: str = ""
    offers: tuple[str, ...] = ()


def kind(cell: str) -> AnswerKind | None:
    """What a cell of types means: `number (years)`, `Yes/No/Unsure` or `text (optional)`, too."""
    if len(cell) > _LONGEST_TYPE:
        return None
    word, _, beside = cell.partition("(")
    said = beside.strip().removesuffix(")").strip()
    yes, *more = re.split(r"\s*/(?!\s*no\b)\s*", word.strip(), flags=re.I)
    offers = tuple(one for one in map(reserved, map(Choice, more)) if one)
    type = _type(yes if len(offers) == len(more) else word)
    if type is None or not said:
        return AnswerKind(type, "", offers) if type else None
    if plainly(said) in ("optional", "required", "mandatory"):
        return AnswerKind(type, "", (*offers, SKIPPED) if plainly(said) == "optional" else offers)
    return AnswerKind(type, said, offers) if type in ("number", "whole") else None


def _type(word: str) -> QuestionType | None:
    meant = kind_of(word)
    return next((type for type in TYPES if type == meant), None)


def switch(word: str) -> bool | None:
    """Whether a cell says yes or no; None for anything else."""
    small = word.strip().casefold()
    return True if small in _YES | {"✓", "✔"} else False if small in _NO | {"-"} else None


def choices(cell: str) -> list[Choice]:
    """The options in a cell, `id: label` or the label alone, each on a line of its own or with a sign between them."""
    return [_choice(part.strip()) for part in re.split(_between(cell.strip()), cell) if part.strip()]


def _between(cell: str) -> str:
    """What stands between options: a semicolon, a bar or, where there is neither, a comma outside of parentheses."""
    if re.fullmatch(r"(?i)yes\s*/\s*no\s*(/[^/;,|\n]+)*", cell):
        return "/"
    if re.search("[;\n]", cell):
        return "[;\n]"
    if "|" in cell:
        return r"\|"
    return "[;\n]" if "/" in cell else r"(?:(?<!\d),|,(?!\d))(?![^()]*\))"


def rising(some: list[Choice]) -> list[str]:
    """The options that were written as one, with `<` between them; nothing where they were not."""
    parts = [part.strip() for part in some[0].label.split("<")] if len(some) == 1 else []
    return parts if len(parts) > 1 and all(parts) else []


def _choice(text: str) -> Choice:
    id, colon, label = text.partition(":")
    if colon and label.strip() and re.fullmatch(AN_ID.pattern, id.strip()):
        return Choice(label.strip(), id.strip())
    return Choice(text)


def reserved(choice: Choice) -> str | None:
    """The answer that leaves a question open, if this is one: `unsure`, `declined` or `skipped`."""
    for word, label in RESERVED_WORDS.items():
        if choice.id == word or plainly(choice.label) in (word, plainly(label)):
            return word
    return None


def are_yes_and_no(some: list[Choice]) -> bool:
    """Whether yes and no are all that can be chosen."""
    return [plainly(choice.label) for choice in some] == ["yes", "no"]


def stands_alone(choice: Choice) -> bool:
    """Whether an option says that there is nothing to choose."""
    return choice.alone or choice.id == "none" or bool(re.match(r"none( of\b|$)", choice.label, re.I))


def several(*texts: str) -> bool:
    """Whether the words of a question say that more than one option may be chosen."""
    return any(_SEVERAL.search(text) for text in texts)


def folded(name: str) -> str:
    """A name without accents, as an id can be made of it."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


def summed_up(text: str) -> str:
    """The first few words of a text that say what it is about."""
    words = re.findall(r"[a-z0-9]+", folded(text).lower().replace("'", "").replace("’", ""))
    telling = [word for word in words if word not in _SMALL]
    return "-".join((telling or words)[:_MOST_WORDS])
