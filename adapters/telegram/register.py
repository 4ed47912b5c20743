"""The commands as Telegram lists them in its menu: pure, from the commands themselves.

https://core.telegram.org/bots/api#setmycommands: at most 100, each with a description of 1 to 256
characters. A scope is a menu, not a right: what somebody may do is asked where it is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.command import Command

Payload = dict[str, Any]
Translations = Mapping[str, Mapping[str, str]]
"""Descriptions by language ("de") and by command."""

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256

EVERYWHERE: Payload = {"type": "default"}
GROUPS: Payload = {"type": "all_group_chats"}

SHORT_ABOUT = "On this day, who was, when was: looked up in sources, each named."
"""On the bot's profile: at most 120 characters (#setmyshortdescription)."""

ABOUT = (
    "I look things up in a library of sources: what happened on a day, who somebody was, when"
    " something happened. Every answer names its source.\n\n"
    'Ask in plain words, such as "on this day", or press /help.'
)
"""In an empty chat with the bot: at most 512 characters (#setmydescription)."""


def menus(
    commands: Iterable[Command],
    translations: Translations | None = None,
    in_groups: Collection[str] | None = None,
) -> list[Payload]:
    """Return the parameters of setMyCommands, one a scope and language.

    `in_groups` are the names listed in groups, if those are others than everywhere.
    """
    listed = list(commands)[:MOST_COMMANDS]
    scopes = [(EVERYWHERE, listed)]
    if in_groups is not None:
        scopes.append((GROUPS, [one for one in listed if one.name in in_groups]))
    languages: Translations = {"": {}, **(translations or {})}
    return [
        {
            "commands": [_listed(command, described) for command in offered],
            "scope": scope,
            **({"language_code": language} if language else {}),
        }
        for scope, offered in scopes
        for language, described in languages.items()
    ]


def question_for(menu: Payload) -> Payload:
    """Return the parameters of getMyCommands that ask for what a menu is now."""
    return {key: value for key, value in menu.items() if key != "commands"}


def differs(menu: Payload, registered: object) -> bool:
    """Whether a menu is another than the one that getMyCommands returned."""
    return bool(menu["commands"] != registered)


def _listed(command: Command, described: Mapping[str, str]) -> Payload:
    description = described.get(command.name, command.help)
    return {"command": command.name, "description": description[:LONGEST_DESCRIPTION]}
