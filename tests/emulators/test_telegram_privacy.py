"""Which messages reach a bot: the table of privacy mode, by update really queued."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_raw import raw, started


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with started(bot_username="daybook_bot") as emulator:
        yield emulator


IN_A_GROUP = [
    # (text, arrives with privacy mode on)
    ("/whowas Curie", True),
    ("/whowas@daybook_bot Curie", True),
    ("/whowas@DAYBOOK_BOT Curie", True),
    ("please /whowas Curie", True),
    ("/whowas@another_bot Curie", False),
    ("@daybook_bot who was Curie?", False),
    ("who was Curie?", False),
    ("a/whowas", False),
]


def arrived(telegram: TelegramEmulator) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in telegram.updates]


@pytest.mark.parametrize(("text", "arrives"), IN_A_GROUP)
@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_with_privacy_only_commands_for_the_bot_arrive(
    telegram: TelegramEmulator, kind: str, text: str, arrives: bool
) -> None:
    anna = telegram.user("Anna")
    chat = getattr(telegram, kind)(members=[anna])
    telegram.say(anna, chat, text)
    assert arrived(telegram) == (["message"] if arrives else [])


@pytest.mark.parametrize("text", [text for text, _ in IN_A_GROUP])
def test_without_privacy_everything_arrives(telegram: TelegramEmulator, text: str) -> None:
    anna = telegram.user("Anna")
    telegram.set_privacy(on=False)
    telegram.say(anna, telegram.group(members=[anna]), text)
    assert arrived(telegram) == ["message"]


@pytest.mark.parametrize("text", [text for text, _ in IN_A_GROUP])
def test_an_admin_bot_gets_everything(telegram: TelegramEmulator, text: str) -> None:
    anna = telegram.user("Anna")
    telegram.say(anna, telegram.supergroup(members=[anna], bot="administrator"), text)
    assert arrived(telegram) == ["message"]


def test_a_plain_command_goes_to_the_bot_that_spoke_last(telegram: TelegramEmulator) -> None:
    anna, other = telegram.user("Anna"), telegram.user("Other", username="o_bot", is_bot=True)
    chat = telegram.group(members=[anna, other])
    telegram.say(other, chat, "I speak")
    telegram.say(anna, chat, "/help")
    telegram.say(anna, chat, "/help@daybook_bot")
    (update,) = telegram.updates
    assert update["message"]["text"] == "/help@daybook_bot"


def test_messages_of_other_bots_never_arrive(telegram: TelegramEmulator) -> None:
    other = telegram.user("Other", username="o_bot", is_bot=True)
    chat = telegram.supergroup(members=[other], bot="administrator")
    telegram.say(other, chat, "/help@daybook_bot")
    assert telegram.updates == []


def test_a_message_via_the_bot_arrives_and_via_another_does_not(
    telegram: TelegramEmulator,
) -> None:
    anna, other = telegram.user("Anna"), telegram.user("Other", username="o_bot", is_bot=True)
    chat = telegram.group(members=[anna])
    telegram.say(anna, chat, "found", via_bot=other)
    telegram.say(anna, chat, "found", via_bot=telegram.bot)
    (update,) = telegram.updates
    assert update["message"]["via_bot"]["username"] == "daybook_bot"


def test_only_replies_to_the_bot_arrive(telegram: TelegramEmulator) -> None:
    anna = telegram.user("Anna")
    chat = telegram.group(members=[anna])
    own = telegram.say(telegram.bot, chat, "the bot's")
    hers = telegram.say(anna, chat, "hers")
    telegram.say(anna, chat, "to hers", reply_to=hers)
    telegram.say(anna, chat, "to the bot's", reply_to=own)
    (update,) = telegram.updates
    assert update["message"]["text"] == "to the bot's"
    assert update["message"]["reply_to_message"]["text"] == "the bot's"


def test_service_messages_arrive(telegram: TelegramEmulator) -> None:
    anna, ben = telegram.user("Anna"), telegram.user("Ben")
    chat = telegram.group(members=[anna])
    telegram.add_member(chat, ben, by=anna)
    (update,) = telegram.updates
    assert update["message"]["new_chat_members"][0]["first_name"] == "Ben"


def test_an_edit_arrives_by_the_same_rules(telegram: TelegramEmulator) -> None:
    anna = telegram.user("Anna")
    chat = telegram.group(members=[anna])
    message = telegram.say(anna, chat, "nothing")
    telegram.edit(message, "still nothing")
    telegram.edit(message, "/help")
    (update,) = telegram.updates
    assert update["edited_message"]["text"] == "/help"


def test_everything_of_a_private_chat_arrives(telegram: TelegramEmulator) -> None:
    anna = telegram.user("Anna", language="de")
    telegram.say(anna, telegram.private(anna), "Guten Tag")
    (update,) = telegram.updates
    assert update["message"]["from"]["language_code"] == "de"


def test_posts_of_a_channel_arrive_as_channel_posts(telegram: TelegramEmulator) -> None:
    channel = telegram.channel()
    telegram.edit(telegram.say(None, channel, "news"), "newer")
    assert arrived(telegram) == ["channel_post", "edited_channel_post"]


def test_a_channels_post_comes_into_its_discussion_group(telegram: TelegramEmulator) -> None:
    group = telegram.supergroup(bot="administrator")
    channel = telegram.channel(discussion=group, bot=None)
    telegram.say(None, channel, "news")
    (update,) = telegram.updates
    message = update["message"]
    assert message["is_automatic_forward"] is True
    assert message["from"]["id"] == 777000
    assert message["sender_chat"]["id"] == channel.id


def test_an_anonymous_admin_writes_as_the_group(telegram: TelegramEmulator) -> None:
    anna = telegram.user("Anna")
    chat = telegram.supergroup(members=[anna])
    telegram.promote(chat, anna, anonymous=True)
    telegram.say(anna, chat, "/daily")
    (update,) = telegram.updates
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == chat.id


@pytest.mark.parametrize("bot", ["left", "kicked", None])
def test_nothing_arrives_from_a_group_without_the_bot(
    telegram: TelegramEmulator, bot: str | None
) -> None:
    anna = telegram.user("Anna")
    telegram.say(anna, telegram.group(members=[anna], bot=bot), "/help@daybook_bot")
    assert telegram.updates == []


@pytest.mark.parametrize("privacy", [True, False])
def test_get_me_tells_of_the_mode(privacy: bool) -> None:
    with raw(privacy=privacy) as call:
        assert call("getMe")["can_read_all_group_messages"] is not privacy
