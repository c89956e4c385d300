"""A questionnaire as one page, opened in a browser from its file, and answered there through its elements."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands import file

from screener.engine.answers import as_plain
from screener.engine.assess import assess
from screener.rulefile.model import Answers, Question, RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Goes on from where the page is: fills in and sends one form after the other, and passes screens without one.
ANSWERED = """async (all) => {
    for (const { chosen, typed } of all) {
        const form = await go("form");
        for (const choice of form.querySelectorAll(".choices input")) {
            if (choice.checked !== chosen.includes(choice.value)) choice.click();
        }
        for (const [name, text] of Object.entries(typed)) {
            form.elements[name].value = text;
            form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
        }
        form.requestSubmit();
        await null; // who watches the page sees each screen
        const refused = document.querySelector(".refused");
        if (refused) throw new Error(refused.innerText);
    }
}"""
GONE_ON = """const go = async (until) => {
    for (let times = 0; !document.querySelector(until); times += 1) {
        if (times > 3) throw new Error(`no ${until}: ${document.body.innerText}`);
        document.querySelector("button.main").click();
        await null;
    }
    return document.querySelector(until);
};"""


@contextmanager
def opened(browser: "Browser", text: str, folder: Path, before: str = "", **how: Any) -> "Iterator[Page]":
    """The page with this text, as somebody opens its file; a script can run `before` its own.

    What goes wrong in its scripts fails the test, and so does what its policy refuses.
    """
    path = file(folder, text, "page.html")
    context = browser.new_context(**how)
    context.set_default_timeout(10_000)
    try:
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None)
        page.on("dialog", lambda dialog: dialog.accept())
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri())
        yield page
        assert wrong == []
    finally:
        context.close()


def answer(page: "Page", rules: RuleFile, answers: Answers) -> None:
    """Answer these questions, in the order in which they are asked."""
    page.locator("button.main").first.wait_for()
    page.evaluate(f"(all) => {{ {GONE_ON} return ({ANSWERED})(all); }}", forms(rules, answers))


def finish(page: "Page", rules: RuleFile, answers: Answers) -> None:
    """Answer all questions, and go on to the summary. `answers` may hold more than is asked."""
    answer(page, rules, answers)
    page.evaluate(f"async () => {{ {GONE_ON} await go('.sheet'); }}")


def forms(rules: RuleFile, answers: Answers) -> list[Mapping[str, Any]]:
    """What is put into each form that is shown for these answers, in their order."""
    told = assess(rules, answers).answers
    return [_form(question, as_plain(told[question.id])) for question in rules.questions if question.id in told]


def _form(question: Question, answer: Any) -> Mapping[str, Any]:
    if question.choices or answer in question.reserved:
        return {"chosen": answer if isinstance(answer, list) else [answer], "typed": {}}
    if question.type == "date":
        return {"chosen": [], "typed": dict(zip(("year", "month", "day"), str(answer).split("-"), strict=True))}
    return {"chosen": [], "typed": {"value": str(answer)}}
