"""A rule file as one self-contained page that asks its questions and gives the summary, without a server."""

from pathlib import Path

from screener.engine.addressed import in_general
from screener.engine.answers import offered
from screener.ground.files import read_text
from screener.ground.pages import live_page
from screener.page.script import script as engine
from screener.page.table import table
from screener.page.words import NO_SCRIPT, words
from screener.rulefile.model import RuleFile
from screener.summary import webpage as summary

_PAGES = Path(__file__).with_name("pages")
#: Languages that are written from right to left, and scripts by which any language says that it is.
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_SCRIPTS_RIGHT_TO_LEFT = frozenset({"adlm", "arab", "hebr", "nkoo", "syrc", "thaa"})
_LETTERS_OF_A_SCRIPT = 4


def webpage(rules: RuleFile, idle: int | None = None) -> str:
    """The whole page. With `idle` it is for a tablet that many people use: untouched for so long, it is cleared."""
    return _page(rules, idle, embedded=False)


def fragment(rules: RuleFile, idle: int | None = None) -> str:
    """The same as one element, to be put into a page of somebody else."""
    return _page(rules, idle, embedded=True)


def _page(rules: RuleFile, idle: int | None, embedded: bool) -> str:
    style = summary.style() + read_text(_PAGES / "page.css")
    data = {"table": table(rules), "words": words(rules, kiosk=idle is not None)}
    general = in_general(rules)
    return live_page(
        read_text(_PAGES / "page.html"),
        style,
        _script(),
        data | ({"idle": idle} if idle else {}) | ({"style": style} if embedded else {}),
        embedded=embedded,
        language=rules.language,
        direction=direction(rules.language),
        title=rules.title,
        no_script=NO_SCRIPT,
        questions=general.questions,
        offered=offered,
        referral=general.referral.says,
    )


def _script() -> str:
    """All of the script: each file is an expression, made of what those before it are."""
    parts = {
        "engine": engine(),
        "sheets": _call("sheet.js", "engine"),
        "make": _file("elements.js"),
        "paper": _call("paper.js", "make"),
        "asking": _call("asking.js", "engine", "make"),
        "kiosk": _call("kiosk.js", "make", "sheets.fill"),
        "code": "null",
        "app": _call("app.js", "engine", "sheets", "make", "paper", "asking", "kiosk", "code"),
    }
    made = "\n".join(f"const {name} = {text};" for name, text in parts.items())
    return f'(() => {{\n"use strict";\n{made}\n{_file("begin.js")}\n}})();\n'


def _call(name: str, *parts: str) -> str:
    return f"{_file(name)}({', '.join(parts)})"


def _file(name: str) -> str:
    return read_text(_PAGES / name).rstrip()


def direction(language: str) -> str:
    """Which way a language is written: `rtl` or `ltr`. A script in its tag, as in `az-Arab`, decides."""
    name, *tags = language.lower().split("-")
    scripts = [tag for tag in tags if len(tag) == _LETTERS_OF_A_SCRIPT and tag.isalpha()]
    backwards = scripts[0] in _SCRIPTS_RIGHT_TO_LEFT if scripts else name in _RIGHT_TO_LEFT
    return "rtl" if backwards else "ltr"
