"""The world the bot lives in: people, chats, members, topics, messages.

The shapes are the Bot API's (https://core.telegram.org/bots/api#available-types); `json()` gives
them as the server would.
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from emulators.telegram_text import Entity

ANONYMOUS = 1087968824
"""GroupAnonymousBot: the sender of what admins say who stay anonymous."""

CHANNEL_SERVICE = 777000
"""Telegram itself: the sender of channel posts in the channel's discussion group."""

CHANNEL_BOT = 136817688
"""Channel_Bot: the sender of what people say in a group under the name of a channel."""

STAND_INS = frozenset((ANONYMOUS, CHANNEL_SERVICE, CHANNEL_BOT))
"""Senders that stand for a chat; though they count as bots, what they say is people's."""

ADMIN_RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories can_post_messages can_edit_messages "
    "can_pin_messages can_manage_topics"
).split()
GROUP_RIGHTS = tuple(
    right for right in ADMIN_RIGHTS if right not in ("can_post_messages", "can_edit_messages")
)
"""What an admin of a group may do; the other rights are for channels only."""

CHANNEL_RIGHTS = tuple(
    right for right in ADMIN_RIGHTS if right not in ("can_pin_messages", "can_manage_topics")
)


@dataclass(eq=False)
class User:
    """A person or a bot. Two are the same only if they are the same object."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False
    is_premium: bool = False
    last_name: str | None = None
    deactivated: bool = False

    def json(self, language: bool = True) -> dict[str, Any]:
        """Return the API's User; `language_code` is sent only with what the user did."""
        said: dict[str, Any] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        if self.last_name:
            said["last_name"] = self.last_name
        if self.username:
            said["username"] = self.username
        if language and self.language_code and not self.is_bot:
            said["language_code"] = self.language_code
        if self.is_premium:
            said["is_premium"] = True
        return said


@dataclass
class Member:
    """What a user is in a chat: creator, administrator, member, restricted, left or kicked."""

    user: User
    status: str = "member"
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False
    title: str | None = None
    can_send: bool = True

    @property
    def inside(self) -> bool:
        """Whether the user is in the chat."""
        return self.status not in ("left", "kicked")

    @property
    def is_admin(self) -> bool:
        """Whether the user is an administrator or the creator."""
        return self.status in ("creator", "administrator")

    def json(self) -> dict[str, Any]:
        """Return the API's ChatMember."""
        said: dict[str, Any] = {"user": self.user.json(language=False), "status": self.status}
        if self.status == "creator":
            said["is_anonymous"] = self.is_anonymous
        elif self.status == "administrator":
            said |= {"can_be_edited": False, "is_anonymous": self.is_anonymous}
            said |= {right: right in self.rights for right in ADMIN_RIGHTS}
        elif self.status == "restricted":
            said |= {"is_member": True, "until_date": 0, "can_send_messages": self.can_send}
            for name in (
                "audios documents photos videos video_notes voice_notes polls other_messages"
            ).split():
                said[f"can_send_{name}"] = self.can_send
            for name in [
                "add_web_page_previews",
                "change_info",
                "invite_users",
                "pin_messages",
                "manage_topics",
                "react_to_messages",
                "edit_tag",
            ]:
                said[f"can_{name}"] = False
        elif self.status == "kicked":
            said["until_date"] = 0
        if self.title and self.is_admin:
            said["custom_title"] = self.title
        return said


@dataclass(eq=False)
class Topic:
    """A topic of a forum; General has the id 1 and is never named in messages."""

    id: int
    name: str
    closed: bool = False
    hidden: bool = False


@dataclass(eq=False)
class Message:
    """A message as it stands now, after edits."""

    id: int
    chat: Chat
    date: int
    sender: User | None = None
    sender_chat: Chat | None = None
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    given: list[Entity] = field(default_factory=list)
    reply_markup: dict[str, Any] | None = None
    reply_to: Message | None = None
    topic: int | None = None
    via_bot: User | None = None
    link_preview_options: dict[str, Any] | None = None
    media: dict[str, Any] = field(default_factory=dict)
    service: dict[str, Any] = field(default_factory=dict)
    origin: dict[str, Any] | None = None
    automatic_forward: bool = False
    edit_date: int | None = None
    silent: bool = False
    inline_id: str | None = None
    deleted: bool = False
    edits: int = 0

    def json(self, replies: bool = True) -> dict[str, Any]:
        """Return the API's Message; the message replied to is shown without its own reply."""
        said: dict[str, Any] = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.json(),
        }
        if self.topic is not None:
            said["message_thread_id"] = self.topic
            if self.chat.is_forum:
                said["is_topic_message"] = True
        if self.sender is not None:
            said["from"] = self.sender.json()
        if self.sender_chat is not None:
            said["sender_chat"] = self.sender_chat.json()
        if self.text is not None:
            name = "caption" if self.media else "text"
            said[name] = self.text
            if self.entities:
                said["caption_entities" if self.media else "entities"] = self.entities
        if replies and self.reply_to is not None and not self.reply_to.deleted:
            said["reply_to_message"] = self.reply_to.json(replies=False)
        elif replies and self.chat.is_forum and self.topic not in (None, self.id):
            root = self.chat.messages.get(self.topic or 0)  # as seen in forums: its first message
            if root is not None:
                said["reply_to_message"] = root.json(replies=False)
        if self.via_bot is not None:
            said["via_bot"] = self.via_bot.json(language=False)
        if self.origin is not None:
            said["forward_origin"] = self.origin
        if self.automatic_forward:
            said["is_automatic_forward"] = True
        if self.edit_date is not None:
            said["edit_date"] = self.edit_date
        if self.link_preview_options:
            said["link_preview_options"] = self.link_preview_options
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            said["reply_markup"] = self.reply_markup
        return said | self.media | self.service

    def inaccessible(self) -> dict[str, Any]:
        """Return the API's InaccessibleMessage: what is left of a message that is gone."""
        return {"chat": self.chat.json(), "message_id": self.id, "date": 0}


@dataclass(eq=False)
class Chat:
    """A private chat, a group, a supergroup (a forum, if it has topics) or a channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    user: User | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    topics: dict[int, Topic] = field(default_factory=dict, repr=False)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    linked: Chat | None = field(default=None, repr=False)
    migrated_to: Chat | None = field(default=None, repr=False)
    started: bool = False
    blocked: bool = False
    deleted: bool = False
    members_can_send: bool = True
    last_bot: int | None = None

    def json(self) -> dict[str, Any]:
        """Return the API's Chat."""
        said: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.user is not None:
            person = self.user.json(language=False)
            said |= {
                name: person[name]
                for name in ("username", "first_name", "last_name")
                if name in person
            }
        else:
            said["title"] = self.title
            if self.username:
                said["username"] = self.username
        if self.is_forum:
            said["is_forum"] = True
        return said

    @property
    def is_group(self) -> bool:
        """Whether it is a group or a supergroup."""
        return self.type in ("group", "supergroup")

    def member(self, user: User) -> Member:
        """Return what `user` is here; who was never here has left."""
        return self.members.get(user.id) or Member(user, "left")


class World:
    """All users, chats and messages of one emulator, and the numbers it gives out."""

    def __init__(self, bot: User) -> None:
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.inline_messages: dict[str, Message] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self._users = itertools.count(500_000_001)
        self._groups = itertools.count(4_000_000_001)
        self._supergroups = itertools.count(1_700_000_001)
        self._shared_messages = itertools.count(1)
        self._chat_messages: dict[int, itertools.count[int]] = {}
        self.shift = 0.0

    def now(self) -> float:
        """Return the time of this world: the real one, shifted by what tests asked for."""
        return time.time() + self.shift

    def add_user(self, **what: Any) -> User:
        """Add a user, whose id is given or chosen."""
        user = User(**{"id": next(self._users), **what})
        self.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """Return the chat of the bot with `user`; it has the user's id."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", user=user)
        return self.chats[user.id]

    def add_chat(self, kind: str, title: str, **more: Any) -> Chat:
        """Add a group, a supergroup or a channel with an id of the right form."""
        number = next(self._groups if kind == "group" else self._supergroups)
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = Chat(more.pop("id", None) or chat_id, kind, title=title, **more)
        self.chats[chat.id] = chat
        return chat

    def find_chat(self, name: Any) -> Chat | None:
        """Return the chat with that id or @username, or none."""
        if isinstance(name, str) and name.startswith("@"):
            for chat in self.chats.values():
                if chat.username and chat.username.lower() == name[1:].lower():
                    return chat
            return None
        return self.chats.get(int(name))

    def next_message_id(self, chat: Chat) -> int:
        """Return the next message's number.

        Supergroups and channels count for themselves; private chats and basic groups share one
        count, as they do for an account of Telegram. A supergroup's first is the service message
        that made it, whose number is that of the topic General.
        """
        if chat.type in ("private", "group"):
            return next(self._shared_messages)
        return next(self._chat_messages.setdefault(chat.id, itertools.count(2)))

    def add_message(self, chat: Chat, **what: Any) -> Message:
        """Add a message to `chat`."""
        message = Message(self.next_message_id(chat), chat, int(self.now()), **what)
        chat.messages[message.id] = message
        sender = message.sender
        if sender is not None and sender.is_bot and sender.id not in STAND_INS:
            chat.last_bot = sender.id
        return message
