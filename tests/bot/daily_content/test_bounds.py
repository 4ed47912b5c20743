"""Whatever is chosen and however much there is, a post is one message on both platforms."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from daily_content_cases import (
    POLAR,
    Make,
    Place,
    days_of,
    event,
    ids,
    is_one_message,
    notes,
    reply_of,
)

from bot.daily.choices import DailyChoices, EmptyChoice, ToneChoice
from bot.daily.content import OWN_SOURCE
from bot.daily.own_dates import own_date
from bot.daily.selection import MOST_EVENTS, told_key
from knowledge.library import open_library
from knowledge.model import Tone
from knowledge.packs.builtin import builtin_packs

HARD_TEXTS = ["*" * 200, "🎉" * 200, "@everyone " * 20, "1234567890" * 20, "w.xy " * 40]


@pytest.mark.parametrize("text", HARD_TEXTS, ids=["stars", "emoji", "pings", "digits", "domains"])
def test_the_hardest_texts_still_make_one_message_on_both_platforms(made: Make, text: str) -> None:
    pack = "".join(
        f'[[event]]\nid = "e{n}"\ndate = "{1900 + n}-05-05"\ntext = "{text[:198]}{n}"\n'
        for n in range(9)
    )
    own = [own_date(5, 5, 2000 + n, f"{text[:197].strip()}{n}") for n in range(9)]
    content = Place(made(one=pack), own=own).post(date(2026, 5, 5))
    assert is_one_message(reply_of(content))
    kinds = {item.id.partition("/")[0] for item in reply_of(content).items}
    assert kinds == {OWN_SOURCE.id, "one"}


def test_an_event_that_has_no_room_beside_own_dates_is_left_to_another_year(made: Make) -> None:
    long = event("long", weight=3, note="n" * 1_000)
    own = [own_date(5, 5, 2000 + n, "x" * 190 + str(n)) for n in range(3)]
    place = Place(made(one=long + event("short", weight=1)), own=own)
    content = place.post(date(2026, 5, 5))
    assert is_one_message(reply_of(content))
    assert content.keys == (told_key("one/short"),)
    place.own = ()
    assert ids(place.post(date(2027, 5, 5))) == ["long"]


def test_a_day_of_thousands_of_events_is_chosen_from_in_little_work(made: Make) -> None:
    pack = "".join(event(f"e{n}", f"{1000 + n % 1000}-05-05") for n in range(3_000))
    content = Place(made(one=pack)).post(date(2026, 5, 5))
    assert len(ids(content)) == MOST_EVENTS
    assert notes(content) == ["/onthisday 5 May has 2995 more."]


NARROW = [
    DailyChoices(tone=tone, empty=empty, kinds=kinds)
    for tone in ToneChoice
    for empty in EmptyChoice
    for kinds in ((), ("birth",))
]


@pytest.mark.parametrize(
    "choices", NARROW, ids=lambda one: f"{one.tone}-{one.empty}-{''.join(one.kinds) or 'all'}"
)
@pytest.mark.parametrize("library", ["leon-trotsky", "polar-expedition"])
def test_whatever_is_chosen_a_day_is_one_message_or_a_silence_that_was_asked_for(
    choices: DailyChoices, library: str
) -> None:
    store = open_library([{**builtin_packs(), "polar-expedition": POLAR}[library]], None)
    place = Place(store, choices)
    for day in islice(days_of(2028), 0, None, 3):
        content = place.post(day)
        if content.reply is None:
            assert choices.empty is EmptyChoice.SILENCE
            continue
        assert is_one_message(content.reply)
        assert len(content.keys) == len(content.reply.items) > 0
        events = [store.event(item.id) for item in content.reply.items]
        if choices.tone is ToneChoice.GENTLE:
            assert not any(one and one.tone is Tone.GRIM for one in events)
        if choices.kinds:
            assert {one.kind for one in events if one} <= set(choices.kinds)
