"""Where the bot answers on Telegram, whom, and where it keeps still; inline queries and links."""

from __future__ import annotations

import time

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_world import Chat, User
from telegram_running import QUIET, Running, edited, says_no_more, until

from adapters.telegram import conversation
from bot.answering import Answering

pytestmark = pytest.mark.usefixtures("bot")


# -- where and from whom --------------------------------------------------------------------------


def test_the_topic_asked_is_the_topic_answered(telegram: TelegramEmulator, anna: User) -> None:
    forum = telegram.forum("A forum", [anna], topics=["History"])
    topic = telegram.topic_of(forum, "History")
    answer = telegram.ask(anna, forum, "/whowas mercador", topic=topic)
    assert answer.topic == topic.id
    telegram.press(anna, answer, "Leon Trotsky")
    assert telegram.wait_for_message(forum, topic=topic, after=answer).text.startswith("Leon")


def test_the_general_topic_is_answered(telegram: TelegramEmulator, anna: User) -> None:
    forum = telegram.forum("A forum", [anna], topics=["History"])
    assert telegram.ask(anna, forum, "/whowas mercador").topic is None


def test_a_channels_command_is_answered_there(telegram: TelegramEmulator) -> None:
    channel = telegram.channel("A channel")
    telegram.say(None, channel, "/onthisday 21 August")
    until(lambda: len(telegram.messages(channel)) == 2, "answered")
    assert "21 August" in telegram.messages(channel)[1].text
    assert telegram.look(telegram.messages(channel)[1]).button("Delete")


def test_words_in_a_channel_are_left_alone(telegram: TelegramEmulator) -> None:
    channel = telegram.channel("A channel")
    telegram.say(None, channel, "what happened on 21 August")
    time.sleep(QUIET)
    assert len(telegram.messages(channel)) == 1


def test_an_edited_message_is_not_answered_again(telegram: TelegramEmulator, anna: User) -> None:
    chat = telegram.private(anna)
    question = telegram.say(anna, chat, "21 August")
    telegram.wait_for_message(chat)
    telegram.edit(question, "22 August")
    says_no_more(telegram, chat, than=1)


def test_forwarded_messages_are_not_answered(
    telegram: TelegramEmulator, anna: User, bob: User
) -> None:
    telegram.say(anna, telegram.private(anna), "21 August", forwarded=bob)
    says_no_more(telegram, telegram.private(anna))


def test_other_bots_commands_are_left_to_them(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    telegram.set_privacy(False)
    for text in ("/whowas@other_bot Ada", "/ban somebody", "no question at all"):
        telegram.say(anna, group, text)
    says_no_more(telegram, group)


def test_a_mention_is_answered_where_it_arrives(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    telegram.set_privacy(False)
    answer = telegram.ask(anna, group, "@daybook_test_bot who was Kamenev?")
    assert answer.text.startswith("Two people in the library")


def test_a_reply_to_the_bot_is_answered(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    first = telegram.ask(anna, group, "/whowas mercador")
    second = telegram.ask(anna, group, "31 June", reply_to=first)
    assert second.text.startswith("June has 30 days.")


@pytest.mark.parametrize("talk", ["thanks!", "lol", "good bot"])
def test_talk_in_reply_to_the_bot_is_left_alone(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat, talk: str
) -> None:
    first = telegram.ask(anna, group, "/whowas mercador")
    telegram.say(bob, group, talk, reply_to=first)
    says_no_more(telegram, group, than=1)


@pytest.mark.parametrize("text", ["can you sing?", "@daybook_test_bot thanks"])
def test_a_question_or_a_name_in_reply_to_the_bot_is_told_what_it_understands(
    telegram: TelegramEmulator, anna: User, group: Chat, text: str
) -> None:
    first = telegram.ask(anna, group, "/whowas mercador")
    assert telegram.ask(anna, group, text, reply_to=first).text.startswith("I look things up.")


def test_talk_in_a_private_chat_is_told_what_it_understands(
    telegram: TelegramEmulator, anna: User
) -> None:
    first = telegram.ask(anna, telegram.private(anna), "/whowas mercador")
    answer = telegram.ask(anna, telegram.private(anna), "lol", reply_to=first)
    assert answer.text.startswith("I look things up.")


def test_a_caption_is_a_question(telegram: TelegramEmulator, anna: User) -> None:
    chat = telegram.private(anna)
    question = telegram.say(anna, chat, "31 June", photo=True)
    assert telegram.wait_for_message(chat, after=question).text.startswith("June has 30 days.")


def test_an_update_that_comes_again_is_answered_once(
    telegram: TelegramEmulator, anna: User
) -> None:
    chat = telegram.private(anna)
    telegram.ask(anna, chat, "31 June")
    telegram.redeliver(telegram.updates[-1]["update_id"], times=3)
    says_no_more(telegram, chat, than=1)


def test_a_broken_update_holds_up_nothing(telegram: TelegramEmulator, anna: User) -> None:
    telegram.push("message", {"message_id": 1, "chat": None})
    assert telegram.ask(anna, telegram.private(anna), "31 June").text


def test_numbers_of_updates_that_begin_lower_are_no_old_ones(
    telegram: TelegramEmulator, anna: User
) -> None:
    telegram.ask(anna, telegram.private(anna), "31 June")
    telegram.number_updates_from(500)
    assert telegram.ask(anna, telegram.private(anna), "21 August").text.startswith("21 August")


# -- groups ---------------------------------------------------------------------------------------


def test_a_group_is_greeted_once_and_told_how_to_ask_there(
    telegram: TelegramEmulator, anna: User
) -> None:
    group = telegram.group("New", [anna], bot=None)
    telegram.add_member(group, telegram.bot, anna)
    greeting = telegram.wait_for_message(group)
    telegram.say(anna, group, "/start@daybook_test_bot daybook")  # sent by the link that adds it
    says_no_more(telegram, group, than=1)
    assert greeting.text.startswith("Daybook\n\n")
    assert greeting.text.replace("\u2060", "").endswith(conversation.PRIVACY)


def test_a_group_where_it_may_not_write_is_not_greeted(
    telegram: TelegramEmulator, anna: User
) -> None:
    group = telegram.group("New", [anna], bot=None)
    telegram.silence_members(group)
    telegram.add_member(group, telegram.bot, anna)
    time.sleep(QUIET)
    assert telegram.messages(group, by_bot=True) == []
    telegram.clear()


def test_unblocking_is_no_occasion_to_speak(telegram: TelegramEmulator, anna: User) -> None:
    chat = telegram.private(anna)
    telegram.block(anna)
    telegram.block(anna, blocked=False)
    says_no_more(telegram, chat)


def test_help_in_a_group_tells_of_privacy_mode(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    assert "How to ask here" in telegram.ask(anna, group, "/help").text
    assert "How to ask here" not in telegram.ask(anna, telegram.private(anna), "/help").text


def test_our_commands_can_be_pressed_in_help(telegram: TelegramEmulator, anna: User) -> None:
    answer = telegram.ask(anna, telegram.private(anna), "/help")
    assert {"/whowas", "/onthisday"} <= {one.text for one in answer.live}
    assert {one.type for one in answer.live} == {"bot_command"}


@pytest.mark.parametrize("tell", [True, False])
def test_a_group_that_becomes_a_supergroup_is_answered_there(
    telegram: TelegramEmulator, anna: User, tell: bool
) -> None:
    old = telegram.group("Old", [anna])
    telegram.fault("sendMessage", "delay before effect", seconds=0.5, chat=old.id)
    telegram.say(anna, old, "/whowas mercador")
    time.sleep(0.2)
    new = telegram.migrate(old, tell=tell)
    answer = telegram.wait_for_message(new)
    telegram.press(anna, answer, "More")
    assert "Page 2 of 2" in edited(telegram, answer).text
    telegram.clear()


def test_the_menu_is_set_and_the_profile_filled_only_where_empty(
    telegram: TelegramEmulator, answering: Answering, bot: Running
) -> None:
    until(lambda: ("short_description", "") in telegram.words, "described")
    names = [one["command"] for one in telegram.commands["default", ""]]
    assert names == list(answering.answerer.commands)
    bot.stop()
    telegram.clear()
    with Running(telegram, answering):
        telegram.wait_for_call("getMyShortDescription")
        time.sleep(QUIET)
    assert [one.method for one in telegram.calls if one.method.startswith("setMy")] == []


# -- inline and links -----------------------------------------------------------------------------


def test_a_name_is_looked_up_in_any_chat_and_sent_whole(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    answer = telegram.inline(anna, "mercad")
    assert answer.results[0]["title"] == "Ramón Mercader"
    sent = telegram.choose(answer, 0, group)
    assert sent.text.startswith("Ramón Mercader\n\n")
    assert "\n\nSource: Leon Trotsky, Assassination" in sent.text


def test_what_was_sent_inline_is_not_answered(telegram: TelegramEmulator, anna: User) -> None:
    chat = telegram.private(anna)
    telegram.choose(telegram.inline(anna, "mercad"), 0, chat)
    time.sleep(QUIET)
    assert telegram.messages(chat, by_bot=True) == []


def test_nothing_typed_offers_today_and_questions(telegram: TelegramEmulator, anna: User) -> None:
    answer = telegram.inline(anna, "")
    assert answer.results[0]["title"] == "On this day"
    assert len(answer.results) > 1
    assert answer.cache_time <= 300


def test_results_go_on_by_their_offset(telegram: TelegramEmulator, anna: User) -> None:
    first = telegram.inline(anna, "Nobel Prize in Physics")
    assert first.next_offset
    second = telegram.inline(anna, "Nobel Prize in Physics", first.next_offset)
    ids = [one["id"] for one in (*first.results, *second.results)]
    assert len(second.results) > 0
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("typed", ["qqqqzzz", '"', "* NEAR(", "\u202e", "x" * 256, "🦭"])
def test_any_query_is_answered(telegram: TelegramEmulator, anna: User, typed: str) -> None:
    assert telegram.inline(anna, typed).cache_time >= 1


def test_a_deep_link_asks_its_question(telegram: TelegramEmulator, anna: User) -> None:
    answer = telegram.inline(anna, "31 June")
    start = telegram.start(anna, answer.button["start_parameter"])
    told = telegram.wait_for_message(telegram.private(anna), after=start)
    assert told.text.startswith("June has 30 days.")


@pytest.mark.parametrize("payload", ["", "daybook", "qqqq", "x" * 64])
def test_a_link_without_a_question_greets(
    telegram: TelegramEmulator, anna: User, payload: str
) -> None:
    start = telegram.start(anna, payload)
    told = telegram.wait_for_message(telegram.private(anna), after=start)
    assert told.text.startswith("Daybook\n\n")
