"""/random, typed and in plain words: one fact by chance, and every fact has its chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from bot.answer import Answerer
from bot.command import Request
from bot.reply import Heading, Note, Outcome, Reply
from knowledge.library import open_library

Ask = Callable[..., Reply]

POLAR = Path(__file__).resolve().parents[1] / "packs" / "polar-expedition"
RANGVALD = {"eight-days-march", "trial", "execution"}
QUILLON = {"drift-tables", "departure", "leap-day-petition", "survey"}
OF_THE_SHIP = {"keel-laid", "departure", "first-ice", "mast-lost", "drift-home", "landfall"} | {
    "execution",
    "sabelvind-sold",
}


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


def drawn(chance: Random, text: str, times: int) -> list[Reply]:
    answerer = Answerer(open_library([POLAR], None), chance)
    request = Request(today=date(2026, 8, 21), text=text)
    return [answerer.answer(request) for _ in range(times)]


# -- of everything --------------------------------------------------------------------------------


def test_one_event_is_told_with_its_date_and_its_source(polar: Ask) -> None:
    reply = polar("/random")
    assert (reply.command, reply.outcome) == ("random", Outcome.FOUND)
    (item,) = reply.items
    assert item.citation
    assert item.label == reply.title != ""
    assert reply.parts == (item,)


def test_every_event_of_the_library_can_be_drawn_and_nothing_else() -> None:
    store = open_library([POLAR], None)
    events = {event.key for pack in store.packs() for event in pack.events}
    assert len(events) == store.event_count
    replies = drawn(Random(1), "/random", 15 * len(events))
    assert {reply.items[0].id for reply in replies} == events


def test_no_event_is_drawn_much_more_often_than_others() -> None:
    times = open_library([POLAR], None).event_count * 20
    counts = Counter(ids(reply)[0] for reply in drawn(Random(1), "/random", times))
    # each is drawn 20 times on average, with a deviation of about 4.4
    assert max(counts.values()) < 42
    assert min(counts.values()) > 2


def test_the_same_chance_draws_the_same_and_the_day_has_no_say() -> None:
    first, again = (drawn(Random(7), "/random", 20) for _ in range(2))
    assert first == again
    answerer = Answerer(open_library([POLAR], None), Random(7))
    other_days = [
        answerer.answer(Request(today=date(1999, 1, day + 1), text="/random")) for day in range(20)
    ]
    assert other_days == first


def test_another_chance_draws_something_else() -> None:
    assert drawn(Random(7), "/random", 20) != drawn(Random(8), "/random", 20)


def test_events_of_every_pack_are_drawn(made: Callable[..., Ask]) -> None:
    event = '[[event]]\nid = "same"\ndate = "1901"\ntext = "The lantern of {} is lit."'
    ask = made(left=event.format("Aldby"), right=event.format("Norby"))
    found = {ask("/random").items[0].id for _ in range(60)}
    assert found == {"left/same", "right/same"}


def test_an_empty_library_says_that_it_has_no_event(made: Callable[..., Ask]) -> None:
    reply = made(empty='[pack]\ntitle = "Nothing"')("/random")
    assert (reply.command, reply.outcome, reply.items) == ("random", Outcome.NOT_FOUND, ())
    assert "no event" in said(reply)


def test_a_library_of_people_alone_says_so_too(made: Callable[..., Ask]) -> None:
    ask = made(one='[[entity]]\nkind = "person"\nname = "Ida Holm"\ndescription = "A baker."')
    assert ask("/random").outcome is Outcome.NOT_FOUND
    assert ask("/random about:Ida Holm").outcome is Outcome.NOT_FOUND
    assert "no event" in said(ask("/random about:Ida Holm"))


# -- about somebody or something ------------------------------------------------------------------

ABOUT = [
    ("Eskil Rangvald", "Eskil Rangvald", RANGVALD),
    ("rangwald", "Eskil Rangvald", RANGVALD),
    ("Marthe Quillon", "Marthe Quillon", QUILLON),
    ("Sabelvind", "Sabelvind", OF_THE_SHIP),
    ("the Sable Wind", "Sabelvind", OF_THE_SHIP),
    ("Oddny Kverne", "Oddny Kverne", {"novel-published"}),
]


@pytest.mark.parametrize(("about", "name", "events"), ABOUT, ids=[one[0] for one in ABOUT])
def test_about_a_name_each_of_its_events_is_drawn_and_no_other(
    about: str, name: str, events: set[str]
) -> None:
    replies = drawn(Random(1), f"/random {about}", 15 * len(events))
    assert {event for reply in replies for event in ids(reply)} == events
    assert {reply.outcome for reply in replies} == {Outcome.FOUND}
    assert {len(reply.items) for reply in replies} == {1}
    assert {reply.parts[0] for reply in replies} == {Heading(name)}


def test_about_a_pack_only_its_events_are_drawn(made: Callable[..., Ask]) -> None:
    event = (
        '[pack]\ntitle = "Of {0}"\n[[event]]\ndate = "1901"\ntext = "The lantern of {0} is lit."'
    )
    ask = made(left=event.format("Aldby"), right=event.format("Norby"))
    asked = [ask(text) for text in ("/random Of Norby", "/random about:right") for _ in range(20)]
    assert {item.id.partition("/")[0] for reply in asked for item in reply.items} == {"right"}
    assert {reply.parts[0] for reply in asked} == {Heading("Of Norby")}


def test_about_one_person_of_two_packs_both_packs_are_drawn_from(made: Callable[..., Ask]) -> None:
    one = (
        '[[entity]]\nkind = "person"\nname = "Ida Holmqvarn"\n'
        '[[event]]\nid = "baking"\ndate = "190{}"\ntext = "Ida Holmqvarn bakes."\n'
        'people = ["Ida Holmqvarn"]\n'
    )
    ask = made(left=one.format(1), right=one.format(2))
    found = {ask("/random Ida Holmqvarn").items[0].id for _ in range(60)}
    assert found == {"left/baking", "right/baking"}


def test_somebody_without_an_event_has_none_to_draw(polar: Ask) -> None:
    reply = polar("/random about:Ilmar Dzhuvek")
    assert (reply.command, reply.outcome, reply.items) == ("random", Outcome.NOT_FOUND, ())
    assert "no event" in said(reply)


@pytest.mark.parametrize("name", ["Osric Venn", "Tam Brigg", "Tavelund", "Quillon"])
def test_a_shared_name_draws_nothing_and_offers_choices_that_work(polar: Ask, name: str) -> None:
    reply = polar(f"/random {name}")
    assert (reply.command, reply.outcome, reply.items) == ("random", Outcome.AMBIGUOUS, ())
    assert len(reply.choices) == 2
    for choice in reply.choices:
        assert polar(f'/random about:"{choice}"').outcome in (Outcome.FOUND, Outcome.NOT_FOUND)


@pytest.mark.parametrize("name", ["Napoleon", "Zzyzx", "???", "飛行船", '" OR 1', "1066"])
def test_a_stranger_draws_nothing(polar: Ask, name: str) -> None:
    reply = polar(f"/random about:{name}")
    assert (reply.command, reply.outcome, reply.items) == ("random", Outcome.NOT_FOUND, ())


@pytest.mark.parametrize("typed", ["/random about:", '/random ""', "/random   "])
def test_an_empty_name_is_no_name(polar: Ask, typed: str) -> None:
    reply = polar(typed)
    assert (reply.command, reply.outcome, len(reply.items)) == ("random", Outcome.FOUND, 1)


def test_what_was_typed_is_repeated_in_part_and_without_what_a_terminal_obeys(polar: Ask) -> None:
    reply = polar("/random zep\x1b[31mpelin" + "zyx" * 100)
    assert reply.outcome is Outcome.NOT_FOUND
    assert said(reply).isprintable()
    assert len(said(reply)) < 200


@pytest.mark.parametrize("number", [20, 2000])
def test_a_draw_of_everything_reads_one_event_of_however_many(
    made: Callable[..., Ask], number: int
) -> None:
    ask = made(
        many="\n".join(
            f'[[event]]\nid = "n{n}"\ndate = "1901"\ntext = "Lantern {n}."' for n in range(number)
        )
    )
    assert ask("/random").items  # counts them, once
    connection = ask.answerer.store._connection  # type: ignore[attr-defined]
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    try:
        ask("/random")
    finally:
        connection.set_trace_callback(None)
    assert 1 <= len(seen) <= 2
    assert all("LIMIT 1" in one or "WHERE" in one for one in seen)


# -- in plain words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "random",
        "random fact",
        "Random fact?",
        "a random fact",
        "a random event",
        "tell me a random fact",
        "give me a random fact please",
        "show me a random event",
        "another random fact",
        "fun fact",
        "tell me a fun fact",
        "tell me something",
        "tell me something interesting",
        "tell me something new",
        "tell me anything",
        "surprise me",
        "hey, surprise me!",
    ],
)
def test_plain_words_draw_one_of_all(polar: Ask, text: str) -> None:
    reply = polar(text)
    assert (reply.command, reply.outcome, len(reply.items)) == ("random", Outcome.FOUND, 1)
    assert not any(isinstance(part, Heading) for part in reply.parts)


@pytest.mark.parametrize(
    "shape",
    [
        "random fact about {}",
        "a random fact about {}",
        "a random event of {}",
        "tell me a random fact about {}",
        "give me a fun fact about {}",
        "tell me something about {}",
        "tell me something interesting about {}?",
        "can you tell me something about {}",
        "random {} fact",
    ],
)
def test_plain_words_draw_about_a_name(polar: Ask, shape: str) -> None:
    reply = polar(shape.format("Eskil Rangvald"))
    assert (reply.command, reply.outcome, len(reply.items)) == ("random", Outcome.FOUND, 1)
    assert set(ids(reply)) <= RANGVALD
    assert reply.parts[0] == Heading("Eskil Rangvald")


def test_plain_words_about_a_stranger_draw_nothing(polar: Ask) -> None:
    reply = polar("a random fact about Napoleon")
    assert (reply.command, reply.outcome, reply.items) == ("random", Outcome.NOT_FOUND, ())


@pytest.mark.parametrize(
    "text", ["randomly", "that was random", "what a random thing to say", "have fun"]
)
def test_other_words_with_random_in_them_draw_nothing(polar: Ask, text: str) -> None:
    reply = polar(text)
    assert reply.command != "random"
    assert reply.items == ()


def test_a_work_called_random_is_that_work(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nid = "e"\nkind = "work"\nname = "Random Thing"\ndescription = "A play."\n'
        '[[event]]\ndate = "1901"\ntext = "The lantern is lit."'
    )
    assert (ask("random thing").command, ask("random thing").title) == ("whowas", "Random Thing")
