"""English as questions use it: its tables hold together, and nouns and slips mean what they say."""

from __future__ import annotations

import ast
import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vocabulary import senses
from bot.vocabulary.common_words import COMMON
from bot.vocabulary.relation_words import OTHER_SIDE, relation_kinds
from bot.vocabulary.senses import BY_WORD, PHRASES, SENSES, known_word
from bot.vocabulary.slips import LEAST_TO_FORGIVE
from bot.vocabulary.works import MAKERS, SORTS_OF_WORK, SUBJECTS, WORKS
from knowledge.names import fold

NO_OTHERS: frozenset[str] = frozenset()


# -- the tables -----------------------------------------------------------------------------------


def lists_of_words() -> list[str]:
    """Return, as the file writes them, the lists of words that are given to `_sense`."""
    tree = ast.parse(Path(str(senses.__file__)).read_text("utf-8"))
    return [
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_sense"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def test_no_word_stands_twice_in_a_sense() -> None:
    lists = [words.split() for words in lists_of_words()]
    assert len(lists) > len(SENSES)
    assert [words for words in lists if len(words) > len(set(words))] == []


def test_no_two_senses_are_the_same() -> None:
    assert [one.words for one, other in combinations(SENSES, 2) if one == other] == []


def test_no_sense_lies_within_another_that_says_as_much() -> None:
    idle = [
        sorted(one.words)
        for one in SENSES
        for other in SENSES
        if one is not other
        and one.words < other.words
        and not (one.kinds - other.kinds or one.agents or one.patients)
    ]
    assert idle == []


def test_words_of_senses_are_written_as_questions_are_folded() -> None:
    """A hyphen or a capital would keep a word from ever being found."""
    assert [word for word in BY_WORD if fold(word) != word or " " in word] == []


def test_common_words_are_written_as_questions_are_folded() -> None:
    assert [word for word in COMMON if fold(word) != word or " " in word] == []


def test_every_word_leads_to_each_of_its_senses() -> None:
    assert {word for sense in SENSES for word in sense.words} == set(BY_WORD)
    for sense in SENSES:
        assert all(sense in BY_WORD[word] for word in sense.words)


@pytest.mark.parametrize(("word", "least"), [("founder", 2), ("raid", 2), ("march", 1)])
def test_a_word_may_have_several_senses(word: str, least: int) -> None:
    assert len(BY_WORD[word]) >= least


def test_no_sense_has_nothing_but_words_that_only_ask() -> None:
    assert [sense.words for sense in SENSES if sense.words <= COMMON] == []


def test_kinds_of_events_are_lower_case_words() -> None:
    kinds = {kind for sense in SENSES for kind in sense.kinds}
    assert [kind for kind in kinds if not re.fullmatch("[a-z]+", kind)] == []


def relation_words() -> set[str]:
    """Return every kind of relation that the tables name."""
    of_senses = {kind for sense in SENSES for kind in (*sense.agents, *sense.patients)}
    sides = {kind for one, others in OTHER_SIDE.items() for kind in (one, *others)}
    return of_senses | sides | {*MAKERS, *WORKS, *SUBJECTS}


def test_kinds_of_relations_are_lower_case_words() -> None:
    assert [kind for kind in relation_words() if not re.fullmatch("[a-z]+(-[a-z]+)*", kind)] == []


def test_sorts_of_works_say_themselves() -> None:
    for sort, words in SORTS_OF_WORK.items():
        assert fold(sort) == sort
        assert sort in words or f"{sort}s" in words or sort.removesuffix("s") in words


# -- phrases --------------------------------------------------------------------------------------

OF_TEXTS = {"New York City", "childhood"}
"""What phrases stand for that no sense holds: texts say it by these words."""


def test_every_phrase_stands_for_what_can_be_looked_for() -> None:
    idle = {
        phrase: meant
        for phrase, meant in PHRASES.items()
        if meant not in OF_TEXTS
        and not any(word in BY_WORD and word not in COMMON for word in meant.split())
    }
    assert idle == {}


def test_phrases_are_several_plain_words_in_lower_case() -> None:
    odd = [phrase for phrase in PHRASES if not re.fullmatch("[a-z]+( [a-z]+)+", phrase)]
    assert odd == []


def test_no_phrase_stands_for_what_is_another_phrase() -> None:
    """Phrases are put in once: what they stand for is read as it is."""
    meant = [words.casefold() for words in PHRASES.values()]
    assert [phrase for phrase in PHRASES if any(phrase in words for words in meant)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("came out", "comes out"),
        ("fall out", "fell out"),
        ("step down", "stepped down"),
        ("pass away", "passed away"),
        ("take over", "took over"),
        ("get away", "got away"),
        ("burnt down", "burned down"),
        ("break up", "broke up"),
    ],
)
def test_a_phrase_means_the_same_in_every_tense(one: str, other: str) -> None:
    senses = [BY_WORD[PHRASES[phrase]] for phrase in (one, other)]
    assert set(senses[0]) & set(senses[1])


# -- what a noun is to somebody -------------------------------------------------------------------

RELATIONS = [
    ("wife", {"wife"}),
    ("Wife", {"wife"}),
    ("husband", {"husband"}),
    ("dad", {"father"}),
    ("mum", {"mother"}),
    ("parents", {"father", "mother", "parent"}),
    ("child", {"son", "daughter", "child"}),
    ("spouse", {"wife", "husband", "spouse"}),
    ("writer", {"author", "co-author", "creator"}),
    # several
    ("wives", {"wife"}),
    ("sons", {"son"}),
    ("daughters", {"daughter"}),
    ("children", {"son", "daughter", "child"}),
    ("kids", {"son", "daughter", "child"}),
    ("grandchildren", {"grandson", "granddaughter", "grandchild"}),
    ("enemies", {"enemy", "rival", "opponent"}),
    ("allies", {"ally", "friend", "collaborator"}),
    ("nieces", {"niece"}),
    ("bosses", {"superior", "leader", "head"}),
    ("heirs", {"successor", "heir"}),
    # what stands before
    ("first wife", {"wife"}),
    ("second husband", {"husband"}),
    ("two sons", {"son"}),
    ("last wife", {"wife"}),
    ("own late father", {"father"}),
    ("Eldest Daughter", {"daughter"}),
    ("best friend", {"friend", "ally"}),
    # misspelt, in words long enough
    ("husbnad", {"husband"}),
    ("grandfahter", {"grandfather"}),
    ("daugther", {"daughter"}),
    ("assasin", {"assassin", "killer", "murderer"}),
    ("sucessor", {"successor", "heir"}),
    ("first husbend", {"husband"}),
]


@pytest.mark.parametrize(("noun", "kinds"), RELATIONS, ids=[noun for noun, _ in RELATIONS])
def test_a_noun_names_kinds_of_relations(noun: str, kinds: set[str]) -> None:
    assert set(relation_kinds(noun, NO_OTHERS)) == kinds


NONE = [
    "",
    " ",
    "first",
    "late former own",
    "bicycle",
    "s",
    "ss",
    "wief",
    "husbn",
    "sno",
    "husbandry of bees",
    "wife and dog",
    "?",
    "wife?",
    "жена",
    "childhoods",
    "wife " * 500,
    "x" * 10_000,
]


@pytest.mark.parametrize("noun", NONE, ids=lambda noun: ascii(noun[:20]))
def test_another_noun_names_none(noun: str) -> None:
    assert relation_kinds(noun, NO_OTHERS) == ()


OF_A_LIBRARY = [
    ("stoker", {"stoker"}, ("stoker",)),
    ("stokers", {"stoker"}, ("stoker",)),
    ("Stoker", {"stoker"}, ("stoker",)),
    ("second stoker", {"stoker"}, ("stoker",)),
    ("cabin boy", {"cabin boy"}, ("cabin boy",)),
    ("cabin boys", {"cabin boy"}, ("cabin boy",)),
    ("first mate", {"first mate"}, ("first mate",)),
    ("first mate", {"mate"}, ("mate",)),
    ("first mates", {"first mate"}, ("first mate",)),
    ("chief", {"chief"}, ("chief",)),
    ("boss", {"boss"}, ("superior", "leader", "head", "boss")),
    ("relations", {"relations"}, ("relations",)),
    ("secretaries", {"secretary"}, ("secretary",)),
    ("witnesses", {"witness"}, ("witness",)),
    ("brother in law", {"brother-in-law"}, ("brother-in-law",)),
    ("brother-in-law", {"brother-in-law"}, ("brother-in-law",)),
    ("sister in law", {"sister-in-law"}, ("sister-in-law",)),
    ("father in law", {"father-in-law"}, ("father-in-law",)),
    ("brothers-in-law", {"brother-in-law"}, ("brother-in-law",)),
    ("stoker", {"cook"}, ()),
]


@pytest.mark.parametrize(
    ("noun", "known", "kinds"),
    OF_A_LIBRARY,
    ids=[f"{noun} of {sorted(known)}" for noun, known, _ in OF_A_LIBRARY],
)
def test_a_kind_that_only_this_library_has_is_named_by_its_own_words(
    noun: str, known: set[str], kinds: tuple[str, ...]
) -> None:
    assert relation_kinds(noun, frozenset(known)) == kinds


@pytest.mark.parametrize("kind", sorted(OTHER_SIDE))
def test_every_kind_with_another_side_is_named_by_its_own_word(kind: str) -> None:
    assert kind in relation_kinds(kind, NO_OTHERS)


PAIRS = [
    ("husband", "wife"),
    ("father", "son"),
    ("mother", "daughter"),
    ("parent", "child"),
    ("grandmother", "grandson"),
    ("grandfather", "granddaughter"),
    ("uncle", "niece"),
    ("aunt", "nephew"),
    ("brother", "sister"),
    ("teacher", "pupil"),
    ("teacher", "student"),
    ("host", "guest"),
    ("predecessor", "successor"),
    ("friend", "friend"),
    ("cousin", "cousin"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_other_side_of_a_pair_is_told_both_ways(one: str, other: str) -> None:
    assert other in OTHER_SIDE[one]
    assert one in OTHER_SIDE[other]


@given(st.text(max_size=30))
def test_a_kind_of_relation_may_be_any_text(noun: str) -> None:
    folded = " ".join(noun.casefold().split())
    assert not folded or folded in relation_kinds(noun, frozenset({folded}))


@given(st.text(max_size=30))
def test_what_a_library_has_beside_takes_nothing_away(noun: str) -> None:
    assert set(relation_kinds(noun, NO_OTHERS)) <= set(relation_kinds(noun, frozenset({"stoker"})))


# -- slips ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("maried", "married"),
        ("marriaged", "marriage"),
        ("assasinated", "assassinated"),
        ("assassinatd", "assassinated"),
        ("recieved", "received"),
        ("foundde", "founded"),
        ("deporrted", "deported"),
        ("publisched", "published"),
    ],
)
def test_a_likely_slip_is_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert set(BY_WORD[known_word(typed)]) & set(BY_WORD[meant])


def test_a_word_that_is_known_is_no_slip() -> None:
    assert [word for word in BY_WORD if known_word(word) != word] == []


@pytest.mark.parametrize("typed", ["bron", "deid", "kiled", "wnis"])
def test_a_short_word_is_left_as_it_is(typed: str) -> None:
    assert len(typed) < LEAST_TO_FORGIVE
    assert known_word(typed) == typed


@pytest.mark.parametrize(
    "typed",
    ["", "herring", "harbour", "xylophone", "qqqqqqqq", "женился", "x" * 10_000, "12345678"],
)
def test_what_is_near_no_word_is_left_as_it_is(typed: str) -> None:
    assert known_word(typed) == typed


@pytest.mark.parametrize(
    "word",
    "winter singer dancer father mother letter planet funded vanished bottle reader prayed".split(),
)
def test_another_english_word_is_no_slip(word: str) -> None:
    """Who funded it isn't who founded it, and a bottle is no battle."""
    assert known_word(word) == word
