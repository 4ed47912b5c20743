"""The log: what is let through, how it looks, and that no secret and no control character gets out.

The canary is a token of Telegram's form and one of Discord's; whatever is logged with them in it,
neither they nor their parts may be found in what was written.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import threading
import time
import warnings
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from typing import Any, TextIO
from urllib.parse import quote

import pytest
import structlog
from config_cases import DISCORD, TELEGRAM

from bot.log_writer import LogWriter
from bot.logs import LONGEST_VALUE, start_logging
from bot.redaction import Redaction
from bot.settings import Secret

WEBHOOK = "canary-secret-of-the-webhook"
SECRETS = [Secret(TELEGRAM), Secret(DISCORD), Secret(WEBHOOK)]

FORBIDDEN = [
    TELEGRAM,
    DISCORD,
    WEBHOOK,
    *TELEGRAM.split(":"),
    *(part for part in DISCORD.split(".") if len(part) >= 10),
]


class Log:
    """A log that is written to memory; `lines` ends it and gives what was written."""

    def __init__(self, level: int) -> None:
        self._stream = io.StringIO()
        self.writer = start_logging(level, SECRETS, self._stream)

    @property
    def text(self) -> str:
        self.writer.close()
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def events(self) -> list[str]:
        return [line["event"] for line in self.lines]


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave the process's logging as it was."""
    root = logging.getLogger()
    names = ["", "daybook", "httpx", "httpcore", "discord", "telegram", "aiohttp"]
    levels = {name: logging.getLogger(name).level for name in names}
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    for handler in root.handlers[:]:
        if isinstance(handler, LogWriter):
            root.removeHandler(handler)
            handler.close()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.fixture
def log() -> Log:
    return Log(logging.INFO)


@pytest.fixture
def debug() -> Log:
    return Log(logging.DEBUG)


# -- what a line is -------------------------------------------------------------------------------


def test_a_line_is_one_json_object_with_time_level_and_logger(log: Log) -> None:
    logging.getLogger("daybook.discord").warning("the gateway is %s", "slow")
    (line,) = log.lines
    assert {key: line[key] for key in ("event", "level", "logger")} == {
        "event": "the gateway is slow",
        "level": "warning",
        "logger": "daybook.discord",
    }
    assert line["timestamp"].endswith("Z")


def test_what_is_passed_as_extra_is_a_key_of_its_own(log: Log) -> None:
    logging.getLogger("daybook").info("connected", extra={"platform": "discord", "tries": 3})
    assert (log.lines[0]["platform"], log.lines[0]["tries"]) == ("discord", 3)


def test_structlog_itself_writes_to_the_same_log(log: Log) -> None:
    structlog.get_logger("daybook.rate").info("asked too often", seconds=7)
    assert (log.lines[0]["event"], log.lines[0]["seconds"]) == ("asked too often", 7)


def test_a_traceback_stands_in_its_line(log: Log) -> None:
    try:
        raise LookupError("no such row")
    except LookupError:
        logging.getLogger("daybook").exception("it broke")
    (line,) = log.lines
    assert "LookupError: no such row" in line["exception"]


def test_a_terminal_gets_a_readable_line() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    writer = start_logging(logging.INFO, SECRETS, stream)
    logging.getLogger("daybook").info("connected as %s", TELEGRAM)
    writer.close()
    assert "connected as ***" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_the_newest_log_counts_alone() -> None:
    first, second = Log(logging.INFO), Log(logging.INFO)
    logging.getLogger("daybook").info("once")
    assert (first.events, second.events) == ([], ["once"])


# -- what is let through --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["discord.http", "telegram.ext", "aiohttp.access", "asyncio", "x"])
def test_a_librarys_debug_is_never_heard(debug: Log, name: str) -> None:
    logging.getLogger(name).debug("the body of a message")
    assert debug.events == []


def test_a_library_that_sets_its_own_level_is_not_heard_below_info(debug: Log) -> None:
    logging.getLogger("discord").setLevel(logging.DEBUG)
    logging.getLogger("discord").debug("the body of a message")
    assert debug.events == []


@pytest.mark.parametrize("name", ["discord.client", "telegram.ext", "aiohttp.server"])
def test_a_librarys_info_is_heard(log: Log, name: str) -> None:
    logging.getLogger(name).info("said")
    assert log.events == ["said"]


@pytest.mark.parametrize("name", ["httpx", "httpcore", "httpcore.http11"])
def test_what_logs_urls_is_heard_from_warning_up(debug: Log, name: str) -> None:
    logging.getLogger(name).info("GET /getMe")
    logging.getLogger(name).warning("slow")
    assert debug.events == ["slow"]


@pytest.mark.parametrize(
    "text",
    ["PyNaCl is not installed, voice will NOT be supported", "logging in using static token"],
)
def test_what_a_library_says_about_what_is_not_used_is_not_heard(log: Log, text: str) -> None:
    logging.getLogger("discord.client").warning(text)
    assert log.events == []


def test_our_own_debug_is_heard_where_it_is_asked_for(debug: Log) -> None:
    logging.getLogger("daybook.rate").debug("said")
    assert debug.events == ["said"]


def test_our_own_debug_is_not_heard_otherwise(log: Log) -> None:
    logging.getLogger("daybook.rate").debug("said")
    assert log.events == []


def test_a_higher_level_holds_for_libraries_too() -> None:
    log = Log(logging.ERROR)
    logging.getLogger("discord").warning("said")
    assert log.events == []


# -- secrets --------------------------------------------------------------------------------------


def _raise(message: str) -> None:
    raise ValueError(message)


def _log_traceback(message: str) -> None:
    try:
        _raise(message)
    except ValueError:
        logging.getLogger("telegram").exception("broken")


def _log_cause(message: str) -> None:
    try:
        try:
            _raise(message)
        except ValueError as error:
            raise RuntimeError("outer") from error
    except RuntimeError:
        logging.getLogger("daybook").exception("broken")


class Leaky:
    """A third party's object that shows its token."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"<Bot token={self.text}>"


WAYS: dict[str, Callable[[str], None]] = {
    "message": lambda text: logging.getLogger("httpx").warning(f"GET https://host/bot{text}/getMe"),
    "argument": lambda text: logging.getLogger("discord").info("using %s", text),
    "object": lambda text: logging.getLogger("discord").info("using %r", Leaky(text)),
    "extra": lambda text: logging.getLogger("daybook").info("x", extra={"token": text}),
    "extra object": lambda text: logging.getLogger("daybook").info("x", extra={"bot": Leaky(text)}),
    "nested": lambda text: logging.getLogger("daybook").info(
        "x", extra={"all": {"a": [{text: 1}]}}
    ),
    "bytes": lambda text: logging.getLogger("daybook").info("x", extra={"raw": text.encode()}),
    "traceback": _log_traceback,
    "cause": _log_cause,
    "stack": lambda text: logging.getLogger("daybook").info(text, stack_info=True),
    "structlog": lambda text: structlog.get_logger("daybook").info("x", key=text),
    "warning": lambda text: warnings.warn(f"deprecated: {text}", UserWarning, stacklevel=1),
}

SHAPES: dict[str, Callable[[str], str]] = {
    "raw": str,
    "URL-quoted": lambda text: quote(text, safe=""),
    "in JSON": lambda text: json.dumps({"token": text}),
    "doubly quoted": lambda text: quote(json.dumps(text), safe=""),
    "cut at its end": lambda text: text[: len(text) * 2 // 3],
    "cut at its beginning": lambda text: text[len(text) // 3 :],
    "first half": lambda text: text.split(":", maxsplit=1)[0].split(".", maxsplit=1)[0],
    "last part": lambda text: text.split(":")[-1].split(".")[-1],
    "with more around it": lambda text: f"x{text}y{text}",
}


@pytest.mark.filterwarnings("default")  # a warning is one of the ways
@pytest.mark.parametrize(
    "secret", [TELEGRAM, DISCORD, WEBHOOK], ids=["telegram", "discord", "hook"]
)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("way", WAYS)
def test_no_secret_gets_out(log: Log, way: str, shape: str, secret: str) -> None:
    shown = SHAPES[shape](secret)
    WAYS[way](shown)
    text = log.text
    assert text
    assert "***" in text
    pieces = [shown[at : at + 12] for at in range(len(shown) - 11)]
    secret_pieces = {secret[at : at + 12] for at in range(len(secret) - 11)}
    assert [piece for piece in pieces if piece in secret_pieces and piece in text] == []
    assert [part for part in FORBIDDEN if part in text] == []


@pytest.mark.parametrize("secret", [TELEGRAM, DISCORD], ids=["telegram", "discord"])
def test_every_piece_of_twelve_characters_is_hidden(secret: str) -> None:
    redaction = Redaction(SECRETS)
    for first in range(len(secret) - 12):
        for last in range(first + 12, len(secret) + 1):
            assert redaction.clean(f"<{secret[first:last]}>") == "<***>"


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
def test_a_secret_in_base64_does_not_get_out(log: Log, encode: Callable[[bytes], bytes]) -> None:
    coded = encode(TELEGRAM.encode()).decode()
    logging.getLogger("daybook").info("header %s", coded)
    assert coded.rstrip("=") not in log.text


def test_the_number_of_a_bot_does_not_get_out_as_a_number(log: Log) -> None:
    logging.getLogger("daybook").info("x", extra={"id": 7311840265})
    assert "7311840265" not in log.text


def test_an_error_that_nobody_caught_does_not_show_a_secret(log: Log) -> None:
    try:
        _raise(TELEGRAM)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    text = log.text
    assert "ValueError" in text
    assert TELEGRAM.split(":")[1] not in text


def test_an_error_that_ends_a_thread_does_not_show_a_secret(log: Log) -> None:
    thread = threading.Thread(target=_raise, args=(TELEGRAM,))
    thread.start()
    thread.join(5)
    text = log.text
    assert "ValueError" in text
    assert TELEGRAM.split(":")[1] not in text


def test_a_line_that_cannot_be_formatted_says_only_that(log: Log) -> None:
    broken = logging.LogRecord("discord", 20, "f.py", 1, "%d", (TELEGRAM,), None)
    log.writer.handle(broken)  # not through a logger: pytest's own handlers raise
    text = log.text
    assert "could not be formatted" in text
    assert TELEGRAM.split(":")[1] not in text


@pytest.mark.parametrize(
    "text",
    [
        "GET /bot/getMe",
        "7311840266 is another bot",
        "canary",
        "MTE4NzQwMjk",  # eleven characters of a token, as any name might begin
        "",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert Redaction(SECRETS).clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (f"{TELEGRAM}{TELEGRAM}", "***"),
        (f"{TELEGRAM} {DISCORD}", "*** ***"),
        (f"a{TELEGRAM}b", "a***b"),
        (f"/bot{TELEGRAM}/getMe", "/bot***/getMe"),
        ("7311840265 and more", "*** and more"),
    ],
)
def test_what_stands_around_a_secret_stays(text: str, cleaned: str) -> None:
    assert Redaction(SECRETS).clean(text) == cleaned


def test_without_a_secret_nothing_is_hidden() -> None:
    assert Redaction([Secret("")]).clean("abc") == "abc"


# -- what a terminal would obey -------------------------------------------------------------------

HOSTILE = "name\r\n2026-01-01 [error] forged\x1b[2J\x9b31m\x07\u2028\u202eend"


def test_control_characters_are_escaped_in_json(log: Log) -> None:
    logging.getLogger("daybook").info("server said %s", HOSTILE)
    (line,) = log.lines
    assert line["event"] == (
        "server said name\\x0d\\x0a2026-01-01 [error] forged\\x1b[2J\\x9b31m\\x07\\u2028\\u202eend"
    )


def test_control_characters_are_escaped_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    writer = start_logging(logging.INFO, SECRETS, stream)
    try:
        _raise(HOSTILE)
    except ValueError:
        logging.getLogger("daybook").exception("server said %s", HOSTILE)
    writer.close()
    written = stream.getvalue()
    assert not {"\r", "\x9b", "\x07", "\u2028", "\u202e"} & set(written)
    assert "\x1b[2J" not in written
    assert not any(line.startswith("2026-01-01 [error] forged") for line in written.splitlines())


def test_a_value_of_megabytes_is_cut(log: Log) -> None:
    logging.getLogger("daybook").info("server said %s", "x" * 5_000_000)
    (line,) = log.lines
    assert len(line["event"]) < LONGEST_VALUE + 100
    assert line["event"].endswith("characters more)")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"\xff", object()])
def test_any_value_makes_a_line_of_json(log: Log, value: object) -> None:
    logging.getLogger("daybook").info("x", extra={"value": value})
    assert log.lines[0]["event"] == "x"


# -- a stream that is gone or stuck ---------------------------------------------------------------


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("daybook", logging.INFO, "f.py", 1, text, None, None)


@pytest.fixture
def pipe() -> Iterator[tuple[io.FileIO, TextIO]]:
    """Return a pipe: where it is read, and a stream to write to like standard error."""
    read, write = os.pipe()
    reader, stream = io.FileIO(read), os.fdopen(write, "w")
    yield reader, stream
    reader.close()
    stream.close()


def test_a_reader_that_stalls_stops_nobody(pipe: tuple[io.FileIO, TextIO]) -> None:
    reader, stream = pipe
    writer = LogWriter(stream, most_waiting=10)
    begin = time.monotonic()
    for number in range(2000):  # far more than a pipe and the queue hold
        writer.emit(record(f"{number} {'x' * 200}"))
    assert time.monotonic() - begin < 2
    writer.close()
    assert time.monotonic() - begin < 5
    reader.close()  # lets the thread go
    writer._thread.join(5)
    assert not writer._thread.is_alive()


def test_what_was_lost_is_told_when_the_reader_is_back(pipe: tuple[io.FileIO, TextIO]) -> None:
    reader, stream = pipe
    writer = LogWriter(stream, most_waiting=3)
    for _ in range(1000):
        writer.emit(record("x" * 1000))
    found = b""
    until = time.monotonic() + 5
    while b"lines of the log were lost here" not in found and time.monotonic() < until:
        found += reader.read(65536)
        writer.emit(record("back"))
    assert b"lines of the log were lost here" in found
    reader.close()
    writer.close()
    assert not writer._thread.is_alive()


def test_a_reader_that_is_gone_raises_nothing(pipe: tuple[io.FileIO, TextIO]) -> None:
    reader, stream = pipe
    reader.close()
    writer = LogWriter(stream)
    writer.emit(record("to nobody"))
    writer.close()
    assert not writer._thread.is_alive()


def test_a_process_without_standard_error_logs_nowhere() -> None:
    writer = LogWriter(None)
    writer.emit(record("to nobody"))
    writer.close()


def test_a_closed_stream_raises_nothing() -> None:
    stream = io.StringIO()
    writer = LogWriter(stream)
    stream.close()
    writer.emit(record("to nobody"))
    writer.close()
    assert not writer._thread.is_alive()
