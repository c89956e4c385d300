"""Records as other systems take them, part by part: many need no more memory than one."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from screener.cli.deliver import as_bytes
from screener.cli.intake.editions import kept_edition, rules_of
from screener.cli.intake.kept import typed
from screener.cli.intake.made import handover_of
from screener.engine.assess import Summary, assess
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import visible
from screener.ground.wrapping import Look
from screener.records.listing import as_values
from screener.rulefile.measures import iso_date
from screener.rulefile.model import RuleFile
from screener.summary.as_json import as_dict
from screener.summary.formats import renderer

if TYPE_CHECKING:
    from screener.records.finding import FullRecord
    from screener.records.store.opening import Store

SCHEMA = "screener/record/1"


def parts(store: "Store", found: "Iterable[FullRecord]", format: str, address: str) -> Iterator[str]:
    """The text of an export, in parts; `address` is where the questionnaires are published, for FHIR only."""
    if format == "csv":
        yield _as_csv(store, found)
    elif format == "ndjson":
        for one in found:
            yield visible(json.dumps(record_values(store, one), ensure_ascii=False)) + "\n"
    elif format == "fhir":
        entries = (entry for one in found for entry in _bundle(store, one, address)["entry"])
        yield from _listed('{\n  "resourceType": "Bundle",\n  "type": "collection",\n  "entry": ', entries, "}\n")
    else:
        values = (record_values(store, one) for one in found)
        yield from _listed('{\n  "schema": "screener/records/1",\n  "records": ', values, "}\n")


def _listed(before: str, values: Iterable[dict[str, Any]], after: str) -> Iterator[str]:
    """A list as JSON, one value after the other."""
    yield before
    started = False
    for value in values:
        yield (",\n" if started else "[\n") + as_json_text(value).rstrip("\n")
        started = True
    yield ("\n]\n" if started else "[]\n") + after


def _known(store: "Store", one: "FullRecord") -> tuple[RuleFile, Summary]:
    rules = rules_of(kept_edition(store, one.record.edition), iso_date(one.content.day))
    return rules, assess(rules, typed(rules, one.content.answers))


def record_values(store: "Store", one: "FullRecord") -> dict[str, Any]:
    """A record with its summary, as JSON has it."""
    rules, summary = _known(store, one)
    agreed = {"text_sha256": one.content.consent, "at": one.content.consented}
    about = {**as_values(one.record), "consent": agreed, "reason": one.content.reason or None}
    return {"schema": SCHEMA, "record": about, "summary": as_dict(rules, summary)}


def _as_csv(store: "Store", found: "Iterable[FullRecord]") -> str:
    """A row for each record; the columns of all questionnaires and versions, in the order in which they come."""
    from screener.ground.escapes import rows_of_csv
    from screener.summary.as_csv import row

    rows: list[dict[str, str]] = []
    for one in found:
        rules, summary = _known(store, one)
        about = {f"record.{key}": str(value) for key, value in as_values(one.record).items()}
        rows.append(about | row(rules, summary))
    columns = list(dict.fromkeys(chain.from_iterable(rows)))
    return rows_of_csv([columns, *([row.get(column, "") for column in columns] for row in rows)])


def _bundle(store: "Store", one: "FullRecord", address: str) -> dict[str, Any]:
    from screener.exchange.fhir.export import Attached, Origin, bundle

    rules, summary = _known(store, one)
    named = handover_of(store, one.record, one.record.revision)
    page, data = (renderer(format)(rules, summary, Look()) for format in ("html", "json"))
    attached = (
        Attached("text/html; charset=utf-8", as_bytes(page)),
        Attached("application/json", as_bytes(data)),
    )
    return bundle(rules, summary, attached, Origin(named.id, one.record.begun, "", "", address))
