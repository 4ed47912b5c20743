"""What is found for an inline query in, the parameters of answerInlineQuery out: pure.

https://core.telegram.org/bots/api#answerinlinequery: at most 50 results, their ids 64 bytes at most
and each once. Telegram keeps an answer and gives it to others who type the same, so that one that
depends on who asks is marked, and one that depends on today ends with it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any

from adapters.telegram.deep_link import GREETING, payload_of
from adapters.telegram.render import ROOM, inline_content, size
from bot.inline_lookup import Found, LookUp
from bot.pages import pages
from bot.safe_text import safe

Payload = dict[str, Any]

RESULTS_A_PAGE = 10
"""At most 20 are shown at once on any device; each is a whole answer that is made beforehand."""

LONGEST_CACHE = 300
"""Seconds: Telegram's own default."""

LONGEST_TITLE, LONGEST_DESCRIPTION = 80, 160

BUTTON = "Ask in a private chat"

_TWO_READINGS = re.compile(r"\d\s*[-/.]\s*\d")
"""What may be read month first for one and day first for another."""


def answer(query_id: str, typed: str, found: LookUp, now: datetime) -> Payload:
    """Return the answer to a query; `now` is in the zone whose midnight ends "today"."""
    return {
        "inline_query_id": query_id,
        "results": _results(found),
        "next_offset": str(found.next_offset) if found.next_offset else "",
        "cache_time": min(LONGEST_CACHE, until_midnight(now)),
        "is_personal": bool(_TWO_READINGS.search(typed)),
        "button": {"text": BUTTON, "start_parameter": payload_of(typed.strip()) or GREETING},
    }


def nothing(query_id: str) -> Payload:
    """Return the answer to who types too fast: nothing, and not kept."""
    return {"inline_query_id": query_id, "results": [], "cache_time": 1, "is_personal": True}


def first_of(offset: str) -> int:
    """Return which result a query's offset begins at; it is 0 for what we never wrote."""
    return int(offset) if re.fullmatch(r"[0-9]{1,4}", offset) else 0


def until_midnight(now: datetime) -> int:
    """Return the whole seconds until the day ends, at least 1."""
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(int(tomorrow.timestamp() - now.timestamp()), 1)


def _results(found: LookUp) -> list[Payload]:
    return list({result["id"]: result for result in map(_article, found.found)}.values())


def _article(found: Found) -> Payload:
    page = pages(found.reply, ROOM, size)[0]
    article = {
        "type": "article",
        "id": hashlib.blake2s(found.key.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        "title": _shortened(found.title, LONGEST_TITLE) or "Daybook",
        "input_message_content": inline_content(page),
    }
    description = _shortened(found.description, LONGEST_DESCRIPTION)
    return {**article, "description": description} if description else article


def _shortened(text: str, most: int) -> str:
    text = safe(text)
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
