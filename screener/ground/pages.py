"""The only door to jinja2: a template, its style and values become one self-contained web page."""

from functools import lru_cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from screener.ground.safetext import one_line


def page(template: str, style: str, **values: object) -> str:
    """The page, with a line break at its end. Every text among the values stays text, whatever is in it.

    `style` is CSS of ours, put in as it is: it must hold no text of a rule file or a person. Raises jinja2's errors
    where the template asks for what is not there.
    """
    return _compiled(template).render(style=Markup(style), **values) + "\n"  # noqa: S704 – see above


@lru_cache(maxsize=4)
def _compiled(template: str) -> Template:
    """The template as a program, made once for many pages."""
    return Environment(autoescape=True, finalize=_shown, undefined=StrictUndefined).from_string(template)


def _shown(value: object) -> object:
    """Texts on one line, without characters that could move a cursor or turn the direction of reading."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
