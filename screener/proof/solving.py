"""The solver: the only door to pysat but for the search for smallest sets. One question is asked of it at a time."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from pysat.solvers import Solver
from pysolvers import error as SolverError  # noqa: N812 - it is an exception

from screener.proof.gates import Gates, Literal, Tick
from screener.proof.spans import Span

#: How far the solver goes before it listens: some tens of milliseconds.
_CONFLICTS, _PROPAGATIONS = 1_000, 1_000_000
#: In variables: what is few enough for a solver to be quick, and what all solvers together may know.
_NEAR, _ALL = 8_000, 400_000


@contextmanager
def heard() -> Iterator[None]:
    """A solver at work listens to Ctrl-C itself, and says so in its own way; make it the usual one."""
    try:
        yield
    except SolverError:
        raise KeyboardInterrupt from None


def solved(solver: Any, wanted: Iterable[Literal], tick: Tick) -> bool:
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
        self._nears: list[_Near] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._solver.delete()
        for near in self._nears:
            near.delete()

    def model(self, *wanted: Literal) -> frozenset[Literal] | None:
        """Every literal that holds in some way in which all of these do, or None if there is none. Raises Undecided."""
        self._solver.append_formula(self.gates.taken())
        self._solver.set_phases(self._liked)
        return frozenset(self._solver.get_model()) if solved(self._solver, wanted, self.tick) else None

    def prefer(self, literals: Iterable[Literal]) -> None:
        """Try these first in every `model` where nothing else is known."""
        self._liked = list(literals)

    def local(self, *wanted: Literal, beside: Sequence[Literal] = ()) -> list[Literal] | None:
        """The inputs that hold in some way in which these do, out of those that have a say in it or in what is beside;
        and what holds of that, which is as much as comes of itself. None if there is no way.

        A solver that knows of little else is quick in a large file, and what it knows serves later questions too.
        """
        return self._nearest(self.gates.span([*wanted, *beside])).solved(self.gates, wanted, beside, self.tick)

    def _nearest(self, span: Span) -> "_Near":
        """The solver last used that knows all this, else the one that knows least, or a new one if that knows much."""
        near = next((near for near in reversed(self._nears) if near.knows(span)), None)
        if near is None:
            near = min(self._nears, key=lambda one: one.size, default=None)
        if near is None or not near.takes(span):
            near = _Near()
        self._nears = [*(one for one in self._nears if one is not near), near]
        while sum(one.size for one in self._nears) > _ALL and len(self._nears) > 1:
            self._nears.pop(0).delete()
        return near


class _Near:
    """A solver that knows as much of all clauses as some questions needed."""

    def __init__(self) -> None:
        self._numbers: dict[Literal, int] = {}
        self._span: Span = 0
        self._most = 0
        self._solver: Any = Solver(name="glucose4")

    @property
    def size(self) -> int:
        """How many variables it knows."""
        return len(self._numbers)

    def knows(self, span: Span) -> bool:
        """Whether it was asked of all this before, and is not too large by now for being asked again."""
        return span & ~self._span == 0 and self.size <= 2 * self._most

    def takes(self, span: Span) -> bool:
        """Whether there is no need for another one that knows less."""
        return self.size <= self._most or self.knows(span)

    def solved(
        self, gates: Gates, wanted: Sequence[Literal], beside: Sequence[Literal], tick: Tick
    ) -> list[Literal] | None:
        """See `Solving.local`."""
        self._solver.append_formula(gates.cone([*wanted, *beside], self._numbers))
        self._span |= gates.span([*wanted, *beside])
        self._most = self._most or max(_NEAR, 4 * self.size)
        liked = self._numbered(beside)
        self._solver.set_phases(liked)
        decided = solved(self._solver, self._numbered(wanted), tick)
        self._solver.set_phases([-one for one in liked])
        if not decided:
            return None
        model = self._solver.get_model()
        known = (*gates.inputs_of(self._numbers), *beside)
        return [
            one for one, number in zip(known, self._numbered(known), strict=True) if model[abs(number) - 1] == number
        ]

    def _numbered(self, literals: Iterable[Literal]) -> list[int]:
        return [self._numbers[abs(one)] * (1 if one > 0 else -1) for one in literals]

    def delete(self) -> None:
        """Give the memory back."""
        self._solver.delete()
