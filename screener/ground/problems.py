"""One thing wrong with a file, with its place; and the catalogue of everything that can be wrong."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any, Literal, NamedTuple

from screener.ground.nearness import nearness

Level = Literal["error", "warning"]


class ExampleAnswers(NamedTuple):
    """A complete set of answers that shows a problem: what to look for, and each answer as JSON has it.

    `matter` are the questions that come first, and are `enough` if it comes out so whatever is answered to all others.
    Thousands of problems may share one set of answers, so it is put in order only where it is needed.
    """

    shows: str
    given: tuple[tuple[str, Any], ...]
    matter: frozenset[str] = frozenset()
    enough: bool = False

    @property
    def answers(self) -> tuple[tuple[str, Any], ...]:
        """Each question with its answer, those that matter first."""
        return tuple(sorted(self.given, key=lambda answer: answer[0] not in self.matter))

    @property
    def telling(self) -> tuple[tuple[str, Any], ...]:
        """The answers that are enough to show it; all of them where that is not known of fewer."""
        few = tuple(answer for answer in self.given if answer[0] in self.matter) if self.enough else ()
        return few or self.answers


class Problem(NamedTuple):
    """One problem: lower case sentence without final period, help apart, place as 1-based line and column.

    `excerpt` is the part of the source line around the place, which is its character `caret`, from 0;
    `line` is 0 when the problem is the file itself. `related` are the other places that have to do with it, each with
    what stands there as its message; `witness` are answers that show it, for `screener start --answers`;
    `stands_for` is how many problems it tells of, more than one only where there are too many to list.
    """

    code: str
    message: str
    help: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    level: Level = "error"
    caret: int = 0
    related: "tuple[Problem, ...]" = ()
    witness: tuple[ExampleAnswers, ...] = ()
    stands_for: int = 1


#: How many problems are listed; nobody reads on, and a file with more is of another kind.
MOST_LISTED = 200


_MORE = "more-problems"


_PUT_RIGHT = "put right what is listed, and check again"


def and_more(count: int, level: Level = "error", help: str = _PUT_RIGHT) -> Problem:
    """What stands for so many problems that are not listed."""
    return Problem(_MORE, f"and {count:,} more", help, level=level, stands_for=count)


def shortened(problems: Iterable[Problem], help: str = _PUT_RIGHT) -> tuple[Problem, ...]:
    """The first 200 problems, and one that stands for all others, with this help."""
    listed: list[Problem] = []
    count = 0
    level: Level = "warning"
    for problem in problems:
        if len(listed) < MOST_LISTED and problem.code != _MORE:
            listed.append(problem)
        else:
            count += problem.stands_for
            level = "error" if problem.level == "error" else level
    return (*listed, and_more(count, level, help)) if count else tuple(listed)


class ProblemsFound(Exception):
    """Raised instead of giving a value: what is wrong with the input, `shortened`, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = shortened(problems)
        super().__init__("; ".join(f"{p.file}:{p.line}: {p.message}" for p in self.problems))


def in_order(problems: Iterable[Problem], first: str) -> list[Problem]:
    """Each problem once, those of the file `first` before others, from top to bottom; what stands for more is last."""
    found = list(problems)
    listed = {problem for problem in found if problem.code != _MORE}
    in_place = sorted(listed, key=lambda p: (p.file != first, p.file, p.line, p.column, p.code, p.message))
    return in_place + [problem for problem in found if problem.code == _MORE]


_LONG = 100


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean …?` when the word is a slip of the finger for a known name, else nothing."""
    if len(word) > _LONG:
        return ""  # no misspelt name, and slow to compare
    near = ((slips, name) for name in known if name != word and (slips := nearness(word, name)) is not None)
    _, best = min(near, default=(0, ""))
    return f"did you mean `{best}`?" if best else ""


class Hints:
    """`did you mean …?` for a hundred words, or fewer where many names are known: looking takes its time."""

    def __init__(self) -> None:
        self._words, self._names = 100, 100_000

    def near(self, word: str, known: Collection[str]) -> str:
        """The known name that is close to the word, as a question, or nothing."""
        self._words -= 1
        self._names -= len(known)
        return did_you_mean(word, known) if self._words >= 0 and self._names >= 0 else ""


#: How many names are given where one of them is needed.
_MOST_NAMES = 20


def names(known: Collection[str]) -> str:
    """Names to choose from, as many as anyone reads: `a, b, c and 17 more`."""
    first = ", ".join(islice(known, _MOST_NAMES))
    return first if len(known) <= _MOST_NAMES else f"{first} and {len(known) - _MOST_NAMES} more"


#: Every code of files that can't be read or do not hold together, and what its page says. The checks have their own.
CODES: dict[str, str] = {
    "not-found": "The file is not there, or its name is spelt differently.",
    "not-readable": "The file is there, but this account may not read it, or it is a folder.",
    "not-writable": "The file can not be written there, or it exists already and nothing was overwritten.",
    "not-utf8": "The file is not UTF-8 text. Save it again as UTF-8.",
    "too-large": "The file is larger than 5 MiB. A questionnaire of thousands of questions is far smaller.",
    "not-comparable": "The checker that goes with the evidence can't compare the rule file with what was read from the "
    "place named. Write it in a plainer way, such as a text in quotes on one line.",
    "not-yaml": "The text is not YAML. The place is where the reader had to give up; the cause is often a line above.",
    "empty": "The file holds nothing.",
    "several-documents": "The file holds more than one YAML document (a line `---`). Keep one.",
    "duplicate-key": "The same name stands twice before a colon, in one place. YAML would silently keep only the last.",
    "anchor": "Anchors (`&name`) and aliases (`*name`) are refused: they hide what a file says. Write it out.",
    "tag": "Tags (`!name`) are refused: every value is read as plain text.",
    "too-deep": "The file is nested deeper than 32 levels.",
    "too-many": "The file holds more than is taken: 300,000 values in all, 20,000 entries in a list, 1,000 options or "
    "answers in one. A questionnaire that people answer is far smaller.",
    "more-problems": "There are more problems than are listed. Often one cause makes many of them.",
    "complex-key": "What stands before a colon must be a plain text, not a list or something in braces.",
    "unsafe-character": "Control and text-direction characters are refused: they can fake what a reader sees.",
    "missing-key": "Something needed is not there.",
    "unknown-key": "The key means nothing here. Often it is a misspelling.",
    "wrong-type": "The value has another shape than this key needs.",
    "wrong-value": "The value is not one of those that are possible here.",
    "bad-id": "An id is made of small letters, digits and hyphens, and starts with a letter or a digit.",
    "duplicate-id": "Two things of the same kind have the same id.",
    "reserved-id": "The words `unsure`, `declined`, `skipped` and `answered` have a meaning of their own.",
    "no-repeat": "A text repeats an answer, as in `{answer: concerns}`, in a place where it is not filled in. "
    "It is filled in in `ask` of later questions; in `title`, `says`, `more` and `ask` of guidance; in `title` "
    "and `says` of next steps; and in `says` of referrals.",
    "no-options": "A question of this type needs options, or may not have them.",
    "min-over-max": "The smallest allowed is larger than the largest allowed.",
    "limits-cross": "Limits of one date change places with time: `6 months` and `183 days`, or a fixed day and one "
    "that is counted back from the interview. What is proved must hold on every day, so their order may not change.",
    "bad-limit": "A limit is not possible for this type of question.",
    "unknown-question": "A condition or a promise speaks of a question that the file does not have.",
    "forward-reference": "A condition may only speak of questions that come earlier.",
    "unknown-option": "A condition, or an order of risk, speaks of an option that the question does not have.",
    "duplicate-option": "The same option stands twice in one condition, or in one order of risk.",
    "not-offered": "A condition speaks of an answer (`unsure`, `declined`, `skipped`) that is not offered.",
    "wrong-condition": "The condition is not one of the forms that exist, or does not fit the type of the question.",
    "wrong-order": "An order of risk does not fit its question: a number has `larger` or `smaller`, a date `later` or "
    "`earlier`, a question where one is chosen a list of options from the least risk to the most.",
    "unknown-condition": "`is:` names a condition that is not written under `conditions:`, or only further down.",
    "unknown-disposition": "The disposition is not listed under `dispositions:`.",
    "unknown-guidance": "A guidance id that the file does not have.",
    "unknown-statement": "A cited statement is not in the sources file.",
    "unknown-document": "A statement names a document or a section that the sources file does not list.",
    "no-referral": "Everyone ends with a referral: of several only the last has no condition, and it must have none.",
    "unknown-referral": "A promise or a worked case names a referral that the file does not have.",
    "no-sources": "The file cites statements but names no sources file.",
    "unknown-answer": "The answers name a question or an option that the rule file does not have.",
    "wrong-answer": "The answer does not fit the question.",
    "exclusive-option": "An option that stands alone was given together with others.",
    "missing-answer": "A question that is asked has no answer.",
    "other-rules": "The answers were given to another rule file.",
    "no-pdf": "PDF needs the package typst, which comes with the extra `pdf`.",
    "no-font": "No font on this computer has a character of the text, and a page with boxes would be worse than none.",
    "not-json": "The text is not JSON.",
    "not-a-questionnaire": "The file is not a FHIR Questionnaire. Import takes one in JSON, of R4 or R5.",
    "circular-condition": "A condition of a form speaks of the item itself, or of one that hangs on it in turn.",
    "too-many-items": "A FHIR form has more items, or more in its lists, than can be taken in within seconds.",
    "not-taken": "A FHIR form, or a table of questions, holds more, or other things, than a rule file may.",
    "not-a-table": "The file is not a table of questions, which has the names of its columns in the first row, and a "
    "question in each row below. Only the column `ask` has to be there. A spreadsheet stores it as CSV.",
    "wrong-cell": "A cell of a table of questions does not hold what its column needs.",
    "not-in-fhir": "Something of a rule file that FHIR has no place for. The export is complete without it.",
    "not-in-rules": "Something of a FHIR form, or of a table, that a rule file has no place for. It was left out or "
    "changed as said.",
    "version-too-small": "The version has to grow with what an edit changes, and has not grown enough. What takes away "
    "counts most: a calmer next step, a line that somebody no longer hears, a promise, the id of a question.",
    "version-not-numbered": "A version that is to grow is numbered: MAJOR.MINOR.PATCH, such as 2.1.0.",
    "not-counted": "People are counted by the day, by the next step, or by a question at which an option is chosen.",
    "case-failed": "A worked case did not come out as expected.",
    "not-noticed": "No worked case would fail if this were changed by mistake. "
    "`screener rules cases --suggest --strong` prints cases that would.",
}
