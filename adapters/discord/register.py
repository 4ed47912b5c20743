"""The commands as values in, Discord's registration of them out, and whether it must be sent.

https://docs.discord.com/developers/interactions/application-commands has the form and its limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.command import Command, Option, OptionKind
from bot.understand import LONGEST_QUESTION

Payload = dict[str, Any]
Translations = Mapping[str, Mapping[str, str]]
"""By Discord's locale ("de", "es-ES"), then by our English text: the same in that locale."""

CHAT_INPUT = 1
STRING = 3
SERVER_INSTALL, USER_INSTALL = 0, 1
IN_SERVERS, IN_BOT_DM, IN_PRIVATE_CHANNELS = 0, 1, 2

LONGEST_OPTION = LONGEST_QUESTION
"""Characters of an option."""

_COMPARED = ("name", "description", "type", "options", "contexts", "integration_types")
_LOCALISED = ("name_localizations", "description_localizations")


def registration(
    commands: Iterable[Command], translations: Translations | None = None
) -> list[Payload]:
    """Return what PUT /applications/{id}/commands takes: all commands, for servers and users."""
    return [_command(command, translations or {}) for command in commands]


def _command(command: Command, translations: Translations) -> Payload:
    return {
        "type": CHAT_INPUT,
        **_named(command.name, command.help, translations),
        "options": [_option(option, translations) for option in command.options],
        "integration_types": [SERVER_INSTALL, USER_INSTALL],
        "contexts": [IN_SERVERS, IN_BOT_DM, IN_PRIVATE_CHANNELS],
    }


def _option(option: Option, translations: Translations) -> Payload:
    return {
        "type": STRING,
        **_named(option.name, option.help, translations),
        "required": option.required,
        "max_length": LONGEST_OPTION,
        "autocomplete": option.kind is not OptionKind.TEXT,
    }


def _named(name: str, help_text: str, translations: Translations) -> Payload:
    """Return name and description with their translations; null says that there are none."""
    return {
        "name": name,
        "name_localizations": _translated(name, translations),
        "description": help_text,
        "description_localizations": _translated(help_text, translations),
    }


def _translated(text: str, translations: Translations) -> dict[str, str] | None:
    found = {locale: texts[text] for locale, texts in translations.items() if text in texts}
    return found or None


def is_registered(ours: Iterable[Payload], theirs: Iterable[Payload]) -> bool:
    """Whether what the server returned, in any order, is what we would send.

    The server adds ids and versions and leaves out what has its default value.
    """
    return _in_order(ours) == _in_order(theirs)


def _in_order(commands: Iterable[Payload]) -> list[Payload]:
    compared = [_compared(command) for command in commands]
    return sorted(compared, key=lambda command: (str(command["name"]), str(command["type"])))


def _compared(command: Payload) -> Payload:
    compared = {key: command.get(key) for key in _COMPARED + _LOCALISED}
    compared |= {key: compared[key] or None for key in _LOCALISED}
    compared["integration_types"] = sorted(command.get("integration_types") or [])
    compared["contexts"] = sorted(command.get("contexts") or [])
    compared["options"] = [_compared_option(option) for option in command.get("options") or []]
    return compared


def _compared_option(option: Payload) -> Payload:
    return {
        "type": option.get("type"),
        "name": option.get("name"),
        "description": option.get("description"),
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "max_length": option.get("max_length"),
        **{key: option.get(key) or None for key in _LOCALISED},
    }
