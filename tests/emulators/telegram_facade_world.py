"""The part of TelegramEmulator about the world: users, chats, topics, members."""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from emulators.telegram_people import People
from emulators.telegram_seen import Seen, seen
from emulators.telegram_state import State
from emulators.telegram_world import (
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    Chat,
    Member,
    Message,
    Topic,
    User,
)

T = TypeVar("T")


class WorldFacade(ABC):
    """Who is there and where, callable from any thread."""

    _state: State
    _people: People

    @abstractmethod
    def _do(self, work: Callable[[], T]) -> T: ...

    @abstractmethod
    def _until(self, found: Callable[[], T | None], seconds: float, what: str) -> T: ...

    # The world

    def user(
        self,
        name: str = "Anna",
        *,
        username: str | None = None,
        language: str | None = "en",
        is_bot: bool = False,
        premium: bool = False,
        last_name: str | None = None,
        id: int | None = None,
    ) -> User:
        """Add a person or another bot."""
        more = {} if id is None else {"id": id}
        return self._do(
            lambda: self._state.world.add_user(
                first_name=name,
                username=username,
                language_code=language,
                is_bot=is_bot,
                is_premium=premium,
                last_name=last_name,
                **more,
            )
        )

    def private(self, user: User, started: bool = True) -> Chat:
        """Return the bot's private chat with `user`.

        The user counts as having started the bot, so it may write. With `started=False` that is
        left as it is, which for a new user means "bot can't initiate conversation with a user".
        """

        def work() -> Chat:
            chat = self._state.world.private_chat(user)
            chat.started = chat.started or started
            return chat

        return self._do(work)

    def start(self, user: User, payload: str = "") -> Seen:
        """Let `user` press Start, unblocking the bot if need be: "/start" and a payload."""

        def work() -> Seen:
            chat = self._state.world.private_chat(user)
            self._state.block(chat, False)
            return self._seen(self._people.say(user, chat, f"/start {payload}".rstrip()))

        return self._do(work)

    def group(
        self, title: str = "A group", members: Iterable[User] = (), *, bot: str | None = "member"
    ) -> Chat:
        """Add a basic group; bot: member, administrator, restricted, left, kicked or none."""
        return self._add_chat("group", title, members, bot)

    def supergroup(
        self,
        title: str = "A supergroup",
        members: Iterable[User] = (),
        *,
        bot: str | None = "member",
        username: str | None = None,
    ) -> Chat:
        """Add a supergroup."""
        return self._add_chat("supergroup", title, members, bot, username=username)

    def forum(
        self,
        title: str = "A forum",
        members: Iterable[User] = (),
        *,
        bot: str | None = "member",
        topics: Iterable[str] = (),
    ) -> Chat:
        """Add a supergroup with topics: General (number 1) and those named; see `topic_of`.

        The bot gets a service message for each topic that is made, as it would in life.
        """
        chat = self._add_chat("supergroup", title, members, bot, is_forum=True)

        def work() -> None:
            chat.topics[1] = Topic(1, "General")
            owner = self._owner(chat)
            for name in topics:
                self._people.add_topic(chat, name, owner)

        self._do(work)
        return chat

    def channel(
        self,
        title: str = "A channel",
        *,
        bot: str | None = "administrator",
        username: str | None = None,
        discussion: Chat | None = None,
    ) -> Chat:
        """Add a channel; its posts are copied into the `discussion` supergroup, if it has one."""
        chat = self._add_chat("channel", title, (), bot, username=username)

        def work() -> None:
            if discussion is not None:
                chat.linked, discussion.linked = discussion, chat

        self._do(work)
        return chat

    def _add_chat(
        self, kind: str, title: str, members: Iterable[User], bot: str | None, **more: Any
    ) -> Chat:
        def work() -> Chat:
            chat = self._state.world.add_chat(kind, title, **more)
            for user in members:
                chat.members[user.id] = Member(user)
            rights = CHANNEL_RIGHTS if kind == "channel" else GROUP_RIGHTS
            if bot is not None:
                own = frozenset(rights) if bot == "administrator" else frozenset[str]()
                chat.members[self._state.bot.id] = Member(
                    self._state.bot, bot, own, can_send=bot != "restricted"
                )
            return chat

        return self._do(work)

    def _owner(self, chat: Chat) -> User:
        """Return who acts where a test names nobody: creator, else member, else a new user."""
        people = [one.user for one in chat.members.values() if one.inside and not one.user.is_bot]
        creators = [one.user for one in chat.members.values() if one.status == "creator"]
        if creators or people:
            return (creators or people)[0]
        owner = self._state.world.add_user(first_name="Owner")
        chat.members[owner.id] = Member(owner, "creator")
        return owner

    def topic_of(self, chat: Chat, name: str) -> Topic:
        """Return the forum's topic of that name."""
        return self._do(lambda: next(one for one in chat.topics.values() if one.name == name))

    def add_topic(self, chat: Chat, name: str, by: User | None = None) -> Topic:
        """Let somebody make a topic; the bot gets the service message."""
        return self._do(lambda: self._people.add_topic(chat, name, by or self._owner(chat)))

    def close_topic(self, chat: Chat, topic: Topic, closed: bool = True) -> None:
        """Close (or reopen) a topic: sending into it fails with TOPIC_CLOSED."""
        self._do(lambda: self._people.close_topic(chat, topic, self._owner(chat), closed))

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic with its messages: sending into it fails, "message thread not found"."""

        def work() -> None:
            chat.topics.pop(topic.id)
            for message in chat.messages.values():
                message.deleted = message.deleted or message.topic == topic.id

        self._do(work)

    # Members

    def add_member(self, chat: Chat, user: User, by: User | None = None) -> None:
        """Let `user` come in: a service message; for the bot my_chat_member before it."""
        self._do(lambda: self._people.join(chat, user, by))

    def remove_member(
        self, chat: Chat, user: User, by: User | None = None, *, kicked: bool = False
    ) -> None:
        """Let `user` leave, or be banned. For the bot: my_chat_member, and 403 from then on."""

        def work() -> None:
            self._people.remove(chat, user, by or (self._owner(chat) if kicked else user), kicked)

        self._do(work)

    def promote(
        self,
        chat: Chat,
        user: User,
        *,
        rights: Iterable[str] | None = None,
        anonymous: bool = False,
        creator: bool = False,
        title: str | None = None,
    ) -> None:
        """Make `user` (perhaps the bot) an admin, with all rights of such chats unless named."""

        def work() -> None:
            usual = CHANNEL_RIGHTS if chat.type == "channel" else GROUP_RIGHTS
            status = "creator" if creator else "administrator"
            given = frozenset(usual if rights is None else rights)
            member = Member(user, status, given, anonymous, title)
            self._state.set_member(chat, member, self._owner(chat))

        self._do(work)

    def demote(self, chat: Chat, user: User) -> None:
        """Make an admin a plain member."""
        self._do(lambda: self._state.set_member(chat, Member(user), self._owner(chat)))

    def restrict(self, chat: Chat, user: User, can_send: bool = False) -> None:
        """Restrict `user` (perhaps the bot): "not enough rights to send text messages"."""
        member = Member(user, "restricted", can_send=can_send)
        self._do(lambda: self._state.set_member(chat, member, self._owner(chat)))

    def silence_members(self, chat: Chat, silent: bool = True) -> None:
        """Let only admins write in the group (or all again)."""

        def work() -> None:
            chat.members_can_send = not silent

        self._do(work)

    def block(self, user: User, blocked: bool = True) -> None:
        """Let `user` block the bot (403), or unblock it; my_chat_member either way."""
        self._do(lambda: self._state.block(self._state.world.private_chat(user), blocked))

    def deactivate(self, user: User) -> None:
        """Let a user's account be deleted: "user is deactivated"."""

        def work() -> None:
            user.deactivated = True

        self._do(work)

    def delete_chat(self, chat: Chat) -> None:
        """Delete a group: "the group chat was deleted"."""

        def work() -> None:
            chat.deleted = True

        self._do(work)

    def migrate(self, group: Chat, *, tell: bool = True) -> Chat:
        """Turn a basic group into a supergroup, and return that; the old id names the new one.

        `tell=False` leaves out the two service messages, so that only the failed call tells.
        """
        return self._do(lambda: self._people.migrate(group, self._owner(group), tell))

    def _seen(self, message: Message) -> Seen:
        return seen(self._state.world, message)
