"""Who came before, and what an edit of the rule file changes for them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from screener.rulefile.model import RuleFile

#: Gives a rule file for interviews on a day.
OnDay = Callable[[date], RuleFile]
#: How one next step stands to another; `other` where neither is surely the more urgent one.
Way = Literal["same", "more", "less", "other"]
#: What matters most of all that changes for someone.
Weight = Literal["more-urgent", "other-step", "less-urgent", "added", "taken", "certainty", "answers", "wording"]
#: In the order in which people are listed.
WEIGHTS: tuple[Weight, ...] = (
    *("more-urgent", "other-step", "less-urgent"),
    *("added", "taken", "certainty", "answers", "wording"),
)


class Visit(NamedTuple):
    """Somebody who came: the record, the clinic's reference, the day, and the answers as JSON has them, by question."""

    id: str
    reference: str
    day: date
    answers: Mapping[str, Any]


class Effect(NamedTuple):
    """What an edit changes for someone. Everything is named by its id; lines that stay have the new one.

    `before` and `now` are the next steps. Lines are `added`, `taken` away, said more surely (`surer`) or less so
    (`vaguer`), or `reworded`; so may the next step be, if it is the same, and the referral. `gone` are answers that
    count no longer: the new file can't read them, or does not ask for them. `asks` are questions that it asks and that
    have no answer, and were not open before; `may_ask` those that other open answers may bring up.
    """

    before: str
    now: str
    way: Way
    added: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    surer: tuple[str, ...] = ()
    vaguer: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    step_reworded: bool = False
    referral_reworded: bool = False
    gone: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()

    @property
    def weight(self) -> Weight | None:
        """What matters most of it; None if nothing changes."""
        steps: dict[Way, Weight] = {"more": "more-urgent", "other": "other-step", "less": "less-urgent"}
        found: list[tuple[object, Weight]] = [
            (self.added, "added"),
            (self.taken, "taken"),
            (self.surer or self.vaguer, "certainty"),
            (self.gone or self.asks or self.may_ask, "answers"),
            (self.reworded or self.step_reworded or self.referral_reworded, "wording"),
        ]
        return steps.get(self.way) or next((weight for some, weight in found if some), None)


class Concerned(NamedTuple):
    """Somebody whom an edit concerns."""

    id: str
    reference: str
    day: date
    effect: Effect


class Impact(NamedTuple):
    """How many people were looked at, and those whom the edit concerns, those that matter most first."""

    people: int
    concerned: tuple[Concerned, ...]
