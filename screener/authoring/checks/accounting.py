"""Every statement of the sources is cited or left out with a reason; contested ones come with their balance."""

from collections.abc import Iterator

from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.rulefile.library import Sources
from screener.rulefile.loader.sources import citations
from screener.rulefile.model import RuleFile

_CITED = """
guidance:
  - {id: care, topic: Care, says: Cool the skin., from: [C1]}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when., from: [C1]}
"""
_BOTH_CITED = _CITED.replace("[C1]", "[C1, B1]")
_STATEMENT = "\nstatements:\n  - {id: C1, document: leaflet, says: Cool skin itches less."
_CONTESTED = (
    _STATEMENT
    + ", standing: contested, balance: [B1]}\n  - {id: B1, document: leaflet, says: One study found no effect."
)
UNACCOUNTED = Page(
    "unaccounted-statement",
    "error",
    "A statement of the sources is neither cited by any line nor left out with a reason. Every statement of a source "
    "document is to be accounted for, so that nothing gets lost between the document and the person.",
    bad=Example(_CITED, _STATEMENT + "}\n  - {id: C2, document: leaflet, says: It works wonders.}"),
    good=Example(_CITED, _STATEMENT + "}\n  - {id: C2, document: leaflet, says: It works wonders., left_out: praise}"),
)
BOTH = Page(
    "cited-and-left-out",
    "error",
    "A statement is cited and at the same time marked as left out. One of the two is wrong.",
    bad=Example(_CITED, _STATEMENT + ", left_out: praise}"),
    good=Example(_CITED, _STATEMENT + "}"),
)
ONE_SIDED = Page(
    "missing-balance",
    "error",
    "A contested statement is cited without its balance note. The person would read one side only.",
    bad=Example(_CITED, _CONTESTED + ", left_out: shown elsewhere}"),
    good=Example(_BOTH_CITED, _CONTESTED + "}"),
)
UNCITED_LINE = Page(
    "uncited-line",
    "warning",
    "A line of guidance names no source (`from:`), in a file that names its sources. Whoever reads it can't look up "
    "where it comes from.",
    bad=Example(_CITED.replace("when., from: [C1]}", "when.}"), _STATEMENT + "}"),
    good=Example(_CITED, _STATEMENT + "}"),
)
UNUSED_DOCUMENT = Page(
    "unused-document",
    "warning",
    "A document of the sources file has no statement: nothing is taken from it. A statement is missing, or the "
    "document is no source of this questionnaire.",
    bad=Example(_CITED, "documents:\n  leaflet: {title: A leaflet}\n  book: {title: A book}" + _STATEMENT + "}"),
    good=Example(_CITED, _STATEMENT + "}"),
)
PAGES = (UNACCOUNTED, BOTH, ONE_SIDED, UNCITED_LINE, UNUSED_DOCUMENT)


def accounting(rules: RuleFile) -> Iterator[Remark]:
    """Statements that nobody says and nobody left out, that are both, or that are cited one-sidedly."""
    if rules.library is None:
        return
    cited = {id for _, ids, _ in citations(rules) for id in ids}
    for statement in rules.library.statements:
        route = ("statements", statement.id)
        if statement.id not in cited and statement.left_out is None:
            message = f"statement `{statement.id}` is neither cited nor left out"
            help = "cite it with `from:`, or say why not with `left_out:`"
            yield UNACCOUNTED.remark(message, route, help, in_sources=True)
        if statement.id in cited and statement.left_out is not None:
            message = f"statement `{statement.id}` is left out and cited all the same"
            yield BOTH.remark(message, route, "keep one of the two", in_sources=True)
    yield from _one_sided(rules)
    yield from _unsourced(rules, rules.library)


def _unsourced(rules: RuleFile, library: Sources) -> Iterator[Remark]:
    """Lines without a source, and documents that nothing is taken from."""
    for line in rules.guidance:
        if not line.sources:
            message = f"guidance `{line.id}` names no source"
            help = "cite the statements it rests on, as in `from: [C1]`"
            yield UNCITED_LINE.remark(message, ("guidance", line.id), help)
    used = {document for statement in library.statements for document in statement.stands_in}
    for id in library.documents:
        if id not in used:
            message = f"no statement is taken from the document `{id}`"
            help = "add its statements, or delete the document"
            yield UNUSED_DOCUMENT.remark(message, ("documents", f"key:{id}"), help, in_sources=True)


def _one_sided(rules: RuleFile) -> Iterator[Remark]:
    known = rules.library.by_id if rules.library else {}
    for owner, ids, route in citations(rules):
        if route[0] == "questions":
            continue  # a question asks; it claims nothing
        for id in ids:
            statement = known.get(id)
            if statement and statement.standing == "contested" and not set(statement.balance) & set(ids):
                message = f"{owner} cites the contested statement `{id}` without a balance note"
                help = f"cite one of {', '.join(statement.balance)} too" if statement.balance else "add a balance note"
                yield ONE_SIDED.remark(message, route, help)
