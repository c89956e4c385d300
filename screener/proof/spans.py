"""What has a say in what: for each variable the groups of inputs that it hangs on, as bits.

Two literals whose spans have nothing in common never disturb each other: if each can hold, both can.
"""

from collections.abc import Iterable, Iterator, Mapping

#: Bit i belongs to the i-th group of inputs.
Span = int


class Spans:
    """Grows with the variables and the groups of inputs; a literal has the span of its variable."""

    def __init__(self) -> None:
        self._made_of: list[Span] = [0, 0]
        self._bound_to: list[Span] = []
        self._same: dict[Span, Span] = {}
        self._whole: dict[Span, Span] = {}

    def group(self) -> Span:
        """A new group of inputs."""
        self._bound_to.append(0)
        return 1 << (len(self._bound_to) - 1)

    def add(self, span: Span) -> None:
        """The next variable is made of these groups; equal spans are kept in memory once."""
        self._made_of.append(self._same.setdefault(span, span))

    def of(self, literals: Iterable[int]) -> Span:
        """The groups that these are made of, without what binds those."""
        span = 0
        for literal in literals:
            span |= self._made_of[abs(literal)]
        return span

    def bind(self, one: int, literals: Iterable[int]) -> None:
        """A rule for the group of this input speaks of these."""
        group = self._made_of[one].bit_length() - 1
        self._bound_to[group] |= self.of(literals)
        self._whole.clear()

    def whole(self, literals: Iterable[int]) -> Span:
        """The groups that have a say in these: what they are made of, what that is bound to, and so on."""
        made_of = self.of(literals)
        if made_of not in self._whole:
            span, waiting = 0, made_of
            while waiting:
                span |= waiting
                for group in _groups(waiting):
                    waiting |= self._bound_to[group]
                waiting &= ~span
            self._whole[made_of] = span
        return self._whole[made_of]

    def apart(self, literals: Iterable[int]) -> list[list[int]]:
        """These, together where something has a say in both."""
        met: Span = 0
        found: dict[int, tuple[Span, list[int]]] = {}
        joined, owner = list[int](), dict[int, int]()
        for place, literal in enumerate(literals):
            joined.append(place)
            span, together = self.whole([literal]), [literal]
            fresh = span & ~met
            for other in _owners(span & met, found, joined, owner):
                joined[other] = place
                others = found.pop(other)
                span, together = span | others[0], [*others[1], *together]
            owner.update((group, place) for group in _groups(fresh))
            met |= span
            found[place] = span, together
        return [together for _, together in found.values()]


def _owners(
    span: Span, found: Mapping[int, tuple[Span, object]], joined: list[int], owner: Mapping[int, int]
) -> list[int]:
    """Which of those that were found have a say in this, in order: no other is looked at, as there may be thousands.

    `owner` has the place at which a group of inputs was first met, and `joined` the one that a place went into.
    """
    hit = []
    while span:
        place = owner[(span & -span).bit_length() - 1]
        while joined[place] != place:
            joined[place] = place = joined[joined[place]]
        hit.append(place)
        span &= ~found[place][0]
    return sorted(hit)


def _groups(span: Span) -> Iterator[int]:
    """The numbers of these groups."""
    while span:
        lowest = span & -span
        yield lowest.bit_length() - 1
        span ^= lowest
