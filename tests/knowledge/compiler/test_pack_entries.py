"""What was found in articles becomes entries that make a good pack, whatever stood in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendars import Calendar
from knowledge.compiler.cast import Cast, FoundEntity, FoundRelation
from knowledge.compiler.compiled import Compiled, FoundPassage
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.pack_entries import pack_entries
from knowledge.compiler.pack_text import LONGEST_PASSAGE, paragraphs
from knowledge.model import (
    EntityKind,
    HistoricalDate,
    Pack,
    PartialDate,
    Qualifier,
    Span,
    Tone,
)
from knowledge.packs.loader import load_pack

PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
HASH = "sha256:" + "0" * 64

ADA = FoundEntity(
    PERSON,
    "Ada Veyl",
    aliases=("Veyl",),
    born=PartialDate.parse("1811"),
    description="Painter from Kerrow.",
    mentions=9,
    section=("Life",),
    statement=Span(0, 40),
)
ODO = FoundEntity(PERSON, "Odo Veyl", relations=(FoundRelation("brother", 0),), mentions=1)
KERROW = FoundEntity(PLACE, "Kerrow", mentions=3)
FLOOD = FoundEvent(
    date=HistoricalDate.parse("1831-05-03"),
    text="Ada Veyl left Kerrow.",
    kind="journey",
    statements=(Span(50, 90), Span(10, 20)),
    sections=(("Life", "Youth"), ()),
    weight=3,
    people=(0,),
    places=(2,),
)


def article(
    *events: FoundEvent,
    entities: Sequence[FoundEntity] = (ADA, ODO, KERROW),
    title: str = "Ada Veyl",
    doubts: Sequence[str] | None = None,
) -> Compiled:
    return Compiled(
        title=title,
        hash=HASH,
        url="",
        cast=Cast(tuple(entities), subject=0 if entities else None),
        events=events,
        doubts=tuple(doubts or [""] * len(events)),
        passages=(FoundPassage("Ada Veyl was a painter.", ("Life",), Span(0, 23)),),
    )


def entries(*found: Compiled, of: str = "", name: str = "") -> list[dict[str, Any]]:
    return [entry for entry in pack_entries(found, name) if of in ("", entry["type"])]


def event_entry(
    event: FoundEvent, title: str = "Ada Veyl", doubts: Sequence[str] | None = None
) -> dict[str, Any]:
    (entry,) = entries(article(event, title=title, doubts=doubts), of="event")
    return entry


def pack_of(folder: Path, *found: Compiled) -> Pack:
    file = folder / "made.jsonl"
    lines = (msgspec.json.encode(entry) for entry in pack_entries(found))
    file.write_bytes(b"\n".join(lines))
    loaded = load_pack(file)
    assert loaded.complaints == ()
    assert loaded.pack is not None
    return loaded.pack


# -- the head and the sources --------------------------------------------------------------------


def test_the_pack_says_that_it_was_compiled_and_is_called_after_its_article() -> None:
    head = entries(article())[0]
    assert (head["id"], head["title"], head["compiled"]) == ("ada-veyl-compiled", "Ada Veyl", True)


def test_a_pack_of_several_articles_is_called_as_the_operator_calls_it() -> None:
    head = entries(article(), article(title="Kerrow"), name="painters")[0]
    assert (head["id"], head["title"]) == ("painters-compiled", "painters")


def test_every_article_is_a_source_with_the_hash_of_its_file() -> None:
    found = [article(), replace(article(title="Kerrow"), url="https://example.org/kerrow")]
    assert entries(*found, of="source") == [
        {"type": "source", "id": "ada-veyl", "title": "Ada Veyl", "hash": HASH},
        {
            "type": "source",
            "id": "kerrow",
            "title": "Kerrow",
            "url": "https://example.org/kerrow",
            "hash": HASH,
        },
    ]


def test_two_articles_of_one_title_are_two_sources() -> None:
    ids = [entry["id"] for entry in entries(article(), article(), of="source")]
    assert ids == ["ada-veyl", "ada-veyl-2"]


@pytest.mark.parametrize("url", ["ftp://example.org", "https://a b", "https://" + "x" * 500])
def test_an_address_that_a_pack_cannot_hold_is_left_out(url: str) -> None:
    assert "url" not in entries(replace(article(), url=url), of="source")[0]


# -- events --------------------------------------------------------------------------------------


def test_an_event_has_the_keys_of_the_contract() -> None:
    assert event_entry(FLOOD) == {
        "type": "event",
        "id": "ada-veyl-1831-05-03-journey-ada-veyl",
        "date": "1831-05-03",
        "end": None,
        "precision": "day",
        "calendar": "gregorian",
        "gregorian": "1831-05-03",
        "gregorian_end": None,
        "qualifier": "on",
        "kind": "journey",
        "weight": 3,
        "text": "Ada Veyl left Kerrow.",
        "people": ["Ada Veyl"],
        "places": ["Kerrow"],
        "things": [],
        "source": "ada-veyl",
        "section": ["Life", "Youth"],
        "start": 50,
        "stop": 90,
        "also": [(10, 20)],
    }


def test_a_julian_date_has_its_gregorian_day() -> None:
    date = HistoricalDate(
        PartialDate.parse("1801-03-01"),
        PartialDate.parse("1801-03-03"),
        Calendar.JULIAN,
        qualifier=Qualifier.BETWEEN,
    )
    entry = event_entry(replace(FLOOD, date=date))
    assert (entry["calendar"], entry["qualifier"]) == ("julian", "between")
    assert (entry["date"], entry["end"]) == ("1801-03-01", "1801-03-03")
    assert (entry["gregorian"], entry["gregorian_end"]) == ("1801-03-13", "1801-03-15")
    assert "calendar_inferred" not in entry


def test_an_inferred_calendar_is_marked() -> None:
    date = HistoricalDate(PartialDate.parse("1801-03-01"), None, Calendar.JULIAN, True)
    assert event_entry(replace(FLOOD, date=date))["calendar_inferred"] is True


def test_a_year_has_no_gregorian_day() -> None:
    entry = event_entry(replace(FLOOD, date=HistoricalDate.parse("-0069")))
    assert (entry["date"], entry["precision"], entry["gregorian"]) == ("-0069", "year", None)


def test_a_grim_event_says_so() -> None:
    assert event_entry(replace(FLOOD, tone=Tone.GRIM))["tone"] == "grim"


def test_what_is_certain_has_no_confidence_and_what_is_not_has_two_digits() -> None:
    assert "confidence" not in event_entry(FLOOD)
    assert event_entry(replace(FLOOD, confidence=0.4567))["confidence"] == 0.45


def test_a_doubt_is_the_note_of_its_event() -> None:
    entry = event_entry(replace(FLOOD, confidence=0.4), doubts=["The year is concluded."])
    assert entry["note"] == "The year is concluded."


def test_events_come_in_time() -> None:
    later = replace(FLOOD, date=HistoricalDate.parse("1840"))
    found = entries(article(later, FLOOD), of="event")
    assert [entry["date"] for entry in found] == ["1831-05-03", "1840"]


# -- ids -----------------------------------------------------------------------------------------


def test_an_id_outlives_the_wording() -> None:
    reworded = replace(FLOOD, text="She went away.", statements=(Span(70, 80),), confidence=0.3)
    assert event_entry(reworded)["id"] == event_entry(FLOOD)["id"]


def test_what_would_have_one_id_is_numbered() -> None:
    ids = [entry["id"] for entry in entries(article(FLOOD, FLOOD, FLOOD), of="event")]
    base = "ada-veyl-1831-05-03-journey-ada-veyl"
    assert ids == [base, f"{base}-2", f"{base}-3"]


def test_a_long_title_leaves_the_date_in_the_id() -> None:
    title = "The very long and winding history of the county of Kerrow and of its painters"
    assert "1831-05-03-journey" in event_entry(FLOOD, title=title)["id"]


def test_written_and_missing_ids_are_made_alike(tmp_path: Path) -> None:
    """So a pack whose ids somebody has taken out keeps what hangs on them."""
    pack = pack_of(tmp_path, article(FLOOD))
    file = tmp_path / "without.jsonl"
    lines = []
    for entry in pack_entries([article(FLOOD)]):
        if entry["type"] != "pack":
            entry.pop("id")
        lines.append(msgspec.json.encode(entry))
    file.write_bytes(b"\n".join(lines))
    without = load_pack(file).pack
    assert without is not None
    keys = [one.key for one in (*pack.events, *pack.entities, *pack.passages)]
    assert [one.key for one in (*without.events, *without.entities, *without.passages)] == keys


# -- people and things ---------------------------------------------------------------------------


def test_an_entity_has_the_keys_of_the_contract() -> None:
    (ada, odo, _) = entries(article(), of="entity")
    assert ada == {
        "type": "entity",
        "id": "ada-veyl",
        "kind": "person",
        "name": "Ada Veyl",
        "aliases": ["Veyl"],
        "born": "1811",
        "died": None,
        "description": "Painter from Kerrow.",
        "relations": [],
        "weight": 3,
        "mentions": 9,
        "source": "ada-veyl",
        "section": ["Life"],
        "start": 0,
        "stop": 40,
    }
    assert odo["relations"] == [{"kind": "brother", "to": "Ada Veyl"}]


def test_two_of_one_name_are_mentioned_by_their_ids_and_told_by_their_name(tmp_path: Path) -> None:
    twins = [replace(ADA, description=""), replace(ADA, born=None)]
    event = replace(FLOOD, people=(1,), places=())
    pack = pack_of(tmp_path, article(event, entities=twins))
    (mention,) = pack.events[0].people
    assert mention == ("Ada Veyl", "ada-veyl-compiled/ada-veyl-2")


def test_a_leap_day_that_only_the_old_calendar_had_is_no_birthday() -> None:
    ada = replace(ADA, born=PartialDate.parse("1900-02-29"))
    assert entries(article(entities=[ada]), of="entity")[0]["born"] is None


def test_who_is_named_in_two_articles_is_one_entity() -> None:
    other = replace(ADA, aliases=("A. Veyl",), died=PartialDate.parse("1880"), description="")
    first, second = article(FLOOD), article(entities=[KERROW, other], title="Kerrow")
    found = entries(first, second, of="entity")
    assert [entry["name"] for entry in found] == ["Ada Veyl", "Odo Veyl", "Kerrow"]
    ada = found[0]
    assert (ada["aliases"], ada["died"], ada["mentions"]) == (["Veyl", "A. Veyl"], "1880", 18)
    assert ada["description"] == "Painter from Kerrow."


def test_events_and_relations_of_a_second_article_lead_to_the_joined_entities() -> None:
    son = FoundEntity(PERSON, "Ivo Veyl", relations=(FoundRelation("son", 0),))
    second = article(replace(FLOOD, people=(0, 1), places=()), entities=[ADA, son], title="Ivo")
    found = entries(article(), second)
    (event,) = (entry for entry in found if entry["type"] == "event")
    assert event["people"] == ["Ada Veyl", "Ivo Veyl"]
    (ivo,) = (entry for entry in found if entry.get("name") == "Ivo Veyl")
    assert ivo["relations"] == [{"kind": "son", "to": "Ada Veyl"}]


def test_a_life_date_against_it_keeps_two_of_one_name_apart() -> None:
    other = replace(ADA, born=PartialDate.parse("1899"))
    found = entries(article(), article(entities=[other], title="Other"), of="entity")
    assert [entry["born"] for entry in found if entry["name"] == "Ada Veyl"] == ["1811", "1899"]


def test_a_surname_in_two_articles_is_not_one_person() -> None:
    veyl = FoundEntity(PERSON, "Veyl")
    found = entries(article(entities=[veyl]), article(entities=[veyl]), of="entity")
    assert len(found) == 2


# -- passages ------------------------------------------------------------------------------------


def test_a_passage_is_a_paragraph_with_its_place() -> None:
    assert entries(article(), of="passage") == [
        {
            "type": "passage",
            "id": "ada-veyl-passage",
            "text": "Ada Veyl was a painter.",
            "source": "ada-veyl",
            "section": ["Life"],
            "start": 0,
            "stop": 23,
        }
    ]


# -- whatever stood in the articles --------------------------------------------------------------

texts = st.text(max_size=30) | st.text(
    st.sampled_from("a ZÄ.\0\u2028\u202e\u200b\n—'\"\\"), max_size=420
)
sections = st.lists(texts, max_size=3).map(tuple)
spans = st.integers(0, 99).flatmap(lambda start: st.builds(Span, st.just(start), st.just(100)))
values = st.sampled_from(["1811-05-03", "1900-02-28", "-0069", "18XX", "192X", "1811-05"])


@st.composite
def found_articles(draw: st.DrawFn) -> Compiled:
    count = draw(st.integers(0, 3))
    places = st.integers(0, count - 1) if count else st.nothing()
    entities = [
        FoundEntity(
            draw(st.sampled_from(EntityKind)),
            draw(texts),
            aliases=draw(sections),
            born=draw(st.none() | values.map(PartialDate.parse)),
            died=draw(st.none() | st.just(PartialDate.parse("1900-02-29"))),
            description=draw(texts),
            relations=tuple(
                draw(st.lists(st.builds(FoundRelation, texts, places), max_size=2)) if count else ()
            ),
            mentions=draw(st.integers(0, 9)),
            section=draw(sections),
            statement=draw(st.none() | spans),
            confidence=draw(st.floats(0, 1)),
        )
        for _ in range(count)
    ]
    concerned = st.lists(places, max_size=3).map(tuple) if count else st.just(())
    events = [
        FoundEvent(
            date=HistoricalDate(
                PartialDate.parse(draw(values)), None, draw(st.sampled_from(Calendar))
            ),
            text=draw(texts),
            kind=draw(texts),
            statements=tuple(draw(st.lists(spans, min_size=1, max_size=3))),
            sections=(draw(sections),),
            weight=draw(st.integers(1, 3)),
            people=draw(concerned),
            places=draw(concerned),
            things=draw(concerned),
            confidence=draw(st.floats(0, 1)),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    return Compiled(
        title=draw(texts),
        hash=HASH,
        url=draw(texts),
        cast=Cast(tuple(entities), subject=0 if count else None),
        events=tuple(events),
        doubts=tuple("" for _ in events),
        passages=(FoundPassage(draw(texts), draw(sections), draw(spans)),),
    )


@given(found=st.lists(found_articles(), min_size=1, max_size=2))
def test_what_is_made_of_any_article_is_a_good_pack(
    found: list[Compiled], tmp_path_factory: pytest.TempPathFactory
) -> None:
    pack_of(tmp_path_factory.mktemp("pack"), *found)


def test_a_paragraph_longer_than_a_pack_allows_is_cut_between_sentences() -> None:
    text = "It rained in Kerrow. " * 2000
    parts = list(paragraphs(text))
    assert "".join(text[start:stop] for start, stop in parts) == text
    assert all(stop - start <= LONGEST_PASSAGE for start, stop in parts)
    assert all(text[start:stop].strip().endswith("Kerrow.") for start, stop in parts[:-1])
