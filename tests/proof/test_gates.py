"""Gates hold exactly where what they are made of says so, in samples and for the solver."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proving import no_hurry

from screener.proof.gates import Bits, Gates, Literal, Undecided
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


def test_what_was_cut_short_does_no_harm() -> None:
    """When the time ends in the middle of a gate, that gate is not there; all others still stand for what they did."""
    left = 0

    def tick() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Undecided("the time was over")

    gates = Gates(tick, WAYS)
    inputs = gates.inputs(lambda _count, _word: [word(one) for one in (1, 2, 3)] * 340)
    before = gates.both(*inputs[:3])
    with pytest.raises(Undecided):
        gates.both(*(gates.both(before, one) for one in inputs[3:]))
    left = 9
    gates.more_samples(WAYS)

    assert gates.word(before) == 0b1000000010000000
