"""The log as people read it, and the closing sheet of a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from screener.ground.escapes import rows_of_csv
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import one_line
from screener.ground.wrapping import lines
from screener.records.ids import spoken
from screener.records.log import Checkpoint, LogEntry
from screener.records.times import moment

SCHEMA = "screener/log/1"


def as_text(entries: Iterable[LogEntry], width: int) -> str:
    """A line for each entry: number, time, who, what, and which record."""
    return "".join(line + "\n" for entry in entries for line in lines(_line(entry), width, "", "      "))


def _line(entry: LogEntry) -> str:
    at = moment(entry.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    of = f" {spoken(entry.record)}" if entry.record else ""
    revision = f", revision {entry.revision}" if entry.revision else ""
    return f"{entry.number:>5} {at}  {one_line(entry.staff)}  {entry.action}{of}{revision}"


def as_values(entry: LogEntry) -> dict[str, Any]:
    """An entry as JSON has it."""
    return {**entry._asdict(), "at": moment(entry.at).isoformat(timespec="microseconds")}


def as_json(entries: Iterable[LogEntry], checkpoint: Checkpoint) -> str:
    """The log as JSON, with the checkpoint as of now."""
    return as_json_text(
        {"schema": SCHEMA, "checkpoint": str(checkpoint), "entries": [as_values(entry) for entry in entries]}
    )


def as_csv(entries: Iterable[LogEntry]) -> str:
    """The log as rows for a spreadsheet."""
    rows = [[str(value) for value in as_values(entry).values()] for entry in entries]
    return rows_of_csv([list(LogEntry._fields), *rows])


#: What the closing sheet counts, in its words.
_COUNTED = {
    "begun": "begun",
    "completed": "completed",
    "received": "received from elsewhere",
    "amended": "amended",
    "shown": "looked at",
    "handed over": "handed over",
    "exported": "exported",
    "erased": "erased",
    "purged": "erased for their age",
}


def closing_sheet(day: date, entries: Iterable[LogEntry], open_records: Sequence[str], checkpoint: Checkpoint) -> str:
    """What is printed at the end of a day, signed and kept apart from the computer."""
    done = Counter(entry.action for entry in entries)
    counted = [f"  {done[action]:>5}  {words}" for action, words in _COUNTED.items() if done[action]]
    names = ", ".join(map(spoken, open_records)) or "none"
    return "\n".join(
        [
            f"Closing sheet, {day.isoformat()}",
            "",
            "Records:",
            *(counted or ["      0  today"]),
            "",
            *lines(f"Not complete: {names}", 78),
            "",
            "Checkpoint of the log:",
            f"  {checkpoint}",
            "",
            "Keep this sheet. Typed in again, the checkpoint shows that nothing before it",
            "was changed or cut off: screener intake audit --since CHECKPOINT",
            "",
            "Name, signature:",
            "",
        ]
    )
