"""What a zone is called: by the tz database, by its cities and countries, in people's mouths.

Only names that zoneinfo lists are ever looked up, so nothing that somebody typed reaches a path.
What is told of them comes from files of the tzdata package: zone.tab (the zones of a country, the
names in use today), iso3166.tab (countries) and tzdata.zi (which old name stands for which new one;
lines "L NEW OLD" of https://man7.org/linux/man-pages/man8/zic.8.html). Without one of these files
its names are not known, the rest works.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import available_timezones

from knowledge.names import fold

REGIONS = frozenset(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
)
"""The areas whose zones are named after a place (tz database, file theory.html)."""

_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
"""Names that mean nothing, or this machine's own setting."""

_SIGNED = re.compile(r"[+-]?\d$")
"""Etc/GMT+5 and Etc/GMT-5 differ by what is dropped when names are compared loosely."""
_SPACES = re.compile(r"[\s_]+")
_BRACKETS = re.compile(r"(.+?) \((.+)\)")


@dataclass(frozen=True, slots=True)
class ZoneNames:
    """What zones are called, with the name that the tz database has for each today.

    `known` are all names that zoneinfo has. `exact` goes by `exact_key` of the whole name, `cities`
    and `countries` by the folded name of a place and give its zones; `in_use` are the names of
    today, those first that most people want, which are `first`; `short` is what an abbreviation for
    summer and winter stands for.
    """

    known: frozenset[str]
    exact: Mapping[str, str]
    cities: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, tuple[str, ...]]
    in_use: tuple[str, ...]
    first: tuple[str, ...]
    short: Mapping[str, str]


def exact_key(name: str) -> str:
    """Return a zone's name as it is compared when it is written whole: "america/new_york"."""
    return _SPACES.sub("_", name.strip().casefold())


@cache
def zone_names() -> ZoneNames:
    """Return the names, read once, when they are first asked for."""
    known = frozenset(available_timezones() - _NO_PLACES)
    words = tomllib.loads(files("bot.daily").joinpath("zone_words.toml").read_text("utf-8"))
    by_code: dict[str, list[str]] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        if zone in known:
            by_code.setdefault(code, []).append(zone)
    placed = [zone for zones in by_code.values() for zone in zones]
    first = tuple(name for name in words["first"].split() if name in known)
    today = _today(known, frozenset(placed))
    return ZoneNames(
        known=known,
        exact={exact_key(name): today[name] for name in sorted(known)},
        cities=_cities(today, words),
        countries=_countries(by_code, words["countries"]),
        in_use=tuple(dict.fromkeys([*first, *(placed or sorted(filter(_is_place, known)))])),
        first=first,
        short={short: zone for short, zone in words["short"].items() if zone in known},
    )


def _today(known: frozenset[str], placed: frozenset[str]) -> dict[str, str]:
    """Return for each name the one in use today: Europe/Kyiv for Europe/Kiev.

    A name that a country has in zone.tab is in use, also where it is a link to a zone elsewhere
    that has had the same clocks: Stockholm stays Stockholm.
    """
    links = {row[2]: row[1] for row in _rows("tzdata.zi", " ") if row[0] == "L"}
    today = {}
    for name in known:
        new = name
        while new not in placed and new in links:
            new = links[new]
        today[name] = new if new in placed else name
    return today


def _cities(today: Mapping[str, str], words: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the zones of each place: Europe/Berlin by "europe berlin" and "berlin"."""
    cities: dict[str, list[str]] = {}
    no_places = set(words["no_places"].split())
    for name in sorted(today, key=lambda name: (name != today[name], name)):
        parts = name.split("/")
        starts = range(len(parts) if _is_place(name) and name not in no_places else 1)
        for start in starts if not _SIGNED.search(name) else ():
            cities.setdefault(fold(" ".join(parts[start:])), []).append(today[name])
    for zone, others in words["cities"].items():
        for other in others if zone in today else ():
            cities.setdefault(fold(other), []).append(zone)
    return {city: tuple(dict.fromkeys(zones)) for city, zones in cities.items()}


def _countries(
    by_code: Mapping[str, list[str]], words: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    countries = {}
    for code, country in _rows("iso3166.tab"):
        names = [code, country, *words.get(code, ())]
        if match := _BRACKETS.fullmatch(country):
            names += [f"{match[2]} {match[1]}"]
        for name in names if code in by_code else ():
            countries[fold(name)] = tuple(by_code[code])
    return countries


def _is_place(name: str) -> bool:
    return name.partition("/")[0] in REGIONS


def _rows(name: str, separator: str = "\t") -> Iterator[list[str]]:
    """Yield the columns of each line of a file of tzdata, comments left out."""
    try:
        text = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    except (ModuleNotFoundError, OSError):
        return  # a system may have the zones' rules alone
    for line in text.splitlines():
        if not line.startswith("#"):
            yield line.split(separator)
