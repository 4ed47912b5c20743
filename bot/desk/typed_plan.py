"""What an admin typed for /daily set, read into a plan; what is left out stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time

from bot.commands.daily import NAME, SET, command
from bot.daily.choices import DailyChoices, read_choices
from bot.daily.schedule import DEFAULT_LATE
from bot.daily.typed_times import read_late, read_wall_time
from bot.daily.zones import read_zone
from bot.desk.forum import Forum, check_tag, read_tags, read_title
from bot.desk.values import Plan, Settings
from bot.errors import UserError
from bot.typed_command import write_command
from bot.wording import quoted
from knowledge.store import Store

NAMED_PLACE = re.compile(r"@\w+|<#\d+>|-?\d{5,20}|https?://t\.me/\S+|#\S+")
"""How places are typed: a name or number of Telegram's, a channel or number of Discord's."""

_HALF = re.compile(r"[ap]\.?m\.?|uhr|h|o['’]?clock|noon|midnight", re.IGNORECASE)
_ROLE = re.compile(r"(?:<@&)?(\d{5,20})>?")
_NOBODY = frozenset({"none", "nobody", "off", "no"})

CHOICES = ("kinds", "about", "tone", "empty")

NEEDS_ZONE = (
    "By whose clock? Name a city or a zone behind the time, such as 09:00 Europe/Berlin; with"
    " /settings zone:Europe/Berlin all of this {scope} has it."
)


def rejoined(options: Mapping[str, str]) -> dict[str, str]:
    """Return options that were typed by position, with what belongs together put together.

    "9 pm New York" is read word by word as time, zone and place; none of these is a place.
    """
    names = ("time", "zone", "place", "kinds")
    at, zone, place, kinds = (options.get(name, "").strip() for name in names)
    if zone and _HALF.fullmatch(zone):
        at, zone, place, kinds = f"{at} {zone}", place, kinds, ""
    if zone and place and not NAMED_PLACE.fullmatch(place):
        zone, place = f"{zone} {place}", ""
        if NAMED_PLACE.fullmatch(kinds):
            place, kinds = kinds, ""
    read = {"time": at, "zone": zone, "place": place, "kinds": kinds}
    others = {name: value for name, value in options.items() if name not in names}
    return others | {name: value for name, value in read.items() if value}


def read_plan(
    options: Mapping[str, str],
    old: Plan | None,
    settings: Settings,
    store: Store,
    now: datetime,
    scope_in_words: str = "server",
    forum: Forum | None = None,
) -> Plan:
    """Return the plan that is meant: the old one with what was named changed.

    The zone is what was typed, else the old one, else that of the settings; never one that nobody
    chose. Raises UserError with a sentence, and whole commands to ask instead.
    """
    given = {name: value.strip() for name, value in options.items() if value.strip()}
    wall_time = _wall_time(given, old)
    zone = _zone(given, old, settings, now, scope_in_words)
    late = old.late if old else DEFAULT_LATE
    if "late" in given:
        with _put_right("late", given):
            late = read_late(given["late"])
    ping = old.ping if old else None
    if "ping" in given:
        ping = read_role(given["ping"])
    choices = _choices(given, old, settings, store)
    title, tags = _of_a_forum(given, old, forum)
    return Plan(wall_time, zone, late, choices, ping, title, tags)


def _wall_time(given: Mapping[str, str], old: Plan | None) -> time:
    if "time" in given:
        with _put_right("time", given):
            return read_wall_time(given["time"])
    if old is not None:
        return old.wall_time
    raise UserError(
        "When is it to be posted? Write the time and the zone.",
        ("/daily set 09:00 Europe/Berlin",),
    )


def _zone(
    given: Mapping[str, str],
    old: Plan | None,
    settings: Settings,
    now: datetime,
    scope_in_words: str,
) -> str:
    if "zone" in given:
        with _put_right("zone", given):
            return str(read_zone(given["zone"], now).key)
    if old is not None:
        return old.zone
    if settings.zone is not None:
        return settings.zone
    with _put_right("zone", given):
        raise UserError(NEEDS_ZONE.format(scope=scope_in_words), FIRST_ZONES)


def _of_a_forum(
    given: Mapping[str, str], old: Plan | None, forum: Forum | None
) -> tuple[str, tuple[int, ...]]:
    title, tags = (old.title, old.tags) if old else ("", ())
    if forum is None:
        if "title" in given or "tags" in given:
            raise UserError("Only posts in a Discord forum have a title and tags.")
        return title, tags
    title = read_title(given["title"]) if "title" in given else title
    tags = read_tags(given["tags"], forum) if "tags" in given else tags
    check_tag(tags, forum)
    return title, tags


def _choices(
    given: Mapping[str, str], old: Plan | None, settings: Settings, store: Store
) -> DailyChoices:
    """Return the old choices with each that was given read by itself."""
    choices = old.choices if old else DailyChoices()
    if old is None and settings.tone and "tone" not in given:
        given = {**given, "tone": settings.tone}
    for name in CHOICES:
        if name in given:
            with _put_right(name, given):
                read = read_choices(store, {name: given[name]})
            choices = replace(choices, **{name: getattr(read, name)})
    return choices


@contextmanager
def _put_right(name: str, given: Mapping[str, str]) -> Iterator[None]:
    """Let the choices of an error be whole commands, with this option put right."""
    try:
        yield
    except UserError as error:
        lines = [_line({**given, name: choice}) for choice in error.choices]
        choices = tuple(filter(None, lines))
        raise UserError(error.message, choices, error.outcome) from None


def _line(options: Mapping[str, str]) -> str:
    """Return a command with these options, as short as it can be, for buttons have little room."""
    if options.keys() == {"time", "zone"} and " " not in options["time"]:
        return f"/{NAME} {SET} {options['time']} {options['zone']}"
    try:
        return write_command(NAME, options, {NAME: command()}, SET)
    except ValueError:  # no line says them
        return ""


FIRST_ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
"""Offered where nobody said a zone: one each of those that most people's clocks are near to."""


def read_role(typed: str) -> int | None:
    """Return the number of a role, none for nobody; raises UserError for what is neither."""
    text = typed.strip()
    if text.casefold() in _NOBODY:
        return None
    match = _ROLE.fullmatch(text)
    if match is None:
        raise UserError(
            f'"{quoted(text)}" is no role. Choose one of this server\'s roles, or write none.'
        )
    return int(match[1])
