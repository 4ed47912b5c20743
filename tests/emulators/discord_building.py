"""What a test builds in an emulated Discord, also while it runs: servers, channels, people."""

from __future__ import annotations

from collections.abc import Iterable

from emulators import discord_permissions as may
from emulators.discord_errors import JsonValue
from emulators.discord_life import Life
from emulators.discord_world import KINDS, Channel, Guild, Role, User


class Building(Life):
    """Builds and changes the world; the bot is told as Discord tells it."""

    def add_guild(
        self,
        name: str = "History club",
        *,
        locale: str = "en-US",
        bot_permissions: int = may.INVITED,
        bot: bool = True,
    ) -> Guild:
        """Make a server; the bot is invited with `bot_permissions`, or not at all (`bot=False`)."""

        def make() -> Guild:
            guild = self.world.add_guild(
                name, locale=locale, bot_permissions=bot_permissions, has_bot=bot
            )
            self._announce(guild)
            return guild

        return self._do(make)

    def invite_bot(self, guild: Guild, bot_permissions: int = may.INVITED) -> None:
        """Invite the bot (again) into a server: GUILD_CREATE."""

        def invite() -> None:
            self.world.put_bot_in(guild, bot_permissions)
            self._announce(guild)

        self._do(invite)

    def _announce(self, guild: Guild) -> None:
        if guild.has_bot:
            self._gateway.tell_guild("GUILD_CREATE", guild.created(self.world.bot.id), guild)

    def remove_guild(self, guild: Guild, *, unavailable: bool = False) -> None:
        """Throw the bot out; or, with `unavailable`, let the server be out of order for a while."""

        def remove() -> None:
            if unavailable:
                guild.unavailable = True
            else:
                guild.has_bot = False
                guild.members.pop(self.world.bot.id, None)
            self._routes.tell_removed(guild, unavailable=unavailable)

        self._do(remove)

    def restore_guild(self, guild: Guild) -> None:
        """End an outage that `remove_guild(unavailable=True)` began: GUILD_CREATE."""

        def restore() -> None:
            guild.unavailable = False
            self._announce(guild)

        self._do(restore)

    def add_channel(
        self,
        guild: Guild | None = None,
        name: str = "general",
        *,
        kind: str = "text",
        parent: Channel | None = None,
        slow_mode: int = 0,
        tags: Iterable[str] = (),
        tag_required: bool = False,
        people: Iterable[User] = (),
    ) -> Channel:
        """Make a channel: text, announcement, forum, voice, category, thread, private_thread, dm...

        A thread (or a forum's post) needs its `parent`. Without a server: `kind="dm"` with the one
        person in `people` is their direct message with the bot; "group" is one without the bot, in
        which only an app that people installed themselves is there.
        """
        if kind not in KINDS:
            raise ValueError(f"no kind of channel: {kind!r}; there are {sorted(KINDS)}")
        number = KINDS[kind]
        if number in (10, 11, 12) and parent is None:
            raise ValueError("a thread needs its parent")
        persons = list(people)

        def make() -> Channel:
            if number == 1:
                return self.world.direct(persons[0])
            channel = Channel(
                self.world.new_id(), number, name, parent.guild if parent else guild, parent,
                people=persons, slow_mode=slow_mode, tag_required=tag_required,
                owner_id=self.world.bot.id,
            )  # fmt: skip
            channel.tags = [
                {"id": self.world.new_id(), "name": tag, "moderated": False, "emoji_id": None,
                 "emoji_name": None} for tag in tags
            ]  # fmt: skip
            self.world.add_channel(channel)
            event = "THREAD_CREATE" if channel.is_thread else "CHANNEL_CREATE"
            self._gateway.tell(event, channel.json(), channel)
            return channel

        return self._do(make)

    def dm(self, user: User) -> Channel:
        """Return somebody's direct message with the bot."""
        return self._do(lambda: self.world.direct(user))

    def change_channel(self, channel: Channel, **changes: JsonValue) -> None:
        """Rename, archive, lock ...: `name`, `archived`, `locked`, `slow_mode`, `tag_required`."""

        def change() -> None:
            for key, value in changes.items():
                if key not in ("name", "archived", "locked", "slow_mode", "tag_required"):
                    raise ValueError(f"{key!r} of a channel can't be changed")
                setattr(channel, key, value)
            event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
            self._gateway.tell(event, channel.json(), channel)

        self._do(change)

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel or thread: calls get 10003 from then on."""

        def remove() -> None:
            channel.deleted = True
            self.world.channels.pop(channel.id)
            if channel.guild is not None:
                channel.guild.channels.pop(channel.id)
            event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
            self._gateway.tell(event, channel.json(), channel)

        self._do(remove)

    def set_bot_permissions(self, channel: Channel, permissions: int) -> None:
        """Let the bot have exactly these permissions in a channel (and its threads)."""
        self.set_permissions(self.bot, channel, permissions)

    def set_permissions(self, user: User, channel: Channel, permissions: int) -> None:
        """Let somebody have exactly these permissions in a channel: an overwrite for them."""

        def change() -> None:
            kept = [each for each in channel.overwrites if each.id != user.id]
            deny = may.ALL & ~permissions
            channel.overwrites = [*kept, may.Overwrite(user.id, 1, permissions, deny)]
            self._gateway.tell("CHANNEL_UPDATE", channel.json(), channel)

        self._do(change)

    def set_guild_permissions(self, guild: Guild, permissions: int) -> None:
        """Let the bot's own role have these permissions in the whole server."""

        def change() -> None:
            role = next(r for r in guild.roles.values() if r.managed_by == self.bot.id)
            role.permissions = permissions
            data = {"guild_id": guild.id, "role": role.json()}
            self._gateway.tell_guild("GUILD_ROLE_UPDATE", data, guild)

        self._do(change)

    def add_user(
        self,
        name: str = "anna",
        *guilds: Guild,
        bot: bool = False,
        locale: str = "en-US",
        admin: bool = False,
        permissions: int | None = None,
        installed: bool = False,
        accepts_dms: bool = True,
    ) -> User:
        """Make a person (or another bot) who is in some servers.

        There they have what members have; or `permissions`; or all, as an `admin`. With `installed`
        they have installed the app for themselves.
        """

        def make() -> User:
            user = self.world.add_user(name, bot=bot, locale=locale)
            user.installed = installed
            user.accepts_dms = accepts_dms
            for guild in guilds:
                given = may.ADMINISTRATOR if admin else permissions
                self.world.join(user, guild, permissions=given)
            return user

        return self._do(make)

    def add_role(
        self, guild: Guild, name: str, *, permissions: int = 0, mentionable: bool = False
    ) -> Role:
        """Make a role; `.mention` is how it is pinged."""

        def make() -> Role:
            role = self.world.add_role(
                guild, name, permissions=permissions, mentionable=mentionable
            )
            data = {"guild_id": guild.id, "role": role.json()}
            self._gateway.tell_guild("GUILD_ROLE_CREATE", data, guild)
            return role

        return self._do(make)
