"""Text of a person or a pack, fit to be shown on a platform: nothing in it acts unseen.

Removed are characters that show nothing but change what stands around them; words keep what their
script needs (ZWJ and ZWNJ: https://www.unicode.org/reports/tr31/ section 2.3). Escaping what a
platform takes for markup is its adapter's work.
"""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 4
"""Combining marks on one character; Vietnamese and Hebrew need three, Zalgo text has hundreds."""

_UNSEEN = re.compile(
    "["
    "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f"  # controls, but for white space
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, fillers, selectors
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"  # zero width, bidi, fillers
    "\ufff0-\ufffb\U00013430-\U0001345f"  # annotations, how hieroglyphs are joined
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # the same of shorthand and music
    "\U000e0000-\U000e0fff"  # tag characters, selectors
    "\ud800-\udfff"  # halves of a pair: no text
    "]"
)
_SPACES = re.compile(r"[\s\u2800]+")
"""White space, and the cell of Braille without a dot, which looks like it."""

_JOINERS = re.compile(r"([\u200c\u200d])[\u200c\u200d]+")
_LOOSE_JOINER = re.compile(r"(?<!\S)[\u200c\u200d]|[\u200c\u200d](?!\S)")
_MARKS = re.compile(r"[\u0300-\U0001ffff]")


def safe(text: str) -> str:
    r"""Return text on one line, without unseen characters and with few marks on each character.

    >>> safe("Kronstadt\u202e\u200b \n 1921")
    'Kronstadt 1921'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    line = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    return _few_marks(_without_idle_joiners(line))


def _without_idle_joiners(line: str) -> str:
    """Return a line with one joiner at most between two characters, and none where it joins not."""
    if "\u200c" not in line and "\u200d" not in line:
        return line
    joined = _LOOSE_JOINER.sub("", _JOINERS.sub(r"\1", line))
    return _SPACES.sub(" ", joined).strip()


def _few_marks(text: str) -> str:
    if not _MARKS.search(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units a text has: what Telegram counts, and Discord at most.

    https://core.telegram.org/api/entities#entity-length
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
