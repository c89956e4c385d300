"""Gates hold exactly where what they are made of says so, in samples and for the solver."""

from hypothesis import given, settings
from hypothesis import strategies as st
from proving import no_hurry

from screener.proof.gates import Bits, Gates, Literal
from screener.proof.solving import Solving

#: How three inputs can be: one sample each.
WAYS = 8
#: Inputs as they hold in these samples, 1 to 3, what always holds, 4, and the opposite of each.
SIGNED = st.sampled_from([sign * one for one in range(1, 5) for sign in (1, -1)])


def word(one: int) -> Bits:
    """In which of the samples it holds."""
    held = sum(1 << way for way in range(WAYS) if one in (4, -4) or way >> (abs(one) - 1) & 1)
    return held if one > 0 else held ^ ((1 << WAYS) - 1)


@settings(deadline=None)
@given(st.lists(SIGNED, max_size=8), st.integers(-1, 9))
def test_counts_hold_exactly_where_so_many_do(listed: list[int], count: int) -> None:
    """Of literals that may be opposites, the same, or constants: in samples, in those drawn later, and for a solver."""
    gates = Gates(no_hurry, WAYS)
    inputs = gates.inputs(lambda _count, _word: [word(one) for one in (1, 2, 3)])
    made = [(1 if one > 0 else -1) * [*inputs, gates.TRUE][abs(one) - 1] for one in listed]
    reached, single = gates.at_least(count, made), gates.at_most_one(made)
    gates.more_samples(WAYS)

    with Solving(gates, no_hurry) as solving:
        for way in range(WAYS):
            held = sum(word(one) >> way & 1 for one in listed)
            chosen: list[Literal] = [one if way >> place & 1 else -one for place, one in enumerate(inputs)]
            for gate, expected in ((reached, held >= count), (single, held <= 1)):
                for sample in (way, way + WAYS):
                    assert bool(gates.word(gate) >> sample & 1) is expected
                assert (solving.model(*chosen, gate) is not None) is expected
                assert (solving.model(*chosen, -gate) is not None) is not expected
