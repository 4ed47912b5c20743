"""Lines of the log on their way out, in a thread: a reader that stalls or is gone stops nothing.

A write to a full pipe waits until somebody reads. In the event loop that would silence the bot, so
lines wait in a queue of bounded length; what finds no room is counted, and the count is told with
the next line that gets through.
"""

from __future__ import annotations

import io
import logging
import queue
import threading
import time
from typing import TextIO

MOST_WAITING = 1_000
"""Lines; each is bounded too, so that even tracebacks only take some MiB."""

CLOSE_SECONDS = 1.0
"""How long the end of the program waits for the last lines."""


PAUSE = 0.05
"""Seconds between two looks at a full pipe that does not block."""


class LogWriter(logging.Handler):
    """Formats records where they are made, and writes them to a stream elsewhere."""

    def __init__(self, stream: TextIO | None, most_waiting: int = MOST_WAITING) -> None:
        """Take a stream; none, where the process was started without one, takes nothing."""
        super().__init__()
        self._stream = stream
        self._waiting: queue.Queue[str | None] = queue.Queue(most_waiting)
        self._lost = 0
        self._counting = threading.Lock()
        self._thread = threading.Thread(target=self._write_all, name="log", daemon=True)
        if stream is not None:
            self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Put a record in the queue; never waits, never raises."""
        if self._stream is None:
            return
        try:
            line = self.format(record)
        except Exception as error:
            # Not handleError: it prints the record's arguments, which may hold a secret.
            line = f"a line of {record.name} could not be formatted: {type(error).__name__}"
        try:
            self._waiting.put_nowait(line)
        except queue.Full:
            self._lose(1)

    def close(self) -> None:
        """Write what waits, at most for a second, and take no more."""
        if self._thread.is_alive():
            try:
                self._waiting.put(None, timeout=CLOSE_SECONDS)
            except queue.Full:
                pass  # nobody reads: the thread is a daemon and ends with the process
            else:
                self._thread.join(CLOSE_SECONDS)
        self._stream = None
        super().close()

    def _write_all(self) -> None:
        while (line := self._waiting.get()) is not None and self._stream is not None:
            with self._counting:
                lost, self._lost = self._lost, 0
            told = f"({lost} lines of the log were lost here)\n" if lost else ""
            try:
                self._write(f"{told}{line}\n")
            except (OSError, ValueError):  # the reader is gone, the disk is full, it was closed
                self._lose(lost + 1)

    def _lose(self, lines: int) -> None:
        with self._counting:
            self._lost += lines

    def _write(self, text: str) -> None:
        stream = self._stream
        if stream is None:
            return
        # Past Python's own buffer, whose lock a blocked write would keep from everybody else.
        raw = getattr(getattr(stream, "buffer", None), "raw", None)
        if not isinstance(raw, io.RawIOBase):
            stream.write(text)
            stream.flush()
            return
        left = memoryview(text.encode("utf-8", "backslashreplace"))
        while left:
            written = raw.write(left)
            if written is None:  # a pipe that its other end made non-blocking, and that is full
                time.sleep(PAUSE)
            left = left[written or 0 :]
