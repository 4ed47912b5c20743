"""The daily post, own dates, settings and privacy on Discord, through the running bot.

Discord's own check of who may use a command is off where members try what admins may.
"""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import emulators.discord_permissions as may
import pytest
from asking_on_platforms import CLOCK
from discord_bot import PATIENCE, Bot, labels, serving_on
from emulators.discord_interactions import Exchange
from emulators.discord_seen import SeenMessage
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel, Guild, Role, User
from processes import Daybook

from bot.daily.own_date_files import read_csv

MORNING = "2026-08-20T08:00:00+00:00"
"""A day that the built-in packs tell much of; the bot's clock begins here and runs on."""

COMMAND = 2


@dataclass
class Scene:
    """The bot, its server with an admin and a member, and another server of the same bot."""

    bot: Bot
    admin: User
    member: User
    other: Guild
    boss: User
    """An admin of the other server only, who is a member here."""
    role: Role

    @property
    def discord(self) -> DiscordEmulator:
        return self.bot.discord

    def slash(
        self,
        user: User,
        channel: Channel,
        command: str,
        action: str = "",
        **options: Any,  # noqa: ANN401 - text or things
    ) -> SeenMessage:
        """Use a command and return the answer."""
        subcommand = action or None
        used = self.discord.slash(user, channel, command, options, subcommand=subcommand)
        return used.wait(PATIENCE).wait_for_message(PATIENCE)

    def mention(self, user: User, channel: Channel, text: str) -> SeenMessage:
        return self.bot.mention(user, channel, text)

    def press(self, user: User, message: SeenMessage, label: str) -> SeenMessage:
        return self.bot.press(user, message, label).wait_for_message(PATIENCE)


@contextmanager
def scene_of(daybook: Daybook, folder: Path, now: str = MORNING) -> Iterator[Scene]:
    """Start the bot at a moment, on a server that was there before with its people."""
    with DiscordEmulator() as discord:
        guild, other = discord.add_guild(), discord.add_guild("Elsewhere")
        admin = discord.add_user("admin", guild, permissions=may.MEMBER | may.MANAGE_GUILD)
        member = discord.add_user("member", guild)
        boss = discord.add_user("boss", other, permissions=may.ADMINISTRATOR)
        role = discord.add_role(guild, "history", mentionable=True)
        more: dict[str, Any] = {
            "DAYBOOK_STATE": f"sqlite:///{folder / 'state.sqlite'}",
            "PYTHONPATH": str(CLOCK),
            "DAYBOOK_TESTS_NOW": now,
        }
        with serving_on(daybook, discord, guild, **more) as bot:
            free = [
                command | {"default_member_permissions": None}
                for command in discord.commands().values()
            ]
            discord.register(free)
            yield Scene(bot, admin, member, other, boss, role)
            bot.assert_well()


@pytest.fixture(scope="module")
def scene(daybook: Daybook, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene_of(daybook, tmp_path_factory.mktemp("state")) as scene:
        yield scene


NINE = {"time": "09:00", "zone": "UTC"}


# -- set, everywhere ------------------------------------------------------------------------------


def place_of(scene: Scene, kind: str) -> Channel:
    if kind == "thread":
        return scene.bot.channel("thread", scene.bot.channel())
    return scene.bot.channel(kind)


@pytest.mark.parametrize("kind", ["text", "announcement", "thread"])
def test_a_post_is_set_where_it_is_asked_for(scene: Scene, kind: str) -> None:
    place = place_of(scene, kind)
    answer = scene.slash(scene.admin, place, "daily", "set", **NINE)
    assert "Every day at 09:00, by the clocks of UTC" in answer.shown
    assert "The next post comes today, 09:00 UTC." in answer.shown
    assert "20 August" in answer.shown
    assert answer.ephemeral


@pytest.mark.parametrize("kind", ["text", "forum"])
def test_another_channel_of_the_server_is_set_from_here(scene: Scene, kind: str) -> None:
    here, there = scene.bot.channel(), scene.bot.channel(kind)
    answer = scene.slash(scene.admin, here, "daily", "set", **NINE, place=there)
    assert "The next post comes" in answer.shown
    assert "has no daily post" in scene.slash(scene.admin, here, "daily", "show").shown
    shown = scene.slash(scene.admin, here, "daily", "show", place=there).shown
    assert "Every day at 09:00" in shown


def test_a_channel_of_another_server_is_not_found(scene: Scene) -> None:
    elsewhere = scene.discord.add_channel(scene.other)
    text = f"/daily set 09:00 UTC place:<#{elsewhere.id}>"
    answer = scene.mention(scene.admin, scene.bot.channel(), text)
    assert "is no channel of this server" in answer.shown


def test_a_post_in_private_is_one_s_own(scene: Scene) -> None:
    channel = scene.discord.dm(scene.member)
    answer = scene.slash(scene.member, channel, "daily", "set", **NINE)
    assert "The next post comes today" in answer.shown


def test_a_server_is_not_set_up_from_a_private_chat(scene: Scene) -> None:
    channel, there = scene.discord.dm(scene.admin), scene.bot.channel()
    said = scene.discord.say(scene.admin, channel, f"/daily set 09:00 UTC place:<#{there.id}>")
    assert "in the server itself" in scene.bot.reply_to(said, channel).shown


def test_typed_by_position_it_is_understood(scene: Scene) -> None:
    channel = scene.bot.channel()
    answer = scene.mention(scene.admin, channel, "/daily set 9 pm New York late:2h")
    assert "Every day at 21:00, by the clocks of America/New_York" in answer.shown
    assert "up to 2 hours late" in answer.shown


def test_a_zone_is_asked_for_with_whole_commands_to_press(scene: Scene) -> None:
    channel = scene.bot.channel()
    answer = scene.slash(scene.admin, channel, "daily", "set", time="09:00")
    assert "By whose clock?" in answer.shown
    set_up = scene.press(scene.admin, answer, "/daily set 09:00 Europe/Berlin")
    assert "by the clocks of Europe/Berlin" in set_up.shown
    assert set_up.ephemeral


def test_zones_are_suggested(scene: Scene) -> None:
    channel = scene.bot.channel()
    found = scene.discord.autocomplete(
        scene.admin, channel, "daily", "zone", "new y", subcommand="set"
    )
    assert {"name": "America/New_York", "value": "America/New_York"} in found


def test_a_missing_permission_is_named_and_nothing_is_set(scene: Scene) -> None:
    channel = scene.bot.channel()
    scene.discord.set_bot_permissions(channel, may.INVITED & ~may.SEND_MESSAGES)
    answer = scene.slash(scene.admin, channel, "daily", "set", **NINE)
    assert "I need: Send Messages" in answer.shown
    assert "has no daily post" in scene.slash(scene.admin, channel, "daily", "show").shown


def a_forum(scene: Scene, *, tag_required: bool = False) -> Channel:
    return scene.discord.add_channel(
        scene.bot.guild,
        "chronicle",
        kind="forum",
        tags=["History", "Daily"],
        tag_required=tag_required,
    )


def test_a_forums_posts_get_their_title_and_tags(scene: Scene) -> None:
    here, forum = scene.bot.channel(), a_forum(scene)
    more = {"place": forum, "title": "Our day", "tags": "daily, HISTORY"}
    answer = scene.slash(scene.admin, here, "daily", "set", **NINE, **more)
    assert 'The title of its posts begins with "Our day".' in answer.shown
    assert "They carry 2 of the forum's tags." in answer.shown


def test_a_title_stays_when_another_thing_is_set(scene: Scene) -> None:
    here, forum = scene.bot.channel(), a_forum(scene)
    scene.slash(scene.admin, here, "daily", "set", **NINE, place=forum, title="Our day")
    answer = scene.slash(scene.admin, here, "daily", "set", place=forum, late="2h")
    assert 'begins with "Our day"' in answer.shown


def test_a_tag_that_a_forum_does_not_have_is_told_with_those_it_has(scene: Scene) -> None:
    here, forum = scene.bot.channel(), a_forum(scene)
    answer = scene.slash(scene.admin, here, "daily", "set", **NINE, place=forum, tags="news")
    assert '"news" is no tag of this forum. It has: History, Daily.' in answer.shown


def test_a_forum_that_wants_a_tag_is_not_set_without_one(scene: Scene) -> None:
    here, forum = scene.bot.channel(), a_forum(scene, tag_required=True)
    answer = scene.slash(scene.admin, here, "daily", "set", **NINE, place=forum)
    assert "takes no post without a tag" in answer.shown
    shown = scene.slash(scene.admin, here, "daily", "show", place=forum).shown
    assert "has no daily post" in shown


def test_a_title_is_only_for_forums(scene: Scene) -> None:
    answer = scene.slash(scene.admin, scene.bot.channel(), "daily", "set", **NINE, title="Our day")
    assert "Only posts in a Discord forum have a title" in answer.shown


def test_a_role_that_nobody_may_mention_is_not_set(scene: Scene) -> None:
    role = scene.discord.add_role(scene.bot.guild, "quiet", mentionable=False)
    channel = scene.bot.channel()
    scene.discord.set_bot_permissions(channel, may.INVITED & ~may.MENTION_EVERYONE)
    answer = scene.slash(scene.admin, channel, "daily", "set", **NINE, ping=role)
    assert "I may not notify that role" in answer.shown


def test_a_role_is_chosen_to_be_notified(scene: Scene) -> None:
    channel = scene.bot.channel()
    answer = scene.slash(scene.admin, channel, "daily", "set", **NINE, ping=scene.role)
    assert "It notifies the role that you chose." in answer.shown


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("pause", "Paused."),
        ("stop", "Stopped."),
        ("preview", "20 August"),
        ("why", "No post was due"),
        ("show", "Every day at 09:00"),
    ],
)
def test_what_is_set_is_steered(scene: Scene, action: str, words: str) -> None:
    channel = scene.bot.channel()
    scene.slash(scene.admin, channel, "daily", "set", **NINE)
    assert words in scene.slash(scene.admin, channel, "daily", action).shown


def test_pause_and_resume_are_pressed(scene: Scene) -> None:
    channel = scene.bot.channel()
    answer = scene.slash(scene.admin, channel, "daily", "set", **NINE)
    paused = scene.press(scene.admin, answer, "/daily pause")
    assert "Paused." in paused.shown
    assert "Posts come again" in scene.press(scene.admin, paused, "/daily resume").shown


# -- who may --------------------------------------------------------------------------------------

ONLY = "Only members who may manage the server"

ADMIN_ACTIONS: list[tuple[str, str, dict[str, str]]] = [
    ("daily", "show", {}),
    ("daily", "set", NINE),
    ("daily", "pause", {}),
    ("daily", "resume", {}),
    ("daily", "stop", {}),
    ("daily", "preview", {}),
    ("daily", "why", {}),
    ("daily", "again", {"id": "1"}),
    ("dates", "list", {}),
    ("dates", "add", {"date": "21 August", "text": "party"}),
    ("dates", "remove", {"which": "party"}),
    ("dates", "export", {}),
    ("settings", "", {"zone": "Asia/Tokyo"}),
    ("privacy", "export", {}),
    ("privacy", "erase", {"sure": "yes"}),
]


def typed(command: str, action: str, options: dict[str, str]) -> str:
    words = [f"/{command}", action, *(f'{name}:"{value}"' for name, value in options.items())]
    return " ".join(filter(None, words))


@pytest.mark.parametrize(("command", "action", "options"), ADMIN_ACTIONS)
@pytest.mark.parametrize("path", ["slash", "text"])
def test_s21_a_member_is_refused(
    scene: Scene, command: str, action: str, options: dict[str, str], path: str
) -> None:
    channel = scene.bot.channel()
    if path == "slash":
        answer = scene.slash(scene.member, channel, command, action, **options)
    else:
        answer = scene.mention(scene.member, channel, typed(command, action, options))
    assert ONLY in answer.shown


@pytest.mark.parametrize(("command", "action", "options"), ADMIN_ACTIONS)
def test_s21_an_admin_is_not(
    scene: Scene, command: str, action: str, options: dict[str, str]
) -> None:
    if action == "erase":
        options = {}  # the others' settings are still needed
    channel = scene.bot.channel()
    assert ONLY not in scene.slash(scene.admin, channel, command, action, **options).shown


def test_s21_an_admin_of_another_server_is_a_member_here(scene: Scene) -> None:
    channel = scene.bot.channel()
    scene.discord._do(lambda: scene.discord.world.join(scene.boss, scene.bot.guild))
    assert ONLY in scene.slash(scene.boss, channel, "daily", "set", **NINE).shown


@pytest.mark.parametrize("label", ["/daily pause", "/daily preview", "/daily why"])
def test_s24_a_member_presses_an_admin_s_button_in_vain(scene: Scene, label: str) -> None:
    channel = scene.bot.channel()
    answer = scene.mention(scene.admin, channel, "/daily set 09:00 UTC")
    assert label in labels(answer)
    assert ONLY in scene.press(scene.member, answer, label).shown
    assert "The next post comes" in scene.slash(scene.admin, channel, "daily", "show").shown


def test_s24_a_button_of_another_server_does_nothing(scene: Scene) -> None:
    channel, there = scene.bot.channel(), scene.discord.add_channel(scene.other)
    answer = scene.mention(scene.admin, channel, "/daily set 09:00 UTC")
    carried = next(one.custom_id for one in answer.buttons if one.label == "/daily pause")
    bait = scene.mention(scene.boss, there, "/daily")
    pressed = scene.discord.press_raw(scene.boss, bait, str(carried)).wait(PATIENCE)
    assert "of no use any more" in pressed.wait_for_message(PATIENCE).shown
    assert "The next post comes" in scene.slash(scene.admin, channel, "daily", "show").shown


def test_s22_who_may_no_more_is_refused_at_once(scene: Scene) -> None:
    channel = scene.bot.channel()
    scene.slash(scene.admin, channel, "daily", "set", **NINE)
    usual = scene.bot.guild.members[scene.admin.id]
    kept = list(usual.roles)
    plain = scene.bot.guild.members[scene.member.id].roles
    scene.discord._do(lambda: usual.roles.__setitem__(slice(None), plain))
    try:
        assert ONLY in scene.mention(scene.admin, channel, "/daily stop").shown
    finally:
        scene.discord._do(lambda: usual.roles.__setitem__(slice(None), kept))


# -- own dates, settings, privacy -----------------------------------------------------------------


def file_of(scene: Scene) -> bytes:
    """Return the content of the file that the bot sent last."""
    for call in reversed(scene.discord.calls):
        files = call.body.get("files") if isinstance(call.body, dict) else None
        if files:
            content: bytes = files[0]["content"]
            return content
    raise AssertionError("no file was sent")


@contextmanager
def served(content: bytes) -> Iterator[str]:
    """Serve a file as Discord serves attachments; give its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/dates.csv"
        server.shutdown()
        thread.join(PATIENCE)


def import_file(scene: Scene, user: User, channel: Channel, url: str, size: int) -> SeenMessage:
    """Use /dates import with a file, which the emulated people can't attach by themselves."""
    people = scene.discord._people

    def use() -> Exchange:
        command, _ = people._offered(user, channel, "dates")
        file = {"id": "555", "filename": "dates.csv", "size": size, "url": url, "proxy_url": url}
        data = {
            "id": command["id"],
            "name": "dates",
            "type": 1,
            "options": [
                {
                    "name": "import",
                    "type": 1,
                    "options": [{"name": "file", "type": 11, "value": "555"}],
                }
            ],
            "resolved": {"attachments": {"555": file}},
        }
        payload = people.payload(COMMAND, user, channel, data, False, None)
        return people.send(payload, user, channel, None, False)

    used: Exchange = scene.discord._do(use)
    return used.wait(PATIENCE).wait_for_message(PATIENCE)


CSV = b"date,text\r\n2 May 2019,server founded\r\n3 May,=1+1\r\n"


def test_dates_go_in_and_out_as_files(scene: Scene) -> None:
    channel = scene.bot.channel()
    with served(CSV) as url:
        answer = import_file(scene, scene.admin, channel, url, len(CSV))
        assert "Imported 2 dates" in answer.shown
        scene.slash(scene.admin, channel, "dates", "export")
        content = file_of(scene)
        kept = {one.content for one in read_csv(content)}
        assert {one.content for one in read_csv(CSV)} <= kept
    with served(content) as url:
        again = import_file(scene, scene.admin, channel, url, len(content))
        assert "0 added, 0 changed" in again.shown


def test_a_member_imports_nothing(scene: Scene) -> None:
    with served(CSV) as url:
        answer = import_file(scene, scene.member, scene.bot.channel(), url, len(CSV))
    assert ONLY in answer.shown


@pytest.mark.parametrize(
    ("url", "size", "words"),
    [
        ("http://169.254.169.254/latest/meta-data", 10, "could not be had"),
        ("https://example.org/dates.csv", 10, "could not be had"),
        ("http://127.0.0.1:1/dates.csv", 10, "could not be had"),
        ("http://127.0.0.1:1/dates.csv", 10**9, "larger than 256 kB"),
    ],
    ids=["metadata", "another site", "gone", "large"],
)
def test_a_file_from_elsewhere_is_not_fetched(
    scene: Scene, url: str, size: int, words: str
) -> None:
    answer = import_file(scene, scene.admin, scene.bot.channel(), url, size)
    assert words in answer.shown


def test_an_own_date_is_told_by_onthisday_and_pings_nobody(scene: Scene) -> None:
    channel = scene.bot.channel()
    text = f"/dates add 9 June 2019 @everyone <@{scene.member.id}> came"
    scene.mention(scene.admin, channel, text)
    answer = scene.bot.ask(scene.member, channel, "onthisday", date="9 June")
    assert "came" in answer.shown
    assert "This community's dates" in answer.shown
    assert not answer.pings


def test_another_server_does_not_hear_it(scene: Scene) -> None:
    scene.mention(scene.admin, scene.bot.channel(), "/dates add 10 June 2019 a secret party")
    there = scene.discord.add_channel(scene.other)
    assert "party" not in scene.bot.ask(scene.boss, there, "onthisday", date="10 June").shown


def test_settings_change_what_today_is_and_how_dates_are_read(scene: Scene) -> None:
    there = scene.discord.add_channel(scene.other)
    before = scene.mention(scene.boss, there, "03-05")
    assert "3 May" in before.shown.splitlines()[0]
    scene.slash(scene.boss, there, "settings", zone="Pacific/Kiritimati", date_order="month-first")
    assert "5 March" in scene.mention(scene.boss, there, "03-05").shown.splitlines()[0]
    # at eight in the morning in UTC it is nine in the evening of the day before in Pago Pago
    scene.slash(scene.boss, there, "settings", zone="Pacific/Pago_Pago")
    assert "19 August" in scene.mention(scene.boss, there, "today").shown.splitlines()[0]


def test_what_is_stored_is_exported_to_the_admin_alone(scene: Scene) -> None:
    channel = scene.bot.channel()
    scene.slash(scene.admin, channel, "daily", "set", **NINE)
    answer = scene.slash(scene.admin, channel, "privacy", "export")
    assert answer.ephemeral
    found = json.loads(file_of(scene))
    assert int(channel.id) in {one["chat"] for one in found["places"]}


def test_a_server_is_erased_once_that_was_confirmed(scene: Scene) -> None:
    there = scene.discord.add_channel(scene.other)
    scene.slash(scene.boss, there, "daily", "set", **NINE)
    asked = scene.slash(scene.boss, there, "privacy", "erase")
    assert "This erases" in asked.shown
    assert "Every day at" in scene.slash(scene.boss, there, "daily", "show").shown
    assert "Erased" in scene.press(scene.boss, asked, "/privacy erase yes").shown
    assert "has no daily post" in scene.slash(scene.boss, there, "daily", "show").shown


# -- what is posted -------------------------------------------------------------------------------


def posted(scene: Scene, channel: Channel, seconds: float = 30.0) -> SeenMessage:
    """Wait for a daily post: it answers nobody."""
    own = scene.discord.bot.id
    return scene.discord.wait_for_message(
        channel, lambda one: one.author_id == own and one.reference is None, seconds
    )


@pytest.mark.slow
def test_the_preview_is_what_is_posted_and_why_says_that_it_was(
    daybook: Daybook, tmp_path: Path
) -> None:
    start = datetime.fromisoformat("2026-08-20T09:00:48+00:00")
    with scene_of(daybook, tmp_path, start.isoformat()) as scene:
        channel = scene.bot.general
        scene.slash(scene.admin, channel, "dates", "add", date="20 August 2019", text="founded")
        scene.slash(scene.admin, channel, "daily", "set", time="09:01", zone="UTC")
        preview = scene.slash(scene.admin, channel, "daily", "preview")
        post = posted(scene, channel, 90)
        (shown,), (wrote,) = preview.embeds, post.embeds
        assert shown["title"] == wrote["title"]
        assert shown["description"].startswith(wrote["description"])
        assert shown["footer"] == wrote["footer"]
        assert "founded" in wrote["description"]
        scene.bot.serving.wait_until(
            lambda: "Today: sent" in scene.slash(scene.admin, channel, "daily", "why").shown,
            "told by /daily why",
        )
        scene.slash(scene.admin, channel, "daily", "set", time="09:02")
        after = scene.slash(scene.admin, channel, "daily", "show")
        assert "The next post comes tomorrow, 09:02 UTC." in after.shown


@pytest.mark.slow
def test_d22_a_refused_post_says_which_permission_and_goes_on_when_resumed(
    daybook: Daybook, tmp_path: Path
) -> None:
    with scene_of(daybook, tmp_path, "2026-08-20T09:00:48+00:00") as scene:
        here, there = scene.bot.channel(), scene.bot.channel()
        scene.slash(scene.admin, here, "daily", "set", time="09:01", zone="UTC", place=there)
        scene.discord.set_bot_permissions(there, may.INVITED & ~may.SEND_MESSAGES)
        scene.bot.serving.wait_until(
            lambda: (
                "Today: rejected"
                in scene.slash(scene.admin, here, "daily", "why", place=there).shown
            ),
            "told by /daily why",
            60,
        )
        why = scene.slash(scene.admin, here, "daily", "why", place=there)
        assert "Send Messages" in why.shown
        assert [one for one in labels(why) if one.startswith("/daily resume ")]
        refused = scene.press(scene.admin, why, "/daily resume")
        assert "I need: Send Messages" in refused.shown
        scene.discord.set_bot_permissions(there, may.INVITED)
        resumed = scene.slash(scene.admin, here, "daily", "resume", place=there)
        assert "the next" in resumed.shown
