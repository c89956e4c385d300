"""The questionnaire as SVG, laid out in two columns on sheets of about one page."""

from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from screener.authoring.picture.blocks import COLUMN, LANE, Block, Lane, blocks
from screener.authoring.picture.elements import element, stylesheet, written
from screener.authoring.picture.labels import Names
from screener.authoring.picture.legend import Legend
from screener.authoring.picture.palette import next_steps, style
from screener.authoring.picture.pen import line
from screener.authoring.picture.steps import chart
from screener.rulefile.model import RuleFile

GUTTER, MARGIN = 22.0, 8.0
#: The height of a column: what still fits a page with its legend, and what is taken where one page is not enough.
_ONE_PAGE, _PAGE = 1450.0, 1250.0
_SMALL = 600.0
Column = list[Block]


class Sheet(NamedTuple):
    """What is drawn as one picture, of about one page at most."""

    columns: tuple[Column, ...]
    legend: Legend | None
    inner_width: float

    @property
    def width(self) -> float:
        """The same for all sheets, so that their letters are of one size."""
        return self.inner_width + 2 * MARGIN

    @property
    def height(self) -> float:
        """Legend and the highest column."""
        return self.top + max(_height(column) for column in self.columns) + MARGIN

    @property
    def top(self) -> float:
        """Where the columns begin."""
        return MARGIN + (self.legend.height if self.legend else 0)


def svg(rules: RuleFile) -> str:
    """The whole questionnaire as one SVG that needs nothing else."""
    made = sheets(rules)
    width, height = max(sheet.width for sheet in made), sum(sheet.height for sheet in made)
    root = _root(rules, width, height, "picture")
    stylesheet(root, style())
    element(root, "rect", class_="page", width=width, height=height)
    top = 0.0
    for sheet in made:
        _draw(element(root, "g", transform=f"translate(0 {top:.1f})"), sheet)
        top += sheet.height
    return written(root)


def pictures(rules: RuleFile) -> list[Element]:
    """The questionnaire as SVG elements, one a sheet, for a page that brings the style."""
    made = []
    for number, sheet in enumerate(sheets(rules), 1):
        root = _root(rules, sheet.width, sheet.height, f"picture-{number}")
        _draw(root, sheet)
        made.append(root)
    return made


def sheets(rules: RuleFile) -> list[Sheet]:
    """The questionnaire in columns: one for a few questions, else two to a sheet."""
    ways = next_steps(rules)
    all_ = blocks(rules, chart(rules, Names(rules)), ways)
    columns = _columns(all_)
    width = 2 * COLUMN + GUTTER if len(columns) > 1 else COLUMN
    legend = Legend(rules, ways, width)
    pairs = [tuple(columns[index : index + 2]) for index in range(0, len(columns), 2)]
    return [Sheet(pair, None if index else legend, width) for index, pair in enumerate(pairs)]


def _columns(all_: Column) -> list[Column]:
    """The shortest two columns that hold everything, or as many of a page's height as it takes."""
    whole = _height(all_)
    if whole <= _SMALL:
        return [all_]
    for limit in range(int(whole / 2), int(_ONE_PAGE), 5):
        if len(columns := _filled(all_, limit)) <= 2:
            return columns
    return _filled(all_, _PAGE)


def _filled(all_: Column, limit: float) -> list[Column]:
    """Columns filled from the top, one after the other; a heading stays with what it heads."""
    columns: list[Column] = [[]]
    height = 0.0
    for chunk in _chunks(all_):
        if columns[-1] and height + _height(chunk) > limit:
            columns.append(_carried_over(chunk))
            height = _height(columns[-1])
        else:
            columns[-1] += chunk
            height += _height(chunk)
    return columns


def _chunks(all_: Column) -> list[Column]:
    chunks: list[Column] = [[]]
    for block in all_:
        chunks[-1].append(block)
        if not block.glued:
            chunks.append([])
    return chunks[:-1]


def _carried_over(chunk: Column) -> Column:
    """The first blocks of a column, under the condition of the run that goes on in it."""
    lane = chunk[0].lane
    return [Lane(lane), *chunk] if lane and not isinstance(chunk[0], Lane) else list(chunk)


def _height(column: Column) -> float:
    return sum(block.height for block in column)


def _root(rules: RuleFile, width: float, height: float, id: str) -> Element:
    named = {"aria-labelledby": f"{id}-title {id}-desc", "lang": rules.language}
    box, kind = f"0 0 {width:.0f} {height:.0f}", "graph" if width > COLUMN + 2 * MARGIN else "graph small"
    root = element(None, "svg", xmlns="http://www.w3.org/2000/svg", class_=kind, viewBox=box, role="img")
    root.attrib |= named
    element(root, "title", f"{rules.title}: the questionnaire as a picture", id=f"{id}-title")
    element(root, "desc", _description(rules), id=f"{id}-desc")
    return root


def _description(rules: RuleFile) -> str:
    return (
        f"{len(rules.questions)} questions as steps from top to bottom. From each question, branches labelled with "
        f"answers lead to {len(rules.guidance)} guidance lines, and from these to {len(rules.dispositions)} next steps."
    )


def _draw(into: Element, sheet: Sheet) -> None:
    if sheet.legend:
        sheet.legend.draw(into, MARGIN, MARGIN)
    for index, column in enumerate(sheet.columns):
        _draw_column(into, column, MARGIN + index * (COLUMN + GUTTER), sheet.top)


def _draw_column(into: Element, column: Column, x: float, top: float) -> None:
    for lane, members in groupby(column, key=lambda block: block.lane):
        run = list(members)
        if lane:
            _rail(into, x, top, run)
        for block in run:
            block.draw(into, x + LANE, top)
            top += block.height


def _rail(into: Element, x: float, top: float, run: Column) -> None:
    """The line beside all steps of a run, from its condition down."""
    line(into, (x + LANE, top + 20), (x + 3, top + 20), (x + 3, top + _height(run)), (x + LANE, top + _height(run)))
