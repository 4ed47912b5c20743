"""What a chat and a question on the command line share: configuration, library, and today."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

import platformdirs

from bot.answer import Answerer, broken
from bot.command import Request
from bot.config import load_offline_config
from bot.errors import ConfigurationError, UserError
from bot.reply import Reply
from knowledge.library import FaultyPacksError, open_library

logger = logging.getLogger("daybook")

APPLICATION = "daybook"


def cache_folder() -> Path:
    """Return where built knowledge files are kept: the user's cache directory."""
    return Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False))


def data_folder() -> Path:
    """Return where the user's own data are kept."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


@dataclass(frozen=True, slots=True)
class Session:
    """An open library, and what tells today: a fixed moment, else the clock in a zone.

    Without a zone it is the machine's. The clock is read at each question, for a chat may go on
    past midnight.
    """

    answerer: Answerer
    now: datetime | None = None
    zone: tzinfo | None = None

    def answer(self, text: str) -> Reply:
        """Return the reply to a typed line. A bug is logged whole and told as what it is."""
        now = self.now or datetime.now(self.zone).astimezone(self.zone)
        try:
            return self.answerer.answer(Request(today=now.date(), text=text))
        except Exception:
            logger.exception("a question could not be answered")
            return broken()


def open_session(added: Sequence[Path] = (), now: datetime | None = None) -> Session:
    """Open the configured library with further packs, and set the clock.

    `now` is taken into the zone of DAYBOOK_ZONE if that is set. Raises ConfigurationError for what
    the environment says, UserError for the packs added here.
    """
    config = load_offline_config(os.environ)
    logging.basicConfig(level=config.log_level or logging.WARNING)
    if config.zone is not None and now is not None:
        now = now.astimezone(config.zone)
    try:
        store = open_library([*config.packs, *added], cache_folder())
    except FaultyPacksError as error:
        raise _about_packs(error, added) from None
    return Session(Answerer(store), now, config.zone)


def _about_packs(error: FaultyPacksError, added: Sequence[Path]) -> UserError:
    if any(complaint.startswith(str(path)) for complaint in error.complaints for path in added):
        return UserError("\n".join(error.complaints))
    return wrong_packs(error)


def wrong_packs(error: FaultyPacksError) -> ConfigurationError:
    """Return what is said of packs that the environment names."""
    first, *more = error.complaints
    rest = f" (and {len(more)} more; daybook check names all)" if more else ""
    return ConfigurationError(f"DAYBOOK_KNOWLEDGE: {first}{rest}")
