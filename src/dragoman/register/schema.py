"""The tables. What each holds and why: docs/register.md. `migrations/` builds the same ones step by step."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
Serial = BigInteger().with_variant(Integer, "sqlite")
"""A counting key: 64 bits in both engines; SQLite gives them only to a column of type INTEGER."""

documents = Table(
    "documents",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("current", Serial),  # id of the version that counts; null only inside the first transaction
)

versions = Table(
    "versions",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("document", Serial, ForeignKey("documents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("text_sha256", String(64), nullable=False),
    Column("text", Serial),  # the version that stores the same text; null where it is this one
    Column("fingerprint", String(64), nullable=False),
    Column("coder", Text, nullable=False),  # the grammar that read it last
    Column("date", Date),
    Column("source", Text, nullable=False),
    Column("about", Text, nullable=False),  # metadata as JSON
    Column("structure", LargeBinary, nullable=False),
    Column("sentences", Integer, nullable=False),  # of the text: no furniture, no headings
    Column("read_at", String(40), nullable=False),
    UniqueConstraint("document", "number"),
)

VERSION = tuple(column for column in versions.c if column.name != "structure")
"""Columns of a version without its bulk."""

texts = Table(
    "texts",
    metadata,
    Column("key", Serial, primary_key=True, autoincrement=False),  # version and piece: see keys.py
    Column("content", LargeBinary, nullable=False),
)

sentences = Table(
    "sentences",
    metadata,
    Column("key", Serial, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

lines = Table(
    "lines",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("provision", Text, nullable=False, index=True),
    Column("version", Serial, ForeignKey("versions.id"), nullable=False),
    Column("coder", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("payload", Text, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("provision", Text, nullable=False, index=True),
    Column("document", Serial, ForeignKey("documents.id"), nullable=False, index=True),
    Column("line", Serial, ForeignKey("lines.id"), nullable=False),  # the line that counts by this decision
    Column("state", String(16), nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("provision", Text, nullable=False, unique=True),
    Column("document", Serial, ForeignKey("documents.id"), nullable=False),
    Column("version", Serial, ForeignKey("versions.id"), nullable=False),
    Column("line", Serial, ForeignKey("lines.id"), nullable=False),
    Column("review", Serial, ForeignKey("reviews.id")),
    Column("position", BigInteger, nullable=False),  # library order: see keys.py
    Column("trigger_start", Integer, nullable=False),
    Column("sentence", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("force", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("due", Date),
    Column("coder", Text, nullable=False, server_default=""),  # of the line that counts
    Index("entries_by_position", "position", "trigger_start"),
    Index("entries_by_confidence", "confidence", "position"),
    Index("entries_by_document", "document", "kind", "state", "position"),
    Index("entries_by_kind", "kind", "position"),
    Index("entries_by_force", "force", "position"),
    Index("entries_by_state", "state", "confidence", "position"),
    Index("entries_by_due", "due", "kind"),
    Index("entries_by_coder", "coder", "position"),
    Index("entries_by_sentence", "sentence"),
)

entry_values = Table(
    "entry_values",
    metadata,
    Column("field", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),  # of the entry, as is the next:
    Column("trigger_start", Integer, primary_key=True, autoincrement=False),  # lines with a value are in order
    Column("entry", Serial, ForeignKey("entries.id"), primary_key=True),
    Index("entry_values_by_entry", "entry", "field", "value"),
    sqlite_with_rowid=False,
)

problems = Table(
    "problems",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("document", Serial, ForeignKey("documents.id"), index=True),
    Column("source", Text, nullable=False, index=True),
    Column("doc", Text, index=True),
    Column("rank", Integer, nullable=False),  # 0 error, 1 warning, 2 note
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("page", Integer),
    Column("filled", Text),  # JSON: what fills message and remedy; null for problems of older forms
)

party_lists = Table(
    "party_lists",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("form", String(16), nullable=False),
    Column("published", Date),
    Column("sha256", String(64), nullable=False),
    Column("entries", Integer, nullable=False),
    Column("names", Integer, nullable=False),
    Column("imported", String(40), nullable=False),
    Column("source", Text, nullable=False),
    Column("current", Integer, nullable=False),  # 1 for the version in use; an older one is never deleted
    UniqueConstraint("name", "version"),
)

party_entries = Table(
    "party_entries",
    metadata,
    Column("list", Serial, ForeignKey("party_lists.id"), primary_key=True),  # a version of a list
    Column("number", Integer, primary_key=True, autoincrement=False),  # order in the file
    Column("entry", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("line", Integer, nullable=False),
    Column("payload", Text, nullable=False),  # all that the entry says, its names with it, as JSON
    UniqueConstraint("list", "entry"),
)

party_decisions = Table(
    "party_decisions",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("party", Text, nullable=False),
    Column("list", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided", String(40), nullable=False),
    Column("until", Date),
    Column("entry_sha256", String(64), nullable=False),
    Index("party_decisions_by_party", "party", "list", "entry", "id"),
    Index("party_decisions_by_entry", "list", "entry"),
)

screened_parties = Table(
    "screened_parties",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("party", Text, nullable=False, unique=True),  # its key
    Column("payload", Text, nullable=False),  # the party as JSON
    Column("day", Date, nullable=False),
    Column("lists", Text, nullable=False),  # names and versions, as JSON
    Column("hits", Text, nullable=False),  # lists, entries, hashes and scores, as JSON
)

party_changes = Table(
    "party_changes",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("party", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("list", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("score", Float),
    Column("detail", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("party_changes_by_party", "party", "id"),
)

events = Table(
    "events",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("event", String(16), nullable=False, index=True),
    Column("document", Text, nullable=False, index=True),  # slug, "" for all
    Column("at", String(40), nullable=False),
    Column("payload", Text, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("evidence", String(16), nullable=False, index=True),
    Column("document", Text, nullable=False, index=True),
    Column("provision", Text, nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("payload", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)

searches = Table(
    "searches",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("provision", Text, nullable=False, index=True),
    Column("made_at", String(40), nullable=False),
    Column("payload", Text, nullable=False),
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("provision", Text, nullable=False, index=True),
    Column("party", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("payload", Text, nullable=False),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("as_of", Date, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", Text, nullable=False),
)

ties = Table(
    "ties",
    metadata,
    Column("version", Serial, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),  # what they were read from, and by whom
    Column("content", LargeBinary, nullable=False),  # packed: dragoman/alliances/columns.py
)

link_corrections = Table(
    "link_corrections",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("english", Text, nullable=False),
    Column("chinese", Text, nullable=False),
    Column("english_sha256", String(64), nullable=False),
    Column("chinese_sha256", String(64), nullable=False),
    Column("action", String(16), nullable=False),
    Column("en", Text, nullable=False),  # JSON list of offsets
    Column("zh", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("link_corrections_by_texts", "english", "chinese"),
)

lineage_corrections = Table(
    "lineage_corrections",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("provision", Text, nullable=False, index=True),
    Column("label", String(16), nullable=False),
    Column("ancestors", Text),  # JSON list of ids; null leaves the computed ones
    Column("note", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", String(40), nullable=False),
)

VALUE_FIELDS = ("actors", "counterparties", "technologies", "instruments")
"""Fields of a provision with several values, each a row of `entry_values`."""

docket_cases = Table(
    "docket_cases",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("prefix", String(8), nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("applicant", Text, nullable=False, index=True),
    Column("organisation", Text, nullable=False, index=True),
    Column("stage", Text, nullable=False),
    Column("public", Integer, nullable=False),  # 1 while the public register shows it
    Column("consulted", Integer, nullable=False),  # 1 once it was before the seats
    Column("acts", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("open_items", Integer, nullable=False),
    Column("open_requests", Integer, nullable=False),
    Column("expires", Date),
    Column("opened", String(40), nullable=False),
    Column("changed", String(40), nullable=False),
    Column("since", String(40), nullable=False),  # when it entered its state
    Column("noted", Integer, nullable=False),  # acts by which its deadlines and tools were noted
    UniqueConstraint("prefix", "year", "serial"),
    Index("docket_cases_by_stage", "procedure", "stage", "id"),
    Index("docket_cases_public", "public", "id"),
)

docket_deadlines = Table(
    "docket_deadlines",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("case", Serial, ForeignKey("docket_cases.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("started", Date, nullable=False),
    Column("due", Date),
    Column("rests", Integer, nullable=False),
)
"""Days that are set for a case as it stands; worked out anew with each act."""

docket_tools = Table(
    "docket_tools",
    metadata,
    Column("case", Serial, ForeignKey("docket_cases.id"), primary_key=True),
    Column("tool", Text, primary_key=True),
    Column("result", String(16), nullable=False),
)
"""What the last check of a case says of each financing tool."""

docket_targets = Table(
    "docket_targets",
    metadata,
    Column("case", Serial, ForeignKey("docket_cases.id"), primary_key=True),
    Column("country", String(2), primary_key=True, index=True),
)

docket_acts = Table(
    "docket_acts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("case", Serial, ForeignKey("docket_cases.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("account", Text, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("case", "number"),
)

docket_files = Table(
    "docket_files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("account", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("password", Text, nullable=False),  # Argon2id
    Column("roles", Text, nullable=False),  # as a JSON list
    Column("seat", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("active", Integer, nullable=False),
    Column("created", String(40), nullable=False),
    Column("changed", String(40), nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("at", String(40), nullable=False),
)
"""Attempts to sign in that failed since the last that did not."""

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("created", String(40), nullable=False),
    Column("used", String(40), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # as a JSON list
    Column("created", String(40), nullable=False),
    Column("expires", String(40), nullable=False),
    Column("used", String(40)),
    Column("revoked", String(40)),
)

actor_steps = Table(
    "actor_steps",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("act", String(16), nullable=False),
    Column("actor", Text, nullable=False, index=True),
    Column("payload", Text, nullable=False),  # what the step changes, as JSON
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)
"""What people changed in the register of actors."""

coding_steps = Table(
    "coding_steps",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("act", String(16), nullable=False),
    Column("doc", Text, nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("unit", BigInteger, nullable=False),  # step that made the line; 0 where it is about none
    Column("line", Text),  # complete as JSON
    Column("payload", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)
"""What was done in team coding."""
