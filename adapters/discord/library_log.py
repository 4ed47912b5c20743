"""What discord.py's own log says of an outage, in one line instead of a traceback.

The library logs each lost connection as an error with its whole traceback, though it goes on by
itself; what is a bug of the library or of ours keeps its traceback.
"""

from __future__ import annotations

import logging

_RECONNECTS = "Attempting a reconnect"
"""How the line begins that discord/client.py logs before it connects again."""


def shorten_outages() -> None:
    """Shorten the library's lines about outages from now on; calling it again changes nothing."""
    logging.getLogger("discord.client").addFilter(_shortened)


def _shortened(record: logging.LogRecord) -> bool:
    """Change the record of an outage; every record is let through."""
    if record.exc_info and record.exc_info[1] and str(record.msg).startswith(_RECONNECTS):
        error = record.exc_info[1]
        pause = record.getMessage().rpartition(" ")[2]
        record.msg, record.args = (
            "no connection to the gateway (%s); again in %s",
            (
                _named(error),
                pause,
            ),
        )
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def _named(error: BaseException) -> str:
    status = getattr(error, "status", None) or getattr(error, "code", None)
    name = type(error).__name__
    return f"{name} {status}" if isinstance(status, int) else name
