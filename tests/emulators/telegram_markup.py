"""parse_mode: a text with markup becomes a text and its entities, or is refused.

https://core.telegram.org/bots/api#formatting-options
"""

from __future__ import annotations

from emulators.telegram_errors import bad_request
from emulators.telegram_html import HtmlReader
from emulators.telegram_markdown import MarkdownReader, old_markdown
from emulators.telegram_text import Entity


def parsed(text: str, mode: str) -> tuple[str, list[Entity]]:
    """Return `text` without the markup of `mode`, and its entities (offsets in UTF-16 units).

    Raises ApiError: "can't parse entities: ..." or "unsupported parse_mode".
    """
    match mode.lower():
        case "html":
            return HtmlReader(text).read()
        case "markdownv2":
            return MarkdownReader(text).read()
        case "markdown":
            return old_markdown(text)
        case "" | "none":
            return text, []
    raise bad_request("unsupported parse_mode")
