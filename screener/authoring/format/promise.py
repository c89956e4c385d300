"""The keys of promises."""

from screener.authoring.format.key import Key, Thing

#: A promise has either this or `never_less_urgent`.
_THEN = "then: {asked: [itch]}"
INVARIANT = Thing(
    "A promise",
    "rules",
    "Invariant",
    "invariants",
    "What holds for every possible set of answers. It has either `then` or `never_less_urgent`.",
    "id: itching-is-asked\nbecause: It matters to everyone.",
    (
        Key("id", "The name of the promise, for people who read what was proved.", "id: a-mark-goes-first", _THEN),
        Key("because", "Why it is promised.", "because: A brown mark may be a melanoma.", _THEN),
        Key(
            "when",
            "For whom it is promised. Left out, for everyone.",
            "when: {itch: [yes, unsure]}",
            _THEN,
        ),
        Key(
            "open",
            "Whether it is also for those who left open whether `when` holds. Left out, `screener rules check` warns "
            "where it makes a difference.",
            "open: included",
            f"when: {{itch: yes}}\n{_THEN}",
        ),
        Key("then", "What is promised. Several keys mean all of them.", "then: {asked: [concerns, itch]}"),
        Key(
            "never_less_urgent",
            "Questions of which more risk never makes the next step less urgent. It is for everyone, and takes no "
            "`when`.",
            "never_less_urgent: [itch, {age: larger}, {skin: [light, dark]}]",
            values="a list of questions, some with an order",
        ),
    ),
)
PROMISE = Thing(
    "What is promised",
    "rules",
    "Promise",
    "invariants.then",
    "What holds for everyone for whom the promise is meant.",
    "",
    (
        Key("disposition", "The next step is this one.", "disposition: consult"),
        Key("disposition_at_least", "It is this one, or a more urgent one.", "disposition_at_least: consult"),
        Key("disposition_at_most", "It is this one, or a less urgent one.", "disposition_at_most: doctor-first"),
        Key("guidance", "Each of these lines is said, for certain or as one that may apply.", "guidance: [calm]"),
        Key("no_guidance", "None of these lines is said, not even as one that may apply.", "no_guidance: [calm]"),
        Key("asked", "Each of these questions is asked.", "asked: [concerns, itch]"),
        Key("not_asked", "None of these questions is asked.", "not_asked: [since]"),
        Key(
            "answers",
            "The answers make this condition true; unknown is not enough.",
            "answers: {age: {at_least: 18}}",
        ),
        Key(
            "referral",
            "This referral is the one that is said. The last one is called `everyone` if it has no id.",
            "referral: everyone",
        ),
        Key(
            "referral_says",
            "Whichever referral is said holds these words. Capital letters and line breaks do not matter.",
            "referral_says: certified professional",
        ),
    ),
)
THINGS = (INVARIANT, PROMISE)
