"""The REST side: every call is read, recorded, checked, limited, and has its effect once.

Routes: docs.discord.com/developers/resources and /interactions. What the bot needs is there;
anything else is answered 404 and recorded as refused, so that a new call of a bot is noticed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web
from emulators import discord_faults as faults
from emulators.discord_errors import Json, JsonValue, Refusal
from emulators.discord_routes import Routes
from emulators.discord_schema import Schema

if TYPE_CHECKING:
    from emulators.discord_world import World

PREFIX = "/api/v10"
JSON = "application/json"
encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode


@dataclass(eq=False)
class Call:
    """A request of the bot, and what became of it."""

    method: str
    path: str
    """The path after /api/v10."""
    query: dict[str, str]
    headers: dict[str, str]
    at: float
    """When it came, by the emulator's clock."""
    body: Any = None
    status: int | None = None
    """The status that it was answered with; None where the connection was cut instead."""
    effect: bool = False
    """Whether it was carried out: what the bot can't know after a fault."""
    fault: str | None = None
    """The kind of the fault that it met."""
    reason: str | None = None
    """Why it was refused."""
    unknown_keys: list[str] = field(default_factory=list)
    """Keys of its body that Discord doesn't document: ignored there, a slip here."""
    response: Any = None


class Rest:
    """Answers calls."""

    def __init__(
        self,
        world: World,
        routes: Routes,
        token: str,
        schema: Schema | None,
        changed: Callable[[], None],
    ) -> None:
        self.world = world
        self.routes = routes
        self.schema = schema
        self.changed = changed
        self.authorization = f"Bot {token}"
        self.calls: list[Call] = []
        self.refused: list[Call] = []
        self.record = True
        self.faults: list[faults.Fault] = []
        self.limits = faults.RateLimits(world.now)
        self.unavailable = False
        """Whether all calls are answered 503."""
        self.invalid_requests = 0
        """Answers that count towards a ban: 401, 403, and 429 that aren't "shared"."""

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        path = request.path.removeprefix(PREFIX)
        call = Call(
            request.method,
            path,
            dict(request.query),
            dict(request.headers) if self.record else {},
            self.world.now(),
        )
        if self.record:
            self.calls.append(call)
        fault = self._fault(request.method, path) if self.faults else None
        if fault is not None:
            call.fault = fault.kind
            if fault.kind in faults.BEFORE or fault.kind == "delay":
                early = await self._before(request, call, fault)
                if early is not None:
                    return self._done(call, early)
        if self.unavailable:
            call.fault = call.fault or "down"
            return self._done(
                call, _answer(503, {"message": "503: Service Unavailable", "code": 0})
            )
        headers: dict[str, str] = {}
        try:
            if request.path == path:
                raise Refusal(0, "Only /api/v10 is served", status=404)
            call.body = await self._body(request)
            self._authorise(request, path)
            if self.limits.on:
                wait, scope, headers = self.limits.take(request.method, path)
                if wait is not None:
                    body, more = faults.over_limit(wait, scope)
                    call.reason = f"over the limit ({scope})"
                    return self._done(call, _answer(429, body, headers | more))
            if self.schema is not None and call.body is not None:
                self._check(call)
            status, answer = self.routes.call(request.method, path, call.body, call.query)
            call.effect = True
        except Refusal as refusal:
            call.reason = str(refusal)
            status, answer = refusal.status, refusal.body()
        call.response = answer
        if fault is not None and (fault.kind in faults.AFTER or fault.kind == "slow_answer"):
            late = await self._after(request, fault, status, answer)
            if late is not None:
                return self._done(call, late, cut=fault.kind == "lost")
        return self._done(call, _answer(status, answer, headers))

    def _done(self, call: Call, response: web.Response, *, cut: bool = False) -> web.Response:
        call.status = None if cut or call.fault == "cut" else response.status
        shared = response.headers.get("X-RateLimit-Scope") == "shared"
        if response.status in (401, 403) or (response.status == 429 and not shared):
            self.invalid_requests += 1
        if call.reason is not None:
            self.refused.append(call)
        self.changed()
        return response

    async def _body(self, request: web.BaseRequest) -> JsonValue:
        if request.content_type == "multipart/form-data":
            return await self._form(request)
        raw = await request.read()
        if not raw:
            return None
        if request.content_type != JSON:
            reason = f"The content type is {request.content_type}, not {JSON}"
            raise Refusal(50035, reason, errors={"_errors": [{"code": "CONTENT_TYPE_INVALID",
                "message": reason}]})  # fmt: skip
        try:
            return decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refusal(50109, str(error)) from None

    async def _form(self, request: web.BaseRequest) -> Json:
        form = await request.post()
        try:
            # a part that says that it is JSON comes as bytes
            part = form.get("payload_json", "{}")
            body: Json = decode(bytes(part) if isinstance(part, bytearray) else str(part))
        except msgspec.DecodeError as error:
            raise Refusal(50109, str(error)) from None
        files: list[Json] = []
        for value in form.values():
            if isinstance(value, web.FileField):
                content = value.file.read()
                files.append({"filename": value.filename, "size": len(content), "content": content,
                    "content_type": value.content_type})  # fmt: skip
        if sum(file["size"] for file in files) > 10 * 1024 * 1024:
            raise Refusal(40005)
        return body | {"files": files}

    def _authorise(self, request: web.BaseRequest, path: str) -> None:
        if path.startswith(("/interactions/", "/webhooks/")) or path == "/gateway":
            return
        if request.headers.get("Authorization") != self.authorization:
            raise Refusal(0, "The token is wrong")

    def _check(self, call: Call) -> None:
        schema = self.schema
        assert schema is not None
        words = call.path.split("/")
        shape = ["*" if word.isdigit() else word for word in words]
        if words[1] in ("interactions", "webhooks") and len(shape) > 3:
            shape[3] = "*"
        template = schema.template(tuple(shape))
        if template is None:
            return
        body = call.body
        if isinstance(body, dict) and "files" in body:
            body = {key: value for key, value in body.items() if key != "files"}
        errors = schema.faults(call.method, template, body)
        errors.refuse()
        call.unknown_keys = schema.unknown_keys(call.method, template, body)

    # -- faults -----------------------------------------------------------------------------------

    def _fault(self, method: str, path: str) -> faults.Fault | None:
        for fault in self.faults:
            if fault.matches(method, path):
                fault.left -= 1
                return fault
        return None

    async def _before(
        self, request: web.BaseRequest, call: Call, fault: faults.Fault
    ) -> web.Response | None:
        match fault.kind:
            case "delay":
                await asyncio.sleep(fault.seconds)
                return None
            case "cut":
                _cut(request)
                return web.Response()
            case "rate_limit":
                call.body = await self._read_quietly(request)
                body, headers = faults.over_limit(fault.seconds, fault.scope, via=fault.via)
                return _answer(429, body, headers)
            case "cloudflare":
                page = "<html><title>You are being rate limited</title>error code: 1015</html>"
                return web.Response(status=429, text=page, content_type="text/html")
            case "error":
                call.body = await self._read_quietly(request)
                refusal = Refusal(fault.code)
                return _answer(refusal.status, refusal.body())
            case "html_before":
                page = f"<html><h1>{fault.status}</h1></html>"
                headers = {"Via": "1.1 google"} if fault.via and fault.status == 429 else {}
                return web.Response(
                    status=fault.status, text=page, content_type="text/html", headers=headers
                )
        call.body = await self._read_quietly(request)
        if fault.status == 401:
            return _answer(401, Refusal(0).body())
        return _answer(fault.status, {"message": f"{fault.status}: fault", "code": 0})

    async def _read_quietly(self, request: web.BaseRequest) -> JsonValue:
        """Return the body for the record; a bad one is no matter to a fault."""
        try:
            return await self._body(request)
        except Refusal:
            return None

    async def _after(
        self, request: web.BaseRequest, fault: faults.Fault, status: int, answer: JsonValue
    ) -> web.Response | None:
        match fault.kind:
            case "lost":
                _cut(request)
                return web.Response()
            case "truncated":
                whole = encode(answer)
                return web.Response(status=status, body=whole[: len(whole) // 2], content_type=JSON)
            case "html":
                return web.Response(status=fault.status, text="<html>", content_type="text/html")
            case "empty":
                return web.Response(status=204)
            case "wrong_type":
                return web.Response(status=status, text="done", content_type="text/plain")
            case "slow_answer":
                await asyncio.sleep(fault.seconds)
                return None
        return _answer(fault.status, {"message": f"{fault.status}: fault", "code": 0})


def _cut(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()


def _answer(status: int, body: JsonValue, headers: dict[str, str] | None = None) -> web.Response:
    if status == 204:
        return web.Response(status=204, headers=headers)
    return web.Response(status=status, body=encode(body), content_type=JSON, headers=headers)
