"""`daybook status`: how the daily posts stand, with the bot running or stopped."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict, fields
from datetime import UTC

import click

from bot.config import load_config
from bot.settings import StateSettings
from bot.state.database import open_database
from bot.state.faults import NoStateError
from bot.state.posts import Counts, counts
from bot.state.states import Platform

NUMBERS = tuple(field.name for field in fields(Counts) if field.name != "oldest_due")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Count the daily posts of each platform by how they ended.

    Late is sent more than 10 minutes after it was due; due is all that has no end yet.
    """
    found = asyncio.run(_counts(load_config(os.environ).state_or_default))
    if as_json:
        click.echo(json.dumps({str(platform): _object(one) for platform, one in found.items()}))
        return
    for line in _lines(found):
        click.echo(line)


async def _counts(settings: StateSettings) -> dict[Platform, Counts]:
    try:
        async with await open_database(settings, read_only=True) as database:
            return await database.look(counts)
    except NoStateError:
        return {platform: Counts() for platform in Platform}


def _object(one: Counts) -> dict[str, object]:
    oldest = one.oldest_due and one.oldest_due.isoformat().replace("+00:00", "Z")
    return {**asdict(one), "oldest_due": oldest}


def _lines(found: dict[Platform, Counts]) -> list[str]:
    width = max(map(len, NUMBERS)) + 2
    lines = [" " * 10 + "".join(name.rjust(width) for name in NUMBERS)]
    for platform, one in found.items():
        numbers = "".join(f"{getattr(one, name):>{width},}" for name in NUMBERS)
        lines.append(f"{platform.title():10}{numbers}")
    waiting = [one.oldest_due for one in found.values() if one.oldest_due]
    if waiting:
        lines.append(f"The oldest was due at {min(waiting).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC.")
    return lines
