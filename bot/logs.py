"""The log: one JSON object a line, readable lines on a terminal, and no secret in either.

Everything that logs, ours and the libraries', goes through one handler. Libraries are heard from
INFO up whatever DAYBOOK_LOG says, for their DEBUG holds what people wrote and whole requests; httpx
from WARNING up, because its INFO holds the URL, and Telegram's URL holds the token.
"""

from __future__ import annotations

import json
import logging
import math
import sys
import threading
from collections.abc import Iterable, Mapping, MutableMapping
from types import TracebackType
from typing import Any, TextIO, cast

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.log_writer import LogWriter
from bot.redaction import Redaction
from bot.settings import Secret

OURS = "daybook"
"""The logger of the program; its parts are below it: daybook.discord."""

LONGEST_VALUE = 16_000
"""Characters of one value, such as a traceback or a server's error text; the rest is cut."""
DEEPEST = 4
MOST_ITEMS = 50
"""How deep and how far a structured value is followed; beyond, it is shown as a text, or cut."""

_QUIET_LIBRARIES = ("httpx", "httpcore")

_POINTLESS = (
    "PyNaCl is not installed",
    "davey is not installed",
    "logging in using static token",
)
"""What discord.client begins lines with that tell an operator nothing: no voice is used here, and
the supervisor says when a platform is connected."""

_ESCAPED = {
    ord(character): f"\\x{ord(character):02x}"
    for character in map(chr, (*range(32), *range(127, 160)))
} | {ord(character): f"\\u{ord(character):04x}" for character in "\u2028\u2029\u202a\u202b\u202c"}
_ESCAPED |= {ord(c): f"\\u{ord(c):04x}" for c in "\u200e\u200f\u202d\u202e\u2066\u2067\u2068\u2069"}
"""What a terminal obeys or a reader of lines takes for an end, or turns around."""
_ESCAPED_BUT_LINES = {code: text for code, text in _ESCAPED.items() if code not in (9, 10)}

_FIXED = ("timestamp", "level", "logger")
"""Keys whose values are ours and stay as they are, however short a secret is."""
_TRACEBACKS = ("exception", "stack")


_FROM_A_RECORD: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]


def start_logging(level: int, secrets: Iterable[Secret], stream: TextIO | None = None) -> LogWriter:
    """Send every log to a stream, standard error unless another is given; return the writer.

    Closing the writer writes the last lines. May be called again: the newest counts.
    """
    target = sys.stderr if stream is None else stream
    writer = LogWriter(target)
    is_terminal = target is not None and target.isatty()
    writer.setFormatter(_formatter(Redaction(secrets), is_terminal=is_terminal))
    writer.addFilter(_is_heard)
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old, LogWriter):
            root.removeHandler(old)
            old.close()
    root.addHandler(writer)
    root.setLevel(max(level, logging.INFO))
    logging.getLogger(OURS).setLevel(level)
    for name in _QUIET_LIBRARIES:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(True)
    structlog.configure(  # else whoever calls structlog itself would print past all this
        processors=[
            structlog.stdlib.filter_by_level,
            *_FROM_A_RECORD,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    _log_what_nobody_catches()
    return writer


def _is_heard(record: logging.LogRecord) -> bool:
    """Whether a record is let through, whatever level its library gave its logger."""
    name = record.name.partition(".")[0]
    if name == OURS:
        return True
    if record.name == "discord.client" and str(record.msg).startswith(_POINTLESS):
        return False
    least = logging.WARNING if name in _QUIET_LIBRARIES else logging.INFO
    return record.levelno >= least


def _formatter(redaction: Redaction, *, is_terminal: bool) -> ProcessorFormatter:
    def harmless(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return clean_event(event, redaction)

    render: Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if is_terminal
        else structlog.processors.JSONRenderer(serializer=json.dumps)
    )
    return ProcessorFormatter(
        foreign_pre_chain=_FROM_A_RECORD,
        processors=[ProcessorFormatter.remove_processors_meta, harmless, render],
    )


def clean_event(event: MutableMapping[str, Any], redaction: Redaction) -> EventDict:
    """Return what is logged as plain values: no secret, no control character, bounded in size."""
    cleaned: EventDict = {}
    for key, value in event.items():
        if key in _FIXED:
            cleaned[key] = value
        elif key in _TRACEBACKS and isinstance(value, str):
            cleaned[key] = _text(value, redaction, _ESCAPED_BUT_LINES).replace("\n", "\n  ")
        else:
            cleaned[_text(str(key), redaction)] = _plain(value, redaction)
    return cleaned


def _plain(value: object, redaction: Redaction, depth: int = 0) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and math.isfinite(value):
        shown = redaction.clean(str(value))
        return value if shown == str(value) else shown
    if isinstance(value, Mapping) and depth < DEEPEST:
        items = list(value.items())[:MOST_ITEMS]
        return {_text(str(k), redaction): _plain(v, redaction, depth + 1) for k, v in items}
    if isinstance(value, list | tuple | set | frozenset) and depth < DEEPEST:
        return [_plain(item, redaction, depth + 1) for item in list(value)[:MOST_ITEMS]]
    return _text(value if isinstance(value, str) else repr(value), redaction)


def _text(text: str, redaction: Redaction, escaped: Mapping[int, str] = _ESCAPED) -> str:
    if len(text) > LONGEST_VALUE:
        text = f"{text[:LONGEST_VALUE]} ... ({len(text) - LONGEST_VALUE} characters more)"
    text = redaction.clean(text)
    return text if text.isascii() and text.isprintable() else text.translate(escaped)


def _log_what_nobody_catches() -> None:
    """Send uncaught exceptions through the log, for Python's own report knows no secrets."""
    logger = logging.getLogger(OURS)

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        logger.critical("ended by an error that nobody caught", exc_info=(kind, error, trace))

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            found = (args.exc_type, args.exc_value, args.exc_traceback)
            logger.error("a thread was ended by an error that nobody caught", exc_info=found)

    def unraisable(args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            found = (args.exc_type, args.exc_value, args.exc_traceback)
            logger.error("an error could not be raised where it arose", exc_info=found)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = cast(Any, unraisable)
