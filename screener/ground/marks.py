"""How a question can stand without a value: the words that files have for it, and the marks that the engine has."""

from enum import Enum

#: Words with a meaning of their own in conditions and answers: no option may be called so.
UNSURE, DECLINED, ANSWERED = "unsure", "declined", "answered"


class Mark(Enum):
    """The states of a question that has no value."""

    HIDDEN = "not asked"
    OPEN = "not answered yet"
    UNSURE = "unsure"
    DECLINED = "declined"
