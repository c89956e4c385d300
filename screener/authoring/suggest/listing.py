"""Sets of answers that show everything a rule file can, as worked cases for its author to begin with."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screener.authoring.suggest.search import Shown, Suggested, Target
from screener.engine.answers import as_plain
from screener.engine.assess import assess
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile

#: A file looks the same wherever it is written, so its width is that of no terminal.
_WIDTH = 80
_KINDS = {"question": "questions", "guidance": "guidance", "disposition": "next steps"}


class Suggestion(NamedTuple):
    """A set of answers with a name, and what none of the sets before it shows."""

    id: str
    shown: Shown
    new: tuple[Target, ...]


def cases(suggested: Suggested) -> list[Suggestion]:
    """The sets with names that sort in their order."""
    digits, met, named = len(str(len(suggested.sets))), set[Target](), list[Suggestion]()
    for number, one in enumerate(suggested.sets, 1):
        new = tuple(target for target in one.targets if target not in met)
        named.append(Suggestion(f"suggested-{number:0{digits}}", one, new))
        met.update(new)
    return named


def about(suggested: Suggested) -> list[str]:
    """How many sets there are, whether fewer could do, and what no set shows."""
    sets = "1 set of answers shows" if len(suggested.sets) == 1 else f"{len(suggested.sets)} sets of answers show"
    what = "everything that can be shown" if suggested.never else "everything"
    fewer = "No fewer would do." if suggested.fewest else "Fewer may do; none were found."
    said = [f"{sets} {what}: every question, line of guidance and next step at least once. {fewer}"]
    if suggested.never:
        said.append("No answers at all show these, and `screener rules check` says why:")
        said += _listed(suggested.never)
    return said


def notes(case: Suggestion) -> list[str]:
    """What this set is the one to show, since none before it does, in lines for a file."""
    return ["The first of these sets to show", *_listed(case.new)]


def _listed(targets: Iterable[Target]) -> list[str]:
    found = list(targets)
    by_kind = {words: [target.id for target in found if target.kind == kind] for kind, words in _KINDS.items()}
    return [f"{words}: {', '.join(ids)}" for words, ids in by_kind.items() if ids]


def _comments(texts: Iterable[str], indent: str = "") -> list[str]:
    return [line for text in texts for line in lines(visible(text), _WIDTH, f"{indent}# ", f"{indent}#   ")]


def as_cases(rules: RuleFile, suggested: Suggested) -> str:
    """The sets as a cases file that passes today: it expects what comes out."""
    head = [
        f"Suggested for {rules.id} {rules.version}.",
        *about(suggested),
        "What is expected is what comes out now. Read it, put right what should come out otherwise, and give each "
        "case a name that says whom it is about.",
    ]
    written = [line for case in cases(suggested) for line in ("", *_case(rules, case))]
    return "\n".join([*_comments(head), "format: 1", "", "cases:", *written[1:]]) + "\n"


def _case(rules: RuleFile, case: Suggestion) -> Iterator[str]:
    summary = assess(rules, case.shown.answers)
    certain = [finding.guidance.id for finding in summary.findings if finding.certainty == "certain"]
    possible = [finding.guidance.id for finding in summary.findings if finding.certainty == "possible"]
    yield from _comments(notes(case), "  ")
    yield f"  - id: {case.id}"
    yield "    answers:"
    for id, answer in case.shown.answers.items():
        yield from _wrapped(f"{id}: {_written(answer)}")
    yield "    expect:"
    yield f"      disposition: {summary.disposition.id}"
    for key, ids in (("says", certain), ("possible", possible)):
        if ids:
            yield from _wrapped(f"{key}: [{', '.join(ids)}]")


def _wrapped(text: str) -> list[str]:
    """One key; only lists of ids are ever longer than a line, and they may go on in the next."""
    return lines(text, _WIDTH, "      ", "        ") if text.endswith("]") else [f"      {text}"]


def _written(answer: Answer) -> str:
    """Ids, numbers and dates as they are, which is how they are read."""
    return f"[{', '.join(answer)}]" if isinstance(answer, tuple) else str(as_plain(answer))
