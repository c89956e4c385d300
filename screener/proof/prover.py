"""The solver: one loaded solver, one question asked of it at a time."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import Any, Self

from pysat.solvers import Solver
from pysolvers import error as SolverError  # noqa: N812 - it is an exception

from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Literal, Tick
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Guidance, Question, RuleFile

#: How far the solver goes before it listens: some tens of milliseconds.
_CONFLICTS, _PROPAGATIONS = 1_000, 1_000_000
#: Something that has a condition.
Owner = Question | Guidance


@contextmanager
def heard() -> Iterator[None]:
    """A solver at work listens to Ctrl-C itself, and says so in its own way; make it the usual one."""
    try:
        yield
    except SolverError:
        raise KeyboardInterrupt from None


class Solving:
    """A solver over growing clauses. `tick` is called now and then, and may raise Undecided to end the work."""

    def __init__(self, gates: Gates, tick: Tick) -> None:
        self.gates = gates
        self.tick = tick
        self._solver: Any = Solver(name="glucose4")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._solver.delete()

    def model(self, *wanted: Literal) -> frozenset[Literal] | None:
        """Every literal that holds in some way in which all of these do, or None if there is none. Raises Undecided."""
        self._solver.append_formula(self.gates.taken())
        decided = None
        while decided is None:
            self.tick()
            self._solver.conf_budget(_CONFLICTS)
            self._solver.prop_budget(_PROPAGATIONS)
            with heard():
                decided = self._solver.solve_limited(assumptions=list(wanted))
        return frozenset(self._solver.get_model()) if decided else None

    def prefer(self, literals: Iterable[Literal]) -> None:
        """Try these first where nothing else is known."""
        self._solver.append_formula(self.gates.taken())
        self._solver.set_phases(list(literals))


class Prover(Solving):
    """Answers questions about every possible set of answers to a rule file."""

    def __init__(self, rules: RuleFile, tick: Tick) -> None:
        gates = Gates(tick)
        super().__init__(gates, tick)
        self.rules = rules
        self.encoding = Encoding(rules, gates)
        #: Literals that held in some set of answers found so far, so that most questions are answered already.
        self._met: set[Literal] = set()
        self.prefer(self.said(line) for line in rules.guidance)

    @cached_property
    def owners(self) -> Mapping[str, list[Owner]]:
        """For each question, everything whose condition speaks of it."""
        found: dict[str, list[Owner]] = {}
        everyone: list[Owner] = [*self.rules.questions, *self.rules.guidance]
        for owner in everyone:
            for question in owner.when.references() if owner.when is not None else ():
                found.setdefault(question, []).append(owner)
        return found

    def can(self, literal: Literal) -> bool:
        """Whether this holds for some set of answers. Raises Undecided."""
        return literal in self._met or self.witness(literal) is not None

    def witness(self, *wanted: Literal) -> dict[str, Answer] | None:
        """Answers for which all of these hold, or None if there are none. Raises Undecided."""
        model = self.model(*wanted)
        if model is None:
            return None
        self._met |= model
        return self.encoding.chosen(model)

    def said(self, line: Guidance) -> Literal:
        """Guidance is said, for certain or as possibly applying."""
        return self.encoding.said(line)

    def never(self, *wanted: Literal) -> bool:
        """Whether these hold together for no set of answers. Raises Undecided."""
        return self.model(*wanted) is None
