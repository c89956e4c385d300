"""The questionnaire as one HTML page: the picture, and the same in words below it. No script, no network."""

from xml.etree.ElementTree import Element

from screener.authoring.picture.elements import element, stylesheet, written
from screener.authoring.picture.outline import outline
from screener.authoring.picture.palette import BORDERS, DARK, LIGHT, LINES, TONES, Colours, style
from screener.authoring.picture.picture import pictures
from screener.rulefile.model import RuleFile

#: Even if a browser could be talked into loading something, it may not.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_SHAPE = """
body { margin: 0 auto; padding: 1rem; max-width: 68rem; font: 1rem/1.5 Arial, Helvetica, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; }
figure { margin: 0; }
svg { display: block; width: 100%; height: auto; margin: 0 auto 1rem; }
svg.small { max-width: 40rem; }
code { font-size: 0.85em; }
.words { max-width: 46rem; }
li { margin: 0.3rem 0; }
li p { margin: 0; }
.way, .lane { padding: 0.1rem 0.4rem; border-radius: 0.25rem; -webkit-box-decoration-break: clone;
  box-decoration-break: clone; }
@page { margin: 8mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 9pt; }
  svg { max-height: 277mm; max-height: 97vh; margin: 0 auto; break-inside: avoid; break-after: page; }
  li li li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
"""


def page(rules: RuleFile) -> str:
    """The whole page; the file needs nothing beside it."""
    root = element(None, "html", lang=rules.language)
    head, body = element(root, "head"), element(root, "body")
    element(head, "meta", charset="utf-8")
    _meta(head, {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    element(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    element(head, "meta", name="color-scheme", content="light dark")
    element(head, "title", f"{rules.title}: the questionnaire as a picture")
    stylesheet(head, style() + _page_colours() + _SHAPE)
    _body(element(body, "main"), rules)
    return f"<!DOCTYPE html>\n{written(root)}"


def _body(main: Element, rules: RuleFile) -> None:
    figure = element(main, "figure")
    figure.extend(pictures(rules))
    words = element(main, "section", class_="words")
    element(words, "h1", f"{rules.title}: the same in words", dir="auto")
    element(words, "p", f"{rules.id} {rules.version}")
    outline(words, rules)


def _meta(head: Element, attributes: dict[str, str]) -> None:
    element(head, "meta").attrib.update(attributes)


def _page_colours() -> str:
    return (
        f"{_colours(LIGHT, LINES[0])}{''.join(_border(tone) for tone in TONES)}"
        f"@media screen and (prefers-color-scheme: dark) {{\n{_colours(DARK, LINES[1])}}}\n"
    )


def _colours(colours: Colours, line: str) -> str:
    named = {"body": "page", ".lane": "lane"} | {f".way.{tone}": tone for tone in TONES}
    rules = (f"{tag} {{ color: {colours[name][0]}; background: {colours[name][1]}; }}\n" for tag, name in named.items())
    return "".join(rules) + f".way {{ border-color: {line}; }}\n"


def _border(tone: str) -> str:
    width, *dashes = BORDERS[tone].split()
    return f".way.{tone} {{ border: {width}px {'dashed' if dashes else 'solid'}; }}\n"
