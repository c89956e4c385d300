"""What a file says of an answer by itself, in one matter.

What comes out of conditions hangs on nothing else than what each says of an answer: that it is among some options, or
beyond a limit. So people who chose quite different options are alike if no condition speaks of these.
"""

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from screener.ground.marks import Mark
from screener.records.impact.matters import Matter
from screener.records.impact.reading import Reading
from screener.rulefile.conditions.tree import Atom, Condition
from screener.rulefile.model import RuleFile
from screener.rulefile.repeats import Speaker, repeats


class Saying(NamedTuple):
    """All that a file says of the answers to a question, in the order of the file; `whole` if a text repeats them."""

    atoms: tuple[Atom, ...]
    whole: bool

    def of(self, reading: Reading) -> Hashable:
        """What it says of an answer; the same for answers that are alike."""
        if reading is None or self.whole or isinstance(reading, Mark):
            return reading
        return tuple(atom.matches(reading) for atom in self.atoms)


def sayings(rules: RuleFile, matter: Matter, step: str | None) -> dict[str, Saying]:
    """What a file that is narrowed to a matter says of each question; the step is the one that it is about, if any."""
    atoms = [atom for when in _conditions(rules, matter) if when is not None for atom in when.atoms()]
    repeated = {id for one in _speaking(rules, step) for ids in repeats(one).values() for id in ids}
    return {id: Saying(tuple(atom for atom in atoms if atom.question == id), id in repeated) for id in matter.questions}


def _conditions(rules: RuleFile, matter: Matter) -> Iterator[Condition | None]:
    yield from (line.when for line in rules.guidance)
    yield from (rules.shown_by(id) for id in matter.questions if id in rules.by_question)
    yield from (one.when for one in rules.referrals)


def _speaking(rules: RuleFile, step: str | None) -> Iterator[Speaker]:
    yield from rules.guidance
    yield from (one for one in rules.dispositions if one.id == step)
    yield from rules.referrals
