"""The keys of what is said: lines of guidance, next steps, the referral, and what is not covered."""

from screener.authoring.format.key import Key, Thing

GUIDANCE = Thing(
    "A line of guidance",
    "rules",
    "Guidance",
    "guidance",
    "One line of advice, said where its condition holds. Its sources hold for all its texts.",
    "id: cool\ntopic: Care\nsays: Keep the skin cool.",
    (
        Key("id", "Its name in promises, worked cases and the details. It stays the same over the years.", "id: mark"),
        Key("topic", "The heading it stands under. Lines of one topic stand together.", "topic: Your concerns"),
        Key("says", "What it means for the person, in at most 30 words.", "says: Please show the mark to a doctor."),
        Key("title", "Its name in at most 8 words. Left out, it has none.", "title: A new or changing mark"),
        Key(
            "when",
            "The condition on which it is said. Left out, it is said to everyone.",
            "when: {itch: [yes, unsure]}",
        ),
        Key(
            "when_unsure",
            "What happens where “not sure” or “rather told in person” leaves `when` unknown: `say` says the line as "
            "one that may apply, `skip` leaves it out. Left out, it is `say`.",
            "when_unsure: skip",
            "when: {itch: yes}",
        ),
        Key(
            "disposition",
            "The next step that it calls for, by its id. Left out, it calls for none.",
            "disposition: doctor-first",
        ),
        Key(
            "more",
            "The evidence, both sides of it. It stands in the details, for those who want to know.",
            "more: One study found less itching, another one did not.",
        ),
        Key(
            "short",
            "What the professional reads, in their words. Left out, they read the title.",
            "short: Reports a changing mark",
        ),
        Key(
            "ask",
            "A question that the person can take along.",
            "ask: What could be the cause of my dry skin?",
        ),
        Key("from", "The statements of the sources that it stands on, by their ids.", "from: [C1, B1]"),
        Key(
            "excludes",
            "Lines that are never said together with this one, by their ids. `screener rules check` proves it.",
            "excludes: [calm]",
            "when: {itch: yes}",
        ),
    ),
)
DISPOSITION = Thing(
    "A next step",
    "rules",
    "Disposition",
    "dispositions",
    "One next step. Lines of guidance call for it by its id under `disposition`.",
    "id: today\ntitle: See a doctor today\nsays: Do not wait for your visit.",
    (
        Key("id", "Its name in lines of guidance, promises and worked cases.", "id: see-today"),
        Key("title", "What to do, in a few words. It stands at the top of the summary.", "title: See a doctor today"),
        Key("says", "What it means for the person.", "says: Have the mark looked at before any treatment."),
        Key(
            "short",
            "What the professional reads, in their words. Left out, they read the title.",
            "short: Medical assessment first",
        ),
        Key("from", "The statements of the sources that it stands on, by their ids.", "from: [C1]"),
    ),
)
REFERRAL = Thing(
    "A referral",
    "rules",
    "Referral",
    "referral",
    "Whom to see, said last. A single one is written without a list, and needs `says` only.",
    "id: children\nwhen: {age: {below: 18}}\nsays: Please see a doctor with a parent.",
    (
        Key("id", "Its name in promises and worked cases. Left out of the last one, it is `everyone`.", "id: young"),
        Key(
            "when",
            "For whom it is said: where this is certainly true. The last referral has none.",
            "when: {age: {below: 18}}",
        ),
        Key("says", "The text. It sends the person to a professional.", "says: Please see a certified professional."),
        Key("from", "The statements of the sources that it stands on, by their ids.", "from: [C1]"),
    ),
)
NOT_COVERED = Thing(
    "What is not covered",
    "rules",
    "Passage",
    "not_covered",
    "A text that stands in the details of every summary.",
    "says: It does not cover the price.",
    (
        Key("says", "The text.", "says: It does not cover the price, or how long you wait."),
        Key("from", "The statements of the sources that it stands on, by their ids.", "from: [C1]"),
    ),
)
THINGS = (GUIDANCE, DISPOSITION, REFERRAL, NOT_COVERED)
