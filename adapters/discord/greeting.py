"""What is said once to a server that has added the bot."""

from __future__ import annotations

from adapters.discord.render import Payload, message
from bot.commands.start import NAME as START
from bot.dialogue import Dialogue, Shown
from bot.pages import pages


async def greeting(dialogue: Dialogue, place: int, *, embeds: bool = True) -> Payload:
    """Return the greeting for a channel; nobody asked for it, so that no limit counts it.

    Its nonce lets it be sent again without being doubled:
    https://docs.discord.com/developers/resources/message#create-message.
    """
    request = dialogue.request(command=START)
    reply = await dialogue.service.answering.reply(request)
    first, *_ = pages(reply, dialogue.room, dialogue.size)
    choices = dialogue.choices_only(Shown(request, reply, first), place)
    return message(first, choices, embeds=embeds) | {"nonce": f"g{place}", "enforce_nonce": True}
