"""The keys of written conditions."""

from screener.authoring.format.key import Key, Thing

_MEASURE, _OPTIONS = "a number, a date, or an option of a question that is `ordered`", "an option, or a list of them"
CONDITION = Thing(
    "A condition",
    "rules",
    "Condition",
    "when",
    "When something is asked, said or promised: ids of questions, each with its answer, and the words that join them.",
    "",
    (
        Key("all", "True when each of these conditions is true.", "all: [{itch: yes}, {concerns: dry}]"),
        Key("any", "True when at least one of these conditions is true.", "any: [{itch: yes}, {concerns: dry}]"),
        Key(
            "not",
            "Turns true and false round, and leaves unknown unknown. It is true for someone who was not asked.",
            "not: {itch: yes}",
        ),
        Key("is", "Stands for the condition that has this name under `conditions`.", "is: itching", values="a name"),
    ),
)
ABOUT_ANSWER = Thing(
    "What a condition says of one question",
    "rules",
    "AboutAnswer",
    "when",
    "An answer or a list of answers is enough in most cases: `{itch: yes}`, `{itch: [yes, unsure]}`. These keys say "
    "more; two of them mean both.",
    "",
    (
        Key(
            "all",
            "All of these options were chosen. For type `many`.",
            "concerns: {all: [dry, spots]}",
            values=_OPTIONS,
        ),
        Key(
            "none",
            "None of these options was chosen. For type `many`.",
            "concerns: {none: [dry, spots]}",
            values=_OPTIONS,
        ),
        Key("count", "So many options were chosen. For type `many`.", "concerns: {count: {at_least: 2}}"),
        Key(
            "below",
            "The number is smaller, or the date earlier; an option comes before.",
            "age: {below: 18}",
            values=_MEASURE,
        ),
        Key(
            "above",
            "The number is larger, or the date later; an option comes after.",
            "since: {above: 2026-01-31}",
            values=_MEASURE,
        ),
        Key(
            "within",
            "The date is at most so long before the day of the interview, and not after it. For type `date`.",
            "since: {within: 6 months}",
            values="days, weeks, months or years, such as `6 months`",
        ),
        Key(
            "at_least",
            "The number or date is this one, or a larger or later one.",
            "age: {at_least: 18}",
            values=_MEASURE,
        ),
        Key(
            "at_most",
            "The number or date is this one, or a smaller or earlier one.",
            "since: {at_most: 2026-01-31}",
            values=_MEASURE,
        ),
    ),
)
COUNT = Thing(
    "How many were chosen",
    "rules",
    "Count",
    "when.count",
    "How many options of a question of type `many` were chosen: one of these, or both.",
    "",
    (
        Key("at_least", "So many, or more.", "concerns: {count: {at_least: 2}}"),
        Key("at_most", "So many, or fewer.", "concerns: {count: {at_most: 1}}"),
    ),
)
THINGS = (CONDITION, ABOUT_ANSWER, COUNT)
