"""All rows of one store brought to another: a backup of PostgreSQL is a file of SQLite."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, Table, func, insert, select, text

from bot.state.tables import metadata

ROWS_AT_ONCE = 1_000


def copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Bring every row to a store whose tables are empty; return how many each table has.

    Each connection is in a transaction; the target's is left to be committed.
    """
    copied = {}
    for table in metadata.sorted_tables:
        copied[table.name] = 0
        # In the order of their keys, a row comes before one that refers to it: post.again_of.
        rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(
            select(table).order_by(*table.primary_key.columns)
        )
        for some in rows.mappings().partitions(ROWS_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in some])
            copied[table.name] += len(some)
        if target.dialect.name == "postgresql":
            _count_on(target, table)
    return copied


def empty_tables(target: Connection) -> None:
    """Delete every row of every table."""
    for table in reversed(metadata.sorted_tables):
        target.execute(table.delete())


def _count_on(target: Connection, table: Table) -> None:
    """Let new rows get numbers behind the copied ones."""
    keys = list(table.primary_key.columns)
    if len(keys) != 1 or keys[0].foreign_keys or not isinstance(keys[0].type, Integer):
        return
    highest = target.execute(select(func.max(keys[0]))).scalar_one()
    if highest is not None:
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"),
            {"table": table.name, "column": keys[0].name, "highest": highest},
        )
