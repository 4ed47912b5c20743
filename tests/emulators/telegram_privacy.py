"""Which messages of a group reach the bot.

https://core.telegram.org/bots/features#privacy-mode and the FAQ ("What messages will my bot get?"):
all of a private chat and of a channel; in groups all if the bot is an admin or privacy is off;
else only commands meant for it, replies to its messages, what was sent via it, and service
messages. Plain mentions are not listed and don't arrive. A bot never sees its own messages, nor
those of other bots.
"""

from __future__ import annotations

from emulators.telegram_text import piece
from emulators.telegram_world import STAND_INS, Chat, Message, User


def reaches(bot: User, message: Message, privacy: bool) -> bool:
    """Tell whether the server sends `message` to the bot."""
    chat = message.chat
    if message.sender is bot:
        return False
    if chat.type == "private":
        return not chat.blocked or bool(message.service)
    if not chat.member(bot).inside:
        return False
    if chat.type == "channel" or message.service:
        return True
    sender = message.sender
    if sender is not None and sender.is_bot and sender.id not in STAND_INS:
        return False
    if not privacy or chat.member(bot).is_admin:
        return True
    if message.via_bot is bot:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    return is_command_for(bot, message, chat)


def is_command_for(bot: User, message: Message, chat: Chat) -> bool:
    """Tell whether the message holds a command for the bot.

    /command@bot always is. A plain /command goes to the bot that spoke last; while none has spoken
    it goes to all of them, which is what is seen in practice and not said in the FAQ.
    """
    for entity in message.entities:
        if entity["type"] != "bot_command" or message.text is None:
            continue
        _, _, name = piece(message.text, entity).partition("@")
        if name:
            if name.lower() == (bot.username or "").lower():
                return True
        elif chat.last_bot in (None, bot.id):
            return True
    return False
