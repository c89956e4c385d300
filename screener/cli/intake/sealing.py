"""`screener intake code-keys`: the pair of keys with which codes are made for this clinic only."""

from screener.cli.intake.code_keys import make_code_keys
from screener.cli.intake.options import Store
from screener.cli.intake.place import find_place


def code_keys(store: Store = None) -> int:
    """Make the pair of keys for codes that only this clinic can read: one stays here, the other is for pages."""
    make_code_keys(find_place(store).folder)
    return 0
