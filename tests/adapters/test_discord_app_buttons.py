"""Buttons of the bot on Discord: who may press them, where, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from discord_bot import (
    MESSAGE,
    TIMELINE,
    UPDATE,
    WILL_UPDATE,
    Bot,
    button,
    labels,
    serving_discord,
    serving_on,
)
from emulators.discord_interactions import Exchange
from emulators.discord_server import DiscordEmulator
from processes import Daybook

from adapters.discord.render import LONGEST_CUSTOM_ID
from bot.buttons import Action, Buttons, Press

STALE = "This button is of no use any more"
NOT_YOURS = "Only who asked, or an admin, can delete this"


@pytest.fixture(scope="module")
def bot(daybook: Daybook) -> Iterator[Bot]:
    with serving_discord(daybook) as running:
        yield running
        running.assert_well()


def page_of(exchange: Exchange) -> str:
    """Return what the message says of its page."""
    message = exchange.wait_for_message()
    return next(line for line in message.shown.splitlines() if line.startswith("Page "))


# -- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["slash", "mention"])
def test_who_asked_turns_the_page_of_the_answer_itself(bot: Bot, way: str) -> None:
    anna, channel = bot.person(), bot.channel()
    if way == "slash":
        answer = bot.ask(anna, channel, "timeline", of="Leon Trotsky")
    else:
        answer = bot.mention(anna, channel, TIMELINE)
    pressed = bot.press(anna, answer, "More")
    assert pressed.type == UPDATE
    assert page_of(pressed).startswith("Page 2 of ")
    assert pressed.wait_for_message().id == answer.id


def test_a_page_turned_on_and_back_is_the_same(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    answer = bot.ask(anna, channel, "timeline", of="Leon Trotsky")
    second = bot.press(anna, answer, "More").wait_for_message()
    assert bot.press(anna, second, "Back").wait_for_message().shown == answer.shown


def test_somebody_else_turns_a_page_for_themselves_alone(bot: Bot) -> None:
    anna, ben, channel = bot.person(), bot.person("ben"), bot.channel()
    answer = bot.ask(anna, channel, "timeline", of="Leon Trotsky")
    pressed = bot.press(ben, answer, "More")
    assert (pressed.type, pressed.ephemeral) == (MESSAGE, True)
    assert page_of(pressed).startswith("Page 2 of ")
    assert bot.discord.messages(channel)[0].shown == answer.shown


def test_somebody_else_goes_on_turning_what_is_theirs(bot: Bot) -> None:
    anna, ben, channel = bot.person(), bot.person("ben"), bot.channel()
    answer = bot.ask(anna, channel, "timeline", of="Leon Trotsky")
    own = bot.press(ben, answer, "More").wait_for_message()
    pressed = bot.press(ben, own, "More")
    assert (pressed.type, page_of(pressed)[:7]) == (UPDATE, "Page 3 ")


# -- choices --------------------------------------------------------------------------------------


def test_a_choice_that_only_the_asker_saw_leads_to_a_public_answer(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    offered = bot.ask(anna, channel, "onthisday", date="31 June")
    assert offered.ephemeral
    pressed = bot.press(anna, offered, "30 June")
    assert (pressed.type, pressed.ephemeral) == (MESSAGE, False)
    assert pressed.wait_for_message().shown.startswith("30 June")


def test_anybody_may_press_a_choice(bot: Bot) -> None:
    anna, ben, channel = bot.person(), bot.person("ben"), bot.channel()
    offered = bot.mention(anna, channel, "what happened on 31 June?")
    assert bot.press(ben, offered, "1 July").wait_for_message().shown.startswith("1 July")


# -- deleting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["slash", "mention"])
@pytest.mark.parametrize("who", ["asker", "moderator", "admin"])
def test_the_asker_and_who_manages_messages_delete_an_answer(bot: Bot, way: str, who: str) -> None:
    anna, channel = bot.person(), bot.channel()
    if way == "slash":
        answer = bot.ask(anna, channel, "whowas", name="Leon Trotsky")
    else:
        answer = bot.mention(anna, channel, "who was Leon Trotsky?")
    manages_messages = 1 << 13 | 1 << 10 | 1 << 11
    presser = {
        "asker": lambda: anna,
        "moderator": lambda: bot.person("mod", permissions=manages_messages),
        "admin": lambda: bot.person("root", admin=True),
    }[who]()
    assert bot.press(presser, answer, "Delete").type == WILL_UPDATE
    bot.discord.wait_until(lambda: answer.source.deleted, what="the deletion")


def test_nobody_else_deletes_an_answer(bot: Bot) -> None:
    anna, ben, channel = bot.person(), bot.person("ben"), bot.channel()
    answer = bot.ask(anna, channel, "whowas", name="Leon Trotsky")
    pressed = bot.press(ben, answer, "Delete")
    assert pressed.ephemeral
    assert NOT_YOURS in pressed.wait_for_message().shown
    assert not answer.source.deleted


def test_what_only_the_asker_sees_has_no_button_to_delete_it(bot: Bot) -> None:
    assert "Delete" not in labels(bot.ask(bot.person(), bot.channel(), "help"))


def test_in_a_private_chat_an_answer_has_no_button_to_delete_it(bot: Bot) -> None:
    anna = bot.person()
    answer = bot.ask(anna, bot.discord.dm(anna), "whowas", name="Leon Trotsky")
    assert "Delete" not in labels(answer)


# -- forged and old ones --------------------------------------------------------------------------


def forged(bot: Bot, token: str, place: str, asker: str) -> str:
    """Return what a button to delete carries, signed with a token for a place."""
    buttons = Buttons(token, LONGEST_CUSTOM_ID, len)
    carried = buttons.write(Press(Action.DELETE, asker=int(asker)), int(place))
    assert carried is not None
    return carried


def test_a_button_written_for_this_place_by_this_bot_works(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    answer = bot.ask(anna, channel, "whowas", name="Leon Trotsky")
    right = forged(bot, bot.discord.token, channel.id, anna.id)
    assert right == button(answer, "Delete")


@pytest.mark.parametrize(
    "case", ["changed", "other asker", "other channel", "other bot", "junk", "long", "empty"]
)
def test_a_forged_button_does_nothing(bot: Bot, case: str) -> None:
    anna, mallory, channel = bot.person(), bot.person("mallory"), bot.channel()
    answer = bot.ask(anna, channel, "whowas", name="Leon Trotsky")
    own = forged(bot, bot.discord.token, channel.id, mallory.id)
    custom_id = {
        "changed": ("A" if own[0] != "A" else "B") + own[1:],
        "other asker": button(answer, "Delete")[:9] + own[9:],
        "other channel": forged(bot, bot.discord.token, bot.channel().id, mallory.id),
        "other bot": forged(bot, "another.bot.token", channel.id, mallory.id),
        "junk": "\U0001f600 %s' OR 1=1 --",
        "long": "x" * 100,
        "empty": "",
    }[case]
    pressed = bot.discord.press_raw(mallory, answer, custom_id).wait()
    assert (pressed.type, pressed.ephemeral) == (MESSAGE, True)
    assert STALE in pressed.wait_for_message().shown
    assert not answer.source.deleted


def test_a_button_copied_into_another_channel_does_nothing(bot: Bot) -> None:
    anna, here, there = bot.person(), bot.channel(), bot.channel()
    answer = bot.ask(anna, here, "timeline", of="Leon Trotsky")
    copied = bot.ask(anna, there, "whowas", name="Leon Trotsky")
    pressed = bot.discord.press_raw(anna, copied, button(answer, "More")).wait()
    assert STALE in pressed.wait_for_message().shown


def test_a_press_that_is_delivered_twice_has_one_effect(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    offered = bot.mention(anna, channel, "what happened on 31 June?")
    bot.discord.deliver_again(bot.press(anna, offered, "1 July"))
    assert len(bot.said_by_bot(channel)) == 2


def test_buttons_work_after_a_restart(daybook: Daybook) -> None:
    with DiscordEmulator() as discord:
        guild = discord.add_guild()
        with serving_on(daybook, discord, guild) as bot:
            anna, channel = bot.person(), bot.channel()
            pages = bot.ask(anna, channel, "timeline", of="Leon Trotsky")
            replied = bot.mention(anna, channel, TIMELINE)
            offered = bot.mention(anna, channel, "what happened on 31 June?")
            assert bot.serving.stop().code == 0
        with serving_on(daybook, discord, guild) as bot:
            assert page_of(bot.press(anna, pages, "More")).startswith("Page 2 of ")
            assert page_of(bot.press(anna, replied, "More")).startswith("Page 2 of ")
            chosen = bot.press(anna, offered, "1 July").wait_for_message()
            assert chosen.shown.startswith("1 July")
            bot.press(anna, replied, "Delete")
            discord.wait_until(lambda: replied.source.deleted, what="the deletion")
            bot.assert_well()


def test_a_question_too_long_for_a_button_is_read_again_from_the_message(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    answer = bot.mention(anna, channel, f"{TIMELINE}{' ' * 50}, please{'!' * 90}")
    if "More" not in " ".join(labels(answer)):
        pytest.fail(f"no pages: {answer.shown}")
    assert page_of(bot.press(anna, answer, "More")).startswith("Page 2 of ")
