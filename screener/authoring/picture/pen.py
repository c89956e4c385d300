"""Lines, boxes, arrows and texts of the picture."""

from xml.etree.ElementTree import Element

from screener.authoring.picture.elements import element
from screener.authoring.picture.palette import SIZES
from screener.ground.wrapping import cells

Point = tuple[float, float]
_NARROW, _WIDE = frozenset(" iljtfrI.,:;!|'()[]“”‘’-"), frozenset("MWmw@%—…")


def box(into: Element, kind: str, at: Point, size: Point) -> None:
    """A box in the colours of its kind: its top left corner, its width and height."""
    element(into, "rect", class_=kind, x=at[0], y=at[1], width=size[0], height=size[1], rx=4)


def write(into: Element, kind: str, at: Point, text: str, room: float) -> None:
    """One line of text in this room; one that wide letters make too long is squeezed rather than let out."""
    fit(element(into, "text", text, class_=kind, x=at[0], y=at[1]), text, kind, room)


def fit(made: Element, text: str, kind: str, room: float) -> None:
    """Squeeze a text into its room if it may be wider."""
    if _width(text, SIZES[kind.split(maxsplit=1)[0]]) > room:
        made.set("textLength", f"{room:.0f}")
        made.set("lengthAdjust", "spacingAndGlyphs")


def _width(text: str, size: float) -> float:
    """About how wide a text is in the fonts we ask for."""
    return size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.3
    if letter in _WIDE:
        return 0.92
    return 0.7 if letter.isupper() else 0.54 * cells(letter)


def line(into: Element, *points: Point) -> None:
    """A line through these points."""
    element(into, "path", class_="line", d=_path(*points))


def arrow(into: Element, *points: Point) -> None:
    """A line through these points with a head at its end; the last part runs right or down."""
    line(into, *points)
    (_, above), (x, y) = points[-2], points[-1]
    downward = y > above
    corners = ((x - 3, y - 5), (x + 3, y - 5)) if downward else ((x - 5, y - 3), (x - 5, y + 3))
    element(into, "path", class_="head", d=_path(*corners, (x, y)) + "Z")


def _path(*points: Point) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
