"""What a store folder says of itself in plain text: which store it is, and where its key is; never the key itself."""

import json
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from screener.ground.jsontext import as_json_text
from screener.ground.problems import Problem, ProblemsFound

KeyPlace = Literal["keyring", "file", "passphrase"]
SCHEMA = "screener/store/1"
#: The files of a store folder.
CARD, RECORDS, RECORD_KEYS, KEY_FILE, WRAPPED, CONSENT = (
    "store.json",
    "records.db",
    "record-keys.db",
    "store-key",
    "store-key.wrapped",
    "consent.txt",
)


class StorePlace(NamedTuple):
    """A store folder: the id of its store, where the store's key is, and whether a server has the records.

    `keys_copy` is where the records' keys were copied to last, so that the copy follows when somebody is erased.
    """

    folder: Path
    id: str
    key: KeyPlace
    key_file: Path
    server: bool
    keys_copy: Path | None = None

    @property
    def records(self) -> Path:
        """The file that has the records, where no server has them."""
        return self.folder / RECORDS

    @property
    def record_keys(self) -> Path:
        """The file that has a key for each record, where no server has them."""
        return self.folder / RECORD_KEYS


def as_card(place: StorePlace) -> str:
    """The text of the folder's card."""
    inside = place.key_file.parent == place.folder
    key_file = place.key_file.name if inside else str(place.key_file)
    card = {"schema": SCHEMA, "id": place.id, "key": place.key, "server": place.server}
    kept_in = {"key_file": key_file} if place.key != "keyring" else {}
    copied_to = {"keys_copy": str(place.keys_copy)} if place.keys_copy else {}
    return as_json_text({**card, **kept_in, **copied_to})


def read_card(text: str, folder: Path, shown: str) -> StorePlace:
    """The folder that this card tells of; `shown` names the card. Raises ProblemsFound if it is none of ours."""
    try:
        card = json.loads(text)
        known = card["schema"] == SCHEMA and card["key"] in get_args(KeyPlace)
        key_file, copy = folder / card.get("key_file", KEY_FILE), card.get("keys_copy")
        copied_to = Path(copy) if copy else None
        place = StorePlace(folder, str(card["id"]), card["key"], key_file, card["server"] is True, copied_to)
    except (ValueError, LookupError, TypeError):
        known = False
    if not known:
        help = "name another folder with --store, or bring this file back from a copy"
        raise ProblemsFound([Problem("not-a-store", "this does not tell of a store", help, shown)])
    return place
