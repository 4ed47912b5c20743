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

    Either `text` holds what was typed, or `command`, `action` and `options` what a slash command
    carried. `today` is the day in the zone of the chat, `order` how its numeric dates are read.
    """

    today: date
    text: str = ""
    command: str | None = None
    action: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.DAY_FIRST
    language: str = "en"


class OptionKind(StrEnum):
    """What an option holds, so that adapters know what to suggest."""

    TEXT = "text"
    DATE = "date"
    NAME = "name"
    EVENT_KIND = "kind"
    ZONE = "zone"
    CHOICE = "choice"
    PLACE = "place"
    ROLE = "role"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command, given as text.

    `choices` are the only values of an option of the kind CHOICE. Of a PLACE or a ROLE the text is
    the platform's number or name for it, of a FILE a name under which the request has its content.
    """

    name: str
    help: str
    kind: OptionKind = OptionKind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.name, self.help)
        if bool(self.choices) is not (self.kind is OptionKind.CHOICE):
            raise ValueError(
                f"{self.name!r}: what is chosen from has choices, and nothing else has"
            )


@dataclass(frozen=True, slots=True)
class Action:
    """One of the things that a command does, where it does several: /daily set, /daily show."""

    name: str
    help: str
    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        _check(self.name, self.help)
        _check_options(self.name, self.options)


Options = Mapping[str, str]
Answer = Callable[[Request, Options], Reply]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it is called, what it takes, and the function that answers it.

    `example` is a text that, typed, shows it at work with the library at hand. `is_by_chance` says
    that asked again it may answer otherwise, `is_for_asker` that it is about the bot, so that only
    who asked needs to see it, `is_for_admins` that it changes a place, which only its admins may. A
    command with `actions` has its options there; the first action is done where none is named.
    """

    name: str
    help: str
    answer: Answer
    options: tuple[Option, ...] = ()
    example: str = ""
    is_by_chance: bool = False
    is_for_asker: bool = False
    is_for_admins: bool = False
    actions: tuple[Action, ...] = ()

    def __post_init__(self) -> None:
        _check(self.name, self.help)
        _check_options(f"/{self.name}", self.options)
        if self.actions and self.options:
            raise ValueError(f"/{self.name}: options belong to its actions")
        if len({action.name for action in self.actions}) < len(self.actions):
            raise ValueError(f"/{self.name}: an action stands twice")

    def options_of(self, action: str) -> tuple[Option, ...]:
        """Return the options of an action; of a command without actions its own."""
        if not self.actions:
            return self.options
        return next((one.options for one in self.actions if one.name == action), ())


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command by its name with its options, before it is known whether there is such.

    One that is a guess counts only if it finds something.
    """

    command: str
    options: Options = field(default_factory=dict)
    is_guess: bool = False
    action: str = ""


def _check_options(name: str, options: tuple[Option, ...]) -> None:
    required = [option.required for option in options]
    if required != sorted(required, reverse=True):
        raise ValueError(f"{name}: required options come first")
    if len({option.name for option in options}) < len(options):
        raise ValueError(f"{name}: an option stands twice")


def _check(name: str, help_text: str) -> None:
    """Refuse what one of the platforms would refuse (PLATFORMS.md has the pages)."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a command: a to z, 0 to 9 and _, at most 32")
    if not 1 <= len(help_text) <= LONGEST_HELP:
        raise ValueError(f"the help of {name!r} must have 1 to {LONGEST_HELP} characters")
