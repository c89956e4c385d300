"""The solver: the only door to pysat but for the search for smallest sets. One question is asked of it at a time."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from pysat.solvers import Solver
from pysolvers import error as SolverError  # noqa: N812 - it is an exception

from screener.proof.gates import Gates, Literal, Tick

#: How far the solver goes before it listens: some tens of milliseconds.
_CONFLICTS, _PROPAGATIONS = 1_000, 1_000_000
#: So many variables are few enough for a solver to be quick.
_NEAR = 40_000


@contextmanager
def heard() -> Iterator[None]:
    """A solver at work listens to Ctrl-C itself, and says so in its own way; make it the usual one."""
    try:
        yield
    except SolverError:
        raise KeyboardInterrupt from None


def _solved(solver: Any, wanted: Iterable[Literal], tick: Tick) -> bool:
    """Whether these can hold together; how, the solver knows. Raises Undecided."""
    decided = None
    while decided is None:
        tick()
        solver.conf_budget(_CONFLICTS)
        solver.prop_budget(_PROPAGATIONS)
        with heard():
            decided = solver.solve_limited(assumptions=list(wanted))
    return bool(decided)


class Solving:
    """A solver over growing clauses. `tick` is called now and then, and may raise Undecided to end the work."""

    def __init__(self, gates: Gates, tick: Tick) -> None:
        self.gates = gates
        self.tick = tick
        self._solver: Any = Solver(name="glucose4")
        self._liked: Sequence[Literal] = ()
        self._near = _Near()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._solver.delete()
        self._near.delete()

    def model(self, *wanted: Literal) -> frozenset[Literal] | None:
        """Every literal that holds in some way in which all of these do, or None if there is none. Raises Undecided."""
        self._solver.append_formula(self.gates.taken())
        self._solver.set_phases(self._liked)
        return frozenset(self._solver.get_model()) if _solved(self._solver, wanted, self.tick) else None

    def prefer(self, literals: Iterable[Literal]) -> None:
        """Try these first in every `model` where nothing else is known."""
        self._liked = list(literals)

    def local(self, *wanted: Literal, beside: Iterable[Literal] = ()) -> list[Literal] | None:
        """The inputs that hold in some way in which these do, out of those that have a say in it or in what is beside.
        None if there is no way.

        A solver that knows of nothing else is quick in a large file, and what it knows serves the next question too.
        """
        if self._near.full:
            self._near.delete()
            self._near = _Near()
        return self._near.solved(self.gates, wanted, self.tick, beside)


class _Near:
    """A solver that knows as much of all clauses as the last questions needed."""

    def __init__(self) -> None:
        self._numbers: dict[Literal, int] = {}
        self._most = 0
        self._solver: Any = Solver(name="glucose4")

    @property
    def full(self) -> bool:
        """Whether it knows so much more than one question needs that another one is quicker."""
        return len(self._numbers) > self._most > 0

    def solved(
        self, gates: Gates, wanted: Sequence[Literal], tick: Tick, beside: Iterable[Literal]
    ) -> list[Literal] | None:
        """See `Solving.local`."""
        self._solver.append_formula(gates.cone([*wanted, *beside], self._numbers))
        self._most = self._most or max(_NEAR, 4 * len(self._numbers))
        numbers = [self._numbers[abs(one)] * (1 if one > 0 else -1) for one in wanted]
        if not _solved(self._solver, numbers, tick):
            return None
        model = self._solver.get_model()
        return [one for one in gates.inputs_of(self._numbers) if model[self._numbers[one] - 1] > 0]

    def delete(self) -> None:
        """Give the memory back."""
        self._solver.delete()
