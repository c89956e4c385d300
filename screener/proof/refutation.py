"""A proof that clauses can't all hold, step by step, for others to check."""

from collections.abc import Sequence

from pysat.solvers import Solver

from screener.proof.gates import Clause, Tick
from screener.proof.solving import solved


def refutation(clauses: Sequence[Clause], tick: Tick) -> list[Clause] | None:
    """Clauses each of which follows by unit propagation from all before it, the empty one at the end; None if the
    given ones can hold together. Raises Undecided.
    """
    if [] in clauses:
        return [[]]
    with Solver(name="glucose4", bootstrap_with=clauses, with_proof=True) as solver:
        if solved(solver, (), tick):
            return None
        lines = [line.split() for line in solver.get_proof()]
    steps = [[int(literal) for literal in line[:-1]] for line in lines if line[0] != "d"]
    return [*steps, []]  # solvers leave out the last step where it follows at once
