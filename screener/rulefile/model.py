"""What a rule file and its companions hold, as frozen values; the JSON Schema comes from here.

The loader builds these from plain strings. A `when` arrives as a parsed `Condition`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from screener.ground.marks import DECLINED, SKIPPED, UNSURE
from screener.ground.shapes import (
    BeforeValidator,
    Field,
    PrivateAttr,
    Shape,
    Text,
    WithJsonSchema,
)
from screener.rulefile.conditions.tree import Answer, Condition
from screener.rulefile.conditions.written import When
from screener.rulefile.days import SOME_DAY, Span, span
from screener.rulefile.library import Sources
from screener.rulefile.measures import Limits, limit
from screener.rulefile.promises import Invariant
from screener.rulefile.spellings import FileName, Format, Id, Language, StatementId, Version, WordCount, WrittenSpan

Switch = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Status = Literal["draft", "active", "retired"]
QuestionType = Literal["one", "many", "yes-no", "number", "whole", "date", "text"]


class Option(Shape):
    """One thing that can be chosen. An `exclusive` option stands alone."""

    label: Text
    help: Text | None = None
    exclusive: Switch = False


def _labelled(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


LabelledOption = Annotated[Option, BeforeValidator(_labelled, json_schema_input_type=str | Option)]


class Question(Shape):
    """One question. `min` and `max` count options for `many`, and bound the value of a number or date.

    `ordered` options go from the least to the most, so that conditions can name those on one side of an option.

    The answer to one that is `for` the professional decides nothing: it is handed on in the person's own words.
    """

    id: Id
    section: Text | None = None
    type: QuestionType
    ask: Text
    help: Text | None = None
    why: Text | None = None
    options: dict[Id, LabelledOption] = Field(default_factory=dict)
    ordered: Switch = False
    unsure: Switch = False
    decline: Switch = False
    optional: Switch = False
    min: Text | None = None
    max: Text | None = None
    unit: Text | None = None
    when: When | None = None
    reader: Literal["professional"] | None = Field(default=None, alias="for")
    carry_over: WrittenSpan | None = None
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")

    _today: date = PrivateAttr(SOME_DAY)

    @property
    def today(self) -> date:
        """The day of the interview, from which dates may be counted."""
        return self._today

    def model_post_init(self, context: Any) -> None:
        """Take the day of the interview from the validation context."""
        if context:
            self._today = context["today"]

    @cached_property
    def choices(self) -> Mapping[str, Option]:
        """What can be chosen: the options, or yes and no."""
        return YES_NO if self.type == "yes-no" else self.options

    @cached_property
    def order(self) -> tuple[str, ...]:
        """What can be chosen, from the least to the most; nothing where that has no order of its own."""
        if self.type == "yes-no":
            return ("no", "yes")
        return tuple(self.options) if self.ordered else ()

    @cached_property
    def reserved(self) -> tuple[str, ...]:
        """The reserved answers that this question offers."""
        offered = ((UNSURE, self.unsure), (DECLINED, self.decline), (SKIPPED, self.optional))
        return tuple(word for word, offers in offered if offers)

    @cached_property
    def stays_good(self) -> Span | None:
        """How long an answer may be taken over at a repeat visit; None where it is asked anew each time."""
        return None if self.carry_over is None else span(self.carry_over)

    @cached_property
    def limits(self) -> Limits:
        """The smallest and largest value, or number of options, allowed."""
        return Limits(limit(self.type, self.min, self._today), limit(self.type, self.max, self._today))


YES_NO: Mapping[str, Option] = {"yes": Option(label="Yes"), "no": Option(label="No")}


class Guidance(Shape):
    """One line of advice, said when its condition holds. Without `when` it is always said.

    `title` names it in a few words and `says` what it means for the person; `more` is the evidence, read by those who
    want it; `short` is what the professional reads. The sources hold for all four.
    """

    id: Id
    topic: Text
    title: Text | None = None
    when: When | None = None
    when_unsure: Literal["say", "skip"] = "say"
    disposition: Id | None = None
    says: Text
    more: Text | None = None
    short: Text | None = None
    ask: Text | None = None
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")
    excludes: tuple[Id, ...] = ()


class Disposition(Shape):
    """A next step. The list in the rule file goes from the least to the most urgent; `short` is for professionals."""

    id: Id
    title: Text
    says: Text
    short: Text | None = None
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")


class Passage(Shape):
    """A text that is always said, with its sources."""

    says: Text
    sources: tuple[StatementId, ...] = Field(default=(), alias="from")


class Referral(Passage):
    """Whom to see, said last. One with a condition is for those for whom it certainly holds, and has an id."""

    id: Id = "everyone"
    when: When | None = None


class WordLimits(Shape):
    """How many words a text of guidance may have, for a summary that is read to its end."""

    title: WordCount = "8"
    says: WordCount = "30"


#: What can have a condition.
Conditional = Question | Guidance | Invariant | Referral


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


#: One referral, or several of which the first that certainly holds is said.
Referrals = Annotated[tuple[Referral, ...], BeforeValidator(_listed, json_schema_input_type=Referral | list[Referral])]


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
    limits: WordLimits = Field(default_factory=WordLimits)
    referrals: Referrals = Field(alias="referral", min_length=1)
    not_covered: Passage | None = None
    former: dict[Id, Text] = Field(default_factory=dict, description="Ids of questions that went, each with a note.")
    invariants: tuple[Invariant, ...] = ()

    _library: Sources | None = PrivateAttr(None)
    _sha256: str = PrivateAttr("")
    _today: date = PrivateAttr(SOME_DAY)
    _counted_back: frozenset[str] = PrivateAttr(frozenset())
    _repeats: bool = PrivateAttr(False)

    def model_post_init(self, context: Any) -> None:
        """Take the sources, the fingerprint of the text and the day of the interview from the validation context."""
        if context:
            self._library, self._sha256 = context["library"], context["sha256"]
            self._today, self._counted_back = context["today"], context["counted_back"]
            self._repeats = context["repeats"]

    @property
    def library(self) -> Sources | None:
        """The sources file that was read with this one, if it names one."""
        return self._library

    @property
    def sha256(self) -> str:
        """SHA-256 of the text of the rule file, as hex."""
        return self._sha256

    @property
    def repeats_answers(self) -> bool:
        """Whether a text of the file repeats an answer."""
        return self._repeats

    @property
    def today(self) -> date:
        """The day of the interview."""
        return self._today

    @property
    def counted_from(self) -> date | None:
        """The day of the interview, if something in the file is counted back from it."""
        return self._today if self._counted_back else None

    @property
    def counted_back(self) -> frozenset[str]:
        """The ids of the questions with limits that are counted back from the interview."""
        return self._counted_back

    @property
    def referral(self) -> Referral:
        """What is said to everyone for whom no other referral holds; it has no condition."""
        return self.referrals[-1]

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

    @property
    def conditional(self) -> Mapping[str, Sequence[Conditional]]:
        """Everything that can have a condition, by the key it stands under; named conditions are apart."""
        return {
            "questions": self.questions,
            "guidance": self.guidance,
            "invariants": self.invariants,
            "referral": self.referrals,
        }

    @property
    def written_conditions(self) -> Iterator[Condition]:
        """Every condition that stands somewhere, those that are only named left out."""
        for owners in self.conditional.values():
            yield from (owner.when for owner in owners if owner.when is not None)
        for promise in (invariant.then for invariant in self.invariants):
            if promise is not None and promise.answers is not None:
                yield promise.answers

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
