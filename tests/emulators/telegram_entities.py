"""What Telegram makes live in a text by itself: mentions, commands, links, tags, addresses.

The rules are those of TDLib's MessageEntity.cpp (find_entities): what may stand before and after,
which characters belong to a name, which end a link. Offsets here are of code points; the server
counts in UTF-16 units (`utf16_length`), see telegram_text. Phone numbers are found by the clients
and the server alone, by rules that are not published: the pattern here is a cautious guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from emulators.telegram_domains import is_known_domain

PATH_END = frozenset(".:;,('?!`")
SHORT_NAMES = frozenset({"gif", "vid", "pic"})
"""The only usernames of three letters, of Telegram's own bots; all others have four or more."""


@dataclass(frozen=True, order=True)
class Found:
    """A live part of a text: from `start` to before `stop`, in code points."""

    start: int
    stop: int
    type: str


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units `text` takes; entities and limits are counted in them."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def find_entities(text: str, commands: bool = True) -> list[Found]:
    """Return what the server makes live in `text`, in order and without overlaps.

    Of two that overlap the one that begins first wins, as in TDLib's fix_entity_offsets.
    `commands=False` leaves out commands, as for captions of channel posts.
    """
    found = list(_mentions(text))
    if commands:
        found += _commands(text)
    found += _hashtags(text)
    found += _cashtags(text)
    found += _app_links(text)
    found += _links(text)
    found += _phone_numbers(text)
    found.sort(key=lambda one: (one.start, -one.stop))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].stop:
            kept.append(one)
    return kept


def _category(letter: str) -> str:
    return unicodedata.category(letter)


def _is_word(letter: str) -> bool:
    return letter == "_" or _category(letter)[0] == "L" or _category(letter) in ("Nd", "Nl", "No")


def _is_tag_letter(letter: str) -> bool:
    code = ord(letter)
    return (
        letter in "_\u200c\u00b7"
        or 0xD80 <= code <= 0xDFF
        or _category(letter)[0] == "L"
        or _category(letter) == "Nd"
    )


def _before(text: str, at: int) -> str:
    return text[at - 1] if at else ""


def _after(text: str, at: int) -> str:
    return text[at] if at < len(text) else ""


NAME = re.compile(r"[A-Za-z0-9_]*", re.ASCII)


def _mentions(text: str) -> Iterator[Found]:
    for sign in re.finditer("@", text):
        before = _before(text, sign.start())
        if before and _is_word(before):
            continue
        name = NAME.match(text, sign.end())
        assert name is not None
        after = _after(text, name.end())
        if not 2 <= len(name[0]) <= 32 or (after and _is_word(after)):
            continue
        if len(name[0]) >= 4 or name[0].lower() in SHORT_NAMES:
            yield Found(sign.start(), name.end(), "mention")


COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?![A-Za-z0-9_])(@[A-Za-z0-9_]*)?", re.ASCII)


def _commands(text: str) -> Iterator[Found]:
    for one in COMMAND.finditer(text):
        before = _before(text, one.start())
        if before and (_is_word(before) or before in "/<>"):
            continue
        if one[2] is not None and not 4 <= len(one[2]) <= 33:
            continue
        after = _after(text, one.end())
        if after and (_is_word(after) or after in "/<>"):
            continue
        yield Found(one.start(), one.end(), "bot_command")


def _hashtags(text: str) -> Iterator[Found]:
    for sign in re.finditer("#", text):
        before = _before(text, sign.start())
        if before and _is_tag_letter(before):
            continue
        stop = sign.end()
        while stop < len(text) and _is_tag_letter(text[stop]):
            stop += 1
        tag = text[sign.end() : stop][:256]
        if not tag or _after(text, stop) == "#":
            continue
        if any(_category(letter)[0] == "L" for letter in tag):
            yield Found(sign.start(), sign.end() + len(tag), "hashtag")


CASHTAG = re.compile(r"\$(1INCH|[A-Z]{1,8})")


def _cashtags(text: str) -> Iterator[Found]:
    for one in CASHTAG.finditer(text):
        before, after = _before(text, one.start()), _after(text, one.end())
        if before and (_is_tag_letter(before) or before == "$"):
            continue
        if after and (_is_tag_letter(after) or after == "$"):
            continue
        yield Found(one.start(), one.end(), "cashtag")


def _is_link_letter(letter: str) -> bool:
    code = ord(letter)
    if 0x2000 <= code <= 0x206F:  # punctuation: joiners and dashes belong to a link, no others
        return code in (0x200C, 0x200D) or 0x2010 <= code <= 0x2015
    return _category(letter)[0] != "Z"


def _is_path_letter(letter: str) -> bool:
    return letter not in '\n<>"\u00ab\u00bb' and _is_link_letter(letter)


def _is_domain_letter(letter: str) -> bool:
    if ord(letter) < 0xC0:
        return letter in "._-~" or (letter.isascii() and letter.isalnum())
    return _is_link_letter(letter)


def _is_user_letter(letter: str) -> bool:
    return letter not in "\n/[]{}()'`<>\"@\u00ab\u00bb" and _is_link_letter(letter)


def _is_scheme_letter(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in "+-"
    return _category(letter)[0] != "Z"


def _path_end(text: str, at: int) -> int:
    """Return where the path (or query, or fragment) that begins at `at` ends."""
    stop = at + 1
    while stop < len(text) and _is_path_letter(text[stop]):
        stop += 1
    while stop > at + 1 and text[stop - 1] in PATH_END:
        stop -= 1
    return stop if text[at] == "/" or stop > at + 1 else at


APP_LINK = re.compile(r"(?:tg|ton)://[A-Za-z0-9_-]{1,253}", re.ASCII | re.IGNORECASE)


def _app_links(text: str) -> Iterator[Found]:
    for one in APP_LINK.finditer(text):
        stop = one.end()
        if _after(text, stop) in ("/", "?", "#"):
            stop = _path_end(text, stop)
        yield Found(one.start(), stop, "url")


PORT = re.compile(r":0*([1-9]\d{0,4})(?!\d)", re.ASCII)


def _links(text: str) -> Iterator[Found]:
    """Find links and e-mail addresses around each dot, leftmost first, as TDLib's match_urls."""
    base = 0  # what lies before has been dealt with, and is not looked back at
    while True:
        dot = text.find(".", base)
        if dot < 0 or dot + 1 == len(text):
            return
        if text[dot + 1] == " ":
            base = dot + 2
            continue
        start = dot
        while start > base and _is_domain_letter(text[start - 1]):
            start -= 1
        last_at, stop = -1, dot
        while stop < len(text):
            if text[stop] == "@":
                last_at = stop
            elif not _is_domain_letter(text[stop]):
                break
            stop += 1
        if last_at >= 0:
            while start > base and _is_user_letter(text[start - 1]):
                start -= 1
        port = PORT.match(text, stop)
        if port is not None and int(port[1]) <= 65535:
            stop = port.end()
        if _after(text, stop) in ("/", "?", "#"):
            stop = _path_end(text, stop)
        while stop > dot + 1 and text[stop - 1] == ".":
            stop -= 1
        begin, good = _beginning(text, base, start, last_at >= 0)
        if good:
            if stop > dot + 1:
                yield from _checked(text, begin, stop)
            while _after(text, stop) == ".":
                stop += 1
        else:
            while text[stop - 1] != ".":
                stop -= 1
        base = stop if stop > dot else dot + 1


def _beginning(text: str, base: int, start: int, has_at: bool) -> tuple[int, bool]:
    """Return where the link begins with its user and scheme, and whether it may begin there."""
    good = True
    if start > base and text[start - 1] == "@":
        good = not has_at
        user = start - 1
        while user > base and _is_user_letter(text[user - 1]):
            user -= 1
        if user == start - 1:
            good = False
        start = user
    if start == base:
        return start, good
    if text[base:start].endswith("://") and start - base >= 6:
        first = start - 3
        while first > base and _is_scheme_letter(text[first - 1]):
            first -= 1
        scheme = text[first : start - 3].lower()
        for known, others in (("http", {"shttp"}), ("https", set()), ("ftp", {"tftp", "sftp"})):
            if scheme.endswith(known) and scheme not in others:
                return start - 3 - len(known), good
        return start, False
    before = text[start - 1]
    return start, good and not (_is_word(before) or before in "/#@")


def _checked(text: str, start: int, stop: int) -> Iterator[Found]:
    link = text[start:stop]
    if is_email(link):
        yield Found(start, stop, "email")
    elif link.startswith("mailto:") and is_email(link[7:]):
        yield Found(start + 7, stop, "email")
    else:
        fixed = _fixed_link(link)
        if fixed:
            yield Found(start, start + len(fixed), "url")


EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}"
    r"@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,8}",
    re.ASCII | re.IGNORECASE,
)


def is_email(text: str) -> bool:
    """Tell whether `text` is an e-mail address to TDLib's is_email_address."""
    return EMAIL.fullmatch(text) is not None


SCHEME = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)


def _fixed_link(link: str) -> str:
    """Return `link` without what hangs on its end, or nothing where it is no link (fix_url)."""
    scheme = SCHEME.match(link)
    rest = link[scheme.end() :] if scheme else link
    cut = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    domain, path = rest[:cut], rest[cut:]
    whole = link[: len(link) - len(path) + _balanced(path)]
    domain = domain.split("@", 1)[-1]
    if ":" in domain:
        domain = domain[: domain.rfind(":")]
    parts = domain.split(".")
    if len(parts) == 1 or domain.lower() == "teiegram.org":
        return ""
    if any(not part or len(part.encode()) >= 64 or part.endswith("-") for part in parts):
        return ""
    if len(parts) == 4 and all(_is_byte(part) for part in parts):
        return whole
    if all(part.isascii() and part.isdigit() for part in parts):
        return ""
    return whole if _is_top(parts[-1], scheme is not None) and "_" not in parts[-2] else ""


def _is_byte(part: str) -> bool:
    return re.fullmatch(r"0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]", part, re.ASCII) is not None


def _is_top(top: str, has_scheme: bool) -> bool:
    if len(top) <= 1:
        return False
    if top.startswith("xn--"):
        return re.fullmatch(r"xn--[A-Za-z0-9]{2,}", top, re.ASCII) is not None
    return "_" not in top and "-" not in top and (has_scheme or is_known_domain(top))


def _balanced(path: str) -> int:
    """Return how much of `path` stands before a bracket closes that was never opened."""
    opened = {")": 0, "]": 0, "}": 0}
    pairs = {"(": ")", "[": "]", "{": "}"}
    stop = len(path)
    for at, letter in enumerate(path):
        if letter in pairs:
            opened[pairs[letter]] += 1
        elif letter in opened:
            opened[letter] -= 1
            if opened[letter] < 0:
                stop = at
                break
    while stop > 0 and path[stop - 1] in PATH_END:
        stop -= 1
    return stop


PHONE = re.compile(r"(?<![\w+.,/-])\+\d(?:[ ().-]{0,2}\d){6,14}(?![\w-])", re.ASCII)


def _phone_numbers(text: str) -> Iterator[Found]:
    for one in PHONE.finditer(text):
        yield Found(one.start(), one.end(), "phone_number")
