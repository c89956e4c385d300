"""Rule file → remarks: what is well formed and still not right. Each check is a function of the rule file."""

from collections.abc import Callable, Iterator

from screener.checks.accounting import accounting
from screener.checks.remark import Remark
from screener.checks.wording import wording
from screener.model import RuleFile

CHECKS: dict[str, Callable[[RuleFile], Iterator[Remark]]] = {"accounting": accounting, "wording": wording}


def remarks(rules: RuleFile) -> list[Remark]:
    """Everything that the checks have to say about this rule file."""
    return [remark for check in CHECKS.values() for remark in check(rules)]
