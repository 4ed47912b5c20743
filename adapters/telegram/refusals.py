"""What Telegram's refusals of a post mean for an admin, and what to do about each.

The server names none by a number; its words are those of tdlib/telegram-bot-api's Client.cpp and of
Telegram behind it.
"""

from __future__ import annotations

_SENTENCES = {
    "blocked": "You have blocked me. Unblock me and send /start.",
    "kicked": "I was removed from the chat. Add me again, and it goes on.",
    "not a member": "I am not in the chat. Add me again, and it goes on.",
    "deactivated": "The account of this chat was deleted.",
    "not started": "I may write to you only after you have sent me /start.",
    "chat deleted": "The chat was deleted.",
    "chat not found": "Telegram knows no such chat any more. Set the post anew with /daily set.",
    "no topic": "The topic is gone. Set the post for another one with /daily set.",
    "topic closed": "The topic is closed. Open it again, or let me manage topics.",
    "no rights": "I may not write in the chat. Let members send messages, or make me an admin.",
    "not an admin": "I am no admin of the channel. Make me one who may post messages.",
    "slow mode": "The chat's slow mode holds me back. Make me an admin, or switch it off.",
    "too long": "The post is too long for Telegram. Choose fewer kinds or own dates.",
    "refused": "Telegram refuses the post. Look at my rights in the chat.",
}

_WORDS = (
    ("bot was blocked", "blocked"),
    ("bot was kicked", "kicked"),
    ("not a member", "not a member"),
    ("user is deactivated", "deactivated"),
    ("can't initiate", "not started"),
    ("chat was deleted", "chat deleted"),
    ("chat not found", "chat not found"),
    ("thread not found", "no topic"),
    ("topic_deleted", "no topic"),
    ("topic_closed", "topic closed"),
    ("need administrator rights", "not an admin"),
    ("not enough rights to post", "not an admin"),
    ("chat_admin_required", "not an admin"),
    ("slow mode", "slow mode"),
    ("slowmode", "slow mode"),
    ("not enough rights", "no rights"),
    ("have no rights", "no rights"),
    ("chat_write_forbidden", "no rights"),
    ("chat_restricted", "no rights"),
    ("too long", "too long"),
)
"""Words of a refusal, in small letters, and what they mean; the first that is there counts."""


def code_of(said: str) -> str:
    """Return our word for what the server said."""
    small = said.lower()
    return next((code for words, code in _WORDS if words in small), "refused")


def explain(code: str) -> str:
    """Return what a refusal means, by our word for it."""
    return _SENTENCES.get(code, _SENTENCES["refused"])
