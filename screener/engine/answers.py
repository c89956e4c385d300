"""Raw text → typed answers, or problems: what one answer may be, and what an answers file may hold."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from screener.engine.meant import day_meant, it_has, not_offered, option_meant
from screener.ground.marks import DECLINED, SKIPPED, UNSURE
from screener.ground.problems import Hints, Problem, ProblemsFound, did_you_mean
from screener.ground.safetext import UNSAFE
from screener.rulefile import days
from screener.rulefile.conditions.atoms import Within
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.measures import FORMS, Measure, iso_date, number, whole
from screener.rulefile.model import Answers, Question, RuleFile
from screener.rulefile.yamltext import Route, YamlText, read

SCHEMA = "screener/answers/1"
_TAKEN = (SCHEMA, "screener/summary/1")
_TOP: Route = ()
MAX_TEXT = 2_000
#: How the reserved answers are offered, and how the one is repeated that is no answer.
RESERVED_WORDS = {
    UNSURE: "Not sure",
    DECLINED: "I would rather tell the professional in person",
    SKIPPED: "Skip this question",
}
REPEATED_WORDS = {**RESERVED_WORDS, SKIPPED: "Skipped"}
#: Why an answer is refused, for every face in the same words.
ALONE = "“{}” can't be chosen together with others"
TOO_FEW, TOO_MANY = "please choose at least {}", "please choose at most {}"
TOO_SMALL, TOO_LARGE = "the smallest possible is {}", "the largest possible is {}"
EMPTY, TOO_LONG = "the text is empty", "the text is longer than {} characters"
UNSAFE_TEXT, TYPE_AGAIN = "the text holds characters that are not allowed", "type it again"


class AnswersFile(NamedTuple):
    """Answers that were read from a file, and the rule file they say they were given to.

    `former` are the questions among them that are no longer asked, each with the author's note; their answers are left
    out.
    """

    answers: Answers
    rules: Mapping[str, str]
    former: Mapping[str, str]


def read_answers(text: str, rules: RuleFile, file: str = "") -> AnswersFile:
    """The answers that this YAML or JSON text holds, typed by the questions of the rule file.

    Either each question with its answer, or that under `answers:`, as saved files and JSON
    summaries have it. Raises ProblemsFound with everything that is wrong.
    """
    source = read(_joined_surrogates(text), file)
    plain, route = source.plain, _TOP
    if isinstance(plain, dict) and isinstance(plain.get("answers"), dict):
        plain, route = plain["answers"], ("answers",)
    if not isinstance(plain, dict):
        message = "an answers file has a question, a colon and the answer on each line"
        raise ProblemsFound([source.problem("wrong-type", message, (), "write it as in `itch: yes`")])
    header = _header(source, rules) if route else {}
    problems: list[Problem] = []
    former = {id: rules.former[id] for id in plain if id in rules.former}
    answers = typed({id: plain[id] for id in plain if id not in former}, route, rules, source, problems)
    if problems:
        raise ProblemsFound(problems)
    return AnswersFile(answers, header, former)


def interview_day(text: str) -> date | None:
    """The day of the interview that a saved file names, if it is one and names one."""
    try:
        plain = read(_joined_surrogates(text)).plain
        return iso_date(plain["date"]) if isinstance(plain["answers"], dict) else None
    except (ProblemsFound, LookupError, TypeError, AttributeError, ValueError):
        return None  # a file without a day; what is wrong with it is said when its answers are read


def _header(source: YamlText, rules: RuleFile) -> dict[str, str]:
    """What a saved file says of the rule file it belongs to. Raises ProblemsFound if it is of another kind."""
    schema, header = source.plain.get("schema", SCHEMA), source.plain.get("rules")
    if schema not in _TAKEN:
        help = f"the file must say {' or '.join(_TAKEN)}"
        raise ProblemsFound([source.problem("wrong-value", "this is not a file of answers", ("schema",), help)])
    said = {key: value for key, value in header.items() if isinstance(value, str)} if isinstance(header, dict) else {}
    if said.get("id", rules.id) != rules.id:
        message = f"these answers were given to another questionnaire, not to `{rules.id}`"
        raise ProblemsFound([source.problem("other-rules", message, ("rules", "id"), "name that one with RULES")])
    return said


def typed(
    plain: Mapping[str, Any], route: Route, rules: RuleFile, source: YamlText, problems: list[Problem]
) -> dict[str, Answer]:
    """The answers of the mapping at this route, in the order of asking; what can't be one is added to the problems."""
    answers: dict[str, Answer] = {}
    hints = Hints()
    for id, value in plain.items():
        question = rules.by_question.get(id)
        if question is None:
            help = hints.near(id, rules.by_question)
            message = f"there is no question `{id[:64]}`"
            problems.append(source.problem("unknown-answer", message, (*route, f"key:{id}"), help))
            continue
        try:
            answers[id] = read_answer(question, value)
        except Refused as refused:
            place = (*route, id, refused.index) if refused.index is not None else (*route, id)
            problems.append(source.problem(refused.code, f"question `{id}`: {refused}", place, refused.help))
    return {id: answers[id] for id in rules.by_question if id in answers}


class Refused(Exception):
    """A value that can't be the answer to a question: a plain sentence, with help."""

    def __init__(self, message: str, help: str = "", code: str = "wrong-answer", index: int | None = None) -> None:
        super().__init__(message)
        self.help, self.code, self.index = help, code, index

    @property
    def sentence(self) -> str:
        """The reason and the help as sentences for the person who answered."""
        parts = [part[0].upper() + part[1:] for part in (str(self), self.help) if part]
        return " ".join(part if part.endswith(("?", ".")) else f"{part}." for part in parts)


def read_answer(question: Question, raw: object) -> Answer:
    """The answer that this text, or list of texts, stands for. Raises Refused with the reason in plain words."""
    if isinstance(raw, str) and question.type == "yes-no":
        raw = {"true": "yes", "false": "no"}.get(raw.lower(), raw.lower())
    if isinstance(raw, str) and raw in question.reserved:
        return raw
    if isinstance(raw, str) and raw in RESERVED_WORDS and question.type != "text":
        code = "wrong-answer" if question.type in FORMS else "unknown-answer"
        raise Refused(f"this question does not offer `{raw}`", not_offered(question, raw), code)
    if question.type == "many":
        return _many(question, [raw] if isinstance(raw, str) else raw)
    if not isinstance(raw, str):
        raise Refused("one answer is needed here, not several")
    if question.type in ("one", "yes-no"):
        return _one(question, raw)
    if question.type == "text":
        return _text(raw)
    return _measured(question, raw)


def _one(question: Question, raw: str) -> str:
    _known(question, raw, None)
    return raw


def _many(question: Question, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple):
        raise Refused("a list of options is needed here")
    if not raw:
        raise Refused("at least one option is needed", it_has(question))
    chosen: set[str] = set()
    for index, word in enumerate(raw):
        if not isinstance(word, str):
            raise Refused("a list of options is needed here", index=index)
        if word in question.reserved:
            raise Refused(f"`{word}` stands alone, not in a list", code="exclusive-option", index=index)
        _known(question, word, index)
        if word in chosen:
            raise Refused(f"`{word}` stands twice", index=index)
        chosen.add(word)
    together(question, list(raw))
    return tuple(option for option in question.options if option in chosen)


def together(question: Question, chosen: list[str]) -> list[str]:
    """The same options, if they may be chosen together: exclusive ones alone, not too few, not too many.

    Raises Refused otherwise.
    """
    alone = [option for option in chosen if stands_alone(question, option)]
    if alone and len(chosen) > 1:
        label = dict(offered(question))[alone[0]]
        raise Refused(ALONE.format(label), code="exclusive-option")
    limits, count = question.limits, Decimal(len(chosen))
    if not alone and limits.under(count):
        raise Refused(TOO_FEW.format(limits.low))
    if limits.over(count):
        raise Refused(TOO_MANY.format(limits.high))
    return chosen


def stands_alone(question: Question, option: str) -> bool:
    """Whether this choice excludes all others: an exclusive option, or a reserved answer."""
    return option in question.reserved or question.options[option].exclusive


def offered(question: Question) -> tuple[tuple[str, str], ...]:
    """Everything that can be chosen, in order: id and label."""
    choices = [(id, option.label) for id, option in question.choices.items()]
    return (*choices, *((word, RESERVED_WORDS[word]) for word in question.reserved))


def _known(question: Question, word: str, index: int | None) -> None:
    if word not in question.choices:
        known = (*question.choices, *question.reserved)
        help = option_meant(question, word) or did_you_mean(word, known) or it_has(question)
        raise Refused(f"there is no option `{word[:60]}`", help, "unknown-answer", index)


def _text(raw: str) -> str:
    if not raw.strip():
        raise Refused(EMPTY)
    if len(raw) > MAX_TEXT:
        raise Refused(TOO_LONG.format(MAX_TEXT))
    if UNSAFE.search(raw):
        raise Refused(UNSAFE_TEXT, TYPE_AGAIN, "unsafe-character")
    return raw.strip()


def _measured(question: Question, raw: str) -> Measure:
    form = FORMS[question.type]
    try:
        value = _READ[question.type](raw) if question.type != "date" else _day(question, raw)
    except ValueError:
        help = option_meant(question, raw) or (day_meant(raw) if question.type == "date" else "") or f"write {form}"
        raise Refused("this is not " + form.split(" such", maxsplit=1)[0], help) from None
    return within(question, value)


_READ = {"number": number, "whole": whole}


def _day(question: Question, raw: str) -> Measure:
    """A date, or a day that is counted from the interview."""
    return days.counted(raw, question.today) or iso_date(raw)


def is_fixed_day(raw: object) -> bool:
    """Whether this is written as a date of the calendar, and not as one that is counted from the interview."""
    try:
        return bool(iso_date(str(raw)))
    except ValueError:
        return False


def within(question: Question, value: Measure) -> Measure:
    """The same value, if the limits of the question allow it. Raises Refused otherwise."""
    if question.limits.under(value):
        raise Refused(TOO_SMALL.format(question.limits.low))
    if question.limits.over(value):
        raise Refused(TOO_LARGE.format(question.limits.high))
    return value


def as_plain(answer: Answer) -> str | int | float | list[str]:
    """The answer as JSON has it: a text, a number, a list of option ids, or a date as text."""
    if isinstance(answer, tuple):
        return list(answer)
    if isinstance(answer, Decimal):
        return int(answer) if answer == answer.to_integral_value() else float(answer)
    return answer if isinstance(answer, str) else answer.isoformat()


def for_any_day(rules: RuleFile, id: str, answer: Answer) -> str | int | float | list[str]:
    """The answer as a file has it that is meant for any day: `40 days ago` where that is what counts."""
    if id in rules.counted_back and isinstance(answer, date):
        atoms = (atom for condition in rules.written_conditions for atom in condition.atoms())
        in_months = any(isinstance(a, Within) and a.question == id and a.span.in_months for a in atoms)
        return days.in_words(answer, rules.by_question[id].today, in_months)
    return as_plain(answer)


_PAIR = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def _joined_surrogates(text: str) -> str:
    """JSON may write one character as two escapes; YAML has no such pairs."""

    def joined(match: re.Match[str]) -> str:
        return chr(0x10000 + ((int(match[1], 16) & 0x3FF) << 10) + (int(match[2], 16) & 0x3FF))

    return _PAIR.sub(joined, text) if text.lstrip().startswith("{") else text


def in_words(question: Question, answer: Answer) -> str:
    """The answer as the person chose it: labels, or the value with its unit."""
    if isinstance(answer, tuple):
        return "; ".join(question.options[option].label for option in answer)
    if isinstance(answer, str) and answer in question.reserved:
        return REPEATED_WORDS[answer]
    if isinstance(answer, str):
        return question.choices[answer].label if answer in question.choices else answer
    text = str(as_plain(answer))
    return f"{text} {question.unit}" if question.unit else text
