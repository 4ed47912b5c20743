"""Updates by webhook: taken with the secret only, each once, and left set when stopping."""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_schema import SpecificationMissingError
from emulators.telegram_world import User
from serving import free_port
from telegram_running import Running

from bot.adapter import PlatformUnreachableError
from bot.answering import Answering
from bot.settings import Secret, WebhookSettings

SECRET = "a-secret_of-the-webhook"  # noqa: S105 - made up
HEADER = "X-Telegram-Bot-Api-Secret-Token"
URL = "https://bot.example:8443/hook"
"""What Telegram is told; the emulator posts to the port behind it, as a proxy would."""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def telegram(port: int) -> Iterator[TelegramEmulator]:
    try:
        emulator = TelegramEmulator(webhook_proxy=f"http://127.0.0.1:{port}")
    except SpecificationMissingError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    with emulator:
        yield emulator


@pytest.fixture
def bot(telegram: TelegramEmulator, answering: Answering, port: int) -> Iterator[Running]:
    settings = WebhookSettings(URL, Secret(SECRET), "127.0.0.1", port)
    with Running(telegram, answering, webhook=settings) as running:
        yield running
    telegram.assert_nothing_refused()


def update(anna: User, number: int = 900_000_001) -> dict[str, Any]:
    chat = {"id": anna.id, "type": "private", "first_name": "Anna"}
    message = {"message_id": 1, "date": int(time.time()), "chat": chat, "from": anna.json()}
    return {"update_id": number, "message": {**message, "text": "31 June"}}


def request(port: int, method: str, path: str, body: bytes, **headers: str) -> int:
    """Return the status that the port answers with."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_question_that_comes_by_webhook_is_answered(
    telegram: TelegramEmulator, anna: User, bot: Running
) -> None:
    answer = telegram.ask(anna, telegram.private(anna), "31 June")
    assert answer.text.startswith("June has 30 days.")
    assert {one.status for one in telegram.deliveries} == {200}


def test_the_webhook_is_set_with_its_secret_and_for_what_is_used(
    telegram: TelegramEmulator, bot: Running
) -> None:
    (made,) = telegram.calls_of("setWebhook")
    assert made.parameters["url"] == URL
    assert made.parameters["secret_token"] == SECRET
    assert set(made.parameters["allowed_updates"]) == {
        "message",
        "channel_post",
        "callback_query",
        "inline_query",
        "my_chat_member",
    }


def test_nothing_is_polled(telegram: TelegramEmulator, anna: User, bot: Running) -> None:
    telegram.ask(anna, telegram.private(anna), "31 June")
    assert telegram.calls_of("getUpdates") == []


def test_an_update_delivered_three_times_is_answered_once(
    telegram: TelegramEmulator, anna: User, bot: Running
) -> None:
    chat = telegram.private(anna)
    statuses = [telegram.post(URL, update(anna), SECRET)[0] for _ in range(3)]
    telegram.wait_for_message(chat)
    time.sleep(0.3)
    assert statuses == [200, 200, 200]
    assert len(telegram.messages(chat, by_bot=True)) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "ñ"])
def test_without_the_secret_nothing_is_taken(
    telegram: TelegramEmulator, anna: User, bot: Running, port: int, secret: str | None
) -> None:
    headers = {} if secret is None else {HEADER: secret.encode().decode("latin-1")}
    body = json.dumps(update(anna)).encode()
    assert request(port, "POST", "/hook", body, **headers) == 403
    time.sleep(0.2)
    assert telegram.messages(telegram.private(anna), by_bot=True) == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/hook", 405),
        ("PUT", "/hook", 405),
        ("POST", "/", 404),
        ("POST", "/hook/more", 404),
        ("GET", "/metrics", 404),
        ("GET", "/", 404),
    ],
)
def test_nothing_else_is_served(
    bot: Running, port: int, method: str, path: str, status: int
) -> None:
    assert request(port, method, path, b"{}", **{HEADER: SECRET}) == status


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"{}", b'{"update_id": "1"}', b"[" * 100_000, b"\xff\xfe"],
    ids=["empty", "words", "list", "no number", "a text", "deep", "no text"],
)
def test_what_is_no_update_is_refused(bot: Running, port: int, body: bytes) -> None:
    assert request(port, "POST", "/hook", body, **{HEADER: SECRET}) == 400


def test_a_body_that_is_too_large_is_refused(bot: Running, port: int) -> None:
    body = b'{"update_id": 1, "x": "' + b"x" * 1_100_000 + b'"}'
    assert request(port, "POST", "/hook", body, **{HEADER: SECRET}) == 413


def test_a_large_body_within_the_bound_is_taken(bot: Running, port: int) -> None:
    body = b'{"update_id": 1, "x": "' + b"x" * 1_000_000 + b'"}'
    assert request(port, "POST", "/hook", body, **{HEADER: SECRET}) == 200


def test_when_stopping_the_webhook_stays_set(
    telegram: TelegramEmulator, anna: User, bot: Running, port: int, answering: Answering
) -> None:
    assert bot.stop() < 2
    assert telegram.calls_of("deleteWebhook") == []
    chat = telegram.private(anna)
    telegram.say(anna, chat, "31 June")
    settings = WebhookSettings(URL, Secret(SECRET), "127.0.0.1", port)
    with Running(telegram, answering, webhook=settings):
        assert telegram.wait_for_message(chat).text.startswith("June has 30 days.")


def test_a_port_in_use_is_named(
    telegram: TelegramEmulator, bot: Running, port: int, answering: Answering
) -> None:
    settings = WebhookSettings(URL, Secret(SECRET), "127.0.0.1", port)
    with pytest.raises(PlatformUnreachableError, match=f"LISTEN: 127.0.0.1:{port} can't be opened"):
        Running(telegram, answering, webhook=settings).start(connected=False).end()
