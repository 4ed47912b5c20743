"""`daybook serve` ends in order on a signal, whatever it does, and at the latest after its time."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes import PATIENCE, ROOT, Daybook
from serve_cases import connected, posix, to
from serving import Serving, free_port

from bot import health, supervisor
from bot.cli import stop_signals


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_it_in_order(daybook: Daybook, name: str) -> None:
    with connected(daybook) as serving:
        begin = time.monotonic()
        serving.signal(signal.Signals[name])
        assert serving.wait_for_end() == 0
        assert time.monotonic() - begin < 10
        assert serving.log_lines[-1]["event"] == "stopped"


@posix
def test_a_signal_ends_it_while_it_waits_out_an_outage(daybook: Daybook) -> None:
    with Serving(daybook, to(free_port())) as serving:
        serving.wait_for_log("telegram: trying again")
        stopped = serving.stop()
    assert stopped.code == 0
    assert stopped.seconds < 5


@posix
@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.9, 1.2])
def test_a_signal_ends_it_while_it_starts(daybook: Daybook, tmp_path: Path, seconds: float) -> None:
    """It is asked early: while it imports, or builds its library for the first time."""
    fresh = {"XDG_CACHE_HOME": str(tmp_path), "DAYBOOK_PACKS": "leon-trotsky"}
    with Serving(daybook, {**to(free_port()), **fresh}) as serving:
        time.sleep(seconds)
        stopped = serving.stop()
        assert stopped.code in (0, -signal.SIGTERM)  # the latter before it reads a line of ours
        assert stopped.seconds < 5
        assert "Traceback" not in serving.log
    assert not [file for file in tmp_path.rglob("*") if file.name.startswith(".knowledge-")]


@posix
def test_a_port_is_free_again_after_the_end(daybook: Daybook) -> None:
    with connected(daybook) as serving:
        serving.stop()
        with socket.create_server(("127.0.0.1", serving.port)):
            pass


STUCK = """
import asyncio, sys, time
from bot.cli import stop_signals
from bot.cli.stop_signals import StopSignals

stop_signals.LAST_SECONDS = float(sys.argv[1])

async def run(signals):
    signals.attach(asyncio.get_running_loop(), asyncio.Event())
    print("ready", flush=True)
    {body}

asyncio.run(run(StopSignals()))
"""
BODIES = {"a task that waits": "await asyncio.Event().wait()", "a loop that turns": "while True: 1"}


@contextmanager
def stuck(body: str, last_seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that does not stop by itself when it is told to."""
    program = STUCK.format(body=body)
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(last_seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)
        process.stdout.close()


@posix
@pytest.mark.parametrize("body", BODIES)
def test_a_second_ctrl_c_ends_it_at_once(body: str) -> None:
    with stuck(BODIES[body], 60) as process:
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 130


@posix
@pytest.mark.parametrize("body", BODIES)
def test_what_never_stops_is_ended(body: str) -> None:
    with stuck(BODIES[body], 0.2) as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 1


def test_the_waits_of_a_stop_fit_into_ten_seconds() -> None:
    waits = supervisor.STOP_SECONDS + supervisor.CANCEL_SECONDS + health.CLOSE_SECONDS
    assert waits + 0.5 <= stop_signals.LAST_SECONDS < 10


@posix
def test_a_second_sigterm_changes_nothing() -> None:
    with stuck(BODIES["a task that waits"], 60) as process:
        for _ in range(3):
            process.send_signal(signal.SIGTERM)
            time.sleep(0.05)
        assert process.poll() is None
