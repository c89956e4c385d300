"""How next steps are told apart: by sign, number, border and words before colour."""

from typing import NamedTuple

from screener.rulefile.model import RuleFile


class Tone(NamedTuple):
    """A sign; text and ground on a light and on a dark page; the border, its width and then its dashes in Mermaid."""

    sign: str
    light: tuple[str, str]
    dark: tuple[str, str]
    border: tuple[float, str]


#: From the least to the most urgent.
TONES = {
    "calm": Tone("●", ("#0b4a6f", "#e3f1fa"), ("#a8d8f5", "#10324a"), (1, "")),
    "mild": Tone("◆", ("#0f5132", "#e2f3e8"), ("#a9e2bf", "#123524"), (1, "2 2")),
    "mid": Tone("▲", ("#5c3d00", "#fdf0d0"), ("#f6d58a", "#3f2e08"), (1.4, "5 2")),
    "high": Tone("★", ("#7a2e0e", "#fde6d8"), ("#fbc3a5", "#45200f"), (1.8, "8 2 2 2")),
    "top": Tone("■", ("#7d1128", "#fde4e8"), ("#fbb9c5", "#4c1420"), (2.4, "")),
}


class NextStep(NamedTuple):
    """How a disposition is shown: `rank` counts from 1, the least urgent; `tone` names one of TONES."""

    id: str
    title: str
    says: str
    sources: tuple[str, ...]
    rank: int
    tone: str
    mark: str


def next_steps(rules: RuleFile) -> dict[str, NextStep]:
    """The dispositions by id, from the least to the most urgent, marked with sign and urgency: `▲ 2 of 3`."""
    made, count, names = {}, len(rules.dispositions), list(TONES)
    for rank, way in enumerate(rules.dispositions, 1):
        tone = names[(rank - 1) * (len(names) - 1) // max(1, count - 1)]  # spread; the last for the most urgent
        mark = f"{TONES[tone].sign} {rank} of {count}"
        made[way.id] = NextStep(way.id, way.title, way.says, way.sources, rank, tone, mark)
    return made
