"""The words that stand on a page: those of the other faces, from where these take them, and its own."""

from collections.abc import Mapping
from typing import Any

from screener.engine import answers as a
from screener.engine.meant import NO_SUCH_DAY
from screener.ground.marks import DECLINED, SKIPPED, UNSURE
from screener.interview import amounts, loop
from screener.interview.duration import duration
from screener.rulefile.measures import MEASURED
from screener.rulefile.model import Question, RuleFile
from screener.summary import person
from screener.summary import wording as w

#: What a page says by itself.
OWN: Mapping[str, str] = {
    "private": "Nothing you answer leaves this device. This page sends nothing and stores nothing. "
    "Your answers are gone when you close it.",
    "begin": "Start",
    "next": "Next",
    "back": "Back",
    "or": "or",
    "why": "Why we ask",
    "day": "Day",
    "month": "Month",
    "year": "Year",
    "refused": "Please look at this again",
    "change": "Change",
    "change_this": "Change your answer to: {}",
    "summary": "Your summary",
    "keep": "This summary is only on this screen. To keep it, print it, or save it as a PDF when you print.",
    "code_later": "Once every question is answered, a code that the clinic can scan stands here.",
    "code_full": "Much is said in your own words, so your answers do not fit into one code. They fit into a file.",
    "code_in_a_file": "Save my answers in a file for the clinic",
    "code_in_letters": "The same code in letters",
    "code_not_sealed": "This browser can't make a code that only the clinic can read, so there is none. "
    "Please print the summary and take it along.",
    "print": "Print",
    "change_answers": "Look at my answers again",
    "start_over": "Start over",
    "ask_start_over": "Do you want to start over?",
    "wipes": "All your answers are wiped from this page.",
    "wipe": "Yes, wipe my answers",
    "keep_answers": "No, keep my answers",
}
#: What is added, or said in other words, on a tablet that many people use.
ON_A_KIOSK: Mapping[str, str] = {
    "start_over": "Next person",
    "ask_start_over": "Are you done?",
    "wipes": "All answers are wiped from this page, for the next person.",
    "wipe": "Yes, wipe the answers",
    "code_full": "Much is said in your own words, so your answers do not fit into one code. "
    "Please print the summary, or show it.",
    "full_screen": "Full screen",
    "clears_in": "If nobody touches this page, it clears itself in {}.",
    "clears_soon": "This page clears itself in {} seconds. Press any key to go on.",
    "cleared": "Nobody touched this page for a while, so the answers were wiped.",
}
#: What is said where the page can't ask: without a script, or in an old browser.
NO_SCRIPT = (
    "This browser cannot ask the questions one by one, as it is an old one or runs no scripts. "
    "Here is the list of all questions, to print and to fill in by hand. Leave out what does not fit."
)
#: Why an answer is refused, by what the engine says of it, in the words that `screener start` has.
REFUSALS: Mapping[str, tuple[str, ...]] = {
    "alone": (a.ALONE,),
    "too-few": (a.TOO_FEW,),
    "too-many": (a.TOO_MANY,),
    "too-small": (a.TOO_SMALL,),
    "too-large": (a.TOO_LARGE,),
    "empty": (a.EMPTY,),
    "too-long": (a.TOO_LONG,),
    "unsafe": (a.UNSAFE_TEXT, a.TYPE_AGAIN),
    "no-number": (amounts.NOT_A.format("number"), amounts.WRITE),
    "no-whole": (amounts.NO_WHOLE, amounts.WRITE),
    "two-readings": (amounts.COULD_BE, amounts.PLEASE_TYPE),
    "number-alone": (amounts.NUMBER_ALONE,),
    "other-unit": (amounts.OTHER_UNIT, amounts.GIVE_IN),
    "no-date": (amounts.NOT_A.format("date"), NO_SUCH_DAY),
    "year-of-four": (amounts.YEAR_OF_FOUR,),
    "part-of-a-date": ("please type a day, a month and a year",),
    "none-chosen": ("please choose at least one",),
    "not-chosen": ("please choose one",),
    "nothing-typed": ("please type an answer",),
    "other": ("this is no answer to the question",),
}


def words(rules: RuleFile, kiosk: bool = False) -> dict[str, Any]:
    """Every word of the page of this rule file, by the names that its script knows them by."""
    return {
        **OWN,
        **(ON_A_KIOSK if kiosk else {}),
        "takes": str(takes) if (takes := duration(rules, {})).questions else "",
        "refusals": REFUSALS,
        "few_digits": amounts.FEW_DIGITS,
        "forms": {question.id: _form(question) for question in rules.questions if question.type in MEASURED},
        **_of_the_interview(),
        **_of_the_summary(rules),
    }


def _form(question: Question) -> str:
    return amounts.in_parts(question) if question.type == "date" else amounts.form(question)


def _of_the_interview() -> dict[str, str]:
    return {
        "counted_questions": loop.COUNTED,
        "at_most": loop.AT_MOST,
        "in_section": loop.IN_SECTION,
        "no_reason": loop.NO_REASON,
        "certain_step": loop.NEXT_STEP,
        "certain": loop.CERTAIN,
        "what_now": loop.WHAT_NOW,
        "go_on": loop.GO_ON,
        "finish": loop.FINISH,
        "taken_back": loop.TAKEN_BACK,
        "check": loop.CHECK,
        "all_right": loop.ALL_RIGHT,
    }


def _of_the_summary(rules: RuleFile) -> dict[str, Any]:
    return {
        "next_step": w.NEXT_STEP,
        "possible": w.POSSIBLE,
        "incomplete": w.INCOMPLETE,
        "more_could_come": w.MORE_COULD_COME,
        "tell": w.TELL,
        "also_tell": w.ALSO_TELL,
        "left_open": {UNSURE: w.UNSURE_OF, DECLINED: w.IN_PERSON, SKIPPED: w.LEFT_OUT},
        "to_take_along": w.TO_TAKE_ALONG,
        "more_to_ask": w.MORE_TO_ASK,
        "details": w.DETAILS,
        "behind_all": w.BEHIND_ALL,
        "told": w.TOLD,
        "not_covered": w.NOT_COVERED,
        "words": w.WORDS,
        "sources": w.SOURCES,
        "stands_on": w.STANDS_ON,
        "and_more": w.AND_MORE,
        "made_with": w.MADE_WITH,
        "counted": w.COUNTED,
        "gate": w.gate(rules),
        "in_full": person.IN_FULL,
        "worth_asking": person.WORTH_ASKING,
        "most_named": w.MOST_NAMED,
        "fingerprint": w.FINGERPRINT,
        **_of_reasons(),
        **_of_the_code(),
    }


def _of_the_code() -> dict[str, str]:
    return {
        "code": w.CODE,
        "code_holds": w.CODE_HOLDS,
        "code_is_open": w.CODE_IS_OPEN,
        "code_is_sealed": w.CODE_IS_SEALED,
    }


def _of_reasons() -> dict[str, Any]:
    return {
        "for_everyone": w.FOR_EVERYONE,
        "because": w.BECAUSE,
        "and_because": w.AND_BECAUSE,
        "answered": w.ANSWERED,
        "chose": w.CHOSE,
        "was_not_asked": w.WAS_NOT_ASKED,
        "without_value": w.WITHOUT_VALUE,
    }
