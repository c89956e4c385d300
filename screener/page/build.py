"""A rule file as one self-contained page that asks its questions and gives the summary, without a server."""

from pathlib import Path
from typing import NamedTuple

from screener.engine.addressed import in_general
from screener.engine.answers import offered
from screener.ground.files import read_text
from screener.ground.pages import Packet, live_page
from screener.page.script import script as engine
from screener.page.table import table
from screener.page.words import NO_SCRIPT, words
from screener.rulefile.model import RuleFile
from screener.summary import webpage as summary

_HERE = Path(__file__).parent
#: Languages that are written from right to left, and scripts by which any language says that it is.
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_SCRIPTS_RIGHT_TO_LEFT = frozenset({"adlm", "arab", "hebr", "nkoo", "syrc", "thaa"})
_LETTERS_OF_A_SCRIPT = 4


class PageKind(NamedTuple):
    """How a page is used. By default by one person, at home, with a code that everybody can read.

    With `idle` it is for a tablet that many people use: untouched for so many seconds, it is cleared. With `key`, the
    32 bytes of a clinic's public key, its codes are sealed for that clinic.
    """

    idle: int | None = None
    key: bytes | None = None


AT_HOME = PageKind()


def webpage(rules: RuleFile, kind: PageKind = AT_HOME) -> str:
    """The whole page."""
    return _page(rules, kind, embedded=False)


def fragment(rules: RuleFile, kind: PageKind = AT_HOME) -> str:
    """The same as one element, to be put into a page of somebody else."""
    return _page(rules, kind, embedded=True)


def _page(rules: RuleFile, kind: PageKind, embedded: bool) -> str:
    style = summary.style() + _file("pages/page.css")
    general = in_general(rules)
    return live_page(
        _file("pages/page.html"),
        style,
        Packet(_alone(_file("pages/unpack.js")), script(), _data(rules, kind, style if embedded else None)),
        embedded=embedded,
        language=rules.language,
        direction=direction(rules.language),
        title=rules.title,
        no_script=NO_SCRIPT,
        questions=general.questions,
        offered=offered,
        referral=general.referral.says,
    )


def _data(rules: RuleFile, kind: PageKind, style: str | None) -> dict[str, object]:
    """What the script is told: the table of the rule file, words, and how the page is used."""
    key = list(kind.key) if kind.key else None
    more: dict[str, object | None] = {"idle": kind.idle, "key": key, "style": style}
    told = {name: value for name, value in more.items() if value is not None}
    return {"table": table(rules), "words": words(rules, kiosk=kind.idle is not None), **told}


def script() -> str:
    """All of the script, the same for every page: each file is an expression, made of what those before it are."""
    parts = {
        "engine": engine(),
        "sheets": _call("pages/sheet.js", "engine"),
        "pack": _file("pack.js"),
        "seal": _file("seal.js"),
        "qr": f"((exports) => {{\n{_licence()}\n{_file('vendor/lean-qr.js')}\nreturn exports;\n}})({{}})",
        "make": _file("pages/elements.js"),
        "paper": _call("pages/paper.js", "make"),
        "code": _call("pages/code.js", "engine", "pack", "seal", "qr", "make"),
        "asking": _call("pages/asking.js", "engine", "make"),
        "kiosk": _call("pages/kiosk.js", "make", "sheets.fill"),
        "app": _call("pages/app.js", "engine", "sheets", "make", "paper", "asking", "kiosk", "code"),
    }
    made = "\n".join(f"const {name} = {text};" for name, text in parts.items())
    return _alone(f"{made}\n{_file('pages/begin.js')}")


def _alone(statements: str) -> str:
    """A script that leaves nothing behind in the page."""
    return f'(() => {{\n"use strict";\n{statements}\n}})();\n'


def _licence() -> str:
    return "\n".join(f"// {line}".rstrip() for line in _file("vendor/lean-qr.LICENSE").splitlines())


def _call(name: str, *parts: str) -> str:
    return f"{_file(name)}({', '.join(parts)})"


def _file(name: str) -> str:
    return read_text(_HERE / name).rstrip()


def direction(language: str) -> str:
    """Which way a language is written: `rtl` or `ltr`. A script in its tag, as in `az-Arab`, decides."""
    name, *tags = language.lower().split("-")
    scripts = [tag for tag in tags if len(tag) == _LETTERS_OF_A_SCRIPT and tag.isalpha()]
    backwards = scripts[0] in _SCRIPTS_RIGHT_TO_LEFT if scripts else name in _RIGHT_TO_LEFT
    return "rtl" if backwards else "ltr"
