"""A command as a value: its name, options and answer. Registration, help and parsing read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.reply import Reply
from knowledge.dates import Order

_NAME = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_HELP = 100
"""Characters: what Discord takes for a description. Telegram takes more."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question as an adapter passes it on.

    Either `text` holds what was typed, or `command` and `options` what a slash command carried.
    `today` is the day in the zone of the chat, `order` how its numeric dates are read.
    """

    today: date
    text: str = ""
    command: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.DAY_FIRST
    language: str = "en"


class OptionKind(StrEnum):
    """What an option holds, so that adapters know what to suggest."""

    TEXT = "text"
    DATE = "date"
    NAME = "name"
    EVENT_KIND = "kind"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command, given as text."""

    name: str
    help: str
    kind: OptionKind = OptionKind.TEXT
    required: bool = False

    def __post_init__(self) -> None:
        _check(self.name, self.help)


Options = Mapping[str, str]
Answer = Callable[[Request, Options], Reply]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it is called, what it takes, and the function that answers it.

    `example` is a text that, typed, shows it at work with the library at hand. `is_by_chance` says
    that asked again it may answer otherwise, `is_for_asker` that it is about the bot, so that only
    who asked needs to see it.
    """

    name: str
    help: str
    answer: Answer
    options: tuple[Option, ...] = ()
    example: str = ""
    is_by_chance: bool = False
    is_for_asker: bool = False

    def __post_init__(self) -> None:
        _check(self.name, self.help)
        required = [option.required for option in self.options]
        if required != sorted(required, reverse=True):
            raise ValueError(f"/{self.name}: required options come first")
        if len({option.name for option in self.options}) < len(self.options):
            raise ValueError(f"/{self.name}: an option stands twice")


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command by its name with its options, before it is known whether there is such.

    One that is a guess counts only if it finds something.
    """

    command: str
    options: Options = field(default_factory=dict)
    is_guess: bool = False


def _check(name: str, help_text: str) -> None:
    """Refuse what one of the platforms would refuse (PLATFORMS.md has the pages)."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a command: a to z, 0 to 9 and _, at most 32")
    if not 1 <= len(help_text) <= LONGEST_HELP:
        raise ValueError(f"the help of {name!r} must have 1 to {LONGEST_HELP} characters")
