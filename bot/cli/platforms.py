"""The platforms as one table: what serve, invite and doctor must know of each to reach it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bot.adapter import Adapter, Identity, PlatformUnreachableError, TokenRefusedError
from bot.config import Config
from bot.errors import ConfigurationError, UserError
from bot.redaction import Redaction
from bot.service import Service


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: its names, and where its adapter and the library for it are.

    The adapter's module has `adapter(settings, service) -> Adapter` and
    `async look(settings) -> Identity`.
    """

    name: str
    title: str
    variable: str
    module: str
    library: str
    settings: Callable[[Config], Any]

    def adapter(self, config: Config, service: Service) -> Adapter:
        """Return the adapter; raises ConfigurationError where its library is not installed."""
        adapter: Adapter = self.app().adapter(self.settings(config), service)
        return adapter

    async def look(self, config: Config) -> Identity:
        """Return who the bot is; raises TokenRefusedError and PlatformUnreachableError."""
        identity: Identity = await self.app().look(self.settings(config))
        return identity

    def app(self) -> Any:  # noqa: ANN401 - a module, whose functions the class's docstring names
        """Return the adapter's module, imported now; raises ConfigurationError as above."""
        try:
            return import_module(self.module)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.partition(".")[0] != self.library:
                raise
            raise ConfigurationError(
                f"{self.variable}: is set, but the library for {self.title} is not installed;"
                f" pip install 'daybook-bot[{self.name}]'"
            ) from None


PLATFORMS = (
    Platform(
        name="discord",
        title="Discord",
        variable="DISCORD_TOKEN",
        module="adapters.discord.app",
        library="discord",
        settings=lambda config: config.discord,
    ),
    Platform(
        name="telegram",
        title="Telegram",
        variable="TELEGRAM_TOKEN",
        module="adapters.telegram.app",
        library="telegram",
        settings=lambda config: config.telegram,
    ),
)


def chosen(config: Config) -> list[Platform]:
    """Return the platforms whose token is set."""
    return [platform for platform in PLATFORMS if platform.settings(config) is not None]


def no_token() -> ConfigurationError:
    """Return what is said where no token is set."""
    names = " or ".join(platform.variable for platform in PLATFORMS)
    return ConfigurationError(f"{names} must hold a bot's token; README says where to get one.")


LOOK_SECONDS = 10.0
"""For one platform to say who the bot is; discord.py alone would try for 25 seconds."""


def look(platform: Platform, config: Config) -> Identity:
    """Ask a platform who the bot is; raises UserError with the sentence for the operator.

    It is a ConfigurationError where the token is refused or the library missing.
    """
    hidden = Redaction(config.secrets)
    try:
        with asyncio.Runner(debug=False) as runner:
            return runner.run(asyncio.wait_for(platform.look(config), LOOK_SECONDS))
    except TokenRefusedError as error:
        raise ConfigurationError(f"{platform.variable}: {hidden.clean(str(error))}") from None
    except PlatformUnreachableError as error:
        raise UserError(f"{platform.title}: {hidden.clean(str(error))}") from None
    except TimeoutError:
        raise UserError(
            f"{platform.title} did not answer within {LOOK_SECONDS:.0f} seconds; try again."
        ) from None
