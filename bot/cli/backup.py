"""`daybook backup FILE`: the state database in one file, while the bot runs or not."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import click

from bot.config import load_config
from bot.state.backup import back_up


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    """Write a backup of the state to FILE, which is replaced if it is there.

    It is a SQLite database, of PostgreSQL, too, and can be restored into either. It holds numbers
    of chats and people: keep it private, and not longer than you need it.
    """
    settings = load_config(os.environ).state_or_default
    asyncio.run(back_up(settings, file))
    click.echo(f"{file} holds all of {settings}.")
