"""Which call does what: the path and the method, and the part of the world that they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from emulators import discord_permissions as may
from emulators.discord_commands import Commands, as_listed
from emulators.discord_errors import Json, JsonValue, Refusal, form_error
from emulators.discord_limits import ORDINARY_FLAGS, check_message
from emulators.discord_world import FORUMS, Channel, Guild, World

if TYPE_CHECKING:
    from emulators.discord_gateway import Gateway
    from emulators.discord_interactions import Interactions
    from emulators.discord_messages import Messages

Answer = tuple[int, Any]

TEXT = (0, 1, 2, 5, 10, 11, 12)
"""Kinds of channels that hold messages."""


class Routes:
    """Carries calls out."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        messages: Messages,
        interactions: Interactions,
        commands: Commands,
    ) -> None:
        self.world = world
        self.gateway = gateway
        self.messages = messages
        self.interactions = interactions
        self.commands = commands
        self.gateway_url = ""

    def call(self, method: str, path: str, body: JsonValue, query: dict[str, str]) -> Answer:
        """Carry a call out and return status and JSON; raises `Refusal`."""
        match path.split("/")[1:]:
            case ["interactions", interaction, token, "callback"] if method == "POST":
                made = self.interactions.callback(interaction, token, _object(body))
                wanted = query.get("with_response", "").lower() in ("1", "true")
                return (200, made) if wanted else (204, None)
            case ["webhooks", application, token, *rest]:
                return self._webhook(method, application, token, rest, body)
            case ["channels", channel, *rest]:
                return self._channel(method, self._find_channel(channel), rest, body, query)
            case ["applications", application, *rest] if rest and "commands" in rest:
                return self._commands(method, application, rest, body, query)
            case ["guilds", guild, *rest]:
                return self._guild(method, self._find_guild(guild), rest)
            case ["users", *rest]:
                return self._user(method, rest, body)
            case ["applications", "@me"] | ["oauth2", "applications", "@me"] if method == "GET":
                return 200, self.application()
            case ["gateway"] if method == "GET":
                return 200, {"url": self.gateway_url}
            case ["gateway", "bot"] if method == "GET":
                return 200, self.gateway_bot()
        raise _unknown_route(method, path)

    # -- about the bot ----------------------------------------------------------------------------

    def application(self) -> Json:
        """Return the application object."""
        owner = {"id": self.world.application_id, "username": "team", "discriminator": "0"}
        return {
            "id": self.world.application_id,
            "name": self.world.bot.name,
            "icon": None,
            "description": "",
            "summary": "",
            "type": None,
            "bot": self.world.bot.json(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 1 << 23,
            "hook": True,
            "owner": owner | {"avatar": None, "global_name": None, "public_flags": 0},
            "team": None,
            "install_params": None,
            "integration_types_config": {str(kind): {} for kind in self.commands.installs},
            "approximate_guild_count": sum(g.has_bot for g in self.world.guilds.values()),
            "approximate_user_install_count": 0,
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
        }

    def gateway_bot(self) -> Json:
        """Return the gateway's address and what is left of the day's sessions."""
        gateway = self.gateway
        now = self.world.now()
        recent = [at for at in gateway.identifies if now - at < 86_400]
        reset = (86_400 - (now - recent[0])) * 1000 if recent else 0
        return {
            "url": self.gateway_url,
            "shards": gateway.shards_required,
            "session_start_limit": {
                "total": gateway.identify_limit,
                "remaining": max(0, gateway.identify_limit - len(recent)),
                "reset_after": int(reset),
                "max_concurrency": gateway.max_concurrency,
            },
        }

    def _user(self, method: str, rest: list[str], body: JsonValue) -> Answer:
        match method, rest:
            case "GET", ["@me"]:
                return 200, self.gateway.bot_user()
            case "POST", ["@me", "channels"]:
                found = self.world.users.get(str(_object(body).get("recipient_id")))
                if found is None or found is self.world.bot:
                    raise form_error(("recipient_id",), "USER_UNKNOWN", "Unknown user")
                return 200, self.world.direct(found).json()
            case "GET", ["@me", "guilds"]:
                guilds = [guild for guild in self.world.guilds.values() if guild.has_bot]
                return 200, [{"id": guild.id, "name": guild.name} for guild in guilds]
            case "DELETE", ["@me", "guilds", guild_id]:
                guild = self._find_guild(guild_id)
                guild.has_bot = False
                del guild.members[self.world.bot.id]
                self.tell_removed(guild, unavailable=False)
                return 204, None
            case "GET", [user_id]:
                known = self.world.users.get(user_id)
                if known is None:
                    raise Refusal(10013)
                return 200, known.json()
        raise _unknown_route(method, "/".join(["", "users", *rest]))

    def tell_removed(self, guild: Guild, *, unavailable: bool) -> None:
        """Send GUILD_DELETE."""
        data: Json = {"id": guild.id}
        if unavailable:
            data["unavailable"] = True
        self.gateway.tell_guild("GUILD_DELETE", data, guild)

    # -- servers ----------------------------------------------------------------------------------

    def _find_guild(self, guild_id: str) -> Guild:
        found = self.world.guilds.get(guild_id)
        if found is None:
            raise Refusal(10004)
        if not found.has_bot:
            raise Refusal(50001)
        return found

    def _guild(self, method: str, guild: Guild, rest: list[str]) -> Answer:
        match method, rest:
            case "GET", []:
                return 200, guild.json()
            case "GET", ["channels"]:
                shown = [c.json() for c in guild.channels.values() if not c.is_thread]
                return 200, shown
            case "GET", ["roles"]:
                return 200, [role.json() for role in guild.roles.values()]
            case "GET", ["threads", "active"]:
                threads = [c for c in guild.channels.values() if c.is_thread and not c.archived]
                return 200, {"threads": [c.json() for c in threads], "members": []}
            case "GET", ["members", user_id]:
                member = guild.members.get(self.world.bot.id if user_id == "@me" else user_id)
                if member is None:
                    raise Refusal(10007)
                return 200, member.json()
        raise _unknown_route(method, "/".join(["", "guilds", guild.id, *rest]))

    # -- channels ---------------------------------------------------------------------------------

    def _find_channel(self, channel_id: str) -> Channel:
        found = self.world.channels.get(channel_id)
        if found is None or found.deleted:
            raise Refusal(10003)
        return found

    def _channel(
        self, method: str, channel: Channel, rest: list[str], body: JsonValue, query: dict[str, str]
    ) -> Answer:
        match method, rest:
            case "GET", []:
                self.messages.may_read(channel)
                return 200, channel.json()
            case "POST", ["messages"]:
                return 200, self.messages.create(channel, _object(body))
            case "GET", ["messages"]:
                return 200, self._history(channel, query)
            case "POST", ["typing"]:
                self.messages.may_write(channel)
                return 204, None
            case "POST", ["threads"]:
                return 201, self._thread(channel, _object(body), None)
            case "POST", ["messages", message_id, "threads"]:
                return 201, self._thread(channel, _object(body), message_id)
            case _, ["messages", message_id]:
                return self._message(method, channel, message_id, body)
        raise _unknown_route(method, "/".join(["", "channels", channel.id, *rest]))

    def _message(self, method: str, channel: Channel, message_id: str, body: JsonValue) -> Answer:
        allowed = self.messages.may_read(channel)
        if method == "GET" and not allowed & may.READ_MESSAGE_HISTORY:
            raise Refusal(50001, "Read Message History is missing")
        message = self.messages.find(channel, message_id)
        match method:
            case "GET":
                return 200, self._as_read(message.data, channel)
            case "PATCH":
                return 200, self.messages.edit(message, _object(body))
            case "DELETE":
                self.messages.delete(message)
                return 204, None
        raise _unknown_route(method, f"/channels/{channel.id}/messages/{message_id}")

    def _history(self, channel: Channel, query: dict[str, str]) -> list[Json]:
        allowed = self.messages.may_read(channel)
        if channel.kind not in TEXT:
            raise Refusal(50008)
        try:
            limit = int(query.get("limit", "50"))
            marks = {key: int(query[key]) for key in ("before", "after", "around") if key in query}
        except ValueError as error:
            path = ("limit",)
            raise form_error(path, "NUMBER_TYPE_COERCE", str(error)) from None
        if not 1 <= limit <= 100:
            path = ("limit",)
            raise form_error(path, "NUMBER_TYPE_MAX", "int value should be 1 to 100.")
        if not allowed & may.READ_MESSAGE_HISTORY:
            # without it the server answers with nothing (Get Channel Messages)
            return []
        newest = [message.data for message in reversed(channel.messages.values())]
        if "before" in marks:
            newest = [data for data in newest if int(data["id"]) < marks["before"]]
        elif "after" in marks:
            newest = [data for data in newest if int(data["id"]) > marks["after"]][-limit:]
        elif "around" in marks:
            half = limit // 2
            newer = [data for data in newest if int(data["id"]) > marks["around"]]
            rest = [data for data in newest if int(data["id"]) <= marks["around"]]
            newest = newer[max(0, len(newer) - half) :] + rest[: limit - half]
        return [self._as_read(data, channel) for data in newest[:limit]]

    def _as_read(self, data: Json, channel: Channel) -> Json:
        """Return a message as the bot may read it: others' text needs the privileged intent."""
        from emulators.discord_gateway import MESSAGE_CONTENT

        mentioned = any(user["id"] == self.world.bot.id for user in data["mentions"])
        own = data["author"]["id"] == self.world.bot.id
        if self.gateway.privileged & MESSAGE_CONTENT or own or mentioned or channel.guild is None:
            return data
        from emulators.discord_messages import content_hidden

        return content_hidden(data)

    def _thread(self, channel: Channel, body: Json, message_id: str | None) -> Json:
        allowed = self.messages.may_read(channel)
        name = body.get("name")
        if not isinstance(name, str) or not 1 <= len(name) <= 100:
            message = "Must be between 1 and 100 in length."
            raise form_error(("name",), "BASE_TYPE_BAD_LENGTH", message)
        if body.get("auto_archive_duration") not in (None, 60, 1440, 4320, 10080):
            path = ("auto_archive_duration",)
            raise form_error(path, "BASE_TYPE_CHOICES", "60, 1440, 4320 or 10080")
        is_forum = channel.kind in FORUMS
        if not is_forum and channel.kind not in (0, 5):
            raise Refusal(50024)
        needed = may.SEND_MESSAGES if is_forum else may.CREATE_PUBLIC_THREADS
        if not allowed & needed:
            raise Refusal(50013, "The bot may not begin a thread here")
        if message_id is not None:
            self.messages.find(channel, message_id)
            if message_id in self.world.channels:
                raise Refusal(160004)
        if is_forum:
            self._check_post(channel, body)
        kind = 10 if channel.kind == 5 else 11
        thread = Channel(
            message_id or self.world.new_id(), kind, name, channel.guild, channel,
            owner_id=self.world.bot.id,
        )  # fmt: skip
        self.world.add_channel(thread)
        self.messages.tell("THREAD_CREATE", thread.json() | {"newly_created": True}, thread)
        made = thread.json()
        if is_forum:
            first = self.messages.add(thread, self.world.bot, body["message"], sender_may=allowed)
            made["message"] = first.data
        return made

    @staticmethod
    def _check_post(forum: Channel, body: Json) -> None:
        message = body.get("message")
        if not isinstance(message, dict):
            raise form_error(("message",), "BASE_TYPE_REQUIRED", "This field is required")
        check_message(message, flags_allowed=ORDINARY_FLAGS)
        tags = body.get("applied_tags") or []
        known = {tag["id"] for tag in forum.tags}
        if len(tags) > 5 or not all(str(tag) in known for tag in tags):
            raise form_error(("applied_tags",), "INVALID_FORUM_TAG", "Unknown tag, or more than 5")
        if forum.tag_required and not tags:
            message_ = "A tag is required to create a forum post in this channel"
            raise form_error(("applied_tags",), "FORUM_TAG_REQUIRED", message_)

    # -- answers to interactions ------------------------------------------------------------------

    def _webhook(
        self, method: str, application: str, token: str, rest: list[str], body: JsonValue
    ) -> Answer:
        interactions = self.interactions
        match method, rest:
            case "POST", []:
                return 200, interactions.follow_up(application, token, _object(body))
            case "GET", ["messages", message_id]:
                return 200, interactions.find(application, token, message_id).data
            case "PATCH", ["messages", message_id]:
                found = interactions.find(application, token, message_id)
                return 200, interactions.edit(found, _object(body))
            case "DELETE", ["messages", message_id]:
                self.messages.remove(interactions.find(application, token, message_id))
                return 204, None
        raise _unknown_route(method, "/webhooks")

    # -- commands ---------------------------------------------------------------------------------

    def _commands(
        self, method: str, application: str, rest: list[str], body: JsonValue, query: dict[str, str]
    ) -> Answer:
        if application != self.world.application_id:
            raise Refusal(50001, "This is another application")
        guild: str | None = None
        if rest[0] == "guilds":
            guild = self._find_guild(rest[1]).id
            rest = rest[2:]
        full = query.get("with_localizations", "").lower() in ("1", "true")
        commands = self.commands
        match method, rest:
            case "GET", ["commands"]:
                every = commands.all(guild)
                return 200, [as_listed(each, with_localizations=full) for each in every]
            case "PUT", ["commands"]:
                return 200, commands.overwrite(guild, body)
            case "POST", ["commands"]:
                made, is_new = commands.create(guild, _object(body))
                return 201 if is_new else 200, made
            case "GET", ["commands", command]:
                return 200, commands.find(guild, command)
            case "PATCH", ["commands", command]:
                return 200, commands.change(guild, command, _object(body))
            case "DELETE", ["commands", command]:
                commands.remove(guild, command)
                return 204, None
        raise _unknown_route(method, "/".join(rest))


def _object(body: JsonValue) -> Json:
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise form_error((), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    return body


def _unknown_route(method: str, path: str) -> Refusal:
    refusal = Refusal(0, f"{method} {path} is not emulated", status=404)
    refusal.sentence = "404: Not Found"
    return refusal
