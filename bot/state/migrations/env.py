"""Run by Alembic: takes the connection, with its open transaction, that migrating.py hands over."""

from __future__ import annotations

from alembic import context

from bot.state.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
