"""What becomes of every statement, and which worked cases show what: as text, and as JSON `screener/coverage/1`."""

from collections.abc import Iterable, Sequence
from typing import Any

from screener.authoring.checks.proved import counted
from screener.authoring.coverage.account import Account, Citation, Exercised, by_document, fates
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import one_line
from screener.ground.wrapping import Listing, Look
from screener.rulefile.model import RuleFile
from screener.rulefile.naming import NO_SOURCE, section_of

SCHEMA = "screener/coverage/1"
#: How far the second line of something with a name stands in.
_HANG = 4
#: Up to so many cases are named beside what they show; the JSON names all.
_MOST_NAMED = 4
_HOW = (
    "A statement is said where a line or a question stands on it. It is handed over to the professional where a "
    "question to take along, a next step or the referral stands on it. Otherwise it is left out, with the reason."
)
_KINDS = {"question": "Questions", "guidance": "Guidance", "disposition": "Next steps"}
_COUNTED = {"question": "question", "guidance": "guidance line", "disposition": "next step"}
#: What is said in place of an id.
_NAMES = {"referral": "the referral", "not_covered": "what is not covered"}


def as_text(
    rules: RuleFile, found: Sequence[Account], shown: Sequence[Exercised] | None, cases: int, look: Look
) -> str:
    """The account of the statements by document and section, then the worked cases; `shown` is None without any."""
    page = Listing(look.width, _HANG)
    page.say(f"{one_line(rules.title)} ({rules.id} {rules.version})")
    page.title("STATEMENTS")
    if rules.library is None:
        page.say("The rule file names no sources file, so there are no statements to account for.")
    else:
        page.say(_accounted(found))
        page.say(_HOW)
    told: set[str] = set()
    for document, group in by_document(found, rules).items():
        _document(page, rules, document, group, told)
    page.title("WORKED CASES")
    if shown is None:
        page.say("There are no worked cases. `screener rules cases --suggest` writes some to begin with.")
    else:
        _cases(page, shown, cases)
    return page.text()


def _accounted(group: Sequence[Account]) -> str:
    """How many are accounted for, and how."""
    counts = fates(group)
    accounted = len(group) - counts["unaccounted"]
    parts = [f"{count} {fate}" for fate, count in counts.items() if count and fate != "unaccounted"]
    return f"{accounted} of {counted(len(group), 'statement')} accounted for" + (
        f": {', '.join(parts)}." if parts else "."
    )


def _document(page: Listing, rules: RuleFile, document: str | None, group: list[Account], told: set[str]) -> None:
    """One document; a statement that was told under an earlier one is only named again."""
    again = [account.statement.id for account in group if account.statement.id in told]
    page.blank()
    page.say(_title(rules, document))
    page.say(_accounted(group), 2)
    section = None
    for account in _by_section(rules, document, group):
        if account.statement.id not in told:
            here = _section(rules, document, account)
            if here != section:
                page.blank()
                page.say(str(here), 2)
                section = here
            _statement(page, account)
    if again:
        page.say(f"Told above: {', '.join(again)}", 2)
    told |= {account.statement.id for account in group}


def _section(rules: RuleFile, document: str | None, account: Account) -> str | None:
    """The heading above a statement; its section is one of its first document only."""
    return section_of(rules, account.statement) if account.statement.document == document else None


def _by_section(rules: RuleFile, document: str | None, group: list[Account]) -> list[Account]:
    """The statements section by section; those of none come first."""
    if rules.library is None or document is None:
        return group
    order = [None, *(section.heading for section in rules.library.documents[document].sections.values())]
    return sorted(group, key=lambda account: order.index(_section(rules, document, account)))


def _title(rules: RuleFile, document: str | None) -> str:
    if rules.library is None or document is None:
        return f"No document ({NO_SOURCE})"
    return f"{one_line(rules.library.documents[document].title)} ({document})"


def _statement(page: Listing, account: Account) -> None:
    statement = account.statement
    about: list[str] = [statement.standing] if statement.standing and statement.standing != "ok" else []
    about += [f"balance {', '.join(statement.balance)}"] if statement.balance else []
    page.say(one_line(statement.says) + (f" [{'; '.join(about)}]" if about else ""), 2, f"{statement.id} ")
    for words, places in (("Said in", account.said), ("Handed over in", account.handed_over)):
        if places:
            page.say(_names(places), 6, f"{words}: ")
    if statement.left_out is not None:
        page.say(one_line(statement.left_out), 6, "Left out: ")
    if account.fate == "unaccounted":
        page.say("NOT ACCOUNTED FOR: nothing stands on it, and no reason is given.", 6)


def _names(places: Iterable[Citation]) -> str:
    """Lines of guidance by their id alone; they come first."""
    guidance = [str(place.id) for place in places if place.kind == "guidance"]
    return ", ".join(
        [*guidance, *(_NAMES.get(p.kind) or f"{_COUNTED[p.kind]} {p.id}" for p in places if p.kind != "guidance")]
    )


def _cases(page: Listing, shown: Sequence[Exercised], cases: int) -> None:
    """What no case shows comes first, as that is what there is to do."""
    parts = [f"{_reached(shown, kind)} of {counted(_all(shown, kind), word)}" for kind, word in _COUNTED.items()]
    page.say(f"{counted(cases, 'case')}: {', '.join(parts)} shown.")
    missed = [one for one in shown if not one.cases]
    if missed:
        page.blank()
        page.say("Shown by no case:")
    for one in missed:
        page.say(f"{_COUNTED[one.kind]} {one.id}", 2)
    for kind, title in _KINDS.items():
        page.blank()
        page.say(f"{title}, and the cases that show them")
        for one in shown:
            if one.kind == kind and one.cases:
                page.say(_some(one), 2, f"{one.id}: ")


def _some(one: Exercised) -> str:
    """How many cases show it, and which, unless there are many."""
    possible = f", {len(one.possible)} of them as one that may apply" if one.possible else ""
    named = f" ({', '.join(one.cases)})" if len(one.cases) <= _MOST_NAMED else ""
    return counted(len(one.cases), "case") + possible + named


def _all(shown: Iterable[Exercised], kind: str) -> int:
    return sum(one.kind == kind for one in shown)


def _reached(shown: Iterable[Exercised], kind: str) -> int:
    return sum(one.kind == kind and bool(one.cases) for one in shown)


def as_json(rules: RuleFile, found: Sequence[Account], shown: Sequence[Exercised] | None, cases: int) -> str:
    """The same as JSON with the schema `screener/coverage/1`: the same bytes for the same files."""
    plain = {
        "schema": SCHEMA,
        "rules": {"id": rules.id, "version": rules.version, "sha256": rules.sha256},
        "statements": _numbers(found),
        "documents": [{"id": id, **_numbers(group)} for id, group in by_document(found, rules).items()],
        "accounts": [_plain_account(account) for account in found],
        "cases": None if shown is None else {"count": cases, "shown": [_plain_shown(one) for one in shown]},
    }
    return as_json_text(plain)


def _numbers(group: Sequence[Account]) -> dict[str, int]:
    counts = fates(group)
    numbers = {fate.replace(" ", "_"): count for fate, count in counts.items()}
    return {"count": len(group), "accounted": len(group) - counts["unaccounted"], **numbers}


def _plain_account(account: Account) -> dict[str, Any]:
    statement = account.statement
    return {
        "id": statement.id,
        "documents": list(statement.stands_in),
        "section": statement.section,
        "says": statement.says,
        "standing": statement.standing,
        "fate": account.fate.replace(" ", "_"),
        "said": [place._asdict() for place in account.said],
        "handed_over": [place._asdict() for place in account.handed_over],
        "left_out": statement.left_out,
    }


def _plain_shown(one: Exercised) -> dict[str, Any]:
    return {"kind": one.kind, "id": one.id, "certain": list(one.certain), "possible": list(one.possible)}
