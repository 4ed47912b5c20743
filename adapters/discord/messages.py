"""What is done with a message that is meant for the bot: one in a private chat, a mention, a reply.

The library is out of sight here: a message comes in as a value, and the reply goes out as the JSON
of a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.discord.desk_context import Around, Reach, context_of
from adapters.discord.parse import mentions, question_of
from adapters.discord.render import NO_MENTIONS, Payload, message, sentence
from bot.commands.start import NAME as START
from bot.dialogue import Asker, Dialogue, Shown, is_only_talk
from bot.reply import Attachment


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a person as the bot may read it. `names` are those of whom it mentions."""

    id: int
    content: str
    user: int
    place: int
    is_private: bool = False
    is_reply_to_us: bool = False
    embeds_allowed: bool = True
    names: Mapping[int, str] = field(default_factory=dict)
    around: Around = field(default_factory=Around)


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply as the JSON of a message, with its file if it has one."""

    payload: Payload
    file: Attachment | None = None


def is_for_us(message: Message, own_id: int) -> bool:
    """Whether a message is meant for the bot."""
    return message.is_private or message.is_reply_to_us or mentions(message.content, own_id)


async def reply_to(
    said: Message, dialogue: Dialogue, own_id: int, reach: Reach | None = None
) -> Replied | None:
    """Return the reply to a message that is meant for the bot, or nothing.

    Its nonce is made from the message, so that the reply may be sent again without being doubled:
    https://docs.discord.com/developers/resources/message#create-message. What merely replies to an
    answer ("thanks!") is left alone unless it is understood, and so is what has no words: a
    picture, a sticker, a message that is passed on.
    """
    question = question_of(said.content, own_id, said.names)
    is_named = mentions(said.content, own_id)
    if not question and not is_named:
        return None
    asker = Asker(said.user, said.place)
    context = (
        context_of(said.user, said.place, said.around, reach, is_private=said.is_private)
        if reach is not None
        else None
    )
    target = context.target if context else None
    request = dialogue.request(question, command=None if question else START, target=target)
    answer = await dialogue.ask(request, asker, context)
    if answer is None:
        return None
    if isinstance(answer, Shown):
        if said.is_reply_to_us and not is_named and is_only_talk(answer):
            return None
        keyboard = dialogue.keyboard(
            answer, asker, deletable=not said.is_private, is_reply=bool(question)
        )
        page = dialogue.whole(answer, keyboard).page
        payload = message(page, keyboard, embeds=said.embeds_allowed)
    else:
        payload = sentence(answer.text, ephemeral=False)
    whole = payload | {
        "message_reference": {"message_id": str(said.id), "fail_if_not_exists": False},
        "allowed_mentions": NO_MENTIONS | {"replied_user": False},
        "nonce": f"r{said.id}",
        "enforce_nonce": True,
    }
    return Replied(whole, answer.reply.file if isinstance(answer, Shown) else None)
