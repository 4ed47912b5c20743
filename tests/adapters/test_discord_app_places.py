"""Where the bot is on Discord: threads, private chats, servers without it, missing permissions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from discord_bot import Bot, labels, posts, serving_discord
from emulators import discord_permissions as may
from emulators.discord_seen import SeenMessage
from emulators.discord_world import Channel
from processes import Daybook


@pytest.fixture(scope="module")
def bot(daybook: Daybook) -> Iterator[Bot]:
    with serving_discord(daybook) as running:
        yield running
        running.assert_well()


FACTS = ("20 August 1940", "Leon Trotsky", "Source: Leon Trotsky, Assassination")
"""What the answer to QUESTION holds."""
QUESTION = "who killed Leon Trotsky?"


def is_answer(message: SeenMessage) -> bool:
    return all(fact in message.shown for fact in FACTS)


# -- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parent", "kind"),
    [
        ("text", "thread"),
        ("text", "private_thread"),
        ("announcement", "thread"),
        ("forum", "thread"),
    ],
)
def test_a_mention_in_a_thread_is_answered_there(bot: Bot, parent: str, kind: str) -> None:
    thread = bot.channel(kind, parent=bot.channel(parent))
    assert is_answer(bot.mention(bot.person(), thread, QUESTION))


@pytest.mark.parametrize("kind", ["text", "announcement", "voice"])
def test_a_mention_in_a_channel_is_answered_there(bot: Bot, kind: str) -> None:
    assert is_answer(bot.mention(bot.person(), bot.channel(kind), QUESTION))


@pytest.mark.parametrize("parent", ["text", "announcement", "forum"])
def test_a_slash_command_in_a_thread_is_answered_there(bot: Bot, parent: str) -> None:
    thread = bot.channel("thread", parent=bot.channel(parent))
    answer = bot.ask(bot.person(), thread, "whowas", name="Leon Trotsky")
    assert "Bronstein" in answer.shown
    assert answer.channel_id == thread.id


def test_who_installed_the_bot_asks_it_in_a_server_without_it(bot: Bot) -> None:
    elsewhere = bot.discord.add_guild("Elsewhere", bot=False)
    channel = bot.discord.add_channel(elsewhere)
    anna = bot.discord.add_user("anna", elsewhere, installed=True)
    answer = bot.ask(anna, channel, "timeline", of="Leon Trotsky")
    assert "Page 1 of" in answer.shown
    turned = bot.press(anna, answer, "More").wait_for_message()
    assert "Page 2 of" in turned.shown
    bot.press(anna, turned, "Delete")
    bot.discord.wait_until(lambda: answer.source.deleted, what="the deletion")


def test_who_installed_the_bot_asks_it_in_a_chat_between_people(bot: Bot) -> None:
    anna = bot.discord.add_user("anna", installed=True)
    ben = bot.discord.add_user("ben")
    chat = bot.discord.add_channel(kind="group", people=[anna, ben])
    answer = bot.ask(anna, chat, "whowas", name="Leon Trotsky")
    assert "Bronstein" in answer.shown
    assert "Delete" in labels(answer)


def test_in_a_chat_between_people_only_the_asker_deletes(bot: Bot) -> None:
    anna = bot.discord.add_user("anna", installed=True)
    ben = bot.discord.add_user("ben")
    chat = bot.discord.add_channel(kind="group", people=[anna, ben])
    answer = bot.ask(anna, chat, "whowas", name="Leon Trotsky")
    assert bot.press(ben, answer, "Delete").ephemeral
    assert not answer.source.deleted
    bot.press(anna, answer, "Delete")
    bot.discord.wait_until(lambda: answer.source.deleted, what="the deletion")


# -- permissions ----------------------------------------------------------------------------------


def test_without_embed_links_all_facts_stand_in_the_text(bot: Bot) -> None:
    channel = bot.channel()
    bot.discord.set_bot_permissions(channel, may.INVITED & ~may.EMBED_LINKS)
    answer = bot.mention(bot.person(), channel, QUESTION)
    assert not answer.embeds
    assert is_answer(answer)


def test_without_embed_links_pages_turn_and_stay_text(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    bot.discord.set_bot_permissions(channel, may.INVITED & ~may.EMBED_LINKS)
    answer = bot.mention(anna, channel, "timeline of Leon Trotsky")
    turned = bot.press(anna, answer, "More").wait_for_message()
    assert not turned.embeds
    assert "Page 2 of" in turned.shown


@pytest.mark.parametrize("in_thread", [False, True])
def test_where_the_bot_may_not_write_it_does_not_try(bot: Bot, in_thread: bool) -> None:
    parent = bot.channel()
    channel = bot.channel("thread", parent=parent) if in_thread else parent
    missing = may.SEND_MESSAGES_IN_THREADS if in_thread else may.SEND_MESSAGES
    bot.discord.set_bot_permissions(parent, may.INVITED & ~missing)
    bot.discord.say(bot.person(), channel, f"{bot.discord.bot.mention} {QUESTION}")
    assert not bot.said_by_bot(channel)
    assert not posts(bot.discord, channel)


def test_in_a_thread_only_the_permission_for_threads_counts(bot: Bot) -> None:
    parent = bot.channel()
    thread = bot.channel("thread", parent=parent)
    bot.discord.set_bot_permissions(parent, may.INVITED & ~may.SEND_MESSAGES)
    assert is_answer(bot.mention(bot.person(), thread, QUESTION))


def test_a_slash_command_works_where_the_bot_may_not_write(bot: Bot) -> None:
    channel = bot.channel()
    bot.discord.set_bot_permissions(channel, may.VIEW_CHANNEL)
    assert "Bronstein" in bot.ask(bot.person(), channel, "whowas", name="Leon Trotsky").shown


def test_a_permission_that_comes_back_counts_at_once(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    bot.discord.set_bot_permissions(channel, may.VIEW_CHANNEL)
    bot.discord.set_bot_permissions(channel, may.INVITED)
    assert is_answer(bot.mention(anna, channel, QUESTION))


# -- coming and going -----------------------------------------------------------------------------


def greetings(bot: Bot, *channels: Channel) -> list[SeenMessage]:
    """Return what the bot has said of itself in channels."""
    bot.said_by_bot(bot.channel())
    found = [one for channel in channels for one in bot.discord.messages(channel)]
    return [one for one in found if one.author_id == bot.discord.bot.id]


def test_a_server_that_adds_the_bot_is_greeted_once(bot: Bot) -> None:
    added = bot.discord.add_guild("New", bot=False)
    channel = bot.discord.add_channel(added)
    bot.discord.invite_bot(added)
    greeted = bot.discord.wait_for_message(channel)
    assert "Daybook" in greeted.shown
    assert labels(greeted)
    assert len(greetings(bot, channel)) == 1


def test_a_greeting_offers_questions_that_work(bot: Bot) -> None:
    added = bot.discord.add_guild("New", bot=False)
    channel = bot.discord.add_channel(added)
    anna = bot.discord.add_user("anna", added)
    bot.discord.invite_bot(added)
    greeted = bot.discord.wait_for_message(channel)
    pressed = bot.press(anna, greeted, greeted.buttons[0].label)
    assert pressed.wait_for_message().shown


def test_the_greeting_comes_where_the_bot_may_write(bot: Bot) -> None:
    added = bot.discord.add_guild("New", bot=False)
    closed = bot.discord.add_channel(added, "rules")
    open_ = bot.discord.add_channel(added, "chat")
    bot.discord.set_bot_permissions(closed, may.VIEW_CHANNEL)
    bot.discord.invite_bot(added)
    assert "Daybook" in bot.discord.wait_for_message(open_).shown
    assert not greetings(bot, closed)


def test_the_greeting_needs_no_embed(bot: Bot) -> None:
    added = bot.discord.add_guild("New", bot=False)
    channel = bot.discord.add_channel(added)
    bot.discord.set_bot_permissions(channel, may.INVITED & ~may.EMBED_LINKS)
    bot.discord.invite_bot(added)
    greeted = bot.discord.wait_for_message(channel)
    assert not greeted.embeds
    assert "Daybook" in greeted.shown


def test_a_server_where_the_bot_may_write_nowhere_is_not_greeted(bot: Bot) -> None:
    added = bot.discord.add_guild("New", bot=False)
    channel = bot.discord.add_channel(added)
    news = bot.discord.add_channel(added, "news", kind="announcement")
    bot.discord.set_bot_permissions(channel, may.VIEW_CHANNEL)
    bot.discord.invite_bot(added)
    assert not greetings(bot, channel, news)


def test_a_server_that_comes_back_from_an_outage_is_not_greeted(bot: Bot) -> None:
    channel = bot.channel()
    bot.discord.remove_guild(bot.guild, unavailable=True)
    bot.discord.restore_guild(bot.guild)
    assert is_answer(bot.mention(bot.person(), channel, QUESTION))
    assert len(greetings(bot, channel)) == 1


def test_a_server_that_was_there_before_is_not_greeted_at_the_start(bot: Bot) -> None:
    assert not greetings(bot, bot.general)


def test_a_server_that_removes_the_bot_is_no_matter_to_others(bot: Bot) -> None:
    added = bot.discord.add_guild("Gone", bot=False)
    channel = bot.discord.add_channel(added)
    bot.discord.invite_bot(added)
    bot.discord.wait_for_message(channel)
    bot.discord.remove_guild(added)
    assert bot.answers()


def test_a_channel_that_is_deleted_is_no_matter_to_others(bot: Bot) -> None:
    channel = bot.channel()
    bot.mention(bot.person(), channel, QUESTION)
    bot.discord.remove_channel(channel)
    assert bot.answers()
