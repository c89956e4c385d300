"""The keys of a question and of its options."""

from screener.authoring.format.key import Key, Thing

QUESTION = Thing(
    "A question",
    "rules",
    "Question",
    "questions",
    "One question. Questions are asked in their order, each with its `why` one key away.",
    "id: pain\ntype: yes-no\nask: Does anything hurt?",
    (
        Key("id", "Its name in conditions and in answers. People never see it.", "id: new-mark"),
        Key(
            "type",
            "How it is answered: `one` or `many` of its options, `yes-no`, a `number`, a `whole` number, a `date`, or "
            "a `text` in the person's own words.",
            "type: yes-no",
        ),
        Key("ask", "The question itself.", "ask: Is any mark new or changing?"),
        Key(
            "section",
            "The heading it stands under. Questions of one section follow each other; left out, it has no heading.",
            "section: Your skin",
        ),
        Key("help", "A hint that stands below the question.", "help: Choose every one that applies."),
        Key(
            "why",
            "Why it is asked. People see it when they press `?`.",
            "why: A doctor should look at such a mark first.",
        ),
        Key(
            "options",
            "What can be chosen, each with an id and a label. Types `one` and `many` need it, others can't have it.",
            "options: {dry: Dry skin, spots: Spots}",
            "type: many",
            "ids, each with a label or an option",
        ),
        Key(
            "ordered",
            "The options go from the least to the most, so that conditions can say `{pain: {at_least: some}}`. For "
            "type `one`.",
            "ordered: yes",
            "type: one\noptions: {none: Not at all, some: Some, much: Much}",
        ),
        Key("unsure", "Offers “Not sure”. Left out, it is not offered.", "unsure: yes"),
        Key(
            "decline",
            "Offers “I would rather tell the professional in person”. Left out, it is not offered.",
            "decline: yes",
        ),
        Key(
            "optional",
            "Lets it be skipped, with `skipped` as the answer. Left out, it has to be answered.",
            "optional: yes",
        ),
        Key(
            "min",
            "The smallest number, the earliest date or `today`, or how many options must be chosen. Left out, there is "
            "no limit.",
            "min: 0",
            "type: number",
            "a number or a date",
        ),
        Key(
            "max",
            "The largest number, the latest date or `today`, or how many options can be chosen. Left out, there is no "
            "limit.",
            "max: 120",
            "type: number",
            "a number or a date",
        ),
        Key("unit", "What a number counts; it stands beside the field.", "unit: years", "type: number"),
        Key(
            "when",
            "The condition on which it is asked, about questions above it: asked where it is true or unknown. Left "
            "out, everyone is asked.",
            "when: {concerns: spots}",
        ),
        Key(
            "for",
            "Hands the answer on to the professional as it is, so that it need not decide anything.",
            "for: professional",
            "type: text",
        ),
        Key(
            "carry_over",
            "For so long an answer can be taken over at a repeat visit, where it is only looked at again. Left out, it "
            "is asked anew; so is a question whose answer was left open.",
            "carry_over: 90 days",
            values="days, weeks, months or years, such as `90 days`",
        ),
        Key("from", "The statements of the sources for which it is asked, by their ids.", "from: [C1]"),
    ),
)
OPTION = Thing(
    "An option",
    "rules",
    "Option",
    "questions.options",
    "One thing that can be chosen. Without `help` and `exclusive` the label alone is enough: `dry: Dry skin`.",
    "label: Dry skin",
    (
        Key("label", "What the person reads.", "label: None of these"),
        Key("help", "A hint that stands beside the label.", "help: Red or brown"),
        Key(
            "exclusive",
            "The option stands alone: whoever chooses it chooses no other. Left out, it does not.",
            "exclusive: yes",
        ),
    ),
)
THINGS = (QUESTION, OPTION)
