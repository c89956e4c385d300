"""A form as a flat list of items, each with what it stands under; and whether the form holds together."""

from collections.abc import Iterator
from typing import NamedTuple

from screener.exchange.fhir import names as n
from screener.exchange.fhir.import_.form import EnableWhen, Form, Item
from screener.exchange.fhir.import_.report import Report
from screener.ground.safetext import one_line

GROUP, DISPLAY = "group", "display"
#: The types of items, R4 and R5.
TYPES = (
    *(GROUP, DISPLAY, "question", "boolean", "decimal", "integer", "quantity", "date", "dateTime", "time"),
    *("string", "text", "url", "choice", "open-choice", "coding", "attachment", "reference"),
)

_OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
_BY_RULE = "enableWhenExpression"
_BEHAVIORS = ("all", "any")
_BOTH = "write all or any"
_LONGEST_TITLE = 300
#: So many items of a circle are named; the first ones are enough to find it.
_MOST_NAMED = 6


class Level(NamedTuple):
    """The conditions of one item or group, its `owner`: `all` of them, or `any`."""

    owner: str
    tests: tuple[EnableWhen, ...]
    behavior: str


class Node(NamedTuple):
    """An item with everything above it.

    `hidden` says that the form never shows it to the person, `by_rule` that an expression decides whether it does.
    """

    id: str
    item: Item
    parent: "Node | None"
    section: str
    levels: tuple[Level, ...]
    hidden: bool
    by_rule: bool


def outline(form: Form, report: Report) -> list[Node]:
    """Every item, in the order of asking. What does not hold together is refused in the report."""
    nodes = list(_nodes(form.item, None, report))
    _check_ids(nodes, report)
    _check_tests(nodes, report)
    _check_circles(nodes, report)
    return nodes


def _nodes(items: list[Item], parent: Node | None, report: Report) -> Iterator[Node]:
    for place, item in enumerate(items, 1):
        id = item.link_id or f"{parent.id if parent else 'item'}/{place}"
        if not item.link_id and item.type == DISPLAY:
            report.lose(id, "it has no linkId, and is only a text")
        elif not item.link_id:
            under = "under it " if parent else ""
            report.refuse("missing-key", parent.id if parent else None, f"item {place} {under}has no linkId")
        if not item.type:
            report.refuse("missing-key", id, "`type` is missing")
        elif item.type not in TYPES:
            report.refuse("wrong-value", id, f"there is no type of item `{one_line(item.type)[:40]}`")
        if item.enable_behavior not in (None, *_BEHAVIORS):
            report.refuse(
                "wrong-value", id, f"`enableBehavior` can't be `{one_line(item.enable_behavior)[:40]}`", _BOTH
            )
        if len(item.enable_when) > 1 and item.enable_behavior is None:
            report.lose(id, "it does not say whether any or all of its conditions must hold; any is taken")
        own = (Level(id, tuple(item.enable_when), item.enable_behavior or "any"),) if item.enable_when else ()
        levels = (*(parent.levels if parent else ()), *own)
        section = _section(item, id, parent, report)
        node = Node(id, item, parent, section, levels, _is_hidden(item, parent), _is_by_rule(item, parent))
        yield node
        yield from _nodes(item.item, node, report)


def _section(item: Item, id: str, parent: Node | None, report: Report) -> str:
    """The titles above an item as one; what is too long to stand above every question is cut."""
    above = parent.section if parent else ""
    if item.type != GROUP or not item.text or item.is_for(n.SHOWN_WHEN):
        return above
    section = one_line(f"{above} – {item.text}" if above else item.text)
    if len(section) <= _LONGEST_TITLE:
        return section
    report.lose(id, "its title is too long to stand above every question, and is cut")
    return f"{section[: _LONGEST_TITLE - 1]}…"


def _is_hidden(item: Item, parent: Node | None) -> bool:
    found = item.extended(n.HIDDEN)
    return bool((found and found.boolean) or (parent and parent.hidden))


def _is_by_rule(item: Item, parent: Node | None) -> bool:
    return any(one.url.endswith(_BY_RULE) for one in item.extension) or bool(parent and parent.by_rule)


def _check_ids(nodes: list[Node], report: Report) -> None:
    seen: set[str] = set()
    for node in nodes:
        if node.id in seen:
            report.refuse("duplicate-id", node.id, "its linkId stands twice", "give each item a linkId of its own")
        seen.add(node.id)


def _check_tests(nodes: list[Node], report: Report) -> None:
    known = {node.id: node for node in nodes}
    for node in nodes:
        for test in node.item.enable_when:
            about = f"its condition on `{test.question[:60]}`"
            if test.operator not in _OPERATORS:
                operator = f"`{one_line(test.operator)[:20]}`" if test.operator else "nothing"
                report.refuse("wrong-value", node.id, f"{about} compares by {operator}", f"use {', '.join(_OPERATORS)}")
            if test.question not in known:
                report.refuse("unknown-question", node.id, f"{about} speaks of an item that is not there")
            elif test.answers != 1:
                report.refuse("wrong-condition", node.id, f"{about} must compare with exactly one answer")
            elif test.operator == "exists" and test.boolean is None:
                report.refuse("wrong-condition", node.id, f"{about} says `exists`, and must say true or false")


def _check_circles(nodes: list[Node], report: Report) -> None:
    """No item may hang on itself, by way of others, or of the groups they stand in.

    A walk along what each item hangs on, deep first: whatever is met again while the walk still stands on it closes a
    circle. With a → b, b → c and c → b the walk stands on a, b, c when it meets b, so the circle is b, c. What was
    left behind is `settled` and not walked again. A list of steps stands in for recursion, which thousands of items
    in a row would exhaust.
    """
    known = {node.id: node for node in nodes}
    settled: set[str] = set()
    for start in nodes:
        steps = [] if start.id in settled else [(start.id, _hangs_on(known[start.id]))]
        places = {start.id: 0}  # where on the walk each item stands
        while steps:
            here, rest = steps[-1]
            following = next((id for id in rest if id in known and id not in settled), None)
            if following is None:
                settled.add(here)
                del places[here]
                steps.pop()
            elif following in places:
                first = places[following]
                _refuse_circle([id for id, _ in steps[first : first + _MOST_NAMED]], report)
            else:
                places[following] = len(steps)
                steps.append((following, _hangs_on(known[following])))


def _refuse_circle(circle: list[str], report: Report) -> None:
    names = ", ".join(f"`{id[:40]}`" for id in circle)
    said = "its condition speaks of itself" if len(circle) == 1 else f"its condition runs in a circle: {names}"
    report.refuse("circular-condition", circle[0], said, "an item can only depend on an answer given before it")


def _hangs_on(node: Node) -> Iterator[str]:
    """The items on which it depends whether this one is shown: those that it tests, and what it stands in."""
    if node.parent is not None:
        yield node.parent.id
    for test in node.item.enable_when:
        yield test.question
