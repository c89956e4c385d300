"""Every statement of the sources is cited or left out with a reason; contested ones come with their balance."""

from collections.abc import Iterator

from screener.checks.remark import Remark
from screener.loader.sources import citations
from screener.model import RuleFile


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
            yield Remark("unaccounted-statement", message, route, help, in_sources=True)
        if statement.id in cited and statement.left_out is not None:
            message = f"statement `{statement.id}` is left out and cited all the same"
            yield Remark("cited-and-left-out", message, route, "keep one of the two", in_sources=True)
    yield from _one_sided(rules)


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
                yield Remark("missing-balance", message, route, help)
