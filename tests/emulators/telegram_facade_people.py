"""The part of TelegramEmulator about the world and its people; see there for how to use it."""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from emulators.telegram_people import Inline, People, Pressed
from emulators.telegram_seen import Seen, seen
from emulators.telegram_state import Query, State
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


class PeopleFacade(ABC):
    """What people do and see, callable from any thread."""

    _state: State
    _people: People
    _inline_cache: bool

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
        """Return the bot's private chat with `user`; `started=False`: they have not written yet."""

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
        """Add a basic group; bot: "member", "administrator", "restricted", "left", "kicked", none."""
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
        """Add a supergroup with topics: General (number 1) and those named; see `topic_of`."""
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
        self._do(lambda: self._people.remove(chat, user, by, kicked))

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
        """Turn a basic group into a supergroup and return that; the old id answers with its new
        one.

        `tell=False` leaves out the two service messages, so that only the failed call tells.
        """
        return self._do(lambda: self._people.migrate(group, self._owner(group), tell))

    # What people do

    def say(
        self,
        user: User | None,
        chat: Chat,
        text: str,
        *,
        topic: Topic | int | None = None,
        reply_to: Seen | None = None,
        via_bot: User | None = None,
        forwarded: User | Chat | None = None,
        photo: bool = False,
        media: dict[str, Any] | None = None,
        entities: Iterable[dict[str, Any]] = (),
        as_chat: Chat | None = None,
    ) -> Seen:
        """Let `user` write; in a channel (user none) the channel posts.

        The bot gets it only if privacy mode and the like let it. Anonymous admins write as
        GroupAnonymousBot by themselves; `as_chat`: under a channel's name. With `photo` or `media`
        (fields of the API's Message) the text is a caption. `entities`: formats the client put in.
        """
        number = topic.id if isinstance(topic, Topic) else topic

        def work() -> Seen:
            reply = None if reply_to is None else self._people.message(reply_to)
            message = self._people.say(
                user,
                chat,
                text,
                topic=number,
                reply_to=reply,
                via_bot=via_bot,
                forwarded=forwarded,
                photo=photo,
                media=media,
                entities=entities,
                as_chat=as_chat,
            )
            return self._seen(message)

        return self._do(work)

    def say_many(self, lines: Iterable[tuple[User, Chat, str]]) -> None:
        """Let many write at once, fast: one handover to the emulator's thread for all."""
        said = list(lines)

        def work() -> None:
            for user, chat, text in said:
                self._people.say(user, chat, text)

        self._do(work)

    def edit(self, message: Seen, text: str) -> Seen:
        """Let its author change a message: edited_message, by the same rules as new ones."""
        return self._do(lambda: self._seen(self._people.edit(self._people.message(message), text)))

    def delete(self, message: Seen) -> None:
        """Let somebody delete a message; bots are not told."""

        def work() -> None:
            self._people.message(message).deleted = True
            self._state.changed()

        self._do(work)

    def press(self, user: User, message: Seen, button: str, *, timeout: float = 10.0) -> Pressed:
        """Press a callback button by its text (or a part that only one has); return the answer.

        The message is looked at as it is now. Raises LookupError where there is no such button, and
        TimeoutError if the bot does not answer the query.
        """
        now = self.look(message)
        return self.press_raw(user, now, now.button(button).data, timeout=timeout)

    def press_raw(
        self,
        user: User,
        message: Seen,
        data: str,
        *,
        inaccessible: bool = False,
        chat: Chat | None = None,
        timeout: float = 10.0,
    ) -> Pressed:
        """Press with data of your own, as a forger or an old client does; return the answer.

        inaccessible: the message comes as InaccessibleMessage (date 0, no text), as for old ones.
        chat: the query says that the message is in this chat.
        """
        return self.answer_to(
            self.press_only(user, message, data, inaccessible=inaccessible, chat=chat), timeout
        )

    def press_only(
        self,
        user: User,
        message: Seen,
        data: str,
        *,
        inaccessible: bool = False,
        chat: Chat | None = None,
    ) -> Query:
        """Press without waiting; `answer_to` waits."""
        return self._do(
            lambda: self._people.press(
                user, self._people.message(message), data, inaccessible=inaccessible, chat=chat
            )
        )

    def answer_to(self, query: Query, timeout: float = 10.0) -> Pressed:
        """Wait for the bot's answer to a pressed button."""
        answer = self._until(lambda: query.answer, timeout, "the answer to a pressed button")
        return Pressed(answer["text"], answer["show_alert"], answer["cache_time"])

    def inline(
        self,
        user: User,
        query: str,
        offset: str = "",
        *,
        chat_type: str | None = "supergroup",
        timeout: float = 10.0,
    ) -> Inline:
        """Type "@bot query" somewhere; return the results and the rest of the bot's answer.

        `next_offset` of an answer, given as `offset`, asks for the next page.
        """

        def known() -> Inline | None:
            for asker in (user.id, 0):
                entry = self._people.cache.get((asker, query, offset))
                if entry and entry[0] > self._state.world.now():
                    return entry[1]
            return None

        cached = self._do(known) if self._inline_cache else None
        if cached is not None:
            return Inline(user, query, *(getattr(cached, name) for name in _INLINE_FIELDS))
        asked = self._do(lambda: self._people.ask_inline(user, query, offset, chat_type))
        answer = self._until(lambda: asked.answer, timeout, "the answer to an inline query")
        result = Inline(
            user,
            query,
            tuple(answer["results"]),
            answer["next_offset"],
            answer["cache_time"],
            answer["is_personal"],
            answer["button"],
        )

        def keep() -> None:
            until = self._state.world.now() + result.cache_time
            asker = user.id if result.is_personal else 0
            self._people.cache[asker, query, offset] = (until, result)

        self._do(keep)
        return result

    def choose(
        self,
        answer: Inline,
        result: str | int,
        chat: Chat,
        *,
        topic: Topic | int | None = None,
    ) -> Seen:
        """Send a result (its id, or its place in the list) into a chat via the bot."""
        number = topic.id if isinstance(topic, Topic) else topic
        chosen = (
            answer.results[result]
            if isinstance(result, int)
            else next(one for one in answer.results if one["id"] == result)
        )
        return self._do(lambda: self._seen(self._people.choose(answer, chosen, chat, number)))

    # What people see

    def _seen(self, message: Message) -> Seen:
        return seen(self._state.world, message)

    def look(self, message: Seen) -> Seen:
        """Return how a message looks now (`deleted` if it is gone)."""
        return self._do(lambda: self._seen(self._people.message(message)))

    def _there(self, chat: Chat, topic: int | None, by_bot: bool, after: int) -> list[Seen]:
        bot = self._state.bot
        return [
            self._seen(one)
            for one in list(chat.messages.values())
            if one.id > after
            and not one.deleted
            and (topic is None or (one.topic or 1) == topic)
            and (not by_bot or one.sender is bot or (chat.type == "channel" and one.sender_chat))
        ]

    def messages(
        self,
        chat: Chat,
        topic: Topic | int | None = None,
        *,
        by_bot: bool = False,
        after: Seen | None = None,
    ) -> list[Seen]:
        """Return what stands in a chat now, oldest first, after edits and deletions.

        topic: only of that topic (1 is General). by_bot: only the bot's. after: only newer ones.
        """
        number = topic.id if isinstance(topic, Topic) else topic
        return self._do(lambda: self._there(chat, number, by_bot, after.id if after else 0))

    def wait_for_message(
        self,
        chat: Chat,
        predicate: Callable[[Seen], bool] = lambda message: True,
        *,
        topic: Topic | int | None = None,
        after: Seen | None = None,
        timeout: float = 10.0,
    ) -> Seen:
        """Wait for a message of the bot (perhaps edited into shape) that fits; return the first.

        after: only messages newer than this one, such as the question that was just asked.
        """
        number = topic.id if isinstance(topic, Topic) else topic

        def found() -> Seen | None:
            there = self._there(chat, number, True, after.id if after else 0)
            return next((one for one in there if predicate(one)), None)

        return self._until(found, timeout, f"a message in {chat.title or chat.id}")

    def ask(
        self,
        user: User,
        chat: Chat,
        text: str,
        *,
        topic: Topic | int | None = None,
        reply_to: Seen | None = None,
        timeout: float = 10.0,
    ) -> Seen:
        """Say something and wait for the bot's next message there."""
        question = self.say(user, chat, text, topic=topic, reply_to=reply_to)
        return self.wait_for_message(chat, topic=topic, after=question, timeout=timeout)


_INLINE_FIELDS = ("results", "next_offset", "cache_time", "is_personal", "button")
