"""The configuration: read once from the environment into one frozen value, and passed on."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import platformdirs

from bot.errors import ConfigurationError
from bot.rate import Rate
from bot.settings import (
    Address,
    DiscordSettings,
    Secret,
    StateSettings,
    TelegramSettings,
    WebhookSettings,
    address,
    discord_token,
    is_open_to_others,
    secret_in_file,
    server_url,
    state_url,
    telegram_token,
    telegram_url,
    webhook_secret,
    webhook_url,
)
from bot.wording import joined
from knowledge.packs.builtin import builtin_packs

LOG_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}

APPLICATION = "daybook"
"""What its folder in the user's data directory is called."""

DEFAULT_RATE: Rate | None = Rate(20, 60)

_SECONDS = {"s": 1, "min": 60, "h": 3600}
_RATE = re.compile(r"([0-9]{1,6})/(s|min|h)")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Config:
    """What the environment says.

    `zone` and `log_level` are none where they are not set, a platform where it has no token, `rate`
    where asking is not limited, `http` where no port is opened, `state` where the default one is
    meant. `warnings` are sentences about what works but had better be changed.
    """

    packs: tuple[Path, ...]
    zone: ZoneInfo | None = None
    log_level: int | None = None
    discord: DiscordSettings | None = None
    telegram: TelegramSettings | None = None
    rate: Rate | None = DEFAULT_RATE
    http: Address | None = None
    state: StateSettings | None = None
    warnings: tuple[str, ...] = ()

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """All that must never be shown."""
        found = [settings.token for settings in (self.discord, self.telegram) if settings]
        if self.telegram and self.telegram.webhook:
            found.append(self.telegram.webhook.secret)
        return (*found, *(self.state.secrets if self.state else ()))

    @property
    def state_or_default(self) -> StateSettings:
        """Where the state is; unless it is set, in the user's data directory."""
        if self.state:
            return self.state
        folder = platformdirs.user_data_dir(APPLICATION, appauthor=False)
        return StateSettings(file=Path(folder) / "state.sqlite")


def load_config(environment: Mapping[str, str]) -> Config:
    """Return the configuration; raises ConfigurationError, which names the variable.

    A variable that is empty counts as unset, but for DAYBOOK_PACKS.
    """
    warnings: list[str] = []
    return replace(
        load_offline_config(environment),
        discord=_discord(environment, warnings),
        telegram=_telegram(environment, warnings),
        rate=_read(environment, "DAYBOOK_RATE", _rate, DEFAULT_RATE),
        http=_read(environment, "DAYBOOK_HTTP", address, None),
        state=_read(environment, "DAYBOOK_STATE", state_url, None),
        warnings=tuple(warnings),
    )


def load_offline_config(environment: Mapping[str, str]) -> Config:
    """Return what a look-up here needs of the configuration; raises ConfigurationError.

    What is wrong with the settings of platforms is no matter to it.
    """
    return Config(
        packs=_builtin(environment.get("DAYBOOK_PACKS"))
        + _added(environment.get("DAYBOOK_KNOWLEDGE", "")),
        zone=_zone(environment.get("DAYBOOK_ZONE", "")),
        log_level=_log_level(environment.get("DAYBOOK_LOG", "")),
    )


def _discord(environment: Mapping[str, str], warnings: list[str]) -> DiscordSettings | None:
    api_url = _read(environment, "DISCORD_API_URL", lambda url: server_url(url, "https"), None)
    gateway_url = _read(
        environment, "DISCORD_GATEWAY_URL", lambda url: server_url(url, "wss"), None
    )
    names = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE")
    token = _secret(environment, names, discord_token, warnings)
    return DiscordSettings(token, api_url, gateway_url) if token else None


def _telegram(environment: Mapping[str, str], warnings: list[str]) -> TelegramSettings | None:
    api_url = _read(environment, "TELEGRAM_API_URL", telegram_url, None)
    webhook = _webhook(environment, warnings, is_official=api_url is None)
    names = ("TELEGRAM_TOKEN", "TELEGRAM_TOKEN_FILE")
    token = _secret(environment, names, telegram_token, warnings)
    return TelegramSettings(token, api_url, webhook) if token else None


def _webhook(
    environment: Mapping[str, str], warnings: list[str], *, is_official: bool
) -> WebhookSettings | None:
    names = ("TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_WEBHOOK_SECRET_FILE")
    url = _read(
        environment,
        "TELEGRAM_WEBHOOK_URL",
        lambda text: webhook_url(text, is_official=is_official),
        None,
    )
    listen = _read(environment, "TELEGRAM_WEBHOOK_LISTEN", address, None)
    secret = _secret(environment, names, webhook_secret, warnings)
    if url and listen:
        return WebhookSettings(url, secret or _made_secret(), listen.host, listen.port)
    if url:
        raise ConfigurationError(
            "TELEGRAM_WEBHOOK_LISTEN: must be set too, such as 127.0.0.1:8443."
        )
    if listen or secret:
        raise ConfigurationError(
            "TELEGRAM_WEBHOOK_URL: must be set where another variable of the webhook is."
        )
    return None


def _made_secret() -> Secret:
    from secrets import token_urlsafe  # no other start needs it

    return Secret(token_urlsafe(32))


def _read(
    environment: Mapping[str, str], name: str, reader: Callable[[str], Value], default: Value
) -> Value:
    """Return what a variable holds, and the default where it is unset or empty."""
    text = environment.get(name, "")
    if not text:
        return default
    try:
        return reader(text)
    except ValueError as error:
        raise ConfigurationError(f"{name}: {error}") from None


def _secret(
    environment: Mapping[str, str],
    names: tuple[str, str],
    reader: Callable[[str], Secret],
    warnings: list[str],
) -> Secret | None:
    """Return the secret that a variable holds, or the file that another one names."""
    name, file_name = names
    file = environment.get(file_name, "")
    text = _read(environment, file_name, secret_in_file, "")
    if text and environment.get(name):
        raise ConfigurationError(f"{name}: is set as well as {file_name}; unset one of them.")
    if not text:
        return _read(environment, name, reader, None)
    if is_open_to_others(file):
        warnings.append(f"{file_name}: others than its owner may read {file!r}; chmod 600 it.")
    return _read({file_name: text}, file_name, reader, None)


def _rate(text: str) -> Rate | None:
    if text.lower() == "off":
        return None
    found = _RATE.fullmatch(text)
    if not found or not int(found[1]):
        raise ValueError(f"{text!r} is no rate; write one such as 20/min, 5/s, 100/h, or off.")
    return Rate(int(found[1]), _SECONDS[found[2]])


def _builtin(value: str | None) -> tuple[Path, ...]:
    known = builtin_packs()
    if value is None:
        return tuple(known.values())
    names = dict.fromkeys(name.strip() for name in value.split(",") if name.strip())
    for name in names:
        if name not in known:
            there_are = joined(list(known))
            raise ConfigurationError(
                f"DAYBOOK_PACKS: {name!r} is no built-in pack; there are {there_are}."
            )
    return tuple(known[name] for name in names)


def _added(value: str) -> tuple[Path, ...]:
    return tuple(_existing(part) for part in value.split(os.pathsep) if part)


def _existing(name: str) -> Path:
    try:
        path = Path(name).expanduser()
        path.stat()
    except (OSError, ValueError, RuntimeError):  # missing, unreadable, no path, nobody's ~
        raise ConfigurationError(f"DAYBOOK_KNOWLEDGE: there is no file {name!r}.") from None
    return path


def _zone(value: str) -> ZoneInfo | None:
    if not value:
        return None
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ConfigurationError(
            f"DAYBOOK_ZONE: {value!r} is no time zone; write one such as Europe/Berlin or UTC."
        ) from None


def _log_level(value: str) -> int | None:
    if not value:
        return None
    if value.lower() not in LOG_LEVELS:
        raise ConfigurationError(f"DAYBOOK_LOG: {value!r} is none of {', '.join(LOG_LEVELS)}.")
    return LOG_LEVELS[value.lower()]
