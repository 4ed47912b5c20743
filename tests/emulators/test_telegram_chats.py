# ruff: noqa: ANN401 - JSON may be anything
"""Where the bot may write, edit and delete, and what it is told where it may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from emulators.telegram_errors import NOT_MODIFIED
from emulators.telegram_raw import Raw, raw
from emulators.telegram_world import Chat


@pytest.fixture
def call() -> Iterator[Raw]:
    with raw() as one:
        yield one


def private(call: Raw) -> Chat:
    return call.emulator.private(call.emulator.user("Anna"))


def blocked(call: Raw) -> Chat:
    chat = private(call)
    assert chat.user is not None
    call.emulator.block(chat.user)
    return chat


def deactivated(call: Raw) -> Chat:
    chat = private(call)
    assert chat.user is not None
    call.emulator.deactivate(chat.user)
    return chat


def bots(call: Raw) -> Chat:
    return call.emulator.private(call.emulator.user("Other", is_bot=True))


def removed(kind: str, kicked: bool) -> Callable[[Raw], Chat]:
    def make(call: Raw) -> Chat:
        chat: Chat = getattr(call.emulator, kind)()
        call.emulator.remove_member(chat, call.emulator.bot, kicked=kicked)
        return chat

    return make


def deleted(call: Raw) -> Chat:
    chat = call.emulator.group()
    call.emulator.delete_chat(chat)
    return chat


def silenced(call: Raw) -> Chat:
    chat = call.emulator.supergroup()
    call.emulator.silence_members(chat)
    return chat


def powerless(call: Raw) -> Chat:
    chat = call.emulator.channel()
    call.emulator.promote(chat, call.emulator.bot, rights=["can_invite_users"])
    return chat


CLOSED: list[tuple[Callable[[Raw], Chat], int, str]] = [
    # (where, status, why)
    (lambda call: call.emulator.private(call.emulator.user("Ben"), started=False), 403,
     "Forbidden: bot can't initiate conversation with a user"),
    (blocked, 403, "Forbidden: bot was blocked by the user"),
    (deactivated, 403, "Forbidden: user is deactivated"),
    (bots, 403, "Forbidden: bots can't send messages to bots"),
    (removed("group", kicked=True), 403, "Forbidden: bot was kicked from the group chat"),
    (removed("supergroup", kicked=True), 403,
     "Forbidden: bot was kicked from the supergroup chat"),
    (removed("channel", kicked=True), 403, "Forbidden: bot was kicked from the channel chat"),
    (removed("group", kicked=False), 403, "Forbidden: bot is not a member of the group chat"),
    (removed("supergroup", kicked=False), 403,
     "Forbidden: bot is not a member of the supergroup chat"),
    (removed("channel", kicked=False), 403,
     "Forbidden: bot is not a member of the channel chat"),
    (deleted, 403, "Forbidden: the group chat was deleted"),
    (lambda call: call.emulator.supergroup(bot="restricted"), 400,
     "Bad Request: not enough rights to send text messages to the chat"),
    (silenced, 400, "Bad Request: not enough rights to send text messages to the chat"),
    (lambda call: call.emulator.channel(bot="member"), 400,
     "Bad Request: need administrator rights in the channel chat"),
    (powerless, 400, "Bad Request: not enough rights to post messages in the channel chat"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "status", "why"), CLOSED)
def test_where_the_bot_may_not_write_it_is_told_why(
    call: Raw, place: Callable[[Raw], Chat], status: int, why: str
) -> None:
    chat = place(call)
    answer = call.post("sendMessage", chat_id=chat.id, text="a")
    assert (answer.status_code, answer.json()["description"]) == (status, why)
    assert call.emulator.messages(chat, by_bot=True) == []


OPEN: list[Callable[[Raw], Chat]] = [
    private,
    lambda call: call.emulator.group(),
    lambda call: call.emulator.supergroup(),
    lambda call: call.emulator.forum(),
    lambda call: call.emulator.channel(),
]


@pytest.mark.parametrize("place", OPEN)
def test_where_the_bot_may_write_its_message_appears(
    call: Raw, place: Callable[[Raw], Chat]
) -> None:
    chat = place(call)
    sent = call("sendMessage", chat_id=chat.id, text="a")
    (there,) = call.emulator.messages(chat, by_bot=True)
    assert (there.id, there.text) == (sent["message_id"], "a")


def test_a_channel_is_found_by_its_name(call: Raw) -> None:
    channel = call.emulator.channel(username="old_news")
    assert call("sendMessage", chat_id="@Old_News", text="a")["chat"]["id"] == channel.id


def test_a_migrated_group_names_its_new_id(call: Raw) -> None:
    group = call.emulator.group()
    new = call.emulator.migrate(group)
    answer = call.post("sendMessage", chat_id=group.id, text="a")
    assert answer.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    assert call("sendMessage", chat_id=new.id, text="a")["chat"]["type"] == "supergroup"


@pytest.mark.parametrize("tell", [True, False])
def test_a_migration_may_be_told_by_two_messages(call: Raw, tell: bool) -> None:
    group = call.emulator.group()
    new = call.emulator.migrate(group, tell=tell)
    told = [
        (update["message"]["chat"]["id"], update["message"].get("migrate_to_chat_id"),
         update["message"].get("migrate_from_chat_id"))
        for update in call.emulator.updates
    ]  # fmt: skip
    assert told == ([(group.id, new.id, None), (new.id, None, group.id)] if tell else [])


def test_a_message_goes_into_its_topic(call: Raw) -> None:
    forum = call.emulator.forum(topics=["History"])
    topic = call.emulator.topic_of(forum, "History")
    sent = call("sendMessage", chat_id=forum.id, text="a", message_thread_id=topic.id)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    assert [one.text for one in call.emulator.messages(forum, topic, by_bot=True)] == ["a"]
    assert call.emulator.messages(forum, 1, by_bot=True) == []


def test_general_has_no_thread_number(call: Raw) -> None:
    forum = call.emulator.forum(topics=["History"])
    assert "message_thread_id" not in call("sendMessage", chat_id=forum.id, text="a")


def test_a_reply_goes_into_the_topic_of_its_question(call: Raw) -> None:
    anna = call.emulator.user("Anna")
    forum = call.emulator.forum(members=[anna], topics=["History"])
    topic = call.emulator.topic_of(forum, "History")
    asked = call.emulator.say(anna, forum, "/help", topic=topic)
    sent = call(
        "sendMessage", chat_id=forum.id, text="a", reply_parameters={"message_id": asked.id}
    )
    assert sent["message_thread_id"] == topic.id


@pytest.mark.parametrize(
    ("change", "why"),
    [("close_topic", "TOPIC_CLOSED"), ("delete_topic", "message thread not found")],
)
def test_a_topic_may_be_closed_or_gone(call: Raw, change: str, why: str) -> None:
    forum = call.emulator.forum(topics=["History"])
    topic = call.emulator.topic_of(forum, "History")
    getattr(call.emulator, change)(forum, topic)
    sent = {"chat_id": forum.id, "text": "a", "message_thread_id": topic.id}
    assert call.refusal("sendMessage", **sent) == f"Bad Request: {why}"


def test_who_manages_topics_may_write_into_closed_ones(call: Raw) -> None:
    forum = call.emulator.forum(topics=["History"], bot="administrator")
    topic = call.emulator.topic_of(forum, "History")
    call.emulator.close_topic(forum, topic)
    assert call("sendMessage", chat_id=forum.id, text="a", message_thread_id=topic.id)


def sent(call: Raw, **more: Any) -> dict[str, Any]:
    chat = private(call)
    made: dict[str, Any] = call("sendMessage", chat_id=chat.id, text="a", **more)
    return {"chat_id": chat.id, "message_id": made["message_id"]}


BUTTONS = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}


def test_an_edit_that_changes_nothing_is_refused(call: Raw) -> None:
    where = sent(call, reply_markup=BUTTONS)
    same = {**where, "text": " a ", "reply_markup": BUTTONS}
    assert call.refusal("editMessageText", **same) == f"Bad Request: {NOT_MODIFIED}"


def test_an_edit_without_buttons_takes_them_away(call: Raw) -> None:
    where = sent(call, reply_markup=BUTTONS)
    assert "reply_markup" not in call("editMessageText", **where, text="a")


def test_an_edit_of_the_buttons_keeps_the_text(call: Raw) -> None:
    where = sent(call)
    edited = call("editMessageReplyMarkup", **where, reply_markup=BUTTONS)
    assert (edited["text"], edited["reply_markup"]) == ("a", BUTTONS)


def test_what_is_not_there_can_not_be_changed(call: Raw) -> None:
    where = {**sent(call), "message_id": 999}
    assert call.refusal("editMessageText", **where, text="b") == (
        "Bad Request: message to edit not found"
    )
    assert call.refusal("deleteMessage", **where) == "Bad Request: message to delete not found"


def test_what_others_wrote_can_not_be_edited(call: Raw) -> None:
    anna = call.emulator.user("Anna")
    hers = call.emulator.say(anna, call.emulator.private(anna), "hers")
    where = {"chat_id": anna.id, "message_id": hers.id}
    assert call.refusal("editMessageText", **where, text="b") == (
        "Bad Request: message can't be edited"
    )


def test_its_own_message_can_be_deleted_once(call: Raw) -> None:
    where = sent(call)
    assert call("deleteMessage", **where) is True
    assert "message to delete not found" in call.refusal("deleteMessage", **where)


def test_a_message_of_two_days_can_not_be_deleted(call: Raw) -> None:
    where = sent(call)
    call.emulator.pass_time(48 * 3600 + 1)
    assert call.refusal("deleteMessage", **where) == "Bad Request: message can't be deleted"


@pytest.mark.parametrize(("bot", "may"), [("member", False), ("administrator", True)])
def test_only_an_admin_deletes_what_others_wrote(call: Raw, bot: str, may: bool) -> None:
    anna = call.emulator.user("Anna")
    chat = call.emulator.supergroup(members=[anna], bot=bot)
    hers = call.emulator.say(anna, chat, "hers")
    where = {"chat_id": chat.id, "message_id": hers.id}
    if may:
        assert call("deleteMessage", **where) is True
    else:
        assert call.refusal("deleteMessage", **where) == "Bad Request: message can't be deleted"


def test_several_messages_are_deleted_at_once(call: Raw) -> None:
    chat = private(call)
    numbers = [call("sendMessage", chat_id=chat.id, text="a")["message_id"] for _ in range(3)]
    assert call("deleteMessages", chat_id=chat.id, message_ids=[*numbers[:2], 999]) is True
    assert [one.id for one in call.emulator.messages(chat)] == numbers[2:]


def test_of_several_messages_none_is_deleted_where_one_may_not_be(call: Raw) -> None:
    anna = call.emulator.user("Anna")
    chat = call.emulator.supergroup(members=[anna])
    hers = call.emulator.say(anna, chat, "hers").id
    own = call("sendMessage", chat_id=chat.id, text="a")["message_id"]
    where = {"chat_id": chat.id, "message_ids": [own, hers]}
    assert call.refusal("deleteMessages", **where) == "Bad Request: message can't be deleted"
    assert [one.id for one in call.emulator.messages(chat)] == [hers, own]


@pytest.mark.parametrize(
    ("count", "why"),
    [
        (0, "message identifiers are not specified"),
        (101, "too many message identifiers specified"),
    ],
)
def test_one_to_a_hundred_messages_are_deleted_at_once(call: Raw, count: int, why: str) -> None:
    where = {"chat_id": private(call).id, "message_ids": list(range(1, count + 1))}
    assert call.refusal("deleteMessages", **where) == f"Bad Request: {why}"


def test_members_are_what_was_made_of_them(call: Raw) -> None:
    telegram = call.emulator
    anna, ben, eve = (telegram.user(name) for name in ("Anna", "Ben", "Eve"))
    chat = telegram.supergroup(members=[anna, ben])
    telegram.promote(chat, anna, rights=["can_change_info"])
    telegram.remove_member(chat, ben, kicked=True)
    states = [
        call("getChatMember", chat_id=chat.id, user_id=user.id)["status"]
        for user in (anna, ben, eve, telegram.bot)
    ]
    assert states == ["administrator", "kicked", "left", "member"]
    (admin,) = call("getChatAdministrators", chat_id=chat.id)
    assert (admin["can_change_info"], admin["can_pin_messages"]) == (True, False)


def test_administrators_of_a_private_chat_are_refused(call: Raw) -> None:
    assert call.refusal("getChatAdministrators", chat_id=private(call).id) == (
        "Bad Request: there are no administrators in the private chat"
    )


def test_the_bot_is_told_what_becomes_of_it(call: Raw) -> None:
    telegram = call.emulator
    anna = telegram.user("Anna")
    chat = telegram.supergroup(members=[anna], bot=None)
    telegram.add_member(chat, telegram.bot, by=anna)
    telegram.promote(chat, telegram.bot)
    telegram.remove_member(chat, telegram.bot, by=anna, kicked=True)
    told = [
        (one["my_chat_member"]["old_chat_member"]["status"],
         one["my_chat_member"]["new_chat_member"]["status"])
        for one in telegram.updates if "my_chat_member" in one
    ]  # fmt: skip
    assert told == [("left", "member"), ("member", "administrator"), ("administrator", "kicked")]


def test_a_block_is_told_too(call: Raw) -> None:
    anna = call.emulator.user("Anna")
    call.emulator.private(anna)
    call.emulator.block(anna)
    call.emulator.start(anna, "deep_link")
    kinds = [next(key for key in one if key != "update_id") for one in call.emulator.updates]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert call.emulator.updates[-1]["message"]["text"] == "/start deep_link"


def test_leaving_ends_membership(call: Raw) -> None:
    chat = call.emulator.group()
    assert call("leaveChat", chat_id=chat.id) is True
    assert "not a member of the group" in call.refusal("sendMessage", chat_id=chat.id, text="a")


def test_a_file_sent_can_be_fetched_again(call: Raw) -> None:
    chat = private(call)
    url = f"{call.emulator.api_url}{call.emulator.token}/sendDocument"
    answer = call.client.post(
        url,
        data={"chat_id": chat.id, "caption": "see /help"},
        files={"document": ("a.txt", b"abc")},
    ).json()["result"]
    assert answer["caption_entities"] == [{"type": "bot_command", "offset": 4, "length": 5}]
    path = call("getFile", file_id=answer["document"]["file_id"])["file_path"]
    content = call.client.get(f"{call.emulator.file_url}{call.emulator.token}/{path}").content
    assert (answer["document"]["file_name"], content) == ("a.txt", b"abc")


@pytest.mark.parametrize(("size", "fits"), [(1024, True), (1025, False)])
def test_a_caption_is_shorter_than_a_text(call: Raw, size: int, fits: bool) -> None:
    chat = private(call)
    url = f"{call.emulator.api_url}{call.emulator.token}/sendPhoto"
    body = call.client.post(
        url, data={"chat_id": chat.id, "caption": "c" * size}, files={"photo": ("a.png", b"x")}
    ).json()
    assert body.get("description") == (None if fits else "Bad Request: message caption is too long")
