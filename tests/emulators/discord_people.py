"""What people do: write, use a command, type into an option, press a button.

Interaction payloads: docs.discord.com/developers/interactions/receiving-and-responding (Interaction
Object). All of this runs on the emulator's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

from emulators import discord_permissions as may
from emulators.discord_commands import Commands
from emulators.discord_errors import Json, JsonValue
from emulators.discord_gateway import Gateway
from emulators.discord_interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    Exchange,
    Interactions,
)
from emulators.discord_limits import every_component
from emulators.discord_messages import Message, Messages
from emulators.discord_world import FORUMS, Channel, User, World

Options = Mapping[str, Any]

SAID = 4000
"""Characters that the client lets the best-paying person write."""


class People:
    """Does what people do."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        messages: Messages,
        interactions: Interactions,
        commands: Commands,
        wait: Callable[[Callable[[], bool], float], bool],
    ) -> None:
        self.world = world
        self.gateway = gateway
        self.messages = messages
        self.interactions = interactions
        self.commands = commands
        self.wait = wait

    # -- writing ----------------------------------------------------------------------------------

    def say(
        self, user: User, channel: Channel, text: str, reply_to: Message | None, *, ping: bool
    ) -> Message:
        """Write a message; raises `ValueError` where the client or the server wouldn't let them."""
        if not text.strip():
            raise ValueError("a message needs a text")
        if len(text) > SAID:
            raise ValueError(f"{len(text)} characters: a person may write {SAID} at most")
        allowed = self.world.permissions(user, channel)
        needed = may.SEND_MESSAGES_IN_THREADS if channel.is_thread else may.SEND_MESSAGES
        if not allowed & may.VIEW_CHANNEL or not allowed & needed or channel.kind in FORUMS:
            raise ValueError(f"{user.name} may not write in this channel")
        if channel.locked and not allowed & may.MANAGE_THREADS:
            raise ValueError("the thread is locked")
        self._slow_mode(user, channel, allowed)
        channel.archived = False
        body: Json = {"content": text}
        if reply_to is not None:
            body["allowed_mentions"] = {
                "parse": ["everyone", "roles", "users"],
                "replied_user": ping,
            }
        return self.messages.add(channel, user, body, sender_may=allowed, replied_to=reply_to)

    def _slow_mode(self, user: User, channel: Channel, allowed: int) -> None:
        now = self.world.now()
        free = may.MANAGE_MESSAGES | may.MANAGE_CHANNELS
        if channel.slow_mode and not user.bot and not allowed & free:
            wait = channel.slow_mode - (now - channel.spoke.get(user.id, -1e9))
            if wait > 0:
                raise ValueError(f"slow mode: {user.name} has to wait {wait:.1f} s")
        channel.spoke[user.id] = now

    # -- commands ---------------------------------------------------------------------------------

    def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Options,
        *,
        locale: str | None,
        subcommand: str | None,
    ) -> Exchange:
        """Use a command; raises `ValueError` where the client wouldn't offer or take it."""
        data, user_installed = self.command_data(user, channel, name, options, subcommand, None)
        payload = self.payload(COMMAND, user, channel, data, user_installed, locale)
        return self.send(payload, user, channel, None, user_installed)

    def autocomplete(
        self,
        user: User,
        channel: Channel,
        name: str,
        option: str,
        typed: str,
        others: Options,
        *,
        locale: str | None,
        subcommand: str | None,
    ) -> Exchange:
        """Type into an option of a command."""
        data, user_installed = self.command_data(
            user, channel, name, {**others, option: typed}, subcommand, option
        )
        payload = self.payload(AUTOCOMPLETE, user, channel, data, user_installed, locale)
        return self.send(payload, user, channel, None, user_installed)

    def command_data(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Options,
        subcommand: str | None,
        focused: str | None,
    ) -> tuple[Json, bool]:
        """Return an interaction's data, and whether the app is there for the user only."""
        command, user_installed = self._offered(user, channel, name)
        known = command.get("options") or []
        path: list[Json] = []
        for word in (subcommand or "").split():
            found = next((o for o in known if o["name"] == word and o["type"] in (1, 2)), None)
            if found is None:
                raise ValueError(f"/{name} has no sub-command {word!r}")
            path.append(found)
            known = found.get("options") or []
        if any(option["type"] in (1, 2) for option in known):
            raise ValueError(f"/{name} needs a sub-command")
        resolved: Json = {}
        filled = self._options(name, known, options, focused, resolved, channel)
        for step in reversed(path):
            filled = [{"name": step["name"], "type": step["type"], "options": filled}]
        data: Json = {"id": command["id"], "name": command["name"], "type": 1}
        if filled:
            data["options"] = filled
        if resolved:
            data["resolved"] = resolved
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return data, user_installed

    def _offered(self, user: User, channel: Channel, name: str) -> tuple[Json, bool]:
        """Return a command that somebody is offered in a channel."""
        guild = channel.guild
        there = guild is not None and guild.has_bot
        found = None
        if there and guild is not None:
            of_guild = self.commands.kept.get(guild.id, {})
            found = next((c for c in of_guild.values() if c["name"] == name), None)
        if found is None:
            every = self.commands.kept[None].values()
            found = next((c for c in every if c["name"] == name and c["type"] == 1), None)
        if found is None:
            raise ValueError(f"no command /{name} is registered here")
        allowed = self.world.permissions(user, channel)
        if guild is not None:
            if not allowed & may.VIEW_CHANNEL:
                raise ValueError(f"{user.name} doesn't see this channel")
            if not allowed & may.USE_APPLICATION_COMMANDS:
                raise ValueError(f"{user.name} may not use commands here")
            needed = found["default_member_permissions"]
            if needed is not None and not _has(allowed, int(needed)):
                raise ValueError(f"/{name} is not for {user.name}")
        user_installed = self._check_context(found, user, channel, name, there)
        return found, user_installed

    def _check_context(
        self, command: Json, user: User, channel: Channel, name: str, there: bool
    ) -> bool:
        context = context_of(channel)
        if "guild_id" in command:
            return False
        contexts = command["contexts"]
        if contexts is None:
            contexts = [0, 1, 2] if command["dm_permission"] else [0]
        if context not in contexts:
            raise ValueError(f"/{name} is not offered in context {context}, only in {contexts}")
        kinds = command["integration_types"]
        if 0 in kinds and (there or context == 1):
            return False
        if 1 in kinds and user.installed:
            return True
        raise ValueError(f"/{name}: the app is neither in this place nor installed by {user.name}")

    def _options(
        self,
        name: str,
        known: list[Json],
        given: Options,
        focused: str | None,
        resolved: Json,
        channel: Channel,
    ) -> list[Json]:
        by_name = {option["name"]: option for option in known}
        for key in given:
            if key not in by_name:
                raise ValueError(f"/{name} has no option {key!r}")
        filled: list[Json] = []
        for key, value in given.items():
            option = by_name[key]
            if key == focused:
                if not option.get("autocomplete"):
                    raise ValueError(f"the option {key!r} of /{name} has no autocomplete")
                kind = option["type"]
                filled.append({"name": key, "type": kind, "value": str(value), "focused": True})
                continue
            check_value(name, option, value)
            is_thing = isinstance(value, (User, Channel)) or option["type"] == 8
            sent = self._resolve(value, resolved, channel) if is_thing else value
            filled.append({"name": key, "type": option["type"], "value": sent})
        if focused is None:
            for option in known:
                if option.get("required") and option["name"] not in given:
                    raise ValueError(f"/{name} needs the option {option['name']!r}")
        return filled

    @staticmethod
    def _resolve(value: JsonValue, resolved: Json, channel: Channel) -> str:
        if isinstance(value, User):
            resolved.setdefault("users", {})[value.id] = value.json()
            member = channel.guild.members.get(value.id) if channel.guild else None
            if member is not None:
                shown = member.json(with_user=False) | {"permissions": str(may.MEMBER)}
                resolved.setdefault("members", {})[value.id] = shown
        elif isinstance(value, Channel):
            shown = value.json() | {"permissions": str(may.MEMBER)}
            resolved.setdefault("channels", {})[value.id] = shown
        else:
            resolved.setdefault("roles", {})[value.id] = value.json()
        made: str = value.id
        return made

    # -- buttons ----------------------------------------------------------------------------------

    def press(self, user: User, message: Message, custom_id: str, *, forged: bool) -> Exchange:
        """Press a button; `forged` lets one be pressed that the message doesn't have."""
        channel = message.channel
        if message.deleted:
            raise ValueError("the message was deleted")
        if not self.world.permissions(user, channel) & may.VIEW_CHANNEL:
            raise ValueError(f"{user.name} doesn't see the message")
        asker = (message.data.get("interaction_metadata") or {}).get("user", {}).get("id")
        if message.ephemeral and not forged and user.id != asker:
            raise ValueError(f"only the asker sees this message, not {user.name}")
        found = next(
            (c for c in every_component(message.data["components"])
             if c.get("custom_id") == custom_id),
            None,
        )  # fmt: skip
        if not forged and (found is None or found.get("disabled")):
            raise ValueError(f"the message has no button {custom_id!r} that can be pressed")
        data: Json = {"custom_id": custom_id, "component_type": 2, "id": (found or {}).get("id", 1)}
        owners = (message.data.get("interaction_metadata") or {}).get(
            "authorizing_integration_owners", {}
        )
        user_installed = "0" not in owners and "1" in owners
        payload = self.payload(COMPONENT, user, channel, data, user_installed, None)
        payload["message"] = message.data
        return self.send(payload, user, channel, message, user_installed)

    # -- interactions -----------------------------------------------------------------------------

    def payload(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: Json,
        user_installed: bool,
        locale: str | None,
    ) -> Json:
        """Return an interaction as the gateway sends it."""
        guild = channel.guild
        allowed = self.world.permissions(user, channel)
        owners: Json = {}
        if user_installed:
            owners["1"] = user.id
        else:
            owners["0"] = guild.id if guild is not None else "0"
        shown = channel.json()
        shown["permissions"] = str(allowed)
        bot_may = self.world.permissions(self.world.bot, channel) or may.INVITED
        payload: Json = {
            "id": self.world.new_id(),
            "application_id": self.world.application_id,
            "type": kind,
            "data": data,
            "token": self.interactions.new_token(),
            "version": 1,
            "channel": shown,
            "channel_id": channel.id,
            "app_permissions": str(bot_may),
            "locale": locale or user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": owners,
            "context": context_of(channel),
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if guild is None:
            payload["user"] = user.json()
        else:
            member = guild.members[user.id].json() | {"permissions": str(allowed)}
            payload["member"] = member
            payload["guild_id"] = guild.id
            payload["guild_locale"] = guild.locale
            payload["guild"] = {"id": guild.id, "locale": guild.locale, "features": []}
        return payload

    def send(
        self,
        payload: Json,
        user: User,
        channel: Channel,
        source: Message | None,
        user_installed: bool,
    ) -> Exchange:
        """Send an interaction to the bot and return its exchange."""
        exchange = Exchange(
            payload,
            user=user,
            channel=channel,
            source=source,
            user_installed=user_installed,
            now=self.world.now(),
            wait=self.wait,
        )
        self.interactions.open(exchange)
        exchange.sent_at = perf_counter()
        self.deliver(exchange)
        return exchange

    def deliver(self, exchange: Exchange) -> None:
        """Send an interaction to the bot (again)."""
        guild = exchange.channel.guild
        has_bot = guild is not None and guild.has_bot
        session = self.gateway.interaction_session(guild.id if guild and has_bot else None)
        if session is not None:
            session.dispatch("INTERACTION_CREATE", exchange.payload)
            exchange.deliveries += 1


def _has(allowed: int, needed: int) -> bool:
    """Whether somebody has a command's default permissions; none at all means admins only."""
    if allowed & may.ADMINISTRATOR:
        return True
    return needed != 0 and allowed & needed == needed


def context_of(channel: Channel) -> int:
    """Return where an interaction is: 0 a server, 1 the bot's direct messages, 2 others."""
    if channel.guild is not None:
        return 0
    return 1 if channel.kind == 1 else 2


_TYPES: dict[int, tuple[type, ...]] = {3: (str,), 4: (int,), 5: (bool,), 10: (int, float)}


def check_value(command: str, option: Json, value: JsonValue) -> None:
    """Raise `ValueError` for a value that the client doesn't let anybody send."""
    kind, name = option["type"], f"{option['name']!r} of /{command}"
    types = _TYPES.get(kind)
    if types is not None and (
        not isinstance(value, types) or (kind != 5 and isinstance(value, bool))
    ):
        raise ValueError(f"the option {name} doesn't take {value!r}")
    if kind in (6, 7, 8, 9) and not hasattr(value, "mention"):
        raise ValueError(f"the option {name} takes a user, channel or role, not {value!r}")
    if kind == 3:
        least, most = option.get("min_length", 0), option.get("max_length", 6000)
        if not least <= len(value) <= most:
            raise ValueError(f"the option {name} takes {least} to {most} characters")
        if not value and option.get("required"):
            raise ValueError(f"the option {name} can't be empty")
    if kind in (4, 10):
        least, most = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
        if not least <= value <= most:
            raise ValueError(f"the option {name} takes {least} to {most}")
    if option.get("choices") and value not in [each["value"] for each in option["choices"]]:
        raise ValueError(f"{value!r} is no choice of {name}")
