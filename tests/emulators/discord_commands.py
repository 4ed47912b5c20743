"""Application commands: what may be registered, kept as the server keeps it.

Limits: docs.discord.com/developers/interactions/application-commands (Registering a Command,
Application Command Object, Naming); locales: docs.discord.com/developers/reference (Locales).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from emulators.discord_errors import FormErrors, Json, JsonValue, Refusal

LOCALES = frozenset(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru"
    " uk hi th zh-CN ja zh-TW ko".split()
)
NAME = 32
DESCRIPTION = 100
OPTIONS = 25
CHOICES = 25
WHOLE = 8000
PER_KIND = {1: 100, 2: 15, 3: 15}
CREATES_A_DAY = 200
DAY = 86_400.0
LARGEST = 2**53

SUB_COMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
CHANNEL = 7


def name_is_good(name: str) -> bool:
    """Whether a name of a slash command or an option is one: docs, "Naming"."""
    if not 1 <= len(name) <= NAME or name != name.lower():
        return False
    return all(
        char in "-_'" or unicodedata.category(char)[0] in "LN" or _deva_or_thai(char)
        for char in name
    )


def _deva_or_thai(char: str) -> bool:
    return (
        "\u0900" <= char <= "\u0963"
        or "\u0966" <= char <= "\u097f"
        or ("\u0e01" <= char <= "\u0e3a" or "\u0e40" <= char <= "\u0e5b")
    )


def whole_length(command: Json) -> int:
    """Return how many characters count against the limit of 8,000.

    Names, descriptions and values of the command, its options and choices; of each text its longest
    localisation.
    """
    total = _longest(command, "name") + _longest(command, "description")
    for choice in command.get("choices") or ():
        value = choice.get("value")
        total += _longest(choice, "name") + (len(value) if isinstance(value, str) else 0)
    return total + sum(whole_length(option) for option in command.get("options") or ())


def _longest(thing: Json, key: str) -> int:
    texts = [thing.get(key) or "", *(thing.get(f"{key}_localizations") or {}).values()]
    return max(len(text) for text in texts)


class CommandCheck:
    """The faults of one command, or of each in a list."""

    def __init__(self) -> None:
        self.errors = FormErrors()

    def command(self, command: Json, at: tuple[str | int, ...], *, is_global: bool) -> None:
        """Note the faults of a command."""
        add = self.errors.add
        kind = command.get("type") or 1
        self._localised(command, "name", NAME, at, check_name=kind == 1)
        if kind == 1:
            self._described(command, at)
        elif command.get("description"):
            message = "Context menu commands cannot have description"
            add((*at, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET",
                message)  # fmt: skip
        if kind != 1 and command.get("options"):
            message = "Context menu commands cannot have options"
            add((*at, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_CANNOT_BE_SET", message)
        if not is_global:
            for key in ("contexts", "integration_types"):
                if command.get(key) is not None:
                    message = f"{key} may only be set on global commands"
                    add((*at, key), "APPLICATION_COMMAND_GLOBAL_ONLY", message)
        self._options(command.get("options") or [], (*at, "options"), depth=0)
        if whole_length(command) > WHOLE:
            message = f"Command exceeds maximum size ({WHOLE})"
            add(at, "APPLICATION_COMMAND_TOO_LARGE", message)

    def _described(self, thing: Json, at: tuple[str | int, ...]) -> None:
        if not thing.get("description"):
            message = "This field is required"
            self.errors.add((*at, "description"), "BASE_TYPE_REQUIRED", message)
        self._localised(thing, "description", DESCRIPTION, at, check_name=False)

    def _localised(
        self, thing: Json, key: str, most: int, at: tuple[str | int, ...], *, check_name: bool
    ) -> None:
        texts: list[tuple[tuple[str | int, ...], Any]] = [((*at, key), thing.get(key) or "")]
        localised = thing.get(f"{key}_localizations") or {}
        for locale, text in localised.items():
            path = (*at, f"{key}_localizations", locale)
            if locale not in LOCALES:
                self.errors.add(path, "BASE_TYPE_CHOICES", f"{locale} is no locale of Discord's")
            texts.append((path, text))
        for path, text in texts:
            if check_name and not name_is_good(text):
                message = "Command name is invalid"
                self.errors.add(path, "APPLICATION_COMMAND_INVALID_NAME", message)
            elif not 1 <= len(text) <= most:
                message = f"Must be between 1 and {most} in length."
                self.errors.add(path, "BASE_TYPE_BAD_LENGTH", message)

    def _options(self, options: list[Json], at: tuple[str | int, ...], *, depth: int) -> None:
        add = self.errors.add
        if len(options) > OPTIONS:
            add(at, "BASE_TYPE_MAX_LENGTH", f"Must be {OPTIONS} or fewer in length.")
        kinds = [option.get("type") for option in options]
        nested = [kind in (SUB_COMMAND, GROUP) for kind in kinds]
        if any(nested) and not all(nested):
            message = "Sub-command and sub-command group option types are mutually exclusive"
            add(at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
        seen: set[str] = set()
        optional = False
        for number, option in enumerate(options):
            here = (*at, number)
            kind = option.get("type")
            if option.get("name") in seen:
                message = "Option name must be unique"
                add((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message)
            seen.add(option.get("name") or "")
            if option.get("required") and optional:
                message = "Required options must be placed before non-required options"
                add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
            optional = optional or not option.get("required")
            if (kind == GROUP and depth > 0) or (kind == SUB_COMMAND and depth > 1):
                message = "Sub-commands can't be nested so deep"
                add((*here, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
            self._option(option, here, depth)

    def _option(self, option: Json, here: tuple[str | int, ...], depth: int) -> None:
        add = self.errors.add
        kind = option.get("type")
        self._localised(option, "name", NAME, here, check_name=True)
        self._described(option, here)
        if kind in (SUB_COMMAND, GROUP):
            below = depth + (1 if kind == GROUP else 2)
            self._options(option.get("options") or [], (*here, "options"), depth=below)
        elif option.get("options"):
            add((*here, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Not a sub-command")
        choices = option.get("choices") or []
        if option.get("autocomplete") and (choices or kind not in (STRING, INTEGER, NUMBER)):
            message = "autocomplete needs a string, integer or number, and no choices"
            add((*here, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", message)
        self._choices(choices, kind, here)
        for key, kinds in _ONLY_FOR.items():
            if option.get(key) is not None and kind not in kinds:
                add((*here, key), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", f"no {key} here")
        for key, least in (("min_length", 0), ("max_length", 1)):
            value = option.get(key)
            if value is not None and not least <= value <= 6000:
                add((*here, key), "NUMBER_TYPE_MAX", f"{key} must be {least} to 6000")
        if (option.get("min_length") or 0) > (option.get("max_length") or 6000):
            add(here, "APPLICATION_COMMAND_OPTION_MIN_LENGTH_ABOVE_MAX", "min_length > max_length")

    def _choices(self, choices: list[Json], kind: JsonValue, here: tuple[str | int, ...]) -> None:
        add = self.errors.add
        if choices and kind not in (STRING, INTEGER, NUMBER):
            add((*here, "choices"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "no choices here")
        if len(choices) > CHOICES:
            message = f"Must be {CHOICES} or fewer in length."
            add((*here, "choices"), "BASE_TYPE_MAX_LENGTH", message)
        names = [choice.get("name") for choice in choices]
        values = [choice.get("value") for choice in choices]
        for number, choice in enumerate(choices):
            at = (*here, "choices", number)
            self._localised(choice, "name", 100, at, check_name=False)
            value = choice.get("value")
            if kind == STRING and not (isinstance(value, str) and 1 <= len(value) <= 100):
                add((*at, "value"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
            if kind == INTEGER and not (type(value) is int and abs(value) <= LARGEST):
                add((*at, "value"), "NUMBER_TYPE_COERCE", "Must be an integer within 2^53")
            if kind == NUMBER and type(value) not in (int, float):
                add((*at, "value"), "NUMBER_TYPE_COERCE", "Must be a number")
            if names.index(choice.get("name")) != number or values.index(value) != number:
                message = "Choice names and values must be unique"
                add(at, "APPLICATION_COMMAND_OPTIONS_CHOICE_ALREADY_EXISTS", message)


_ONLY_FOR: dict[str, tuple[int, ...]] = {
    "min_length": (STRING,),
    "max_length": (STRING,),
    "min_value": (INTEGER, NUMBER),
    "max_value": (INTEGER, NUMBER),
    "channel_types": (CHANNEL,),
}


class Commands:
    """The commands of an application: global ones (guild None) and those of single servers."""

    def __init__(
        self, application_id: str, new_id: Callable[[], str], now: Callable[[], float]
    ) -> None:
        self.application_id = application_id
        self._new_id = new_id
        self._now = now
        self.installs = [0, 1]
        """How the app may be installed: what a command gets that doesn't say it."""
        self.kept: dict[str | None, dict[str, Json]] = {None: {}}
        self.creates: dict[str | None, list[float]] = {}

    def all(self, guild: str | None) -> list[Json]:
        """Return the commands of a scope in full."""
        return list(self.kept.get(guild, {}).values())

    def find(self, guild: str | None, command_id: str) -> Json:
        """Return one command; raises `Refusal` 10063."""
        found = self.kept.get(guild, {}).get(command_id)
        if found is None:
            raise Refusal(10063)
        return found

    def overwrite(self, guild: str | None, bodies: JsonValue) -> list[Json]:
        """Replace all commands of a scope; those of the same type and name keep their ids."""
        if not isinstance(bodies, list):
            errors = FormErrors()
            errors.add((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            errors.refuse()
        check = CommandCheck()
        seen: set[tuple[int, str]] = set()
        for number, body in enumerate(bodies):
            check.command(body, (number,), is_global=guild is None)
            key = _key(body)
            if key in seen:
                message = "Application command names must be unique"
                path = (number, "name")
                check.errors.add(path, "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
            seen.add(key)
        check.errors.refuse()
        self._count(bodies)
        old = {_key(command): command for command in self.all(guild)}
        fresh = [body for body in bodies if _key(body) not in old]
        self._count_creates(guild, len(fresh))
        made = [self._as_kept(body, guild, old.get(_key(body))) for body in bodies]
        self.kept[guild] = {command["id"]: command for command in made}
        return made

    def create(self, guild: str | None, body: Json) -> tuple[Json, bool]:
        """Make a command, or replace that of the same type and name; says whether it is new."""
        check = CommandCheck()
        check.command(body, (), is_global=guild is None)
        check.errors.refuse()
        old = {_key(command): command for command in self.all(guild)}
        same = old.get(_key(body))
        if same is None:
            self._count([*self.all(guild), body])
            self._count_creates(guild, 1)
        made = self._as_kept(body, guild, same)
        self.kept.setdefault(guild, {})[made["id"]] = made
        return made, same is None

    def change(self, guild: str | None, command_id: str, body: Json) -> Json:
        """Change what a body names of a command."""
        old = self.find(guild, command_id)
        merged = {key: old[key] for key in _BODY if key in old} | body | {"type": old["type"]}
        if guild is not None:
            merged = {k: v for k, v in merged.items() if k not in ("contexts", "integration_types")}
        check = CommandCheck()
        check.command(merged, (), is_global=guild is None)
        check.errors.refuse()
        made = self._as_kept(merged, guild, old)
        self.kept[guild][command_id] = made
        return made

    def remove(self, guild: str | None, command_id: str) -> None:
        """Remove a command."""
        self.find(guild, command_id)
        del self.kept[guild][command_id]

    def _count(self, bodies: Iterable[Json]) -> None:
        kinds = [body.get("type") or 1 for body in bodies]
        for kind, most in PER_KIND.items():
            if kinds.count(kind) > most:
                raise Refusal(30032, f"{kinds.count(kind)} commands of type {kind}; {most} at most")

    def _count_creates(self, guild: str | None, count: int) -> None:
        now = self._now()
        recent = [at for at in self.creates.get(guild, []) if now - at < DAY]
        if len(recent) + count > CREATES_A_DAY:
            raise Refusal(30034)
        self.creates[guild] = recent + [now] * count

    def _as_kept(self, body: Json, guild: str | None, old: Json | None) -> Json:
        kind = body.get("type") or 1
        bits = body.get("default_member_permissions")
        made: Json = {
            "id": old["id"] if old else self._new_id(),
            "application_id": self.application_id,
            "version": "",
            "default_member_permissions": None if bits is None else str(bits),
            "type": kind,
            "name": body["name"],
            "name_localizations": body.get("name_localizations"),
            "description": body.get("description") or "",
            "description_localizations": body.get("description_localizations"),
            "nsfw": bool(body.get("nsfw")),
        }
        if guild is None:
            contexts = body.get("contexts")
            made["dm_permission"] = (
                1 in contexts if contexts is not None else body.get("dm_permission") is not False
            )
            made["contexts"] = contexts
            made["integration_types"] = body.get("integration_types") or list(self.installs)
        else:
            made["guild_id"] = guild
        if body.get("options"):
            made["options"] = [_option_as_kept(option) for option in body["options"]]
        if old and old | {"version": ""} == made:
            return old
        made["version"] = self._new_id()
        return made


_BODY = (
    "name name_localizations description description_localizations options nsfw dm_permission"
    " default_member_permissions contexts integration_types"
).split()


def _key(command: Json) -> tuple[int, str]:
    return command.get("type") or 1, command.get("name") or ""


def _option_as_kept(option: Json) -> Json:
    """Return an option as the server gives it back: nothing that is false, null or empty."""
    made: Json = {
        "type": option["type"],
        "name": option["name"],
        "name_localizations": option.get("name_localizations"),
        "description": option["description"],
        "description_localizations": option.get("description_localizations"),
    }
    for key in ("required", "autocomplete", "channel_types"):
        if option.get(key):
            made[key] = option[key]
    for key in ("min_value", "max_value", "min_length", "max_length"):
        if option.get(key) is not None:
            made[key] = option[key]
    if option.get("choices"):
        made["choices"] = [{"name_localizations": None} | each for each in option["choices"]]
    if option.get("options"):
        made["options"] = [_option_as_kept(each) for each in option["options"]]
    return made


def as_listed(command: Json, *, with_localizations: bool) -> Json:
    """Return a command as GET lists it: without its localisations unless they are asked for."""
    if with_localizations:
        return command
    drop = ("name_localizations", "description_localizations")
    made = {key: value for key, value in command.items() if key not in drop}
    for key in ("options", "choices"):
        if key in made:
            made[key] = [as_listed(each, with_localizations=False) for each in made[key]]
    return made
