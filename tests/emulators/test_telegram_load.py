"""The load for benchmarks: who asks, how often, and figures that follow from what happened."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_load import measure
from emulators.telegram_raw import NO_CERTIFICATES

HERE = Path(__file__).resolve().parent
PATIENCE = 20


class Echo(threading.Thread):
    """A bot that answers every message, until it is stopped."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.stopped = threading.Event()

    def run(self) -> None:
        offset = 0
        with httpx.Client(timeout=PATIENCE, verify=NO_CERTIFICATES) as client:
            while not self.stopped.is_set():
                asked = {"offset": offset, "timeout": 1}
                for update in client.post(f"{self.url}/getUpdates", json=asked).json()["result"]:
                    offset = update["update_id"] + 1
                    answer = {"chat_id": update["message"]["chat"]["id"], "text": "a"}
                    client.post(f"{self.url}/sendMessage", json=answer)


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator(check=False) as emulator:
        yield emulator


def test_every_question_is_asked_and_its_answer_timed(telegram: TelegramEmulator) -> None:
    bot = Echo(telegram.api_url + telegram.token)
    bot.start()
    try:
        telegram.wait_for_poll()
        figures = measure(telegram, "/help", people=3, questions=10)
    finally:
        bot.stopped.set()
        bot.join(PATIENCE)
    assert (figures.questions, figures.answers) == (10, 10)
    assert len(telegram.updates) == len(telegram.calls_of("sendMessage")) == 10
    assert 0 < figures.median <= figures.p99 <= figures.longest <= figures.seconds


def test_a_bot_that_does_not_answer_is_noticed(telegram: TelegramEmulator) -> None:
    with pytest.raises(TimeoutError, match="answered none of 2 people"):
        measure(telegram, "/help", people=2, questions=4, patience=0.1)


def test_it_serves_as_a_process_of_its_own() -> None:
    command = [sys.executable, str(HERE / "telegram_load.py"), "--serve"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        environment = json.loads(process.stdout.readline())
        url = environment["TELEGRAM_API_URL"] + environment["TELEGRAM_TOKEN"] + "/getMe"
        with httpx.Client(timeout=PATIENCE, verify=NO_CERTIFICATES) as client:
            assert client.get(url).json()["result"]["is_bot"] is True
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
