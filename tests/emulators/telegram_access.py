"""Whether the bot may reach a chat and act in it, with the server's refusals.

After check_chat_access in tdlib/telegram-bot-api's Client.cpp, and the refusals of Telegram behind
it.
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import re
from typing import Any

from emulators.telegram_errors import ApiError, bad_request, forbidden, migrated
from emulators.telegram_world import Chat, Message, User, World


def chat_of(world: World, name: Any) -> Chat:
    """Return the chat a call names; raises ApiError where there is none or it is out of reach."""
    if name in ("", None):
        raise bad_request("chat_id is empty")
    text = str(name)
    if not text.startswith("@") and not re.fullmatch(r"-?\d{1,19}", text, re.ASCII):
        raise bad_request("chat not found")
    chat = world.find_chat(text)
    if chat is None and not text.startswith("@") and int(text) in world.users:
        chat = world.private_chat(world.users[int(text)])
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to.id)
    return chat


def check_inside(world: World, chat: Chat) -> None:
    """Raise ApiError unless the bot is in the chat (for a private chat: always fine)."""
    if chat.type == "private":
        return
    if chat.deleted:
        raise forbidden(f"the {chat.type} chat was deleted")
    member = chat.member(world.bot)
    kind = f"the {chat.type} chat"
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from {kind}")
    if not member.inside:
        raise forbidden(f"bot is not a member of {kind}")


def check_may_write(world: World, chat: Chat, what: str = "text messages") -> None:
    """Raise ApiError unless the bot may send `what` to the chat."""
    if chat.type == "private":
        _check_private(world, chat)
        return
    check_inside(world, chat)
    member = chat.member(world.bot)
    if chat.type == "channel":
        if not member.is_admin:
            raise bad_request("need administrator rights in the channel chat")
        if "can_post_messages" not in member.rights and member.status != "creator":
            raise bad_request("not enough rights to post messages in the channel chat")
        return
    silenced = member.status == "restricted" and not member.can_send
    if silenced or (not chat.members_can_send and not member.is_admin):
        raise bad_request(f"not enough rights to send {what} to the chat")


def _check_private(world: World, chat: Chat) -> None:
    user = chat.user
    assert user is not None
    if user is world.bot or user.is_bot:
        raise forbidden("bots can't send messages to bots")
    if user.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")


def check_topic(world: World, chat: Chat, thread: int) -> int | None:
    """Return the topic to keep on a message for message_thread_id (0: none given).

    Raises ApiError: no such topic, no forum, or the topic is closed and the bot may not manage
    topics.
    """
    if not chat.is_forum:
        if thread:
            raise bad_request("message thread not found")
        return None
    topic = chat.topics.get(thread or 1)
    if topic is None:
        raise bad_request("message thread not found")
    member = chat.member(world.bot)
    manages = member.status == "creator" or "can_manage_topics" in member.rights
    if topic.closed and not manages:
        raise bad_request("TOPIC_CLOSED")
    return None if topic.id == 1 else topic.id


def message_of(chat: Chat, number: int, what: str) -> Message:
    """Return a message of the chat; raises ApiError "... not found"."""
    if number <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad_request(f"{what} not found")
    return message


def user_of(world: World, number: int) -> User:
    """Return a user; raises ApiError where nobody has that id."""
    if number <= 0:
        raise bad_request("invalid user_id specified")
    user = world.users.get(number)
    if user is None:
        raise bad_request("user not found")
    return user


def check_may_delete(world: World, message: Message) -> None:
    """Raise ApiError unless the bot may delete the message.

    https://core.telegram.org/bots/api#deletemessage: under 48 hours; its own; all in private
    chats; others' only with can_delete_messages.
    """
    chat, refusal = message.chat, bad_request("message can't be deleted")
    member = chat.member(world.bot)
    may_all = member.status == "creator" or "can_delete_messages" in member.rights
    created = {"supergroup_chat_created", "channel_chat_created"}
    if created & set(message.service):
        raise refusal
    if may_all and chat.type != "private":
        return
    if world.now() - message.date > 48 * 3600:
        raise refusal
    if chat.type == "private" or message.sender is world.bot:
        return
    raise refusal


def edit_refusal() -> ApiError:
    """Return the refusal to edit what is not the bot's own."""
    return bad_request("message can't be edited")
