"""Rule file → remarks: what is well formed and still not right. Each check is a function of the rule file."""

from collections.abc import Callable, Iterator

from screener.authoring.checks import accounting, cut, document, oddities, repeats, unfinished, wording
from screener.authoring.checks.page import Page
from screener.authoring.checks.remark import Remark
from screener.rulefile.model import RuleFile

CHECKS: dict[str, Callable[[RuleFile], Iterator[Remark]]] = {
    "accounting": accounting.accounting,
    "wording": wording.wording,
    "lengths": wording.lengths,
    "oddities": oddities.oddities,
    "repeats": repeats.repeats,
    "unfinished": unfinished.unfinished,
}
PAGES: tuple[Page, ...] = (
    *accounting.PAGES,
    *document.PAGES,
    *wording.PAGES,
    *oddities.PAGES,
    *repeats.PAGES,
    *unfinished.PAGES,
    *cut.PAGES,
)


def remarks(rules: RuleFile) -> list[Remark]:
    """Everything that the checks have to say about this rule file, its logic left aside."""
    return [remark for check in CHECKS.values() for remark in check(rules)]
