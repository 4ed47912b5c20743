"""Keyboards under messages: what the server refuses in them.

https://core.telegram.org/bots/api#inlinekeyboardbutton. Figures: callback_data of 1-64 bytes, 100
buttons (the server's REPLY_MARKUP_TOO_LONG), 8 in a row (what the clients show; not the server's
limit).
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import re
from typing import Any

from emulators.telegram_errors import bad_request, not_described
from emulators.telegram_links import checked_link

ACTIONS = (
    "url callback_data web_app login_url switch_inline_query "
    "switch_inline_query_current_chat switch_inline_query_chosen_chat copy_text "
    "callback_game pay"
).split()
BUTTONS = 100
BUTTONS_IN_ROW = 8
CALLBACK_BYTES = 64
COPY_TEXT = 256


def checked_keyboard(markup: Any, *, inline_only: bool = False) -> dict[str, Any] | None:
    """Return the reply markup as it is kept; raises ApiError in the server's words."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "InlineKeyboardMarkup", "inline_keyboard")
        kept = [[_inline_button(button) for button in row] for row in rows]
        kept = [row for row in kept if row]
        return {"inline_keyboard": kept} if kept else None
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        for row in _rows(markup["keyboard"], "ReplyKeyboardMarkup", "keyboard"):
            for button in row:
                text = button.get("text") if isinstance(button, dict) else button
                if not text:
                    raise bad_request("keyboard button text must be non-empty")
    return markup


def _rows(rows: Any, what: str, name: str) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" of the {what} must be an Array of Arrays')
    if any(not isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" of the {what} must be an Array of Arrays')
    if sum(map(len, rows)) > BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > BUTTONS_IN_ROW for row in rows):
        raise not_described(f"more than {BUTTONS_IN_ROW} buttons in a row")
    return rows


def _inline_button(button: Any) -> dict[str, Any]:
    trouble = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{trouble}InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request(f'{trouble}Can\'t find field "text"')
    if not isinstance(button["text"], str) or not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if name in button]
    if len(actions) > 1:
        raise not_described(f"a button with several actions: {', '.join(actions)}")
    if not actions or button.get("callback_data") == "" or button.get("url") == "":
        raise bad_request(f"{trouble}Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or len(data.encode()) > CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        url = checked_link(button["url"])
        if url is None:
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
        return {**button, "url": url}
    if "copy_text" in button:
        text = (button["copy_text"] or {}).get("text", "")
        if not 1 <= len(text) <= COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return dict(button)


START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def check_start_parameter(text: str) -> None:
    """Raise ApiError unless `text` may start the bot: 1-64 of A-Z, a-z, 0-9, _ and -.

    https://core.telegram.org/bots/api#inlinequeryresultsbutton
    """
    if not text:
        raise bad_request("START_PARAM_EMPTY")
    if not START_PARAMETER.fullmatch(text):
        raise bad_request("START_PARAM_INVALID")
