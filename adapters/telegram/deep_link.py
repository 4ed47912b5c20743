"""A question as what a link carries to the private chat, and back.

https://core.telegram.org/bots/features#deep-linking: 1 to 64 of A-Z, a-z, 0-9, _ and -. A question
is nothing secret, so it is not signed, and anybody may write such a link: whoever follows it asks
in their own name what they haven't seen. So it may look something up only, and change nothing.
"""

from __future__ import annotations

import base64
import binascii

LONGEST_PAYLOAD = 64

MARK = "q"
"""What a question's payload begins with; other words are of other links."""

GREETING = "daybook"
"""What a link carries that asks nothing; also that which adds the bot to a group."""


def payload_of(question: str) -> str | None:
    """Return what a link carries to ask this, or none if it is too long or nothing."""
    written = base64.urlsafe_b64encode(question.encode("utf-8", "replace")).decode().rstrip("=")
    payload = MARK + written
    return payload if written and len(payload) <= LONGEST_PAYLOAD else None


def question_of(payload: str) -> str | None:
    """Return the question that a link carries; none if it carries no question or is broken."""
    if not payload.startswith(MARK) or len(payload) > LONGEST_PAYLOAD:
        return None
    written = payload.removeprefix(MARK)
    try:
        question = base64.b64decode(written + "=" * (-len(written) % 4), b"-_", validate=True)
        text = question.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    is_whole = text.isprintable() and text.strip() == text and payload_of(text) == payload
    return text if text and is_whole else None


def private_link(username: str, question: str = "") -> str:
    """Return a link to the private chat with the bot, which asks something there."""
    payload = payload_of(question) if question else None
    return f"https://t.me/{username}" + (f"?start={payload}" if payload else "")


def group_link(username: str) -> str:
    """Return a link that adds the bot to a group, with no admin's rights: it needs none."""
    return f"https://t.me/{username}?startgroup={GREETING}"


def channel_link(username: str) -> str:
    """Return a link that adds the bot to a channel, where only admins can answer.

    https://core.telegram.org/api/links#channel-links
    """
    return f"https://t.me/{username}?startchannel&admin=post_messages"
