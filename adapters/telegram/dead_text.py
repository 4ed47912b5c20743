"""Text in, text out that looks the same and in which Telegram's server finds nothing to press.

The server itself makes links, @names, /commands, #tags, $TAGS, e-mail addresses, and numbers of
phones and cards live, wherever they stand in a message; no field of a call turns that off. What
parts them is U+2060 (word joiner), which nobody sees: it is no letter, and the rules of TDLib, the
server's library, end every such thing at a character of the block General Punctuation
(https://github.com/tdlib/td, td/telegram/MessageEntity.cpp).
"""

from __future__ import annotations

import re

from bot.safe_text import safe

PARTING = "\u2060"

LEAST_PHONE_DIGITS = 9
"""Digits that may be a phone number without a plus sign; "1917-1924" has eight and is none."""

_SUSPECT = re.compile(r"[@#$/:.+\d]")
"""Without one of these nothing can be found."""

_SIGN = re.compile(r"[@#](?=\S)|\$(?=[A-Za-z0-9])|(?<![A-Za-z0-9_])/(?=[A-Za-z0-9_])")
"""What begins a name, a tag or a command, with what makes it one behind it."""

_SCHEME = re.compile(r":(?=//)")

_DOMAIN = re.compile(r"(?<=\S)\.(?=[\w-]*[^\W\d_])(?=\S{2})(?![^\W\d_](?:[.,;:!?)\]\"'’”]|$))")
"""A dot before what may be a top-level domain: two characters at least, a letter among them."""

_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")

_NUMBER = re.compile(r"\+?\d[\d .()/-]{5,}\d")
_PLUS = re.compile(r"\+(?=[ (]*\d)")


def dead(text: str) -> str:
    """Return text on one line without unseen characters, in which the server finds nothing.

    A break is set only where something could be found, so that most texts can be copied whole.
    """
    shown = safe(text)
    if not _SUSPECT.search(shown):
        return shown
    shown = _SIGN.sub(rf"\g<0>{PARTING}", shown)
    shown = _SCHEME.sub(rf":{PARTING}", shown)
    shown = _ADDRESS.sub(lambda found: found[0].replace(".", f".{PARTING}"), shown)
    shown = _DOMAIN.sub(rf".{PARTING}", shown)
    shown = _NUMBER.sub(_parted_number, shown)
    return _PLUS.sub(rf"+{PARTING}", shown)


def _parted_number(found: re.Match[str]) -> str:
    """Return a number of a phone or a card with a break in each group of its digits.

    A space or a hyphen would be read over, so that the break stands between two digits.
    """
    number = found[0]
    if sum(map(str.isdigit, number)) < LEAST_PHONE_DIGITS:
        return number
    return re.sub(r"(?<=\d)(?=\d)", PARTING, number)
