"""Text that is about to meet a person's eyes: what may not pass, and how it is made visible instead."""

import re

#: Control characters (C0, DEL, C1) but tab and line feed, line and paragraph separators, half and non-characters,
#: and the marks that turn the direction of text: they can move a cursor, fake a line or hide what is written.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The same text with every unsafe character written as `\\u001b`, so that hostile text stays text.

    In JSON that is the escape of the same character, so JSON means the same as before.
    """
    return UNSAFE.sub(_escaped, text.replace("\t", "    "))


def one_line(text: str) -> str:
    """`visible` text with line breaks and runs of blanks folded into single blanks."""
    return visible(" ".join(text.split()))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
