"""Every key that authors write: what it does, and an example that loads. One module for each part of a file."""

from screener.authoring.format import cases, conditions, guidance, promise, question, sources, whole
from screener.authoring.format.key import File, Key, Thing

#: In the order in which an author meets them.
THINGS: tuple[Thing, ...] = (
    *whole.THINGS,
    *question.THINGS,
    *conditions.THINGS,
    *guidance.THINGS,
    *promise.THINGS,
    *sources.THINGS,
    *cases.THINGS,
)

__all__ = ["THINGS", "File", "Key", "Thing"]
