"""What an author promises over every possible set of answers, as frozen values."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from screener.ground.shapes import BeforeValidator, Field, Shape, Text, unfit
from screener.rulefile.conditions.written import When
from screener.rulefile.measures import NUMBERS
from screener.rulefile.spellings import Id


class Promise(Shape):
    """What an invariant promises whenever its `when` holds.

    `answers` certainly hold; `referral` is the one that is said; `referral_says` stands in whichever is said, capital
    and small letters being alike.
    """

    disposition: Id | None = None
    disposition_at_least: Id | None = None
    disposition_at_most: Id | None = None
    guidance: tuple[Id, ...] = ()
    no_guidance: tuple[Id, ...] = ()
    asked: tuple[Id, ...] = ()
    not_asked: tuple[Id, ...] = ()
    answers: When | None = None
    referral: Id | None = None
    referral_says: Text | None = None


#: Which way lies more risk, of a number and of a date.
DIRECTIONS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(NUMBERS, ("larger", "smaller")),
    "date": ("later", "earlier"),
}


class Risk(Shape):
    """A question with more and less risk.

    `more` is the direction in which a number or date is more risk; `order` lists options from the least risk to the
    most. Without either, yes is more risk than no, and further options of a `many` are more.
    """

    question: Id
    more: str | None = None
    order: tuple[str, ...] | None = None

    def __str__(self) -> str:
        """As it is written: `itch`, `age: smaller`, `skin: light, dark`."""
        return ": ".join(part for part in (self.question, self.more or ", ".join(self.order or ())) if part)


#: The word for what `never_less_urgent` lists, for those who tell what is wrong.
A_RISK = "risk"
_WrittenOrder = Literal["larger", "smaller", "later", "earlier"] | Annotated[list[Id], Field(min_length=2)]


def _risk(value: Any) -> Any:
    """`itch`, `{age: smaller}` or `{skin: [light, dark]}` as the shape has it."""
    if isinstance(value, str | Risk):
        return {"question": value} if isinstance(value, str) else value
    if not isinstance(value, dict) or len(value) != 1:
        raise unfit(A_RISK)
    ((question, order),) = value.items()
    if isinstance(order, str):
        return {"question": question, "more": order}
    if not isinstance(order, list) or not all(isinstance(option, str) for option in order):
        raise unfit(A_RISK)
    return {"question": question, "order": order}


WrittenRisk = Annotated[
    Risk,
    BeforeValidator(
        _risk, json_schema_input_type=Id | Annotated[dict[Id, _WrittenOrder], Field(min_length=1, max_length=1)]
    ),
]


class Invariant(Shape):
    """A promise of the author over every possible set of answers.

    `open` settles whether it is also for those who left open whether its `when` holds, by an unsure or declined answer.
    """

    id: Id
    because: Text
    when: When | None = None
    open: Literal["included", "left-out"] | None = None
    then: Promise | None = None
    never_less_urgent: tuple[WrittenRisk, ...] = ()
