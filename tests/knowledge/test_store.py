"""The knowledge file: what was built comes back, and every question has its answer."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.build import build, build_in_memory
from knowledge.calendars import Calendar, day_number, from_day_number
from knowledge.model import (
    Citation,
    Entity,
    EntityKind,
    Event,
    Further,
    HistoricalDate,
    Mention,
    MonthDay,
    Pack,
    PartialDate,
    Passage,
    Position,
    Precision,
    Qualifier,
    Relation,
    Source,
    Span,
    Tone,
)
from knowledge.store import (
    LONGEST_SEARCH,
    MOST_SEARCH_WORDS,
    Store,
    open_store,
)


def ids(events: list[Event]) -> list[str]:
    return [event.key.removeprefix("borealis/") for event in events]


# -- what was built comes back -------------------------------------------------------------------


def test_what_was_built_comes_back(store: Store, pack: Pack) -> None:
    assert store.packs() == [pack]


def test_packs_come_back_in_the_order_in_which_they_were_built(tmp_path: Path, pack: Pack) -> None:
    empty = Pack("an-empty-one", "An empty one", sources=(Source("pack", "An empty one"),))
    build([pack, empty], tmp_path / "both.sqlite")
    with closing(open_store(tmp_path / "both.sqlite")) as both:
        assert both.packs() == [pack, empty]


def test_what_is_built_from_a_knowledge_file_is_the_same(tmp_path: Path, store: Store) -> None:
    build(store.packs(), tmp_path / "again.sqlite")
    with closing(open_store(tmp_path / "again.sqlite")) as again:
        assert again.packs() == store.packs()


def test_the_same_packs_are_the_same_file(tmp_path: Path, pack: Pack) -> None:
    for name in ("one.sqlite", "two.sqlite"):
        build([pack], tmp_path / name)
    one, two = ((tmp_path / name).read_bytes() for name in ("one.sqlite", "two.sqlite"))
    assert one == two


def test_the_builder_tells_how_many_entries_it_has_written(tmp_path: Path, pack: Pack) -> None:
    told: list[int] = []
    build([pack, Pack("other", "Other")], tmp_path / "x.sqlite", progress=told.append)
    assert sum(told) == 10 + 5 + 1


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
days = st.integers(min_value=0, max_value=5_000_000)
keys = st.none() | st.just("made/x")
mentions = st.lists(st.builds(Mention, names, keys), max_size=3).map(tuple)


@st.composite
def dates(draw: st.DrawFn) -> HistoricalDate:
    calendar = draw(st.sampled_from(Calendar))
    first = draw(days)
    start = PartialDate(*from_day_number(first, calendar), precision=Precision.DAY)
    end = draw(st.none() | st.integers(0, 500))
    return HistoricalDate(
        start,
        None
        if end is None
        else PartialDate(*from_day_number(first + end, calendar), precision=Precision.DAY),
        calendar,
        draw(st.booleans()),
        draw(st.sampled_from(Qualifier)),
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    source = Source("made", *(draw(words) for _ in range(7)))
    spans = st.lists(st.builds(Span, st.integers(0, 99), st.integers(100, 199)), max_size=2)
    citations = st.builds(
        Citation, st.just(source), st.lists(names, max_size=2).map(tuple), spans.map(tuple)
    )
    further = st.lists(st.builds(Further, st.just("made"), citations), max_size=2).map(tuple)
    life = st.none() | st.sampled_from(["1871-02-28", "-0069", "18XX", "-00XX", "192X"]).map(
        HistoricalDate.parse
    )
    events = [
        Event(
            key=f"made/event-{number}",
            date=draw(dates()),
            text=draw(words),
            kind=draw(names),
            citation=draw(citations),
            weight=draw(st.integers(1, 3)),
            tone=draw(st.sampled_from(Tone)),
            people=draw(mentions),
            places=draw(mentions),
            things=draw(mentions),
            calendar_words=draw(words),
            note=draw(words),
            further=draw(further),
            confidence=draw(st.floats(0, 1)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    entities = [
        Entity(
            key=f"made/entity-{number}",
            kind=draw(st.sampled_from(EntityKind)),
            name=draw(names),
            citation=draw(citations),
            fictional=draw(st.booleans()),
            aliases=draw(st.lists(names, max_size=3).map(tuple)),
            transliterations=draw(st.lists(names, max_size=3).map(tuple)),
            pen_names=draw(st.lists(names, max_size=3).map(tuple)),
            born=draw(life),
            died=draw(life),
            description=draw(words),
            text=draw(words),
            relations=tuple(
                Relation(kind, Mention(name, key))
                for kind, name, key in draw(st.lists(st.tuples(names, names, keys), max_size=2))
            ),
            weight=draw(st.integers(1, 3)),
            mentions=draw(st.integers(0, 10**9)),
            note=draw(words),
            further=draw(further),
            confidence=draw(st.floats(0, 1)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    passages = [
        Passage(f"made/passage-{number}", draw(words), draw(citations))
        for number in range(draw(st.integers(0, 2)))
    ]
    return Pack(
        *("made", draw(words), draw(words), draw(words)),
        sources=(source,),
        events=tuple(events),
        entities=tuple(entities),
        passages=tuple(passages),
        compiled=draw(st.booleans()),
    )


@settings(max_examples=60)
@given(packs())
def test_any_pack_comes_back_as_it_was(made: Pack) -> None:
    with closing(Store(build_in_memory([made]))) as store:
        assert store.packs() == [made]


@settings(max_examples=60)
@given(st.lists(dates(), min_size=1, max_size=5))
def test_an_event_is_found_on_each_of_its_days_and_on_no_other(made: list[HistoricalDate]) -> None:
    citation = Citation(Source("made", "Made"))
    events = tuple(
        Event(f"made/{n}", date, "Something happens.", "event", citation)
        for n, date in enumerate(made)
    )
    expected = {
        (event.key, day, number)
        for event in events
        for day, number, *_ in event.date.anniversaries()
    }
    with closing(
        Store(build_in_memory([Pack("made", "Made", sources=(citation.source,), events=events)]))
    ) as store:
        found = {
            (told.event.key, *day)
            for day in store.days_with_events
            for told in store.events_on(day)
        }
    assert found == expected


# -- a day of any year ---------------------------------------------------------------------------


def told_on(store: Store, month: int, day: int, *, gregorian_only: bool = False) -> list[str]:
    told = store.events_on(MonthDay(month, day), gregorian_only=gregorian_only)
    return ids([one.event for one in told])


def test_a_day_tells_its_events_in_the_order_of_time(store: Store) -> None:
    """The ides of 44 BC and the Julian 1 March 1898 are on the Gregorian 13 March, too."""
    assert told_on(store, 3, 13) == ["ides", "survey", "storm", "winter"]


def test_a_julian_day_is_found_on_both_days(store: Store) -> None:
    assert told_on(store, 2, 29) == ["winter"]
    assert "winter" in told_on(store, 3, 13)


def test_a_julian_day_is_left_out_where_only_gregorian_ones_are_told(store: Store) -> None:
    assert told_on(store, 2, 29, gregorian_only=True) == []
    assert "winter" in told_on(store, 3, 13, gregorian_only=True)


@pytest.mark.parametrize(
    ("month", "day", "event", "calendar", "position"),
    [
        (6, 1, "departure", Calendar.GREGORIAN, Position.DAY),
        (2, 29, "winter", Calendar.JULIAN, Position.DAY),
        (3, 13, "winter", Calendar.GREGORIAN, Position.DAY),
        (3, 12, "storm", Calendar.GREGORIAN, Position.FIRST),
        (3, 14, "storm", Calendar.GREGORIAN, Position.WITHIN),
        (5, 1, "drift", Calendar.GREGORIAN, Position.FIRST),
        (8, 20, "drift", Calendar.GREGORIAN, Position.LAST),
        (3, 1, "survey", Calendar.JULIAN, Position.FIRST),
        (3, 25, "survey", Calendar.GREGORIAN, Position.LAST),
        (3, 15, "ides", Calendar.JULIAN, Position.DAY),
    ],
)
def test_an_event_says_in_which_calendar_and_which_part_of_it_a_day_is(
    store: Store, month: int, day: int, event: str, calendar: Calendar, position: Position
) -> None:
    (told,) = (
        one for one in store.events_on(MonthDay(month, day)) if one.event.key == f"borealis/{event}"
    )
    assert (told.calendar, told.position) == (calendar, position)


def test_an_event_that_ends_on_the_day_it_began_in_the_other_calendar_comes_once(
    store: Store,
) -> None:
    """The survey's last day is 13 March, Julian, and its first one 13 March, Gregorian."""
    (told,) = (
        one for one in store.events_on(MonthDay(3, 13)) if one.event.key == "borealis/survey"
    )
    assert (told.calendar, told.position) == (Calendar.GREGORIAN, Position.FIRST)


def test_days_within_a_long_span_do_not_tell_it(store: Store) -> None:
    assert told_on(store, 5, 2) == []
    assert told_on(store, 7, 1) == []


def test_a_month_a_year_and_a_decade_are_told_on_no_day(store: Store) -> None:
    told = {event for day in store.days_with_events for event in told_on(store, *day)}
    assert told == {"departure", "winter", "storm", "drift", "survey", "ides", "death"}


def test_the_days_with_events_are_in_order(store: Store) -> None:
    assert store.days_with_events == (
        *((2, 3), (2, 29), (3, 1), (3, 12), (3, 13), (3, 14), (3, 15)),
        *((3, 25), (5, 1), (6, 1), (8, 20)),
    )


@pytest.mark.parametrize(("month", "day"), [(1, 1), (13, 1), (0, 0), (2, 31)])
def test_a_day_with_nothing_tells_nothing(store: Store, month: int, day: int) -> None:
    assert told_on(store, month, day) == []


# -- times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        pytest.param((1900, 1, 1), (1900, 12, 31), ["storm", "winter", "drift"], id="a year"),
        pytest.param(
            *((1901, 1, 1), (1901, 12, 31), ["fame", "rescue", "death"]),
            id="a year and what it holds, but no decade",
        ),
        pytest.param((1901, 2, 1), (1901, 2, 28), ["rescue", "death"], id="a month, no year"),
        pytest.param((1901, 2, 3), (1901, 2, 3), ["death"], id="a day"),
        pytest.param(
            (1900, 1, 1),
            (1909, 12, 31),
            ["copies", "storm", "winter", "drift", "fame", "rescue", "death"],
            id="a decade",
        ),
        pytest.param((1900, 3, 13), (1900, 3, 13), ["winter"], id="a Julian day by the Gregorian"),
        pytest.param((1900, 3, 15), (1900, 3, 31), ["storm"], id="the end of a span"),
        pytest.param((1900, 7, 1), (1900, 7, 31), [], id="within a span"),
        pytest.param((-43, 1, 1), (-43, 12, 31), ["ides"], id="before Christ"),
        pytest.param((1900, 12, 31), (1900, 1, 1), [], id="back to front"),
    ],
)
def test_events_between_two_days(
    store: Store, first: tuple[int, int, int], last: tuple[int, int, int], found: list[str]
) -> None:
    assert ids(store.events_between(day_number(*first), day_number(*last))) == found


@pytest.mark.parametrize(
    ("month", "found"),
    [
        (2, ["winter", "rescue", "death"]),
        (3, ["ides", "survey", "storm"]),
        (5, ["drift"]),
        (8, []),
        (12, []),
    ],
)
def test_a_month_of_any_year_is_the_one_that_the_source_writes(
    store: Store, month: int, found: list[str]
) -> None:
    assert ids(store.events_in_month(month)) == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ((1898, 12, 1), (1899, 1, 31), ["survey", "departure"]),
        ((1899, 6, 1), (1899, 6, 1), ["survey", "copies"]),
        ((-4000, 1, 1), (-4000, 1, 1), ["ides"]),
        ((3000, 1, 1), (3000, 1, 1), ["copies"]),
    ],
)
def test_the_neighbours_of_a_time_are_the_last_event_before_and_the_first_after(
    store: Store, first: tuple[int, int, int], last: tuple[int, int, int], found: list[str]
) -> None:
    assert ids(store.neighbours(day_number(*first), day_number(*last))) == found


def test_the_weightiest_event_with_a_day(store: Store) -> None:
    event = store.weightiest_event_with_a_day()
    assert event is not None
    assert event.key == "borealis/departure"


# -- people and things ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entity", "found"),
    [
        ("ilse", ["departure", "winter"]),
        ("henrik", ["survey", "departure", "death"]),
        ("ship", ["departure", "storm", "drift"]),
        ("hollhavn", ["departure"]),
        ("jeanne", []),
        ("nobody", []),
    ],
)
def test_the_events_of_an_entity_are_in_order(store: Store, entity: str, found: list[str]) -> None:
    assert ids(store.events_of(f"borealis/{entity}")) == found


def test_the_kinds_of_events_are_known(store: Store) -> None:
    assert store.event_kinds == {"journey", "event", "death"}


def test_an_entry_is_found_by_its_key_while_it_is_there(store: Store) -> None:
    event, entity = store.event("borealis/ides"), store.entity("borealis/ilse")
    passage = store.passage("borealis/logbook-of-the-borealis-passage")
    assert event is not None
    assert event.text == "A comet is seen, the logbook says."
    assert entity is not None
    assert entity.name == "Ilse Brandt"
    assert passage is not None
    assert passage.citation.section == ("The way out", "Rudder")
    for question in (store.event, store.entity, store.passage):
        assert question("borealis/gone") is None
        assert question("") is None
        assert question("'; DROP TABLE event; --") is None


def test_entities_come_with_the_weightiest_first(store: Store) -> None:
    names = [entity.name for entity in store.entities()]
    assert names == ["Ilse Brandt", "Borealis", "Henrik Brandt", "Hollhavn", "Jeanne Lac"]
    people = [entity.name for entity in store.entities(EntityKind.PERSON)]
    assert people == ["Ilse Brandt", "Henrik Brandt", "Jeanne Lac"]
    assert store.entities(EntityKind.TREATY) == []


def test_the_most_told_are_described(store: Store) -> None:
    most = store.most_told(EntityKind.PERSON, 5)
    assert [entity.name for entity in most] == ["Ilse Brandt", "Henrik Brandt"]
    assert len(store.most_told(EntityKind.PERSON, 1)) == 1


def test_who_is_related_to_somebody_is_found_from_the_other_end(store: Store) -> None:
    related = store.related_to("borealis/ilse")
    assert [(one.kind, one.name) for one in related] == [
        ("brother", "Henrik Brandt"),
        ("sister-in-law", "Jeanne Lac"),
    ]
    assert [store.entity(one.key) is not None for one in related] == [True, True]
    assert store.related_to("borealis/henrik") == []


def test_names_find_entities_by_all_their_names(store: Store) -> None:
    assert store.names.find("Brandt").found == ("borealis/ilse", "borealis/henrik")
    assert store.names.find("Ильзе Брандт").found == ("borealis/ilse",)
    assert store.names.find("ss borealis").found == ("borealis/ship",)
    assert store.names.find("Brandt-Moe").found == ("borealis/ilse",)


def test_a_pack_is_summed_up(store: Store) -> None:
    (summary,) = store.pack_summaries
    assert (summary.id, summary.title) == ("borealis", "The Borealis")
    assert (summary.events, summary.entities) == (10, 5)
    assert [source.title for source in summary.sources] == [
        "Logbook of the Borealis",
        "Drift Tables",
    ]


def test_an_empty_library_answers_every_question_with_nothing() -> None:
    with closing(Store(build_in_memory([]))) as store:
        assert store.events_on(MonthDay(1, 1)) == []
        assert store.events_between(0, 10_000_000) == []
        assert store.neighbours(5, 5) == []
        assert store.weightiest_event_with_a_day() is None
        assert store.days_with_events == ()
        assert store.entities() == []
        assert store.suggest("a") == []
        assert store.search("a") == []
        assert store.names.find("a").found == ()
        assert store.pack_summaries == ()
        assert store.packs() == []


# -- suggestions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "suggested"),
    [
        ("bra", ["Ilse Brandt", "Henrik Brandt"]),
        ("BRANDT", ["Ilse Brandt", "Henrik Brandt"]),
        ("ilse b", ["Ilse Brandt"]),
        ("brandt il", ["Ilse Brandt"]),
        ("moe", ["Ilse Brandt"]),
        ("ильзе бра", ["Ilse Brandt"]),
        ("brandt moe ils", ["Ilse Brandt"]),
        ("ils brandt", []),
        ("a " * 100_000, []),
        ("ильз", ["Ilse Brandt"]),
        ("ss", ["Borealis"]),
        ("h", ["Henrik Brandt", "Hollhavn"]),
        ("randt", []),
        ("", []),
        ("  ", []),
        ("%", []),
        ("_", []),
        ("'", []),
        ("\0", []),
    ],
)
def test_names_are_suggested_by_how_a_word_of_them_begins(
    store: Store, prefix: str, suggested: list[str]
) -> None:
    assert store.suggest(prefix) == suggested


def test_no_more_are_suggested_than_asked_for(store: Store) -> None:
    assert store.suggest("brandt", limit=1) == ["Ilse Brandt"]
    assert store.suggest("h", limit=0) == []


# -- full text -----------------------------------------------------------------------------------


def found_by(store: Store, text: str) -> set[str]:
    return {item.key.removeprefix("borealis/") for item in store.search(text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rudder", {"storm", "logbook-of-the-borealis-passage"}),
        ("RUDDER storm", {"storm"}),
        ("scurvy", {"death"}),
        ("navigator", {"ilse"}),
        ("ice winter", {"hollhavn"}),
        ("Ильзе", {"ilse"}),
        ("comét", {"ides"}),
        ("come\u0301t", {"ides"}),
        ("logbook, (the)", {"ides", "copies"}),
        ("rudder comet", set()),
        ("rud", set()),
        ("", set()),
        ("—", set()),
    ],
)
def test_a_search_finds_what_holds_every_word(store: Store, text: str, found: set[str]) -> None:
    assert found_by(store, text) == found


def test_a_text_with_marks_is_found_by_plain_words_and_by_the_marks(pack: Pack) -> None:
    citation = pack.events[0].citation
    passages = tuple(
        Passage(f"borealis/{n}", text, citation)
        for n, text in enumerate(["Vácietis sails.", "Va\u0301cietis sails.", "Other."])
    )
    made = Pack("borealis", "Borealis", sources=pack.sources, passages=passages)
    with closing(Store(build_in_memory([made]))) as store:
        for text in ("Vacietis", "Vácietis", "Va\u0301cietis"):
            assert found_by(store, text) == {"0", "1"}


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '"rudder',
        'rudder"',
        '""""',
        "rudder*",
        "^rudder",
        "rudder AND",
        "NOT rudder",
        "rudder OR comet",
        "NEAR(rudder storm)",
        "NEAR(",
        "text:rudder",
        "key:borealis",
        "{text key}: rudder",
        "-rudder",
        "+rudder",
        "rudder + storm",
        "(rudder",
        "rudder)",
        "\0",
        "rudder\0storm",
        "'; DROP TABLE words; --",
        "\\",
        "%",
        "\ud800",
        "rudder\ud800",
        "🙂",
    ],
    ids=ascii,
)
def test_nothing_in_a_search_is_syntax(store: Store, text: str) -> None:
    """It finds what its bare words find, and never raises."""
    bare = "".join(c if c.isalnum() else " " for c in text)
    assert found_by(store, text) == found_by(store, bare)


def test_and_or_not_and_near_are_words_like_others(store: Store) -> None:
    assert found_by(store, "rudder OR comet") == set()
    assert found_by(store, "rudder NOT comet") == set()


@pytest.mark.parametrize(
    "text",
    ["rudder " * 100_000, "a" * 1_000_000, '"' * 1_000_000, "e\u0301 " * 500_000, "ﷺ" * 100_000],
)
def test_a_huge_search_asks_sqlite_for_a_few_words(pack: Pack, text: str) -> None:
    asked: list[str] = []
    connection = build_in_memory([pack])
    connection.set_trace_callback(asked.append)
    with closing(Store(connection)) as store:
        store.search(text)
    query = max(asked, key=len, default="")
    tables = 3  # events, entities and passages are asked for the same words
    assert query.count('"') <= tables * 2 * MOST_SEARCH_WORDS
    assert len(query) <= 600 + tables * (LONGEST_SEARCH + 3 * MOST_SEARCH_WORDS)


def test_no_more_is_found_than_asked_for(store: Store) -> None:
    assert len(store.search("borealis")) > 2
    assert len(store.search("borealis", limit=2)) == 2
