"""What tests of proofs have in common: silence, all the time in the world, answers that replay."""

from typing import Any

from screener.authoring.checks.remark import Remark
from screener.engine.assess import Summary, assess, view_of
from screener.ground.marks import Mark
from screener.rulefile.model import RuleFile
from screener.rulefile.promises import Promise

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
    if remark.code == "only-if-open" and remark.route[0] in ("questions", "guidance"):
        assert remark.route[1] in (summaries[0].answers if remark.route[0] == "questions" else fired(summaries[0]))
    if remark.code == "less-urgent":
        before, after = (rules.urgency[summary.disposition.id] for summary in summaries)
        assert after < before
    if remark.code in ("broken-promise", "certain-only"):
        invariant = next(one for one in rules.invariants if one.id == remark.route[1])
        meant = invariant.when is None or invariant.when.holds(view_of(rules, summaries[0].answers))
        broken = broken_keys(rules, invariant.then or Promise(), summaries[0])
        if remark.code == "broken-promise":
            assert meant is True or (meant is None and invariant.open == "included")
            assert remark.route[3] in broken
        else:
            assert (meant, invariant.open) == (None, None)
            assert broken


def broken_keys(rules: RuleFile, then: Promise, summary: Summary) -> set[str]:
    """The keys of what is promised and does not come with this summary."""
    rank, said, asked = rules.urgency[summary.disposition.id], fired(summary), summary.answers
    view = view_of(rules, summary.answers)
    broken = {
        "disposition": then.disposition not in (None, summary.disposition.id),
        "disposition_at_least": then.disposition_at_least and rank < rules.urgency[then.disposition_at_least],
        "disposition_at_most": then.disposition_at_most and rank > rules.urgency[then.disposition_at_most],
        "guidance": any(id not in said for id in then.guidance),
        "no_guidance": any(id in said for id in then.no_guidance),
        "asked": any(id not in asked for id in then.asked),
        "not_asked": any(id in asked for id in then.not_asked),
        "answers": then.answers is not None and then.answers.holds(view) is not True,
        "referral": then.referral not in (None, summary.referral.id),
        "referral_says": then.referral_says and then.referral_says.lower() not in summary.referral.says.lower(),
    }
    return {key for key, is_broken in broken.items() if is_broken}


def pressed(rules: RuleFile, views: list[dict[str, Any]]) -> list[str]:
    """Follow-ups without a way out, asked of someone who kept back what they hang on, and was unsure of nothing."""
    return [
        question.id
        for question in rules.questions
        if question.when is not None and not question.reserved
        if any(
            question.when.holds(view) is None and Mark.UNSURE not in [view[id] for id in question.when.references()]
            for view in views
        )
    ]


def no_hurry() -> None:
    """There is all the time in the world."""


def fired(summary: Summary) -> dict[str, str]:
    """Each finding with its certainty."""
    return {finding.guidance.id: finding.certainty for finding in summary.findings}
