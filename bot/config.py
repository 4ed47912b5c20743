"""The configuration: read once from the environment into one frozen value, and passed on."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import ConfigurationError
from bot.wording import joined
from knowledge.packs.builtin import builtin_packs

LOG_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


@dataclass(frozen=True, slots=True)
class Config:
    """What the environment says. `zone` is none where DAYBOOK_ZONE is not set."""

    packs: tuple[Path, ...]
    zone: ZoneInfo | None = None
    log_level: int = logging.WARNING


def load_config(environment: Mapping[str, str]) -> Config:
    """Return the configuration; raises ConfigurationError, which names the variable."""
    return Config(
        packs=_builtin(environment.get("DAYBOOK_PACKS"))
        + _added(environment.get("DAYBOOK_KNOWLEDGE", "")),
        zone=_zone(environment.get("DAYBOOK_ZONE", "")),
        log_level=_log_level(environment.get("DAYBOOK_LOG", "")),
    )


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


def _log_level(value: str) -> int:
    if not value:
        return logging.WARNING
    if value.lower() not in LOG_LEVELS:
        raise ConfigurationError(f"DAYBOOK_LOG: {value!r} is none of {', '.join(LOG_LEVELS)}.")
    return LOG_LEVELS[value.lower()]
