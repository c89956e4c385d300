"""The page of a rule file in the hands of a person: opened from a file, answered by keys or by a pointer, read back.

A hand puts an answer into the screen and presses buttons. What is read back is what the browser tells a screen reader.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from screener.engine.answers import offered, read_answer
from screener.engine.progress import Progress
from screener.page.build import AT_HOME, PageKind, webpage
from screener.page.words import words
from screener.rulefile.loader import load
from screener.rulefile.model import Question, RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

#: Questions of every type, and everything that can stand at one.
TEXT = """
format: 1
id: every-type
version: 1.0.0
title: Skin, in short
language: en
intro: A few questions before you talk with a professional.
questions:
  - id: itch
    section: Your skin
    type: yes-no
    ask: Does your skin itch?
    help: Also count an itch that comes and goes.
    why: An itch can be a sign of dry skin.
    unsure: yes
    decline: yes
  - id: place
    section: Your skin
    type: one
    ask: Where is it?
    options: {face: {label: Face, help: From the chin to the hair.}, arm: Arm, both: Both}
    optional: yes
  - id: marks
    section: Your skin
    type: many
    ask: What do you see there?
    options:
      dry: Dry patches
      red: {label: Redness, help: Pink counts too.}
      dark: Dark marks
      none: {label: Nothing, exclusive: yes}
    max: 2
    decline: yes
  - {id: size, type: number, ask: How large is it?, unit: cm, min: 0, max: 50, unsure: yes}
  - {id: count, type: whole, ask: How many are there?, min: 1}
  - {id: since, type: date, ask: When did you first see it?, min: 2000-01-01, max: today, unsure: yes}
  - {id: notes, type: text, ask: What else should the professional know?, optional: yes, decline: yes}
  - {id: last, type: yes-no, ask: Has a doctor looked at it?}
guidance:
  - {id: bleeding, topic: Your skin, says: A doctor should see it., when: {marks: dark}, disposition: doctor-first}
  - {id: dry, topic: Your skin, says: Dry skin is common., when: {marks: dry}, ask: What helps against dry skin?}
dispositions:
  - {id: consult, title: Book a consultation, says: Talk it through.}
  - {id: doctor-first, title: See a doctor first, says: A doctor should look at it before anything else.}
referral: {says: A certified professional decides with you.}
"""
DAY = date(2026, 3, 31)
EVERY_TYPE = load(TEXT, today=DAY)
ANSWERS: Mapping[str, Any] = {
    "itch": "yes",
    "place": "face",
    "marks": ["dry", "red"],
    "size": "2.5",
    "count": "3",
    "since": "2024-02-29",
    "notes": "It came in summer.",
    "last": "no",
}
READY = ".screen h1"
#: The keys that a person who has no pointer gets by with, besides letters and digits.
TAB, ENTER, SPACE, DOWN, UP = "Tab", "Enter", "Space", "ArrowDown", "ArrowUp"
FOCUSED = "(document.activeElement?.shadowRoot ?? document).activeElement"


class Heard(NamedTuple):
    """One thing as a screen reader is told of it."""

    role: str
    name: str
    described: str
    states: frozenset[str]


class Hand(NamedTuple):
    """How a person answers: `put` fills a screen in, `press` uses the button with this name."""

    put: Callable[["Page", Question, Any], None]
    press: Callable[["Page", str], None]


# ---- Opening


def saved(folder: Path, rules: RuleFile, kind: PageKind = AT_HOME) -> Path:
    """The page of a rule file as a file."""
    path = folder / f"{rules.id}.html"
    path.write_text(webpage(rules, kind), "utf-8")
    return path


@contextmanager
def context(browser: "Browser", ours: str = "file:", **look: Any) -> Iterator["BrowserContext"]:
    """Somebody's browser without a network. It holds that no page asks for anything else, and that no script fails."""
    asked, failed = list[str](), list[str]()
    small = {"viewport": {"width": 390, "height": 844}}
    made = browser.new_context(offline=True, service_workers="block", **{**small, **look})
    made.set_default_timeout(5_000)
    made.on("request", lambda request: asked.append(request.url))
    made.on("weberror", lambda error: failed.append(str(error.error)))
    made.on("console", lambda said: failed.append(said.text))
    try:
        yield made
    finally:
        made.close()
    assert failed == []
    assert [url for url in asked if not url.startswith(ours)] == []


@contextmanager
def opened(browser: "Browser", path: Path, ready: str = READY, **look: Any) -> Iterator["Page"]:
    """The page from its file, once this is on it."""
    with context(browser, **look) as made:
        page = made.new_page()
        page.goto(path.as_uri())
        page.locator(ready).wait_for()
        yield page


# ---- Answering


def _labels(question: Question, plain: Any) -> list[str]:
    """The labels of what is chosen; none where something is typed."""
    chosen = [plain] if isinstance(plain, str) else plain
    return [label for id, label in offered(question) if id in chosen]


def _typed(question: Question, plain: str) -> dict[str, str]:
    """What is typed into which field, by the ids of the fields."""
    if question.type != "date":
        return {"value": plain}
    year, month, day = plain.split("-")
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}


def control(question: Question) -> str:
    """How an option of the question is chosen: radio or checkbox."""
    return "radio" if question.type in ("one", "yes-no") else "checkbox"


def options(question: Question) -> list[tuple[str, str]]:
    """All that can be chosen, each with its help."""
    helps = {id: option.help or "" for id, option in question.options.items()}
    return [(label, helps.get(id, "")) for id, label in offered(question)]


def choice(page: "Page", label: str) -> "Locator":
    """The place around an option, all of which can be clicked."""
    return page.locator(".choice").filter(has=page.get_by_label(label, exact=True))


def _point(page: "Page", question: Question, plain: Any) -> None:
    labels = _labels(question, plain)
    for label in labels:
        choice(page, label).click()
    if not labels:
        for field, text in _typed(question, plain).items():
            page.locator(f"#{field}").fill(text)


def _click(page: "Page", name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def focus(page: "Page") -> str:
    """The text of what has the focus, or the label of the field that has it."""
    found: str = page.evaluate(f"(({{labels, textContent}}) => labels?.[0]?.textContent ?? textContent)({FOCUSED})")
    return found.strip()


def tab_to(page: "Page", name: str, most: int = 60) -> None:
    """Press Tab until something of this name has the focus."""
    for _ in range(most):
        if focus(page) == name:
            return
        page.keyboard.press(TAB)
    raise AssertionError(f"Tab never comes to {name!r}")


def _keys(page: "Page", question: Question, plain: Any) -> None:
    """The answer by keys alone; radio buttons are one stop for Tab, and arrows move among them."""
    labels = _labels(question, plain)
    if not labels:
        for field, text in _typed(question, plain).items():
            while page.evaluate(f"{FOCUSED}.id") != field:
                page.keyboard.press(TAB)
            page.keyboard.type(text)
    elif question.type in ("one", "yes-no"):
        page.keyboard.press(TAB)
        page.keyboard.press(SPACE)
        while focus(page) != labels[0]:
            page.keyboard.press(DOWN)
    else:
        for label in labels:
            tab_to(page, label)
            page.keyboard.press(SPACE)


def _press(page: "Page", name: str) -> None:
    tab_to(page, name)
    page.keyboard.press(ENTER)


POINTER, KEYBOARD = Hand(_point, _click), Hand(_keys, _press)


def walked(page: "Page", rules: RuleFile, answers: Mapping[str, Any], hand: Hand = POINTER) -> Iterator[str]:
    """From the first screen to the review: the id of each question while it is on the screen, `certain` and `review`.

    Who goes on has the screen answered.
    """
    said = words(rules)
    hand.press(page, said["begin"])
    progress, told = Progress(rules, {}), False
    while (question := progress.next_question()) is not None:
        if progress.certain is not None and not told:
            told = True
            yield "certain"
            hand.press(page, said["go_on"])
        yield question.id
        hand.put(page, question, answers[question.id])
        hand.press(page, said["next"])
        progress.answer(question.id, read_answer(question, answers[question.id]))
    yield "review"


def reviewed(page: "Page", rules: RuleFile, answers: Mapping[str, Any], hand: Hand = POINTER) -> list[str]:
    """Answer everything, so that the review is on the screen; the screens before it."""
    return list(walked(page, rules, answers, hand))


def summarised(page: "Page", rules: RuleFile, answers: Mapping[str, Any], hand: Hand = POINTER) -> None:
    """Answer everything, and go on to the summary."""
    reviewed(page, rules, answers, hand)
    hand.press(page, words(rules)["all_right"])


# ---- Reading back


def heading(page: "Page") -> str:
    """The heading of the screen."""
    return page.locator("h1").inner_text()


def heard(page: "Page") -> list[Heard]:
    """All that a screen reader is told of, from the top of the page to its end."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    known = {node["nodeId"]: node for node in nodes}
    waiting, ordered = [nodes[0]["nodeId"]], list[Mapping[str, Any]]()
    while waiting:
        node = known.get(waiting.pop(), {"ignored": True})
        ordered.append(node)
        waiting.extend(reversed(node.get("childIds", ())))
    return [_heard(node) for node in ordered if not node["ignored"]]


def _heard(node: Mapping[str, Any]) -> Heard:
    value = {key: str(node.get(key, {}).get("value", "")) for key in ("role", "name", "description")}
    states = {one["name"] for one in node.get("properties", ()) if one["value"].get("value") in (True, "true")}
    return Heard(value["role"], value["name"], value["description"], frozenset(states))


def of_role(page: "Page", *roles: str) -> list[Heard]:
    """What has one of these roles."""
    return [one for one in heard(page) if one.role in roles]


def groups(page: "Page") -> list[Heard]:
    """The groups that have a name; what is folded is a group too, without one."""
    return [one for one in of_role(page, "group") if one.name]
