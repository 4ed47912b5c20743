"""Whom a typed name means: exactly, by what tells them apart, by a label, or misspelt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.labels import label
from bot.named import LONGEST_FORGIVEN, LONGEST_NAME, entities_named
from knowledge.store import Store

Make = Callable[..., object]


def ids(store: Store, text: str) -> list[str]:
    return [entity.key.partition("/")[2] for entity in entities_named(store, text)]


def keys(store: Store, text: str) -> list[str]:
    return sorted(entity.key for entity in entities_named(store, text))


@pytest.fixture
def expedition(polar: object) -> Store:
    return store_of(polar)


def store_of(asker: object) -> Store:
    store = asker.answerer.store  # type: ignore[attr-defined]
    assert isinstance(store, Store)
    return store


def entity(name: str, description: str = "", **more: str) -> str:
    """Return the TOML of a person, or of another kind of entity."""
    values = {"kind": "person", "name": name, "description": description, **more}
    return "[[entity]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


# -- as it is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halvard Tavelund", ["halvard-tavelund"]),
        ("halvard tavelund", ["halvard-tavelund"]),
        ("the Old Bear", ["halvard-tavelund"]),
        ("Ильмар Джувек", ["ilmar-dzhuvek"]),
        ("Halvart Tavelunt", ["halvard-tavelund"]),
        ("Treaty of Port Sorrel", ["treaty"]),
        ("1893", ["play-1893"]),
        ("Tavelund", ["halvard-tavelund", "sunniva-tavelund"]),
        ("Osric Venn", ["osric-venn-surgeon", "osric-venn-carpenter"]),
    ],
    ids=ascii,
)
def test_a_name_means_all_who_bear_it(expedition: Store, text: str, expected: list[str]) -> None:
    assert sorted(ids(expedition, text)) == sorted(expected)


def test_the_likeliest_bearer_of_a_name_comes_first(expedition: Store) -> None:
    assert ids(expedition, "Tavelund")[0] == "halvard-tavelund"


NOBODY = [
    *["", " ", "\n", "?", "(", " (", "😀", "\0", "\ud800", "the", "of the", "(surgeon)"],
    *["Napoleon", "Halvard Rangvald", "the surgeon", "Osric Venn (cook)"],
]


@pytest.mark.parametrize("text", NOBODY, ids=ascii)
def test_nobody_is_named(expedition: Store, text: str) -> None:
    assert ids(expedition, text) == []


# -- told apart by what they were ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Osric Venn the surgeon", "osric-venn-surgeon"),  # the other one is the surgeon's nephew
        ("Osric Venn the carpenter", "osric-venn-carpenter"),
        ("Osric Venn, the surgeon", "osric-venn-surgeon"),
        ("Osric Venn ,  the   surgeon", "osric-venn-surgeon"),
        ("osric venn THE SURGEON", "osric-venn-surgeon"),
        ("Osric Venn who was the surgeon", "osric-venn-surgeon"),
        ("Osric Venn who was a carpenter", "osric-venn-carpenter"),
        ("Osric Venn, who was a surgeon", "osric-venn-surgeon"),
        ("Osric Venn the nephew", "osric-venn-carpenter"),
        ("Osric Venn the nephew of the surgeon", "osric-venn-carpenter"),
        ("Venn the surgeon", "osric-venn-surgeon"),
        ("Osrick Venn the surgeon", "osric-venn-surgeon"),
        ("Tam Brigg the cook", "tam-brigg-cook"),  # the other one is "no relation of the cook"
        ("Tam Brigg the handler", "tam-brigg-handler"),
        ("Tam Brigg the handler of the dogs", "tam-brigg-handler"),
        ("Tavelund the leader", "halvard-tavelund"),
        ("Tavelund the keeper of the purse", "sunniva-tavelund"),
        ("Quillon the ship", "quillon"),
        ("Quillon the astronomer", "marthe-quillon"),
    ],
)
def test_what_stands_behind_a_name_tells_its_bearers_apart(
    expedition: Store, text: str, expected: str
) -> None:
    assert ids(expedition, text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["Osric Venn the", "Osric Venn the ???", "Osric Venn ()", "Osric Venn (", "the Osric Venn"],
)
def test_what_says_nothing_tells_nobody_apart(expedition: Store, text: str) -> None:
    assert sorted(ids(expedition, text)) == ["osric-venn-carpenter", "osric-venn-surgeon"]


NONE_OF_THEM = ["Osric Venn the cook", "Osric Venn the surgeon and cook", "the the surgeon"]


@pytest.mark.parametrize("text", [*NONE_OF_THEM, "Nobody Known the surgeon"])
def test_what_none_of_them_was_means_none_of_them(expedition: Store, text: str) -> None:
    assert ids(expedition, text) == []


def test_several_who_are_alike_are_all_meant(made: Make) -> None:
    store = store_of(
        made(
            one=entity("Ida Holm", "Baker in Sund.", id="a")
            + entity("Ida Holm", "Baker in Berg.", id="b")
            + entity("Ida Holm", "Smith, once a baker.", id="c")
        )
    )
    assert keys(store, "Ida Holm the baker") == ["one/a", "one/b"]
    assert keys(store, "Ida Holm the baker in Berg") == ["one/b"]
    assert keys(store, "Ida Holm the smith") == ["one/c"]


def test_the_words_are_compared_without_accents_and_marks(made: Make) -> None:
    store = store_of(
        made(
            one=entity("Ida Holm", "Propriétaire; café-owner.", id="a")
            + entity("Ida Holm", "Baker.", id="b")
        )
    )
    assert keys(store, "Ida Holm the cafe-owner") == ["one/a"]
    assert keys(store, "Ida Holm the propriétaire") == ["one/a"]


def test_a_name_with_the_in_it_is_a_name_first(made: Make) -> None:
    store = store_of(
        made(
            one=entity("Erik the Red", "Seafarer.", id="red")
            + entity("Erik Holm", "Painter who loved the red of dusk.", id="holm")
        )
    )
    assert keys(store, "Erik the Red") == ["one/red"]
    assert keys(store, "Erik Holm the painter") == ["one/holm"]
    assert keys(store, "Erik the Bald") == []


def test_a_person_without_a_description_is_no_such_thing(made: Make) -> None:
    store = store_of(made(one=entity("Ida Holm", id="a") + entity("Ida Holm", "Baker.", id="b")))
    assert keys(store, "Ida Holm the baker") == ["one/b"]
    assert keys(store, "Ida Holm the smith") == []


# -- labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("library", ["polar", "everything"])
def test_the_label_of_every_entity_means_it_alone(
    libraries: dict[str, object], library: str
) -> None:
    store = store_of(libraries[library])
    others = [
        (one.key, label(store, one))
        for one in store.entities()
        if [found.key for found in entities_named(store, label(store, one))] != [one.key]
    ]
    assert others == []


def test_a_label_is_read_in_any_case(expedition: Store) -> None:
    for one in entities_named(expedition, "Osric Venn"):
        assert entities_named(expedition, label(expedition, one).upper()) == (one,)


CLASHES = [
    # the same name, and the same id in both packs
    (entity("Ida Holm", "Baker.", id="ida"), entity("Ida Holm", "Smith.", id="ida")),
    # the same years too
    (
        entity("Ida Holm", "Baker.", id="ida", born="1850", died="1900"),
        entity("Ida Holm", "Smith.", id="ida", born="1850", died="1900"),
    ),
    # an id that is a kind, and one that is the other's years
    (entity("Ida Holm", "Baker.", id="person"), entity("Ida Holm", "Smith.", id="baker")),
    (entity("Ida Holm", "Baker.", id="1850"), entity("Ida Holm", "Smith.", id="b", born="1850")),
    # years BC, and one year missing
    (
        entity("Ida Holm", "A.", id="a", born="-0094"),
        entity("Ida Holm", "B.", id="b", died="-0094"),
    ),
    # a bracket in the name
    (
        entity("Night (film)", "A film.", id="a", kind="work"),
        entity("Night (film)", "Another.", id="b", kind="work"),
    ),
]


@pytest.mark.parametrize(("left", "right"), CLASHES, ids=[str(n) for n in range(len(CLASHES))])
def test_labels_tell_entities_of_two_packs_apart(made: Make, left: str, right: str) -> None:
    store = store_of(made(left=left, right=right))
    for one in store.entities():
        assert entities_named(store, label(store, one)) == (one,)


def test_labels_tell_entities_of_one_pack_apart(made: Make) -> None:
    same = {"born": "1850", "died": "1900"}
    store = store_of(
        made(
            one=entity("Ida Holm", "Baker.", id="a", **same)
            + entity("Ida Holm", "Baker.", id="b", **same)
            + entity("Ida Holm", "Baker.", id="c", born="1850")
        )
    )
    labels = [label(store, one) for one in store.entities()]
    assert [keys(store, text) for text in labels] == [[one.key] for one in store.entities()]


# -- several packs --------------------------------------------------------------------------------


def test_one_name_in_two_packs_means_both(made: Make) -> None:
    store = store_of(made(left=entity("Ida Holm", "Baker."), right=entity("Ida Holm", "Smith.")))
    assert keys(store, "Ida Holm") == ["left/ida-holm", "right/ida-holm"]
    assert keys(store, "Ida Holm the smith") == ["right/ida-holm"]


def test_one_who_is_told_alike_in_two_packs_is_found_in_both(made: Make) -> None:
    one = entity("Ida Holm", "Baker.", born="1850")
    store = store_of(made(left=one, right=one))
    assert keys(store, "Ida Holm the baker") == ["left/ida-holm", "right/ida-holm"]


def test_the_likelier_of_two_packs_comes_first(made: Make) -> None:
    light, heavy = entity("Ida Holm", "Baker."), entity("Ida Holm", "Smith.") + "weight = 3\n"
    for left, right, first in ((light, heavy, "right"), (heavy, light, "left")):
        found = entities_named(store_of(made(left=left, right=right)), "Ida Holm")
        assert found[0].pack == first


# -- how long a name may be -----------------------------------------------------------------------


def test_a_sentence_is_no_misspelt_name(made: Make) -> None:
    name = "Great Sea Fight off Brannoy Rocks in Spring"
    assert len(name.split()) == LONGEST_FORGIVEN
    store = store_of(made(one=entity(name, kind="battle", id="fight")))
    assert keys(store, name.replace("Brannoy", "Branoy")) == ["one/fight"]
    assert keys(store, f"the {name}") == ["one/fight"]
    assert keys(store, f"the {name}".replace("Brannoy", "Branoy")) == []


def test_a_long_name_is_found_as_it_is_told_and_a_longer_text_is_none(made: Make) -> None:
    words = "The Song of Ten Grey Seals and One Late Moon Rising".split()
    long = [*words, "Again"]
    assert (len(words), len(long)) == (LONGEST_NAME - 1, LONGEST_NAME)
    store = store_of(made(one=entity(" ".join(long), kind="work", id="song")))
    assert keys(store, " ".join(long)) == ["one/song"]
    assert keys(store, " ".join([*long, "again"])) == []


@pytest.mark.parametrize("text", ["Osric Venn " * 1000, "a" * 10_000, "the " * 500, "(" * 2_000])
def test_very_long_text_names_nobody(expedition: Store, text: str) -> None:
    assert ids(expedition, text) == []
