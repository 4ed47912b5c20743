"""The bot on Discord: `adapter` makes it, `look` says who a token belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.discord.client import NAME, Client
from adapters.discord.delivery import DiscordDelivery
from adapters.discord.identify_budget import IdentifyBudget
from adapters.discord.invite import server_link, user_link
from adapters.discord.library import discord
from adapters.discord.reaching import login, outages, use_servers
from adapters.discord.render import LONGEST_CUSTOM_ID, LONGEST_LABEL, ROOM, size
from bot.adapter import Identity, PlatformUnreachableError, Remark, TokenRefusedError
from bot.buttons import Buttons
from bot.daily.delivery import PlaceListener, Target
from bot.dialogue import Dialogue
from bot.safe_text import utf16_length
from bot.seen import Seen
from bot.service import Service
from bot.settings import DiscordSettings

LONGEST_OUTAGE = 120.0
"""Seconds without a gateway after which the connection is begun anew: discord.py would go on trying
to resume a session at a server that may be gone."""

HEARTBEAT_TIMEOUT = 60.0
"""Seconds without a word of the gateway, which answers each heartbeat, after which it is left; the
library's own default."""


def adapter(settings: DiscordSettings, service: Service) -> DiscordAdapter:
    """Return the bot on Discord, not yet connected."""
    return DiscordAdapter(settings, service)


async def look(settings: DiscordSettings) -> Identity:
    """Return who the bot is and how to invite it, with what is wrong with its set-up.

    Raises TokenRefusedError and PlatformUnreachableError.
    """
    use_servers(settings)
    with outages():
        async with discord.Client(intents=discord.Intents.none()) as client:
            await login(client, settings)
            application = await client.application_info()
    return Identity(
        name=application.name,
        invitations=(
            ("add to a server", server_link(application.id)),
            ("add to your account, for use anywhere", user_link(application.id)),
        ),
        remarks=tuple(_remarks(application)),
    )


def _remarks(application: discord.AppInfo) -> Iterator[Remark]:
    where = "in the developer portal"
    if application.interactions_endpoint_url:
        yield Remark(
            False, f"slash commands go to an Interactions Endpoint URL; clear it {where}, General"
        )
    if not application.bot_public:
        yield Remark(True, f"only you can add the bot; Public Bot {where}, Bot, changes that")
    if application.user_integration_config is None:
        yield Remark(
            False, f"the bot can't be added to accounts; tick User Install {where}, Installation"
        )


class DiscordAdapter:
    """The bot on Discord; `run` connects, and may be called again after it failed."""

    name = NAME

    def __init__(
        self,
        settings: DiscordSettings,
        service: Service,
        *,
        longest_outage: float = LONGEST_OUTAGE,
        heartbeat_timeout: float = HEARTBEAT_TIMEOUT,
    ) -> None:
        """Take where Discord is, what answers, and the seconds that the constants explain."""
        self._settings = settings
        self._service = service
        self._longest_outage = longest_outage
        self._heartbeat_timeout = heartbeat_timeout
        token = settings.token.reveal()
        self._dialogue = Dialogue(
            platform=NAME,
            service=service,
            buttons=Buttons(token, LONGEST_CUSTOM_ID, utf16_length),
            room=ROOM,
            size=size,
            longest_label=LONGEST_LABEL,
        )
        self._seen = Seen()
        self._budget = IdentifyBudget()
        self._client: Client | None = None
        self._places: PlaceListener | None = None
        self.delivery = DiscordDelivery(settings, self._permissions)
        """Daily posts, by requests of their own."""
        self._is_stopping = False

    @property
    def is_connected(self) -> bool:
        """Whether the gateway is open and knows us."""
        return self._client is not None and self._client.is_connected

    def listen(self, listener: PlaceListener) -> None:
        """Take whom to tell what changes in servers."""
        self._places = listener

    def _permissions(self, target: Target) -> frozenset[str] | None:
        """Return what the bot may do in a place, none while the gateway doesn't tell."""
        return self._client.permissions(target) if self._client and self.is_connected else None

    async def run(self) -> None:
        """Connect and answer until `stop`; raises TokenRefusedError, PlatformUnreachableError."""
        if self._is_stopping:
            return
        use_servers(self._settings)
        client = Client(
            self._dialogue,
            self._seen,
            self._budget,
            self._places,
            longest_outage=self._longest_outage,
            heartbeat_timeout=self._heartbeat_timeout,
        )
        self._client = client
        with outages():
            async with client:
                await client.unless_ended(login(client, self._settings))
                await client.serve()
        if client.refusal is not None:
            raise TokenRefusedError(client.refusal)
        if not self._is_stopping:
            raise PlatformUnreachableError("the connection to Discord ended")

    async def stop(self) -> None:
        """Take no new work, finish what is under way, and close the connection."""
        self._is_stopping = True
        if self._client is not None:
            await self._client.drain()
            self._client.end()
