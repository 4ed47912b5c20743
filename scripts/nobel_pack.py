"""Make the built-in pack of Nobel laureates from the Nobel Prize API's list of laureates.

    python scripts/nobel_pack.py INPUT.json OUTPUT.jsonl

INPUT.json is what the API answers to `laureate.json`. The pack takes its facts from it; every
sentence is one of the templates below. docs/packs.md explains a pack's keys. The output depends
on the input alone: the same file gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Entry = dict[str, object]
"""One line of the pack."""

MAX_EVENT_TEXT = 200
MAX_DESCRIPTION = 300

# --- Templates: every sentence of the pack ---

BIRTH = "{name}, later awarded {prizes}, is born{place}."
DEATH = "{name}, {laureate_of}, dies{place}."
FOUNDING = "{name}, later awarded {prizes}, {is_} founded."
AWARD = "{names} {is_} awarded {prize}."

SHARES = "{name} {is_} awarded {shares}."
AFFILIATION = "Affiliation at the time ({year}): {affiliations}."
BORN = "Born {when}{place}."
DIED = "Died {when}{place}."
FOUNDED = "Founded {when}."

JULIAN_NOTE = "The source names no calendar; that this day is Old Style is from {reference}."

# "is awarded", never "receives": some laureates declined the prize.

CATEGORIES = {
    "physics": "Physics",
    "chemistry": "Chemistry",
    "medicine": "Physiology or Medicine",
    "literature": "Literature",
    "peace": "Peace",
    "economics": "Economic Sciences",
}
"""The API's categories, in the order in which a year's prizes are listed, and their names."""

# The prize in economics is no Nobel Prize by Nobel's will, so it is never called one.
ECONOMICS_PRIZE = "Prize{s} in Economic Sciences in Memory of Alfred Nobel"

PORTIONS = {
    "1": "the undivided {prize}",
    "2": "one half of the {prize}",
    "3": "one third of the {prize}",
    "4": "one quarter of the {prize}",
}
"""The API's "share" is the denominator of a laureate's part."""

# --- Tables: what the data cannot say of themselves ---


@dataclass(frozen=True)
class OldStyle:
    """A birthday that the data give by the Julian calendar without saying so."""

    julian: str
    gregorian: str
    reference: str


OLD_STYLE_BIRTHDAYS = {
    "296": OldStyle(  # Ivan Pavlov
        "1849-09-14",
        "1849-09-26",
        'Encyclopaedia Britannica, 14th edition, "Pavlov, Ivan Petrovich"',
    ),
    "220": OldStyle(  # Nikolay Semenov
        "1896-04-03",
        "1896-04-15",
        'Encyclopaedia Britannica, "Nikolay Nikolayevich Semyonov"',
    ),
}
"""Laureate to birthday. All others stay as the data give them: their calendars are mixed, the other
Russian birthdays that could be checked are Gregorian, and a country proves nothing."""

NOTES = {
    "508": (
        "1647 is when the Quakers began; the council itself, as nobelprize.org says elsewhere, "
        "was established in 1927."
    ),
}
"""Laureate to a doubt about the founding that the data give."""

KNOWN_SINCE = {
    "Leningrad": "1924-01-26",
    "USSR": "1922-12-30",
    "West Germany": "1949-05-23",
}
"""The day since which a former name was in use. The data use it for earlier days too (Leningrad for
1908), where "then Leningrad" would be wrong: the former name is left out there."""

ENGLISH_NAMES = {
    "USA": "United States",
    "the Netherlands": "Netherlands",
    "the Hague": "The Hague",
    "Guadeloupe Island": "Guadeloupe",
    "Faroe Islands (Denmark)": "Faroe Islands, Denmark",
    "Vitebsk, Belorussia": "Vitebsk",
}
"""Places whose name in the data does not fit a sentence or a list of places."""

COUNTRIES = {"Viipuri (now Vyborg)": "Finland (now Russia)"}
"""City to country, where the data give the city's name of today but not its country of today."""

FORMER_NAMES = {
    "German-occupied Poland": "under German occupation",
    "Java, Dutch East Indies": "Java in the Dutch East Indies",
}
"""What stands after "then" where the data's former name does not fit there."""

NAMES_WITH_ARTICLE = frozenset(
    {
        "Austrian Empire",
        "Belgian Congo",
        "British Mandate of Palestine",
        "British Protectorate of Palestine",
        "British West Indies",
        "Czech Republic",
        "Democratic Republic of the Congo",
        "Faroe Islands",
        "Free City of Danzig",
        "Gold Coast",
        "Netherlands",
        "Ottoman Empire",
        "Philippines",
        "Russian Empire",
        "USSR",
        "United Kingdom",
        "United States",
    }
)

ORGANISATIONS_WITHOUT_ARTICLE = frozenset(
    {
        "Amnesty International",
        "Grameen Bank",
        "International Physicians for the Prevention of Nuclear War",
        "Médecins Sans Frontières",
    }
)

PLURAL_ORGANISATIONS = frozenset(
    {
        "Pugwash Conferences on Science and World Affairs",
        "United Nations Peacekeeping Forces",
    }
)

AFFILIATION_REPAIRS = {
    "University of Jerusalem, Center for RationalityHebrew": (
        "Hebrew University of Jerusalem, Center for Rationality"
    ),
    "Ludwig-Maximilians- Universität": "Ludwig-Maximilians-Universität",
}
"""Names that were damaged before they came into the data."""

USUAL_NAMES = {
    "540": "Mother Teresa",
    "551": "The 14th Dalai Lama",
}
"""Laureate to the usual name, where hardly anybody knows the name that the data give."""

OTHER_NAMES: Mapping[str, Sequence[str]] = {
    "1": ("Wilhelm Röntgen",),
    "6": ("Marie Skłodowska Curie", "Maria Skłodowska-Curie"),
    "8": ("John William Strutt",),
    "37": ("C. V. Raman",),
    "68": ("Yang Chen-Ning",),
    "110": ("Peter Kapitza", "Pyotr Kapitza"),
    "183": ("Theodor Svedberg",),
    "193": ("Frédéric Joliot-Curie",),
    "220": ("Nikolay Semyonov", "Nikolai Semenov"),
    "221": ("Alexander Todd",),
    "301": ("Élie Metchnikoff",),
    "462": ("Henri Dunant",),
    "467": ("Institut de Droit International",),
    "477": ("International Peace Bureau",),
    "482": ("ICRC",),
    "515": ("UNHCR",),
    "525": ("UNICEF",),
    "527": ("ILO",),
    "536": ("Mairead Maguire",),
    "538": ("Anwar Sadat", "Anwar el-Sadat"),
    "547": ("IPPNW",),
    "551": ("Dalai Lama", "14th Dalai Lama", "Tenzin Gyatso"),
    "554": ("Rigoberta Menchú",),
    "561": ("Pugwash Conferences",),
    "564": ("ICBL",),
    "568": ("Doctors Without Borders", "MSF"),
    "593": ("W. B. Yeats",),
    "596": ("Bernard Shaw",),
    "610": ("Pearl S. Buck",),
    "639": ("S. Y. Agnon", "Shmuel Yosef Agnon"),
    "644": ("Aleksandr Solzhenitsyn", "Alexander Solzhenitsyn"),
    "686": ("Leonid Kantorovich",),
    "721": ("Ilya Frank",),
    "734": ("Gao Xingjian",),
    "797": ("IAEA",),
    "818": ("IPCC",),
    "832": ("J. M. G. Le Clézio",),
    "855": ("Liu Xiaobo",),
    "893": ("OPCW",),
    "918": ("Tu Youyou",),
    "925": ("Tunisian National Dialogue Quartet",),
    "948": ("ICAN",),
    "981": ("Abiy Ahmed",),
    "994": ("WFP",),
}
"""Laureate to names by which they are better or as well known, and which the data don't hold."""

# fmt: off
REGIONS: Mapping[str, Mapping[str, str]] = {
    "United States": {
        "AK": "Alaska", "AL": "Alabama", "AR": "Arkansas", "AZ": "Arizona", "CA": "California",
        "CO": "Colorado", "CT": "Connecticut", "DC": "D.C.", "DE": "Delaware", "FL": "Florida",
        "GA": "Georgia", "HI": "Hawaii", "IA": "Iowa", "ID": "Idaho", "IL": "Illinois",
        "IN": "Indiana", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
        "MA": "Massachusetts", "MD": "Maryland", "ME": "Maine", "MI": "Michigan",
        "MN": "Minnesota", "MO": "Missouri", "MS": "Mississippi", "MT": "Montana",
        "NC": "North Carolina", "ND": "North Dakota", "NE": "Nebraska", "NH": "New Hampshire",
        "NJ": "New Jersey", "NM": "New Mexico", "NV": "Nevada", "NY": "New York", "OH": "Ohio",
        "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
        "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
        "UT": "Utah", "VA": "Virginia", "VT": "Vermont", "WA": "Washington", "WI": "Wisconsin",
        "WV": "West Virginia", "WY": "Wyoming",
    },
    "Canada": {
        "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "ON": "Ontario",
        "PE": "Prince Edward Island", "QC": "Quebec", "SK": "Saskatchewan",
    },
}
# fmt: on

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


# --- What a laureate is ---


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
        prizes=tuple(sorted(prizes, key=_prize_order)),
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


def _prize_order(prize: Prize) -> tuple[str, int]:
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


# --- Wording ---


def joined(words: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def worded_date(day: str) -> str:
    """Return "7 November 1867" for a day, the year for a year."""
    if len(day) == 4:
        return day
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def with_article(country: str) -> str:
    """Return a country as it stands in a sentence: "the United States", "Peru"."""
    return f"the {country}" if country.split(", ")[0] in NAMES_WITH_ARTICLE else country


def called(laureate: Laureate) -> str:
    """Return a laureate's name as it stands within a sentence."""
    if laureate.is_organisation and laureate.name not in ORGANISATIONS_WITHOUT_ARTICLE:
        return f"the {laureate.name}"
    return laureate.name


def at_start(text: str) -> str:
    """Return a text as it stands at the start of a sentence."""
    return text[0].upper() + text[1:]


def verb(laureates: Sequence[Laureate]) -> str:
    """Return "is" or "are"."""
    plural = len(laureates) > 1 or laureates[0].name in PLURAL_ORGANISATIONS
    return "are" if plural else "is"


def worded_city(city: Name) -> str:
    """Return "Remscheid (then Lennep)"; a region comes last: "Boston (then ...), Massachusetts"."""
    if city.then is None:
        return city.now
    name, comma, region = city.now.partition(", ")
    return f"{name} (then {city.then.removesuffix(comma + region)}){comma}{region}"


def worded_country(country: Name) -> str:
    """Return "Germany (then Prussia)"."""
    if country.then is None:
        return with_article(country.now)
    then = FORMER_NAMES.get(country.then, with_article(country.then))
    return f"{with_article(country.now)} (then {then})"


def worded_place(place: Place) -> str:
    """Return a place in full, "Warsaw, Poland (then the Russian Empire)", or nothing."""
    city = [worded_city(place.city)] if place.city else []
    country = [worded_country(place.country)] if place.country else []
    return ", ".join(city + country)


def in_place(place: Place) -> str:
    """Return " in Warsaw, Poland (then the Russian Empire)", or nothing for an unknown place."""
    words = worded_place(place)
    return f" in {words}" if words else ""


def in_what_is_now(place: Place) -> str:
    """Return the same for a description, which has room for "in what is now Poland"."""
    if place.country is None or place.country.then is None:
        return in_place(place)
    city = f" in {worded_city(place.city)}," if place.city else ""
    return f"{city} in what is now {worded_country(place.country)}"


def prize_name(category: str, *, plural: bool = False) -> str:
    """Return "Nobel Prize in Physics", "Nobel Peace Prize" and so on."""
    s = "s" if plural else ""
    if category == "economics":
        return ECONOMICS_PRIZE.format(s=s)
    if category == "peace":
        return f"Nobel Peace Prize{s}"
    return f"Nobel Prize{s} in {CATEGORIES[category]}"


def by_category(prizes: Iterable[Prize]) -> dict[str, list[Prize]]:
    """Group prizes by category, in the order of the first prize in each."""
    groups: dict[str, list[Prize]] = {}
    for prize in prizes:
        groups.setdefault(prize.category, []).append(prize)
    return groups


def prizes_by_year(prizes: Iterable[Prize]) -> str:
    """Return "the 1956 and 1972 Nobel Prizes in Physics"."""
    return joined(
        [
            f"the {joined([prize.year for prize in group])} "
            f"{prize_name(category, plural=len(group) > 1)}"
            for category, group in by_category(prizes).items()
        ]
    )


def laureate_of(laureate: Laureate) -> str:
    """Return "Nobel laureate in Physics (1903) and Chemistry (1911)", for a death."""
    prizes = laureate.prizes
    # Who died in the year of the prize may have been awarded it before or after: leave that open.
    if laureate.died is not None and any(prize.year >= laureate.died[:4] for prize in prizes):
        return f"laureate of {prizes_by_year(prizes)}"
    years = {
        category: joined([prize.year for prize in group])
        for category, group in by_category(prizes).items()
    }
    if set(years) == {"peace"}:
        return f"Nobel Peace Prize laureate ({years['peace']})"
    if set(years) == {"economics"}:
        return f"laureate of the {prize_name('economics')} ({years['economics']})"
    fields = [f"{CATEGORIES[category]} ({when})" for category, when in years.items()]
    return f"Nobel laureate in {joined(fields)}"


# --- Entries ---

Winners = Mapping[tuple[str, str], Sequence[Laureate]]
"""Year and category to the laureates, those with larger parts first."""


def winners_of(laureates: Iterable[Laureate]) -> dict[tuple[str, str], list[Laureate]]:
    """Return the laureates of each prize, by year and then in the order of CATEGORIES."""
    awards = [(prize, laureate) for laureate in laureates for prize in laureate.prizes]
    awards.sort(key=lambda award: (*_prize_order(award[0]), award[0].share, int(award[1].number)))
    winners: dict[tuple[str, str], list[Laureate]] = {}
    for prize, laureate in awards:
        winners.setdefault((prize.year, prize.category), []).append(laureate)
    return winners


def make_pack(content: bytes) -> list[Entry]:
    """Return the pack's entries for the API's file: pack, source, entities, events."""
    laureates = read_laureates(content)
    winners = winners_of(laureates)
    entries = [pack_entry(), source_entry(hashlib.sha256(content).hexdigest(), winners)]
    entries += [entity_entry(laureate, winners) for laureate in laureates]
    for laureate in laureates:
        entries += life_events(laureate)
    entries += [prize_event(*prize, winners[prize]) for prize in winners]
    return entries


def pack_entry() -> Entry:
    """Return the entry that describes the pack."""
    return {
        "type": "pack",
        "id": "nobel-laureates",
        "title": "Nobel laureates",
        "description": (
            "Births, deaths and prizes of the people and organisations awarded a Nobel Prize or "
            "the Prize in Economic Sciences in Memory of Alfred Nobel."
        ),
        "licence": "MIT",
        "julian": "by the Russian calendar of the time",
    }


def source_entry(sha256: str, winners: Winners) -> Entry:
    """Return the entry that says where the facts come from."""
    return {
        "type": "source",
        "id": "nobel-prize-api",
        "title": "Nobel laureates",
        "publisher": "Nobel Prize API (Nobel Media / Nobel Prize Outreach), open data",
        "url": "https://www.nobelprize.org/about/developer-zone-2/",
        "licence": "CC0 1.0",
        "revision": f"prizes up to {max(year for year, _ in winners)}",
        "hash": f"sha256:{sha256}",
    }


def entity_entry(laureate: Laureate, winners: Winners) -> Entry:
    """Return the entry that says who a laureate is."""
    entry: Entry = {
        "type": "entity",
        "id": f"{laureate.number}-{slug(laureate.name)}",
        "kind": "organisation" if laureate.is_organisation else "person",
        "name": laureate.name,
    }
    if laureate.aliases:
        entry["aliases"] = list(laureate.aliases)
    born = gregorian_birthday(laureate)
    if born and not laureate.is_organisation:  # an organisation's day is its founding
        entry["born"] = born
    if laureate.died:
        entry["died"] = laureate.died
    entry["description"] = _limited(description(laureate, winners), MAX_DESCRIPTION)
    entry["text"] = life(laureate)
    entry["weight"] = weight(laureate)
    entry["section"] = ["Laureates"]
    if laureate.number in NOTES:
        entry["note"] = NOTES[laureate.number]
    return entry


def life_events(laureate: Laureate) -> list[Entry]:
    """Return a laureate's birth and death, or an organisation's founding, as far as recorded."""
    events = []
    if laureate.born and laureate.is_organisation:
        events.append(founding_event(laureate, laureate.born))
    elif laureate.born:
        events.append(birth_event(laureate, laureate.born))
    if laureate.died:
        events.append(death_event(laureate, laureate.died))
    return events


def birth_event(laureate: Laureate, born: str) -> Entry:
    """Return the event of a person's birth."""
    text = BIRTH.format(
        name=laureate.name,
        prizes=prizes_by_year(laureate.prizes),
        place=in_place(laureate.birth_place),
    )
    event = _life_event(laureate, "birth", born, text, laureate.birth_place)
    if old_style := OLD_STYLE_BIRTHDAYS.get(laureate.number):
        event["calendar"] = "julian"
        event["calendar_inferred"] = True
        event["gregorian"] = old_style.gregorian
        event["note"] = JULIAN_NOTE.format(reference=old_style.reference)
    return event


def death_event(laureate: Laureate, died: str) -> Entry:
    """Return the event of a person's death."""
    text = DEATH.format(
        name=laureate.name,
        laureate_of=laureate_of(laureate),
        place=in_place(laureate.death_place),
    )
    return _life_event(laureate, "death", died, text, laureate.death_place)


def founding_event(laureate: Laureate, founded: str) -> Entry:
    """Return the event of an organisation's founding."""
    text = FOUNDING.format(
        name=at_start(called(laureate)),
        prizes=prizes_by_year(laureate.prizes),
        is_=verb([laureate]),
    )
    event = _life_event(laureate, "founding", founded, text, laureate.birth_place)
    if laureate.number in NOTES:
        event["note"] = NOTES[laureate.number]
    return event


def prize_event(year: str, category: str, laureates: Sequence[Laureate]) -> Entry:
    """Return the event of a year's prize; the data state no day, so it has none."""
    text = AWARD.format(
        names=at_start(joined([called(laureate) for laureate in laureates])),
        is_=verb(laureates),
        prize=f"the {prize_name(category)}",
    )
    event: Entry = {
        "type": "event",
        "id": f"prize-{year}-{category}",
        "date": year,
        "kind": "prize",
        "text": _limited(text, MAX_EVENT_TEXT),
        "weight": 2,
        **_concerned(laureates),
        "section": ["Prizes", f"{CATEGORIES[category]} {year}"],
    }
    return event


def description(laureate: Laureate, winners: Winners) -> str:
    """Return one sentence without the name: what was awarded when, with whom; the birth place."""
    groups = by_category(laureate.prizes)
    phrases: list[str] = []
    for category, prizes in groups.items():
        years = joined([prize.year + shared_with(laureate, prize, winners) for prize in prizes])
        # "Nobel laureate" is said once: "... in Physics in 1903 and in Chemistry in 1911".
        in_science = phrases and category not in ("peace", "economics")
        lead = f"in {CATEGORIES[category]}" if in_science else _laureate_in(laureate, category)
        phrases.append(f"{lead} in {years}")
    sentence = joined(phrases)
    if laureate.is_organisation:
        ending = f"; founded in {laureate.born[:4]}" if laureate.born else ""
    else:
        place = in_what_is_now(laureate.birth_place)
        ending = f"; born{place}" if place else ""
    return f"{sentence}{ending}."


def _laureate_in(laureate: Laureate, category: str) -> str:
    if laureate.is_organisation:
        return f"Organisation awarded the {prize_name(category)}"
    if category == "peace":
        return "Nobel Peace Prize laureate"
    if category == "economics":
        return f"Laureate of the {prize_name(category)}"
    return f"Nobel laureate in {CATEGORIES[category]}"


def shared_with(laureate: Laureate, prize: Prize, winners: Winners) -> str:
    """Return " (shared with A and B)", or nothing; a prize has at most three laureates."""
    others = [called(other) for other in winners[prize.year, prize.category] if other != laureate]
    return f" (shared with {joined(others)})" if others else ""


def life(laureate: Laureate) -> str:
    """Return the longer text: parts of prizes, affiliations, birth and death."""
    shares = [
        PORTIONS[prize.share].format(prize=f"{prize.year} {prize_name(prize.category)}")
        for prize in laureate.prizes
    ]
    sentences = [
        SHARES.format(name=at_start(called(laureate)), is_=verb([laureate]), shares=joined(shares))
    ]
    for prize in laureate.prizes:
        if prize.affiliations:
            found = "; ".join(worded_affiliation(entry) for entry in prize.affiliations)
            sentences.append(AFFILIATION.format(year=prize.year, affiliations=found))
    return " ".join(sentences + dates_of_life(laureate))


def worded_affiliation(affiliation: Affiliation) -> str:
    """Return "Leiden University, Leiden, the Netherlands"."""
    place = worded_place(affiliation.place)
    return f"{affiliation.name}, {place}" if place else affiliation.name


def dates_of_life(laureate: Laureate) -> list[str]:
    """Return the sentences on birth and death, or on the founding, as far as recorded."""
    sentences = []
    if laureate.born and laureate.is_organisation:
        sentences.append(FOUNDED.format(when=on_or_in(laureate.born)))
    elif laureate.born:
        when = worded_birthday(laureate, laureate.born)
        sentences.append(BORN.format(when=when, place=in_place(laureate.birth_place)))
    if laureate.died:
        when = on_or_in(laureate.died)
        sentences.append(DIED.format(when=when, place=in_place(laureate.death_place)))
    return sentences


def on_or_in(day: str) -> str:
    """Return "on 7 November 1867" or "in 1943"."""
    return f"{'in' if len(day) == 4 else 'on'} {worded_date(day)}"


def worded_birthday(laureate: Laureate, born: str) -> str:
    """Return when a laureate was born; an Old Style day is given in both calendars."""
    old_style = OLD_STYLE_BIRTHDAYS.get(laureate.number)
    if old_style is None:
        return on_or_in(born)
    return (
        f"{on_or_in(old_style.gregorian)} "
        f"({worded_date(old_style.julian)} by the Russian calendar of the time)"
    )


def gregorian_birthday(laureate: Laureate) -> str | None:
    """Return the birthday in today's calendar; InputError if the data have changed since."""
    old_style = OLD_STYLE_BIRTHDAYS.get(laureate.number)
    if old_style is None:
        return laureate.born
    if laureate.born != old_style.julian:
        raise InputError(
            f"laureate {laureate.number}: born {laureate.born}, but OLD_STYLE_BIRTHDAYS is about "
            f"{old_style.julian}; look at both"
        )
    return old_style.gregorian


def weight(laureate: Laureate) -> int:
    """Return 2 for several prizes or a peace prize alone, else 1."""
    alone = any(prize.category == "peace" and prize.share == "1" for prize in laureate.prizes)
    return 2 if alone or len(laureate.prizes) > 1 else 1


def slug(name: str) -> str:
    """Return a name in lower-case ASCII letters and hyphens, for ids."""
    # NFKD splits "é" into a letter and its accent, but knows no plain letter for "ø" and "ł".
    letters = name.lower().replace("ø", "o").replace("ł", "l").replace("'", "")
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _life_event(laureate: Laureate, kind: str, day: str, text: str, place: Place) -> Entry:
    event: Entry = {
        "type": "event",
        "id": f"{kind}-{laureate.number}",
        "date": day,
        "kind": kind,
        "text": _limited(text, MAX_EVENT_TEXT),
        "weight": weight(laureate),
        **_concerned([laureate]),
    }
    if places := place_names(place):
        event["places"] = places
    event["section"] = ["Laureates"]
    return event


def place_names(place: Place) -> list[str]:
    """Return the names of today, without articles, the smaller place first."""
    city = [place.city.now] if place.city else []
    country = place.country.now.split(", ") if place.country else []
    return city + country


def _concerned(laureates: Iterable[Laureate]) -> Entry:
    """Return the keys that name persons and, apart from them, organisations."""
    names: dict[str, list[str]] = {}
    for laureate in laureates:
        names.setdefault("things" if laureate.is_organisation else "people", []).append(
            laureate.name
        )
    return dict(names)


def _limited(text: str, limit: int) -> str:
    """Return the text, or complain that a template made it too long for a pack."""
    if len(text) > limit:
        raise InputError(f"{len(text)} characters where a pack allows {limit}: {text}")
    return text


# --- The command ---


def to_json_lines(entries: Iterable[Entry]) -> str:
    """Return the entries as a file of JSON Lines."""
    lines = [json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file, write the pack, and return the exit status."""
    parser = argparse.ArgumentParser(description="Make the pack of Nobel laureates.")
    parser.add_argument("input", type=Path, help="the Nobel Prize API's laureate.json")
    parser.add_argument("output", type=Path, help="the pack to write, nobel-laureates.jsonl")
    paths = parser.parse_args(arguments)
    try:
        text = to_json_lines(make_pack(paths.input.read_bytes()))
        paths.output.write_text(text, encoding="utf-8", newline="\n")
    except (InputError, OSError) as error:
        print(f"nobel_pack: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
