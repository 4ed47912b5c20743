"""The commands as values in, Discord's registration of them out, and whether it must be sent.

https://docs.discord.com/developers/interactions/application-commands has the form and its limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.command import Action, Command, Option, OptionKind
from bot.understand import LONGEST_QUESTION

Payload = dict[str, Any]
Translations = Mapping[str, Mapping[str, str]]
"""By Discord's locale ("de", "es-ES"), then by our English text: the same in that locale."""

CHAT_INPUT = 1
SUB_COMMAND, STRING, CHANNEL, ROLE, ATTACHMENT = 1, 3, 7, 8, 11
TYPES = {OptionKind.PLACE: CHANNEL, OptionKind.ROLE: ROLE, OptionKind.FILE: ATTACHMENT}
"""Options that are no text."""

SUGGESTED = (OptionKind.DATE, OptionKind.NAME, OptionKind.EVENT_KIND, OptionKind.ZONE)

PLACES_TO_POST = [0, 5, 10, 11, 12, 15]
"""Kinds of channels in which a post may stand: text, announcement, the threads, forum:
https://docs.discord.com/developers/resources/channel#channel-object-channel-types"""

MANAGE_SERVER = str(1 << 5)
"""The permission that a server gives to admins; it may choose others, or other people."""

SERVER_INSTALL, USER_INSTALL = 0, 1
IN_SERVERS, IN_BOT_DM, IN_PRIVATE_CHANNELS = 0, 1, 2

LONGEST_OPTION = LONGEST_QUESTION
"""Characters of an option."""

_COMPARED = (
    "name",
    "description",
    "type",
    "options",
    "contexts",
    "integration_types",
    "default_member_permissions",
)
_LOCALISED = ("name_localizations", "description_localizations")


def registration(
    commands: Iterable[Command], translations: Translations | None = None
) -> list[Payload]:
    """Return what PUT /applications/{id}/commands takes: all commands, for servers and users."""
    return [_command(command, translations or {}) for command in commands]


def _command(command: Command, translations: Translations) -> Payload:
    options = [_option(option, translations) for option in command.options]
    actions = [_action(action, translations) for action in command.actions]
    return {
        "type": CHAT_INPUT,
        **_named(command.name, command.help, translations),
        "options": options + actions,
        "default_member_permissions": MANAGE_SERVER if command.is_for_admins else None,
        "integration_types": [SERVER_INSTALL, USER_INSTALL],
        # what changes a place is of no use between people, where the bot is not
        "contexts": [IN_SERVERS, IN_BOT_DM]
        if command.is_for_admins
        else [IN_SERVERS, IN_BOT_DM, IN_PRIVATE_CHANNELS],
    }


def _action(action: Action, translations: Translations) -> Payload:
    return {
        "type": SUB_COMMAND,
        **_named(action.name, action.help, translations),
        "options": [_option(option, translations) for option in action.options],
    }


def _option(option: Option, translations: Translations) -> Payload:
    described = {
        "type": TYPES.get(option.kind, STRING),
        **_named(option.name, option.help, translations),
        "required": option.required,
    }
    if option.kind is OptionKind.PLACE:
        return described | {"channel_types": PLACES_TO_POST}
    if option.choices:
        return described | {"choices": [{"name": one, "value": one} for one in option.choices]}
    if option.kind in TYPES:
        return described
    return described | {
        "max_length": LONGEST_OPTION,
        "autocomplete": option.kind in SUGGESTED,
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
        "choices": [(one["name"], one["value"]) for one in option.get("choices") or []],
        "channel_types": sorted(option.get("channel_types") or []),
        "options": [_compared_option(inner) for inner in option.get("options") or []],
        **{key: option.get(key) or None for key in _LOCALISED},
    }
