"""Questionnaires of FHIR as somebody else shows them: LHC-Forms in a browser; and as somebody else validates them.

`tests/web/install` brings what this needs. Nothing here goes to the network: the pages are fulfilled from disk.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from paths import WEB

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

BUILT = WEB / "node_modules/lforms/dist/lforms"
ORIGIN = "http://forms.test"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
LABELS = "label.ant-radio-wrapper, label.ant-checkbox-wrapper"
LISTED = "#lhc-tools-searchResults li"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>forms</title>
<link rel="stylesheet" href="/webcomponent/styles.css">
<style>*, *::before, *::after { animation: none !important; transition: none !important; }</style></head>
<body><div id="form"></div>
<script src="/webcomponent/assets/lib/zone.min.js"></script>
<script src="/webcomponent/lhc-forms.js"></script><script src="/fhir/R4/lformsFHIR.min.js"></script>
</body></html>
"""
SHOW = """async ([questionnaire, response]) => {
    LForms.addedFormDefs = [];
    const form = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, "R4");
    const merged = response ? LForms.Util.mergeFHIRDataIntoLForms(response, form, "R4") : form;
    await LForms.Util.addFormToPage(merged, "form", {fhirVersion: "R4"});
}"""
# Expressions are evaluated after the event that asks for them.
SETTLED = "() => new Promise((done) => setTimeout(() => setTimeout(() => requestAnimationFrame(done))))"
# What takes room on the page: an item is there when its part of the page is, and what can be answered in it, is.
SEEN = """() => {
    const seen = (element) => {
        const {width, height} = element.getBoundingClientRect();
        return width > 0 && height > 0 && element.checkVisibility({opacityProperty: true, visibilityProperty: true});
    };
    return [...document.querySelectorAll("#form lhc-item")].filter((item) => seen(item) && [...item.querySelectorAll(
        ":scope > lhc-item-question .lhc-de-input-unit :is(input, textarea, nz-radio-group, nz-checkbox-wrapper)"
    )].some(seen)).map((item) => item.id);
}"""

#: The sans-serif letters that Linux systems have: wide, middling and narrow.
FONTS = ("DejaVu Sans", "Noto Sans", "Liberation Sans")


def chromium() -> str | None:
    """The path of an installed browser."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next(filter(None, found), None)


def missing() -> str:
    """What is missing for showing forms, as a sentence; empty when all is there."""
    there = {
        "a browser (chromium)": chromium(),
        "the Python package playwright": find_spec("playwright"),
        "Node.js": shutil.which("node"),
        f"the fonts {', '.join(FONTS)}": _fonts(),
        "tests/web/node_modules": (BUILT / "webcomponent/lhc-forms.js").is_file() and _built("@medplum/core"),
    }
    lacking = [name for name, found in there.items() if not found]
    return f"Missing: {', '.join(lacking)}. `tests/web/install` installs all but Python packages." if lacking else ""


def _fonts() -> bool:
    if not (program := shutil.which("fc-list")):
        return False
    listed = subprocess.run([program, ":", "family"], capture_output=True, text=True, encoding="utf-8", check=True)
    families = {name for line in listed.stdout.splitlines() for name in line.split(",")}
    return families.issuperset(FONTS)


def _built(package: str) -> bool:
    return (WEB / "node_modules" / package / "package.json").is_file()


@contextmanager
def browser() -> Iterator["Browser"]:
    """A browser without a window, which finds no name on any network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def blank(opened: "Browser") -> Iterator["Page"]:
    """A page that can show forms, one after the other. It is offline; our own files come from the disk."""
    context = opened.new_context(offline=True, service_workers="block", viewport={"width": 1200, "height": 2000})
    context.set_default_timeout(5_000)
    context.route("**/*", _serve)
    try:
        page = context.new_page()
        page.goto(f"{ORIGIN}/")
        page.wait_for_function("!!(window.LForms?.FHIR?.R4 && customElements.get('wc-lhc-form'))")
        yield page
    finally:
        context.close()


def _serve(route: "Route") -> None:
    address = urlsplit(route.request.url)
    file = (BUILT / unquote(address.path).lstrip("/")).resolve()
    if f"{address.scheme}://{address.netloc}" != ORIGIN:
        route.abort()
    elif address.path == "/":
        route.fulfill(body=PAGE, content_type="text/html")
    elif file.is_file() and file.is_relative_to(BUILT.resolve()):
        route.fulfill(path=file)
    else:
        route.fulfill(status=404)


class Form:
    """A Questionnaire on the page, with the answers of a QuestionnaireResponse when there is one."""

    def __init__(self, page: "Page", questionnaire: dict[str, Any], response: dict[str, Any] | None = None) -> None:
        self.page = page
        self._items = dict(_items(questionnaire.get("item", []), 1))
        page.evaluate(SHOW, [questionnaire, response])

    def seen(self) -> list[str]:
        """The linkIds of the questions that can be seen and answered, in the order of the page."""
        identifiers = {self._element(link_id): link_id for link_id, item in self._items.items() if _is_question(item)}
        shown: list[str] = self.page.evaluate(SEEN)
        return [identifiers[name.removeprefix("item-")] for name in shown]

    def text(self) -> str:
        """All that can be read on the page."""
        return self.page.locator("#form").inner_text()

    def control(self, link_id: str) -> str:
        """How a question is answered: radio, checkbox, list or text."""
        item = self._item(link_id)
        for kind in ("radio", "checkbox"):
            if item.locator(f"input[type={kind}]").count():
                return kind
        return "list" if item.locator("lhc-autocomplete").count() else "text"

    def options(self, link_id: str) -> list[str]:
        """What can be chosen, as it is written there."""
        if self.control(link_id) != "list":
            return [text.strip() for text in self._item(link_id).locator(LABELS).all_inner_texts()]
        self._open(link_id)
        found = self.page.locator(LISTED).all_inner_texts()
        self._close(link_id)
        return [re.sub(r"^\d+:\s*", "", text).strip() for text in found]

    def answer(self, link_id: str, value: object) -> None:
        """Answer as somebody at the page would: click what is meant, or type it. A list is the whole choice.

        A choice is named by its display text, a boolean by true, false or None; a date is written as in FHIR.
        None takes an answer back, except from the radio buttons of a choice: the form has no way to do that.
        """
        kind = self.control(link_id)
        if kind == "radio":
            words: dict[object, str] = {True: "Yes", False: "No", None: "Not Answered"}
            self._option(link_id, words.get(value, str(value))).click()
        elif kind == "checkbox":
            names = self.options(link_id)
            if unknown := [name for name in _listed(value) if name not in names]:
                raise ValueError(f"{link_id} has no {unknown}")
            for name in names:
                self._option(link_id, name).set_checked(name in _listed(value))
        elif kind == "list":
            self._pick(link_id, _listed(value))
        else:
            self._type(link_id, value)
        self.page.evaluate(SETTLED)

    def response(self) -> dict[str, Any]:
        """The QuestionnaireResponse as the form itself would hand it on."""
        found: dict[str, Any] | None = self.page.evaluate("LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')")
        if found is None:
            raise ValueError(f"The form hands on nothing: {self.page.evaluate('LForms.Util.checkValidity()')}")
        return found

    def _element(self, link_id: str) -> str:
        return link_id + "/1" * int(self._items[link_id]["depth"])

    def _item(self, link_id: str) -> "Locator":
        return self.page.locator(f"[id={json.dumps('item-' + self._element(link_id))}] > lhc-item-question")

    def _option(self, link_id: str, name: str) -> "Locator":
        return self._item(link_id).locator(LABELS).filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))

    def _open(self, link_id: str) -> None:
        field = self._item(link_id).locator("lhc-autocomplete input")
        field.blur()  # a list that is open already would not open anew
        field.click()
        more = self.page.locator("#lhc-tools-moreResults")
        if more.is_visible():
            more.click()

    def _close(self, link_id: str) -> None:
        self.page.evaluate(SETTLED)  # the field takes the focus back a moment after a click on the list
        field = self._item(link_id).locator("lhc-autocomplete input")
        field.press("Escape")
        field.blur()  # with the Tab key, the list of the next question would open
        self.page.locator(LISTED).first.wait_for(state="hidden")

    def _pick(self, link_id: str, names: list[str]) -> None:
        item = self._item(link_id)
        while item.locator(".autocomp_selected li button").count():
            item.locator(".autocomp_selected li button").first.click()
        item.locator("lhc-autocomplete input").fill("")
        for name in names:
            self._open(link_id)
            self.page.locator(LISTED).filter(has_text=re.compile(rf"^(\d+:)?\s*{re.escape(name)}\s*$")).click()
        self._close(link_id)

    def _type(self, link_id: str, value: object) -> None:
        field = self._item(link_id).locator(".lhc-de-input-unit :is(input, textarea)").first
        is_date = self._items[link_id]["type"] == "date"
        if is_date and value is None:
            field.hover()
            self._item(link_id).locator("nz-date-picker .ant-picker-clear").click()
            return
        if is_date:
            year, month, day = str(value).split("-")
            value = f"{month}/{day}/{year}"
        field.click()
        field.fill("" if value is None else str(value))
        field.press("Enter" if is_date else "Tab")


def show(page: "Page", questionnaire: dict[str, Any], response: dict[str, Any] | None = None) -> list[str]:
    """The questions that are seen for these answers, by linkId, in the order of the page."""
    return Form(page, questionnaire, response).seen()


def _items(items: list[dict[str, Any]], depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in items:
        yield item["linkId"], {"type": item["type"], "depth": depth}
        yield from _items(item.get("item", []), depth + 1)


def _is_question(item: dict[str, Any]) -> bool:
    return item["type"] not in {"group", "display"}


def _listed(value: object) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [str(value)] if value is not None else []


def validate(resources: list[dict[str, Any]]) -> list[list[str]]:
    """For each resource, what the R4 definitions do not allow in it, as @medplum/core sees it."""
    command = [shutil.which("node") or "node", str(WEB / "validate.mjs")]
    done = subprocess.run(
        command, input=json.dumps(resources), capture_output=True, text=True, encoding="utf-8", check=True, timeout=120
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found
