"""What tests of proofs have in common: silence, all the time in the world, answers that replay."""

from screener.authoring.checks.remark import Remark
from screener.engine.assess import Summary, assess
from screener.rulefile.model import Invariant, RuleFile

#: What a view of the answers is to a condition: an option that nobody names.
UNNAMED = "?"


Verdict = tuple[str, str]


def silent(_check: str, _number: int, _of: int) -> None:
    """Nobody listens."""


def verdict(remark: Remark) -> Verdict:
    """The code of a finding, and what it is about."""
    subject = ".".join(str(step) for step in remark.route[1:] if step != "when")
    if remark.code == "said-together":
        subject = remark.message.split("`")[1] + " " + remark.message.split("`")[3]
    if remark.code == "less-urgent" or "counts as more risk" in remark.message:
        subject = remark.message.split("`")[3]
    return remark.code, subject


def replays(rules: RuleFile, remark: Remark) -> None:
    """Each example is a complete set of answers, and shows what it says."""
    summaries = [assess(rules, dict(example.answers)) for example in remark.witness]
    for summary, example in zip(summaries, remark.witness, strict=True):
        assert summary.complete
        assert dict(summary.answers) == dict(example.answers)
    if remark.code == "nothing-said":
        assert summaries[0].findings == ()
    if remark.code == "said-together":
        assert set(verdict(remark)[1].split()) <= set(fired(summaries[0]))
    if remark.code == "less-urgent":
        before, after = (rules.urgency[summary.disposition.id] for summary in summaries)
        assert after < before
    if remark.code == "broken-promise":
        invariant = next(one for one in rules.invariants if one.id == remark.route[1])
        assert breaks(rules, invariant, summaries[0])


def breaks(rules: RuleFile, invariant: Invariant, summary: Summary) -> bool:
    """Whether this summary is not what the invariant promises."""
    then, rank = invariant.then, rules.urgency[summary.disposition.id]
    assert then is not None
    return (
        then.disposition not in (None, summary.disposition.id)
        or (then.disposition_at_least is not None and rank < rules.urgency[then.disposition_at_least])
        or (then.disposition_at_most is not None and rank > rules.urgency[then.disposition_at_most])
        or any(id not in fired(summary) for id in then.guidance)
        or any(id in fired(summary) for id in then.no_guidance)
        or any(id not in summary.answers for id in then.asked)
    )


def no_hurry() -> None:
    """There is all the time in the world."""


def fired(summary: Summary) -> dict[str, str]:
    """Each finding with its certainty."""
    return {finding.guidance.id: finding.certainty for finding in summary.findings}
