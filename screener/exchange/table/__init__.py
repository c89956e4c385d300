"""A table of questions, as spreadsheets store it, → a rule file."""

from screener.exchange.table.taken import FromTable, take

__all__ = ["FromTable", "take"]
