"""What is worked out for a rule file, as formulas by the names of their columns."""

from collections.abc import Mapping
from typing import NamedTuple

from screener.rulefile.model import Guidance, Question, Referral, RuleFile
from screener.tables.formulas import Formulas
from screener.tables.layout import ASKED, COMPLETE, DISPOSITION, MISSING, POSSIBLE, REFERRAL, SAID
from screener.tables.nodes import FALSE, TRUE, Node, Nodes

#: Ids, each with the formula that it needs; a row gets the first that is true of it, and the last one always is.
Picked = tuple[tuple[str, Node], ...]


class Plan(NamedTuple):
    """Everything that follows from a row: what is true of it, and the ids that are picked for it."""

    nodes: Nodes
    truths: Mapping[str, Node]
    picked: Mapping[str, Picked]


def plan(rules: RuleFile) -> Plan:
    """The formulas of a rule file."""
    nodes = Nodes()
    formulas = Formulas(rules, nodes)
    truths = {f"{ASKED}/{id}": standing.asked for id, standing in formulas.standing.items()}
    for line in rules.guidance:
        truths[f"{SAID}/{line.id}"] = formulas.ways(line.when).sure
        truths[f"{POSSIBLE}/{line.id}"] = _possible(line, formulas)
    truths[COMPLETE] = -nodes.either(*(one.lacking for one in formulas.standing.values()))
    truths |= _missing(rules, nodes, formulas)
    referrals = [(one.id, formulas.ways(one.when).sure) for one in rules.referrals[:-1]]
    picked = {
        DISPOSITION: _dispositions(rules, nodes, formulas),
        REFERRAL: (*referrals, (rules.referral.id, TRUE)),
    }
    return Plan(nodes, truths, picked)


def _possible(line: Guidance, formulas: Formulas) -> Node:
    return FALSE if line.when_unsure == "skip" else formulas.ways(line.when).only_kept


def _dispositions(rules: RuleFile, nodes: Nodes, formulas: Formulas) -> Picked:
    """The most urgent one that a line calls for; the least urgent of the file if none does."""
    calls: dict[str | None, list[Node]] = {}
    for line in rules.guidance:
        calls.setdefault(line.disposition, []).append(formulas.ways(line.when).sure)
        calls[line.disposition].append(_possible(line, formulas))
    urgent = [(one.id, nodes.either(*calls.get(one.id, ()))) for one in reversed(rules.dispositions[1:])]
    return (*urgent, (rules.dispositions[0].id, TRUE))


def _missing(rules: RuleFile, nodes: Nodes, formulas: Formulas) -> dict[str, Node]:
    """Questions that lack an answer which could still change what is said, by itself or by showing another one."""
    matters: dict[str, list[Node]] = {question.id: [] for question in rules.questions}

    def hangs(one: Guidance | Referral | Question, changes: Node) -> None:
        for id in sorted(one.when.references()) if one.when is not None else ():
            matters[id].append(changes)

    for line in rules.guidance:
        hangs(line, _undecided(nodes, formulas, line))
    for referral in rules.referrals:
        hangs(referral, formulas.ways(referral.when).can_hold)
    for question in reversed(rules.questions):
        hangs(question, nodes.both(formulas.standing[question.id].asked, nodes.either(*matters[question.id])))
    return {
        f"{MISSING}/{id}": nodes.both(standing.lacking, nodes.either(*matters[id]))
        for id, standing in formulas.standing.items()
    }


def _undecided(nodes: Nodes, formulas: Formulas, line: Guidance) -> Node:
    """Open answers can still change if and how a line is said."""
    ways = formulas.ways(line.when)
    return ways.can_hold if line.when_unsure == "skip" else nodes.either(ways.can_hold, ways.can_fail)
