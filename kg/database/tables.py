"""The tables. A change here needs a migration beside it; a test compares the two.

Passwords, sessions and tokens are stored as hashes only. A user is named by its number, so that a name in the audit log
is what it was at the time.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kg.database.columns import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("full_name", Text, nullable=False),
    Column("email", Text),
    Column("role", String(16), nullable=False),
    Column("password", Text),  # as argon2 writes it; none for those who come by a provider
    Column("disabled", Instant),
    Column("created", Instant, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("scope", String(16), nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant),
    Column("used", Instant),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Index("ix_attempts_name_at", "name", "at"),
    Index("ix_attempts_address_at", "address", "at"),
)

identities = Table(
    "identities",
    metadata,
    Column("issuer", String(500), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("user", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created", Instant, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),  # what it is for, such as signing cookies
    Column("value", String(64), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(64), nullable=False),
    Column("object", Text, nullable=False, index=True),
    Column("detail", JSON, nullable=False),
)

queries = Table(
    "queries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("origin", String(16), nullable=False),
    Column("owner", ForeignKey("users.id")),
    Column("visibility", String(16), nullable=False),  # that of the newest version
    Column("latest", Integer, nullable=False),
    Column("deleted", Instant),
    Column("deleted_by", Text),
)

versions = Table(
    "versions",
    metadata,
    Column("query", ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("author", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("slug", String(16), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("view", JSON, nullable=False),
    Column("release", Integer),
    Column("author", Text),
    Column("at", Instant, nullable=False),
)

pins = Table(
    "pins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("release", Integer, nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("name", "version", "release"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("release", Integer, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("columns", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("good", Boolean, nullable=False),
    Column("broken", JSON, nullable=False),
    Column("error", Text, nullable=False),
    Column("before", Integer),
    Column("added", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("added_rows", JSON, nullable=False),
    Column("removed_rows", JSON, nullable=False),
    UniqueConstraint("name", "version", "release"),
)
