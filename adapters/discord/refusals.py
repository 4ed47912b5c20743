"""What Discord's refusals of a post mean for an admin, and what to do about each.

https://docs.discord.com/developers/topics/opcodes-and-status-codes#json.
"""

from __future__ import annotations

MISSING_ACCESS = "50001"
MISSING_PERMISSIONS = "50013"
NO_EMBEDS = "embed links"

SENTENCES = {
    "10003": "The channel is gone. Set the post for another one with /daily set.",
    "10004": "I am no longer in this server. Add me again, and it goes on.",
    "20016": "The channel's slow mode holds me back. Give my role Bypass Slowmode there.",
    "20028": "The channel takes no more messages for now; too much is written there at once.",
    "20029": "The server takes no more messages for now; too much is written there at once.",
    "40005": "The post is too large for Discord. Choose fewer kinds or own dates.",
    "50001": "I can't see the channel. Give my role View Channel there.",
    "50006": "The post had nothing to show in this channel. Give my role Embed Links there.",
    "50008": "This channel takes no messages. Choose a text channel with /daily set.",
    "50013": "I may not write in the channel. Give my role Send Messages there (in a thread: Send"
    " Messages in Threads).",
    "50024": "This kind of channel takes no posts. Choose a text channel or a forum.",
    "50035": "Discord refuses the post's form. In a forum, look at its title and tags; it may ask"
    " for a tag.",
    "50083": "The thread is archived. Open it again, and let me write in it.",
    "160004": "The message has a thread already. Choose the forum again with /daily set.",
    "160005": "The thread is locked. Unlock it, or give my role Manage Threads.",
    "160006": "The server has as many open threads as it may. Archive some.",
    NO_EMBEDS: "I may not show embeds in the channel. Give my role Embed Links there.",
}


def explain(code: str) -> str:
    """Return what a refusal means, by its code; one that is not known names it."""
    found = SENTENCES.get(code)
    return found or f"Discord refuses it (code {code}). Look at my role's permissions there."
