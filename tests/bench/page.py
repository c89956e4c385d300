"""The questionnaire as one page beside SurveyJS and LHC-Forms with the same questions: how large, and how soon usable.

python tests/bench/page.py [--rounds N]

Each page is a file on the disk, opened in a new browser profile, one after the other in each round: at full speed, and
with the processor slowed six times. A page is usable once its first question can be answered and was painted, counted
from the start of the navigation; on ours a script presses Start the moment that it is there. `tests/web/install`
brings the others.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

import browser as browsers
from paths import WEB

from screener.engine.answers import offered
from screener.exchange.fhir.export import questionnaire
from screener.page.build import webpage
from screener.rulefile.find import load_rules
from screener.rulefile.model import Question, RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODULES = WEB / "node_modules"
#: What ours may take at most: bytes, and milliseconds by how many times the processor is slowed.
MOST_BYTES = 90_000
TARGETS = {1: 100, 6: 600}
#: Only what takes so many times longer is a fault, and not a busy machine.
MARGIN = 3
FRAME = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>form</title>{head}</head>
<body><div id="form"></div>{scripts}<script>{show}</script></body></html>"""
SHOW_SURVEY = "new Survey.Model({given}).render(document.getElementById('form'));"
SHOW_FORM = """const given = {given};
const show = () => window.LForms?.FHIR?.R4 && customElements.get("wc-lhc-form")
    ? LForms.Util.addFormToPage(given, "form", {{ fhirVersion: "R4" }}) : setTimeout(show);
show();"""
# Looks again and again until something can be answered; then waits until that was painted.
LOOKED = """
globalThis.usable = new Promise((done) => {
    const there = (one) => one && one.parentElement.getBoundingClientRect().width > 0;
    const look = () => {
        const start = document.querySelector("main > .actions > button.main");
        if (start && !globalThis.began) {
            globalThis.began = performance.now();
            start.click();
        }
        if (!there(document.querySelector("#form input:enabled, #form textarea:enabled, main form input:enabled"))) {
            setTimeout(look);
        } else requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    };
    look();
});
"""


class Candidate(NamedTuple):
    """A page to open, and all the bytes that it is made of."""

    address: str
    bytes: int


class Opening(NamedTuple):
    """Milliseconds from the start of the navigation: to the button that begins, on ours, and to the first question."""

    start: float | None
    usable: float


def candidates(folder: Path, rules: RuleFile) -> Mapping[str, Candidate]:
    """The pages, written to the disk. The bare one has one button to choose and no more: what any page takes."""
    survey, forms = MODULES, browsers.BUILT
    bare = FRAME.format(head="", scripts="<p><input type=radio></p>", show="").replace('<div id="form"></div>', "")
    return {
        "bare": _written(folder / "bare.html", bare.replace("<p>", '<p id="form">')),
        "screener": _written(folder / "ours.html", webpage(rules)),
        "SurveyJS": _framed(
            folder / "survey.html",
            survey / "survey-core/survey-core.min.css",
            [survey / "survey-core/survey.core.min.js", survey / "survey-js-ui/survey-js-ui.min.js"],
            SHOW_SURVEY.format(given=_embedded(as_survey(rules))),
        ),
        "LHC-Forms": _framed(
            folder / "forms.html",
            forms / "webcomponent/styles.css",
            [
                forms / "webcomponent/assets/lib/zone.min.js",
                forms / "webcomponent/lhc-forms.js",
                forms / "fhir/R4/lformsFHIR.min.js",
            ],
            SHOW_FORM.format(given=_embedded(questionnaire(rules).resource)),
        ),
    }


def _framed(path: Path, style: Path, scripts: list[Path], show: str) -> Candidate:
    """A page that loads the files of others from where they are."""
    head = f'<link rel="stylesheet" href="{style.resolve().as_uri()}">'
    loaded = "".join(f'<script src="{one.resolve().as_uri()}"></script>' for one in scripts)
    page = _written(path, FRAME.format(head=head, scripts=loaded, show=show))
    return page._replace(bytes=page.bytes + sum(one.stat().st_size for one in (style, *scripts)))


def _written(path: Path, text: str) -> Candidate:
    path.write_text(text, "utf-8")
    return Candidate(path.as_uri(), len(text.encode()))


def _embedded(given: object) -> str:
    return json.dumps(given).replace("<", "\\u003c")


def as_survey(rules: RuleFile) -> Mapping[str, object]:
    """The same questions for SurveyJS, one on each page and all of them always asked: it has less to do than we."""
    asked = [_element(question) for question in rules.questions]
    return {"title": rules.title, "questionsOnPageMode": "questionPerPage", "elements": asked}


def _element(question: Question) -> Mapping[str, object]:
    kinds = {"one": "radiogroup", "yes-no": "radiogroup", "many": "checkbox", "text": "comment"}
    choices = [{"value": id, "text": label} for id, label in offered(question)]
    shown = {"name": question.id, "title": question.ask, "description": question.help}
    return {"type": kinds.get(question.type, "text"), **shown, **({"choices": choices} if choices else {})}


def opening(browser: "Browser", address: str, slowed: int) -> Opening:
    """Open a page as somebody does who never saw it."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    try:
        page = context.new_page()
        page.add_init_script(LOOKED)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        page.goto(address, wait_until="commit")
        found: list[Any] = page.evaluate("async () => [await usable, globalThis.began ?? null]")
        return Opening(found[1], found[0])
    finally:
        context.close()


def show(name: str, size: int, slowed: int, runs: list[Opening]) -> float:
    """Print the medians of one page; milliseconds to its first question."""
    usable = statistics.median(one.usable for one in runs)
    started = [one.start for one in runs if one.start is not None]
    start = f", its Start after {statistics.median(started):.0f} ms" if started else ""
    speed = "full speed" if slowed == 1 else f"slowed {slowed} times"
    print(f"{name:10} {size:>9,} bytes, {speed:14}: first question after {usable:6.0f} ms{start}", flush=True)
    return usable


def main() -> int:
    """Measure and print; 1 if ours is too large, or far too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds, code = parser.parse_args().rounds, 0
    with tempfile.TemporaryDirectory() as folder, browsers.browser() as browser:
        pages = candidates(Path(folder), load_rules("pico-laser"))
        for slowed, target in TARGETS.items():
            for page in pages.values():
                opening(browser, page.address, slowed)  # the first time the browser itself has more to do
            runs = [[opening(browser, page.address, slowed) for page in pages.values()] for _ in range(rounds)]
            columns = zip(pages.items(), zip(*runs, strict=True), strict=True)
            taken = {name: show(name, page.bytes, slowed, list(times)) for (name, page), times in columns}
            print(f"ours: at most {target} ms and {MOST_BYTES:,} bytes\n")
            code |= taken["screener"] > MARGIN * target or pages["screener"].bytes > MOST_BYTES
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
