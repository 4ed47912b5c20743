"""Files that go with answers, and files that come with questions.

A file is sent with the answer as its caption: https://core.telegram.org/bots/api#senddocument.
"""

from __future__ import annotations

from typing import Any

from bot.errors import UserError
from bot.reply import Attachment
from bot.safe_text import utf16_length

Payload = dict[str, Any]

DOCUMENT = "document"
LONGEST_CAPTION = 1_024

NO_FILE = "The file could not be had from Telegram. Send it again."


def with_file(payload: Payload, file: Attachment) -> Payload:
    """Return what sends a message's text and buttons with a file.

    A text that is too long for a caption is left behind: the file says all that it says.
    """
    kept = {key: payload[key] for key in ("reply_markup",) if key in payload}
    captioned: Payload = {}
    if utf16_length(payload["text"]) <= LONGEST_CAPTION:
        captioned["caption"] = payload["text"]
        if "entities" in payload:
            captioned["caption_entities"] = payload["entities"]
    return {**kept, **captioned, DOCUMENT: file}


async def no_files(file: str, most: int) -> bytes:
    """Refuse a file: nothing that can fetch one is there."""
    raise UserError(NO_FILE)
