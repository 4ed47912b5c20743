"""Answers to pressed buttons and to inline queries."""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

from typing import Any

from emulators.telegram_call import Call
from emulators.telegram_errors import ApiError, bad_request, not_described
from emulators.telegram_keyboards import check_start_parameter, checked_keyboard
from emulators.telegram_sending import CAPTION, TEXT, formatted
from emulators.telegram_state import State

ANSWER = 200
RESULTS = 50
IDENTIFIER_BYTES = 64


def answer_callback_query(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#answercallbackquery: a text of 0-200 characters."""
    query = state.take_query(state.callbacks, call.text("callback_query_id"))
    text = call.text("text")
    if len(text) > ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if call.text("url"):
        raise bad_request("URL_INVALID")  # only games and t.me/bot?start= links may be opened
    _check_cache_time(call)
    query.answer = {
        "text": text,
        "show_alert": call.boolean("show_alert"),
        "cache_time": call.integer("cache_time"),
    }
    state.changed()
    return True


def _check_cache_time(call: Call) -> None:
    if call.integer("cache_time") < 0:
        raise not_described("cache_time is below zero")


def answer_inline_query(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#answerinlinequery: at most 50 results with unique ids."""
    query = state.take_query(state.inlines, call.text("inline_query_id"))
    results = call.value("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > RESULTS:
        raise bad_request("too many inline query results specified")
    kept = [_result(state, one) for one in results]
    names = [one["id"] for one in kept]
    if len(set(names)) != len(names):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(call.text("next_offset").encode()) > IDENTIFIER_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_cache_time(call)
    button = call.value("button")
    if button is not None:
        _check_button(button)
    query.answer = {
        "results": kept,
        "next_offset": call.text("next_offset"),
        "cache_time": call.integer("cache_time", 300),
        "is_personal": call.boolean("is_personal"),
        "button": button,
    }
    state.changed()
    return True


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse InlineQueryResultsButton: Can't find field \"text\"")
    if ("web_app" in button) == ("start_parameter" in button):
        raise bad_request("INPUT_BUTTON_INVALID")
    if "start_parameter" in button:
        check_start_parameter(button["start_parameter"])


def _result(state: State, result: Any) -> dict[str, Any]:
    """Return a result with the message that choosing it sends, its text as the server keeps it."""
    trouble = "can't parse inline query result: "
    if not isinstance(result, dict):
        raise bad_request(f"{trouble}Object expected")
    name = result.get("id")
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= IDENTIFIER_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not result.get("type"):
        raise bad_request(f'{trouble}Can\'t find field "type"')
    if result["type"] == "article" and not result.get("title"):
        raise bad_request("article title can't be empty")
    markup = checked_keyboard(result.get("reply_markup"), inline_only=True)
    content = result.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        words = formatted(state, content, "message_text", TEXT)
    elif result["type"] == "article":
        raise _no_content()
    else:
        words = formatted(state, result, "caption", CAPTION, caption=True)
        content = {}
    return {
        **result,
        "reply_markup": markup,
        "message": {
            "text": words.text,
            "entities": words.entities,
            "link_preview_options": (content or {}).get("link_preview_options"),
        },
    }


def _no_content() -> ApiError:
    return bad_request(
        "can't parse inline query result: Can't find field \"input_message_content\""
    )
