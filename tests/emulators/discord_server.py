"""A Discord of one's own, on 127.0.0.1: what a bot's tests start, look at, and break.

    with DiscordEmulator() as discord:
        guild = discord.add_guild()
        channel = discord.add_channel(guild)
        anna = discord.add_user("anna", guild)
        ...start the bot with discord.environment...
        discord.wait_until_ready()
        answer = discord.slash(anna, channel, "help").wait().message
        assert "sources" in answer.shown
        discord.assert_nothing_refused()

It runs in a thread of its own. Every method may be called from any thread, returns at once or takes
a time-out, and raises `ValueError` for what a person or a client couldn't do. Objects that it
returns (users, channels, messages) are to be looked at only.

As a process of its own: `python -m emulators.discord_server` with `tests` on the path; see `main`.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Mapping

from emulators.discord_building import Building
from emulators.discord_errors import Json, JsonValue
from emulators.discord_interactions import Exchange
from emulators.discord_life import PATIENCE
from emulators.discord_load import Load
from emulators.discord_rest import Call
from emulators.discord_seen import SeenMessage
from emulators.discord_trouble import Trouble
from emulators.discord_world import Channel, Guild, User


class DiscordEmulator(Building, Trouble, Load):
    """A local Discord. Use it as a context manager, or call `start()` and `stop()`.

    - `token`: the bot's; any other is refused.
    - `check`: whether bodies are checked against Discord's API description as well as against the
      limits that it lacks; without the file `NoSpecError` is raised when it is made.
    - `now`: a clock in seconds since 1970; `advance()` moves it, for tokens that run out.
    - `record`: whether calls are kept in `.calls`; off for benchmarks.
    - `installs`: how the app may be installed (0 in servers, 1 by users for themselves); commands
      that don't say their `integration_types` get these.
    - `nonce_window`: seconds for which `enforce_nonce` gives the same message back.
    """

    # -- people -----------------------------------------------------------------------------------

    def say(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        reply_to: SeenMessage | None = None,
        ping_reply: bool = True,
    ) -> SeenMessage:
        """Let somebody write. The bot hears of it as its intents allow.

        Its text reaches the bot only in direct messages, where it is mentioned or replied to, or
        with the message-content intent. Raises `ValueError` where they may not write.
        """
        source = reply_to.source if reply_to else None
        return self._do(
            lambda: SeenMessage(self._people.say(user, channel, text, source, ping=ping_reply))
        )

    def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, JsonValue] | None = None,
        *,
        subcommand: str | None = None,
        locale: str | None = None,
    ) -> Exchange:
        """Let somebody use a slash command and return its exchange; `.wait()` for the answer.

        `options` by name: text, numbers, or a User, Channel or Role. `subcommand` may be two words,
        group and sub-command. Raises `ValueError` where Discord's client wouldn't offer the command
        (not registered, context, installation, permissions) or take an option.
        """
        return self._do(
            lambda: self._people.slash(
                user, channel, name, options or {}, locale=locale, subcommand=subcommand
            )
        )

    def autocomplete(
        self,
        user: User,
        channel: Channel,
        name: str,
        option: str,
        typed: str,
        others: Mapping[str, JsonValue] | None = None,
        *,
        subcommand: str | None = None,
        locale: str | None = None,
        timeout: float = 3.0,
    ) -> list[Json]:
        """Let somebody type into an option; return the choices: name and value each."""
        exchange = self._do(
            lambda: self._people.autocomplete(
                user,
                channel,
                name,
                option,
                typed,
                others or {},
                locale=locale,
                subcommand=subcommand,
            )
        )
        return exchange.wait(timeout).choices

    def press(self, user: User, message: SeenMessage, label_or_custom_id: str) -> Exchange:
        """Let somebody press a button; raises `ValueError` where it isn't there or is disabled."""
        button = SeenMessage(message.source).button(label_or_custom_id)
        if button.custom_id is None or button.disabled:
            raise ValueError(f"the button {label_or_custom_id!r} can't be pressed")
        custom_id = button.custom_id
        return self._do(lambda: self._people.press(user, message.source, custom_id, forged=False))

    def press_raw(self, user: User, message: SeenMessage, custom_id: str) -> Exchange:
        """Send a press of a button with any custom id, as a forger would."""
        return self._do(lambda: self._people.press(user, message.source, custom_id, forged=True))

    def deliver_again(self, exchange: Exchange) -> None:
        """Send the very same interaction once more, as a replay after a resume may."""
        self._do(lambda: self._people.deliver(exchange))

    # -- looking ----------------------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every REST request so far, in order."""
        return list(self._rest.calls)

    @property
    def refused(self) -> list[Call]:
        """Every request that was refused by a rule, a limit or the schema; `.reason` says why."""
        return list(self._rest.refused)

    @property
    def invalid_requests(self) -> int:
        """How many answers counted towards a ban: 401, 403, and 429 unless "shared"."""
        return self._rest.invalid_requests

    def assert_nothing_refused(self) -> None:
        """Raise `AssertionError` naming each refused call, and keys that Discord doesn't know."""
        said = [f"{call.method} {call.path}: {call.reason}" for call in self.refused]
        said += [
            f"{call.method} {call.path}: undocumented keys {call.unknown_keys}"
            for call in self.calls
            if call.unknown_keys
        ][:10]
        said += [f"the gateway closed with {code}" for code in self._gateway.closed]
        if said:
            raise AssertionError("\n".join(said))

    def messages(self, channel: Channel) -> list[SeenMessage]:
        """Return what stands in a channel now, oldest first; ephemeral ones aren't among them."""
        return self._do(lambda: [SeenMessage(each) for each in channel.messages.values()])

    def wait_for_message(
        self,
        channel: Channel,
        predicate: Callable[[SeenMessage], bool] | None = None,
        timeout: float = PATIENCE,
    ) -> SeenMessage:
        """Wait for a message in a channel; without a predicate for one of the bot's.

        Raises `TimeoutError`, telling what stands in the channel.
        """

        def fits(message: SeenMessage) -> bool:
            if predicate is None:
                return message.author_id == self.bot.id
            return predicate(message)

        found: list[SeenMessage] = []

        def there() -> bool:
            found[:] = [
                each for each in map(SeenMessage, list(channel.messages.values())) if fits(each)
            ]
            return bool(found)

        if not self._wait_until(there, timeout):
            shown = [each.shown for each in self.messages(channel)]
            raise TimeoutError(f"no such message within {timeout} s; the channel has {shown}")
        return found[-1]

    def commands(self, guild: Guild | None = None) -> dict[str, Json]:
        """Return the registered commands by name: global ones, or those of a server."""
        every = self._do(lambda: self._commands.all(guild.id if guild else None))
        return {command["name"]: command for command in every}

    def register(self, commands: list[Json], guild: Guild | None = None) -> None:
        """Register commands without a bot, as PUT would."""
        self._do(lambda: self._commands.overwrite(guild.id if guild else None, commands))


def main() -> None:
    """Serve as a process: one JSON object a line in and out.

    First comes `{"environment": ..., "guild": ..., "channel": ..., "user": ...}` of a ready-made
    server. Then, for each line `{"flood": {"name": ..., "options": ..., "count": ...,
    "in_flight": ...}}`, `{"latencies": [...]}`; for `{"wait": seconds}`, `{"commands": [...]}` once
    the bot has registered some and is connected. It ends with its input.
    """
    with DiscordEmulator(check=False, record=False) as discord:
        guild = discord.add_guild()
        channel = discord.add_channel(guild)
        user = discord.add_user("anna", guild)
        ready = {"guild": guild.id, "channel": channel.id, "user": user.id}
        _print({"environment": discord.environment, **ready})
        for line in sys.stdin:
            asked = json.loads(line)
            if "wait" in asked:
                discord.wait_until_ready(asked["wait"])
                _print({"commands": sorted(discord.wait_for_commands(asked["wait"]))})
            elif "flood" in asked:
                flood = asked["flood"]
                name, options = flood.pop("name"), flood.pop("options", {})
                _print({"latencies": discord.flood(user, channel, name, options, **flood)})


def _print(said: Json) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
