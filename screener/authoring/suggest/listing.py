"""Sets of answers that show everything a rule file can, as worked cases for its author to begin with."""

from collections.abc import Iterable
from textwrap import indent
from typing import Any, NamedTuple

from screener.authoring.changes.mutants import Mutant
from screener.authoring.changes.noticed import share
from screener.authoring.suggest.search import Shown, Suggested, Target
from screener.authoring.suggest.strong import Strong
from screener.engine.answers import for_any_day
from screener.engine.assess import assess
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile
from screener.rulefile.yamltext.writing import written

#: A file looks the same wherever it is written, so its width is that of no terminal.
_WIDTH = 80
_INDENT = "  "
#: Lists go on in the next line once they are as long as this.
_FOLD = 56
_KINDS = {"question": "questions", "guidance": "guidance", "disposition": "next steps"}


class Suggestion(NamedTuple):
    """A set of answers with a name, and what none of the sets before it shows or notices."""

    id: str
    shown: Shown
    new: tuple[Target, ...]
    noticed: tuple[Mutant, ...]


def cases(suggested: Suggested, strong: Strong | None = None) -> list[Suggestion]:
    """The sets with names that sort in their order, those that notice changes last."""
    sets = (*suggested.sets, *(strong.more if strong else ()))
    digits, met, named = len(str(len(sets))), set[Target](), list[Suggestion]()
    for number, one in enumerate(sets, 1):
        new = tuple(target for target in one.targets if target not in met)
        noticed = strong.noticed[number - 1] if strong else ()
        named.append(Suggestion(f"suggested-{number:0{digits}}", one, new, noticed))
        met.update(new)
    return named


def about(suggested: Suggested, strong: Strong | None = None) -> list[str]:
    """How many sets there are, whether fewer could do, what no set shows, and how many changes they notice."""
    return [*_about_shown(suggested), *(_about_noticed(strong) if strong else ())]


def _about_noticed(strong: Strong) -> list[str]:
    more = "1 more set notices" if len(strong.more) == 1 else f"{len(strong.more):,} more sets notice"
    lead = f"{more} what those do not: " if strong.more else "No more sets are needed: "
    said = [f"{lead}{share(strong.noticed_in_all, strong.noticed_in_all + len(strong.undecided))}."]
    if strong.undecided:
        said.append(f"{len(strong.undecided):,} changes were not decided; give more time with --limit.")
    return said


def _about_shown(suggested: Suggested) -> list[str]:
    sets = "1 set of answers shows" if len(suggested.sets) == 1 else f"{len(suggested.sets)} sets of answers show"
    what = "everything that can be shown" if suggested.never else "everything"
    fewer = "No fewer would do." if suggested.fewest else "Fewer may do; none were found."
    said = [f"{sets} {what}: every question, line of guidance and next step at least once. {fewer}"]
    if suggested.never:
        said.append("No answers at all show these, and `screener rules check` says why:")
        said += _listed(suggested.never)
    return said


def notes(case: Suggestion) -> list[str]:
    """What this set is the one to show or to notice, since none before it does, in lines for a file."""
    said = ["The first of these sets to show", *_listed(case.new)] if case.new else []
    if case.noticed:
        more = len(case.noticed) - 1
        also = f", and {more:,} more {'change' if more == 1 else 'changes'}" if more else ""
        said.append(f"The first to notice, in {case.noticed[0].of}: {case.noticed[0].words}{also}")
    return said


def _listed(targets: Iterable[Target]) -> list[str]:
    found = list(targets)
    by_kind = {words: [target.id for target in found if target.kind == kind] for kind, words in _KINDS.items()}
    return [f"{words}: {', '.join(ids)}" for words, ids in by_kind.items() if ids]


def _comments(texts: Iterable[str], indent: str = "") -> list[str]:
    return [line for text in texts for line in lines(visible(text), _WIDTH, f"{indent}# ", f"{indent}#   ")]


def as_cases(rules: RuleFile, suggested: Suggested, strong: Strong | None = None) -> str:
    """The sets as a cases file that passes today: it expects what comes out, and nothing else."""
    head = [
        f"Suggested for {rules.id} {rules.version}.",
        *about(suggested, strong),
        "What is expected is what comes out now. Read it, put right what should come out otherwise, and give each "
        "case a name that says whom it is about.",
    ]
    parts = [_case(rules, case) for case in cases(suggested, strong)]
    return "\n".join([*_comments(head), "format: 1", "", "cases:", "\n".join(parts)])


def _case(rules: RuleFile, case: Suggestion) -> str:
    """One case below a comment that says what it is the first to show."""
    summary = assess(rules, case.shown.answers)
    expect: dict[str, Any] = {"disposition": summary.disposition.id}
    for key, certainty in (("says", "certain"), ("possible", "possible")):
        if ids := [finding.guidance.id for finding in summary.findings if finding.certainty == certainty]:
            expect[key] = ids
    if summary.referral.id != rules.referral.id:
        expect["referral"] = summary.referral.id
    expect["nothing_else"] = "yes"
    answers = {id: _plain(rules, id, answer) for id, answer in case.shown.answers.items()}
    text = written([{"id": case.id, "answers": answers, "expect": expect}], width=_FOLD)
    return "\n".join(_comments(notes(case), _INDENT)) + "\n" + indent(text, _INDENT)


def _plain(rules: RuleFile, id: str, answer: Answer) -> str | list[str]:
    return list(answer) if isinstance(answer, tuple) else str(for_any_day(rules, id, answer))
