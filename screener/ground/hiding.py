"""Which groups must not be shown, so that nobody can tell the exact size of a small one from the others.

A group of 1 to 4 people is small. Where there is none, nothing is hidden, and an empty group is shown as 0. Where
there is one, empty groups are hidden like the small ones, so that nobody sees in which there is someone; and larger
groups are hidden, the smallest first, until each could be of another size.

Whether it could is judged as if a reader knew more than is shown: how many people there are in all, which of the hidden
groups are empty, small or large, and that no hidden one is larger than the smallest large one that is shown. So empty
groups are no cover: everyone may know that a desk is closed on Sundays. A reader who works this backwards has no more
luck, as for each small group other sizes lead to the same numbers being shown; a test tries them all out. A larger one
that was hidden for the sake of others may come out: alone it would have been shown. Not covered is who does both, and
knows which groups are small as well: where those hidden for their sake are equally large, a size may follow.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

#: A group of fewer people is not shown.
LEAST = 5


class Size(NamedTuple):
    """How many people are in a group; in `shared` groups one person may be in several."""

    people: int
    shared: bool = False


class Several(NamedTuple):
    """In how many shared groups someone is who is in any: at least, and at most."""

    least: int = 1
    most: int = 1


class _Move(NamedTuple):
    """One more or one less in a group of this size."""

    size: Size
    by: int

    @property
    def moved(self) -> Size:
        return self.size._replace(people=self.size.people + self.by)


def hidden(sizes: Sequence[Size], people: int, choices: Several | None = None) -> frozenset[int]:
    """The places of the groups that are not to be shown, of so many people in all; these are enough to be shown."""
    if not any(_is_small(size) for size in sizes):
        return frozenset()
    found = {place for place, size in enumerate(sizes) if size.people < LEAST}
    larger = sorted((size.people, place) for place, size in enumerate(sizes) if size.people >= LEAST)
    while larger and _told(sizes, found, larger[0][0], people, choices or Several()):
        found.add(larger.pop(0)[1])
    return frozenset(found)


def _is_small(size: Size) -> bool:
    return 0 < size.people < LEAST


def _told(sizes: Sequence[Size], found: Collection[int], shown: int, people: int, choices: Several) -> bool:
    """Whether a hidden group with someone in it can have one size only. `shown` is the smallest that stays shown."""
    unknown = Counter(sizes[place] for place in found if sizes[place].people)
    all_sizes = Counter(sizes)

    def possible(moves: tuple[_Move, ...]) -> bool:
        return all(_stays(move, shown) for move in moves) and _fit(_after(all_sizes, moves), people, choices)

    return not all(any(map(possible, _moves(size, unknown))) for size in unknown)


def _moves(size: Size, unknown: Counter[Size]) -> Iterator[tuple[_Move, ...]]:
    """One more or one less in this group, by itself, or with one more or one less in another one that is hidden."""
    for by in (1, -1):
        yield (_Move(size, by),)
        others = (other for other in unknown if other != size or unknown[size] > 1)
        yield from ((_Move(size, by), _Move(other, at)) for other in others for at in (-by, by))


def _stays(move: _Move, shown: int) -> bool:
    """Whether a small group is small as before, and a large one large and not the larger of those that are shown."""
    return _is_small(move.moved) if _is_small(move.size) else LEAST <= move.moved.people <= shown


def _after(sizes: Counter[Size], moves: tuple[_Move, ...]) -> Counter[Size]:
    return sizes - Counter(move.size for move in moves) + Counter(move.moved for move in moves)


def _fit(sizes: Counter[Size], people: int, choices: Several) -> bool:
    """Whether so many people can be in groups of these sizes."""
    choosing = people - sum(size.people * many for size, many in sizes.items() if not size.shared)
    chosen = sum(size.people * many for size, many in sizes.items() if size.shared)
    largest = max((size.people for size in sizes if size.shared), default=0)
    return largest <= choosing and choices.least * choosing <= chosen <= choices.most * choosing
