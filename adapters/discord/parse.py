"""What Discord sends, as JSON, read into a question: pure, without the library."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

Payload = Mapping[str, Any]

SUB_COMMAND, SUB_COMMAND_GROUP = 1, 2
_MENTION = re.compile(r"<@!?(\d{1,20})>", re.ASCII)
_REPEATED_SPACES = re.compile(r"\s+")


class TypedOption(NamedTuple):
    """An option that is being typed: its name and what stands there so far."""

    name: str
    value: str


def options_of(data: Payload) -> dict[str, str]:
    """Return the options of a slash command, or of its sub-command, by name, as text."""
    found: dict[str, str] = {}
    for option in data.get("options") or ():
        if option["type"] in (SUB_COMMAND, SUB_COMMAND_GROUP):
            found |= options_of(option)
        elif "value" in option:
            found[option["name"]] = str(option["value"])
    return found


def action_of(data: Payload) -> str:
    """Return the name of the sub-command that is used, or nothing."""
    for option in data.get("options") or ():
        if option["type"] in (SUB_COMMAND, SUB_COMMAND_GROUP):
            return str(option["name"])
    return ""


def typed_option(data: Payload) -> TypedOption | None:
    """Return the option in which the cursor of an autocomplete is."""
    for option in data.get("options") or ():
        if option.get("focused"):
            return TypedOption(option["name"], str(option.get("value", "")))
        if inner := typed_option(option):
            return inner
    return None


def question_of(content: str, own_id: int, names: Mapping[int, str] | None = None) -> str:
    """Return the question of a message: without mentions of the bot, the others as names."""
    known = names or {}

    def named(mention: re.Match[str]) -> str:
        user = int(mention[1])
        return " " if user == own_id else f" {known[user]} " if user in known else mention[0]

    text = _MENTION.sub(named, content)
    return _REPEATED_SPACES.sub(" ", text).strip(" ,:")


def mentions(content: str, user: int) -> bool:
    """Whether a message names a user itself, not only by being a reply to them."""
    return any(int(mention[1]) == user for mention in _MENTION.finditer(content))
