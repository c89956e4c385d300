"""In which order the columns of a plan are added, so that nothing is worked out twice."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from screener.tables.nodes import TRUE, Flag, Join, Node, Nodes
from screener.tables.plan import Plan

#: How columns begin that are only there for others, and are dropped in the end.
HELPER = "helps/"


class Stages(NamedTuple):
    """Columns of formulas, stage after stage: those of one stage need nothing but those of the stages before.

    `column` has the column that each shared formula is found in, once it is there.
    """

    stages: tuple[Mapping[str, Node], ...]
    column: Mapping[Node, str]

    @property
    def helpers(self) -> tuple[str, ...]:
        """The columns that are dropped in the end."""
        return tuple(name for name in self.column.values() if name.startswith(HELPER))


def staged(plan: Plan) -> Stages:
    """The stages of all that is worked out; ids are picked after the last one."""
    column = _shared(plan)
    levels = _levels(plan.nodes, column)
    found: dict[int, dict[str, Node]] = {}
    for node, name in column.items():
        found.setdefault(levels[node], {})[name] = node
    for name, node in plan.truths.items():
        if column.get(abs(node)) != name:
            found.setdefault(levels.get(abs(node), 0) + (abs(node) in column), {})[name] = node
    return Stages(tuple(found[level] for level in sorted(found)), column)


def _shared(plan: Plan) -> dict[Node, str]:
    """The formulas that get a column: those with a name of their own, and those that stand in several others."""
    names: dict[Node, str] = {}
    for name, node in plan.truths.items():
        if node > TRUE and isinstance(plan.nodes[node], Join):
            names.setdefault(node, name)
    uses = Counter(abs(node) for node in _used(plan))
    for node, count in uses.items():
        if node > TRUE and count > 1 and not isinstance(plan.nodes[node], Flag):
            names.setdefault(node, f"{HELPER}{node}")
    return names


def _used(plan: Plan) -> Iterator[Node]:
    """Every formula, as often as it stands in another one or is wanted by itself."""
    roots = list(_roots(plan))
    yield from roots
    seen = {abs(node) for node in roots}
    for node in range(len(plan.nodes) + TRUE, TRUE, -1):
        made = plan.nodes[node]
        if node in seen and isinstance(made, Join):
            yield from made.parts
            seen.update(map(abs, made.parts))


def _roots(plan: Plan) -> Iterator[Node]:
    yield from plan.truths.values()
    yield from (node for picked in plan.picked.values() for _, node in picked)


def _levels(nodes: Nodes, column: Mapping[Node, str]) -> dict[Node, int]:
    """How many stages come before each formula can be worked out; the parts of one always have smaller numbers."""
    levels = {TRUE: 0}
    for node in range(TRUE + 1, len(nodes) + TRUE + 1):
        made = nodes[node]
        parts = [abs(part) for part in made.parts] if isinstance(made, Join) else []
        levels[node] = max((levels[part] + (part in column) for part in parts), default=0)
    return levels
