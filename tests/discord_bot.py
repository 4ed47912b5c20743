"""The bot on an emulated Discord, for tests: started, asked, and looked through at the end.

with serving_discord(daybook, DAYBOOK_RATE="off") as bot:
    anna, channel = bot.person(), bot.channel()
    answer = bot.ask(anna, channel, "whowas", name="Leon Trotsky")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from emulators.discord_interactions import Exchange
from emulators.discord_rest import Call
from emulators.discord_seen import SeenMessage
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel, Guild, User
from processes import Daybook
from serving import Serving

PATIENCE = 10.0
"""Seconds until an answer that hasn't come is missed."""

SLASH, MESSAGE, THINKING, WILL_UPDATE, UPDATE = 2, 4, 5, 6, 7
"""Types of a response:
https://docs.discord.com/developers/interactions/receiving-and-responding."""

TIMELINE = "timeline of Leon Trotsky"
"""A question whose answer has many pages."""


@dataclass
class Bot:
    """The bot as a process, the Discord it is on, and a server to which it belongs."""

    discord: DiscordEmulator
    serving: Serving
    guild: Guild
    general: Channel
    """The channel that the server had before the bot was started."""

    def person(self, name: str = "anna", **how: Any) -> User:  # noqa: ANN401 - as add_user takes
        """Return somebody new in the server."""
        return self.discord.add_user(name, self.guild, **how)

    def channel(self, kind: str = "text", parent: Channel | None = None) -> Channel:
        """Return a new channel of the server, in which nobody has said anything."""
        return self.discord.add_channel(self.guild, kind=kind, parent=parent)

    def ask(self, user: User, channel: Channel, name: str, /, **options: str) -> SeenMessage:
        """Use a slash command and return the answer."""
        return self.slash(user, channel, name, **options).wait_for_message(PATIENCE)

    def slash(self, user: User, channel: Channel, name: str, /, **options: str) -> Exchange:
        """Use a slash command and return its exchange once it has a first answer."""
        return self.discord.slash(user, channel, name, options).wait(PATIENCE)

    def mention(self, user: User, channel: Channel, question: str) -> SeenMessage:
        """Mention the bot with a question and return its reply."""
        said = self.discord.say(user, channel, f"{self.discord.bot.mention} {question}")
        return self.reply_to(said, channel)

    def reply_to(self, said: SeenMessage, channel: Channel) -> SeenMessage:
        """Wait for the bot's reply to a message."""
        own = self.discord.bot.id
        return self.discord.wait_for_message(
            channel, lambda one: one.author_id == own and one.reference == said.id, PATIENCE
        )

    def press(self, user: User, message: SeenMessage, label: str) -> Exchange:
        """Press the first button whose label begins so, and return the answered exchange."""
        return self.discord.press(user, message, button(message, label)).wait(PATIENCE)

    def deliver(self, event: str, data: dict[str, Any]) -> None:
        """Send the bot an event as it is, for what the emulated people can't do."""
        discord = self.discord

        def send() -> None:
            for session in discord.gateway.sessions.values():
                session.dispatch(event, data)

        discord._do(send)

    def said_by_bot(self, channel: Channel) -> list[SeenMessage]:
        """Return what the bot has said in a channel, once what came before has been handled.

        Answers are computed one after the other, so that after a question of now nothing is left.
        """
        passer = self.person("passer-by")
        self.slash(passer, self.channel(), "whowas", name=f"nobody-{passer.id}")
        own = self.discord.bot.id
        return [one for one in self.discord.messages(channel) if one.author_id == own]

    def answers(self, user: User | None = None) -> bool:
        """Ask a question that was not asked before; fail unless it is answered rightly."""
        text = self.ask(user or self.person(), self.channel(), "whowas", name="Kamenev").shown
        assert "Lev Kamenev" in text
        return True

    def assert_well(self) -> None:
        """Fail where a call was refused, could notify somebody, or a traceback was logged."""
        self.discord.assert_nothing_refused()
        self.assert_quiet()

    def assert_quiet(self) -> None:
        """Fail where a call could notify somebody, or a traceback was logged."""
        assert not [call for call in self.discord.calls if not notifies_nobody(call)]
        assert "Traceback" not in self.serving.log
        assert not self.serving.other_lines


def button(message: SeenMessage, label: str) -> str:
    """Return the custom id of the first button whose label begins so."""
    found = [one.custom_id for one in message.buttons if one.label.startswith(label)]
    assert found, f"no button {label!r} among {[one.label for one in message.buttons]}"
    custom_id = found[0]
    assert custom_id is not None
    return custom_id


def labels(message: SeenMessage) -> list[str]:
    """Return the labels of a message's buttons."""
    return [one.label for one in message.buttons]


def notifies_nobody(call: Call) -> bool:
    """Whether a call writes no message, or one that says that nobody is to be notified."""
    body = call.body
    if not isinstance(body, dict) or call.method not in ("POST", "PATCH"):
        return True
    message = body.get("data", {}) if call.path.endswith("/callback") else body
    if not {"content", "embeds"} & message.keys():
        return True
    mentions = message.get("allowed_mentions") or {}
    return mentions.get("parse") == [] and not mentions.get("replied_user")


def posts(discord: DiscordEmulator, channel: Channel) -> list[Call]:
    """Return the calls that would send a message to a channel."""
    path = f"/channels/{channel.id}/messages"
    return [call for call in discord.calls if (call.method, call.path) == ("POST", path)]


@contextmanager
def serving_discord(
    daybook: Daybook, *, ready: bool = True, discord: DiscordEmulator | None = None, **more: str
) -> Iterator[Bot]:
    """Start an emulated Discord and the bot on it, which nothing limits unless `more` says so.

    Without `ready` nobody waits for it. One that runs already may be given.
    """
    if discord is None:
        with DiscordEmulator() as own:
            guild = own.add_guild()
            with serving_on(daybook, own, guild, ready=ready, **more) as bot:
                yield bot
    else:
        with serving_on(daybook, discord, discord.add_guild(), ready=ready, **more) as bot:
            yield bot


@contextmanager
def serving_on(
    daybook: Daybook, discord: DiscordEmulator, guild: Guild, *, ready: bool = True, **more: str
) -> Iterator[Bot]:
    """Start the bot on a Discord that runs, again or for the first time."""
    environment = {"DAYBOOK_RATE": "off", "DAYBOOK_LOG": "debug", **discord.environment, **more}
    general = next(iter(guild.channels.values()), None) or discord.add_channel(guild)
    with Serving(daybook, environment) as serving:
        if ready:
            serving.wait_until_ready()
            discord.wait_for_commands()
        yield Bot(discord, serving, guild, general)
