"""The ways from each older layout of the tables to the next, for Alembic; only ever forward."""
