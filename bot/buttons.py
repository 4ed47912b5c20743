"""What a button carries: everything that a press needs, signed, so that nothing need be stored.

A button works after a restart, and years later. A forged or altered one, one of another place, or
one from before the bot's token was changed can't be read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.safe_text import safe
from knowledge.dates import Order

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_ORDERS = {Order.DAY_FIRST: "d", Order.MONTH_FIRST: "m"}
_FIRST_DAY = date(2020, 1, 1).toordinal()
"""Days are counted from here. An earlier "today" is none that a clock of ours would tell."""

_MINUS = "~"
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Controls and halves of pairs, which platforms refuse or change on the way."""

SIGNATURE_LENGTH = 8
"""Characters of base64: 48 bits, which nobody guesses by pressing buttons."""

MARK_LENGTH = 6
"""Characters of base64: 36 bits, which tell a few texts of one message apart."""


class Action(StrEnum):
    """What a button does; the letters stand in old messages and stay as they are."""

    ASK = "a"
    PAGE = "p"
    DELETE = "d"


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed. Which fields count depends on the action.

    ASK: `text`.
    PAGE: `text` (empty where it is to be read from the message answered), `page`, and `today` and
    `order` as they were when it was first answered; `asker` is who may turn pages.
    DELETE: `asker`, who may delete it besides admins.

    A text too long for the button is left out; `mark` tells which of the texts that stand beside
    it is meant (`mark_of`).
    """

    action: Action
    text: str = ""
    asker: int = 0
    page: int = 1
    today: date | None = None
    order: Order = Order.DAY_FIRST
    mark: str = ""


def mark_of(text: str) -> str:
    """Return what stands for a text in a button that has no room for it."""
    digest = hashlib.sha256(safe(text).encode("utf-8", "replace")).digest()
    return base64.urlsafe_b64encode(digest).decode()[:MARK_LENGTH]


class Buttons:
    """Writes and reads what buttons of one platform carry."""

    def __init__(self, token: str, longest: int, measure: Callable[[str], int]) -> None:
        """Take the secret that signs, and how long what a button carries may be, as measured.

        The platform's token is the secret: whoever has that has the bot anyway.
        """
        self._key = hashlib.sha256(b"daybook buttons\0" + token.encode()).digest()
        self._longest = longest
        self._measure = measure

    def write(self, press: Press, place: int) -> str | None:
        """Return what the button carries in a place (a chat, a channel).

        None where it would be too long, or hold what no button can carry.
        """
        payload = _written(press)
        if _NO_TEXT.search(payload):
            return None
        carried = self._signature(payload, place) + payload
        return carried if self._measure(carried) <= self._longest else None

    def read(self, carried: str, place: int) -> Press | None:
        """Return what was pressed; none if this bot didn't write it for this place."""
        signature, payload = carried[:SIGNATURE_LENGTH], carried[SIGNATURE_LENGTH:]
        expected = self._signature(payload, place)
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()):
            return None
        return _read(payload)

    def _signature(self, payload: str, place: int) -> str:
        message = f"{place}\0{payload}".encode("utf-8", "surrogatepass")
        digest = hmac.digest(self._key, message, "sha256")
        return base64.urlsafe_b64encode(digest).decode()[:SIGNATURE_LENGTH]


def _written(press: Press) -> str:
    """Return the fields; the letter of the action is large where a mark stands for the text."""
    letter = press.action.upper() if press.mark else press.action.value
    text = press.mark or press.text
    match press.action:
        case Action.ASK:
            return f"{letter}{text}"
        case Action.DELETE:
            return f"{letter}{_number(press.asker)}"
        case Action.PAGE:
            day = (press.today or date.fromordinal(_FIRST_DAY)).toordinal() - _FIRST_DAY
            fields = _number(press.asker), _number(press.page), _number(max(day, 0))
            return f"{letter}{'.'.join(fields)}.{_ORDERS[press.order]}{text}"


def _read(payload: str) -> Press:
    """Return what was written; the signature has proven that it was written here."""
    letter, rest = payload[0], payload[1:]
    action = Action(letter.lower())
    match action:
        case Action.ASK:
            press = Press(action, rest)
        case Action.DELETE:
            press = Press(action, asker=_value(rest))
        case Action.PAGE:
            asker, page, day, last = rest.split(".", 3)
            order = next(order for order, one in _ORDERS.items() if one == last[0])
            press = Press(
                action,
                text=last[1:],
                asker=_value(asker),
                page=_value(page),
                today=date.fromordinal(_FIRST_DAY + _value(day)),
                order=order,
            )
    return replace(press, text="", mark=press.text) if letter.isupper() else press


def _number(value: int) -> str:
    """Return a whole number in the 64 digits of this file; Telegram's chats have negative ones."""
    if value < 0:
        return _MINUS + _number(-value)
    digits = ""
    while value or not digits:
        value, digit = divmod(value, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _value(digits: str) -> int:
    if digits.startswith(_MINUS):
        return -_value(digits[1:])
    value = 0
    for digit in digits:
        value = value * len(_DIGITS) + _DIGITS.index(digit)
    return value
