"""An update in, what it asks of the bot out: pure, on the Bot API's JSON.

https://core.telegram.org/bots/api#update. Not for the bot are: messages of other bots and its own,
those sent by way of an inline bot, forwarded ones, edited ones (which are not asked for), posts in
channels that are no commands, commands of other bots, and in groups words that are neither a reply
to it nor name it. Whoever calls may leave out what was written before a moment: a bot that comes
back after hours doesn't answer questions that nobody waits for any more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.telegram.deep_link import question_of

Json = Mapping[str, Any]

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?=\s|$)")
_AROUND = " \t\r\n,;:–—-"
"""What is left around a question when the bot's name is taken out of it."""

HELP = "/help"
"""What is answered to who only names the bot."""

_IS_IN = frozenset({"creator", "administrator", "member"})


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself: https://core.telegram.org/bots/api#user."""

    id: int
    username: str
    name: str = ""
    reads_all: bool = False
    has_inline: bool = False

    @classmethod
    def of(cls, user: Json) -> Me:
        """Return the bot as getMe tells of it."""
        return cls(
            user["id"],
            user.get("username", ""),
            user.get("first_name", ""),
            bool(user.get("can_read_all_group_messages")),
            bool(user.get("supports_inline_queries")),
        )


@dataclass(frozen=True, slots=True)
class Chat:
    """Where something was asked. `topic` is that of a forum; its General topic has none."""

    id: int
    kind: str
    topic: int | None = None

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads there."""
        return self.kind == "private"

    @property
    def is_group(self) -> bool:
        """Whether people talk there."""
        return self.kind in ("group", "supergroup")


@dataclass(frozen=True, slots=True)
class File:
    """A file in a message: https://core.telegram.org/bots/api#document."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked in a message, with a file that is in it or in the one that it answers.

    `asker` is a user's number, or that of the chat that somebody speaks as: of an anonymous admin's
    group, of a channel. Users' are positive, those of chats negative. `is_talk` says that it only
    replies to a message of the bot in a group, neither a command nor naming it.
    """

    text: str
    chat: Chat
    message: int
    asker: int
    locale: str = ""
    file: File | None = None
    is_talk: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """/start, which carries what a deep link said."""

    payload: str
    chat: Chat
    message: int
    asker: int
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button. `question` is the text of the message that the pressed one answers, if any.

    `chat` is none where the message can't be reached any more. `is_on_message` says that the
    message has this button now. `labels` are those of the message's buttons, `answered_labels`
    those of the one that it answers.
    """

    id: str
    user: int
    data: str
    locale: str
    chat: Chat | None = None
    message: int = 0
    question: str = ""
    asked_by: int = 0
    is_on_message: bool = False
    labels: tuple[str, ...] = ()
    answered_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """An inline query: what somebody types behind the bot's name, in any chat."""

    id: str
    user: int
    text: str
    offset: str
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The bot was added to a group; `is_admin` there it reads everything."""

    chat: Chat
    by: int
    locale: str = ""
    may_write: bool = True
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """The bot was removed, or blocked."""

    chat: Chat


@dataclass(frozen=True, slots=True)
class Migrated:
    """A group became a supergroup, which has another number."""

    old: int
    new: int


Arrival = Question | Start | Pressed | Typed | Added | Removed | Migrated


def parse(
    update: Json, me: Me, commands: Collection[str], oldest: int | None = None
) -> Arrival | None:
    """Return what an update asks, or nothing. Messages from before `oldest` are none of ours.

    `commands` are the names of ours. Raises KeyError, TypeError or the like for what is no update.
    """
    for kind in ("message", "channel_post"):
        if kind in update:
            return _message(update[kind], me, commands, oldest)
    if "callback_query" in update:
        return _pressed(update["callback_query"], me)
    if "inline_query" in update:
        query = update["inline_query"]
        user = query["from"]
        return Typed(query["id"], user["id"], query["query"], query["offset"], _locale(user))
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"])
    return None


def lane(arrival: Arrival) -> tuple[str, int]:
    """Return what an arrival waits for: those of one lane are answered one after the other."""
    match arrival:
        case Typed(user=user):
            return ("user", user)
        case Migrated(old=old):
            return ("chat", old)
        case Pressed(chat=None, user=user):
            return ("user", user)
        case _:
            assert arrival.chat is not None  # noqa: S101 - the case above
            return ("chat", arrival.chat.id)


# -- messages ------------------------------------------------------------------------------------


def _message(
    message: Json, me: Me, commands: Collection[str], oldest: int | None
) -> Arrival | None:
    chat = _chat(message)
    if "migrate_to_chat_id" in message:
        return Migrated(chat.id, message["migrate_to_chat_id"])
    if "migrate_from_chat_id" in message:
        return Migrated(message["migrate_from_chat_id"], chat.id)
    if oldest is not None and message["date"] < oldest:
        return None
    asker = _asker(message)
    if asker is None or "via_bot" in message or "forward_origin" in message:
        return None
    text = _asked(message, me, commands)
    if not text:
        return None
    locale = _locale(message.get("from", {})) if "sender_chat" not in message else ""
    question = Question(text, chat, message["message_id"], asker, locale, _file(message))
    found = _COMMAND.match(text)
    if found is None and chat.is_group and not _without_name(message, me)[1]:
        return replace(question, is_talk=True)
    if found and _is_start(found):
        payload = text[found.end() :].strip()
        return Start(payload, chat, question.message, asker, locale)
    return question


def _file(message: Json) -> File | None:
    """Return the document of a message, else that of the one it answers."""
    for one in (message, message.get("reply_to_message") or {}):
        found = one.get("document")
        if found:
            name = str(found.get("file_name") or "")
            return File(str(found["file_id"]), name, int(found.get("file_size") or 0))
    return None


def _asker(message: Json) -> int | None:
    """Return who asks; none for a bot. Who speaks as a chat has a bot's name beside it."""
    if "sender_chat" in message:
        chat: int = message["sender_chat"]["id"]
        return chat
    user = message.get("from")
    if user is None or user.get("is_bot"):
        return None
    number: int = user["id"]
    return number


def _asked(message: Json, me: Me, commands: Collection[str]) -> str:
    chat = _chat(message)
    text = _text(message)
    found = _COMMAND.match(text)
    if found:
        return _command(text, found, me, chat, commands)
    words, is_named = _without_name(message, me)
    if chat.kind == "channel":
        return ""
    if chat.is_private or is_named or _is_reply_to(message, me):
        return words or (HELP if is_named else "")
    return ""


def _command(text: str, found: re.Match[str], me: Me, chat: Chat, commands: Collection[str]) -> str:
    """Return a command without the bot's name, or nothing if it is another bot's.

    One that doesn't say whose it is may be anybody's in a group.
    """
    name, owner = found[1], found[2]
    if owner is not None and owner.lower() != me.username.lower():
        return ""
    if owner is None and not chat.is_private and name.lower() not in commands:
        return ""
    return f"/{name}{text[found.end() :]}".strip()


def words_of(message: Json, me: Me) -> str:
    """Return the question in a message of whatever chat, as `parse` reads it."""
    text = _text(message)
    found = _COMMAND.match(text)
    linked = question_of(text[found.end() :].strip()) if found and _is_start(found) else None
    if linked:
        return linked
    if found:
        return f"/{found[1]}{text[found.end() :]}".strip()
    words, is_named = _without_name(message, me)
    return words or (HELP if is_named else "")


def _is_start(command: re.Match[str]) -> bool:
    return command[1].lower() == "start"


def _text(message: Json) -> str:
    text: str = message.get("text") or message.get("caption") or ""
    return text.strip()


def _without_name(message: Json, me: Me) -> tuple[str, bool]:
    """Return a message's text without the bot's name, and whether it stood there.

    Entities are counted in UTF-16 units: https://core.telegram.org/api/entities#entity-length.
    """
    text: str = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or ()
    units = text.encode("utf-16-le", "surrogatepass")
    is_named = False
    for entity in sorted(entities, key=lambda one: -one["offset"]):
        begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        named = units[begin:end].decode("utf-16-le", "replace")
        if _is_name(entity, named, me):
            is_named = True
            units = units[:begin] + units[end:]
    words = units.decode("utf-16-le", "replace")
    return (" ".join(words.split()).strip(_AROUND), True) if is_named else (words.strip(), False)


def _is_name(entity: Json, text: str, me: Me) -> bool:
    if entity["type"] == "mention":
        return text.lower() == f"@{me.username.lower()}"
    return entity["type"] == "text_mention" and bool(entity.get("user", {}).get("id") == me.id)


def _is_reply_to(message: Json, me: Me) -> bool:
    """Whether a message replies to one of the bot's. All in a topic "reply" to what opened it."""
    answered = message.get("reply_to_message")
    if not answered or "forum_topic_created" in answered:
        return False
    return bool(answered.get("from", {}).get("id") == me.id)


# -- all else ------------------------------------------------------------------------------------


def _pressed(query: Json, me: Me) -> Pressed:
    user = query["from"]
    pressed = Pressed(query["id"], user["id"], query.get("data", ""), _locale(user))
    message = query.get("message")
    if message is None or not message.get("date"):  # 0: an inaccessible message
        return pressed
    carried = {button.get("callback_data") for button in _buttons(message)}
    pressed = replace(
        pressed,
        chat=_chat(message),
        message=message["message_id"],
        is_on_message=pressed.data in carried,
        labels=_labels(message),
    )
    answered = message.get("reply_to_message")
    if not answered:
        return pressed
    asked_by = _asker(answered)
    return replace(
        pressed,
        question=words_of(answered, me),
        asked_by=asked_by or 0,
        answered_labels=_labels(answered),
    )


def _buttons(message: Json) -> Iterator[Json]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        yield from row


def _labels(message: Json) -> tuple[str, ...]:
    return tuple(button["text"] for button in _buttons(message))


def _membership(change: Json) -> Added | Removed | None:
    chat = _chat(change)
    was_in = _is_member(change["old_chat_member"])
    new = change["new_chat_member"]
    is_in = _is_member(new)
    if was_in and not is_in:
        return Removed(chat)
    if is_in and not was_in and chat.is_group:
        return Added(
            chat,
            change["from"]["id"],
            _locale(change["from"]),
            may_write=new["status"] != "restricted" or bool(new.get("can_send_messages")),
            is_admin=new["status"] == "administrator",
        )
    return None


def _is_member(member: Json) -> bool:
    return member["status"] in _IS_IN or (
        member["status"] == "restricted" and bool(member.get("is_member"))
    )


def _chat(message: Json) -> Chat:
    chat = message["chat"]
    topic = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Chat(chat["id"], chat["type"], topic)


def _locale(user: Json) -> str:
    locale: str = user.get("language_code") or ""
    return locale
