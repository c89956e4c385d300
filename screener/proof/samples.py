"""Sets of answers drawn by lot, many at once: bit i of each word belongs to the i-th set.

Most of what can happen happens in one of some hundred sets, and is then known without a solver. The lots fall the same
way every time, so that a check says the same every time.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import TypeVar

from screener.proof.gates import Bits
from screener.proof.truths import Piece
from screener.rulefile.conditions.atoms import AllOf, AnyOf, Compare, Within
from screener.rulefile.conditions.tree import Atom, Condition, Not
from screener.rulefile.model import Question, RuleFile

#: How many sets are drawn at the beginning.
SAMPLES = 256
#: In halvings: how finely a share is measured out, and how seldom the sets that follow leads leave them.
_FINE, _SELDOM = 8, 8
Key = TypeVar("Key", bound=Hashable)
#: For each question what others wish to be answered to it: atoms that should hold, or should not.
Leads = Mapping[str, Collection[tuple[Atom, bool]]]


class Samples:
    """A source of answers. Some sets follow the leads all the way, others leave them now and then, others at once."""

    def __init__(self, leads: Leads) -> None:
        self._leads = leads
        self._random = Random(1)  # noqa: S311 - nothing here is a secret, and it must be the same every time

    def draw(self, question: Question, takes: Sequence[Piece], count: int, asked: Bits) -> list[Bits]:
        """For each piece that the question takes: the sets in which it is a part of the answer."""
        if not count:
            return [0] * len(takes)
        lots = _Lots(self._random, count)
        wishes = self._leads.get(question.id, ())
        closed = lots.closed() if question.reserved else 0
        real = [piece for piece in takes if piece not in question.reserved]
        words = _joined(
            _drawn(question, takes, wishes, lots, asked & ~closed), _drawn(question, real, wishes, lots, asked & closed)
        )
        return [words.get(piece, 0) for piece in takes]


def _drawn(
    question: Question, takes: Sequence[Piece], wishes: Collection[tuple[Atom, bool]], lots: "_Lots", sets: Bits
) -> dict[Piece, Bits]:
    """For each of these pieces the sets, out of those, in which it is a part of the answer."""
    if not sets:
        return {}
    leads = [piece for piece in takes if _leads(piece, wishes)]
    free = lots.free() if leads else lots.all
    if question.type == "many":
        return _several(question, takes, leads, lots, (sets & free, sets & ~free))
    return _joined(lots.shared(takes, sets & free), lots.shared(leads, sets & ~free))


class _Lots:
    """Lots over so many sets."""

    def __init__(self, random: Random, count: int) -> None:
        self._random, self._count = random, count
        self.all = (1 << count) - 1

    def some(self, one_in: float) -> Bits:
        """About one in so many sets."""
        if one_in <= 1:
            return self.all
        found, share = 0, round((1 << _FINE) / one_in)
        for place in range(_FINE):
            half = self._random.getrandbits(self._count)
            found = found | half if share >> place & 1 else found & half
        return found if one_in > 1 else self.all

    def free(self) -> Bits:
        """The sets that leave the leads: an eighth always, an eighth half the time, and so on, and an eighth never."""
        found, rare = 0, self.all
        for turn in range(_SELDOM - 1):
            found |= rare & self._every(turn)
            rare &= self._random.getrandbits(self._count)
        return found

    def closed(self) -> Bits:
        """The sets in which nothing is left open: every other eight."""
        eight = (1 << _SELDOM) - 1
        return self.all // ((1 << 2 * _SELDOM) - 1) * eight

    def _every(self, turn: int) -> Bits:
        """One set of each eight."""
        return self.all // ((1 << _SELDOM) - 1) << turn & self.all

    def shared(self, among: Sequence[Key], sets: Bits) -> dict[Key, Bits]:
        """These sets shared out, each to one."""
        found: dict[Key, Bits] = {}
        for left, one in zip(range(len(among), 0, -1), among, strict=True):
            found[one] = sets & self.some(left)
            sets &= ~found[one]
        return found

    def mostly_not(self, sets: Bits, one: bool, other: bool) -> Bits:
        """Of these sets those that go one way: a quarter if they could go another way too, else all or none."""
        return (sets & self.some(4) if other else sets) if one else 0

    def picked(self, density: tuple[Bits, Bits], liked: Bits, sets: Bits) -> Bits:
        """The sets that choose an option: few of the first, most of the second and where it is liked, else half."""
        few, most = density
        most |= liked
        return sets & ((self.some(8) & few & ~most) | (self.some(8 / 7) & most) | (self.some(2) & ~few & ~most))

    def density(self) -> tuple[Bits, Bits]:
        """The sets that choose few options, for short examples always the first ones, and those that choose most."""
        few = self.some(3) | (self.all >> (self._count * 7 // 8))
        return few, self.some(2) & ~few


def leads_of(rules: RuleFile) -> Leads:
    """For each question what conditions of later questions wish to be answered to it."""
    found: dict[str, set[tuple[Atom, bool]]] = {}
    for condition in {id(q.when): q.when for q in rules.questions if q.when is not None}.values():
        for atom, want in _wishes(condition, True):
            found.setdefault(atom.question, set()).add((atom, want))
    return found


def _wishes(condition: Condition, want: bool) -> Iterator[tuple[Atom, bool]]:
    """The atoms of a condition, and whether it is the more likely to hold if they do or if they don't."""
    if isinstance(condition, Not):
        yield from _wishes(condition.part, not want)
    elif isinstance(condition, Atom):
        yield condition, want
    else:
        for part in getattr(condition, "parts", ()):
            yield from _wishes(part, want)


def _leads(piece: Piece, wishes: Iterable[tuple[Atom, bool]]) -> bool:
    return any(_matches(piece, atom) is want for atom, want in wishes)


def _matches(piece: Piece, atom: Atom) -> bool:
    if isinstance(atom, AnyOf | AllOf):
        return piece in atom.options
    return bool(atom.matches(piece)) if isinstance(atom, Compare | Within) else True


def _several(
    question: Question, takes: Sequence[Piece], leads: Collection[Piece], lots: _Lots, sets: tuple[Bits, Bits]
) -> dict[Piece, Bits]:
    """One option that stands alone, or as many of the others as are to be chosen; the second sets follow the leads."""
    alone = [piece for piece in takes if piece in question.reserved or question.options[str(piece)].exclusive]
    together = [piece for piece in takes if piece not in alone]
    led = [piece for piece in alone if piece in leads]
    single = lots.mostly_not(sets[0], bool(alone), bool(together))
    follow = lots.mostly_not(sets[1], bool(led), len(led) < len(leads))
    words = _joined(lots.shared(alone, single), lots.shared(led, follow))
    several = (sets[0] & ~single) | (sets[1] & ~follow)
    density = lots.density()
    picked = [lots.picked(density, sets[1] if piece in leads else 0, several) for piece in together]
    low, high = question.limits
    least, most = int(str(low or 1)), int(str(high or len(together)))
    return words | dict(zip(together, _trimmed(picked, several, least, most), strict=True))


def _trimmed(picked: Iterable[Bits], sets: Bits, least: int, most: int) -> list[Bits]:
    """What was picked, without what is over the most, and with what is missing to the least."""
    found = list(picked)
    reached = [sets] + [0] * (least if most >= len(found) else max(least, most))
    for index, word in enumerate(found):
        found[index] = word & ~reached[most] if most < len(reached) else word
        _count(reached, found[index])
    for index, word in enumerate(found):
        missing = sets & ~reached[least] & ~word
        found[index] |= missing
        _count(reached, missing)
    return found


def _count(reached: list[Bits], word: Bits) -> None:
    """Entry k are the sets that have chosen at least k options by now."""
    for level in range(len(reached) - 1, 0, -1):
        reached[level] |= reached[level - 1] & word


def _joined(one: Mapping[Key, Bits], other: Mapping[Key, Bits]) -> dict[Key, Bits]:
    return {key: one.get(key, 0) | other.get(key, 0) for key in dict.fromkeys((*one, *other))}
