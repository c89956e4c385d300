"""How a question can stand without a value: the words that files have for it, and the marks that the engine has."""

from collections.abc import Mapping
from enum import Enum

#: Words with a meaning of their own in conditions and answers: no option may be called so.
UNSURE, DECLINED, SKIPPED, ANSWERED = "unsure", "declined", "skipped", "answered"


class Mark(Enum):
    """The states of a question that has no value."""

    HIDDEN = "not asked"
    OPEN = "not answered yet"
    UNSURE = "unsure"
    DECLINED = "declined"
    SKIPPED = "skipped"


#: The answers that are no value: the word for each in files, and its mark.
MARKS: Mapping[str, Mark] = {UNSURE: Mark.UNSURE, DECLINED: Mark.DECLINED, SKIPPED: Mark.SKIPPED}
#: The key of a question that offers each of them.
OFFERED_BY: Mapping[str, str] = {UNSURE: "unsure", DECLINED: "decline", SKIPPED: "optional"}
#: The answers of someone who could tell and would rather not.
KEPT_BACK = (DECLINED, SKIPPED)
