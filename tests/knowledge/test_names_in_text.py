"""Names among the words of a question: the longest first, then slips, and no more than a few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.names import KnownName, NameMatch, WordIndex
from knowledge.names_in_text import (
    LEAST_TO_GUESS,
    LONGEST_NAME,
    MOST_GUESSES,
    MOST_OF_A_PART,
    MOST_WORDS,
    names_in_text,
)

COMMON = frozenset("who was the of in no more when did and a it".split())

TOLD = frozenset("wedding ship sails ridge married deported crew".split())


def known(name: str, *others: str, person: bool = True, key: str = "") -> KnownName:
    return KnownName(key or name, person, 2, 0, (name, *others))


PEOPLE = (
    known("Halvard Tavelund", "the Old Bear"),
    known("Sunniva Tavelund"),
    known("Eskil Rangvald"),
    known("Marthe Quillon"),
    known("Ilmar Dzhuvek", "Ильмар Джувек"),
    known("Ida Orr"),
    known("Jean-Luc Saint-Denis"),
)
THINGS = (
    known("Quillon", person=False),
    known("Sabelvind", person=False),
    known("No More Sledges", person=False),
    known("Treaty of Port Sorrel", person=False),
    known("Port Sorrel", person=False),
    known("It", person=False),
    known("The Long Night of the White Bear in March", person=False),
)
INDEX = WordIndex((*PEOPLE, *THINGS))


def spans(text: str, index: WordIndex = INDEX) -> list[tuple[str, tuple[str, ...]]]:
    """Return the words of each name, and whom they may mean."""
    words = text.split()
    return [
        (" ".join(words[name.start : name.stop]), name.keys)
        for name in names_in_text(words, index, TOLD.__contains__, COMMON)
    ]


def one(text: str) -> tuple[str, ...]:
    ((_, keys),) = spans(text)
    return keys


# -- typed right ----------------------------------------------------------------------------------

FOUND = [
    ("when did Halvard Tavelund sail", [("Halvard Tavelund", ("Halvard Tavelund",))]),
    ("halvard tavelund", [("halvard tavelund", ("Halvard Tavelund",))]),
    ("Ильмар Джувек", [("Ильмар Джувек", ("Ilmar Dzhuvek",))]),
    ("rangvald and sabelvind", [("rangvald", ("Eskil Rangvald",)), ("sabelvind", ("Sabelvind",))]),
    ("the Old Bear", [("the Old Bear", ("Halvard Tavelund",))]),
    ("saint-denis sails", [("saint-denis", ("Jean-Luc Saint-Denis",))]),
]


@pytest.mark.parametrize(("text", "names"), FOUND, ids=[ascii(text) for text, _ in FOUND])
def test_names_are_found_in_order_among_other_words(
    text: str, names: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = [(words.removeprefix("the "), keys) for words, keys in spans(text)]
    assert found == [(words.removeprefix("the "), keys) for words, keys in names]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Marthe Quillon", "Marthe Quillon"),
        ("crew of Treaty of Port Sorrel", "Treaty of Port Sorrel"),
        ("Sunniva Tavelund", "Sunniva Tavelund"),
    ],
)
def test_a_longer_name_goes_before_a_shorter_one_within_it(text: str, key: str) -> None:
    assert one(text) == (key,)


def test_a_name_that_stands_alone_still_means_the_shorter_one() -> None:
    assert one("crew of Port Sorrel") == ("Port Sorrel",)


def test_a_shared_name_means_each_of_its_bearers() -> None:
    assert sorted(one("Tavelund married")) == ["Halvard Tavelund", "Sunniva Tavelund"]


def test_a_single_word_may_be_a_thing_or_a_surname() -> None:
    assert sorted(one("crew of Quillon")) == ["Marthe Quillon", "Quillon"]


@pytest.mark.parametrize(
    "text",
    [
        "Rangvald's crew",
        "Rangvald’s crew",
        "rangvald's",
        "RANGVALD'S CREW",
        "Eskil Rangvald's ship",
    ],
)
def test_a_possessive_is_the_name(text: str) -> None:
    assert one(text) == ("Eskil Rangvald",)


@pytest.mark.parametrize("text", ["who was Orr's crew", "WHO WAS ORR'S CREW", "WHO WAS ORR’S CREW"])
def test_a_possessive_of_a_short_name_is_the_name_too(text: str) -> None:
    assert one(text) == ("Ida Orr",)


@pytest.mark.parametrize("text", ["", "who was the", "crew married deported", "? ! —", "😀 …"])
def test_no_name_is_found_where_there_is_none(text: str) -> None:
    assert spans(text) == []


# -- common words ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["who was in No More Sledges", "no more sledges"])
def test_a_title_may_begin_with_common_words(text: str) -> None:
    assert one(text) == ("No More Sledges",)


@pytest.mark.parametrize("text", ["it", "who was it", "It was the crew", "no more", "No More"])
def test_common_words_alone_are_no_name(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("text", ["no more sledge-dogs", "more crew"])
def test_a_common_word_with_some_other_is_no_part_of_a_title(text: str) -> None:
    assert spans(text) == []


def test_a_name_does_not_take_the_common_word_beside_it() -> None:
    (found,) = names_in_text("when did Rangvald".split(), INDEX, TOLD.__contains__, COMMON)
    assert (found.start, found.stop) == (2, 3)


def test_a_common_word_is_no_slip_for_a_name() -> None:
    index = WordIndex([known("Ole Wenning")])
    assert spans("wening", index) == [("wening", ("Ole Wenning",))]
    assert names_in_text(["wening"], index, TOLD.__contains__, {"wening"}) == []


# -- first names and words of titles ---------------------------------------------------------------


def test_a_first_name_with_a_capital_is_its_bearer() -> None:
    assert one("when was Sunniva married") == ("Sunniva Tavelund",)


def test_a_first_name_in_small_letters_is_a_word() -> None:
    assert spans("when was sunniva married") == []


@pytest.mark.parametrize(
    ("bearers", "is_found"), [(MOST_OF_A_PART, True), (MOST_OF_A_PART + 1, False)]
)
def test_a_first_name_means_somebody_only_where_few_bear_it(bearers: int, is_found: bool) -> None:
    index = WordIndex(known(f"Ida {'Abcdefgh'[n]}oldvik") for n in range(bearers))
    assert len(spans("when was Ida married", index)) == is_found


def test_the_first_name_of_somebody_named_in_full_is_no_second_name() -> None:
    assert one("did Sunniva Tavelund sail when Sunniva married") == ("Sunniva Tavelund",)


def test_the_surname_of_somebody_else_beside_a_full_name_is_one() -> None:
    assert [keys for _, keys in spans("Sunniva Tavelund and Rangvald")] == [
        ("Sunniva Tavelund",),
        ("Eskil Rangvald",),
    ]


# -- slips ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("when was rangwald deported", "Eskil Rangvald"),
        ("when was eskil rangwald deported", "Eskil Rangvald"),
        ("when was Marthe Quilon married", "Marthe Quillon"),
        ("crew of sabelwind", "Sabelvind"),
        ("halvart tavelunt", "Halvard Tavelund"),
        ("dzhuvec's ship", "Ilmar Dzhuvek"),
    ],
)
def test_a_slip_is_forgiven(text: str, key: str) -> None:
    assert one(text) == (key,)


def test_a_misspelt_first_name_tells_who_of_one_surname_is_meant() -> None:
    assert one("when did Halvart Tavelund sail") == ("Halvard Tavelund",)


def test_a_word_that_is_told_is_no_slip() -> None:
    index = WordIndex([known("Ole Shipp"), known("Eva Weddinge")])
    assert spans("weddingg", index) == [("weddingg", ("Eva Weddinge",))]
    assert spans("wedding", index) == []


def test_a_short_word_is_no_slip() -> None:
    index = WordIndex([known("Ole Brann")])
    short = "bran"
    assert len(short) == LEAST_TO_GUESS - 1
    assert index.find(short).found  # so it is the length alone that speaks against it
    assert spans(short, index) == []


def test_a_misspelt_first_name_alone_means_nobody() -> None:
    assert spans("when was sunnivva married") == []


def test_a_slip_does_not_reach_over_a_name_that_is_typed_right() -> None:
    found = spans("Rangvald sabelwind")
    assert found == [("Rangvald", ("Eskil Rangvald",)), ("sabelwind", ("Sabelvind",))]


# -- bounds ---------------------------------------------------------------------------------------


class CountedIndex(WordIndex):
    """An index that keeps what it was asked with slips forgiven."""

    forgiven: tuple[str, ...] = ()

    def find(self, text: str, *, forgiving: bool = True) -> NameMatch:
        if forgiving:
            self.forgiven = (*self.forgiven, text)
        return super().find(text, forgiving=forgiving)


STRANGE = ["qwzzkx", "vbnmjh", "ploiuk", "xxcvfg", "hgjfkd", "zmxncb", "tyruei", "wqasdz"]


@pytest.mark.parametrize(("before", "is_found"), [(MOST_GUESSES - 1, True), (MOST_GUESSES, False)])
def test_only_a_few_strange_words_are_tried_as_slips(before: int, is_found: bool) -> None:
    strange = " the ".join(STRANGE[:before])
    assert len(spans(f"{strange} the rangwald")) == is_found


def test_the_work_for_slips_does_not_grow_with_the_text() -> None:
    index = CountedIndex((*PEOPLE, *THINGS))
    words = STRANGE * 4
    names_in_text(words, index, TOLD.__contains__, COMMON)
    assert 0 < len(index.forgiven) <= 3 * MOST_GUESSES


@pytest.mark.parametrize(("before", "is_found"), [(MOST_WORDS - 1, True), (MOST_WORDS, False)])
def test_names_are_looked_for_in_the_first_words_only(before: int, is_found: bool) -> None:
    assert len(spans("crew " * before + "Sabelvind")) == is_found


def test_a_name_of_the_greatest_length_is_found_whole() -> None:
    name = "Battle of the Nine Black Rocks of Sund"
    index = WordIndex([known(name, person=False), known("Eva Sund")])
    assert len(name.split()) == LONGEST_NAME
    assert spans(f"when was {name}", index) == [(name, (name,))]


def test_a_very_long_word_is_no_name() -> None:
    assert spans("sabelvind" * 500) == []


# -- for any words --------------------------------------------------------------------------------

LONG = [entity for entity in (*PEOPLE, *THINGS) if entity.key != "It"]
"""Every name that is no common word."""

pieces = st.sampled_from(
    "Halvard Tavelund tavelunt Sunniva Eskil rangwald Rangvald's Quillon Port Sorrel Treaty of the"
    " No More Sledges It it saint-denis Ильмар qwzzkx — 😀 wedding 1893".split()
)


@given(st.lists(pieces | st.text(max_size=12), max_size=50))
def test_names_come_in_order_none_over_another_and_within_the_text(words: list[str]) -> None:
    found = names_in_text(words, INDEX, TOLD.__contains__, COMMON)
    edges = [edge for name in found for edge in (name.start, name.stop)]
    assert edges == sorted(edges)
    assert all(0 <= name.start < name.stop <= min(len(words), MOST_WORDS) for name in found)
    assert all(name.keys for name in found)


@given(st.sampled_from(LONG), st.lists(st.sampled_from(sorted(TOLD)), max_size=3))
def test_every_whole_name_is_found_whatever_stands_before_it(
    entity: KnownName, before: list[str]
) -> None:
    name = entity.names[0]
    words = [*before, *name.split()]
    found = names_in_text(words, INDEX, TOLD.__contains__, COMMON)
    assert any(entity.key in one_found.keys for one_found in found)
