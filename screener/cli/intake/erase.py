"""`screener intake erase`: take a record away for ever, from the copies too."""

from screener.cli.intake.agreeing import sure
from screener.cli.intake.copying import erased_everywhere
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Id, Staff, Store, Yes
from screener.cli.intake.place import find_place
from screener.cli.start.saying import say
from screener.records.ids import spoken


def erase(id: Id, yes: Yes = False, staff: Staff = None, store: Store = None) -> int:
    """Erase a record: answers, reference and key. Only that there was one stays in the log."""
    from screener.records.erasing import erase as erase_records
    from screener.records.finding import resolve

    desk = open_desk(store, staff)
    record = resolve(desk.store, id)
    of = f" of {record.reference}" if record.reference else ""
    place = find_place(store)
    if not sure(f"Erase the record {spoken(record.id)}{of}, for ever?", yes):
        return 0
    done = erase_records(desk.store, desk.by, [record.id], "erased")
    say(f"The record {spoken(record.id)} is erased. {erased_everywhere(desk, place, done)}")
    return 0
