"""What stands on a summary, before any format: the parts in their order, for one reader or another.

Every text is as the rule file or the person has it. Text, Markdown, HTML and PDF are made from the same sheet, so
that they can't say different things.
"""

from typing import Literal, NamedTuple


class Said(NamedTuple):
    """One line that is said, with the ids of its sources and the reasons for it.

    `possible` marks a line that may apply: an unsure or declined answer left it open. `title` names it in a few words;
    `more` is the evidence behind it.
    """

    text: str
    sources: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    possible: bool = False
    title: str = ""
    more: str = ""


class Told(NamedTuple):
    """A question with the person's own answer, and what follows from it; without an answer, what everyone hears."""

    ask: str
    answer: str
    notes: tuple[Said, ...] = ()


class Word(NamedTuple):
    """A word that not everyone knows, and what it means."""

    word: str
    meaning: str


class Place(NamedTuple):
    """A place in a source, and the ids of the statements taken from it."""

    where: str
    ids: tuple[str, ...]


class Label(NamedTuple):
    """What a file needs on a page that is kept: a reference, a date, and room for a signature or a printed label.

    Each is empty where it is to be filled in by hand.
    """

    reference: str = ""
    date: str = ""


class CodeOnPage(NamedTuple):
    """The answers as a code to scan, and what is to be known of it.

    `path` is its squares as the path of an SVG of this `width` and height. `drawing` shows them in lines of text, and
    is empty where these do not fit.
    """

    says: tuple[str, ...]
    drawing: str
    width: int
    path: str


Kind = Literal["points", "lines", "asks", "answers", "words", "places", "items"]
Row = Said | Told | Word | Place | str


class Part(NamedTuple):
    """A heading with what stands under it.

    `kind` says what the rows are: `Said` as short points or as whole lines, questions to ask (texts, numbered), `Told`
    answers, `Word`s, `Place`s, or items (texts).
    """

    heading: str
    kind: Kind
    rows: tuple[Row, ...]


class Sheet(NamedTuple):
    """A whole summary: the short form, which ends in the referral, and the details behind it.

    `note` says what a reader must know of the whole; `cited` are the places that the short form stands on, and
    `names` how their documents are called. `behind` is a reason that all details share. `unfolded` is for pages that
    can show and hide the details; `label` is there where the page is kept in a file, and `code` where one is wanted.
    """

    language: str
    reader: str
    title: str
    about: str
    step: str
    told: Said
    note: str
    parts: tuple[Part, ...]
    names: str
    cited: tuple[Place, ...]
    made_with: str
    referral: Said
    behind: str = ""
    details: tuple[Part, ...] = ()
    unfolded: bool = False
    label: Label | None = None
    code: CodeOnPage | None = None


def filled(*parts: Part) -> tuple[Part, ...]:
    """The parts under which something stands."""
    return tuple(part for part in parts if part.rows)
