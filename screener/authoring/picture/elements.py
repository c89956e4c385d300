"""The only place where texts become part of a page: as text of a tree, which can't become anything else."""

from xml.etree.ElementTree import Element, SubElement, tostring

from screener.ground.safetext import one_line


def element(parent: Element | None, tag: str, text: str = "", /, **attributes: str | float) -> Element:
    """A new element under the parent. `class_` stands for `class`, other `_` for `-`.

    Attributes are ours alone: a text of a rule file is only ever handed in as `text`.
    """
    named = {key.rstrip("_").replace("_", "-"): _plain(value) for key, value in attributes.items()}
    made = Element(tag, named) if parent is None else SubElement(parent, tag, named)
    if text:
        made.text = one_line(text)
    return made


def _plain(value: str | float) -> str:
    """A number without a needless fraction, the same on every machine."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def stylesheet(parent: Element, css: str) -> None:
    """A style sheet of ours. It must hold nothing that XML would escape and HTML would not read back."""
    SubElement(parent, "style").text = css


def written(root: Element) -> str:
    """The tree as text that XML and HTML read alike."""
    return tostring(root, encoding="unicode") + "\n"
