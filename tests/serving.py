"""The bot as operators run it: `daybook serve` as a process, waited for, stopped, cleaned up.

with Serving(daybook, {**emulator.environment, "DAYBOOK_PACKS": ""}) as serving:
    serving.wait_until_ready()
    ...
    code, seconds = serving.stop()
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import psutil
from processes import ROOT, Daybook

READY_SECONDS = 20.0
"""Longest wait for a bot to be connected: discord.py is ready 2 s after Identify; a build of the
library at the first start takes a second more."""

STOP_SECONDS = 15.0
"""After which a bot that was told to stop is killed; it promises 10."""

PAUSE = 0.02


def free_port() -> int:
    """Return a port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Stopped(NamedTuple):
    """How a process ended, and how long that took."""

    code: int
    seconds: float


class Response(NamedTuple):
    """What the port of health and metrics answered."""

    status: int
    body: str


class Serving:
    """One `daybook serve`; it starts when this is made, and is gone when its block is left."""

    def __init__(self, daybook: Daybook, environment: Mapping[str, str] | None = None) -> None:
        """Start it with these variables.

        Unless they say otherwise it has a port of its own for DAYBOOK_HTTP, and a state of its own,
        since two processes can't share one file.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="daybook-serving-")
        variables = dict(environment or {})
        variables.setdefault("DAYBOOK_HTTP", f"127.0.0.1:{free_port()}")
        variables.setdefault("DAYBOOK_STATE", f"sqlite:///{self._folder.name}/state.sqlite")
        self.port = int(variables["DAYBOOK_HTTP"].rpartition(":")[2])
        self._log = Path(self._folder.name) / "stderr"
        self._output = Path(self._folder.name) / "stdout"
        self.started = time.monotonic()
        with self._log.open("wb") as log, self._output.open("wb") as output:
            self.process = subprocess.Popen(
                daybook.command("serve"),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=log,
                cwd=ROOT,
                env=daybook.environment(**variables),
                start_new_session=os.name == "posix",  # Ctrl-C of the tests is not for it
            )

    def __enter__(self) -> Serving:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.kill()
        self._folder.cleanup()

    # -- waiting ----------------------------------------------------------------------------------

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> float:
        """Wait until every platform is connected; return the seconds since the start."""
        self.wait_until(lambda: self.get("/readyz").status == 200, "ready", seconds)
        return time.monotonic() - self.started

    def wait_until(
        self, holds: Callable[[], bool], what: str, seconds: float = READY_SECONDS
    ) -> None:
        """Wait until something holds; fail with the log if the bot ends or it takes too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):  # the port is not open yet
                if holds():
                    return
            if self.process.poll() is not None:
                raise AssertionError(
                    f"ended with {self.process.returncode} before it was {what}:\n{self.log}"
                )
            time.sleep(PAUSE)
        raise AssertionError(f"not {what} within {seconds} s:\n{self.log}")

    def wait_for_log(self, text: str, seconds: float = READY_SECONDS) -> None:
        """Wait until a text stands in the log."""
        self.wait_until(lambda: text in self.log, f"logging {text!r}", seconds)

    def wait_for_end(self, seconds: float = STOP_SECONDS) -> int:
        """Wait until the process has ended by itself; return its exit code."""
        return self.process.wait(seconds)

    # -- what it says -----------------------------------------------------------------------------

    def get(self, path: str) -> Response:
        """Return what the port of health and metrics says; raises OSError while it is closed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return Response(response.status, response.read().decode("utf-8"))
        finally:
            connection.close()

    @property
    def log(self) -> str:
        """All that was written to standard error so far."""
        return self._log.read_bytes().decode("utf-8", "replace")

    @property
    def output(self) -> str:
        """All that was written to standard output so far."""
        return self._output.read_bytes().decode("utf-8", "replace")

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        """The finished lines of the log that are JSON objects."""
        return [json.loads(line) for line in self._finished() if line.startswith("{")]

    @property
    def other_lines(self) -> list[str]:
        """The finished lines that are none: the sentence that it ends with, or a fault of ours."""
        return [line for line in self._finished() if not line.startswith("{")]

    def _finished(self) -> list[str]:
        return self.log.split("\n")[:-1]

    def memory(self) -> int:
        """Return the bytes of memory that are its own or shared: the resident set."""
        size: int = psutil.Process(self.process.pid).memory_info().rss
        return size

    # -- ending it --------------------------------------------------------------------------------

    def signal(self, number: int) -> None:
        """Send a signal to the process alone."""
        self.process.send_signal(number)

    def stop(self) -> Stopped:
        """Ask it to stop as a service manager does; return the exit code and the seconds."""
        begin = time.monotonic()
        self.signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            log = self.log
            self.kill()
            raise AssertionError(f"still there {STOP_SECONDS} s after SIGTERM:\n{log}") from None
        return Stopped(code, time.monotonic() - begin)

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self.process.wait(STOP_SECONDS)
