"""`screener intake new`: one person's record, from consent to summary."""

from datetime import date
from pathlib import Path
from threading import Timer

from screener.cli.intake.editions import read_edition
from screener.cli.intake.keeper import Keeper, Kept, agreed_now
from screener.cli.intake.opened import Opening, staff_name
from screener.cli.intake.options import Consent, Ref, Staff, Store
from screener.cli.intake.place import consent_text, find_place, is_watched
from screener.cli.intake.references import reference
from screener.cli.intake.taking import finish, take
from screener.cli.options import Force, Rules
from screener.cli.start import Clear, Details, Folder, Format, Output, Plain, Reader, wiping
from screener.cli.start.wanted import Wanted, check_wanted, wanted
from screener.rulefile.conditions.tree import Answer

#: The store is opened once the first question is on the screen; both at once would take longer. In seconds.
_QUIET = 0.3


def new(
    rules: Rules = "pico-laser",
    ref: Ref = None,
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
    """Take a record: ask for consent and the questions, keep each answer at once, and give the summary."""
    named = reference(ref)
    asked = wanted(output or [], folder, format, reader, None, None, details)._replace(force=force)
    asked = asked._replace(label=asked.label._replace(reference=named, date=date.today().isoformat()))

    def work() -> int:
        return _new(rules, named, consent, asked, plain, staff, store)

    return wiping.wiped(work) if clear else work()


def _new(name: str, ref: str, consent: bool, wanted: Wanted, plain: bool, staff: str | None, store: Path | None) -> int:
    """All of it, once what was typed is known to make sense; the exit code. Raises ProblemsFound."""
    place = find_place(store)
    text = consent_text(place)
    check_wanted(wanted, counts_back=True)
    rules, edition = read_edition(name, date.today())
    opening = Opening(staff_name(staff), place)
    later = Timer(_QUIET, opening.begin)
    later.daemon = True
    later.start()
    if not consent and not _agreed(text, plain, opening):
        return 0
    given: dict[str, Answer] = {}
    keeper = Keeper(opening.desk, Kept(rules, edition, ref, agreed_now(text)))
    if not take(rules, given, keeper, plain):
        return 1
    code = finish(rules, given, keeper, "completed", wanted)
    if code == 0 and not is_watched():
        from screener.cli.intake.unfinished import name_unfinished

        name_unfinished(opening.desk())
    return code


def _agreed(text: str, plain: bool, opening: Opening) -> bool:
    """Whether the person agrees; then the store is open, so that a wrong key is said before the first question."""
    from screener.cli.intake.consenting import refused

    if refused(text, plain):
        return False
    opening.desk()
    return True
