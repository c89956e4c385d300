"""The keys of a cases file."""

from screener.authoring.format.key import Key, Thing

_ANSWERS = "questions, each with an answer"
CASES = Thing(
    "The cases file",
    "cases",
    "CasesFile",
    "",
    "Worked cases: the answers of a person, and what must and must not come out of them.",
    "",
    (
        Key("format", "The version of this format. There is only 1.", "format: 1"),
        Key(
            "base",
            "Answers that all cases share. Each case lays its own over them.",
            "base: {itch: no, age: 40}",
            values=_ANSWERS,
        ),
        Key("cases", "The cases.", "cases: [{id: dry-skin, answers: {concerns: [dry]}, expect: {says: [calm]}}]"),
    ),
)
CASE = Thing(
    "A case",
    "cases",
    "Case",
    "cases",
    "One worked case.",
    "id: dry-skin\nexpect: {says: [calm]}",
    (
        Key("id", "The name of the case. `screener rules test` calls it so when it fails.", "id: itching-and-unsure"),
        Key("about", "Whom the case is about, in a sentence.", "about: Someone who is not sure about the itching."),
        Key(
            "answers",
            "What this person answers. Left out, it is what stands under `base`.",
            "answers: {concerns: [dry], itch: unsure, age: 42}",
            values=_ANSWERS,
        ),
        Key("expect", "What must come out, and what must not.", "expect: {says: [calm], disposition: consult}"),
    ),
)
EXPECTED = Thing(
    "What a case expects",
    "cases",
    "Expected",
    "cases.expect",
    "What must come out of the answers, and what must not. Several keys mean all of them.",
    "",
    (
        Key("disposition", "This is the next step.", "disposition: consult"),
        Key("says", "These lines are said for certain.", "says: [calm]"),
        Key("possible", "These lines are said as ones that may apply.", "possible: [itchy]"),
        Key("not", "These lines are not said, not even as ones that may apply.", "not: [itchy]"),
        Key(
            "because",
            "The answers that bring up a line, no more and no fewer.",
            "because: {itchy: {itch: yes}}",
            values="lines, each with its answers",
        ),
        Key("asked", "These questions are asked.", "asked: [itch]"),
        Key("not_asked", "These questions are not asked.", "not_asked: [since]"),
        Key("referral", "This is the referral that is said.", "referral: everyone"),
        Key(
            "nothing_else",
            "Nothing comes but what is named: no other line, question, next step or referral. Left out, more may come.",
            "nothing_else: yes",
        ),
    ),
)
THINGS = (CASES, CASE, EXPECTED)
