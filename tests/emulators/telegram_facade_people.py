"""The part of TelegramEmulator about people: what they write and press, and what they see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from emulators.telegram_facade_world import WorldFacade
from emulators.telegram_people import Inline, Pressed
from emulators.telegram_seen import Seen
from emulators.telegram_state import Query
from emulators.telegram_world import Chat, Message, Topic, User


class PeopleFacade(WorldFacade):
    """What people do and see, callable from any thread."""

    _inline_cache: bool

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

    def look(self, message: Seen) -> Seen:
        """Return how a message looks now (`deleted` if it is gone)."""
        return self._do(lambda: self._seen(self._people.message(message)))

    def _there(self, chat: Chat, topic: int | None, by_bot: bool, after: int) -> list[Seen]:
        bot = self._state.bot
        there: list[Message] = []
        for one in reversed(chat.messages.values()):
            if one.id <= after:
                break
            ours = one.sender is bot or (chat.type == "channel" and one.sender_chat is chat)
            if (
                not one.deleted
                and (topic is None or (one.topic or 1) == topic)
                and (not by_bot or (ours and not one.service))
            ):
                there.append(one)
        return [self._seen(one) for one in reversed(there)]

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
