"""What a database refuses, as one plain sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    MultipleResultsFound,
    NoResultFound,
    OperationalError,
    SQLAlchemyError,
)

from screener.ground.problems import Problem, ProblemsFound

_BUSY = Problem("store-busy", "another desk is writing and does not come to an end", "try again in a moment")
_FULL = Problem("store-full", "the disk is full", "make room; what was kept before is as it was")
_ONLY_READ = Problem(
    "store-read-only",
    "the records can only be read here, and each look at one is to be noted in the log",
    "see who may write to the store, or to the database",
)
DAMAGED = Problem(
    "store-damaged",
    "the records are damaged, or the disk refuses",
    "see whether the disk is full or failing; otherwise restore a backup, and don't write to this one any more",
)
#: What a database says, in small letters, and what that means to a person.
_SAID = {
    "is locked": _BUSY,
    "lock timeout": _BUSY,
    "readonly": _ONLY_READ,
    "read-only": _ONLY_READ,
    "permission denied": _ONLY_READ,
    "disk is full": _FULL,
    "no space left": _FULL,
    "not a database": Problem(
        "store-closed",
        "the records don't open with this key, or the file is damaged",
        "bring the right key, or restore a backup",
    ),
    "malformed": DAMAGED,
    "disk i/o error": DAMAGED,
    "no such table": DAMAGED,
    "no such column": DAMAGED,
    'relation "': DAMAGED,  # of which PostgreSQL says that it is not there
    "unable to open": Problem(
        "store-gone",
        "the file of the records can't be opened",
        "see whether the folder of the store is there, and whether it is yours",
    ),
}


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong in a database becomes a problem. Raises ProblemsFound."""
    try:
        yield
    except SQLAlchemyError as error:
        raise ProblemsFound([problem_of(error)]) from None


def problem_of(error: SQLAlchemyError) -> Problem:
    """The problem that this is; only the kind of one that is not known is told, as its text may hold values."""
    if isinstance(error, NoResultFound | MultipleResultsFound):
        return DAMAGED  # a row that every store has
    cause = error.orig if isinstance(error, DBAPIError) else None
    said = str(cause).lower()
    for words, problem in _SAID.items():
        if words in said:
            return problem
    invalidated = isinstance(error, DBAPIError) and error.connection_invalidated
    if isinstance(error, OperationalError | InterfaceError) or invalidated:
        help = "see whether the server runs and the network is up, and try again"
        return Problem("store-unreachable", "the database can't be reached", help)
    kind = type(cause or error).__name__
    return Problem("store-failed", f"the database refused ({kind})", "try again; if it comes back, please report it")
