"""A check of the logic: what it looks at, one by one, and what it says of each."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from screener.authoring.checks.page import Page
from screener.authoring.checks.remark import Remark
from screener.proof.prover import Prover
from screener.rulefile.model import RuleFile

Subject = TypeVar("Subject")


class Check(NamedTuple, Generic[Subject]):
    """One check. `proves` completes the sentence `for every possible set of answers, 3 …` where nothing is found.

    A check that proves one of several things says with `counted` which it is of a subject, or "" for nothing.
    """

    page: Page
    subjects: Callable[[RuleFile], Sequence[Subject]]
    name: Callable[[Subject], str]
    look: Callable[[Prover, Subject], Iterator[Remark]]
    proves: str = ""
    counted: Callable[[Prover, Subject, Sequence[Remark]], str] | None = None

    def proved(self, prover: Prover, subject: Subject, found: Sequence[Remark]) -> str:
        """In which words a subject counts as proved of which this was found; empty if it does not."""
        if self.counted is not None:
            return self.counted(prover, subject, found)
        return "" if found else self.proves
