"""The keys of the records as they began."""

import sqlalchemy as sa
from alembic import op

revision = "k0001"
down_revision = None

_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "record_keys",
        sa.Column("record", _ID, primary_key=True),
        sa.Column("sealed_key", sa.LargeBinary, nullable=False),
    )
    op.create_table("erased", sa.Column("record", _ID, primary_key=True))
