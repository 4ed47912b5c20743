"""The values that a configuration is made of, and what each is read from: pure, but for a file.

A reader here raises ValueError with the rest of a sentence ("must be ..."), never with the value of
a secret or a URL, which may hold one; config.py puts the variable's name before it.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

LARGEST_SECRET_FILE = 4096
"""Bytes; a token has about 70."""

SHOWN_INSTEAD = "***"


class Secret:
    """A text that is never shown by accident: only `reveal` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Take the text to keep."""
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the library that needs it."""
        return self._text

    def __repr__(self) -> str:
        return SHOWN_INSTEAD

    def __format__(self, format_spec: str) -> str:
        return SHOWN_INSTEAD

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a port is opened. A host may be a name or an IP address, without brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """How Discord is reached; without a URL it is the real one."""

    token: Secret
    api_url: str | None = None
    gateway_url: str | None = None


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where Telegram sends updates (`url`), with what secret, and where they are taken.

    The bot registers the webhook itself, so that a secret nobody chose is made at each start.
    """

    url: str
    secret: Secret
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """How Telegram is reached; without a URL it is the real one, without a webhook by long poll.

    The token is appended to `api_url`, which ends with /bot.
    """

    token: Secret
    api_url: str | None = None
    webhook: WebhookSettings | None = None


@dataclass(frozen=True, slots=True)
class StateSettings:
    """Where the state database is: a file of SQLite, or the URL of a PostgreSQL with its password.

    As a text it is what may be shown.
    """

    file: Path | None = None
    url: Secret | None = None

    def __str__(self) -> str:
        if self.url is None:
            return f"sqlite:///{self.file}"
        parts = urlsplit(self.url.reveal())
        user = f"{parts.username}@" if parts.username else ""
        return f"{parts.scheme}://{user}{parts.netloc.rpartition('@')[2]}{parts.path}"

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What must never be shown: the password, as it is written in the URL and as it is."""
        if self.url is None:
            return ()
        parts = urlsplit(self.url.reveal())
        written = parts.password or ""
        shapes = (written, unquote(written), *parse_qs(parts.query).get("password", ()))
        return tuple(Secret(shape) for shape in dict.fromkeys(shapes) if shape)


# -- secrets --------------------------------------------------------------------------------------

_PREFIX = re.compile(r"\s*(Bot|Bearer)\s", re.IGNORECASE)
_QUOTES = re.compile("[\"'`‘’“”«»]")
_NO_TOKEN = re.compile(r"[^!-~]|[/\\?#%<>]")
"""What no token holds, and what would change the URL that Telegram's is a part of."""
LONGEST_TOKEN = 1000
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def token(text: str, other_shape: re.Pattern[str], other_platform: str) -> Secret:
    """Return a token; refused is only what is surely none, and one of the other platform."""
    if _PREFIX.match(text):
        raise ValueError('must be the token alone, without "Bot " before it.')
    if _QUOTES.search(text):
        raise ValueError("holds a quotation mark; write the token without any.")
    if re.search(r"\s", text):
        raise ValueError("holds white space; copy the token again, on one line.")
    if _NO_TOKEN.search(text) or len(text) > LONGEST_TOKEN:
        raise ValueError("holds characters that no token has; copy the token again.")
    if other_shape.fullmatch(text):
        raise ValueError(f"holds a token of {other_platform}; exchange the two.")
    return Secret(text)


DISCORD_SHAPE = re.compile(r"[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{20,}")
"""Three parts in base64url (docs.discord.com/developers/reference, Authentication)."""
TELEGRAM_SHAPE = re.compile(r"[0-9]{5,}:[A-Za-z0-9_-]{35}")
"""The bot's number and 35 characters (https://core.telegram.org/bots/api#authorizing-your-bot)."""


def discord_token(text: str) -> Secret:
    """Return a token that may be Discord's."""
    return token(text, TELEGRAM_SHAPE, "Telegram")


def telegram_token(text: str) -> Secret:
    """Return a token that may be Telegram's."""
    return token(text, DISCORD_SHAPE, "Discord")


def webhook_secret(text: str) -> Secret:
    """Return a secret of the form in https://core.telegram.org/bots/api#setwebhook."""
    if not _WEBHOOK_SECRET.fullmatch(text):
        raise ValueError("must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -.")
    return Secret(text)


def secret_in_file(name: str) -> str:
    """Return what a file holds without line ends behind it, and "" where that is nothing.

    Its name is not repeated, for somebody may have put the secret in its place.
    """
    try:
        path = Path(name).expanduser()
        with path.open("rb") as file:
            content = file.read(LARGEST_SECRET_FILE + 1)
    except (OSError, ValueError, RuntimeError) as error:  # missing, unreadable, no path, nobody's ~
        reason = getattr(error, "strerror", None) or "that is no path"
        raise ValueError(f"the file can't be read ({reason}).") from None
    if len(content) > LARGEST_SECRET_FILE:
        raise ValueError("the file is too long to hold only a secret.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("the file holds no text in UTF-8.") from None
    return text.rstrip("\r\n") if text.strip() else ""


def is_open_to_others(name: str) -> bool:
    """Whether others than a file's owner may read it. Windows keeps that elsewhere: false there."""
    if os.name != "posix":
        return False
    return bool(Path(name).expanduser().stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


# -- addresses ------------------------------------------------------------------------------------

_NEAR = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    )
)
"""Loopback and private addresses: RFC 1122 3.2.1.3, RFC 1918, RFC 4193."""

WEBHOOK_PORTS = (443, 80, 88, 8443)
"""https://core.telegram.org/bots/api#setwebhook, notes."""

_PLAIN = {"https": "http", "wss": "ws"}
_ADDRESS = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9._-]+)):(?P<port>\d{1,5})"
)


def address(text: str) -> Address:
    """Return a host and a port, an IPv6 address in brackets; port 0 is one the system chooses."""
    found = _ADDRESS.fullmatch(text)
    port = int(found["port"]) if found else -1
    if found is None or port > 65_535 or (found["six"] and not _is_ipv6(found["six"])):
        raise ValueError("must be host:port such as 127.0.0.1:8080 or [::1]:8080.")
    return Address(found["six"] or found["host"], port)


def server_url(text: str, scheme: str) -> str:
    """Return a platform's URL without a slash behind it; `scheme` is the one with TLS.

    The plain one is taken to loopback and private addresses only, since a token travels on it.
    """
    parts = _split(text, scheme)
    if parts.scheme != scheme and not _is_near(parts.hostname or ""):
        raise ValueError(
            f"plain {parts.scheme} is taken only to loopback and private addresses; use {scheme}."
        )
    return text.rstrip("/")


def telegram_url(text: str) -> str:
    """Return the URL of a Bot API server, to which the token is appended."""
    url = server_url(text, "https")
    if not url.endswith("/bot"):
        raise ValueError("must end with /bot, such as http://127.0.0.1:8081/bot.")
    return url


def webhook_url(text: str, *, is_official: bool) -> str:
    """Return the URL that Telegram is told; the official server knows four ports only."""
    parts = _split(text, "https")
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise ValueError("must begin with https://, which Telegram asks for.")
    if is_official and (parts.port or 443) not in WEBHOOK_PORTS:
        raise ValueError("Telegram sends only to the ports 443, 80, 88 and 8443.")
    return text


def state_url(text: str) -> StateSettings:
    """Return where the state is: sqlite:///FILE (four slashes before an absolute path), postgresql.

    A password may stand in it, so nothing of it is repeated.
    """
    if text.startswith("sqlite:///"):
        name = text.removeprefix("sqlite:///")
        if not name or "\0" in name or name.endswith("/") or "?" in name or name == ":memory:":
            raise ValueError("must name a file, such as sqlite:////var/lib/daybook/state.sqlite.")
        try:
            return StateSettings(file=Path(name).expanduser())
        except RuntimeError:  # nobody's ~
            raise ValueError("names the home of a user who is unknown.") from None
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE.")
    try:
        parts = urlsplit(text)
        is_good = bool(parts.hostname or "host" in parse_qs(parts.query)) and parts.port != 0
    except ValueError:  # a bad port or bracket
        is_good = False
    if not is_good or re.search(r"[^!-~]", text) or len(parts.path) < 2 or parts.fragment:
        raise ValueError(
            "must be postgresql://USER:PASSWORD@HOST/DATABASE; a character that has a meaning in"
            " URLs is written as % and two digits."
        )
    return StateSettings(url=Secret(text))


def _split(text: str, scheme: str) -> SplitResult:
    schemes = (scheme, _PLAIN[scheme])
    example = f"such as {scheme}://host/path"
    if re.search(r"[^!-~]", text):
        raise ValueError(f"holds characters that no URL has; write one {example}.")
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bad port or bracket
        is_good = False
    if not is_good:
        raise ValueError(f"must be a URL {example}.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError(f"must be a URL {example}, with no name, password, ? or # in it.")
    return parts


def _is_near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in _NEAR)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_ipv6(text: str) -> bool:
    try:
        return isinstance(ip_address(text), IPv6Address)
    except ValueError:
        return False
