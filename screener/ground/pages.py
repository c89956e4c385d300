"""The only door to jinja2: a template, its style and values become one self-contained web page."""

import json
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from screener.ground.safetext import one_line, visible


def page(template: str, style: str, **values: object) -> str:
    """The page, with a line break at its end. Every text among the values stays text, whatever is in it.

    `style` is CSS of ours, put in as it is: it must hold no text of a rule file or a person. Raises jinja2's errors
    where the template asks for what is not there.
    """
    return _compiled(template).render(style=Markup(style), **values) + "\n"  # noqa: S704 – see above


def live_page(template: str, style: str, script: str, data: object, **values: object) -> str:
    """The same for a page with one script, and data for it.

    Script and style are ours, put in as they are; what the data hold stays data. `policy` is there for the page to name:
    under it nothing else runs, and nothing is fetched. Script and style must stand alone in their elements.
    """
    allowed = f"script-src {_hash(script)}; style-src {_hash(style)}"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    held = {"script": Markup(script), "data": Markup(_inside_a_script(data)), "policy": Markup(policy)}  # noqa: S704
    return page(template, style, **held, **values)


def _hash(text: str) -> str:
    """What a Content-Security-Policy calls the one script, or style, that has this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _inside_a_script(data: object) -> str:
    """The data as JSON that no text in it can end early: `</script>` and `<!--` begin with what is escaped."""
    return visible(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).replace("<", "\\u003c")


@lru_cache(maxsize=4)
def _compiled(template: str) -> Template:
    """The template as a program, made once for many pages."""
    return Environment(autoescape=True, finalize=_shown, undefined=StrictUndefined).from_string(template)


def _shown(value: object) -> object:
    """Texts on one line, without characters that could move a cursor or turn the direction of reading."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
