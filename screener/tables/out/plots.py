"""Bars as SVG, to stand in a page. The only door to pygal."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import pygal
from pygal.style import Style

#: Dark enough on white to be told apart, also in grey.
_COLORS = ("#0b4a6f", "#8fb8d1")

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    colors=_COLORS,
    font_family="system-ui, sans-serif",
    label_font_size=11,
    legend_font_size=11,
)
#: One width for all, no script, and the same text for the same numbers.
_LOOK: dict[str, Any] = {
    "width": 800,
    "js": [],
    "no_prefix": True,
    "disable_xml_declaration": True,
    "truncate_label": 60,
    "legend_at_bottom": True,
    "print_values": False,
    "show_y_guides": False,
    "pretty_print": False,
}


def bars(labels: Sequence[str], values: Mapping[str, Sequence[int | None]]) -> str:
    """A bar for each label, from top to bottom, with its parts one behind the other; None is left out. No script."""
    chart = pygal.HorizontalStackedBar(style=_STYLE, height=70 + 26 * len(labels), show_legend=len(values) > 1, **_LOOK)
    chart.x_labels = list(reversed(labels))
    for name, some in values.items():
        chart.add(name, list(reversed(some)))
    tree = chart.render_tree()
    for part in tree.iter():
        for script in [one for one in part if one.tag == "script"]:
            part.remove(script)
    return ElementTree.tostring(tree, encoding="unicode")
