"""What the words in cells mean: kinds of questions, yes and no, options, and names made of texts."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from screener.engine.answers import RESERVED_WORDS
from screener.exchange.table.columns import plainly
from screener.rulefile.model import QuestionType
from screener.rulefile.spellings import AN_ID

#: How the types of questions are called; capital letters, blanks and hyphens do not matter.
_TYPES: Mapping[QuestionType, tuple[str, ...]] = {
    "one": ("one", "single", "single choice", "select one", "choose one", "radio", "choice", "dropdown"),
    "many": ("many", "multiple", "multiple choice", "select many", "choose all", "checkbox", "checkboxes"),
    "yes-no": ("yes-no", "yes or no", "y/n", "boolean"),
    "number": ("number", "numeric", "decimal", "integer", "whole number"),
    "date": ("date",),
    "text": ("text", "free text", "comment", "open", "notes"),
}
_BY_WORD: Mapping[str, QuestionType] = {plainly(word): type for type, words in _TYPES.items() for word in words}
TYPES = tuple(_TYPES)
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


class Choice(NamedTuple):
    """One thing that can be chosen; without an id, one is made of its label."""

    label: str
    id: str = ""
    help: str = ""
    alone: bool = False


def type_of(word: str) -> QuestionType | None:
    """The type of question that a word means."""
    return _BY_WORD.get(plainly(word))


def switch(word: str) -> bool | None:
    """Whether a cell says yes or no; None for anything else."""
    small = word.strip().casefold()
    return True if small in _YES | {"✓", "✔"} else False if small in _NO | {"-"} else None


def choices(cell: str) -> list[Choice]:
    """The options in a cell: on lines of their own or with semicolons between them, `id: label` or the label alone."""
    between = "/" if re.fullmatch(r"(?i)\s*yes\s*/\s*no\s*", cell) else "[;\n]"
    return [_choice(part.strip()) for part in re.split(between, cell) if part.strip()]


def _choice(text: str) -> Choice:
    id, colon, label = text.partition(":")
    if colon and label.strip() and re.fullmatch(AN_ID.pattern, id.strip()):
        return Choice(label.strip(), id.strip())
    return Choice(text)


def reserved(choice: Choice) -> str | None:
    """The answer that leaves a question open, if this is one: `unsure` or `declined`."""
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
