"""The ways in which Discord's gateway ends a connection for good, each with what to do about it."""

from __future__ import annotations

TOKEN_REFUSED = 4004
INTENT_REFUSED = 4014

SENTENCES = {
    TOKEN_REFUSED: "Discord refuses the token in DISCORD_TOKEN; take a new one from the developer"
    " portal.",
    4010: "Discord refuses the shard; this bot uses none, so tell its developers.",
    4011: "Discord asks for shards: the bot is in too many servers for one connection.",
    4012: "Discord no longer takes this version of its gateway; update Daybook.",
    4013: "Discord refuses the intents; update Daybook.",
    INTENT_REFUSED: "Discord refuses an intent that needs its approval; this bot asks for none.",
}
"""By close code; after any other one it is of use to connect again:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-close-event-codes"""
