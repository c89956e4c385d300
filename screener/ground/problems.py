"""One thing wrong with a file, with its place; and the catalogue of everything that can be wrong."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any, Literal, NamedTuple

from screener.ground.nearness import nearness

Level = Literal["error", "warning"]


class ExampleAnswers(NamedTuple):
    """A complete set of answers that shows a problem: what to look for, and each answer as JSON has it.

    `matter` are the questions that come first, and are `enough` if it comes out so whatever is answered to all others.
    Thousands of problems may share one set of answers, so it is put in order only where it is needed.
    """

    shows: str
    given: tuple[tuple[str, Any], ...]
    matter: frozenset[str] = frozenset()
    enough: bool = False

    @property
    def answers(self) -> tuple[tuple[str, Any], ...]:
        """Each question with its answer, those that matter first."""
        return tuple(sorted(self.given, key=lambda answer: answer[0] not in self.matter))

    @property
    def telling(self) -> tuple[tuple[str, Any], ...]:
        """The answers that are enough to show it; all of them where that is not known of fewer."""
        few = tuple(answer for answer in self.given if answer[0] in self.matter) if self.enough else ()
        return few or self.answers


class Problem(NamedTuple):
    """One problem: lower case sentence without final period, help apart, place as 1-based line and column.

    `excerpt` is the part of the source line around the place, which is its character `caret`, from 0;
    `line` is 0 when the problem is the file itself. `related` are the other places that have to do with it, each with
    what stands there as its message; `witness` are answers that show it, for `screener start --answers`;
    `stands_for` is how many problems it tells of, more than one only where there are too many to list.
    """

    code: str
    message: str
    help: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    level: Level = "error"
    caret: int = 0
    related: "tuple[Problem, ...]" = ()
    witness: tuple[ExampleAnswers, ...] = ()
    stands_for: int = 1


#: How many problems are listed; nobody reads on, and a file with more is of another kind.
MOST_LISTED = 200


_MORE = "more-problems"


_PUT_RIGHT = "put right what is listed, and check again"


def and_more(count: int, level: Level = "error", help: str = _PUT_RIGHT) -> Problem:
    """What stands for so many problems that are not listed."""
    return Problem(_MORE, f"and {count:,} more", help, level=level, stands_for=count)


def shortened(problems: Iterable[Problem], help: str = _PUT_RIGHT) -> tuple[Problem, ...]:
    """The first 200 problems, and one that stands for all others, with this help."""
    listed: list[Problem] = []
    count = 0
    level: Level = "warning"
    for problem in problems:
        if len(listed) < MOST_LISTED and problem.code != _MORE:
            listed.append(problem)
        else:
            count += problem.stands_for
            level = "error" if problem.level == "error" else level
    return (*listed, and_more(count, level, help)) if count else tuple(listed)


class ProblemsFound(Exception):
    """Raised instead of giving a value: what is wrong with the input, `shortened`, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = shortened(problems)
        super().__init__("; ".join(f"{p.file}:{p.line}: {p.message}" for p in self.problems))


def in_order(problems: Iterable[Problem], first: str) -> list[Problem]:
    """Each problem once, those of the file `first` before others, from top to bottom; what stands for more is last."""
    found = list(problems)
    listed = {problem for problem in found if problem.code != _MORE}
    in_place = sorted(listed, key=lambda p: (p.file != first, p.file, p.line, p.column, p.code, p.message))
    return in_place + [problem for problem in found if problem.code == _MORE]


_LONG = 100


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean …?` when the word is a slip of the finger for a known name, else nothing."""
    if len(word) > _LONG:
        return ""  # no misspelt name, and slow to compare
    near = ((slips, name) for name in known if name != word and (slips := nearness(word, name)) is not None)
    _, best = min(near, default=(0, ""))
    return f"did you mean `{best}`?" if best else ""


class Hints:
    """`did you mean …?` for a hundred words, or fewer where many names are known: looking takes its time."""

    def __init__(self) -> None:
        self._words, self._names = 100, 100_000

    def near(self, word: str, known: Collection[str]) -> str:
        """The known name that is close to the word, as a question, or nothing."""
        self._words -= 1
        self._names -= len(known)
        return did_you_mean(word, known) if self._words >= 0 and self._names >= 0 else ""


#: How many names are given where one of them is needed.
_MOST_NAMES = 20


def names(known: Collection[str]) -> str:
    """Names to choose from, as many as anyone reads: `a, b, c and 17 more`."""
    first = ", ".join(islice(known, _MOST_NAMES))
    return first if len(known) <= _MOST_NAMES else f"{first} and {len(known) - _MOST_NAMES} more"
