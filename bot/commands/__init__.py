"""The commands, one a file; /help, parsing and the adapters read the list that stands here."""

from __future__ import annotations

from random import Random

from bot.command import Command
from bot.commands import (
    daily,
    dates,
    onthisday,
    privacy,
    random,
    search,
    settings,
    sources,
    start,
    timeline,
    when,
    whowas,
)
from bot.commands import help as help_command
from knowledge.store import Store


def all_commands(store: Store, chance: Random) -> dict[str, Command]:
    """Return every command by name, made for a library; `chance` is what /random draws from."""
    commands = {
        command.name: command
        for command in (
            onthisday.command(store),
            whowas.command(store),
            when.command(store),
            search.command(store),
            timeline.command(store),
            random.command(store, chance),
            daily.command(),
            dates.command(),
            settings.command(),
            sources.command(store),
            privacy.command(),
            start.command(store),
        )
    }
    help_itself = help_command.command(store, commands)
    return {**commands, help_itself.name: help_itself}
