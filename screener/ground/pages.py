"""The only door to jinja2: a template, its style and values become one self-contained web page."""

import json
import zlib
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from screener.ground.safetext import one_line, visible


def page(template: str, style: str, **values: object) -> str:
    """The page, with a line break at its end. Every text among the values stays text, whatever is in it.

    `style` is CSS of ours, put in as it is: it must hold no text of a rule file or a person. Raises jinja2's errors
    where the template asks for what is not there.
    """
    return _compiled(template).render(style=Markup(style), **values) + "\n"  # noqa: S704 – see above


def picture(svg: str) -> Markup:
    """A picture that a library drew, and in which it escaped every text: a page takes it as it is."""
    return Markup(svg)  # noqa: S704 – see above


class Packet(NamedTuple):
    """What makes a page live: a script, the data that it reads, and a first script, which unpacks both."""

    unpack: str
    script: str
    data: object


def live_page(template: str, style: str, packet: Packet, **values: object) -> str:
    """The same for a page that does something: `packed` and `unpack` are there for it to put into scripts.

    The scripts and the style are ours, put in as they are; what the data holds stays data. `policy` is there to be
    named: under it nothing else runs, and nothing is fetched. The first script and the style must stand alone in their
    elements.
    """
    scripts = f"{_hash(packet.unpack)} {_hash(packet.script)}"
    policy = f"default-src 'none'; script-src {scripts}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    held = {"unpack": packet.unpack, "packed": _packed(packet), "policy": policy}
    return page(template, style, **{name: Markup(text) for name, text in held.items()}, **values)  # noqa: S704 – see above


def _hash(text: str) -> str:
    """What a Content-Security-Policy calls the one script, or style, that has this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _packed(packet: Packet) -> str:
    """The script and the data, squeezed: base64 of the zlib format, in which no text can end an element early."""
    data = visible(json.dumps(packet.data, ensure_ascii=False, separators=(",", ":")))
    whole = json.dumps([packet.script, data], ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(whole.encode(), 9)).decode()


@lru_cache(maxsize=4)
def _compiled(template: str) -> Template:
    """The template as a program, made once for many pages."""
    return Environment(autoescape=True, finalize=_shown, undefined=StrictUndefined).from_string(template)


def _shown(value: object) -> object:
    """Texts on one line, without characters that could move a cursor or turn the direction of reading."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
