"""What a rule file and its companions hold, as frozen values; the JSON Schema comes from here.

The loader builds these from plain strings. A `when` arrives as a parsed `Condition`.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from screener.ground.marks import DECLINED, UNSURE
from screener.ground.shapes import (
    BeforeValidator,
    Field,
    InstanceOf,
    PrivateAttr,
    Shape,
    Spelling,
    Text,
    WithJsonSchema,
)
from screener.rulefile.conditions.tree import Answer, Condition
from screener.rulefile.measures import Limits, Measure, iso_date, number

MOST_OF_AN_ID = 64
AN_ID = Spelling("id", "^[a-z0-9][a-z0-9-]{0,63}$")
A_STATEMENT_ID = Spelling("statement id", "^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$")
Id = Annotated[str, AN_ID]
StatementId = Annotated[str, A_STATEMENT_ID]
Sha256 = Annotated[str, Spelling("fingerprint", "^[0-9a-f]{64}$")]
Address = Annotated[str, Spelling("address", r"^https?://[^\s<>\"']+$")]
Version = Annotated[str, Spelling("version", r"^[A-Za-z0-9][A-Za-z0-9.+-]{0,31}$")]
Language = Annotated[str, Spelling("language", "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
FileName = Annotated[str, Spelling("file name", r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Format = Annotated[Literal["1"], WithJsonSchema({"const": 1, "description": "The version of this file format."})]
Switch = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
#: Conditions have a parser of their own; the schema of what is written is put in by `screener.schema`.
When = Annotated[InstanceOf[Condition], WithJsonSchema({"x-written": "Condition"})]
Confidence = Literal["A", "B", "C"]
Status = Literal["draft", "active", "retired"]
QuestionType = Literal["one", "many", "yes-no", "number", "date", "text"]


class Option(Shape):
    """One thing that can be chosen. An `exclusive` option stands alone."""

    label: Text
    help: Text | None = None
    exclusive: Switch = False


def _labelled(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


LabelledOption = Annotated[Option, BeforeValidator(_labelled, json_schema_input_type=str | Option)]


class Question(Shape):
    """One question. `min` and `max` count options for `many`, and bound the value of a number or date."""

    id: Id
    section: Text | None = None
    type: QuestionType
    ask: Text
    help: Text | None = None
    why: Text | None = None
    options: dict[Id, LabelledOption] = Field(default_factory=dict)
    unsure: Switch = False
    decline: Switch = False
    min: Text | None = None
    max: Text | None = None
    unit: Text | None = None
    when: When | None = None
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")

    @cached_property
    def choices(self) -> Mapping[str, Option]:
        """What can be chosen: the options, or yes and no."""
        return YES_NO if self.type == "yes-no" else self.options

    @cached_property
    def reserved(self) -> tuple[str, ...]:
        """The reserved answers that this question offers."""
        offered = ((UNSURE, self.unsure), (DECLINED, self.decline))
        return tuple(word for word, offers in offered if offers)

    @cached_property
    def limits(self) -> Limits:
        """The smallest and largest value, or number of options, allowed."""
        return Limits(limit(self.type, self.min), limit(self.type, self.max))


YES_NO: Mapping[str, Option] = {"yes": Option(label="Yes"), "no": Option(label="No")}


def limit(type: QuestionType, text: str | None) -> Measure | None:
    """A limit as the question's type has it: a date, or a number. Raises ValueError for anything else."""
    if text is None:
        return None
    return iso_date(text) if type == "date" else number(text)


class Guidance(Shape):
    """One line of advice, said when its condition holds. Without `when` it is always said."""

    id: Id
    topic: Text
    when: When | None = None
    when_unsure: Literal["say", "skip"] = "say"
    disposition: Id | None = None
    says: Text
    ask: Text | None = None
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")
    excludes: tuple[Id, ...] = ()


class Disposition(Shape):
    """A next step. The list in the rule file goes from the least to the most urgent."""

    id: Id
    title: Text
    says: Text
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")


class Passage(Shape):
    """A text that is always said, with its sources."""

    says: Text
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")


class Promise(Shape):
    """What an invariant promises whenever its `when` holds."""

    disposition: Id | None = None
    disposition_at_least: Id | None = None
    disposition_at_most: Id | None = None
    guidance: tuple[Id, ...] = ()
    no_guidance: tuple[Id, ...] = ()
    asked: tuple[Id, ...] = ()


class Invariant(Shape):
    """A promise of the author over every possible set of answers."""

    id: Id
    because: Text
    when: When | None = None
    then: Promise | None = None
    never_less_urgent: tuple[Id, ...] = ()


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


class RuleFile(Shape):
    """A whole questionnaire: what is asked, what is said, and how it ends."""

    format: Format
    id: Id
    version: Version
    title: Text
    language: Language
    status: Annotated[Status, Field(description="How far it has come, for other systems: FHIR's status.")] = "active"
    sources: FileName | None = None
    intro: Text | None = None
    glossary: dict[Text, Text] = Field(default_factory=dict)
    conditions: dict[Id, When] = Field(default_factory=dict)
    questions: tuple[Question, ...] = Field(min_length=1)
    guidance: tuple[Guidance, ...] = Field(min_length=1)
    dispositions: tuple[Disposition, ...] = Field(min_length=1)
    referral: Passage
    not_covered: Passage | None = None
    invariants: tuple[Invariant, ...] = ()

    _library: Sources | None = PrivateAttr(None)
    _sha256: str = PrivateAttr("")

    def model_post_init(self, context: Any) -> None:
        """Take the sources and the fingerprint of the text from the validation context."""
        if context:
            self._library, self._sha256 = context["library"], context["sha256"]

    @property
    def library(self) -> Sources | None:
        """The sources file that was read with this one, if it names one."""
        return self._library

    @property
    def sha256(self) -> str:
        """SHA-256 of the text of the rule file, as hex."""
        return self._sha256

    @cached_property
    def by_question(self) -> Mapping[str, Question]:
        """Each question by its id, in the order of asking."""
        return {question.id: question for question in self.questions}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each question in the order of asking, from 0."""
        return {question.id: index for index, question in enumerate(self.questions)}

    @cached_property
    def urgency(self) -> Mapping[str, int]:
        """How urgent each disposition is: 0 for the least."""
        return {disposition.id: rank for rank, disposition in enumerate(self.dispositions)}

    def shown_by(self, question: str) -> Condition | None:
        """The condition that shows a question, or None for one that is always shown."""
        return self.by_question[question].when

    def hangs_on(self, *conditions: Condition | None) -> frozenset[str]:
        """The questions that these conditions speak of, and those that decide whether these are asked."""
        wanted = {id for condition in conditions if condition is not None for id in condition.references()}
        for question in reversed(self.questions):
            if question.id in wanted and question.when is not None:
                wanted |= question.when.references()
        return frozenset(wanted)


Answers = Mapping[str, Answer]
