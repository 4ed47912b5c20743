"""/when, typed and in plain words: the date of what happened, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Heading, Note, Outcome, Reply

Ask = Callable[..., Reply]


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


def headings(reply: Reply) -> list[tuple[str, str]]:
    return [(part.text, part.detail) for part in reply.parts if isinstance(part, Heading)]


# -- an event by its words ------------------------------------------------------------------------

HAPPENED = [
    ("the Norrvik Geographical Circle was founded", "circle-founded", "2 April 1869"),
    ("Norrvik Circle founded", "circle-founded", "2 April 1869"),
    # a thing named alone is asked for its own date
    ("Treaty of Port Sorrel", "treaty-signed", "23 November 1874"),
    ("Trial of the Mutineers", "trial", "19–30 June 1899"),
    # by other words of one sense, and of one stem
    ("Eskil Rangvald was hanged", "execution", "14 August 1899"),
    ("Eskil Rangvald was executed", "execution", "14 August 1899"),
    ("rangvald hanged", "execution", "14 August 1899"),
    ("Halvard Tavelund wed Sunniva Tavelund", "wedding", "9 September 1880"),
    ("Oddny Kverne published The White Meridian", "novel-published", "30 October 1921"),
    # without any name
    ("the keel was laid", "keel-laid", "1892"),
    ("the mizzen mast was lost", "mast-lost", "May 1894"),
    # every shape of a date
    ("the Sabelvind was sold for timber", "sabelvind-sold", "October 1903"),
    ("the sealers built the huts", "sealers-huts", "1780s"),
    ("the first charts were drawn", "charts", "1600s"),
    ("the Ice Songs were sung", "ice-songs", "101 BC"),
    ("Ytha Morrane sighted the ice wall", "ice-wall", "15 October 70 BC"),
    ("the last beacon went out", "last-beacon", "15 March 44 BC"),
    ("the letters of the winter camp were written", "letters-by", "by 11 November 1894"),
    ("the first whales were seen", "whales", "about 2 October 1897"),
    ("the rudder was mended", "rudder-mended", "before 30 April 1898"),
    ("the coast of Vellmark came in sight", "coast-sighted", "after 2 May 1898"),
    ("the plates of Bexley Storr were shown", "exhibition", "from 20 January 1899"),
    ("the midwinter feast", "midwinter-feast", "25 December 1894"),
    ("Marthe Quillon surveyed Brannoy Island", "survey", "1907–1909"),
]


@pytest.mark.parametrize(("query", "event", "title"), HAPPENED, ids=[one[0] for one in HAPPENED])
def test_the_event_is_told_with_its_date(polar: Ask, query: str, event: str, title: str) -> None:
    reply = polar(f"/when {query}")
    assert (reply.command, reply.outcome) == ("when", Outcome.FOUND)
    assert (ids(reply)[0], reply.items[0].label, reply.title) == (event, title, title)
    assert reply.items[0].citation


def test_an_old_style_date_says_todays_beside_it(polar: Ask) -> None:
    (item, *_) = polar("/when the midwinter feast").items
    assert "6 January 1895" in item.remark


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("the Sabelvind was sold for timber", "gives the month, and no day"),
        ("the keel was laid", "gives the year, and no day"),
        ("the sealers built the huts", "says no more of when it was"),
        ("the first charts of the Vellmark coast", "says no more of when it was"),
    ],
)
def test_where_the_source_gives_no_day_it_is_said(polar: Ask, query: str, words: str) -> None:
    assert words in said(polar(f"/when {query}"))


def test_where_the_source_gives_a_day_nothing_is_said_of_it(polar: Ask) -> None:
    assert said(polar("/when Eskil Rangvald was hanged")) == ""


@pytest.mark.parametrize(
    ("query", "event"),
    [
        ("the Sabelvind sailed in 1893", "departure"),
        ("Halvard Tavelund travelled in 1896", "eight-days-march"),
        ("ice 1893", "first-ice"),
    ],
)
def test_a_year_narrows_down(polar: Ask, query: str, event: str) -> None:
    assert ids(polar(f"/when {query}"))[0] == event


NEVER = [
    "Halvard Tavelund was hanged",
    "Marthe Quillon was executed",
    "the Sabelvind sank",
    "the zeppelin exploded",
    "Oddny Kverne married",
    "Zzyzx",
    "飛行船",
    "Eskil Rangvald was hanged in 1895",
]


@pytest.mark.parametrize("query", NEVER)
def test_what_is_not_told_has_no_date_and_no_near_miss_is_its_answer(
    polar: Ask, query: str
) -> None:
    reply = polar(f"/when {query}")
    assert (reply.command, reply.outcome, reply.title) == ("when", Outcome.NOT_FOUND, None)
    assert "doesn't tell that" in said(reply)
    assert (reply.items == ()) == ("Nearest to it:" not in said(reply))


def test_several_that_answer_as_well_are_told_but_not_more_than_four(
    made: Callable[..., Ask],
) -> None:
    ask = made(
        one="\n".join(
            f'[[event]]\ndate = "{1900 + n}-05-01"\ntext = "The lantern of Aldby is lit."'
            for n in range(9)
        )
    )
    reply = ask("/when the lantern of Aldby was lit")
    assert reply.outcome is Outcome.FOUND
    assert 2 <= len(reply.items) <= 4


def test_a_year_in_what_is_said_of_a_thing_is_an_answer(made: Callable[..., Ask]) -> None:
    work = '[[entity]]\nid = "{}"\nkind = "work"\nname = "{}"\ndescription = "{}"\n'
    ask = made(
        one=work.format("song", "Lantern Song", "A song of 1934 about a lighthouse.")
        + work.format("tale", "Winter Tale", "A tale about a keeper.")
    )
    assert ids(ask("/when Lantern Song")) == ["song"]
    assert ask("/when Winter Tale").outcome is Outcome.NOT_FOUND


# -- a birth or a death ---------------------------------------------------------------------------

LIVES = [
    ("Halvard Tavelund was born", "tavelund-born", "29 February 1848"),
    ("Halvard Tavelund's birth", "tavelund-born", "29 February 1848"),
    ("birth of halvard tavelunt", "tavelund-born", "29 February 1848"),
    ("the Old Bear died", "tavelund-dies", "17 March 1912"),
    ("death of Halvard Tavelund", "tavelund-dies", "17 March 1912"),
    # an execution is a death
    ("Eskil Rangvald died", "execution", "14 August 1899"),
    # told apart from another one of the name
    ("Osric Venn the surgeon died", "surgeon-dies", "2 December 1889"),
]


@pytest.mark.parametrize(("query", "event", "date"), LIVES, ids=[one[0] for one in LIVES])
def test_a_birth_or_death_is_told_by_its_event(
    polar: Ask, query: str, event: str, date: str
) -> None:
    reply = polar(f"/when {query}")
    assert (reply.command, reply.outcome) == ("when", Outcome.FOUND)
    assert (ids(reply), reply.items[0].label) == ([event], date)


BY_ENTRY = [
    ("Sunniva Tavelund was born", "Sunniva Tavelund", "born 1855"),
    ("Marthe Quillon was born", "Marthe Quillon", "born 1859"),
    ("Marthe Quillon died", "Marthe Quillon", "died 1937"),
    ("Ytha Morrane was born", "Ytha Morrane", "born 95 BC"),
    ("Ytha Morrane died", "Ytha Morrane", "died 12 BC"),
]


@pytest.mark.parametrize(("query", "name", "dates"), BY_ENTRY, ids=[one[0] for one in BY_ENTRY])
def test_without_an_event_the_entry_says_it(polar: Ask, query: str, name: str, dates: str) -> None:
    reply = polar(f"/when {query}")
    assert (reply.command, reply.outcome, reply.title) == ("when", Outcome.FOUND, name)
    assert headings(reply) == [(name, dates)]
    assert [item.label for item in reply.items] == [""]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Sunniva Tavelund died", "Sunniva Tavelund"),
        ("Eskil Rangvald was born", "Eskil Rangvald"),
        ("Oddny Kverne was born", "Oddny Kverne"),
        ("Ilmar Dzhuvek died", "Ilmar Dzhuvek"),
    ],
)
def test_an_unknown_birth_or_death_is_not_that_of_somebody_else(
    polar: Ask, query: str, name: str
) -> None:
    reply = polar(f"/when {query}")
    assert (reply.command, reply.outcome, reply.items) == ("when", Outcome.NOT_FOUND, ())
    assert list(reply.choices) == [name]


def test_of_two_who_share_a_name_both_births_are_told(polar: Ask) -> None:
    reply = polar("/when Osric Venn was born")
    assert (reply.outcome, ids(reply)) == (Outcome.FOUND, ["surgeon-born", "carpenter-born"])


def test_of_two_who_share_a_name_the_one_who_died_is_told(polar: Ask) -> None:
    assert ids(polar("/when Osric Venn died")) == ["surgeon-dies"]


def test_one_person_of_two_packs_is_told_from_both(made: Callable[..., Ask]) -> None:
    birth = (
        '[[entity]]\nkind = "person"\nname = "Ida Holmqvarn"\n'
        '[[event]]\nid = "birth"\ndate = "1850-0{}-01"\nkind = "birth"\n'
        'text = "Ida Holmqvarn is born."\npeople = ["Ida Holmqvarn"]\n'
    )
    reply = made(left=birth.format(1), right=birth.format(2))("/when Ida Holmqvarn was born")
    assert {item.id for item in reply.items} == {"left/birth", "right/birth"}


FAMILY = """
[[entity]]
kind = "person"
name = "Ida Holm"
died = "1930"
[[entity]]
kind = "person"
name = "Ole Berg"
[[event]]
id = "son-born"
date = "1901-02-03"
kind = "birth"
text = "Ole Berg is born to Ida Holm."
people = ["Ole Berg", "Ida Holm"]
[[event]]
id = "attempt"
date = "1925-02-03"
kind = "assassination"
text = "Ida Holm lives through a shot at her."
people = ["Ida Holm"]
[[event]]
id = "murder"
date = "1926-02-03"
kind = "murder"
text = "Ole Berg is killed on the order of Ida Holm."
people = ["Ole Berg", "Ida Holm"]
"""


def test_a_birth_is_the_childs_and_not_the_mothers(made: Callable[..., Ask]) -> None:
    ask = made(one=FAMILY)
    assert ids(ask("/when Ole Berg was born")) == ["son-born"]
    assert ask("/when Ida Holm was born").outcome is Outcome.NOT_FOUND
    assert ask("/when Ida Holm was born").items == ()


def test_a_killing_is_no_death_of_who_ordered_or_outlived_it(made: Callable[..., Ask]) -> None:
    ask = made(one=FAMILY)
    assert headings(ask("/when Ida Holm died")) == [("Ida Holm", "died 1930")]
    assert ids(ask("/when Ole Berg died")) == ["murder"]


# -- odd input ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/when", "/when   ", '/when ""', "/when query:"])
def test_without_words_it_asks_for_them(polar: Ask, typed: str) -> None:
    reply = polar(typed)
    assert (reply.command, reply.outcome, reply.items) == ("when", Outcome.INVALID, ())


@pytest.mark.parametrize(
    "query", ["???", "!", "the", "was", "👍", "of the of", '"', "*", "OR", "a" * 900], ids=ascii
)
def test_words_that_say_nothing_find_nothing(polar: Ask, query: str) -> None:
    reply = polar(f"/when {query}")
    assert reply.command == "when"
    assert reply.outcome in (Outcome.INVALID, Outcome.NOT_FOUND)
    assert reply.items == ()


@pytest.mark.parametrize(
    "query",
    [
        'the "keel" was laid',
        "the keel* was laid",
        "(keel) ^laid",
        "keel, laid!",
        "the KEEL was LAID?",
        "the keel\twas\u00a0laid",
        "keel -- laid; '",
    ],
    ids=ascii,
)
def test_nothing_that_is_typed_is_syntax(polar: Ask, query: str) -> None:
    assert ids(polar(f"/when {query}"))[:1] == ["keel-laid"]


def test_an_empty_library_tells_nothing(made: Callable[..., Ask]) -> None:
    reply = made(empty='[pack]\ntitle = "Nothing"')("/when Ida Holm was born")
    assert (reply.command, reply.outcome, reply.items) == ("when", Outcome.NOT_FOUND, ())


# -- in plain words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [
        "when was {} born",
        "When was {} born?",
        "WHEN WAS {} BORN??",
        "when {} was born",
        "and when was {} born?",
        "what year was {} born",
        "in what year was {} born?",
        "in which year was {} born?",
        "on what day was {} born?",
        "which day was {} born",
        "{}'s birthday",
        "{}’s birthday",
        "{}'s date of birth",
        "{} birth date",
        "the date of the birth of {}",
        "what is the date of birth of {}",
        "what was {}'s date of birth",
        "when is {}'s birthday?",
        "can you tell me when {} was born?",
        "do you know when {} was born",
        "hey, when was {} born please",
    ],
)
def test_a_birth_is_asked_for_in_plain_words(polar: Ask, shape: str) -> None:
    reply = polar(shape.format("Halvard Tavelund"))
    assert (reply.command, reply.outcome) == ("when", Outcome.FOUND)
    assert ids(reply) == ["tavelund-born"]


@pytest.mark.parametrize(
    "shape",
    [
        "when did {} die",
        "when did {} die?",
        "what year did {} die",
        "in which year did {} die?",
        "{}'s date of death",
        "{} death date",
        "the date of the death of {}",
        "when was the death of {}",
    ],
)
def test_a_death_is_asked_for_in_plain_words(polar: Ask, shape: str) -> None:
    reply = polar(shape.format("Halvard Tavelund"))
    assert (reply.command, ids(reply)) == ("when", ["tavelund-dies"])


@pytest.mark.parametrize(
    ("asked", "event"),
    [
        ("when was the Norrvik Geographical Circle founded?", "circle-founded"),
        ("what year was the keel laid", "keel-laid"),
        ("when did the Sabelvind lose her mizzen mast?", "mast-lost"),
        ("what date was the Treaty of Port Sorrel", "treaty-signed"),
        ("the date of the Treaty of Port Sorrel", "treaty-signed"),
        ("Treaty of Port Sorrel date", "treaty-signed"),
        ("when exactly was Eskil Rangvald hanged", "execution"),
        ("how long ago was the keel laid", "keel-laid"),
        ("when's the midwinter feast", "midwinter-feast"),
        ("so when was the Sabelvind sold for timber", "sabelvind-sold"),
    ],
)
def test_an_event_is_asked_for_in_plain_words(polar: Ask, asked: str, event: str) -> None:
    reply = polar(asked)
    assert (reply.command, reply.outcome, ids(reply)[0]) == ("when", Outcome.FOUND, event)


@pytest.mark.parametrize("asked", ["when?", "when", "when was", "when is it", "when will it end"])
def test_when_without_anything_is_no_question_for_a_date(polar: Ask, asked: str) -> None:
    reply = polar(asked)
    assert reply.outcome is not Outcome.FOUND
    assert reply.items == ()


def test_somebody_unknown_has_nobody_elses_birth_or_death(polar: Ask) -> None:
    for asked in ("when was Napoleon born", "when did Napoleon Bonaparte die?"):
        assert polar(asked).items == ()
        assert polar(asked).outcome is not Outcome.FOUND
