"""Make the built-in pack of Nobel laureates from the Nobel Prize API's list of laureates.

    python scripts/nobel_pack.py INPUT.json OUTPUT.jsonl

INPUT.json is what the API answers to `laureate.json`. The pack takes its facts from it; every
sentence is one of the templates below. docs/packs.md explains a pack's keys. The output depends
on the input alone: the same file gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from nobel_data import (
    Affiliation,
    InputError,
    Laureate,
    Name,
    Place,
    Prize,
    prize_order,
    read_laureates,
)
from nobel_tables import (
    CATEGORIES,
    FORMER_NAMES,
    NAMES_WITH_ARTICLE,
    NOTES,
    OLD_STYLE_BIRTHDAYS,
    ORGANISATIONS_WITHOUT_ARTICLE,
    PLURAL_ORGANISATIONS,
    PORTIONS,
)

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

JULIAN_NOTE = "The source names no calendar; that this day is Old Style is from {reference}."

# "is awarded", never "receives": some laureates declined the prize.


# The prize in economics is no Nobel Prize by Nobel's will, so it is never called one.
ECONOMICS_PRIZE = "Prize{s} in Economic Sciences in Memory of Alfred Nobel"


# --- Wording ---


def joined(words: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


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
    awards.sort(key=lambda award: (*prize_order(award[0]), award[0].share, int(award[1].number)))
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
    """Return the longer text: parts of prizes and affiliations; events tell birth and death."""
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
    return " ".join(sentences)


def worded_affiliation(affiliation: Affiliation) -> str:
    """Return "Leiden University, Leiden, the Netherlands"."""
    place = worded_place(affiliation.place)
    return f"{affiliation.name}, {place}" if place else affiliation.name


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
