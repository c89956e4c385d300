"""The parts of a FHIR Questionnaire that are read, R4 (http://hl7.org/fhir/R4/questionnaire.html) and R5 alike."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from screener.exchange.fhir.names import FINGERPRINT, OURS, ROLE, codes_of
from screener.ground.shapes import AfterValidator, BeforeValidator, Field, OpenShape

Filled = Annotated[str, Field(min_length=1)]
Number = Annotated[Decimal, Field(allow_inf_nan=False)]
#: So many digits before or after the point are no measure of anything, and could take all memory to write out.
_MOST_DIGITS = 30


def _number(value: Any) -> Any:
    number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(number, Decimal) and number.is_finite() and number:
        exponent = number.as_tuple().exponent
        if abs(number.adjusted()) > _MOST_DIGITS or abs(int(exponent)) > _MOST_DIGITS:
            raise ValueError("no number that can be kept")
    return number


def _words(value: str | None) -> str | None:
    """A text without blanks around it; one of nothing but blanks is none."""
    return (value or "").strip() or None


Words = Annotated[str | None, AfterValidator(_words)]


JsonNumber = Annotated[Number, BeforeValidator(_number)]


class Element(OpenShape):
    """A JSON object of which some keys are read; the others are there in `model_extra`, to be reported."""

    extension: list["Extension"] = Field(default_factory=list)

    def extended(self, url: str) -> "Extension | None":
        """The first extension with this address."""
        return next((one for one in self.extension if one.url == url), None)


class Coding(OpenShape):
    """A code of a system; options may have only some of its parts."""

    system: str | None = None
    code: str | None = None
    display: Words = None


class Concept(OpenShape):
    """Codes that mean the same."""

    coding: list[Coding] = Field(default_factory=list)


class Extension(OpenShape):
    """Something that is said beyond the base; only the kinds of values that are read are typed."""

    url: str
    boolean: bool | None = Field(None, alias="valueBoolean")
    number: JsonNumber | None = Field(None, alias="valueDecimal")
    integer: int | None = Field(None, alias="valueInteger")
    day: str | None = Field(None, alias="valueDate")
    coding: Coding | None = Field(None, alias="valueCoding")
    code: str | None = Field(None, alias="valueCode")
    concept: Concept | None = Field(None, alias="valueCodeableConcept")


class AnswerOption(Element):
    """One of the answers that can be chosen."""

    coding: Coding | None = Field(None, alias="valueCoding")
    string: str | None = Field(None, alias="valueString")
    integer: int | None = Field(None, alias="valueInteger")
    day: str | None = Field(None, alias="valueDate")
    time: str | None = Field(None, alias="valueTime")
    initial_selected: bool | None = Field(None, alias="initialSelected")

    @cached_property
    def as_coding(self) -> Coding:
        """The option as a code, whatever its kind: a plain value is its own display."""
        if self.coding is not None:
            return self.coding
        plain = next((one for one in (self.string, self.integer, self.day, self.time) if one is not None), None)
        return Coding(display=None if plain is None else str(plain))


class Quantity(OpenShape):
    """A number with a unit."""

    value: JsonNumber | None = None
    unit: Words = None
    code: str | None = None


class EnableWhen(Element):
    """One test on the answer to another item."""

    question: Filled
    operator: str = ""
    boolean: bool | None = Field(None, alias="answerBoolean")
    number: JsonNumber | None = Field(None, alias="answerDecimal")
    integer: int | None = Field(None, alias="answerInteger")
    day: str | None = Field(None, alias="answerDate")
    date_time: str | None = Field(None, alias="answerDateTime")
    time: str | None = Field(None, alias="answerTime")
    string: str | None = Field(None, alias="answerString")
    coding: Coding | None = Field(None, alias="answerCoding")
    quantity: Quantity | None = Field(None, alias="answerQuantity")
    reference: dict[str, Any] | None = Field(None, alias="answerReference")

    @property
    def answer(self) -> bool | Decimal | date | str | Coding | None:
        """What the answer is compared with; None where it is of a kind that no answer of ours can be."""
        if self.quantity is not None:
            return self.quantity.value
        if self.integer is not None:
            return Decimal(self.integer)
        if found := full_date(self.day or self.date_time or ""):
            return found
        return next((one for one in (self.boolean, self.number, self.string, self.coding) if one is not None), None)

    @property
    def answers(self) -> int:
        """How many answers are given to compare with; there must be one."""
        kinds = (self.boolean, self.number, self.integer, self.day, self.date_time, self.time)
        return sum(one is not None for one in (*kinds, self.string, self.coding, self.quantity, self.reference))


class Item(Element):
    """A group, a text that is displayed, or a question."""

    link_id: str | None = Field(None, alias="linkId")
    code: list[Coding] = Field(default_factory=list)
    prefix: Words = None
    text: Words = None
    type: str = ""
    enable_when: list[EnableWhen] = Field(default_factory=list, alias="enableWhen")
    enable_behavior: str | None = Field(None, alias="enableBehavior")
    required: bool = False
    repeats: bool = False
    read_only: bool = Field(False, alias="readOnly")
    max_length: int | None = Field(None, alias="maxLength")
    answer_constraint: str | None = Field(None, alias="answerConstraint")
    answer_option: list[AnswerOption] = Field(default_factory=list, alias="answerOption")
    answer_value_set: str | None = Field(None, alias="answerValueSet")
    initial: list[dict[str, Any]] = Field(default_factory=list)
    item: list["Item"] = Field(default_factory=list)

    def is_for(self, role: str) -> bool:
        """Whether it says of itself, in an extension of ours, what it is for."""
        return any(one.url == ROLE and one.code == role for one in self.extension)


class Concepts(OpenShape):
    """A list of codes in a value set, or a part of an expanded one."""

    system: str | None = None
    code: str | None = None
    display: Words = None
    abstract: bool = False
    inactive: bool = False
    concept: list[Coding] = Field(default_factory=list)
    contains: list["Concepts"] = Field(default_factory=list)


class Lists(OpenShape):
    """What a value set includes."""

    include: list[Concepts] = Field(default_factory=list)
    exclude: list[Concepts] = Field(default_factory=list)
    contains: list[Concepts] = Field(default_factory=list)


class Contained(OpenShape):
    """A resource inside the questionnaire; only value sets are read."""

    kind: str = Field(alias="resourceType")
    id: str | None = None
    compose: Lists | None = None
    expansion: Lists | None = None


class Form(Element):
    """A whole Questionnaire."""

    kind: Literal["Questionnaire"] = Field(alias="resourceType")
    url: str | None = None
    id: str | None = None
    version: str | None = None
    name: str | None = None
    title: Words = None
    language: str | None = None
    description: Words = None
    contained: list[Contained] = Field(default_factory=list)
    item: list[Item] = Field(default_factory=list)

    @cached_property
    def value_sets(self) -> dict[str, Contained]:
        """The value sets inside it, the first of each name, by the name that an item calls it."""
        sets = [one for one in self.contained if one.kind == "ValueSet" and one.id is not None]
        return {f"#{one.id}": one for one in reversed(sets)}

    @property
    def is_ours(self) -> bool:
        """Whether it was made from a rule file: it is under an address of ours, or names the file's fingerprint."""
        named = (self.model_extra or {}).get("identifier")
        systems = [one.get("system") for one in named if isinstance(one, dict)] if isinstance(named, list) else []
        return (self.url or "").startswith(OURS) or FINGERPRINT in systems

    def is_own_system(self, system: str | None) -> bool:
        """Whether these are the codes of the form itself, as we export them."""
        return (system or "").startswith(OURS) or (self.is_ours and system == codes_of(self.url or ""))


def full_date(text: str) -> date | None:
    """A date with year, month and day; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
