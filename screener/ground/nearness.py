"""Whether one name is a slip of the finger for another: never a different word, as two medicines may differ by little.

`prednisone` is no slip for `prednisolone`, nor `ampicillin` for `amoxicillin`: where two letters that stand together
are others, left out or added, it is another word. Two slips are two letters that stand apart from each other.
"""

#: Shorter words have room for one slip, longer ones for two.
_LONG = 6
_MOST, _SHORTEST = 2, 3


def nearness(word: str, name: str) -> int | None:
    """How many slips turn a word into a name, at most two; None if they are different words.

    Small and large letters, and blanks in the place of hyphens, make no difference.
    """
    typed, known = _plain(word), _plain(name)
    if typed == known:
        return 0
    if min(len(typed), len(known)) < _SHORTEST:
        return None
    if _slips(typed, known, 1):
        return 1
    two = min(len(typed), len(known)) >= _LONG and typed[0] == known[0]
    return _MOST if two and _slips(typed, known, _MOST) else None


def _plain(word: str) -> str:
    return word.strip().casefold().replace(" ", "-").replace("_", "-")


def _slips(typed: str, known: str, most: int) -> bool:
    """Whether at most so many slips, each with a letter in its place before the next, turn one into the other."""
    typed, known = _rest(typed, known)
    longer = len(known) - len(typed)
    if abs(longer) > most or most == 0:
        return typed == known
    swapped = len(typed) > 1 < len(known) and typed[:2] == known[1::-1]
    ways = [
        (longer > 0, typed, known[1:]),  # a letter was left out
        (longer < 0, typed[1:], known),  # one is too many
        (True, typed[1:], known[1:]),  # one is another
        (swapped, typed[2:], known[2:]),  # two are swapped
    ]
    return any(can and (one == other or _apart(one, other, most - 1)) for can, one, other in ways)


def _apart(typed: str, known: str, most: int) -> bool:
    return typed[:1] == known[:1] and typed != "" and _slips(typed, known, most)


def _rest(typed: str, known: str) -> tuple[str, str]:
    """What is left of both behind the beginning that they share."""
    same = next((i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), min(len(typed), len(known)))
    return typed[same:], known[same:]
