"""Packs that tell of the same: what was compiled joins what a person wrote, and both are cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Entity, Event, Pack
from knowledge.packs.loader import load_pack
from knowledge.packs.uniting import United, united

HASH = "sha256:" + "0" * 64
ADA = '[[entity]]\nkind = "person"\nname = "Ada Veyl"\n'
FLOOD = """[[event]]
date = "1831-05-03"
kind = "journey"
text = "Ada Veyl leaves Kerrow for the coast."
people = ["Ada Veyl"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def pack(folder: Path, name: str, text: str, *, compiled: bool = False, hash_: str = "") -> Pack:
    """Return a pack of TOML, with a source of the pack's name."""
    file = folder / f"{name}.toml"
    head = f"[pack]\ncompiled = {str(compiled).lower()}\n"
    source = f'[[source]]\nid = "article"\ntitle = "{name.title()}"\nhash = "{hash_}"\n'
    file.write_text(f"{head}{source}{text}", "utf-8")
    loaded = load_pack(file)
    assert loaded.complaints == ()
    assert loaded.pack is not None
    return loaded.pack


def of_both(folder: Path, written: str, compiled: str) -> United:
    """Unite a hand-written pack and a compiled one; the hand-written one is given last."""
    made = pack(folder, "made", compiled, compiled=True)
    return united([made, pack(folder, "hand", written)])


def entities(result: United) -> list[Entity]:
    return [entity for one in result.packs for entity in one.entities]


def events(result: United) -> list[Event]:
    return [event for one in result.packs for event in one.events]


def counts(result: United) -> tuple[int, int]:
    return result.entities, result.events


# -- people and things ---------------------------------------------------------------------------


def test_a_person_of_both_packs_is_one_and_both_sources_are_kept(folder: Path) -> None:
    result = of_both(folder, ADA, ADA)
    (ada,) = entities(result)
    assert ada.key == "hand/ada-veyl"
    assert ada.citation.source.title == "Hand"
    assert [(pack, place.source.title) for pack, place in ada.further] == [("made", "Made")]
    assert counts(result) == (1, 0)


def test_the_hand_written_words_hold_and_what_they_lack_is_taken_over(folder: Path) -> None:
    written = ADA + 'description = "Painter."\naliases = ["The Painter"]\n'
    compiled = ADA + 'description = "Somebody."\nborn = "1811"\naliases = ["A. Veyl"]\n'
    (ada,) = entities(of_both(folder, written, compiled))
    assert ada.description == "Painter."
    assert str(ada.born and ada.born.start) == "1811"
    assert ada.aliases == ("The Painter", "A. Veyl")


def test_of_two_compiled_packs_the_first_goes_before(folder: Path) -> None:
    one = pack(folder, "one", ADA + 'description = "A."\n', compiled=True)
    two = pack(folder, "two", ADA + 'description = "B."\nborn = "1811"\n', compiled=True)
    result = united([one, two])
    (ada,) = entities(result)
    assert (ada.key, ada.description, str(ada.born and ada.born.start)) == (
        "one/ada-veyl",
        "A.",
        "1811",
    )


def test_three_packs_of_one_person_are_one(folder: Path) -> None:
    packs = [
        pack(folder, "one", ADA, compiled=True),
        pack(folder, "two", ADA, compiled=True),
        pack(folder, "hand", ADA),
    ]
    (ada,) = entities(united(packs))
    assert [pack for pack, _ in ada.further] == ["one", "two"]


def test_two_hand_written_packs_are_left_as_they_are(folder: Path) -> None:
    packs = [pack(folder, "one", ADA + FLOOD), pack(folder, "two", ADA + FLOOD)]
    assert united(packs) == United(packs)


@pytest.mark.parametrize(
    ("written", "compiled"),
    [
        ('name = "Ada Veyl"', 'name = "Ida Veyl"'),
        ('name = "Ada Veyl"', 'name = "Veyl"'),
        ('name = "Veyl"', 'name = "Veyl"'),
        ('name = "Ada Veyl"\naliases = ["Veyl"]', 'name = "Veyl"'),
        ('name = "Ada Veyl"\nborn = "1811"', 'name = "Ada Veyl"\nborn = "1850"'),
        ('name = "Ada Veyl"\ndied = "1811"', 'name = "Ada Veyl"\ndied = "1850-02-03"'),
    ],
)
def test_another_name_a_surname_alone_or_another_year_is_another_person(
    folder: Path, written: str, compiled: str
) -> None:
    entry = '[[entity]]\nkind = "person"\n'
    assert len(entities(of_both(folder, entry + written, entry + compiled))) == 2


@pytest.mark.parametrize(
    ("written", "compiled"),
    [
        ('name = "Ada Veyl"\naliases = ["Ada of Kerrow"]', 'name = "Ada of Kerrow"'),
        ('name = "Ada Veyl"', 'name = "Ada of Kerrow"\naliases = ["Ada Veyl"]'),
        ('name = "Ada Veyl"', 'name = "Ada VEYL"'),
        ('name = "Ada Veyl"\nborn = "1811-02-03"', 'name = "Ada Veyl"\nborn = "181X"'),
    ],
)
def test_an_alias_another_spelling_and_a_rougher_date_are_the_same_person(
    folder: Path, written: str, compiled: str
) -> None:
    entry = '[[entity]]\nkind = "person"\n'
    assert len(entities(of_both(folder, entry + written, entry + compiled))) == 1


def test_a_thing_is_the_same_by_its_usual_name_also_of_one_word(folder: Path) -> None:
    written = '[[entity]]\nkind = "work"\nname = "Iskria"\n'
    compiled = '[[entity]]\nkind = "organisation"\nname = "Iskria"\n'
    (iskria,) = entities(of_both(folder, written, compiled))
    assert iskria.kind == "work"


def test_a_thing_is_never_a_person(folder: Path) -> None:
    ship = ADA.replace("person", "ship")
    assert len(entities(of_both(folder, ADA, ship))) == 2


def test_who_could_be_two_people_is_neither(folder: Path) -> None:
    twins = '[[entity]]\nid = "{}"\nkind = "person"\nname = "Ada Veyl"\n'
    assert len(entities(of_both(folder, twins.format("one") + twins.format("two"), ADA))) == 3


def test_who_is_told_of_by_two_hand_written_packs_joins_the_first(folder: Path) -> None:
    packs = [
        pack(folder, "one", ADA),
        pack(folder, "two", ADA),
        pack(folder, "made", ADA, compiled=True),
    ]
    one, two = entities(united(packs))
    assert ([pack for pack, _ in one.further], two.further) == (["made"], ())


def test_two_of_the_compiled_pack_do_not_become_one(folder: Path) -> None:
    twins = '[[entity]]\nid = "{}"\nkind = "person"\nname = "Ada Veyl"\n'
    result = of_both(folder, ADA, twins.format("one") + twins.format("two"))
    assert [entity.key for entity in entities(result)] == ["made/two", "hand/ada-veyl"]


def test_relations_of_both_are_kept_and_lead_to_whom_is_left(folder: Path) -> None:
    written = ADA + 'relations = [{kind = "friend", to = "Bo Lind"}]\n'
    compiled = (
        ADA
        + 'relations = [{kind = "sister", to = "Odo Veyl"}]\n'
        + '[[entity]]\nkind = "person"\nname = "Odo Veyl"\n'
        + 'relations = [{kind = "brother", to = "Ada Veyl"}]\n'
    )
    odo, ada = entities(of_both(folder, written, compiled))
    assert [(kind, to.name, to.key) for kind, to in ada.relations] == [
        ("friend", "Bo Lind", None),
        ("sister", "Odo Veyl", "made/odo-veyl"),
    ]
    assert [to.key for _, to in odo.relations] == ["hand/ada-veyl"]


# -- events --------------------------------------------------------------------------------------


def event(
    text: str, *, date: str = "1831-05-03", kind: str = "event", who: str = "Ada Veyl"
) -> str:
    return (
        f'[[event]]\ndate = "{date}"\nkind = "{kind}"\ntext = "{text}"\npeople = ["{who}"]\n'
        "start = 10\nstop = 90\n"
    )


def test_an_event_of_both_is_told_once_in_the_hand_written_words(folder: Path) -> None:
    compiled = event("On that day she went away.", kind="journey")
    result = of_both(folder, ADA + FLOOD, ADA + compiled)
    (told,) = events(result)
    assert told.text == "Ada Veyl leaves Kerrow for the coast."
    assert [(pack, place.spans) for pack, place in told.further] == [("made", ((10, 90),))]
    assert counts(result) == (1, 1)


def test_events_of_both_packs_are_kept_and_lead_to_the_person_who_is_left(folder: Path) -> None:
    other = event("Ada Veyl married.", date="1840-01-02", kind="marriage")
    told = events(of_both(folder, ADA + FLOOD, ADA + other))
    assert [one.people[0].key for one in told] == ["hand/ada-veyl", "hand/ada-veyl"]


@pytest.mark.parametrize(
    "compiled",
    [
        event("Ada Veyl left for the coast from Kerrow."),  # like words
        event("She went.", kind="journey"),  # one kind
    ],
)
def test_like_words_or_one_kind_on_one_day_of_one_person_are_one_event(
    folder: Path, compiled: str
) -> None:
    assert len(events(of_both(folder, ADA + FLOOD, ADA + compiled))) == 1


@pytest.mark.parametrize(
    "compiled",
    [
        event("Ada Veyl leaves Kerrow for the coast.", date="1831-05-04", kind="journey"),
        event("Ada Veyl leaves Kerrow for the coast.", date="1831", kind="journey"),
        event("Bo Lind leaves Kerrow for the coast.", who="Bo Lind", kind="journey"),
        event("Ada Veyl was elected to the academy of painters.", kind="vote"),
    ],
)
def test_another_day_other_people_or_other_words_are_another_event(
    folder: Path, compiled: str
) -> None:
    assert len(events(of_both(folder, ADA + FLOOD, ADA + compiled))) == 2


def test_what_stands_in_one_place_of_one_article_on_one_date_is_one_event(folder: Path) -> None:
    """Also where only the year is known, and whatever it is called."""
    written = event("A painter goes.", date="1831", kind="journey")
    compiled = event("Ada Veyl was away.", date="1831", who="Bo Lind")
    packs = [
        pack(folder, "hand", written, hash_=HASH),
        pack(folder, "made", compiled, compiled=True, hash_=HASH),
    ]
    assert len(events(united(packs))) == 1
    packs[1] = pack(folder, "made", compiled, compiled=True, hash_=HASH.replace("0", "1"))
    assert len(events(united(packs))) == 2


def test_a_calendar_that_a_person_concluded_makes_no_other_event(folder: Path) -> None:
    written = event("It rains.", date="1831-05-03") + 'calendar = "julian"\n'
    packs = [
        pack(folder, "hand", written, hash_=HASH),
        pack(folder, "made", event("It rained."), compiled=True, hash_=HASH),
    ]
    (told,) = events(united(packs))
    assert told.date.calendar == "julian"


def test_a_birth_is_one_event_where_one_date_covers_the_other(folder: Path) -> None:
    written = event("Ada Veyl is born.", date="1811-02-03", kind="birth")
    compiled = event("Ada Veyl was born.", date="1811", kind="birth")
    (birth,) = events(of_both(folder, ADA + written, ADA + compiled))
    assert str(birth.date.start) == "1811-02-03"


def test_births_of_two_people_in_one_year_are_two(folder: Path) -> None:
    written = event("Ada Veyl is born.", date="1811", kind="birth")
    compiled = event("Bo Lind was born.", date="1811", kind="birth", who="Bo Lind")
    assert len(events(of_both(folder, written, compiled))) == 2


def test_two_events_of_the_compiled_pack_do_not_become_one(folder: Path) -> None:
    compiled = event("She went.", kind="journey") + event("She went on.", kind="journey")
    assert len(events(of_both(folder, ADA + FLOOD, ADA + compiled))) == 2


def test_an_event_of_two_articles_of_one_compiled_pack_is_told_once(folder: Path) -> None:
    second = '[[source]]\nid = "second"\ntitle = "Second"\n'
    text = event("Ada Veyl left Kerrow.", kind="journey")
    made = pack(folder, "made", f'{second}{ADA}{text}{text}source = "second"\n', compiled=True)
    (told,) = events(united([made]))
    assert told.citation.source.title == "Made"
    assert [place.source.title for _, place in told.further] == ["Second"]


def test_a_hand_written_pack_of_two_sources_is_left_as_it_is(folder: Path) -> None:
    second = '[[source]]\nid = "second"\ntitle = "Second"\n'
    text = event("Ada Veyl left Kerrow.", kind="journey")
    by_hand = pack(folder, "hand", f'{second}{ADA}{text}{text}source = "second"\n')
    assert united([by_hand]) == United([by_hand])
