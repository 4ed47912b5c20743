"""The webhook: what setWebhook takes, and how updates are handed over."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from emulators.telegram_raw import Raw, raw

Answer = Callable[[dict[str, Any], int], tuple[int, str]]


class Receiver:
    """A bot's webhook that records what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str | None, dict[str, Any]]] = []
        self.answer: Answer = lambda update, count: (200, "")
        self.now = self.most = 0
        self.lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                secret = self.headers.get("X-Telegram-Bot-Api-Secret-Token")
                with receiver.lock:
                    receiver.got.append((self.path, secret, update))
                    count = len(receiver.got)
                    receiver.now += 1
                    receiver.most = max(receiver.most, receiver.now)
                status, text = receiver.answer(update, count)
                with receiver.lock:
                    receiver.now -= 1
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def numbers(self) -> list[int]:
        return [update["update_id"] for _, _, update in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    one.thread.start()
    yield one
    one.server.shutdown()
    one.thread.join(5)
    one.server.server_close()


@pytest.fixture
def call(receiver: Receiver) -> Iterator[Raw]:
    with raw(webhook_proxy=receiver.url, webhook_delay=0.02, first_update=1) as one:
        yield one


HOOK = "https://daybook.example/hook?a=b"
GOOD = [
    {"url": HOOK},
    {"url": "https://daybook.example:8443/"},
    {"url": HOOK, "secret_token": "aZ_9-" + "a" * 251},
    {"url": HOOK, "max_connections": 100},
]
BAD = [
    ({"url": "http://daybook.example/"},
     "bad webhook: An HTTPS URL must be provided for webhook"),
    ({"url": "https://daybook.example:8080/"},
     "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
    ({"url": HOOK, "secret_token": "a b"}, "secret token contains unallowed characters"),
    ({"url": HOOK, "secret_token": "a" * 257}, "secret token is too long"),
]  # fmt: skip


@pytest.mark.parametrize("parameters", GOOD)
def test_a_good_webhook_is_set(call: Raw, parameters: dict[str, Any]) -> None:
    assert call("setWebhook", **parameters) is True
    assert call("getWebhookInfo")["url"] == parameters["url"]


@pytest.mark.parametrize(("parameters", "why"), BAD)
def test_a_bad_webhook_is_refused(call: Raw, parameters: dict[str, Any], why: str) -> None:
    assert call.refusal("setWebhook", **parameters) == f"Bad Request: {why}"
    assert call("getWebhookInfo")["url"] == ""


def said(call: Raw, count: int, people: int = 1) -> None:
    for _ in range(people):
        anna = call.emulator.user("Anna")
        chat = call.emulator.private(anna)
        call.emulator.say_many((anna, chat, f"m{number}") for number in range(count))


def test_an_update_is_posted_with_the_secret_to_the_path(call: Raw, receiver: Receiver) -> None:
    call("setWebhook", url=HOOK, secret_token="s3cret")  # noqa: S106 - made up
    said(call, 1)
    call.emulator.wait_until_idle()
    ((path, secret, update),) = receiver.got
    assert (path, secret, update["message"]["text"]) == ("/hook?a=b", "s3cret", "m0")


def test_without_a_secret_no_header_is_sent(call: Raw, receiver: Receiver) -> None:
    call("setWebhook", url=HOOK)
    said(call, 1)
    call.emulator.wait_until_idle()
    assert receiver.got[0][1] is None


def test_what_waited_before_is_posted_too(call: Raw, receiver: Receiver) -> None:
    said(call, 2)
    call("setWebhook", url=HOOK)
    call.emulator.wait_until_idle()
    assert receiver.numbers() == [1, 2]


def test_what_waited_can_be_dropped(call: Raw, receiver: Receiver) -> None:
    said(call, 2)
    call("setWebhook", url=HOOK, drop_pending_updates=True)
    said(call, 1)
    call.emulator.wait_until_idle()
    assert receiver.numbers() == [3]


def test_an_update_comes_again_until_it_is_taken(call: Raw, receiver: Receiver) -> None:
    receiver.answer = lambda update, count: (200 if count > 2 else 500, "")
    call("setWebhook", url=HOOK)
    said(call, 2)
    call.emulator.wait_until_idle()
    assert receiver.numbers() == [1, 1, 1, 2]
    assert [one.status for one in call.emulator.deliveries] == [500, 500, 200, 200]
    assert call("getWebhookInfo")["last_error_message"] == "Wrong response from the webhook: 500"


def test_chats_keep_their_order_over_several_connections(call: Raw, receiver: Receiver) -> None:
    together = threading.Barrier(3, timeout=5)

    def answer(update: dict[str, Any], count: int) -> tuple[int, str]:
        together.wait()  # three at a time, or the test breaks
        return 200, ""

    receiver.answer = answer
    said(call, 4, people=3)
    call("setWebhook", url=HOOK, max_connections=3)
    call.emulator.wait_until_idle()
    chats: dict[int, list[str]] = {}
    for _, _, update in receiver.got:
        message = update["message"]
        chats.setdefault(message["chat"]["id"], []).append(message["text"])
    assert list(chats.values()) == [["m0", "m1", "m2", "m3"]] * 3
    assert receiver.most == 3


def test_one_connection_means_one_at_a_time(call: Raw, receiver: Receiver) -> None:
    said(call, 2, people=3)
    call("setWebhook", url=HOOK, max_connections=1)
    call.emulator.wait_until_idle()
    assert (receiver.most, len(receiver.got)) == (1, 6)


def test_the_answer_may_be_a_call(call: Raw, receiver: Receiver) -> None:
    anna = call.emulator.user("Anna")
    text = json.dumps({"method": "sendMessage", "chat_id": anna.id, "text": "hello"})
    receiver.answer = lambda update, count: (200, text)
    call("setWebhook", url=HOOK)
    call.emulator.say(anna, call.emulator.private(anna), "hi")
    assert call.emulator.wait_for_message(call.emulator.private(anna)).text == "hello"


def test_after_deletion_nothing_is_posted(call: Raw, receiver: Receiver) -> None:
    call("setWebhook", url=HOOK)
    call("deleteWebhook")
    said(call, 1)
    assert [one["update_id"] for one in call("getUpdates", timeout=1)] == [1]
    assert receiver.got == []


def test_anything_can_be_posted_without_a_webhook(call: Raw, receiver: Receiver) -> None:
    receiver.answer = lambda update, count: (403, "no")
    assert call.emulator.post(f"{receiver.url}/x", {"update_id": 5}, "wrong") == (403, "no")
    assert receiver.got == [("/x", "wrong", {"update_id": 5})]
