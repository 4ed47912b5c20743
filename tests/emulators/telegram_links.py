"""What the readers of HTML and of both Markdowns share: addresses, refusals, what is still open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulators.telegram_errors import ApiError, bad_request
from emulators.telegram_text import Entity


def refused(why: str) -> ApiError:
    """Return the refusal of markup, in the server's words."""
    return bad_request(f"can't parse entities: {why}")


def bytes_of(text: str) -> int:
    """Return how many bytes `text` takes; the server's refusals count in them."""
    return len(text.encode("utf-8", "surrogatepass"))


def link_entity(kind: str, url: str, offset: int, length: int) -> Entity | None:
    """Return a link or a mention by id, or none where the address is no address."""
    user = re.fullmatch(r"tg://user\?(?:.*&)?id=(\d+)(?:&.*)?", url)
    if user:
        mentioned = {"id": int(user[1]), "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "offset": offset, "length": length, "user": mentioned}
    checked = checked_link(url)
    if checked is None:
        return None
    return {"type": kind, "offset": offset, "length": length, "url": checked}


def checked_link(url: str) -> str | None:
    """Return an address as the server keeps it, or none where it takes it for no address.

    Without a scheme it is http; a path is added.
    https://core.telegram.org/bots/api#inlinekeyboardbutton names the schemes: HTTP and tg:// (and
    ton://).
    """
    url = url.strip()
    if re.match(r"(?:tg|ton)://", url, re.IGNORECASE) or re.match(r"tg:", url, re.IGNORECASE):
        return url.lower() if "?" not in url else url
    found = re.fullmatch(r"(?:(\w+)://)?([^/?#\s]+)(.*)", url, re.DOTALL)
    if found is None or (found[1] or "http").lower() not in ("http", "https"):
        return None
    host = found[2].rsplit("@", 1)[-1]
    name = re.sub(r":\d{1,5}$", "", host)
    labels = name.split(".")
    if any(not label for label in labels) or (len(labels) < 2 and name.lower() != "localhost"):
        return None
    if re.search(r"[\s<>\"{}|\\^`':;,!()*$&+=%\[\]~]", name):
        return None
    return f"{(found[1] or 'http').lower()}://{found[2]}{found[3] or '/'}"


@dataclass
class Open:
    """What has been opened and not closed: its name, its argument, where it began."""

    name: str
    argument: str
    offset: int
    text_at: int
    byte: int = 0
