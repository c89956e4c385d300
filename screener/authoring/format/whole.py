"""The keys at the top of a rule file."""

from screener.authoring.format.key import Key, Thing

RULE_FILE = Thing(
    "The rule file",
    "rules",
    "RuleFile",
    "",
    "A whole questionnaire: what is asked, what is said for which answers, and how it ends.",
    "",
    (
        Key("format", "The version of this format. There is only 1.", "format: 1"),
        Key(
            "id",
            "The name of the questionnaire for programs. Answers that were kept name it, so it stays as it is.",
            "id: my-clinic",
        ),
        Key(
            "version",
            "Which edition this is. Let it grow with each edit; `screener rules diff` says by how much.",
            "version: 1.0.0",
            values="a version",
        ),
        Key("title", "The name of the questionnaire for people.", "title: Before your visit"),
        Key(
            "language",
            "The language of the texts. Their reading level, and words that judge, are looked at in English files.",
            "language: en-GB",
            values="a language",
        ),
        Key(
            "status",
            "How far it has come, for other systems such as FHIR. Left out, it is active.",
            "status: draft",
        ),
        Key(
            "sources",
            "The sources file, which stands in the same folder. Without it, nothing can have `from`.",
            "sources: my-clinic.sources.yaml",
            values="the name of a file",
        ),
        Key(
            "intro",
            "What a person reads before the first question. Left out, the questions begin at once.",
            "intro: This gives information, not a decision.",
        ),
        Key(
            "glossary",
            "Terms that must stay, each with its meaning in plain words. The summary explains those it uses, and they "
            "count as plain where the reading level is looked at.",
            "glossary: {melasma: brown or grey-brown patches}",
            values="terms, each with a text",
        ),
        Key(
            "conditions",
            "Conditions with a name, to be used with `is` in several places. Each may use those above it.",
            "conditions: {grown-up: {age: {at_least: 18}}}",
        ),
        Key(
            "questions",
            "The questions, in the order in which they are asked.",
            "questions: [{id: pain, type: yes-no, ask: Does anything hurt?}]",
        ),
        Key(
            "guidance",
            "The lines of guidance, in the order in which they are said. Lines of one topic stand together.",
            "guidance: [{id: list, topic: Your visit, says: Bring a list of your creams.}]",
        ),
        Key(
            "dispositions",
            "The next steps, from the least to the most urgent. The most urgent one that a line calls for stands; "
            "where none does, it is the first.",
            "dispositions: [{id: today, title: See a doctor today, says: Do not wait for your visit.}]",
        ),
        Key(
            "limits",
            "How many words the texts of guidance may have before `screener rules check` warns.",
            "limits: {says: 25}",
        ),
        Key(
            "referral",
            "Whom to see. It is always said, last. Of several the first whose condition is certainly true is said, and "
            "the last has no condition.",
            "referral: {says: Please see a certified professional.}",
            values="a referral, or a list of them",
        ),
        Key(
            "not_covered",
            "What the questionnaire leaves aside. It stands in the details of the summary; left out, nothing is said.",
            "not_covered: {says: It does not cover the price.}",
        ),
        Key(
            "former",
            "Questions that went, each with a note on what became of it. Answers that people kept are still read.",
            "former: {smoking: It is asked in person now.}",
        ),
        Key(
            "invariants",
            "Promises about the questionnaire. Each is proved over every possible set of answers.",
            "invariants: [{id: all-are-asked, because: It matters to everyone., then: {asked: [itch]}}]",
        ),
    ),
)
LIMITS = Thing(
    "Limits",
    "rules",
    "WordLimits",
    "limits",
    "How many words a text of guidance may have.",
    "",
    (
        Key("title", "The most words in a title. Left out, 8.", "title: 6"),
        Key("says", "The most words in `says`. Left out, 30.", "says: 25"),
    ),
)
THINGS = (RULE_FILE, LIMITS)
