"""Which time zone an admin means: names of the tz database, cities, countries, slips, offsets.

A zone is never guessed: a name that is one, in any case and spacing, is taken; everything else gets
a sentence, with zones to choose from. An offset ("UTC+2") and an abbreviation ("CET") are no zones,
since they know one season only; where they are names in the tz database all the same, its zone of
that name is not what people who type it mean (EST is Panama's).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.daily.zone_names import exact_key, zone_names
from bot.errors import UserError
from bot.reply import Outcome
from bot.safe_text import safe
from bot.wording import quoted
from knowledge.names import fold

LONGEST_ZONE = 60
"""Characters that are read; the tz database's longest name has 32, a city and its country more."""

MOST_CHOICES = 10
MOST_SUGGESTIONS = 25
"""https://docs.discord.com/developers/interactions/application-commands#autocomplete"""

_LEAST_LIKENESS = 70
"""Of 100, by rapidfuzz's ratio: one slip in four letters is as far as people's slips go."""

_OFFSET = re.compile(r"(?:utc|gmt|z)? ?([+−-]) ?(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
_STRANGE = re.compile(r"[^\w\s/+−:,.'’&()-]|\.\.|\.$|^[./]|//|/$")
"""What no zone, city or country has in its name."""

_SEASONS = tuple(timedelta(days=days) for days in (0, 91, 182, 273))
_YEAR = tuple(timedelta(days=days) for days in range(0, 366, 5))


@dataclass(frozen=True, slots=True)
class ZoneSuggestion:
    """A zone to choose: its name, and the line that shows it with its clock."""

    name: str
    shown: str


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of a name that was stored.

    Raises UserError where the tz database at hand has it no more.
    """
    if name not in zone_names().known:
        raise UserError(
            f'The time zone "{quoted(name)}" is unknown here now. Set the zone again.',
            tuple(dict.fromkeys(_alike(fold(name))))[:MOST_CHOICES],
        )
    return ZoneInfo(name)


def read_zone(typed: str, now: datetime) -> ZoneInfo:
    """Return the zone that was typed.

    Raises UserError with names of zones as choices, AMBIGUOUS where what was typed has several,
    INVALID where it is none. `now` is when offsets and abbreviations are looked at: ValueError is
    raised where it is not aware.
    """
    _check_aware(now)
    text = safe(typed[: LONGEST_ZONE + 1])
    first = zone_names().first
    if not text:
        raise UserError(
            "Which time zone? Write a city or a zone's name, such as Europe/Berlin.",
            first[:MOST_CHOICES],
        )
    if _is_hostile(typed, text):
        choices = [*_found(fold(text)), *_alike(fold(text)), *first[:3]]
        raise UserError(
            f'"{quoted(text)}" is not the name of a time zone. Write a city or a zone\'s name, '
            "such as Europe/Berlin.",
            tuple(dict.fromkeys(choices))[:MOST_CHOICES],
        )
    if (offset := _read_offset(text)) is not None:
        raise _offset_error(offset, now)
    if zones := _abbreviated(text, now):
        raise UserError(
            f'"{text.upper()}" is short for a time, not a zone, and the same letters may stand for '
            "several. Which place's clocks do you mean?",
            zones[:MOST_CHOICES],
            Outcome.AMBIGUOUS,
        )
    zones = _different(_found(text), now)
    if len(zones) == 1:
        return ZoneInfo(zones[0])
    if zones:
        raise UserError(
            f'"{quoted(text)}" has several time zones. Which one?',
            zones[:MOST_CHOICES],
            Outcome.AMBIGUOUS,
        )
    raise _unknown(text)


def zone_suggestions(
    typed: str, now: datetime, limit: int = MOST_SUGGESTIONS
) -> tuple[ZoneSuggestion, ...]:
    """Return zones that what was typed may become, likeliest first: "Europe/Berlin (CET, 14:05)".

    Nothing that is typed makes it raise; ValueError is raised where `now` is not aware.
    """
    _check_aware(now)
    names = islice(dict.fromkeys(_candidates(typed, now)), limit)
    return tuple(ZoneSuggestion(name, _shown(name, now)) for name in names)


# -- what a text may be ---------------------------------------------------------------------------


def _check_aware(now: datetime) -> None:
    if now.tzinfo is None:
        raise ValueError(f"{now!r} is not an instant: it has no zone")


def _is_hostile(typed: str, text: str) -> bool:
    """Return whether nobody who names a zone types this."""
    controls = any(unicodedata.category(c) == "Cc" and not c.isspace() for c in typed[:100])
    return len(typed) > LONGEST_ZONE or controls or bool(_STRANGE.search(text))


def _found(text: str) -> tuple[str, ...]:
    """Return the zones of that very name, city or country: several, one or none."""
    names = zone_names()
    if exact := names.exact.get(exact_key(text)):
        return (exact,)
    folded = fold(text)
    if zones := names.cities.get(folded) or names.countries.get(folded):
        return zones
    place, comma, country = text.rpartition(",")
    if not comma:
        return ()
    there = names.countries.get(fold(country), ())
    return tuple(zone for zone in names.cities.get(fold(place), ()) if zone in there)


def _different(zones: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    """Return zones without those that show the same time all the coming year, the wanted first."""
    if len(zones) < 2:
        return zones
    kept: dict[tuple[timedelta | None, ...], str] = {}
    for name in _ordered(zones):
        zone = ZoneInfo(name)
        clocks = tuple((now + days).astimezone(zone).utcoffset() for days in _YEAR)
        kept.setdefault(clocks, name)
    return tuple(kept.values())


def _varied(zones: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    """Return zones with one of each kind of clock first, so that a few of them show the choice."""
    return tuple(dict.fromkeys([*_different(zones, now), *zones]))


def _ordered(zones: Iterable[str]) -> list[str]:
    first = zone_names().first
    return sorted(zones, key=lambda name: first.index(name) if name in first else len(first))


def _abbreviated(text: str, now: datetime) -> tuple[str, ...]:
    """Return the zones that an abbreviation may stand for; a country may have the same letters."""
    upper = text.upper()
    if upper == "UTC" or not _ABBREVIATION.fullmatch(upper):
        return ()
    if usual := zone_names().short.get(upper):
        return (usual, *zone_names().countries.get(fold(text), ()))
    return _varied(_clocks(*_quarter(now)).by_abbreviation.get(upper, ()), now)


def _at_offset(offset: timedelta, now: datetime) -> tuple[str, ...]:
    return _varied(_clocks(*_quarter(now)).by_offset.get(offset, ()), now)


def _read_offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return offset if match[1] == "+" else -offset


def _offset_error(offset: timedelta, now: datetime) -> UserError:
    zones = _at_offset(offset, now)
    name = _offset_name(offset)
    if not zones:
        return UserError(
            f"No time zone is at {name} now. Write a city or a zone's name, such as Europe/Berlin.",
            zone_names().first[:MOST_CHOICES],
        )
    return UserError(
        f"{name} is an offset, which knows no summer time. Which place's clocks do you mean? "
        f"These show {name} now.",
        zones[:MOST_CHOICES],
        Outcome.AMBIGUOUS,
    )


def _unknown(text: str) -> UserError:
    zones = tuple(islice(dict.fromkeys(_alike(fold(text))), MOST_CHOICES))
    if not zones:
        return UserError(
            f'"{quoted(text)}" is not a time zone that I know. Write a great city near you, or a '
            "zone's name such as Europe/Berlin.",
            zone_names().first[:MOST_CHOICES],
        )
    question = f"Did you mean {zones[0]}?" if len(zones) == 1 else "Did you mean one of these?"
    return UserError(f'"{quoted(text)}" is not a time zone. {question}', zones)


def _alike(folded: str) -> Iterator[str]:
    """Yield zones whose name, city or country is spelled much like a text, the likest first."""
    names = zone_names()
    places: Mapping[str, tuple[str, ...]] = {**names.countries, **names.cities}
    alike = process.extract(
        folded[:LONGEST_ZONE], list(places), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS
    )
    for place, _, _ in alike:
        yield from _ordered(places[place])


def _candidates(typed: str, now: datetime) -> Iterator[str]:
    names = zone_names()
    text = safe(typed[:LONGEST_ZONE])
    folded = fold(text)
    if (offset := _read_offset(text)) is not None:
        yield from _at_offset(offset, now)
        return
    if not folded:
        yield from names.first
        return
    yield from _abbreviated(text, now)
    yield from _different(_found(text), now)
    for places in (names.cities, names.countries):
        begun = {
            zone for place, zones in places.items() if place.startswith(folded) for zone in zones
        }
        yield from _ordered(sorted(begun))
    inside = {
        zone for place, zones in names.cities.items() if f" {folded}" in place for zone in zones
    }
    yield from _ordered(sorted(inside))
    yield from _alike(folded)


# -- what clocks show -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Clocks:
    """The zones of today by what their clocks show: an offset now, a name of the time this year."""

    by_offset: Mapping[timedelta | None, tuple[str, ...]]
    by_abbreviation: Mapping[str, tuple[str, ...]]


def _quarter(now: datetime) -> tuple[int, int, int, int, int]:
    """Return the quarter of an hour in UTC: offsets change at its beginning, if at all."""
    now = now.astimezone(UTC)
    return now.year, now.month, now.day, now.hour, now.minute // 15


@lru_cache(maxsize=1)
def _clocks(year: int, month: int, day: int, hour: int, quarter: int) -> _Clocks:
    """Look at the clocks of all zones; it takes a tenth of a second, so the last look is kept."""
    now = datetime(year, month, day, hour, quarter * 15, tzinfo=UTC)
    by_offset: dict[timedelta | None, list[str]] = {}
    by_abbreviation: dict[str, list[str]] = {}
    for name in zone_names().in_use:
        zone = ZoneInfo(name)
        by_offset.setdefault(now.astimezone(zone).utcoffset(), []).append(name)
        for season in dict.fromkeys((now + days).astimezone(zone).tzname() for days in _SEASONS):
            if season and season.isalpha():
                by_abbreviation.setdefault(season.upper(), []).append(name)
    return _Clocks(
        {offset: tuple(names) for offset, names in by_offset.items()},
        {season: tuple(names) for season, names in by_abbreviation.items()},
    )


def _shown(name: str, now: datetime) -> str:
    local = now.astimezone(ZoneInfo(name))
    season = local.tzname() or ""
    if not season.isalpha():
        season = _offset_name(local.utcoffset() or timedelta(0))
    return f"{name} ({season}, {local:%H:%M})"


def _offset_name(offset: timedelta) -> str:
    """Return an offset as people write it: UTC+2, UTC-3:30."""
    minutes = round(abs(offset) / timedelta(minutes=1))
    sign = "-" if offset < timedelta(0) else "+"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
