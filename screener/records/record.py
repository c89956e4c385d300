"""What a record is: one intake, who took it and when, and the answers as they stand."""

import hashlib
from datetime import date, datetime
from typing import Literal, NamedTuple

#: `amending` is complete, and an amendment was begun; `erasing` is erased, and a part of a file is not yet overwritten.
Status = Literal["unfinished", "complete", "amending", "erasing", "erased"]


class Edition(NamedTuple):
    """The text of a rule file, word for word, and of its sources with the name that the rule file has for them."""

    questionnaire: str
    version: str
    rules: str
    sources_name: str = ""
    sources: str = ""

    @property
    def sha256(self) -> str:
        """What names it: one letter that is another, in any of it, is another edition."""
        each = "/".join(hashlib.sha256(text.encode()).hexdigest() for text in self)
        return hashlib.sha256(each.encode()).hexdigest()


class By(NamedTuple):
    """Who does something at which desk, and when (with a time zone)."""

    staff: str
    desk: str
    at: datetime


class IntakeRecord(NamedTuple):
    """One intake as a list shows it.

    `id` is ours and `reference` the clinic's own, empty once the record is erased. `revision` counts how often it was
    completed or amended, 0 while it is unfinished; `begun` is the moment in UTC and `day` the day at the desk; `step`
    is the id of the next step. `edition` names the rule file it was answered with, word for word.
    """

    id: str
    reference: str
    status: Status
    revision: int
    begun: datetime
    day: date
    staff: str
    edition: str
    step: str
