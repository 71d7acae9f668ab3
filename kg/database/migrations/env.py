"""Run by Alembic, on the connection and in the transaction that `kg.database.upgrade` gives."""

from alembic import context

from kg.database.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
