"""Of groups of any size as few are hidden as have to be, and no small one can be worked out from the others.

What is shown of people, in the words of a rule file, is tried in `tests/records/test_statistics.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from screener.ground.hiding import Several, Size, hidden

SIZES = st.lists(st.one_of(st.integers(0, 5), st.integers(0, 12), st.integers(5, 400)), min_size=2, max_size=12)


@settings(deadline=None)
@given(SIZES)
def test_no_more_is_hidden_than_has_to_be(sizes: list[int]) -> None:
    """All small groups are hidden where somebody is in one, then the smallest others if these alone would be told."""
    away = hidden([Size(people) for people in sizes], sum(sizes))
    small = {place for place, people in enumerate(sizes) if people < 5}
    inside = [sizes[place] for place in small if sizes[place]]
    kept = [people for place, people in enumerate(sizes) if place not in away]

    assert away >= small if inside else not away
    assert max((sizes[place] for place in away - small), default=0) <= min(kept, default=400)
    assert away == small or not len(inside) < sum(inside) < 4 * len(inside) or len(inside) < 2


@settings(deadline=None)
@given(SIZES)
def test_each_small_size_could_be_another_one(sizes: list[int]) -> None:
    """In tallies of any size: some other sizes lead to the very same numbers being shown."""
    away = _hidden(sizes)
    for place in (place for place in away if 0 < sizes[place] < 5 and sum(sizes) >= 5):
        assert any(other[place] != sizes[place] for other in _alike(sizes, away)), (sizes, sorted(away), place)


def _hidden(sizes: Sequence[int]) -> frozenset[int]:
    return hidden([Size(people) for people in sizes], sum(sizes))


def _alike(sizes: list[int], away: frozenset[int]) -> Iterator[list[int]]:
    """Other sizes of the hidden groups, in which two or three of them differ, of which the same would be shown."""
    for one, other in permutations(away, 2):
        yield from _same(sizes, away, ({one: by, other: -by} for by in range(1, sizes[other] + 1)))
    for one, other, third in permutations(away, 3):
        moves = [(by, part) for by in range(2, 10) for part in range(1, by)]
        yield from _same(sizes, away, ({one: by, other: -part, third: part - by} for by, part in moves))
        yield from _same(sizes, away, ({one: -by, other: part, third: by - part} for by, part in moves))


def _same(sizes: list[int], away: frozenset[int], moves: Iterable[dict[int, int]]) -> Iterator[list[int]]:
    for move in moves:
        found = [size + move.get(place, 0) for place, size in enumerate(sizes)]
        if min(found) >= 0 and _hidden(found) == away:
            yield found


def test_shared_groups_are_no_partition() -> None:
    """One small group among those that people share with others can't be worked out from what all are together."""
    shared = [Size(9, True), Size(8, True), Size(3, True)]

    assert hidden(shared, 12, Several(1, 3)) == {2}
    assert hidden([size._replace(shared=False) for size in shared], 20) == {1, 2}
    assert hidden(shared, 20, Several(1, 1)) == {1, 2}
    assert hidden(shared, 20, Several(1, 3)) == {2}, "there may be 4, if somebody chose two"
    assert hidden([*shared[:2], Size(4, True)], 21, Several(1, 3)) == {1, 2}, "with 3 somebody would have chosen none"
