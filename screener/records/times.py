"""Moments as the tables have them: microseconds since 1970 in UTC."""

from datetime import UTC, datetime, timedelta

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


def as_micros(moment: datetime) -> int:
    """The moment as a whole number."""
    return (moment - _BEGAN) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    """The moment in UTC."""
    return _BEGAN + timedelta(microseconds=micros)
