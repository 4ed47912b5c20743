# ruff: noqa: ANN401 - JSON may be anything
"""Every limit: just within passes, just beyond is refused in the server's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from emulators.telegram_raw import Raw, raw

Parameters = dict[str, Any]


@pytest.fixture(scope="module")
def call() -> Iterator[Raw]:
    with raw() as one:
        anna = one.emulator.user("Anna", username="anna_b", id=501)
        one.emulator.private(anna)
        yield one


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**action: Any) -> dict[str, Any]:
    return {"text": "b", **action}


def data(size: int) -> dict[str, Any]:
    return button(callback_data="d" * size)


def message(**more: Any) -> Parameters:
    return {"chat_id": 501, "text": "a", **more}


def described(limit: int) -> list[dict[str, str]]:
    return [{"command": "a", "description": "d" * limit}]


EMPTY = "message text is empty"
SENDING = [
    # (what passes, what is refused, why)
    (message(), message(text=""), EMPTY),
    (message(text=" a "), message(text=" \n "), EMPTY),
    (message(), {"chat_id": 501}, EMPTY),
    (message(), {"text": "a"}, "chat_id is empty"),
    (message(), message(chat_id=999), "chat not found"),
    (message(chat_id="501"), message(chat_id="@nobody_here"), "chat not found"),
    (message(text="a" * 4096), message(text="a" * 4097), "message is too long"),
    (message(text="<b>" + "a" * 4096 + "</b>", parse_mode="HTML"),
     message(text="<b>" + "a" * 4097 + "</b>", parse_mode="HTML"), "message is too long"),
    (message(text="a.b"), message(text="a.b", parse_mode="MarkdownV2"),
     "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'"),
    (message(parse_mode="html"), message(parse_mode="BBCode"), "unsupported parse_mode"),
    (message(entities=[{"type": "bold", "offset": 0, "length": 1}]),
     message(entities=[{"type": "bold", "offset": 0, "length": 2}]),
     "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2"),
    (message(entities=[{"type": "text_link", "offset": 0, "length": 1, "url": "http://a.org"}]),
     message(entities=[{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:a"}]),
     "entity URL 'javascript:a' is invalid: Wrong HTTP URL"),
    (message(), message(message_thread_id=7), "message thread not found"),
    (message(reply_parameters={"message_id": 999, "allow_sending_without_reply": True}),
     message(reply_parameters={"message_id": 999}), "message to be replied not found"),
    (message(reply_markup=keyboard([data(1)])), message(reply_markup=keyboard([data(0)])),
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    (message(reply_markup=keyboard([data(64)])), message(reply_markup=keyboard([data(65)])),
     "BUTTON_DATA_INVALID"),
    (message(reply_markup=keyboard([button(callback_data="ä" * 32)])),
     message(reply_markup=keyboard([button(callback_data="ä" * 33)])), "BUTTON_DATA_INVALID"),
    (message(reply_markup=keyboard([button(url="https://example.org")])),
     message(reply_markup=keyboard([button(url="javascript:a")])),
     "inline keyboard button URL 'javascript:a' is invalid: Wrong HTTP URL"),
    (message(reply_markup=keyboard([button(url="https://example.org")])),
     message(reply_markup=keyboard([button()])),
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    (message(reply_markup=keyboard([data(1)])),
     message(reply_markup=keyboard([button(callback_data="d", url="https://example.org")])),
     "[emulator] a button with several actions: url, callback_data"),
    (message(reply_markup=keyboard([data(1)])),
     message(reply_markup=keyboard([{"text": " ", "callback_data": "d"}])),
     "inline keyboard button text must be non-empty"),
    (message(reply_markup=keyboard([button(copy_text={"text": "c" * 256})])),
     message(reply_markup=keyboard([button(copy_text={"text": "c" * 257})])),
     "BUTTON_COPY_TEXT_INVALID"),
    (message(reply_markup=keyboard(*[[data(1)] * 5] * 20)),
     message(reply_markup=keyboard(*[[data(1)] * 5] * 20, [data(1)])), "reply markup is too long"),
    (message(reply_markup=keyboard([data(1)] * 8)), message(reply_markup=keyboard([data(1)] * 9)),
     "[emulator] more than 8 buttons in a row"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "why"), SENDING)
def test_a_message_is_taken_within_the_limits_only(
    call: Raw, good: Parameters, bad: Parameters, why: str
) -> None:
    assert call("sendMessage", **good)["message_id"] > 0
    assert call.refusal("sendMessage", **bad) == f"Bad Request: {why}"


TOO_MANY_COMMANDS = [{"command": f"c{n}", "description": "d"} for n in range(101)]
SETTING: list[tuple[str, Parameters, Parameters, str]] = [
    # (method, what passes, what is refused, why)
    ("setMyCommands", {"commands": TOO_MANY_COMMANDS[:100]}, {"commands": TOO_MANY_COMMANDS},
     "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [{"command": "a" * 32, "description": "d"}]},
     {"commands": [{"command": "a" * 33, "description": "d"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "on_this_day", "description": "d"}]},
     {"commands": [{"command": "onThisDay", "description": "d"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a1", "description": "d"}]},
     {"commands": [{"command": "a-1", "description": "d"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": described(1)}, {"commands": described(0)},
     "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": described(256)}, {"commands": described(257)},
     "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": described(1), "language_code": "de"},
     {"commands": described(1), "language_code": "German"}, "invalid language code specified"),
    ("setMyCommands", {"commands": described(1), "scope": {"type": "chat", "chat_id": 501}},
     {"commands": described(1), "scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
    ("setMyName", {"name": "n" * 64}, {"name": "n" * 65}, "BOT_TITLE_TOO_LONG"),
    ("setMyDescription", {"description": "d" * 512}, {"description": "d" * 513},
     "BOT_DESCRIPTION_TOO_LONG"),
    ("setMyShortDescription", {"short_description": "d" * 120},
     {"short_description": "d" * 121}, "BOT_DESCRIPTION_TOO_LONG"),
    ("sendChatAction", {"chat_id": 501, "action": "typing"},
     {"chat_id": 501, "action": "thinking"}, "wrong parameter action in request"),
    ("getChat", {"chat_id": 501}, {"chat_id": -5}, "chat not found"),
    ("getChatMember", {"chat_id": 501, "user_id": 501}, {"chat_id": 501, "user_id": 999},
     "user not found"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "good", "bad", "why"), SETTING)
def test_a_setting_is_taken_within_the_limits_only(
    call: Raw, method: str, good: Parameters, bad: Parameters, why: str
) -> None:
    assert call(method, **good)
    assert call.refusal(method, **bad) == f"Bad Request: {why}"


ANSWERS: list[tuple[Parameters, Parameters, str]] = [
    ({"text": "t" * 200}, {"text": "t" * 201}, "MESSAGE_TOO_LONG"),
    ({}, {"callback_query_id": "1"},
     "query is too old and response timeout expired or query ID is invalid"),
    ({"cache_time": 0}, {"cache_time": -1}, "[emulator] cache_time is below zero"),
    ({}, {"url": "https://example.org"}, "URL_INVALID"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "why"), ANSWERS)
def test_a_press_is_answered_within_the_limits_only(
    call: Raw, good: Parameters, bad: Parameters, why: str
) -> None:
    telegram = call.emulator
    anna = telegram.user("Anna")
    said = telegram.say(anna, telegram.private(anna), "a")
    number = telegram.press_only(anna, said, "d").id
    wrong = {"callback_query_id": number, **bad}
    assert call.refusal("answerCallbackQuery", **wrong) == f"Bad Request: {why}"
    assert call("answerCallbackQuery", callback_query_id=number, **good) is True


def result(name: str = "r", text: str = "t", **more: Any) -> dict[str, Any]:
    content = {"message_text": text}
    return {"type": "article", "id": name, "title": "T", "input_message_content": content, **more}


def results(count: int) -> list[dict[str, Any]]:
    return [result(f"r{number}") for number in range(count)]


def start(parameter: str) -> Parameters:
    return {"results": [], "button": {"text": "b", "start_parameter": parameter}}


INLINE: list[tuple[Parameters, Parameters, str]] = [
    ({"results": results(50)}, {"results": results(51)},
     "too many inline query results specified"),
    ({"results": [result("i" * 64)]}, {"results": [result("i" * 65)]}, "RESULT_ID_INVALID"),
    ({"results": [result("ä" * 32)]}, {"results": [result("ä" * 33)]}, "RESULT_ID_INVALID"),
    ({"results": [result("1"), result("2")]}, {"results": [result("1"), result("1")]},
     "RESULT_ID_DUPLICATE"),
    ({"results": [], "next_offset": "o" * 64}, {"results": [], "next_offset": "o" * 65},
     "NEXT_OFFSET_INVALID"),
    ({"results": [result(text="t" * 4096)]}, {"results": [result(text="t" * 4097)]},
     "message is too long"),
    ({"results": [result()]}, {"results": [result(text=" ")]}, EMPTY),
    ({"results": [result()]}, {"results": [result(title="")]}, "article title can't be empty"),
    ({"results": [result(reply_markup=keyboard([data(64)]))]},
     {"results": [result(reply_markup=keyboard([data(65)]))]}, "BUTTON_DATA_INVALID"),
    (start("a-_Z9" + "a" * 59), start("a" * 65), "START_PARAM_INVALID"),
    (start("a"), start("a b"), "START_PARAM_INVALID"),
    (start("a"), start(""), "START_PARAM_EMPTY"),
    ({"results": []}, {"results": [], "inline_query_id": "1"},
     "query is too old and response timeout expired or query ID is invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "why"), INLINE)
def test_an_inline_query_is_answered_within_the_limits_only(
    call: Raw, good: Parameters, bad: Parameters, why: str
) -> None:
    telegram = call.emulator
    anna = telegram.user("Anna")
    before = len(telegram.updates)
    with pytest.raises(TimeoutError):
        telegram.inline(anna, "q", timeout=0)
    number = telegram.updates[before]["inline_query"]["id"]
    wrong = {"inline_query_id": number, **bad}
    assert call.refusal("answerInlineQuery", **wrong) == f"Bad Request: {why}"
    assert call("answerInlineQuery", inline_query_id=number, **good) is True


def test_a_query_can_be_answered_only_once(call: Raw) -> None:
    telegram = call.emulator
    anna = telegram.user("Anna")
    said = telegram.say(anna, telegram.private(anna), "a")
    number = telegram.press_only(anna, said, "d").id
    call("answerCallbackQuery", callback_query_id=number)
    assert "query is too old" in call.refusal("answerCallbackQuery", callback_query_id=number)


def test_a_query_grows_too_old(call: Raw) -> None:
    telegram = call.emulator
    anna = telegram.user("Anna")
    said = telegram.say(anna, telegram.private(anna), "a")
    number = telegram.press_only(anna, said, "d").id
    telegram.pass_time(16)
    assert "query is too old" in call.refusal("answerCallbackQuery", callback_query_id=number)


NO_SCOPE = (
    "[emulator] setMyCommands.scope: 'nobody' is none of BotCommandScopeDefault, "
    "BotCommandScopeAllPrivateChats, BotCommandScopeAllGroupChats, "
    "BotCommandScopeAllChatAdministrators, BotCommandScopeChat, "
    "BotCommandScopeChatAdministrators, BotCommandScopeChatMember"
)
CONTRADICTIONS = [
    # (method, parameters, why): what the API description does not know
    ("sendMessage", message(colour="red"), '[emulator] sendMessage has no field "colour"'),
    ("sendMessage", message(disable_notification="maybe"),
     "[emulator] sendMessage.disable_notification is not of type Boolean: 'maybe'"),
    ("sendMessage", message(reply_parameters={"message": 1}),
     '[emulator] sendMessage.reply_parameters: ReplyParameters has no field "message"'),
    ("sendMessage", message(reply_parameters={}),
     '[emulator] sendMessage.reply_parameters: ReplyParameters lacks the field "message_id"'),
    ("sendMessage", message(link_preview_options={"is_disabled": "yes"}),
     "[emulator] sendMessage.link_preview_options.is_disabled is not of type Boolean: 'yes'"),
    ("setMyCommands", {"commands": described(1), "scope": {"type": "nobody"}},
     NO_SCOPE),
]  # fmt: skip


@pytest.mark.parametrize(("method", "parameters", "why"), CONTRADICTIONS)
def test_what_contradicts_the_description_is_refused(
    call: Raw, method: str, parameters: Parameters, why: str
) -> None:
    assert call.refusal(method, **parameters) == f"Bad Request: {why}"


def test_an_unknown_method_is_not_found(call: Raw) -> None:
    answer = call.post("sendTelegram", chat_id=501)
    assert (answer.status_code, answer.json()["description"]) == (
        404,
        "Not Found: method not found",
    )


def test_a_methods_name_may_be_in_any_case(call: Raw) -> None:
    assert call("SENDMESSAGE", **message())["text"] == "a"


def as_form(parameters: Parameters) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parameters.items()
    }


FORMS: list[Callable[[Raw, str, Parameters], Any]] = [
    lambda call, url, sent: call.client.post(url, json=sent),
    lambda call, url, sent: call.client.post(url, data=as_form(sent)),
    lambda call, url, sent: call.client.post(
        url, files={k: (None, v) for k, v in as_form(sent).items()}
    ),
    lambda call, url, sent: call.client.get(url, params=as_form(sent)),
]


@pytest.mark.parametrize("form", FORMS)
def test_parameters_come_in_each_of_four_forms(
    call: Raw, form: Callable[[Raw, str, Parameters], Any]
) -> None:
    url = f"{call.emulator.api_url}{call.emulator.token}/sendMessage"
    sent = message(disable_notification=True, reply_markup=keyboard([data(1)]))
    body = form(call, url, sent).json()
    assert body["result"]["reply_markup"] == keyboard([data(1)])


@pytest.mark.parametrize(
    ("token", "status", "why"),
    [
        ("7000000001:AAwrong", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
        ("7000000001", 404, "Not Found"),
    ],
)
def test_a_wrong_token_is_refused(call: Raw, token: str, status: int, why: str) -> None:
    answer = call.client.get(f"{call.emulator.api_url}{token}/getMe")
    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": why}
