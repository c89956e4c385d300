"""A proof that clauses can't all hold, written step by step, for others to check."""

from collections.abc import Iterable, Sequence

from pysat.solvers import Solver

from screener.proof.gates import Clause, Tick
from screener.proof.solving import solved


def refutation(clauses: Iterable[Clause], tick: Tick) -> Sequence[str] | None:
    """The lines of a DRUP proof, the last of which is the empty clause; None if the clauses can hold together.

    Each line is a clause that follows by unit propagation from all clauses and lines before it, or begins with `d` and
    names one that is not needed any more. Raises Undecided.
    """
    with Solver(name="glucose4", bootstrap_with=clauses, with_proof=True) as solver:
        return None if solved(solver, (), tick) else _to_the_end(solver.get_proof())


def _to_the_end(lines: Iterable[str]) -> Sequence[str]:
    """Solvers leave out the last step where it follows at once."""
    kept = list(lines)
    return kept if "0" in kept else [*kept, "0"]
