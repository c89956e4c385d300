"""Texts as Mermaid labels."""

from screener.authoring.picture.labels import cut

#: ASCII signs that mean nothing to Mermaid, Markdown or HTML. A point could make a list or an address of its word.
_SAFE = frozenset(" ,?!-")
#: Begins Mermaid's own form of entity codes.
_LIGATURE = "\ufb02"
#: How long a label may be, in cells; the other formats have every text in full.
_LONGEST = 300


def label(text: str) -> str:
    """The text as it may stand between the quotes of a label."""
    return "".join(letter if _harmless(letter) else f"#{ord(letter)};" for letter in cut(text, _LONGEST)[0])


def plain(text: str) -> str:
    """The text for places where entity codes are not read: with blanks for all that could mean something."""
    kept = "".join(letter if _harmless(letter) else " " for letter in cut(text, _LONGEST)[0])
    return " ".join(kept.split())


def _harmless(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in _SAFE
    return letter != _LIGATURE
