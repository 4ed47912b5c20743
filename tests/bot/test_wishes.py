"""What a question asks for: when, whom, and in which words, without the words that only ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.command import Request
from bot.vocabulary.common_words import COMMON
from bot.wishes import MOST_WISHES, Wishes, read_wishes
from knowledge.build import build_in_memory
from knowledge.calendars import Calendar, day_number
from knowledge.dates import Order as DateOrder
from knowledge.finder import Order, Wish
from knowledge.library import open_library
from knowledge.packs.loader import load_pack
from knowledge.store import Store

TODAY = date(2026, 8, 21)

FJORD = """\
[[entity]]
id = "ida"
kind = "person"
name = "Ida Holm"

[[entity]]
id = "olaf"
kind = "person"
name = "Olaf Berg"

[[entity]]
id = "eva"
kind = "person"
name = "Eva Berg"

[[entity]]
id = "kelda"
kind = "ship"
name = "Kelda"

[[entity]]
id = "peace"
kind = "treaty"
name = "Treaty of Sund"

[[entity]]
id = "year"
kind = "work"
name = "1893"

[[entity]]
id = "night"
kind = "work"
name = "No More Nights"

[[event]]
date = "1893-06-14"
kind = "journey"
text = "The Kelda sails up the fjord with a cargo of herring, and a brass band plays a waltz."

[[event]]
date = "1895-03-17"
text = "A glacier, an avalanche, a comet, an eclipse, a whale, a walrus and a lighthouse are drawn."
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packs") / "fjord.toml"
    path.write_text(FJORD, "utf-8")
    return path


@pytest.fixture(scope="module")
def store(pack: Path) -> Store:
    return open_library([pack], None)


def read(store: Store, text: str, order: DateOrder = DateOrder.DAY_FIRST) -> Wishes:
    return read_wishes(text, Request(TODAY, text=text, order=order), store)


def wish_for(asked: Wishes, word: str) -> Wish:
    (wish,) = (wish for wish in asked.wishes if wish.words == (word,))
    return wish


def names(asked: Wishes) -> list[list[str]]:
    return [[entity.key.partition("/")[2] for entity in group] for group in asked.names]


# -- when -----------------------------------------------------------------------------------------


def days(first: tuple[int, int, int], last: tuple[int, int, int]) -> tuple[int, int]:
    one, other = (day_number(*numbers, Calendar.GREGORIAN) for numbers in (first, last))
    return one, other


def years(first: int, last: int) -> tuple[int, int]:
    return days((first, 1, 1), (last, 12, 31))


MARCH_1895 = days((1895, 3, 1), (1895, 3, 31))
THIRD = days((1895, 3, 3), (1895, 3, 3))
SEVENTEENTH = days((1895, 3, 17), (1895, 3, 17))

DATES = [
    ("did the Kelda sail in 1893", years(1893, 1893)),
    ("1893 herring", years(1893, 1893)),
    ("the 1893 herring", years(1893, 1893)),
    ("herring in March 1895", MARCH_1895),
    ("herring in march of 1895", MARCH_1895),
    ("herring on 17 March 1895", SEVENTEENTH),
    ("herring on March 17, 1895", SEVENTEENTH),
    ("herring on March 17th, 1895 at sea", SEVENTEENTH),
    ("herring on the 17th of March 1895", SEVENTEENTH),
    ("herring on 1895-03-17", SEVENTEENTH),
    ("herring on 17.3.1895", SEVENTEENTH),
    ("herring on 17/3/1895", SEVENTEENTH),
    ("herring on 3rd March 1895", THIRD),
    ("herring on the 3rd of March 1895", THIRD),
    ("herring on March 3rd, 1895", THIRD),
    ("herring on 1st June 1893", days((1893, 6, 1), (1893, 6, 1))),
    # from one to another
    ("herring between 1893 and 1896", years(1893, 1896)),
    ("herring from 1893 to 1896", years(1893, 1896)),
    ("herring 1893-1896", years(1893, 1896)),
    ("herring 1893–1896", years(1893, 1896)),
    ("herring in 1893-96", years(1893, 1896)),
    ("herring between 1896 and 1893", years(1893, 1896)),
    ("herring between March 1893 and May 1896", days((1893, 3, 1), (1896, 5, 31))),
    ("herring from 14 June 1893 to 2 May 1896", days((1893, 6, 14), (1896, 5, 2))),
    # decades and centuries
    ("herring in the 1890s", years(1890, 1899)),
    ("herring in the 20s", years(1920, 1929)),
    ("herring in the '20s", years(1920, 1929)),
    ("herring in the ’90s", years(1990, 1999)),
    ("herring in the 19th century", years(1801, 1900)),
    # long ago
    ("herring in 44 BC", years(-43, -43)),
    ("herring in AD 79", years(79, 79)),
]


@pytest.mark.parametrize(("text", "span"), DATES, ids=[ascii(text) for text, _ in DATES])
def test_a_date_within_a_question_is_when(store: Store, text: str, span: tuple[int, int]) -> None:
    assert read(store, text).span == span


@pytest.mark.parametrize(("text", "span"), DATES, ids=[ascii(text) for text, _ in DATES])
def test_the_words_of_a_date_are_no_words_that_are_looked_for(
    store: Store, text: str, span: tuple[int, int]
) -> None:
    assert set(read(store, text).words) <= {"herring", "sail", "sea"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "herring",
        "herring in March",  # of any year
        "herring on 17 March",
        "herring on Friday",
        "5 herrings",
        "herring on 1893000000000000000000",
    ],
)
def test_what_names_no_year_is_no_span(store: Store, text: str) -> None:
    assert read(store, text).span is None


def test_numbers_are_read_in_the_order_of_the_chat(store: Store) -> None:
    may, march = (days((1895, *day), (1895, *day)) for day in ((5, 3), (3, 5)))
    assert read(store, "herring on 3/5/1895", DateOrder.DAY_FIRST).span == may
    assert read(store, "herring on 3/5/1895", DateOrder.MONTH_FIRST).span == march


def test_a_year_goes_before_a_book_that_is_called_so(store: Store) -> None:
    asked = read(store, "herring in 1893")
    assert asked.span == years(1893, 1893)
    assert names(asked) == []


# -- whom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("when did Ida Holm sail", [["ida"]]),
        ("when did ida holm sail", [["ida"]]),
        ("Ida Holm's herring", [["ida"]]),
        ("Ida Holm and the Kelda", [["ida"], ["kelda"]]),
        ("the Kelda and Ida Holm", [["kelda"], ["ida"]]),
        ("what about Olaf Berk", [["olaf"]]),
        ("when was the Treaty of Sund signed", [["peace"]]),
        ("who wrote No More Nights", [["night"]]),
        ("when did they sail", []),
    ],
)
def test_names_are_told_in_the_order_of_the_question(
    store: Store, text: str, keys: list[list[str]]
) -> None:
    assert names(read(store, text)) == keys


def test_a_shared_name_is_one_name_that_may_mean_each(store: Store) -> None:
    asked = read(store, "when did Berg sail")
    assert [sorted(group) for group in names(asked)] == [["eva", "olaf"]]
    (wish,) = (wish for wish in asked.wishes if wish.keys)
    assert set(wish.keys) == {"fjord/olaf", "fjord/eva"}


def test_a_person_is_required_and_a_thing_is_not(store: Store) -> None:
    person, thing, _ = read(store, "did Ida Holm sail on the Kelda").wishes
    assert (person.keys, person.required) == (("fjord/ida",), True)
    assert (thing.keys, thing.required) == (("fjord/kelda",), False)


def test_a_thing_may_be_named_by_its_words_without_those_that_only_join(store: Store) -> None:
    (wish,) = read(store, "the Treaty of Sund").wishes
    assert wish.words == ("treaty", "sund")


def test_the_words_of_a_name_are_no_words_that_are_looked_for(store: Store) -> None:
    assert read(store, "what herring did Ida Holm waltz").words == ("herring", "waltz")


def test_all_that_the_names_may_mean_is_told_together(store: Store) -> None:
    asked = read(store, "Berg and Ida Holm")
    assert sorted(entity.key for entity in asked.entities) == [
        "fjord/eva",
        "fjord/ida",
        "fjord/olaf",
    ]


# -- in which words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what was the herring that they had", ("herring",)),
        ("When did the WHALE and the Walrus come?", ("whale", "walrus")),
        ("whale whale WHALE", ("whale",)),
        ("who, what, when and where", ()),
        ("???", ()),
        ("", ()),
        (" \t\n", ()),
        ("“whale”, (walrus); herring!", ("whale", "walrus", "herring")),
    ],
)
def test_words_that_only_ask_are_left_out(store: Store, text: str, words: tuple[str, ...]) -> None:
    assert read(store, text).words == words


@pytest.mark.parametrize("word", ["who", "what", "was", "did", "the", "please", "happened", "ever"])
def test_a_word_that_only_asks_is_no_wish(store: Store, word: str) -> None:
    assert word in COMMON
    assert read(store, f"{word} {word.title()} {word.upper()}") == Wishes()


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("when did the waltz come out", "published"),
        ("when the waltz CAME OUT", "published"),
        ("who was thrown out of the band", "expelled"),
        ("when was he put to death", "executed"),
        ("when did she pass away", "died"),
        ("who took the place of the band", "succeeded"),
        ("when did they tie the knot", "married"),
        ("when did they tıe the knot", "married"),
        ("who was drİven out of the band", "expelled"),
    ],
)
def test_words_that_say_something_together_are_one_word(
    store: Store, phrase: str, word: str
) -> None:
    asked = read(store, phrase)
    assert word in asked.words
    assert set(asked.words) <= {word, "waltz", "band"}


@pytest.mark.parametrize("text", ["welcome outside", "income outbreaks", "scoop upset uprising"])
def test_a_phrase_within_other_words_says_nothing(store: Store, text: str) -> None:
    assert set(read(store, text).words).isdisjoint({"published", "founded"})


def test_a_word_brings_what_says_the_same_and_its_kinds(store: Store) -> None:
    wish = wish_for(read(store, "herring married"), "married")
    assert {"wedding", "weds", "marriage"} <= set(wish.synonyms)
    assert "married" not in wish.synonyms
    assert {"married", "marriage", "wedding"} <= wish.kinds


def test_a_word_without_a_sense_stands_for_itself(store: Store) -> None:
    assert wish_for(read(store, "herring"), "herring") == Wish(
        words=("herring",), kinds=frozenset({"herring"})
    )


@pytest.mark.parametrize(
    ("typed", "meant"), [("maried", "married"), ("assasinated", "assassinated"), ("diied", "diied")]
)
def test_a_misspelt_word_of_a_sense_is_that_word(store: Store, typed: str, meant: str) -> None:
    assert read(store, f"whale {typed}").words == ("whale", meant)


def test_a_word_that_the_library_tells_is_no_slip_for_another(tmp_path: Path) -> None:
    path = tmp_path / "guild.toml"
    path.write_text('[[event]]\ndate = "1890"\ntext = "The guild of fonders meets."\n', "utf-8")
    told = open_library([path], None)
    assert read(told, "fonders").words == ("fonders",)


ORDINALS = [("1st", "first"), ("2nd", "second"), ("3rd", "third"), ("10th", "tenth")]


@pytest.mark.parametrize(("number", "word"), ORDINALS)
def test_an_ordinal_is_its_word(store: Store, number: str, word: str) -> None:
    assert read(store, f"the {number} whale") == read(store, f"the {word} whale")
    assert read(store, f"the {number.upper()} whale") == read(store, f"the {word} whale")


def test_the_owner_is_looked_for_without_the_possessive(store: Store) -> None:
    """The finder looks up stems: "lighthouses" finds what tells of a lighthouse."""
    (wish,) = read(store, "the lighthouse’s").wishes
    assert store.find_events([wish]) != []


# -- what is good to have -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "which river did the Kelda cross",
        "what river did the Kelda cross",
        "in which river did the Kelda sink",
        "Which River was the Kelda in",
        "under what river does the Kelda lie",
    ],
)
def test_the_sort_of_thing_asked_for_is_good_to_have(store: Store, text: str) -> None:
    assert wish_for(read(store, text), "river").optional


@pytest.mark.parametrize(
    "text", ["did the Kelda cross which river", "the river did the Kelda", "which Kelda river"]
)
def test_a_noun_that_is_not_asked_for_is_no_less_than_others(store: Store, text: str) -> None:
    assert not wish_for(read(store, text), "river").optional


def test_the_only_wish_is_never_merely_good_to_have(store: Store) -> None:
    (wish,) = read(store, "which river was it").wishes
    assert (wish.words, wish.optional) == (("river",), False)


@pytest.mark.parametrize("word", ["begin", "started", "outbreak", "end", "finished"])
def test_of_a_thing_its_beginning_and_end_are_good_to_have(store: Store, word: str) -> None:
    assert wish_for(read(store, f"when did the Treaty of Sund {word}"), word).optional


@pytest.mark.parametrize("word", ["begin", "finished"])
def test_of_a_person_the_beginning_of_something_is_asked_for(store: Store, word: str) -> None:
    assert not wish_for(read(store, f"when did Ida Holm {word}"), word).optional


# -- in which order --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("the first whale", Order.FIRST),
        ("the FIRST whale", Order.FIRST),
        ("the 1st whale", Order.FIRST),
        ("the earliest whale", Order.FIRST),
        ("the last whale", Order.LAST),
        ("the latest whale", Order.LAST),
        ("the second whale", Order.BEST),
        ("the whale lasts", Order.BEST),
        ("the whale", Order.BEST),
        ("", Order.BEST),
    ],
)
def test_the_first_and_the_last_are_asked_for_in_time(
    store: Store, text: str, order: Order
) -> None:
    assert read(store, text).order is order


# -- limits ---------------------------------------------------------------------------------------

MANY = (
    "whale walrus comet eclipse glacier avalanche lighthouse brass waltz cargo herring drawn band"
)


def test_no_more_is_wished_for_than_the_limit(store: Store) -> None:
    assert len(MANY.split()) > MOST_WISHES
    assert len(read(store, MANY).wishes) == MOST_WISHES


def test_names_are_the_last_to_be_left_out(store: Store) -> None:
    asked = read(store, f"{MANY} Ida Holm")
    assert ("fjord/ida",) in [wish.keys for wish in asked.wishes]
    assert len(asked.wishes) == MOST_WISHES


def test_the_work_is_bounded_however_long_the_text_is(pack: Path) -> None:
    loaded = load_pack(pack).pack
    assert loaded is not None
    numbers = []
    for words in (300, 3000):
        connection = build_in_memory([loaded])
        long = Store(connection)
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        read(long, " ".join(f"w{chr(97 + n % 26)}{n}x" for n in range(words)))
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


ODD = [
    "\0", "\ud800", "'", "’s", "-", "’20s’", "a.b.c.d", "—" * 50, "ﷺ" * 20, "𝟏𝟖𝟗𝟑", "٣ ٤", "²",
    "e\u0301" * 30, "which which did", "0s", "100000s", "1st 1st 1st", "BC", "9" * 400, '"NEAR("',
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_text_asks_for_no_name_and_no_time(store: Store, text: str) -> None:
    asked = read(store, text)
    assert asked.names == ()
    assert asked.span is None or text in ("’20s’", "𝟏𝟖𝟗𝟑")


@settings(max_examples=100)
@given(st.text(max_size=60) | st.lists(st.sampled_from([*MANY.split(), "Ida", "Berg", "1893", "in",
       "20s", "first", "came out", "which", "did", "'s"]), max_size=20).map(" ".join))  # fmt: skip
def test_any_text_can_be_read(store: Store, text: str) -> None:
    asked = read(store, text)
    assert len(asked.wishes) <= MOST_WISHES
    assert asked.span is None or asked.span[0] <= asked.span[1]
    assert COMMON.isdisjoint(asked.words)
    assert len(set(asked.words)) == len(asked.words)
