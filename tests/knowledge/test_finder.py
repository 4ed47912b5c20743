"""What a question asks for, looked up: what covers it, what counts against it, in what order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendars import Calendar, day_number
from knowledge.finder import KIND, NAME_IN_TEXT, SYNONYM, WORD_OF_OTHER_KIND, Wish
from knowledge.finder import Order as By
from knowledge.library import open_library
from knowledge.model import EntityKind
from knowledge.store import Store

KELDA = """\
[[event]]
id = "sailing"
date = "1893-06-14"
kind = "journey"
text = "The Kelda sails with Ida Holm and Olaf Berg."
people = ["Ida Holm", "Olaf Berg"]
things = ["Kelda"]

[[event]]
id = "storm"
date = "1895"
text = "A storm breaks the mast of the Kelda."
things = ["Kelda"]

[[event]]
id = "camp-storm"
date = "1896-03-02"
text = "A storm buries the camp."

[[event]]
id = "medal"
date = "1901-12-10"
kind = "prize"
text = "Eva Sund receives the gold medal of Vellmark."
people = ["Eva Sund"]

[[event]]
id = "award"
date = "1903-12-10"
kind = "prize"
text = "Vellmark's prize stays without a winner."

[[event]]
id = "birth"
date = "1871-05-01"
kind = "birth"
text = "Ida Holm, later winner of a prize, is born in Sorrel."
people = ["Ida Holm"]

[[event]]
id = "letter"
date = "1897-02-01"
text = "A letter praises Ida Holm as cook."

[[event]]
id = "death"
date = "1912-08-30"
kind = "death"
text = "Olaf Berg dies in Sorrel, and Ida Holm is with him."
people = ["Olaf Berg", "Ida Holm"]

[[event]]
id = "huts"
date = "188X"
text = "Sealers build huts of driftwood."

[[event]]
id = "comet"
date = "-0043-03-15"
calendar = "julian"
text = "A comet is seen over Île-Noire."

[[event]]
id = "strike"
date = "1905-01-30"
end = "1905-02-03"
text = "Забастовка портовых рабочих."

[[entity]]
id = "ida"
kind = "person"
name = "Ida Holm"
description = "Cook of the Kelda who kept a diary."
text = "She bakes bread on the ice. She paints whales. Later she keeps an inn in Sorrel."
weight = 3

[[entity]]
id = "olaf"
kind = "person"
name = "Olaf Berg"
description = "Mate of the Kelda."
text = "He sleeps on the ice. He bakes nothing. He paints nothing."

[[entity]]
id = "eva"
kind = "person"
name = "Eva Sund"
description = "Painter of whales on the ice."

[[entity]]
id = "kelda"
kind = "ship"
name = "Kelda"
description = "A ship built for the ice."

[[entity]]
id = "heir-quarrel"
kind = "concept"
name = "Quarrel over the Heir"
description = "The question who was to keep the inn."

[[entity]]
id = "nameless"
kind = "concept"
name = "Second Question"
description = "Whether Ida Holm had an heir."
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return opened(tmp_path_factory.mktemp("packs"), KELDA)


def opened(folder: Path, toml: str) -> Store:
    path = folder / "kelda.toml"
    path.write_text(toml, "utf-8")
    return open_library([path], None)


def about(*words: str, **more: object) -> Wish:
    return Wish(words=words, **more)  # type: ignore[arg-type]


def named(*ids: str, **more: object) -> Wish:
    return Wish(keys=tuple(f"kelda/{one}" for one in ids), **more)  # type: ignore[arg-type]


def covered(store: Store, *wishes: Wish) -> dict[str, float]:
    """Return what each event that is found covers, by its id, best first."""
    found = store.find_events(wishes, limit=100)
    return {row.event.key.partition("/")[2]: row.coverage for row in found}


def ids(store: Store, *wishes: Wish, **options: object) -> list[str]:
    found = store.find_events(wishes, **options)  # type: ignore[arg-type]
    return [row.event.key.partition("/")[2] for row in found]


def whose(store: Store, *wishes: Wish, kind: EntityKind | None = None) -> list[str]:
    return [row.entity.key.partition("/")[2] for row in store.find_entities(wishes, 100, kind)]


def days(first: str, last: str) -> tuple[int, int]:
    """Return a span of days, each given as year, month and day."""
    return _number(*map(int, first.split())), _number(*map(int, last.split()))


def _number(year: int, month: int, day: int) -> int:
    return day_number(year, month, day, Calendar.GREGORIAN)


# -- one wish -------------------------------------------------------------------------------------

ONE_WISH = [
    (about("storm"), {"storm": 1, "camp-storm": 1}),
    (about("storms"), {"storm": 1, "camp-storm": 1}),
    (about("sailing"), {"sailing": 1}),
    (about("ile"), {"comet": 1}),
    (about("забастовка"), {"strike": 1}),
    (about("gold", "medal"), {"medal": 1}),
    (about("gold", "storm"), {}),
    (about("zeppelin"), {}),
    (Wish(), {}),
    (about("tempest", synonyms=("storm",)), {"storm": SYNONYM, "camp-storm": SYNONYM}),
    (about("mast", synonyms=("storm",)), {"storm": 1, "camp-storm": SYNONYM}),
    (Wish(kinds=frozenset({"journey"})), {"sailing": KIND}),
    (Wish(kinds=frozenset({"siege"})), {}),
    (about("voyage", kinds=frozenset({"journey"})), {"sailing": KIND}),
    (
        about("prize", synonyms=("medal",), kinds=frozenset({"prize"})),
        {"award": 1, "medal": KIND, "birth": WORD_OF_OTHER_KIND},
    ),
    (named("eva"), {"medal": 1}),
    (named("ida"), {"sailing": 1, "birth": 1, "death": 1, "letter": NAME_IN_TEXT}),
    (named("nobody"), {}),
    (named("eva", "ida"), {"medal": 1, "sailing": 1, "birth": 1, "death": 1, "letter": 0.9}),
]


@pytest.mark.parametrize(("wish", "expected"), ONE_WISH, ids=[str(n) for n in range(len(ONE_WISH))])
def test_a_wish_is_fulfilled_by_word_synonym_kind_or_name(
    store: Store, wish: Wish, expected: dict[str, float]
) -> None:
    assert covered(store, wish) == pytest.approx(expected)


def test_the_words_of_a_thing_count_for_less_than_the_thing_itself(store: Store) -> None:
    found = covered(store, Wish(keys=("kelda/kelda",), words=("storm",)))
    assert found["sailing"] == found["storm"] == pytest.approx(1)
    assert 0 < found["camp-storm"] < 1


def test_nothing_wished_for_is_nothing_found(store: Store) -> None:
    assert store.find_events([]) == []
    assert store.find_entities([]) == []


# -- several wishes -------------------------------------------------------------------------------


def test_what_fulfils_every_wish_covers_all_and_comes_first(store: Store) -> None:
    found = covered(store, about("storm"), about("camp"))
    assert next(iter(found)) == "camp-storm"
    assert found["camp-storm"] == pytest.approx(1)
    assert 0 < found["storm"] < 1


def test_a_rare_word_counts_for_more_than_a_frequent_one(store: Store) -> None:
    found = covered(store, about("sorrel"), about("comet"))  # in two events, and in one
    assert found["comet"] > 0.5 > found["birth"] == found["death"]


def test_a_word_that_nothing_holds_counts_against_every_event(store: Store) -> None:
    known = covered(store, about("storm"))
    with_unknown = covered(store, about("storm"), about("zeppelin"))
    assert with_unknown.keys() == known.keys()
    assert all(coverage < 0.5 for coverage in with_unknown.values())


def test_what_lacks_a_required_wish_is_not_found(store: Store) -> None:
    assert covered(store, about("storm"), about("camp", required=True)) == {"camp-storm": 1}
    assert covered(store, about("storm"), named("eva", required=True)).keys() == {"medal"}
    assert covered(store, about("comet", required=True), about("camp", required=True)) == {}


def test_a_required_wish_that_nothing_fulfils_leaves_nothing(store: Store) -> None:
    assert covered(store, about("storm"), about("zeppelin", required=True)) == {}
    assert store.find_entities([about("ice"), about("zeppelin", required=True)]) == []


def test_a_required_wish_covers_as_much_as_one_that_is_not(store: Store) -> None:
    free = covered(store, about("storm"), about("camp"), about("sorrel"))
    bound = covered(store, about("storm", required=True), about("camp"), about("sorrel"))
    assert bound == pytest.approx({key: free[key] for key in ("storm", "camp-storm")})


def test_an_optional_wish_is_no_loss_where_it_lacks(store: Store) -> None:
    found = covered(store, about("comet"), about("zeppelin", optional=True))
    assert found == {"comet": pytest.approx(1)}


def test_an_optional_wish_tells_apart_what_else_is_equal(store: Store) -> None:
    assert ids(store, about("storm"), about("camp", optional=True))[0] == "camp-storm"
    assert ids(store, about("storm"), about("mast", optional=True))[0] == "storm"


def test_what_is_said_counts_words_and_no_names(store: Store) -> None:
    rows = store.find_events([named("ida"), about("cook")])
    said = {row.event.key.partition("/")[2]: row.said for row in rows}
    assert said == pytest.approx({"letter": 1, "sailing": 0, "birth": 0, "death": 0})


def test_of_names_alone_all_is_said(store: Store) -> None:
    assert {row.said for row in store.find_events([named("ida")])} == {1.0}


@given(st.lists(st.sampled_from("storm camp ida sorrel prize kelda zeppelin".split()), min_size=1))
def test_coverage_is_a_share_and_falls_from_the_best_on(store: Store, words: list[str]) -> None:
    wishes = [about(word) for word in words]
    for rows in (store.find_events(wishes), store.find_entities(wishes)):
        assert all(0 < row.coverage <= 1.000001 for row in rows)
        assert all(0 <= row.said <= 1.000001 for row in rows)


# -- spans of time --------------------------------------------------------------------------------

SPANS = [
    (("1895 1 1", "1895 12 31"), ["storm"]),
    (("1896 3 2", "1896 3 2"), ["camp-storm"]),
    (("1895 6 1", "1895 6 30"), ["storm"]),  # "1895" may be in June
    (("1895 1 1", "1896 12 31"), ["camp-storm", "storm"]),
    (("1896 3 3", "1999 1 1"), []),
    (("-4700 1 1", "1894 12 31"), []),
]


@pytest.mark.parametrize(("span", "expected"), SPANS, ids=[" to ".join(span) for span, _ in SPANS])
def test_only_what_may_lie_in_the_span_is_found(
    store: Store, span: tuple[str, str], expected: list[str]
) -> None:
    assert sorted(ids(store, about("storm"), span=days(*span))) == expected


@pytest.mark.parametrize(
    ("word", "span", "is_found"),
    [
        ("huts", ("1885 1 1", "1885 12 31"), True),  # a decade
        ("huts", ("1890 1 1", "1890 12 31"), False),
        ("забастовка", ("1905 2 1", "1905 2 1"), True),  # within its days
        ("забастовка", ("1905 2 3", "1905 2 9"), True),  # its last day
        ("забастовка", ("1905 2 4", "1905 2 9"), False),
        ("comet", ("-43 3 13", "-43 3 13"), True),  # its Julian day in the Gregorian calendar
        ("comet", ("-43 3 15", "-43 3 15"), False),
    ],
)
def test_decades_days_on_end_and_years_bc_lie_in_their_spans(
    store: Store, word: str, span: tuple[str, str], is_found: bool
) -> None:
    assert len(ids(store, about(word), span=days(*span))) == is_found


def test_a_span_before_all_days_that_are_known_finds_nothing(store: Store) -> None:
    assert store.find_events([about("storm")], span=(0, 0)) == []


@pytest.mark.parametrize("order", By)
def test_what_lies_outside_the_span_hides_nothing_within_it(store: Store, order: By) -> None:
    """The storm at the camp covers more of the question than the one of the year asked for."""
    span = days("1895 1 1", "1895 12 31")
    assert ids(store, about("storm"), about("camp"), span=span, order=order) == ["storm"]


# -- order ----------------------------------------------------------------------------------------


def test_the_first_and_the_last_come_in_time(store: Store) -> None:
    prizes = Wish(kinds=frozenset({"prize"}))
    assert ids(store, prizes, order=By.FIRST) == ["medal", "award"]
    assert ids(store, prizes, order=By.LAST) == ["award", "medal"]


def test_the_first_is_the_first_of_those_that_cover_as_much_as_the_best(store: Store) -> None:
    wishes = (about("storm"), about("camp"))
    assert ids(store, *wishes, order=By.FIRST) == ["camp-storm"]


def test_the_first_of_many_is_found_with_room_for_one(store: Store) -> None:
    assert ids(store, named("ida"), order=By.FIRST, limit=1) == ["birth"]
    assert ids(store, named("ida"), order=By.LAST, limit=1) == ["death"]


def storms(*entries: str) -> str:
    """Return events that all tell of a storm, named a, b, c, each with more keys."""
    event = '[[event]]\nid = "{}"\ntext = "A storm rises."\n{}\n'
    return "".join(event.format("abcdef"[n], entry) for n, entry in enumerate(entries))


@pytest.mark.parametrize(
    ("entries", "order"),
    [
        (('date = "1890-01-01"\nweight = 1', 'date = "1895-01-01"\nweight = 3'), "ba"),
        (('date = "1890"', 'date = "1895-01-01"'), "ba"),  # a day before a year
        (('date = "1890-01"', 'date = "1895-01-01"'), "ba"),
        (('date = "1890"\nweight = 3', 'date = "1895-01-01"\nweight = 2'), "ab"),
        (('date = "1895-01-01"', 'date = "1890-01-01"'), "ba"),  # the earlier one
        (('date = "0010-01-01"', 'date = "-0010-01-01"'), "ba"),
        (('date = "-0010"', 'date = "1890-01-01"'), "ba"),  # a year BC is no day either
    ],
)
def test_of_equals_the_weightier_then_the_exacter_then_the_earlier_comes_first(
    tmp_path: Path, entries: tuple[str, ...], order: str
) -> None:
    assert ids(opened(tmp_path, storms(*entries)), about("storm")) == list(order)


def test_of_equals_the_one_whose_first_person_was_asked_for_comes_first(tmp_path: Path) -> None:
    people = '[[entity]]\nid = "{}"\nkind = "person"\nname = "{}"\n'
    store = opened(
        tmp_path,
        people.format("ida", "Ida Holm")
        + people.format("olaf", "Olaf Berg")
        + storms(
            'date = "1890-01-01"\npeople = ["A stoker", "Olaf Berg", "Ida Holm"]',
            'date = "1891-01-01"\npeople = ["Olaf Berg", "Ida Holm"]',
            'date = "1892-01-01"\npeople = ["Ida Holm", "Olaf Berg"]',
        ),
    )
    assert ids(store, named("ida")) == ["c", "b", "a"]
    assert ids(store, named("olaf")) == ["b", "a", "c"]  # a and c: one before him, by date


# -- entities -------------------------------------------------------------------------------------


def sentences_of(store: Store, key: str, *wishes: Wish) -> tuple[str, ...]:
    (row,) = (row for row in store.find_entities(wishes, 100) if row.entity.key == f"kelda/{key}")
    return row.sentences


def test_an_entity_is_found_by_a_sentence_about_it(store: Store) -> None:
    assert sentences_of(store, "ida", about("diary")) == ("Cook of the Kelda who kept a diary.",)
    assert sentences_of(store, "eva", about("ice")) == ("Painter of whales on the ice.",)


def test_a_sentence_is_told_with_the_one_before_which_says_who_she_is(store: Store) -> None:
    told = ("She paints whales.", "Later she keeps an inn in Sorrel.")
    assert sentences_of(store, "ida", about("inn")) == told


def test_what_the_sentence_before_says_counts_for_less(tmp_path: Path) -> None:
    thing = '[[entity]]\nid = "{}"\nkind = "ship"\nname = "{}"\ndescription = "{}"\n'
    store = opened(
        tmp_path,
        thing.format("apart", "Tern", "She is red. She is old. She is swift.")
        + thing.format("together", "Auk", "She is red and old. She is swift.")
        + thing.format("beside", "Gull", "She is red. She is old."),
    )
    found = {row.entity.key: row.coverage for row in store.find_entities([about("red")])}
    assert found == pytest.approx(dict.fromkeys(found, 1.0))
    both = store.find_entities([about("red"), about("swift")])
    coverage = {row.entity.key.partition("/")[2]: row.coverage for row in both}
    assert coverage["beside"] < coverage["apart"] < coverage["together"] < 1


def test_words_in_one_sentence_go_before_words_in_several(store: Store) -> None:
    """Of whales on the ice one sentence tells about Eva, and two about Ida, who weighs more."""
    assert whose(store, about("whales"), about("ice"))[:2] == ["eva", "ida"]


def test_sentences_that_say_as_much_are_told_together_in_their_order(store: Store) -> None:
    told = sentences_of(store, "olaf", about("nothing"))
    assert told == ("He sleeps on the ice.", "He bakes nothing.", "He paints nothing.")


def test_only_entities_of_a_kind_are_found_if_one_is_asked_for(store: Store) -> None:
    assert "kelda" in whose(store, about("ice"))
    assert whose(store, about("ice"), kind=EntityKind.SHIP) == ["kelda"]
    assert whose(store, about("ice"), kind=EntityKind.BATTLE) == []


def test_how_much_of_the_words_the_name_says_is_told(store: Store) -> None:
    rows = store.find_entities([about("heir"), about("inn")], 100)
    by_name = {row.entity.key.partition("/")[2]: row.by_name for row in rows}
    assert by_name["heir-quarrel"] == pytest.approx(0.5)
    assert by_name["nameless"] == 0


def test_of_equals_the_one_whose_name_says_the_word_comes_first(store: Store) -> None:
    assert whose(store, about("heir"))[0] == "heir-quarrel"


def test_of_equals_the_weightier_entity_comes_first(store: Store) -> None:
    assert whose(store, about("mate", synonyms=("cook",)), about("kelda"))[0] == "olaf"
    assert whose(store, about("crew", synonyms=("mate", "cook")))[0] == "ida"


def test_an_entity_is_found_by_its_own_name_and_where_another_one_names_it(store: Store) -> None:
    found = store.find_entities([named("ida")], 100)
    coverage = {row.entity.key.partition("/")[2]: row.coverage for row in found}
    assert coverage == pytest.approx({"ida": 1, "nameless": NAME_IN_TEXT})


def test_a_word_that_nothing_holds_counts_against_every_entity(store: Store) -> None:
    found = store.find_entities([about("bread"), about("zeppelin")], 100)
    assert found
    assert all(row.coverage < 0.5 for row in found)


# -- whether a word is told ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    ["storm", "Storms", "STORM", "sailed", "kelda", "diary", "ile", "Île", "рабочих", "gold medal"],
)
def test_a_word_of_events_and_entities_is_told_in_any_form_of_it(store: Store, word: str) -> None:
    assert store.is_told(word)


@pytest.mark.parametrize(
    "word", ["zeppelin", "stor", "medal gold", "", " ", "?", '"', "*", "sto*", "1066"]
)
def test_what_does_not_stand_there_is_not_told(store: Store, word: str) -> None:
    assert not store.is_told(word)


def test_a_name_is_found_in_texts_however_its_accents_are_encoded(tmp_path: Path) -> None:
    """The pack writes the name with marks of their own, as some editors do, and the text too."""
    name = "Ide\u0301 Be\u0301rg"
    store = opened(
        tmp_path,
        f'[[entity]]\nid = "ide"\nkind = "person"\nname = "{name}"\n'
        f'[[event]]\nid = "sighting"\ndate = "1890"\ntext = "A whale passes {name}."\n',
    )
    assert ids(store, named("ide")) == ["sighting"]


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_no_more_is_found_than_asked_for(store: Store, limit: int) -> None:
    assert len(store.find_events([named("ida", "eva", "olaf")], limit=limit)) == min(limit, 5)
    assert len(store.find_entities([about("ice")], limit)) == min(limit, 4)
