"""What people do: write, edit, press buttons, ask inline, come, go, promote, close topics.

Everything here runs on the emulator's event loop; tests use it through TelegramEmulator.
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from emulators.telegram_seen import Seen
from emulators.telegram_state import Query, State
from emulators.telegram_text import Formatted, cleaned
from emulators.telegram_world import (
    ANONYMOUS,
    CHANNEL_BOT,
    CHANNEL_SERVICE,
    Chat,
    Member,
    Message,
    Topic,
    User,
)


@dataclass(frozen=True)
class Pressed:
    """The bot's answer to a pressed button: the text ("" for none), and whether it is an alert."""

    text: str
    alert: bool
    cache_time: int = 0


@dataclass(frozen=True)
class Inline:
    """The bot's answer to an inline query, as the API has it, and who asked what."""

    user: User
    query: str
    results: tuple[dict[str, Any], ...]
    next_offset: str
    cache_time: int
    is_personal: bool
    button: dict[str, Any] | None


class People:
    """The people of one emulator's world."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.world = state.world
        self.cache: dict[tuple[int, str, str], tuple[float, Inline]] = {}
        self.anonymous = self.world.add_user(
            id=ANONYMOUS, first_name="Group", username="GroupAnonymousBot", is_bot=True
        )
        self.channel_bot = self.world.add_user(
            id=CHANNEL_BOT, first_name="Channel", username="Channel_Bot", is_bot=True
        )
        self.telegram = self.world.add_user(
            id=CHANNEL_SERVICE, first_name="Telegram", language_code=None
        )

    def words(self, text: str, caption: bool = False, given: Any = ()) -> Formatted:
        """Return a text as a client sends it: its live parts found, blanks at its ends cut off."""
        return cleaned(
            text,
            list(given),
            1024 if caption else 4096,
            empty="" if caption else "message text is empty",
            too_long="message is too long",
        )

    def say(
        self,
        user: User | None,
        chat: Chat,
        text: str,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        via_bot: User | None = None,
        forwarded: User | Chat | None = None,
        photo: bool = False,
        media: dict[str, Any] | None = None,
        entities: Iterable[dict[str, Any]] = (),
        as_chat: Chat | None = None,
        markup: dict[str, Any] | None = None,
        link_preview_options: dict[str, Any] | None = None,
    ) -> Message:
        """Let `user` write into `chat`; in a channel the channel itself writes."""
        if photo:
            file = {"file_id": "PHOTO", "file_unique_id": "UPHOTO", "width": 90, "height": 90}
            media = {"photo": [file]}
        words = self.words(text, caption=bool(media), given=entities)
        sender, sender_chat = self._author(user, chat, as_chat)
        if chat.type == "private":
            if chat.blocked:
                raise ValueError(f"{chat.user} has blocked the bot, and must unblock it first")
            chat.started = True
        message = self.world.add_message(
            chat,
            sender=sender,
            sender_chat=sender_chat,
            text=words.text or None,
            entities=words.entities,
            topic=None if topic == 1 else topic,
            reply_to=reply_to,
            via_bot=via_bot,
            origin=self._origin(forwarded),
            media=media or {},
            reply_markup=markup,
            link_preview_options=link_preview_options,
        )
        self.state.deliver(message)
        if chat.type == "channel" and chat.linked is not None:
            self._copy_to_discussion(message, chat.linked)
        self.state.changed()
        return message

    def _author(
        self, user: User | None, chat: Chat, as_chat: Chat | None
    ) -> tuple[User | None, Chat | None]:
        if chat.type == "channel":
            return None, chat
        if as_chat is not None:
            return self.channel_bot, as_chat
        assert user is not None
        member = chat.member(user)
        if chat.is_group and member.is_admin and member.is_anonymous:
            return self.anonymous, chat
        if chat.is_group and not member.inside:
            raise ValueError(f"{user.first_name} is not in {chat.title}")
        return user, None

    def _origin(self, source: User | Chat | None) -> dict[str, Any] | None:
        if source is None:
            return None
        date = int(self.world.now()) - 60
        if isinstance(source, User):
            said = source.json(language=False)
            return {"type": "user", "sender_user": said, "date": date}
        if source.type == "channel":
            return {"type": "channel", "chat": source.json(), "message_id": 1, "date": date}
        return {"type": "chat", "sender_chat": source.json(), "date": date}

    def _copy_to_discussion(self, post: Message, group: Chat) -> None:
        copy = self.world.add_message(
            group,
            sender=self.telegram,
            sender_chat=post.chat,
            text=post.text,
            entities=post.entities,
            media=post.media,
            automatic_forward=True,
            origin={
                "type": "channel",
                "chat": post.chat.json(),
                "message_id": post.id,
                "date": post.date,
            },
        )
        self.state.deliver(copy)

    def service(self, chat: Chat, user: User | None, topic: int | None = None, **what: Any) -> Any:
        """Add a service message, which the bot gets if it is in the chat."""
        sender, sender_chat = (None, chat) if chat.type == "channel" else (user, None)
        message = self.world.add_message(
            chat, sender=sender, sender_chat=sender_chat, topic=topic, service=what
        )
        self.state.deliver(message)
        self.state.changed()
        return message

    def edit(self, message: Message, text: str) -> Message:
        """Let the author of `message` change its text."""
        words = self.words(text, caption=bool(message.media))
        message.text, message.entities = words.text or None, words.entities
        message.edit_date = int(self.world.now())
        message.edits += 1
        self.state.deliver(message, edited=True)
        self.state.changed()
        return message

    def press(
        self,
        user: User,
        message: Message,
        data: str,
        *,
        inaccessible: bool = False,
        chat: Chat | None = None,
    ) -> Query:
        """Send the bot a callback query, as it comes from a button of `message`.

        `chat`: say the message is in another chat than it is, as a forger would.
        """
        query = Query(str(4_000_000_000_000_000 + self.state.number()), user, self.world.now())
        self.state.callbacks[query.id] = query
        place = chat or message.chat
        body: dict[str, Any] = {
            "id": query.id,
            "from": user.json(),
            "chat_instance": str(abs(place.id) * 7919 % 10**18),
            "data": data,
        }
        if message.inline_id and message.via_bot is self.state.bot:
            body["inline_message_id"] = message.inline_id
        else:
            gone = inaccessible or message.deleted
            body["message"] = message.inaccessible() if gone else message.json()
            if chat is not None:
                body["message"]["chat"] = chat.json()
        self.state.updates.add("callback_query", body, place.id)
        return query

    def ask_inline(self, user: User, text: str, offset: str, chat_type: str | None) -> Query:
        """Send the bot an inline query; texts above 256 characters are cut, as clients do."""
        query = Query(str(5_000_000_000_000_000 + self.state.number()), user, self.world.now())
        self.state.inlines[query.id] = query
        body = {"id": query.id, "from": user.json(), "query": text[:256], "offset": offset}
        if chat_type:
            body["chat_type"] = chat_type
        self.state.updates.add("inline_query", body, user.id)
        return query

    def choose(self, answer: Inline, result: dict[str, Any], chat: Chat, topic: int | None) -> Any:
        """Let the asker send a result into a chat via the bot."""
        words = result["message"]
        sender, sender_chat = self._author(answer.user, chat, None)
        message = self.world.add_message(
            chat,
            sender=sender,
            sender_chat=sender_chat,
            text=words["text"],
            entities=words["entities"],
            via_bot=self.state.bot,
            reply_markup=result.get("reply_markup"),
            topic=None if topic == 1 else topic,
            link_preview_options=words["link_preview_options"],
        )
        if message.reply_markup:
            message.inline_id = f"INLINE{self.state.number():010d}"
            self.world.inline_messages[message.inline_id] = message
        if self.state.options.inline_feedback:
            chosen = {
                "result_id": result["id"],
                "from": answer.user.json(),
                "query": answer.query,
            }
            if message.inline_id:
                chosen["inline_message_id"] = message.inline_id
            self.state.updates.add("chosen_inline_result", chosen, answer.user.id)
        self.state.deliver(message)
        self.state.changed()
        return message

    def join(self, chat: Chat, user: User, by: User | None) -> None:
        """Let `user` (perhaps the bot) come into the chat."""
        self.state.set_member(chat, Member(user, "member"), by or user)
        if chat.type != "channel":
            person = user.json(language=False)
            self.service(chat, by or user, new_chat_members=[person])

    def remove(self, chat: Chat, user: User, by: User | None, kicked: bool) -> None:
        """Let `user` (perhaps the bot) go, or be thrown out."""
        status = "kicked" if kicked else "left"
        self.state.set_member(chat, Member(user, status), by or user)
        if chat.type != "channel":
            self.service(chat, by or user, left_chat_member=user.json(language=False))

    def migrate(self, group: Chat, by: User, tell: bool) -> Chat:
        """Turn a basic group into a supergroup."""
        new = self.world.add_chat("supergroup", group.title or "")
        new.members = dict(group.members)
        new.last_bot = group.last_bot
        if tell:
            self.service(group, by, migrate_to_chat_id=new.id)
        group.migrated_to = new
        if tell:
            self.service(new, by, migrate_from_chat_id=group.id)
        self.state.changed()
        return new

    def add_topic(self, chat: Chat, name: str, by: User) -> Topic:
        """Make a topic; its number is that of the service message that says so."""
        created = {"name": name, "icon_color": 7322096}
        message = self.world.add_message(chat, sender=by, service={"forum_topic_created": created})
        message.topic = message.id
        topic = Topic(message.id, name)
        chat.topics[topic.id] = topic
        self.state.deliver(message)
        return topic

    def close_topic(self, chat: Chat, topic: Topic, by: User, closed: bool) -> None:
        """Close or reopen a topic."""
        topic.closed = closed
        said = "forum_topic_closed" if closed else "forum_topic_reopened"
        self.service(chat, by, topic=None if topic.id == 1 else topic.id, **{said: {}})

    def message(self, seen: Seen) -> Message:
        """Return the message that `seen` is a picture of."""
        return seen.chat.messages[seen.id]
