"""The records as they began."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
_INDEXES = {
    "records_by_time": ["begun", "id"],
    "records_by_day": ["day", "begun", "id"],
    "records_by_lookup": ["lookup"],
    "records_by_status": ["status", "begun"],
}

_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "store",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("sealed_check", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "editions",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("questionnaire", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("sources_name", sa.Text),
        sa.Column("sources", sa.Text),
    )
    op.create_table(
        "consents", sa.Column("sha256", sa.Text, primary_key=True), sa.Column("text", sa.Text, nullable=False)
    )
    _records()
    _log()


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("begun", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("staff", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.sha256"), nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("sealed_reference", sa.LargeBinary),
        sa.Column("lookup", sa.LargeBinary),
        sa.Column("holder", sa.Text),
        sa.Column("held_since", sa.BigInteger),
        sa.Column("held_until", sa.BigInteger),
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "records", columns)
    _revisions()


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("record", _ID, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("staff", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, sa.ForeignKey("editions.sha256"), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("staff", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("record", _ID, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
    )
    op.create_index("log_by_record", "log", ["record", "number"])
    op.create_table(
        "head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
    )
