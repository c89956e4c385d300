"""A check of the logic: what it looks at, one by one, and what it says of each."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from screener.authoring.checks.page import Page
from screener.authoring.checks.remark import Remark
from screener.proof.prover import Prover
from screener.rulefile.model import RuleFile

Subject = TypeVar("Subject")


class Check(NamedTuple, Generic[Subject]):
    """One check. `proves` completes the sentence `for every possible set of answers, 3 …` where nothing is found."""

    page: Page
    subjects: Callable[[RuleFile], Sequence[Subject]]
    name: Callable[[Subject], str]
    look: Callable[[Prover, Subject], Iterator[Remark]]
    proves: str = ""
