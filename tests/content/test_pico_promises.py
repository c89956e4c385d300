"""The promises of the pico-laser file: all proved, and each one catches a slip that an author could make."""

import pytest
from proving import no_hurry, replays, silent

from screener.authoring.checks.logic import Proved, prove
from screener.authoring.checks.remark import Remark
from screener.rulefile.find import bundled
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

FILE = bundled()["pico-laser"]
TEXT = FILE.read_text(encoding="utf-8")
ABOUT_PROMISES = ("broken-promise", "less-urgent", "empty-promise")
MARK = "    when: {changing-mark: [yes, unsure]}\n    disposition: doctor-first\n"
MINOR = "    when: {adult: no}\n    disposition: doctor-first\n"
SKIP = "    when_unsure: skip\n"
#: For each promise a plain slip that breaks it: a text of the file, and what stands there after the slip.
SLIPS = {
    "a-changing-mark-goes-to-a-doctor": (
        MARK,
        "    when: {changing-mark: yes}\n    when_unsure: skip\n    disposition: doctor-first\n",
    ),
    "a-mark-kept-for-a-talk-goes-to-a-doctor": (MARK, MARK + SKIP),
    "under-18-goes-to-a-doctor": (MINOR, MINOR.replace("doctor-first", "tell-first")),
    "under-18-gets-no-treatment-guidance": (
        "    topic: Side effects and aftercare\n    when: {is: adults}\n",
        "    topic: Side effects and aftercare\n",
    ),
    "adults-do-not-get-the-under-18-line": (MINOR, "    disposition: doctor-first\n"),
    "every-adult-is-asked-about-health": (
        "    when: {adult: yes}\n    from: [I20, I21]\n",
        "    when: {adult: yes, past-laser: yes}\n    from: [I20, I21]\n",
    ),
    "every-adult-hears-of-side-effects-and-plan": (
        "    when: {is: adults}\n    disposition: consult\n",
        "    when: {provider: [chosen, looking]}\n    disposition: consult\n",
    ),
    "anything-on-the-skin-is-told-first": (
        "    when: {skin-now: tattoo}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {skin-now: tattoo}\n    when_unsure: skip\n",
    ),
    "anything-in-health-is-told-first": (
        "    when: {health: vitiligo}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {health: vitiligo}\n    when_unsure: skip\n    disposition: consult\n",
    ),
    "any-medicine-is-told-first": (
        "    when: {medicines: hormones}\n",
        "    when: {medicines: hormones, concerns: melasma}\n",
    ),
    "anything-earlier-is-told-first": (
        "    when: {earlier: bad-reaction}\n",
        "    when: {earlier: {all: [bad-reaction, recent-procedure]}}\n",
    ),
    "distress-is-met-with-care": (
        "    when: {distress: yes}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {distress: yes}\n    when_unsure: skip\n    disposition: consult\n",
    ),
    "distress-kept-for-a-talk-is-met-with-care": (
        "    when: {distress: declined}\n    disposition: tell-first\n",
        "    when: {distress: declined}\n",
    ),
    "pregnancy-is-always-raised": (
        "    when: {health: pregnant}\n    when_unsure",
        "    when: {health: {all: [pregnant, breastfeeding]}}\n    when_unsure",
    ),
    "skin-cancer-is-always-raised": (
        "    when: {health: skin-cancer}\n    when_unsure",
        "    when: {health: skin-cancer, changing-mark: no}\n    when_unsure",
    ),
    "gold-is-always-raised": (
        "    when: {medicines: gold}\n    when_unsure",
        "    when: {medicines: gold, not: {medicines: isotretinoin}}\n    when_unsure",
    ),
    "no-medicine-hides-another": (
        "    when: {medicines: light-sensitising}\n",
        "    when: {medicines: {all: [light-sensitising], none: [isotretinoin]}}\n",
    ),
    "numbing-trouble-is-always-raised": (
        "    when: {medicines: numbing-allergy}\n    when_unsure",
        "    when: {medicines: numbing-allergy, pain: yes}\n    when_unsure",
    ),
    "eyes-are-always-raised": (
        "    when: {skin-now: near-eyes}\n    when_unsure",
        "    when: {skin-now: near-eyes, concerns: [fine-lines, wrinkles]}\n    when_unsure",
    ),
    "what-is-not-covered-is-said": (
        "    when: {concerns: other}\n    says",
        "    when: {concerns: other, not: {concerns: {count: {at_least: 2}}}}\n    says",
    ),
    "melasma-hears-both-sides": (
        "    when: {concerns: melasma}\n    says",
        "    when: {concerns: melasma, skin-type: [type-3, type-4, type-5, type-6]}\n    says",
    ),
    "skin-that-rarely-burns-hears-of-more-care": (
        "skin-that-rarely-burns: {skin-type: [type-4, type-5, type-6]}",
        "skin-that-rarely-burns: {skin-type: [type-5, type-6]}",
    ),
    "an-open-skin-type-hears-of-more-care": (
        "    when: {is: skin-type-open}\n",
        "    when: {skin-type: unsure}\n    when_unsure: skip\n",
    ),
    "no-doctor-without-a-reason": (
        "    when: {health: skin-cancer}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {health: skin-cancer}\n    when_unsure: skip\n    disposition: doctor-first\n",
    ),
    "nothing-to-tell-means-a-consultation": (
        "    when: {is: adults}\n    disposition: consult\n",
        "    when: {is: adults}\n    disposition: tell-first\n",
    ),
    "more-to-tell-is-never-less-urgent": (
        MARK,
        "    when: {changing-mark: [yes, unsure], skin-now: none}\n    disposition: doctor-first\n",
    ),
}


def beside(name: str) -> tuple[str, str]:
    """The sources file that belongs to the rule file."""
    return (FILE.parent / name).read_text(encoding="utf-8"), name


def after(slip: tuple[str, str]) -> RuleFile:
    """The rule file after one edit of its text, at one place."""
    old, new = slip
    assert TEXT.count(old) == 1, f"{TEXT.count(old)} places in the file read {old!r}"
    return load(TEXT.replace(old, new), FILE.name, beside)


def about_promises(proved: Proved) -> list[Remark]:
    """What was found about the promises."""
    return [remark for remark in proved.remarks if remark.code in ABOUT_PROMISES]


def test_every_promise_is_proved(pico: RuleFile) -> None:
    """Nothing is found and nothing is left open; each promise and each of its questions is counted as holding."""
    proved = prove(pico, no_hurry, silent)
    counted = {words: count for words, count in proved.sound if words}
    promises = [invariant for invariant in pico.invariants if invariant.then is not None]
    questions = [id for invariant in pico.invariants for id in invariant.never_less_urgent]

    assert len(pico.invariants) >= 12
    assert [remark for remark in proved.remarks if remark.code in (*ABOUT_PROMISES, "not-decided")] == []
    assert [count for words, count in counted.items() if words.startswith("promise")] == [len(promises)]
    assert [count for words, count in counted.items() if "less urgent" in words] == [len(questions)]


def test_every_promise_has_a_slip(pico: RuleFile) -> None:
    """A promise that no slip could break would be worth nothing; the table names them all, and no others."""
    assert list(SLIPS) == [invariant.id for invariant in pico.invariants]


@pytest.mark.parametrize("id", SLIPS)
def test_a_slip_breaks_the_promise(id: str) -> None:
    """The edited file still loads; the promise is named as broken, and its examples replay in the engine."""
    rules = after(SLIPS[id])
    found = [remark for remark in about_promises(prove(rules, no_hurry, silent)) if remark.route[1] == id]

    assert {remark.code for remark in found} & {"broken-promise", "less-urgent"}
    for remark in found:
        assert f"`{id}`" in remark.message
        assert remark.witness != ()
        replays(rules, remark)
