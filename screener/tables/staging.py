"""In which order the columns of a plan are added: little is worked out twice, and in few stages.

Engines take long to understand a table that was made in very many stages. So a formula only waits for the columns of
an earlier stage where it would be long without them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from screener.tables.nodes import TRUE, Chosen, Flag, Join, Lately, Node, Nodes
from screener.tables.plan import Plan

#: How columns begin that are only there for others, and are dropped in the end.
HELPER = "helps/"
#: A formula reads at most so many columns, if there is a stage before it that could have made them fewer.
LONG = 8


class KeptColumn(NamedTuple):
    """The column that a formula is found in, once its stage is over."""

    name: str
    stage: int


class Stages(NamedTuple):
    """Columns of formulas, stage after stage."""

    stages: tuple[Mapping[str, Node], ...]
    kept: Mapping[Node, KeptColumn]

    @property
    def helpers(self) -> tuple[str, ...]:
        """The columns that are dropped in the end."""
        return tuple(one.name for one in self.kept.values() if one.name.startswith(HELPER))


def staged(plan: Plan) -> Stages:
    """The stages of all that is worked out; ids are picked after the last one."""
    names = _shared(plan)
    stage_of = _Staging(plan.nodes, names).stages()
    last = max((stage_of[node] for node in names), default=0)
    found: list[dict[str, Node]] = [{} for _ in range(last + 1)]
    for node, name in names.items():
        found[stage_of[node]][name] = node
    for name, node in plan.truths.items():
        if names.get(node) != name:
            found[min(stage_of.get(abs(node), 0) + 1, last)][name] = node
    return Stages(tuple(found), {node: KeptColumn(name, stage_of[node]) for node, name in names.items()})


def _shared(plan: Plan) -> dict[Node, str]:
    """The formulas that get a column: those with a name of their own, and those that stand in several others."""
    names: dict[Node, str] = {}
    for name, node in plan.truths.items():
        if node > TRUE and isinstance(plan.nodes[node], Join):
            names.setdefault(node, name)
    for node, count in Counter(map(abs, _used(plan))).items():
        if node > TRUE and count > 1 and not isinstance(plan.nodes[node], Flag):
            names.setdefault(node, f"{HELPER}{node}")
    return names


def _used(plan: Plan) -> Iterator[Node]:
    """Every formula, as often as it stands in another one or is wanted by itself."""
    roots = [*plan.truths.values(), *(node for picked in plan.picked.values() for _, node in picked)]
    yield from roots
    seen = set(map(abs, roots))
    for node in range(len(plan.nodes) + TRUE, TRUE, -1):
        made = plan.nodes[node]
        if node in seen and isinstance(made, Join):
            yield from made.parts
            seen.update(map(abs, made.parts))


class _Staging:
    """Finds the first stage in which each formula is not too long; the parts of one always have smaller numbers."""

    def __init__(self, nodes: Nodes, names: Mapping[Node, str]) -> None:
        self._nodes, self._names = nodes, names
        self._stage_of: dict[Node, int] = {TRUE: 0}
        self._lengths: dict[tuple[Node, int], int] = {}

    def stages(self) -> Mapping[Node, int]:
        for node in range(TRUE + 1, len(self._nodes) + TRUE + 1):
            made = self._nodes[node]
            parts = made.parts if isinstance(made, Join) else ()
            stage = max((self._stage_of[abs(part)] for part in parts), default=0)
            self._stage_of[node] = stage
            if self._length(node, stage) > LONG:
                self._stage_of[node] = stage + any(abs(part) in self._names for part in self._inside(node, stage))
        return self._stage_of

    def _length(self, node: Node, stage: int) -> int:
        """How many columns a formula reads in a stage."""
        made = self._nodes[node]
        if not isinstance(made, Join):
            return len(made.columns) if isinstance(made, Chosen) else 1 + isinstance(made, Lately)
        if (node, stage) not in self._lengths:
            self._lengths[node, stage] = sum(self._read(abs(part), stage) for part in made.parts)
        return self._lengths[node, stage]

    def _read(self, part: Node, stage: int) -> int:
        return 1 if self._is_there(part, stage) else self._length(part, stage)

    def _is_there(self, node: Node, stage: int) -> bool:
        return node in self._names and self._stage_of[node] < stage

    def _inside(self, node: Node, stage: int) -> Iterator[Node]:
        """The formulas within one that are no column yet."""
        made = self._nodes[node]
        for part in made.parts if isinstance(made, Join) else ():
            if not self._is_there(abs(part), stage):
                yield abs(part)
                yield from self._inside(abs(part), stage)
