"""The tables of a store as they are now. The ways here from older ones are in `migrations`.

Times are microseconds since 1970 in UTC. What a person said, and the clinic's reference, stand only in columns that
are `sealed`, each under the record's own key, bound to the record and its place in it.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

#: Ids in the order of their letters, on every server: the order of a dictionary finds no beginnings.
_Id = Text().with_variant(Text(collation="C"), "postgresql")

records_side = MetaData()
keys_side = MetaData()

store = Table(
    "store",
    records_side,
    Column("id", Text, primary_key=True),
    Column("made", BigInteger, nullable=False),
    Column("sealed_check", LargeBinary, nullable=False),
)
#: Rule files, word for word, each once; `sha256` is of the rules and their sources together.
editions = Table(
    "editions",
    records_side,
    Column("sha256", Text, primary_key=True),
    Column("questionnaire", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("sources_name", Text),
    Column("sources", Text),
)
#: What people agreed to, word for word, each once.
consents = Table(
    "consents",
    records_side,
    Column("sha256", Text, primary_key=True),
    Column("text", Text, nullable=False),
)
#: `turn` grows with every write, so that two who write at once are noticed. `lookup` finds a reference without telling
#: what it is.
records = Table(
    "records",
    records_side,
    Column("id", _Id, primary_key=True),
    Column("status", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("begun", BigInteger, nullable=False),
    Column("day", Text, nullable=False),
    Column("staff", Text, nullable=False),
    Column("edition", Text, ForeignKey("editions.sha256"), nullable=False),
    Column("step", Text, nullable=False),
    Column("sealed_reference", LargeBinary),
    Column("lookup", LargeBinary),
    Column("holder", Text),
    Column("held_since", BigInteger),
    Column("held_until", BigInteger),
    Index("records_by_time", "begun", "id"),
    Index("records_by_day", "day", "begun", "id"),
    Index("records_by_lookup", "lookup"),
    Index("records_by_status", "status", "begun"),
)
#: Number 0 is what is not complete yet.
revisions = Table(
    "revisions",
    records_side,
    Column("record", _Id, ForeignKey("records.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("staff", Text, nullable=False),
    Column("edition", Text, ForeignKey("editions.sha256"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
log = Table(
    "log",
    records_side,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("staff", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("record", _Id, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Index("log_by_record", "record", "number"),
)
#: One row: how many entries the log has, and the mark of the last.
head = Table(
    "head",
    records_side,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("mark", LargeBinary, nullable=False),
)

record_keys = Table(
    "record_keys",
    keys_side,
    Column("record", _Id, primary_key=True),
    Column("sealed_key", LargeBinary, nullable=False),
)
#: Records whose key was erased, so that a copy of the records that is brought back is known to hold them in vain.
erased = Table("erased", keys_side, Column("record", _Id, primary_key=True))
