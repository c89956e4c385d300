"""What a browser has made of a page: where texts and frames are, and how well texts can be read."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Frames are what can be seen around a text: a border or a ground of its own. Lines of a text are counted one by one.
# Two lines of text run over each other where they share more than a third of their height: glyphs need not touch then.
MISPLACED = """() => {
    const found = [], slack = 1;
    const clear = (colour) => /^(transparent|rgba\\(.*, 0\\))$/.test(colour);
    const framed = (element) => {
        const style = getComputedStyle(element);
        const sides = ["Top", "Right", "Bottom", "Left"].map((side) => style[`border${side}Width`]);
        return !clear(style.backgroundColor) || sides.some((width) => parseFloat(width) > 0);
    };
    const frames = [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility() && framed(one));
    const inside = (inner, outer) => inner.left >= outer.left - slack && inner.right <= outer.right + slack
        && inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
    const apart = (one, other, part) => one.left >= other.right - slack || other.left >= one.right - slack
        || Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
            <= Math.max(slack, part * Math.min(one.height, other.height));
    const name = (element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`;
    const boxes = frames.map((frame) => frame.getBoundingClientRect()), texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walker.nextNode()) {
        const node = walker.currentNode, around = node.parentElement;
        if (!node.data.trim() || !around.checkVisibility()) continue;
        range.selectNodeContents(node);
        for (const line of range.getClientRects()) {
            if (line.width > 0) texts.push([line, node]);
            if (line.left < 0 || line.right > innerWidth) found.push(`off the page: ${node.data}`);
            frames.forEach((frame, at) => {
                if (frame.contains(node) && !inside(line, boxes[at])) found.push(`${node.data} leaves ${name(frame)}`);
            });
        }
    }
    frames.forEach((one, at) => frames.slice(at + 1).forEach((other, after) => {
        const related = one.contains(other) || other.contains(one);
        if (related ? one.contains(other) && !inside(boxes[at + 1 + after], boxes[at])
            : !apart(boxes[at], boxes[at + 1 + after], 0)) found.push(`${name(one)} and ${name(other)}`);
    }));
    texts.sort(([one], [other]) => one.top - other.top);
    texts.forEach(([line, node], at) => {
        for (let next = at + 1; next < texts.length && texts[next][0].top < line.bottom; next++)
            if (!apart(line, texts[next][0], 1 / 3)) found.push(`${node.data} runs over ${texts[next][1].data}`);
    });
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page is wider than the screen");
    return {frames: frames.length, texts: texts.length, found};
}"""
# The colour of every text, and the ground it is on, as the browser has worked them out.
COLOURS = """() => {
    const pairs = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const ground = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        return /, 0\\)$/.test(colour) && element.parentElement ? ground(element.parentElement) : colour;
    };
    while (walker.nextNode()) {
        const around = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim()) pairs.add(`${getComputedStyle(around).color} on ${ground(around)}`);
    }
    return [...pairs].sort();
}"""


def misplaced(page: "Page") -> list[str]:
    """What is not where it belongs on a page: texts and frames that leave the frame around them, or meet another.

    Raises ValueError where there is nothing to measure.
    """
    measured: dict[str, Any] = page.evaluate(MISPLACED)
    if measured["frames"] < 3 or measured["texts"] < 3:
        raise ValueError(f"too little to measure: {measured}")
    return list(measured["found"])


def contrasts(page: "Page") -> dict[str, float]:
    """The contrast of every kind of text with its ground, as WCAG 2 defines it, under `colour on ground`."""
    pairs: list[str] = page.evaluate(COLOURS)
    return {pair: _contrast(*(_luminance(colour) for colour in pair.split(" on "))) for pair in pairs}


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(colour: str) -> float:
    """Of a colour such as `rgb(27, 31, 36)`; nothing here is half transparent."""
    found = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    if found is None:
        raise ValueError(colour)
    parts = [int(part) / 255 for part in found.groups()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
