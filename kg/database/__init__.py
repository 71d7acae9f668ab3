"""The staff's database: accounts, their own saved queries, pins, short links, and what queries gave on each release.

SQLite in the data folder, or PostgreSQL by its URL. One writer at a time on both, which is plenty for what people do
by hand, and makes them alike: what a writing transaction reads is what stands when it commits.

The only door to SQLAlchemy and Alembic. The tables are in `tables.py`, their history in `migrations/`.
"""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, update

from kg.database import tables
from kg.database.opening import Database, open_database, sqlite_url
from kg.database.upgrading import upgrade

LARGEST = 2**31 - 1
"""The largest number that a column of whole numbers holds."""

__all__ = [
    "LARGEST",
    "Connection",
    "Database",
    "and_",
    "delete",
    "exists",
    "func",
    "insert",
    "open_database",
    "or_",
    "select",
    "sqlite_url",
    "tables",
    "update",
    "upgrade",
]
