"""The library's calls of Discord's REST API, with errors of ours: a Wire for calls.py."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp

from adapters.discord.calls import ClosedError, NoAnswerError, RateLimitedError, RefusedError
from adapters.discord.library import AsyncWebhookAdapter, MultipartParameters, Route, discord
from adapters.discord.reaching import UNREADABLE
from adapters.discord.render import Payload
from bot.reply import Attachment


class LibraryWire:
    """The library's calls, with errors of ours; `session` is that of interactions' own calls."""

    def __init__(self, client: discord.Client) -> None:
        self.session: aiohttp.ClientSession | None = None
        self._client = client
        self._webhooks: AsyncWebhookAdapter = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]

    async def request(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, Any],
        *,
        json: object = None,
        query: Mapping[str, int] | None = None,
        file: Attachment | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        """Return the JSON that a route answers with the bot's token."""
        sent: dict[str, Any] = {"json": json} if json is not None else {}
        if file is not None:
            form, files = _with_file(json, file)
            sent = {"form": form, "files": files}
        if query:
            sent["params"] = query
        with self._failures():
            return await self._client.http.request(Route(method, path, **parameters), **sent)

    async def respond(
        self, interaction: int, token: str, payload: Payload, file: Attachment | None = None
    ) -> None:
        """Send an interaction's first response."""
        form, files = _with_file(payload, file) if file else (None, None)
        with self._failures():
            await self._webhooks.create_interaction_response(
                interaction,
                token,
                session=self._open_session(),
                params=MultipartParameters(payload, form, files),
            )

    async def edit(self, token: str, payload: Payload, file: Attachment | None = None) -> None:
        """Write the message that an interaction's first response made."""
        sent: dict[str, Any] = {"payload": payload}
        if file is not None:
            form, files = _with_file(payload, file)
            sent = {"multipart": form, "files": files}
        with self._failures():
            await self._webhooks.edit_original_interaction_response(
                self._client.application_id or 0, token, session=self._open_session(), **sent
            )

    async def download(self, url: str, most: int) -> bytes:
        """Return the bytes under an address, at most so many of them."""
        with self._failures():
            async with self._open_session().get(url, allow_redirects=False) as response:
                if response.status != 200:
                    raise RefusedError(response.status)
                body = bytearray()
                async for piece in response.content.iter_any():
                    body += piece
                    if len(body) >= most:
                        break
                return bytes(body[:most])

    async def delete(self, token: str) -> None:
        """Delete that message, or the one on which the button was."""
        with self._failures():
            await self._webhooks.delete_original_interaction_response(
                self._client.application_id or 0, token, session=self._open_session()
            )

    async def follow_up(self, token: str, payload: Payload) -> None:
        """Send another message behind the first response."""
        with self._failures():
            await self._webhooks.execute_webhook(
                self._client.application_id or 0,
                token,
                session=self._open_session(),
                payload=payload,
                wait=True,
            )

    def _open_session(self) -> aiohttp.ClientSession:
        if self.session is None or self.session.closed:
            raise ClosedError
        return self.session

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except discord.HTTPException as error:
            # the library waits for Discord's own 429; it goes by this header that Discord sets
            is_ban = error.status == 429 and "Via" not in error.response.headers
            raise RefusedError(error.status, error.code, is_ban=is_ban) from None
        except discord.RateLimited:
            raise RateLimitedError from None
        except (OSError, aiohttp.ClientError, TimeoutError, *UNREADABLE):
            if self._client.is_closed():
                raise ClosedError from None
            raise NoAnswerError from None
        except (TypeError, LookupError) as error:
            if not _is_of_webhooks(error):
                raise
            raise RateLimitedError from None  # one that doesn't tell in JSON how long to wait
        except RuntimeError:
            if not self._client.is_closed():
                raise
            raise ClosedError from None  # aiohttp says so of a session that is closed


def _with_file(
    payload: object, file: Attachment
) -> tuple[list[dict[str, Any]], list[discord.File]]:
    """Return the parts of a form that sends a file.

    https://docs.discord.com/developers/reference has them under "Uploading Files".
    """
    sent = discord.File(io.BytesIO(file.content), file.name)
    form: list[dict[str, Any]] = [
        {"name": "payload_json", "value": json.dumps(payload)},
        {
            "name": "files[0]",
            "value": sent.fp,
            "filename": file.name,
            "content_type": "application/octet-stream",
        },
    ]
    return form, [sent]


def _is_of_webhooks(error: Exception) -> bool:
    """Whether an error was raised by the library's own code for interactions' calls."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals["__name__"] == (
        AsyncWebhookAdapter.__module__
    )
