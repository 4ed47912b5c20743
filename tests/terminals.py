"""The console in a pseudo-terminal, read and typed into as a person would."""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from types import TracebackType

import pytest
from processes import PATIENCE, ROOT, Daybook

PROMPT = ">"
"""What says that the terminal listens; the space behind it is drawn as a move of the cursor."""

_ESCAPES = re.compile(r"\x1b\][^\a]*\a|\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()].?")


class Terminal:
    """A pseudo-terminal in which `daybook` runs, with these arguments."""

    def __init__(
        self, daybook: Daybook, columns: str = "100", arguments: tuple[str, ...] = (), **more: str
    ) -> None:
        pty = pytest.importorskip("pty")
        termios = pytest.importorskip("termios")
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (40, int(columns)))
        self.process = subprocess.Popen(
            daybook.command(*arguments),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=daybook.environment(TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", **more),
            start_new_session=True,
        )
        os.close(slave)
        self.raw = ""
        self._seen = 0

    @property
    def shown(self) -> str:
        """What has been shown since the last wait, without what moves the cursor."""
        return _ESCAPES.sub("", self.raw)[self._seen :].replace("\r", "")

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def wait_for(self, *words: str) -> str:
        """Return what is shown up to the last of these words, in this order; fails without them."""
        last_moment = time.monotonic() + PATIENCE
        while (end := _end_of(words, self.shown)) < 0:
            left = last_moment - time.monotonic()
            ready = left > 0 and select.select([self._master], [], [], left)[0]
            chunk = self._read() if ready else b""
            assert chunk, f"{words!r} never came; shown was: {self.shown!r}"
            self.raw += chunk.decode("utf-8", "replace")
        before = self.shown[:end]
        self._seen = len(_ESCAPES.sub("", self.raw))
        return before

    def _read(self) -> bytes:
        try:
            return os.read(self._master, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            return b""

    def end(self) -> int:
        """Read until the process has closed the terminal, and return its exit code."""
        last_moment = time.monotonic() + PATIENCE
        while (left := last_moment - time.monotonic()) > 0:
            if not select.select([self._master], [], [], left)[0]:
                break
            chunk = self._read()
            if not chunk:
                break
            self.raw += chunk.decode("utf-8", "replace")
        return self.process.wait(PATIENCE)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        os.close(self._master)


def _end_of(words: tuple[str, ...], shown: str) -> int:
    """Return where the last of some words ends that stand in this order; -1 where they don't."""
    end = 0
    for word in words:
        place = shown.find(word, end)
        if place < 0:
            return -1
        end = place + len(word)
    return end
