"""Whatever stands in a rule file, or is typed by a person, stays text on the page, in its script and in its data."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from commands import file, rules
from live_pages import answer, finish, opened

from screener.engine.answers import read_answers
from screener.engine.assess import assess
from screener.rulefile.find import load_rules
from screener.rulefile.model import RuleFile
from screener.summary.as_json import as_dict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: What tries to be more than a text: for HTML, its comments and attributes, for scripts, JSON, CSS and templates.
ATTACKS = (
    "</script><script>ran(1)</script>",
    "<!--<script>ran(2)",
    "--><img src=x onerror=ran(3)>",
    "</title></style><svg onload=ran(4)>",
    '"\'` onfocus=ran(5) autofocus tabindex=1 x="',
    "javascript:ran(6)",
    "</textarea><iframe srcdoc='<script>parent.ran(7)</script>'>",
    "{{7*7}} {% raw %} {# x #} {0} {}",
    "${ran(8)} $& $1 $' $`",
    '"});ran(9);({"',
    "\\u003cscript>ran(10)\\",
    "&lt;script&gt;ran(11)&#60;/script&#62; &amp;amp;",
    "]]> */ } body { display: none } /*",
    "__proto__ constructor toString",
    "Verylongword" * 12,
    "אבג עברית ١٢٣",
)
#: What no rule file and no answer may hold: it would end a line of a script, or turn the direction of reading.
REFUSED = ("\u2028", "\u2029", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b")
TEXTS = (
    "title",
    "intro",
    "section",
    "ask",
    "help",
    "why",
    "label",
    "unit",
    "topic",
    "says",
    "more",
    "short",
    "heading",
)
#: A word that is the name of something, and no text.
NAMED = "care"
SOURCES: dict[str, Any] = {
    "format": 1,
    "documents": {
        "leaflet": {"title": "Leaflet", "short": "Leaf", "sections": {"care": {"heading": "Care", "short": "At home"}}},
        "study": {"title": "Study"},
    },
    "statements": [
        {"id": "C1", "document": "leaflet", "section": "care", "says": "Cream helps."},
        {"id": "B1", "documents": ["study"], "says": "A study says so."},
    ],
}
RULES: dict[str, Any] = {
    "format": 1,
    "id": "hostile",
    "version": "1.0.0",
    "title": "Your skin",
    "language": "en",
    "sources": "hostile.sources.yaml",
    "intro": "These are some questions.",
    "glossary": {"The barrier is thin.": "the outer skin"},
    "questions": [
        {
            "id": "place", "section": "Part", "type": "one", "ask": "Where is it?", "help": "One.", "why": "Why.",
            "options": {"face": {"label": "Face", "help": "All of it."}, "arm": {"label": "Arm"}}, "unsure": "yes",
        },
        {
            "id": "creams", "section": "Part", "type": "many", "ask": "Which cream?", "decline": "yes",
            "options": {"mild": {"label": "Mild"}, "acid": {"label": "Acid", "help": "Strong."},
                        "none": {"label": "No cream", "exclusive": "yes"}},
        },
        {"id": "size", "type": "number", "ask": "How large?", "unit": "cm", "help": "Roughly.", "min": "0", "max": "9"},
        {"id": "since", "type": "date", "ask": "Since when?", "max": "today"},
        {"id": "notes", "type": "text", "ask": "What else?", "why": "Say it."},
        {"id": "itch", "type": "yes-no", "ask": "Does it itch, as you said {answer: notes}?", "unsure": "yes"},
    ],
    "guidance": [
        {"id": "face", "topic": "Care", "title": "Thin skin", "says": "The barrier is thin.", "more": "It is shown.",
         "ask": "Which cream for me?", "when": {"place": "face"}, "from": ["C1", "B1"]},
        {"id": "acid", "topic": "Care", "title": "Strong", "says": "Leave it out.", "when": {"creams": "acid"}},
        {"id": "noted", "topic": "Words", "title": "Your words", "says": "You said {answer: notes}.", "from": ["B1"],
         "when": {"notes": "answered"}},
        {"id": "itchy", "topic": "Care", "title": "Itching", "says": "It may be more.", "when": {"itch": "yes"},
         "disposition": "doctor", "from": ["C1"]},
        {"id": "small", "topic": "Size", "title": "Small", "says": "It is small.", "when": {"size": {"below": "3"}}},
        {"id": "lately", "topic": "Time", "title": "New", "says": "New.", "when": {"since": {"within": "1 year"}}},
    ],
    "dispositions": [
        {"id": "talk", "title": "Talk", "says": "They look at it."},
        {"id": "doctor", "title": "See a doctor", "says": "Before all else.", "short": "Doctor first", "from": ["C1"]},
    ],
    "referral": {"says": "See a professional.", "from": ["B1"]},
    "not_covered": {"says": "The price."},
}  # fmt: skip
GIVEN: dict[str, Any] = {
    "place": "face", "creams": ("mild", "acid"), "size": 2, "since": "2020-02-03", "notes": "Words", "itch": "yes",
}  # fmt: skip
OPEN: dict[str, Any] = {**GIVEN, "place": "unsure", "creams": "declined", "itch": "unsure"}


def hostile(value: Any, worse: Callable[[str], str], key: str = "") -> Any:
    """The same with something hostile at the end of every text."""
    if isinstance(value, dict) and key == "glossary":
        return {worse(word): worse(says) for word, says in value.items()}
    if isinstance(value, dict):
        return {name: hostile(one, worse, name) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, worse) for one in value]
    return worse(value) if key in TEXTS and value != NAMED else value


def attacked(start: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rule file and its sources; with another start each text has another attack."""
    known: dict[str, str] = {}

    def worse(text: str) -> str:
        return known.setdefault(text, f"{text} {ATTACKS[(start + len(known)) % len(ATTACKS)]}")

    return hostile(RULES, worse), hostile(SOURCES, worse)


def exported(folder: Path, raw: dict[str, Any], sources: dict[str, Any], *options: str) -> tuple[RuleFile, str]:
    """The rule file, and its page as the installed command writes it."""
    folder.mkdir(exist_ok=True)
    file(folder, json.dumps(sources, ensure_ascii=False), "hostile.sources.yaml")
    path = file(folder, json.dumps(raw, ensure_ascii=False))
    code, page, said = rules("export", path, "--to", "page", *options)
    assert code == 0, said
    return load_rules(path), page


#: Notes what runs that should not.
HEARD = "globalThis.heard = []; globalThis.ran = (what) => heard.push(what);"
# Each element with its attributes; what these say is left out where it is a text of the file, or how a code is drawn.
BONES = """() => [...document.querySelectorAll("html, head *, body *")].map((one) => [
    one.tagName,
    ...[...one.attributes].filter(({ name }) => !["content", "aria-label", "d"].includes(name)).map(
        ({ name, value }) => `${name}=${value}`,
    ),
])"""
READ = """() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
    return document.body.textContent;
}"""


class Walk:
    """What a page is made of, and what can be read on it, screen after screen."""

    def __init__(self, page: "Page", made: RuleFile, given: dict[str, Any]) -> None:
        self.bones: list[Any] = []
        self.text = ""
        answers = read_answers(json.dumps(given), made).answers
        page.locator("button.main").wait_for()
        self._look(page)
        page.locator("button.main").click()
        self._look(page)
        for id, one in answers.items():
            answer(page, made, {id: one})
            self._look(page)
        finish(page, made, {})
        page.locator(".code svg").wait_for()
        self._look(page)
        self.ran: list[Any] = page.evaluate("heard")
        self.assessed = page.evaluate("(given) => screener.assess(given)", given)
        assert self.assessed == as_dict(made, assess(made, answers))

    def _look(self, page: "Page") -> None:
        self.bones.append(page.evaluate(BONES))
        self.text += page.evaluate(READ) + "\n"


def texts_in(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a rule file that stands somewhere on its page."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts_in(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one, key)
    elif key in TEXTS and key != "short":
        yield re.sub(r"\{answer: .*?\}.*", "", str(value))


@pytest.mark.parametrize("start", range(0, len(ATTACKS), 4))
def test_texts_of_a_rule_file_stay_texts(start: int, chromium: "Browser", tmp_path: Path) -> None:
    """The page has the same elements, screen by screen, as with plain texts; each text stands there as it is."""
    plain, plain_page = exported(tmp_path / "plain", RULES, SOURCES)
    raw, sources = attacked(start)
    made, page_text = exported(tmp_path / "hostile", raw, sources)
    for given in (GIVEN, OPEN):
        with opened(chromium, plain_page, tmp_path, HEARD) as page:
            expected = Walk(page, plain, given)
        with opened(chromium, page_text, tmp_path, HEARD, viewport={"width": 320, "height": 600}) as page:
            found = Walk(page, made, given)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert found.bones == expected.bones
        assert found.ran == []
    for text in texts_in({key: raw[key] for key in ("title", "questions", "not_covered")}):
        assert text in found.text, text


def test_texts_stay_texts_where_no_script_runs(chromium: "Browser", tmp_path: Path) -> None:
    """The printable list has the elements that it has with plain texts, and so has the element for another's page."""
    for options in ((), ("--embed",)):
        _, plain = exported(tmp_path / "plain", RULES, SOURCES, *options)
        for start in range(0, len(ATTACKS), 4):
            _, text = exported(tmp_path / "hostile", *attacked(start), *options)
            with opened(chromium, text, tmp_path, java_script_enabled=False) as page:
                found = page.evaluate(BONES)
            with opened(chromium, plain, tmp_path, java_script_enabled=False) as page:
                assert page.evaluate(BONES) == found


def test_what_a_person_types_stays_text(chromium: "Browser", tmp_path: Path) -> None:
    """On the review, in the next question and in the lines that repeat it, on the summary, in the code."""
    made, page_text = exported(tmp_path, RULES, SOURCES)
    with opened(chromium, page_text, tmp_path, HEARD) as page:
        expected = Walk(page, made, GIVEN)
    for start in range(4):
        words = " ".join(ATTACKS[start::4])
        with opened(chromium, page_text, tmp_path, HEARD) as page:
            found = Walk(page, made, {**GIVEN, "notes": words})
        without_sizes = [[one for one in screen if one[0] != "svg"] for screen in found.bones]
        assert without_sizes == [[one for one in screen if one[0] != "svg"] for screen in expected.bones]
        assert found.ran == []
        assert found.text.count(words) >= 4
        assert found.assessed["answers"]["notes"] == words


@pytest.mark.parametrize("sign", REFUSED, ids=[f"U+{ord(sign):04X}" for sign in REFUSED])
def test_signs_that_hide_or_turn_text_are_not_taken(sign: str, chromium: "Browser", tmp_path: Path) -> None:
    """A rule file with one is refused, and no page comes of it; a person who types one is told, and goes on without."""
    made, page_text = exported(tmp_path / "plain", RULES, SOURCES)
    raw = deepcopy(RULES)
    raw["questions"][0]["options"]["face"]["label"] = f"Face{sign}"
    path = file(tmp_path, json.dumps(raw, ensure_ascii=False))
    file(tmp_path, json.dumps(SOURCES), "hostile.sources.yaml")
    code, out, said = rules("export", path, "--to", "page")
    assert (code, out) == (1, "")
    assert "error[" in said
    given = read_answers(json.dumps(GIVEN), made).answers
    with opened(chromium, page_text, tmp_path, HEARD) as page:
        answer(page, made, {id: given[id] for id in ("place", "creams", "size", "since")})
        page.locator("textarea").evaluate("(one, text) => { one.value = text; }", f"a{sign}b")
        page.locator("button.main").click()
        told = page.locator(".refused").inner_text()
        assert sign not in told
        assert "characters" in told


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ({"dispositions": []}, 1),
        ({"guidance": [{"id": "x", "topic": "T", "says": "S.", "when": {"nobody": "yes"}}]}, 1),
        ({"language": '"><script>'}, 1),
        ({"id": "</script>"}, 1),
    ],
    ids=["no step", "no such question", "language", "id"],
)
def test_a_rule_file_with_problems_makes_no_page(edit: dict[str, Any], code: int, tmp_path: Path) -> None:
    """It is refused as by `check`, with the same codes, and nothing is written."""
    file(tmp_path, json.dumps(SOURCES), "hostile.sources.yaml")
    path, output = file(tmp_path, json.dumps({**RULES, **edit})), tmp_path / "page.html"
    done, out, said = rules("export", path, "--to", "page", "--output", output)
    checked = rules("check", path)

    assert (done, out, output.exists()) == (code, "", False)
    assert codes(said)
    assert codes(said) <= codes(checked[1] + checked[2])


def codes(said: str) -> set[str]:
    """The codes of the problems."""
    return set(re.findall(r"error\[([a-z-]+)\]", said))
