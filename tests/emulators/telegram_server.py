"""The HTTP server: tokens, methods, files, faults, and the record of every call."""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import asyncio
import inspect
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from emulators import telegram_queries as queries
from emulators import telegram_sending as sending
from emulators import telegram_settings as settings
from emulators.accepting import AcceptingPort
from emulators.telegram_call import Call
from emulators.telegram_errors import ApiError
from emulators.telegram_faults import BEFORE, Fault, Faults, Pace, error_of
from emulators.telegram_schema import check_call, method_names
from emulators.telegram_state import State

METHODS: dict[str, Callable[[State, Call], Any]] = {
    "getMe": settings.get_me,
    "getUpdates": settings.get_updates,
    "setWebhook": settings.set_webhook,
    "deleteWebhook": settings.delete_webhook,
    "getWebhookInfo": settings.get_webhook_info,
    "logOut": settings.log_out,
    "close": settings.close,
    "setMyCommands": settings.set_my_commands,
    "getMyCommands": settings.get_my_commands,
    "deleteMyCommands": settings.delete_my_commands,
    "setMyName": settings.set_my_words("name"),
    "getMyName": settings.get_my_words("name"),
    "setMyDescription": settings.set_my_words("description"),
    "getMyDescription": settings.get_my_words("description"),
    "setMyShortDescription": settings.set_my_words("short_description"),
    "getMyShortDescription": settings.get_my_words("short_description"),
    "getChat": settings.get_chat,
    "getChatMember": settings.get_chat_member,
    "getChatAdministrators": settings.get_chat_administrators,
    "getChatMemberCount": settings.get_chat_member_count,
    "leaveChat": settings.leave_chat,
    "getFile": settings.get_file,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": sending.edit_message_text,
    "editMessageCaption": sending.edit_message_caption,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "deleteMessages": sending.delete_messages,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
}
BY_SMALL_LETTERS = {name.lower(): name for name in METHODS}
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+", re.ASCII)
LARGEST_BODY = 60 * 1024 * 1024
HTML = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass(frozen=True)
class Made:
    """A call the bot made: when (seconds since the epoch), with what, and what was answered.

    `status` is 0 where the connection was cut. `fault` is the fault that struck, if any; what the
    method really did is in `effect` (its result, none where it was refused or not run).
    """

    method: str
    parameters: dict[str, Any]
    status: int
    time: float
    error: str | None = None
    fault: str | None = None
    effect: Any = None

    def value(self, name: str) -> Any:
        """Return a parameter, read from JSON where it was sent as JSON in a form."""
        value = self.parameters.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return value


class ApiServer:
    """The Bot API of one bot on one port of 127.0.0.1."""

    def __init__(self, token: str, state: State, pace: Pace) -> None:
        self.token = token
        self.state = state
        self.pace = pace
        self.faults = Faults()
        self.calls: list[Made] = []
        self.keep_calls = True
        self.keep_alive = 75.0
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._accepting: AcceptingPort | None = None
        self._running: set[asyncio.Task[web.StreamResponse]] = set()
        self._names = dict(BY_SMALL_LETTERS)
        if state.options.check:
            self._names = method_names() | BY_SMALL_LETTERS

    async def start(self) -> None:
        """Listen; the first time on a port of the system's choice, later on the same."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_route("*", "/file/bot{token}/{path:.+}", self._file)
        app.router.add_route("*", "/{rest:.*}", self._nothing)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=0.1,
            handler_cancellation=True,
            keepalive_timeout=self.keep_alive,
        )
        await self._runner.setup()
        assert self._runner.server is not None
        self._accepting = AcceptingPort(self._runner.server, self.port)
        self.port = self._accepting.port

    async def stop(self) -> None:
        """Stop listening and cut what is open, so that new connections are refused."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        assert self._accepting is not None
        await self._accepting.close()
        if runner.server is not None:
            for connection in list(runner.server.connections):
                if connection.transport is not None:
                    connection.transport.abort()
        await runner.cleanup()

    async def _nothing(self, request: web.Request) -> web.Response:
        return _json(404, ApiError(404, "Not Found").body())

    def _wrong_token(self, request: web.Request) -> web.Response | None:
        token = request.match_info["token"]
        if token == self.token and not self.state.logged_out:
            return None
        if not TOKEN.fullmatch(token):
            return _json(404, ApiError(404, "Not Found").body())
        return _json(401, ApiError(401, "Unauthorized").body())

    async def _file(self, request: web.Request) -> web.StreamResponse:
        wrong = self._wrong_token(request)
        if wrong is not None:
            return wrong
        parts = request.match_info["path"].split("/")
        file = self.state.world.files.get(parts[1]) if len(parts) > 2 else None
        if file is None:
            return _json(404, ApiError(404, "Not Found").body())
        return web.Response(body=file[1], content_type="application/octet-stream")

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        said = request.match_info["method"]
        method = self._names.get(said.lower(), said)
        if method == "getUpdates":  # a poll ends with its connection, and disturbs no other then
            return await self._handle(request, method)
        # what a method does, it does to the end, though nobody waits for the answer any more
        task = asyncio.get_running_loop().create_task(self._handle(request, method))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _handle(self, request: web.Request, method: str) -> web.StreamResponse:
        wrong = self._wrong_token(request)
        if wrong is not None:
            self._record(Made(method, {}, wrong.status, time.time(), "wrong token"))
            return wrong
        fault = self.faults.take(method, "") if _early(self.faults) else None
        if fault is not None and fault.kind == "cut before reading":
            return self._cut(request, Made(method, {}, 0, time.time(), fault=fault.kind))
        try:
            call = await _read(request, method)
        except ApiError as error:
            self._record(Made(method, {}, error.code, time.time(), error.description))
            return _json(error.code, error.body())
        if fault is None:
            fault = self.faults.take(method, call.text("chat_id"))
        if fault is None:
            status, body, _effect = await self.run(call)
            return _json(status, body)
        return await self._strike(fault, request, call)

    async def run(self, call: Call, record: bool = True) -> tuple[int, dict[str, Any], Any]:
        """Run a call; return the status, the body and the result."""
        began = time.time()
        try:
            self.pace.check(call.method, call.text("chat_id"))
            result = await self._result(call)
        except ApiError as error:
            made = Made(call.method, call.parameters, error.code, began, error.description)
            if record:
                self._record(made)
            return error.code, error.body(), None
        if record:
            self._record(Made(call.method, call.parameters, 200, began, effect=result))
        return 200, {"ok": True, "result": result}, result

    async def _result(self, call: Call) -> Any:
        if self.state.options.check:
            check_call(call.method, call.parameters, set(call.files))
        method = METHODS.get(call.method)
        if method is None:
            known = self.state.options.check  # then its name is in the description
            raise ApiError(
                404,
                f"Not Found: [emulator] {call.method} is not emulated"
                if known
                else "Not Found: method not found",
            )
        try:
            result = method(self.state, call)
            return await result if inspect.isawaitable(result) else result
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # values of a wrong type get this far with check=False only; the record tells of it
            raise ApiError(500, f"Internal Server Error: [emulator] {error!r}") from error

    async def _strike(self, fault: Fault, request: web.Request, call: Call) -> web.StreamResponse:
        began = time.time()
        status, body, effect, error = 200, {}, None, None
        if fault.kind == "delay before effect":
            await asyncio.sleep(fault.seconds)
        if fault.kind in BEFORE:
            refusal = error_of(fault)
            status, body, error = refusal.code, refusal.body(), refusal.description
        else:
            status, body, effect = await self.run(call, record=False)
            error = body.get("description")
            if fault.kind == "status after effect":
                refusal = error_of(fault)
                status, body, error = refusal.code, refusal.body(), refusal.description
            elif fault.kind == "delay after effect":
                await asyncio.sleep(fault.seconds)

        def made(code: int) -> Made:
            return Made(call.method, call.parameters, code, began, error, fault.kind, effect)

        match fault.kind:
            case "cut after effect":
                return self._cut(request, made(0))
            case "html before effect" | "html after effect":
                self._record(made(502))
                return web.Response(status=502, text=HTML, content_type="text/html")
            case "broken json":
                self._record(made(status))
                text = json.dumps(body)[:-2]
                return web.Response(status=status, text=text, content_type="application/json")
            case "no result":
                self._record(made(status))
                return _json(status, {"ok": True})
            case "half answer":
                return await self._half(request, made(0), body)
        self._record(made(status))
        return _json(status, body)

    def _cut(self, request: web.Request, made: Made) -> web.StreamResponse:
        self._record(made)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _half(
        self, request: web.Request, made: Made, body: dict[str, Any]
    ) -> web.StreamResponse:
        text = json.dumps(body).encode()
        response = web.StreamResponse(headers={"Content-Length": str(len(text))})
        await response.prepare(request)
        await response.write(text[: len(text) // 2])
        self._cut(request, made)
        return response

    def _record(self, made: Made) -> None:
        if self.keep_calls or made.error:
            self.calls.append(made)
        self.state.changed()


def _early(faults: Faults) -> bool:
    return any(one.times > 0 and one.kind == "cut before reading" for one in faults.waiting)


def _json(status: int, body: dict[str, Any]) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(
        status=status, body=text.encode("utf-8", "replace"), content_type="application/json"
    )


async def _read(request: web.Request, method: str) -> Call:
    """Read the parameters of a request, in each of the four forms the server takes."""
    call = Call(method, dict(request.query))
    kind = request.content_type
    if not request.can_read_body:
        return call
    if kind == "application/json":
        try:
            body = json.loads(await request.read())
        except (ValueError, RecursionError):
            raise ApiError(400, "Bad Request: can't parse JSON in the request body") from None
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: JSON object expected in the request body")
        call.parameters |= body
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                call.files[name] = (value.filename, value.file.read())
            elif isinstance(value, bytes | bytearray):
                call.parameters[name] = value.decode("utf-8", "replace")
            else:
                call.parameters[name] = value
    return call
