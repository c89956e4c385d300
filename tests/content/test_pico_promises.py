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
ABOUT_PROMISES = ("broken-promise", "certain-only", "less-urgent", "empty-promise")
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
    "isotretinoin-and-pregnancy-goes-to-a-doctor": (
        "    when: {medicines: isotretinoin, health: [pregnant, trying]}\n    when_unsure",
        "    when: {medicines: isotretinoin, health: pregnant}\n    when_unsure",
    ),
    "isotretinoin-with-pregnancy-left-open-goes-to-a-doctor": (
        "  health-open: {health: [unsure, declined]}\n",
        "  health-open: {health: unsure}\n",
    ),
    "pregnancy-with-medicines-left-open-goes-to-a-doctor": (
        "        - all: [{is: pregnant-or-trying}, {is: medicines-open}]\n",
        "        - all: [{health: pregnant}, {is: medicines-open}]\n",
    ),
    "open-medicines-hear-of-isotretinoin-in-pregnancy": (
        "    when: {medicines: unsure}\n    disposition",
        "    when: {medicines: unsure, health: none}\n    disposition",
    ),
    "declined-medicines-hear-of-isotretinoin-in-pregnancy": (
        "    when: {medicines: declined}\n    disposition",
        "    when: {medicines: declined, health: none}\n    disposition",
    ),
    "untreated-skin-cancer-goes-to-a-doctor": (
        "    when: {health: skin-cancer}\n    when_unsure: skip\n    disposition: doctor-first\n",
        "    when: {health: skin-cancer}\n    when_unsure: skip\n    disposition: tell-first\n",
    ),
    "under-18-goes-to-a-doctor": (MINOR, MINOR.replace("doctor-first", "tell-first")),
    "under-18-gets-no-treatment-guidance": (
        "    topic: Side effects and aftercare\n    when: {is: adults}\n",
        "    topic: Side effects and aftercare\n",
    ),
    "under-18-is-asked-nothing-more": (
        "you get the notes on what it may feel like.\n    when: {adult: yes}\n",
        "you get the notes on what it may feel like.\n",
    ),
    "adults-do-not-get-the-under-18-line": (MINOR, "    disposition: doctor-first\n"),
    "every-adult-is-asked-about-health": (
        "    when: {adult: yes}\n    from: [I20, I21, C24, B3]\n",
        "    when: {adult: yes, provider: [chosen, looking]}\n    from: [I20, I21, C24, B3]\n",
    ),
    "every-adult-hears-of-side-effects-and-plan": (
        "    when: {is: adults}\n    disposition: consult\n",
        "    when: {provider: [chosen, looking]}\n    disposition: consult\n",
    ),
    "the-numbing-warning-reaches-every-adult": (
        "    title: Numbing cream\n    topic: What to expect\n    when: {is: adults}\n",
        "    title: Numbing cream\n    topic: What to expect\n    when: {is: worried-about-pain}\n",
    ),
    "every-adult-can-read-how-it-works": (
        "    title: The skin around\n    topic: How it works\n    when: {is: adults}\n",
        "    title: The skin around\n    topic: How it works\n    when: {is: skin-that-rarely-burns}\n",
    ),
    "every-adult-can-read-about-sessions-and-downtime": (
        "    title: How many sessions\n    topic: What to expect\n    when: {is: adults}\n",
        "    title: How many sessions\n    topic: What to expect\n    when: {goals: few-sessions}\n",
    ),
    "a-hope-for-few-sessions-hears-both-sides": (
        "    when: {goals: few-sessions}\n    when_unsure",
        "    when: {goals: {all: [few-sessions, back-soon]}}\n    when_unsure",
    ),
    "a-hope-to-be-back-at-once-hears-both-sides": (
        "    when: {goals: back-soon}\n    when_unsure",
        "    when: {goals: {all: [few-sessions, back-soon]}}\n    when_unsure",
    ),
    "anything-on-the-skin-is-told-first": (
        "    when: {skin-now: tattoo}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {skin-now: tattoo}\n    when_unsure: skip\n",
    ),
    "anything-in-health-is-told-first": (
        "    when: {health: vitiligo}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {health: vitiligo}\n    when_unsure: skip\n    disposition: consult\n",
    ),
    "a-medicine-that-matters-is-told-first": (
        "    when: {medicines: blood-thinner}\n",
        "    when: {medicines: blood-thinner, concerns: melasma}\n",
    ),
    "anything-earlier-is-told-first": (
        "    when: {earlier: bad-reaction}\n",
        "    when: {earlier: {all: [bad-reaction, recent-procedure]}}\n",
    ),
    "an-earlier-laser-is-spoken-of": (
        "    when: {earlier: laser}\n    when_unsure",
        "    when: {earlier: {all: [laser], none: [bad-reaction]}}\n    when_unsure",
    ),
    "trouble-with-aftercare-is-told-first": (
        "    when: {aftercare: [no, unsure]}\n    disposition: tell-first\n",
        "    when: {aftercare: no}\n    when_unsure: skip\n    disposition: tell-first\n",
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
    "trying-for-a-baby-is-always-raised": (
        "    when: {health: trying}\n    when_unsure",
        "    when: {health: {all: [trying], none: [pregnant]}}\n    when_unsure",
    ),
    "a-retinoid-cream-in-pregnancy-is-raised": (
        "    when: {skin-now: products, health: [pregnant, trying]}\n    when_unsure",
        "    when: {skin-now: products, health: pregnant}\n    when_unsure",
    ),
    "skin-cancer-in-the-past-is-always-raised": (
        "    when: {health: skin-cancer-past}\n    when_unsure",
        "    when: {health: skin-cancer-past, changing-mark: no}\n    when_unsure",
    ),
    "gold-is-always-raised": (
        "    when: {medicines: gold}\n    when_unsure",
        "    when: {medicines: gold, not: {medicines: isotretinoin}}\n    when_unsure",
    ),
    "isotretinoin-is-always-raised": (
        "    when: {medicines: isotretinoin}\n    when_unsure",
        "    when: {medicines: isotretinoin, concerns: acne-scars}\n    when_unsure",
    ),
    "photodynamic-therapy-is-always-raised": (
        "    when: {medicines: photodynamic}\n    when_unsure",
        "    when: {medicines: {all: [photodynamic], none: [light-sensitising]}}\n    when_unsure",
    ),
    "no-medicine-hides-another": (
        "    when: {medicines: light-sensitising}\n",
        "    when: {medicines: {all: [light-sensitising], none: [isotretinoin]}}\n",
    ),
    "numbing-allergy-is-always-raised": (
        "    when: {medicines: numbing-allergy}\n    when_unsure",
        "    when: {medicines: numbing-allergy, pain: yes}\n    when_unsure",
    ),
    "heart-or-liver-trouble-is-always-raised": (
        "    when: {health: heart-liver}\n    when_unsure",
        "    when: {health: heart-liver, pain: yes}\n    when_unsure",
    ),
    "hormones-are-raised-with-melasma": (
        "    when: {medicines: hormones, concerns: melasma}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {medicines: hormones, concerns: melasma}\n    when_unsure: skip\n",
    ),
    "the-pill-alone-is-no-reason-to-hurry": (
        "    when: {medicines: hormones, concerns: {none: [melasma]}}\n",
        "    when: {medicines: hormones, concerns: {none: [melasma]}}\n    disposition: tell-first\n",
    ),
    "eyes-are-always-raised": (
        "    when: {skin-now: near-eyes}\n    when_unsure",
        "    when: {skin-now: near-eyes, concerns: [fine-lines, wrinkles]}\n    when_unsure",
    ),
    "what-is-not-covered-is-said": (
        "    when: {concerns: other}\n    says",
        "    when: {concerns: other, not: {concerns: {count: {at_least: 2}}}}\n    says",
    ),
    "a-doctor-looks-at-sunspots-first": (
        "    when: {concerns: sunspots}\n    says",
        "    when: {concerns: sunspots, extent: [several, widespread]}\n    says",
    ),
    "dark-marks-hear-that-the-cause-decides": (
        "    when: {concerns: hyperpigmentation}\n    says",
        "    when: {concerns: hyperpigmentation, extent: [several, widespread]}\n    says",
    ),
    "creams-come-first-for-dark-marks-on-skin-that-tans": (
        "      skin-type: [type-3, type-4, type-5, type-6]\n    says",
        "      skin-type: [type-4, type-5, type-6]\n    says",
    ),
    "melasma-hears-both-sides": (
        "    when: {concerns: melasma}\n    says",
        "    when: {concerns: melasma, skin-type: [type-3, type-4, type-5, type-6]}\n    says",
    ),
    "skin-beyond-the-us-files-is-told-so": (
        "        - skin-type: [type-5, type-6]\n          concerns",
        "        - skin-type: [type-6]\n          concerns",
    ),
    "skin-that-rarely-burns-hears-of-more-care": (
        "skin-that-rarely-burns: {skin-type: [type-4, type-5, type-6]}",
        "skin-that-rarely-burns: {skin-type: [type-5, type-6]}",
    ),
    "an-open-skin-type-hears-of-more-care": (
        "    when: {is: skin-type-open}\n",
        "    when: {skin-type: unsure}\n    when_unsure: skip\n",
    ),
    "whoever-is-still-looking-hears-of-training": (
        "    when: {provider: [looking, none]}\n    says",
        "    when: {provider: looking}\n    says",
    ),
    "no-doctor-without-a-reason": (
        "    when: {health: diabetes}\n    when_unsure: skip\n    disposition: tell-first\n",
        "    when: {health: diabetes}\n    when_unsure: skip\n    disposition: doctor-first\n",
    ),
    "nothing-to-tell-means-a-consultation": (
        "    when: {is: adults}\n    disposition: consult\n",
        "    when: {is: adults}\n    disposition: tell-first\n",
    ),
    "more-to-tell-is-never-less-urgent": (
        MARK,
        "    when: {changing-mark: [yes, unsure], skin-now: none}\n    disposition: doctor-first\n",
    ),
    "under-18-or-trouble-with-aftercare-is-never-less-urgent": (MINOR, MINOR.replace("doctor-first", "tell-first")),
    "an-adult-is-sent-to-someone-certified": ("professional, who is certified.\n", "professional, who is trained.\n"),
    "everyone-is-sent-to-someone-who-looks-at-the-skin": (
        "      They look at your skin, talk things through",
        "      They talk things through",
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
    assert sum(count for words, count in counted.items() if words.startswith("promise")) == len(promises)
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
