"""The Nobel Prize API's list of laureates, read and checked."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nobel_tables import (
    AFFILIATION_REPAIRS,
    CATEGORIES,
    COUNTRIES,
    ENGLISH_NAMES,
    KNOWN_SINCE,
    OTHER_NAMES,
    PORTIONS,
    REGIONS,
    USUAL_NAMES,
)


class InputError(ValueError):
    """The input is not a list of laureates as this script knows it."""


@dataclass(frozen=True)
class Name:
    """A place's name today and, where the data state another, its name at the time."""

    now: str
    then: str | None = None


@dataclass(frozen=True)
class Place:
    """A city and a country; either may be unknown."""

    city: Name | None = None
    country: Name | None = None


@dataclass(frozen=True)
class Affiliation:
    """An institution that a laureate belonged to when awarded the prize."""

    name: str
    place: Place


@dataclass(frozen=True)
class Prize:
    """One laureate's part of one year's prize in one category."""

    year: str
    category: str
    share: str
    affiliations: tuple[Affiliation, ...]


@dataclass(frozen=True)
class Laureate:
    """A person or an organisation; `born` and `died` are "1867-11-07", "1943" or None."""

    number: str
    name: str
    aliases: tuple[str, ...]
    is_organisation: bool
    born: str | None
    died: str | None
    birth_place: Place
    death_place: Place
    prizes: tuple[Prize, ...]


# --- Reading the data ---


def read_laureates(content: bytes) -> list[Laureate]:
    """Return the laureates in the API's file by number; InputError says what is wrong with it."""
    try:
        data = json.loads(content)
    except ValueError as error:
        raise InputError(f"not JSON: {error}") from error
    records = data.get("laureates") if isinstance(data, dict) else None
    if not isinstance(records, list):
        raise InputError('expected an object with a list "laureates"')
    laureates = [read_laureate(_object(record, "a laureate")) for record in records]
    for number, times in Counter(laureate.number for laureate in laureates).items():
        if times > 1:
            raise InputError(f"{times} laureates have the id {number}")
    return sorted(laureates, key=lambda laureate: int(laureate.number))


def read_laureate(record: Mapping[str, object]) -> Laureate:
    """Return one laureate of the API's list."""
    number = _text(record, "id", "a laureate")
    where = f"laureate {number}"
    if not number.isdecimal():
        raise InputError(f"{where}: the id is not a number")
    name, aliases = read_names(
        number, _text(record, "firstname", where), _optional(record, "surname", where)
    )
    prizes = [read_prize(_object(prize, where), where) for prize in _list(record, "prizes", where)]
    if not prizes:
        raise InputError(f"{where}: no prizes")
    born = read_date(_optional(record, "born", where), where)
    died = read_date(_optional(record, "died", where), where)
    if born and died and died < born:
        raise InputError(f"{where}: died {died}, born {born}")
    return Laureate(
        number=number,
        name=name,
        aliases=aliases,
        is_organisation=_text(record, "gender", where) == "org",
        born=born,
        died=died,
        birth_place=_read_place(record, "bornCity", "bornCountry", born, where),
        death_place=_read_place(record, "diedCity", "diedCountry", died, where),
        prizes=tuple(sorted(prizes, key=prize_order)),
    )


def read_prize(record: Mapping[str, object], where: str) -> Prize:
    """Return one prize of a laureate's list."""
    year = _text(record, "year", where)
    if not re.fullmatch(r"[12]\d{3}", year):
        raise InputError(f"{where}: {year!r} is not a year")
    category = _text(record, "category", where)
    if category not in CATEGORIES:
        raise InputError(f"{where}: unknown category {category!r}")
    share = _text(record, "share", where)
    if share not in PORTIONS:
        raise InputError(f"{where}: unknown share {share!r}")
    # The API writes [[]] where a laureate had no affiliation.
    found = [entry for entry in _list(record, "affiliations", where) if entry != []]
    affiliations = [_read_affiliation(_object(entry, where), year, where) for entry in found]
    return Prize(year, category, share, tuple(affiliations))


def read_date(text: str | None, where: str) -> str | None:
    """Return "1867-11-07" as it is, "1943-00-00" as "1943", "0000-00-00" (unrecorded) as None."""
    if text is None or text == "0000-00-00":
        return None
    if match := re.fullmatch(r"([12]\d{3})-00-00", text):
        return match[1]
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError(f"{where}: {text!r} is not a date") from error


def read_place(city: str | None, country: str | None, day: str | None = None) -> Place:
    """Return the place for the data's names of a city and a country, as of a day or year."""
    country = COUNTRIES.get(city or "", country)
    country_name = read_name(country, day) if country else None
    if not city:
        return Place(None, country_name)
    name = read_name(city, day)
    regions = REGIONS.get(country_name.now, {}) if country_name else {}
    then = spell_region(name.then, regions) if name.then else None
    return Place(Name(spell_region(name.now, regions), then), country_name)


def read_name(text: str, day: str | None = None) -> Name:
    """Split the data's "Lennep (now Remscheid)" into the names of then and now."""
    text = ENGLISH_NAMES.get(text, text)
    if match := re.fullmatch(r"(.+?) \(now (.+)\)", text):
        then, now = match[1], match[2]
        too_early = day is not None and day < KNOWN_SINCE.get(then, "")
        return Name(ENGLISH_NAMES.get(now, now), None if too_early else then)
    # "Bucksburn (Scotland)" and "Altenberg; Grünau im Almtal" read as lists.
    return Name(re.sub(r" \((.+)\)", r", \1", text).replace("; ", " and "))


def spell_region(city: str, regions: Mapping[str, str]) -> str:
    """Spell the code of a state or province: "Madison, WI" becomes "Madison, Wisconsin"."""
    parts = [regions.get(part, part) for part in city.split(", ")]
    # "New York, NY" needs its name once, and "Maine, ME" is no city at all.
    distinct = [part for index, part in enumerate(parts) if part not in parts[:index]]
    return ", ".join(distinct)


def read_names(number: str, firstname: str, surname: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the name as people use it, and other names."""
    title = "Sir " if firstname.startswith("Sir ") else ""
    # The acute accent of "Il´ja" stands for a Russian soft sign; nobody types it.
    given = firstname.removeprefix(title).replace("´", "")
    family = (surname or "").replace(", Jr.", " Jr.")
    full = f"{given} {family}".strip()
    name = USUAL_NAMES.get(number, full)
    found = [title + full, without_initials(given, family), *OTHER_NAMES.get(number, ())]
    distinct = dict.fromkeys(other for other in found if other and other != name)
    return name, tuple(distinct)


def without_initials(given: str, family: str) -> str | None:
    """Return "John Nash" for "John F." and "Nash Jr."; None where only initials are given."""
    words = [word for word in given.split() if not re.fullmatch(r"(\w\.)+", word)]
    if not words:
        return None  # "Eliot" alone may be anybody
    return " ".join([*words, re.sub(r" (Jr\.|III)$", "", family)]).strip()


def _read_place(
    record: Mapping[str, object], city: str, country: str, day: str | None, where: str
) -> Place:
    return read_place(_optional(record, city, where), _optional(record, country, where), day)


def _read_affiliation(record: Mapping[str, object], year: str, where: str) -> Affiliation:
    name = _text(record, "name", where)
    city, country = _optional(record, "city", where), _optional(record, "country", where)
    return Affiliation(AFFILIATION_REPAIRS.get(name, name), read_place(city, country, year))


def prize_order(prize: Prize) -> tuple[str, int]:
    """Return what sorts prizes by year, and within a year as the API lists the categories."""
    return prize.year, list(CATEGORIES).index(prize.category)


def _text(record: Mapping[str, object], key: str, where: str) -> str:
    """Return a text that must be there."""
    text = _optional(record, key, where)
    if text is None:
        raise InputError(f"{where}: no {key}")
    return text


def _optional(record: Mapping[str, object], key: str, where: str) -> str | None:
    """Return a text without entities such as "&eacute;", soft hyphens and needless spaces."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{where}: {key} is not a text")
    return " ".join(html.unescape(value).replace("\xad", "").split()) or None


def _list(record: Mapping[str, object], key: str, where: str) -> list[object]:
    value = record.get(key)
    if not isinstance(value, list):
        raise InputError(f"{where}: {key} is not a list")
    return value


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise InputError(f"{where}: expected an object, found {value!r}")
    return value
