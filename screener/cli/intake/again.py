"""`screener intake again`: a repeat visit, which takes over what the rule file lets stay good."""

from datetime import date
from typing import Annotated, NamedTuple

import typer

from screener.cli import streams
from screener.cli.intake.consenting import refused
from screener.cli.intake.editions import read_edition
from screener.cli.intake.keeper import Keeper, Kept, agreed_now
from screener.cli.intake.kept import KeptRecord, found
from screener.cli.intake.opened import Desk, open_desk
from screener.cli.intake.options import Consent, Staff, Store
from screener.cli.intake.place import consent_text, find_place
from screener.cli.intake.references import checked
from screener.cli.intake.taking import finish, take
from screener.cli.options import Force, Rules
from screener.cli.start import Clear, Details, Folder, Format, Output, Plain, Reader, wiping
from screener.cli.start.saying import say
from screener.cli.start.wanted import Wanted, check_wanted, wanted
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile

Reference = Annotated[str, typer.Argument(metavar="REF", help="The clinic's own number for the person.")]


def again(
    ref: Reference,
    rules: Rules = "pico-laser",
    consent: Consent = False,
    format: Format = None,
    reader: Reader = None,
    output: Output = None,
    folder: Folder = None,
    details: Details = False,
    plain: Plain = False,
    clear: Clear = False,
    force: Force = False,
    staff: Staff = None,
    store: Store = None,
) -> int:
    """Take a record of somebody who was here before. What may be taken over is looked at; all else is asked anew."""
    named = checked(ref)
    asked = wanted(output or [], folder, format, reader, None, None, details)._replace(force=force)
    asked = asked._replace(label=asked.label._replace(reference=named, date=date.today().isoformat()))

    def work() -> int:
        check_wanted(asked, counts_back=True)
        text = consent_text(find_place(store))
        return _again(open_desk(store, staff), rules, _Agreed(named, text, consent), asked, plain)

    return wiping.wiped(work) if clear else work()


class _Agreed(NamedTuple):
    """Whose visit it is, what there is to agree to, and whether that was agreed to on paper."""

    ref: str
    text: str
    on_paper: bool


def _again(desk: Desk, name: str, visit: _Agreed, asked: Wanted, plain: bool) -> int:
    """Ask what is not taken over, and say what has changed since; the exit code. Raises ProblemsFound."""
    before = _last(desk, visit.ref)
    rules, edition = read_edition(name, date.today())
    given = _taken_over(before, rules)
    if not visit.on_paper and refused(visit.text, plain):
        return 0
    keeper = Keeper(lambda: desk, Kept(rules, edition, visit.ref, agreed_now(visit.text)))
    if not take(rules, given, keeper, plain):
        return 1
    code = finish(rules, given, keeper, "completed", asked)
    _say_changes(before, rules, given)
    return code


def _last(desk: Desk, ref: str) -> KeptRecord:
    """The last complete record of this reference. Raises ProblemsFound if there is none."""
    from screener.records.finding import Sought, page

    some = page(desk.store, Sought(reference=ref), 1000).records
    complete = next((one for one in some if one.revision and one.status in ("complete", "amending")), None)
    if complete is None:
        help = "see `screener intake list --ref`; a first visit is `screener intake new`"
        raise ProblemsFound([Problem("unknown-record", f"there is no complete record of `{ref}`", help)])
    return found(desk, complete.id)


def _taken_over(before: KeptRecord, rules: RuleFile) -> dict[str, Answer]:
    """The answers that are good for today, said before anything is asked. Raises ProblemsFound for other rules."""
    from screener.records.carried import carried

    if before.rules.id != rules.id:
        message = f"the last visit was answered with `{before.rules.id}`, not with `{rules.id}`"
        raise ProblemsFound([Problem("other-rules", message, "name that rule file after the reference")])
    day = date.fromisoformat(before.content.day)
    same = before.rules.version.partition(".")[0] == rules.version.partition(".")[0]
    given = dict(carried(rules, before.content.answers, day, date.today())) if same else {}
    taken = {1: "One answer is taken over"}.get(len(given), f"{len(given)} answers are taken over")
    say(
        f"\nThe last visit was on {day}. "
        + (f"{taken}; look at {'it' if len(given) == 1 else 'them'} at the end." if given else "All is asked anew.")
    )
    return given


def _say_changes(before: KeptRecord, rules: RuleFile, given: dict[str, Answer]) -> None:
    from screener.interview.loop import counted
    from screener.records.carried import changes
    from screener.records.since import as_text

    plain = {id: before.content.answers[id] for id in counted(before.rules, before.given)}
    found = changes(rules, plain, counted(rules, given))
    streams.talk("\n" + as_text(found, date.fromisoformat(before.content.day), streams.look()))
