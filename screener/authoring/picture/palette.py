"""How next steps are told apart, by sign, number, border and words before colour; and the colours."""

from typing import NamedTuple

from screener.rulefile.model import RuleFile

#: From the least to the most urgent.
TONES = ("calm", "mild", "mid", "high", "top")
_SIGNS = dict(zip(TONES, "●◆▲★■", strict=True))
#: Width and dashes of the border of each tone.
BORDERS = {"calm": "1", "mild": "1 2 2", "mid": "1.4 5 2", "high": "1.8 8 2 2 2", "top": "2.4"}

#: Kinds of letters: the heading, bold and plain text, and the same three small: plain, plain within bold, bold.
SIZES = {"h": 20.0, "b": 12.0, "t": 12.0, "s": 10.5, "i": 10.5, "x": 10.5}

#: Text and filled ground of everything, in light and in dark. Every text stands on the ground beside it.
Colours = dict[str, tuple[str, str]]
LIGHT: Colours = {
    "page": ("#1b1f24", "#ffffff"),
    "muted": ("#4d5560", "#ffffff"),
    "card": ("#1b1f24", "#f4f6f8"),
    "quiet": ("#4d5560", "#f4f6f8"),
    "note": ("#1b1f24", "#ffffff"),
    "topic": ("#4d5560", "#ffffff"),
    "lane": ("#3b2f63", "#ece8f7"),
    "calm": ("#0b4a6f", "#e3f1fa"),
    "mild": ("#0f5132", "#e2f3e8"),
    "mid": ("#5c3d00", "#fdf0d0"),
    "high": ("#7a2e0e", "#fde6d8"),
    "top": ("#7d1128", "#fde4e8"),
}
DARK: Colours = {
    "page": ("#e6e9ed", "#14171b"),
    "muted": ("#a9b2bd", "#14171b"),
    "card": ("#e6e9ed", "#20252b"),
    "quiet": ("#a9b2bd", "#20252b"),
    "note": ("#e6e9ed", "#14171b"),
    "topic": ("#a9b2bd", "#14171b"),
    "lane": ("#d9cffa", "#2e2747"),
    "calm": ("#a8d8f5", "#10324a"),
    "mild": ("#a9e2bf", "#123524"),
    "mid": ("#f6d58a", "#3f2e08"),
    "high": ("#fbc3a5", "#45200f"),
    "top": ("#fbb9c5", "#4c1420"),
}
#: Lines and arrows: seen on page and card, in light and in dark.
LINES = ("#6b7480", "#8b95a1")


class NextStep(NamedTuple):
    """How a disposition is shown wherever it stands."""

    id: str
    title: str
    says: str
    tone: str
    place: str

    @property
    def mark(self) -> str:
        """Sign and urgency: `▲ 2 of 3`."""
        return f"{_SIGNS[self.tone]} {self.place}"


def next_steps(rules: RuleFile) -> dict[str, NextStep]:
    """The dispositions by id, from the least to the most urgent."""
    count = len(rules.dispositions)
    return {
        one.id: NextStep(one.id, one.title, one.says, _tone(rank, count), f"{rank + 1} of {count}")
        for rank, one in enumerate(rules.dispositions)
    }


def _tone(rank: int, count: int) -> str:
    """The tones spread over the ranks, the last one for the most urgent."""
    return TONES[(rank * (len(TONES) - 1)) // (count - 1)] if count > 1 else TONES[0]


def style() -> str:
    """The colours as CSS, dark where the reader's screen is dark; paper is always light."""
    return (
        _text_rules()
        + _colour_rules(LIGHT, LINES[0])
        + "@media screen and (prefers-color-scheme: dark) {\n"
        + _colour_rules(DARK, LINES[1])
        + "}\n"
    )


def _text_rules() -> str:
    text = ".graph text { font-family: Arial, Helvetica, 'Liberation Sans', 'Noto Sans', sans-serif; }\n"
    text += "".join(f".graph .{name} {{ font-size: {size}px; }}\n" for name, size in SIZES.items())
    text += ".graph .h, .graph .b, .graph .x { font-weight: bold; }\n.graph .i { font-weight: normal; }\n"
    text += ".graph .m { text-anchor: middle; }\n"
    return text + "".join(_border_rule(tone) for tone in TONES)


def _border_rule(tone: str) -> str:
    width, *dashes = BORDERS[tone].split()
    dashed = f" stroke-dasharray: {' '.join(dashes)};" if dashes else ""
    return f".graph rect.{tone} {{ stroke-width: {width};{dashed} }}\n"


def _colour_rules(colours: Colours, line: str) -> str:
    text = f".graph .line {{ stroke: {line}; fill: none; }}\n.graph .head {{ fill: {line}; }}\n"
    for name, (ink, ground) in colours.items():
        edge = ink if name in TONES else line
        text += f".graph text.{name}, .graph tspan.{name} {{ fill: {ink}; }}\n"
        text += f".graph rect.{name} {{ fill: {ground}; stroke: {edge}; }}\n"
    return text
