"""A port that is opened, or the sentence that says why not."""

from __future__ import annotations

import socket

from bot.errors import ConfigurationError
from bot.settings import Address

MOST_WAITING = 64
"""Connections that wait to be taken."""


def listen(address: Address, variable: str) -> socket.socket:
    """Return a socket that listens; raises ConfigurationError, which names the variable."""
    try:
        family, _, _, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.create_server(place[:2], family=family, backlog=MOST_WAITING)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(
            f"{variable}: the port {address} can't be opened ({reason}); end what uses it, or"
            " choose another one."
        ) from None
    listener.setblocking(False)
    return listener
