"""The only room that opens files: whole reads, whole writes or none."""

from screener.ground.files.places import (
    cause_of,
    check_folder,
    check_writable,
    forget,
    is_full,
    is_there,
    make_folder,
    real,
    shown,
)
from screener.ground.files.reading import MAX_BYTES, decoded, open_bytes, read_data, read_secret, read_text
from screener.ground.files.writing import replaced, sync, write_all, write_in_parts, write_whole

__all__ = [
    "MAX_BYTES",
    "cause_of",
    "check_folder",
    "check_writable",
    "decoded",
    "forget",
    "is_full",
    "is_there",
    "make_folder",
    "open_bytes",
    "read_data",
    "read_secret",
    "read_text",
    "real",
    "replaced",
    "shown",
    "sync",
    "write_all",
    "write_in_parts",
    "write_whole",
]
