"""The dialogue of every chat platform: pages, presses, limits, on a library with known facts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot import dialogue as module
from bot.answering import Answering
from bot.buttons import Action, Buttons, Press
from bot.dialogue import (
    STALE,
    TOO_LONG_TO_TURN,
    Asker,
    Button,
    Deletion,
    Dialogue,
    NotTheirs,
    Shown,
    Told,
    order_of,
    too_fast,
)
from bot.metrics import Metrics
from bot.pages import Room
from bot.rate import Rate, RateLimits
from bot.reply import Item, Note, Outcome, Part
from bot.safe_text import utf16_length
from bot.service import Service
from knowledge.dates import Order
from knowledge.library import open_library

PACKS = Path(__file__).resolve().parents[1] / "packs"
PLACE = -1001234567890
TAVELUND = "who was Halvard Tavelund"

ASKER = Asker(user=7, place=PLACE)
OTHER = Asker(user=8, place=PLACE)


@dataclass
class Clock:
    """Time that stands still until it is set."""

    now: datetime = field(default_factory=lambda: datetime(2026, 8, 21, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


def size(part: Part) -> int:
    match part:
        case Item(text=text, label=label):
            return len(text) + len(label) + 2
        case _:
            return 20


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def dialogue(clock: Clock) -> AsyncIterator[Dialogue]:
    """Talk on a platform whose pages hold one fact, so that most answers have several."""
    answering = Answering(open_library([PACKS / "polar-expedition"], None))
    service = Service(answering, RateLimits(None), Metrics(), clock=clock)
    buttons = Buttons("token", 100, utf16_length)
    yield Dialogue("test", service, buttons, Room(1, 600), size, longest_label=80)
    answering.close()


async def shown(dialogue: Dialogue, text: str, asker: Asker = ASKER) -> Shown:
    answer = await dialogue.ask(dialogue.request(text), asker)
    assert isinstance(answer, Shown)
    return answer


def button(buttons: tuple[Button, ...], label: str) -> Button:
    return next(one for one in buttons if one.label.startswith(label))


def years(answer: object) -> list[str]:
    assert isinstance(answer, Shown)
    return [part.label for part in answer.page.parts if isinstance(part, Item)]


# -- asking ---------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_question_is_answered_with_its_first_page(dialogue: Dialogue) -> None:
    answer = await shown(dialogue, TAVELUND)
    assert (answer.reply.outcome, answer.page.number) == (Outcome.FOUND, 1)
    assert answer.page.count > 1


@pytest.mark.asyncio
async def test_a_slash_command_is_answered_as_if_typed(dialogue: Dialogue) -> None:
    by_name = dialogue.request(command="whowas", options={"name": "Halvard Tavelund"})
    answer = await dialogue.ask(by_name, ASKER)
    assert isinstance(answer, Shown)
    assert answer.reply == (await shown(dialogue, "/whowas Halvard Tavelund")).reply


@pytest.mark.asyncio
async def test_today_is_the_day_in_the_zone_of_the_service(
    clock: Clock, dialogue: Dialogue
) -> None:
    clock.now = datetime(2026, 8, 20, 23, 30, tzinfo=UTC)
    in_berlin = replace(dialogue.service, zone=ZoneInfo("Europe/Berlin"))
    assert dialogue.request("x").today == date(2026, 8, 20)
    assert replace(dialogue, service=in_berlin).request("x").today == date(2026, 8, 21)


@pytest.mark.parametrize(
    ("locale", "order"),
    [
        ("en-US", Order.MONTH_FIRST),
        ("en_us", Order.MONTH_FIRST),
        ("en-GB", Order.DAY_FIRST),
        ("en", Order.DAY_FIRST),
        ("de", Order.DAY_FIRST),
        ("es-US", Order.DAY_FIRST),
        ("", Order.DAY_FIRST),
    ],
)
def test_only_americans_put_the_month_first(locale: str, order: Order) -> None:
    assert order_of(locale) is order


@pytest.mark.asyncio
async def test_a_bug_in_paging_is_said_and_logged(
    dialogue: Dialogue, caplog: pytest.LogCaptureFixture
) -> None:
    def fails_for_facts(part: Part) -> int:
        if isinstance(part, Item):
            raise ZeroDivisionError("a bug")
        return 1

    with caplog.at_level(logging.ERROR):
        answer = await shown(replace(dialogue, size=fails_for_facts), TAVELUND)
    assert isinstance(answer.page.parts[0], Note)
    assert "broken" in answer.page.parts[0].text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.asyncio
async def test_a_reply_of_many_parts_is_paged_alike(
    dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = await shown(dialogue, "/timeline Sabelvind")
    monkeypatch.setattr(module, "PARTS_PAGED_AT_ONCE", 0)
    assert await shown(dialogue, "/timeline Sabelvind") == at_once


# -- turning pages --------------------------------------------------------------------------------


async def turned(dialogue: Dialogue, text: str, presser: Asker, **more: str) -> object:
    """Ask and press "More", as somebody."""
    keyboard = dialogue.keyboard(await shown(dialogue, text), ASKER)
    return await dialogue.press(button(keyboard.turning, "More").carries, presser, **more)


@pytest.mark.asyncio
async def test_more_shows_the_next_page(dialogue: Dialogue) -> None:
    first = await shown(dialogue, TAVELUND)
    second = await turned(dialogue, TAVELUND, ASKER)
    assert isinstance(second, Shown)
    assert (second.page.number, second.reply) == (2, first.reply)


@pytest.mark.asyncio
async def test_every_fact_is_reached_by_pressing_more(dialogue: Dialogue) -> None:
    answer = await shown(dialogue, TAVELUND)
    every, found = answer.reply.items, [*answer.page.parts]
    while answer.page.number < answer.page.count:
        keyboard = dialogue.keyboard(answer, ASKER)
        following = await dialogue.press(button(keyboard.turning, "More").carries, ASKER)
        assert isinstance(following, Shown)
        answer = following
        found += answer.page.parts
    assert [part for part in found if isinstance(part, Item)] == list(every)


@pytest.mark.asyncio
async def test_the_first_page_has_no_back_and_the_last_no_more(dialogue: Dialogue) -> None:
    first = await shown(dialogue, "17 March")
    # events.toml: in 1895 and in 1912 something happened on that day
    labels = [[one.label for one in dialogue.keyboard(first, ASKER).turning]]
    while first.page.number < first.page.count:
        carries = button(dialogue.keyboard(first, ASKER).turning, "More").carries
        following = await dialogue.press(carries, ASKER)
        assert isinstance(following, Shown)
        first = following
        labels.append([one.label for one in dialogue.keyboard(first, ASKER).turning])
    assert labels == [["More (1)"], ["Back"]]


@pytest.mark.asyncio
async def test_back_shows_the_page_before(dialogue: Dialogue) -> None:
    second = await turned(dialogue, TAVELUND, ASKER)
    assert isinstance(second, Shown)
    back = button(dialogue.keyboard(second, ASKER).turning, "Back")
    assert await dialogue.press(back.carries, ASKER) == await shown(dialogue, f"{TAVELUND}")


@pytest.mark.asyncio
async def test_an_answer_of_one_page_turns_nowhere(dialogue: Dialogue) -> None:
    assert dialogue.keyboard(await shown(dialogue, "/privacy"), ASKER).turning == ()


@pytest.mark.asyncio
async def test_pages_of_a_slash_command_turn(dialogue: Dialogue) -> None:
    request = dialogue.request(command="timeline", options={"of": "Sabelvind"})
    answer = await dialogue.ask(request, ASKER)
    assert isinstance(answer, Shown)
    more = button(dialogue.keyboard(answer, ASKER).turning, "More")
    second = await dialogue.press(more.carries, ASKER)
    assert isinstance(second, Shown)
    assert (second.reply, second.page.number) == (answer.reply, 2)


@pytest.mark.asyncio
async def test_today_stays_the_day_of_the_question_over_midnight(
    clock: Clock, dialogue: Dialogue
) -> None:
    clock.now = datetime(2027, 3, 17, 23, 59, tzinfo=UTC)
    keyboard = dialogue.keyboard(await shown(dialogue, "on this day"), ASKER)
    clock.now = datetime(2027, 3, 18, 0, 1, tzinfo=UTC)
    second = await dialogue.press(button(keyboard.turning, "More").carries, ASKER)
    assert isinstance(second, Shown)
    assert (second.reply.title, second.page.number) == ("17 March", 2)


@pytest.mark.asyncio
async def test_the_order_of_numbers_stays_that_of_the_question(dialogue: Dialogue) -> None:
    request = dialogue.request("3-5", locale="en-US")
    answer = await dialogue.ask(request, ASKER)
    assert isinstance(answer, Shown)
    carries = dialogue.buttons.write(
        Press(Action.PAGE, "3-5", ASKER.user, 1, request.today, request.order), PLACE
    )
    assert carries
    pressed = await dialogue.press(carries, ASKER, locale="de")
    assert isinstance(pressed, Shown)
    assert pressed.reply.title == answer.reply.title == "5 March"


@pytest.mark.asyncio
async def test_a_page_that_is_no_more_is_the_last(dialogue: Dialogue) -> None:
    # the library may have been exchanged for a smaller one
    carries = dialogue.buttons.write(
        Press(Action.PAGE, TAVELUND, ASKER.user, 999, date(2026, 8, 21)), PLACE
    )
    assert carries
    last = await dialogue.press(carries, ASKER)
    assert isinstance(last, Shown)
    assert last.page.number == last.page.count


@pytest.mark.asyncio
async def test_who_did_not_ask_turns_nothing(dialogue: Dialogue) -> None:
    refused = await turned(dialogue, TAVELUND, OTHER)
    assert isinstance(refused, NotTheirs)


@pytest.mark.asyncio
async def test_who_did_not_ask_may_be_shown_the_page_as_theirs(dialogue: Dialogue) -> None:
    refused = await turned(dialogue, TAVELUND, OTHER)
    assert isinstance(refused, NotTheirs)
    theirs = await dialogue.turn(refused.press, OTHER)
    assert isinstance(theirs, Shown)
    more = button(dialogue.keyboard(theirs, OTHER).turning, "More")
    assert isinstance(await dialogue.press(more.carries, OTHER), Shown)
    assert isinstance(await dialogue.press(more.carries, ASKER), NotTheirs)


# -- where a button has no room for its question --------------------------------------------------


@pytest.mark.asyncio
async def test_without_room_and_without_a_message_to_read_there_is_no_button(
    dialogue: Dialogue,
) -> None:
    answer = await shown(dialogue, "17 March")
    answer = replace(answer, request=replace(answer.request, text="x" * 90))
    assert dialogue.keyboard(answer, ASKER).turning == ()


@pytest.mark.asyncio
async def test_pages_that_no_button_reaches_are_admitted(dialogue: Dialogue) -> None:
    answer = await shown(dialogue, "17 March")
    long = replace(answer, request=replace(answer.request, text="x" * 90))
    keyboard = dialogue.keyboard(long, ASKER, deletable=True)
    assert dialogue.whole(long, keyboard).page.parts == (
        *answer.page.parts,
        Note(TOO_LONG_TO_TURN),
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("text", ["17 March", "/privacy"], ids=["turned by a button", "one page"])
async def test_a_page_that_is_all_or_can_be_turned_stays_as_it_is(
    dialogue: Dialogue, text: str
) -> None:
    answer = await shown(dialogue, text)
    assert dialogue.whole(answer, dialogue.keyboard(answer, ASKER)) is answer


@pytest.mark.asyncio
async def test_without_room_the_question_is_read_from_the_message(dialogue: Dialogue) -> None:
    answer = await shown(dialogue, "17 March")
    answer = replace(answer, request=replace(answer.request, text="x" * 90))
    more = button(dialogue.keyboard(answer, ASKER, is_reply=True).turning, "More")
    second = await dialogue.press(more.carries, ASKER, question="17 March")
    assert isinstance(second, Shown)
    assert (second.reply.title, second.page.number) == ("17 March", 2)


@pytest.mark.asyncio
async def test_a_question_that_cannot_be_read_any_more_makes_the_button_stale(
    dialogue: Dialogue,
) -> None:
    answer = await shown(dialogue, "17 March")
    answer = replace(answer, request=replace(answer.request, text="x" * 90))
    more = button(dialogue.keyboard(answer, ASKER, is_reply=True).turning, "More")
    assert await dialogue.press(more.carries, ASKER) == Told(STALE)


@pytest.mark.asyncio
async def test_a_question_is_carried_on_one_line(dialogue: Dialogue) -> None:
    answer = await dialogue.ask(dialogue.request("who was\n Halvard   Tavelund"), ASKER)
    assert isinstance(answer, Shown)
    more = button(dialogue.keyboard(answer, ASKER).turning, "More")
    press = dialogue.buttons.read(more.carries, PLACE)
    assert press is not None
    assert press.text == TAVELUND


@pytest.mark.asyncio
async def test_half_a_character_in_a_question_breaks_no_keyboard(dialogue: Dialogue) -> None:
    answer = await shown(dialogue, "17 March")
    answer = replace(answer, request=replace(answer.request, text="17 March \ud83d"))
    assert dialogue.keyboard(answer, ASKER).turning == ()


# -- choices --------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_every_choice_is_a_button_that_anybody_may_press(dialogue: Dialogue) -> None:
    answer = await shown(dialogue, "who was Osric Venn")
    assert answer.reply.outcome is Outcome.AMBIGUOUS
    choices = dialogue.keyboard(answer, ASKER).choices
    assert [one.label for one in choices] == list(answer.reply.choices)
    for one in choices:
        chosen = await dialogue.press(one.carries, OTHER)
        assert isinstance(chosen, Shown)
        assert chosen.reply.outcome is Outcome.FOUND


@pytest.mark.asyncio
async def test_a_choice_is_read_as_its_presser_reads_dates(dialogue: Dialogue) -> None:
    carries = dialogue.buttons.write(Press(Action.ASK, "3-5"), PLACE)
    assert carries
    chosen = await dialogue.press(carries, OTHER, locale="en-US")
    assert isinstance(chosen, Shown)
    assert chosen.reply.title == "5 March"


def narrowed(dialogue: Dialogue, most: int) -> Dialogue:
    """Return the dialogue with so much room in a button, whose labels a press brings."""
    return replace(dialogue, buttons=Buttons("token", most, utf16_length), labels_are_read=True)


@pytest.mark.asyncio
async def test_choices_without_room_are_read_from_the_labels(dialogue: Dialogue) -> None:
    narrow = narrowed(dialogue, 20)
    answer = await shown(narrow, "who was Osric Venn")
    choices = narrow.keyboard(answer, ASKER).choices
    labels = [one.label for one in choices]
    assert len(labels) > 1
    for one in choices:
        chosen = await narrow.press(one.carries, ASKER, labels=labels)
        assert isinstance(chosen, Shown)
        assert chosen.request.text == one.label


@pytest.mark.asyncio
async def test_a_choice_whose_label_is_gone_is_stale(dialogue: Dialogue) -> None:
    narrow = narrowed(dialogue, 20)
    first, *_ = narrow.keyboard(await shown(narrow, "who was Osric Venn"), ASKER).choices
    assert await narrow.press(first.carries, ASKER, labels=["More (1)", ""]) == Told(STALE)


@pytest.mark.asyncio
async def test_pages_of_a_choice_are_turned_by_its_label(dialogue: Dialogue) -> None:
    narrow = narrowed(dialogue, 40)
    answer = await shown(narrow, TAVELUND)
    more = button(narrow.keyboard(answer, ASKER, is_reply=True).turning, "More")
    second = await narrow.press(more.carries, ASKER, question="Bea", labels=["Ada", TAVELUND])
    assert isinstance(second, Shown)
    assert (second.reply, second.page.number) == (answer.reply, 2)


@pytest.mark.asyncio
async def test_a_question_that_was_changed_since_turns_no_page(dialogue: Dialogue) -> None:
    narrow = narrowed(dialogue, 40)
    keyboard = narrow.keyboard(await shown(narrow, TAVELUND), ASKER, is_reply=True)
    more = button(keyboard.turning, "More")
    assert await narrow.press(more.carries, ASKER, question="17 March") == Told(STALE)


@pytest.mark.asyncio
async def test_where_labels_are_not_read_a_choice_without_room_is_no_button(
    dialogue: Dialogue,
) -> None:
    narrow = replace(dialogue, buttons=Buttons("token", 20, utf16_length))
    answer = await shown(narrow, "who was Osric Venn")
    assert narrow.keyboard(answer, ASKER).choices == ()


@pytest.mark.asyncio
async def test_a_label_longer_than_the_platform_takes_is_no_button(dialogue: Dialogue) -> None:
    answer = await shown(dialogue, "who was Osric Venn")
    longest = max(len(ask) for ask in answer.reply.choices)
    narrow = replace(dialogue, longest_label=longest - 1)
    assert len(narrow.keyboard(answer, ASKER).choices) < len(answer.reply.choices)


@pytest.mark.asyncio
async def test_what_nobody_asked_for_has_choices_only(dialogue: Dialogue) -> None:
    keyboard = dialogue.choices_only(await shown(dialogue, "/start"), PLACE)
    assert keyboard.turning == ()
    assert len(keyboard.choices) == 3


# -- deleting -------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(("presser", "is_asker"), [(ASKER, True), (OTHER, False)])
async def test_who_presses_delete_is_told_apart(
    dialogue: Dialogue, presser: Asker, is_asker: bool
) -> None:
    answer = await shown(dialogue, "17 March")
    delete = button(dialogue.keyboard(answer, ASKER, deletable=True).turning, "Delete")
    assert delete.deletes
    assert await dialogue.press(delete.carries, presser) == Deletion(is_asker)


@pytest.mark.asyncio
async def test_only_what_is_deletable_has_the_button(dialogue: Dialogue) -> None:
    keyboard = dialogue.keyboard(await shown(dialogue, "17 March"), ASKER)
    assert not any(one.deletes for one in keyboard.turning)


# -- presses that are none ------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize("carries", ["", "x", "AAAAAAAAawho was Trotsky", "\ud83d" * 9])
async def test_what_no_button_of_ours_carries_is_stale(dialogue: Dialogue, carries: str) -> None:
    assert await dialogue.press(carries, ASKER) == Told(STALE)


@pytest.mark.asyncio
async def test_a_button_of_another_chat_is_stale(dialogue: Dialogue) -> None:
    elsewhere = replace(ASKER, place=PLACE + 1)
    assert await turned(dialogue, TAVELUND, elsewhere) == Told(STALE)


# -- limits ---------------------------------------------------------------------------------------


def limited(dialogue: Dialogue, count: int) -> Dialogue:
    service = replace(dialogue.service, rate=RateLimits(Rate(count, 3600)))
    return replace(dialogue, service=service)


@pytest.mark.asyncio
async def test_who_asks_too_often_is_told_once_and_then_nothing(dialogue: Dialogue) -> None:
    strict = limited(dialogue, 1)
    answers = [await strict.ask(strict.request("17 March"), ASKER) for _ in range(4)]
    assert isinstance(answers[0], Shown)
    assert answers[1:] == [Told(too_fast(3600)), None, None]


@pytest.mark.asyncio
async def test_turning_pages_counts_as_asking(dialogue: Dialogue) -> None:
    assert isinstance(await turned(limited(dialogue, 1), TAVELUND, ASKER), Told)


@pytest.mark.asyncio
async def test_another_platform_has_its_own_users(dialogue: Dialogue) -> None:
    strict = limited(dialogue, 1)
    other = replace(strict, platform="other")
    await strict.ask(strict.request("17 March"), ASKER)
    assert isinstance(await other.ask(other.request("17 March"), ASKER), Shown)


@pytest.mark.parametrize(("wait", "words"), [(1, "in 1 second."), (2, "in 2 seconds.")])
def test_the_wait_is_said_in_words(wait: int, words: str) -> None:
    assert too_fast(wait).endswith(words)


@pytest.mark.asyncio
async def test_answers_and_silence_are_counted(dialogue: Dialogue) -> None:
    strict = limited(dialogue, 1)
    for _ in range(3):
        await strict.ask(strict.request("17 March"), ASKER)
    counted = strict.service.metrics.text().decode()
    assert 'daybook_silenced_total{platform="test"} 2.0' in counted
    assert (
        'daybook_answers_total{command="onthisday",outcome="found",platform="test"} 1.0' in counted
    )


@pytest.mark.asyncio
async def test_many_at_once_are_answered_each_with_their_own(dialogue: Dialogue) -> None:
    days = [f"{day} March" for day in (5, 10, 17)] * 20
    answers = await asyncio.gather(*(shown(dialogue, day) for day in days))
    assert [answer.reply.title for answer in answers] == days
