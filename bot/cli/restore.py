"""`daybook restore FILE`: a backup in the place of the state database, while the bot is stopped."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.config import load_config
from bot.state.backup import restore


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--plain-copy", is_flag=True, help="Take a file, too, that was copied without daybook backup."
)
def command(file: Path, plain_copy: bool) -> None:
    """Replace the state by the backup FILE; what was there is kept beside it.

    What fell due since the backup was made may have been sent, so it counts as unknown and is not
    sent by itself; admins are told.
    """
    settings = load_config(os.environ).state_or_default
    kept, unknown = asyncio.run(
        restore(settings, file, datetime.now(UTC), is_plain_copy=plain_copy)
    )
    click.echo(f"{settings} is now as {file} has it.")
    if kept:
        click.echo(f"What was there is kept in {kept}.")
    if unknown:
        click.echo(
            f"{unknown:,} posts that fell due since may have been sent: they count as unknown."
        )
