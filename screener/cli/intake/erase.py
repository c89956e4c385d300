"""`screener intake erase`: take a record away for ever, from the copies too."""

from screener.cli import streams
from screener.cli.intake.agreeing import sure
from screener.cli.intake.opened import open_desk
from screener.cli.intake.options import Id, Staff, Store, Yes
from screener.records.ids import spoken

#: What is said once, where the copies of the keys are the last that could bring somebody back.
COPIES = "Copies of the records hold nothing readable of it. Replace your copy of the records' keys now."
LATER = (
    "A part is still in the journal, as another desk is reading. It goes as soon as that desk is done and any command "
    "opens the store."
)


def erase(id: Id, yes: Yes = False, staff: Staff = None, store: Store = None) -> int:
    """Erase a record: answers, reference and key. Only that there was one stays in the log."""
    from screener.records.erasing import erase as erase_records
    from screener.records.finding import resolve

    desk = open_desk(store, staff)
    record = resolve(desk.store, id)
    of = f" of {record.reference}" if record.reference else ""
    if not sure(f"Erase the record {spoken(record.id)}{of}, for ever?", yes):
        streams.talk("Nothing was erased.\n")
        return 0
    done = erase_records(desk.store, desk.by, [record.id], "erased")
    streams.talk(f"The record {spoken(record.id)} is erased. {COPIES if done else LATER}\n")
    return 0
