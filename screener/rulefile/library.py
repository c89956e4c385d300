"""What a sources file holds: documents, and every statement taken from them, as frozen values."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from screener.ground.shapes import Field, Shape, Text
from screener.rulefile.spellings import Address, Format, Id, Sha256, StatementId

Confidence = Literal["A", "B", "C"]


class Section(Shape):
    """A part of a source document, from its heading line to the next one."""

    heading: Text
    short: Text | None = None
    sha256: Sha256 | None = None


class Document(Shape):
    """Something that statements are taken from."""

    title: Text
    short: Text | None = None
    url: Address | None = None
    confidence: Confidence | None = None
    sha256: Sha256 | None = None
    sections: dict[Id, Section] = Field(default_factory=dict)


class Statement(Shape):
    """One claim of a source in our words."""

    id: StatementId
    document: Id | None = None
    section: Id | None = None
    documents: tuple[Id, ...] = ()
    says: Text
    standing: Literal["ok", "soft", "contested", "promotional", "imprecise"] | None = None
    balance: tuple[StatementId, ...] = ()
    confidence: Confidence | None = None
    left_out: Text | None = None

    @cached_property
    def stands_in(self) -> tuple[str, ...]:
        """The ids of the documents this is taken from."""
        return (self.document, *self.documents) if self.document else self.documents


class Sources(Shape):
    """The sources file: documents, and every statement taken from them."""

    format: Format
    documents: dict[Id, Document]
    statements: tuple[Statement, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """Each statement by its id."""
        return {statement.id: statement for statement in self.statements}
