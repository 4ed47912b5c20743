"""The real discord.py on the emulator: only its two addresses are changed."""

from __future__ import annotations

import asyncio
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import yarl
from emulators.discord_raw import Place, a_place

with warnings.catch_warnings():
    # importing it on Python 3.11 warns of audioop's removal from the standard library
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    import discord.gateway
    import discord.http

HELP: dict[str, Any] = {
    "name": "help",
    "description": "d",
    "type": 1,
    "options": [{"type": 3, "name": "text", "description": "d", "autocomplete": True}],
}


class Bot(discord.Client):
    """A bare bot: a command with a button, choices, and an answer to mentions."""

    failures: list[BaseException]

    async def setup_hook(self) -> None:
        await self.http.bulk_upsert_global_commands(self.application_id or 0, [HELP])

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        response = interaction.response
        if interaction.type is discord.InteractionType.autocomplete:
            await response.autocomplete([discord.app_commands.Choice(name="One", value="1")])
        elif interaction.type is discord.InteractionType.component:
            await response.edit_message(content="pressed", view=None)
        elif "options" in (interaction.data or {}):
            await response.defer(ephemeral=True)
            await interaction.followup.send("later", ephemeral=True)
        else:
            view = discord.ui.View()
            view.add_item(discord.ui.Button(label="More", custom_id="more"))
            embed = discord.Embed(title="Help", description="**text**")
            await response.send_message(embed=embed, view=view)
            await interaction.followup.send("and more")

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            quiet = discord.AllowedMentions.none()
            await message.reply(f"heard: {message.content}", allowed_mentions=quiet)


@contextmanager
def running(place: Place, token: str | None = None) -> Iterator[Bot]:
    """Run the bot in a thread of its own, its two addresses changed, until the end of the block."""
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    bot = Bot(intents=intents, max_messages=None, guild_ready_timeout=0.1)
    failures: list[BaseException] = []

    async def run() -> None:
        async with bot:
            await bot.start(token or place.discord.token)

    def in_thread() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:
            failures.append(error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.http.Route, "BASE", place.discord.api_url)
        gateway = yarl.URL(place.discord.gateway_url)
        patch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        thread = threading.Thread(target=in_thread, daemon=True)
        thread.start()
        bot.failures = failures
        try:
            place.discord.wait_until(
                lambda: place.discord.connected or bool(failures), 10, "a start or a failure"
            )
            yield bot
        finally:
            if thread.is_alive():
                asyncio.run_coroutine_threadsafe(bot.close(), bot.loop).result(10)
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with a_place() as made:
        made.discord.gateway.heartbeat_interval = 0.5
        yield made


@pytest.fixture(scope="module")
def bot(place: Place) -> Iterator[Bot]:
    with running(place) as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_refused(place: Place) -> Iterator[None]:
    yield
    place.discord.assert_nothing_refused()


def test_it_starts_registers_and_asks_for_its_intents(place: Place, bot: Bot) -> None:
    assert set(place.discord.wait_for_commands()) == {"help"}
    assert place.discord.intents == 1 | 1 << 9 | 1 << 12
    assert bot.user is not None
    assert str(bot.user.id) == place.discord.application_id


def test_it_knows_the_server_and_its_own_permissions(place: Place, bot: Bot) -> None:
    place.discord.wait_until(bot.is_ready, 5)
    channel = bot.get_channel(int(place.channel.id))
    assert isinstance(channel, discord.TextChannel)
    own = channel.permissions_for(channel.guild.me)
    assert (own.send_messages, own.embed_links, own.mention_everyone) == (True, True, False)


def test_a_command_is_answered_with_a_further_message(place: Place, bot: Bot) -> None:
    exchange = place.discord.slash(place.anna, place.channel, "help").wait()
    assert exchange.wait_for_followup().content == "and more"
    assert exchange.message is not None
    assert exchange.message.shown == "Help\ntext"
    assert 0 < exchange.latency < 3


def test_a_button_edits_its_message(place: Place, bot: Bot) -> None:
    exchange = place.discord.slash(place.anna, place.channel, "help").wait()
    exchange.wait_for_followup()
    assert exchange.message is not None
    press = place.discord.press(place.anna, exchange.message, "More").wait()
    assert press.message is not None
    assert (press.type, press.message.content, press.message.buttons) == (7, "pressed", [])


def test_a_deferred_answer_is_filled_in_for_the_asker_only(place: Place, bot: Bot) -> None:
    exchange = place.discord.slash(place.anna, place.channel, "help", {"text": "x"})
    assert exchange.wait_for_message().content == "later"
    assert (exchange.type, exchange.ephemeral, exchange.followups) == (5, True, [])


def test_typing_gets_choices(place: Place, bot: Bot) -> None:
    choices = place.discord.autocomplete(place.anna, place.channel, "help", "text", "o")
    assert [(each["name"], each["value"]) for each in choices] == [("One", "1")]


def test_a_mention_is_heard_and_answered_without_pings(place: Place, bot: Bot) -> None:
    mention = place.discord.bot.mention
    said = place.discord.say(place.anna, place.channel, f"{mention} @everyone")
    answer = place.discord.wait_for_message(place.channel, lambda m: m.reference == said.id)
    assert answer.content == f"heard: {mention} @everyone"
    assert not answer.pings


def test_a_direct_message_is_heard(place: Place, bot: Bot) -> None:
    direct = place.discord.dm(place.anna)
    place.discord.say(place.anna, direct, "hello")
    assert place.discord.wait_for_message(direct).content == "heard: hello"


def test_it_beats_and_is_acknowledged(place: Place, bot: Bot) -> None:
    def beats() -> int:
        return sum(each.heartbeats for each in list(place.discord.gateway.connections))

    place.discord.wait_until(lambda: beats() >= 2, 5, "a second heartbeat")
    assert bot.latency < 1


@pytest.mark.parametrize("way", ["reconnect", "invalid, resumable", "reset"])
def test_it_resumes_and_hears_what_it_missed(place: Place, bot: Bot, way: str) -> None:
    emulator = place.discord
    resumed = len(emulator.gateway.resumes)
    identified = len(emulator.gateway.identifies)
    if way == "reconnect":
        emulator.reconnect()
    elif way == "reset":
        emulator.cut_gateway(reset=True)
    else:
        emulator.invalidate(resumable=True)
    direct = emulator.dm(place.anna)
    said = emulator.say(place.anna, direct, f"during {way}")
    emulator.wait_for_message(direct, lambda m: m.reference == said.id, 15)
    assert len(emulator.gateway.resumes) == resumed + 1
    assert len(emulator.gateway.identifies) == identified
    replies = [m for m in emulator.messages(direct) if m.reference == said.id]
    assert len(replies) == 1


def test_an_invalid_session_makes_it_identify_anew(place: Place, bot: Bot) -> None:
    identified = len(place.discord.gateway.identifies)
    place.discord.invalidate()
    place.discord.wait_until(
        lambda: len(place.discord.gateway.identifies) == identified + 1, 10, "a new identify"
    )
    place.discord.wait_until_ready()
    place.discord.slash(place.anna, place.channel, "help").wait(5)


def test_a_fatal_close_code_ends_it() -> None:
    with a_place(check=False) as place, running(place) as bot:
        place.discord.close_gateway(4004)
        place.discord.wait_until(lambda: bool(bot.failures), 5, "the end of the bot")
        (failure,) = bot.failures
        assert isinstance(failure, discord.ConnectionClosed)
        assert failure.code == 4004


def test_a_wrong_token_ends_it_before_the_gateway() -> None:
    with a_place(check=False) as place, running(place, token="another") as bot:  # noqa: S106
        place.discord.wait_until(lambda: bool(bot.failures), 5, "the end of the bot")
        (failure,) = bot.failures
        assert isinstance(failure, discord.LoginFailure)
        assert place.discord.refused[0].status == 401
