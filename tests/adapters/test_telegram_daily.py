"""The daily post, own dates, settings and privacy on Telegram, through the running bot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from asking_on_platforms import CLOCK, without_invisible
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_seen import Seen
from emulators.telegram_world import Chat, User
from processes import Daybook
from serving import Serving

MORNING = "2026-08-20T08:00:00+00:00"
"""A day that the built-in packs tell much of; the bot's clock begins here and runs on."""

PATIENCE = 10.0


@dataclass
class Scene:
    """The bot, and a group with an admin, an anonymous one, and a member."""

    telegram: TelegramEmulator
    serving: Serving
    admin: User
    ghost: User
    member: User
    group: Chat

    def ask(self, user: User, chat: Chat, text: str, **how: object) -> str:
        """Write a command, with the bot's name in groups, and return the answer's text."""
        return without_invisible(self.answer(user, chat, text, **how).text)

    def answer(self, user: User, chat: Chat, text: str, **how: object) -> Seen:
        if text.startswith("/") and chat.type != "private":
            word, _, rest = text.partition(" ")
            text = f"{word}@{self.telegram.bot.username} {rest}".strip()
        return self.telegram.ask(user, chat, text, timeout=PATIENCE, **how)  # type: ignore[arg-type]

    def private(self, user: User) -> Chat:
        return self.telegram.private(user)

    def press(self, user: User, message: Seen, label: str) -> str:
        """Press a button and return the text of the answer that comes of it."""
        before = {one.id for one in self.telegram.messages(message.chat, by_bot=True)}
        self.telegram.press(user, message, label, timeout=PATIENCE)
        found = self.telegram.wait_for_message(
            message.chat,
            lambda one: (
                one.sender == self.telegram.bot
                and (one.id not in before or (one.id == message.id and one.edits > message.edits))
            ),
            timeout=PATIENCE,
        )
        return without_invisible(found.text)


@contextmanager
def scene_of(daybook: Daybook, folder: Path, now: str = MORNING) -> Iterator[Scene]:
    """Start the bot at a moment, in a group that was there before with its people."""
    with TelegramEmulator() as telegram:
        admin, ghost = telegram.user("Admin"), telegram.user("Ghost")
        member = telegram.user("Member")
        group = telegram.supergroup("A group", [admin, ghost, member])
        telegram.promote(group, admin)
        telegram.promote(group, ghost, anonymous=True)
        environment = {
            **telegram.environment,
            "DAYBOOK_RATE": "off",
            "DAYBOOK_STATE": f"sqlite:///{folder / 'state.sqlite'}",
            "PYTHONPATH": str(CLOCK),
            "DAYBOOK_TESTS_NOW": now,
        }
        with Serving(daybook, environment) as serving:
            serving.wait_until_ready()
            yield Scene(telegram, serving, admin, ghost, member, group)
            assert "Traceback" not in serving.log


@pytest.fixture(scope="module")
def scene(daybook: Daybook, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene_of(daybook, tmp_path_factory.mktemp("state")) as scene:
        yield scene


@pytest.fixture
def group(scene: Scene) -> Chat:
    """Return a new group in which the admin, the ghost and the member are what they are."""
    group = scene.telegram.supergroup("Another", [scene.admin, scene.ghost, scene.member])
    scene.telegram.promote(group, scene.admin)
    scene.telegram.promote(group, scene.ghost, anonymous=True)
    return group


SET = "/daily set 09:00 UTC"
ONLY = "Only admins of the"


# -- set, everywhere ------------------------------------------------------------------------------


def test_a_post_is_set_in_a_group(scene: Scene, group: Chat) -> None:
    answer = scene.ask(scene.admin, group, SET)
    assert "Every day at 09:00, by the clocks of UTC" in answer
    assert "The next post comes today, 09:00 UTC." in answer
    assert "20 August" in answer


def test_topics_have_posts_of_their_own(scene: Scene) -> None:
    forum = scene.telegram.forum("Forum", [scene.admin], topics=["History", "Books"])
    scene.telegram.promote(forum, scene.admin)
    history = scene.telegram.topic_of(forum, "History")
    books = scene.telegram.topic_of(forum, "Books")
    assert "The next post comes" in scene.ask(scene.admin, forum, SET, topic=history)
    assert "This topic has no daily post" in scene.ask(scene.admin, forum, "/daily", topic=books)
    assert "This group has no daily post" in scene.ask(scene.admin, forum, "/daily")


def test_a_channel_sets_its_own(scene: Scene) -> None:
    channel = scene.telegram.channel("Channel")
    scene.telegram.say(None, channel, SET)
    answer = scene.telegram.wait_for_message(channel, lambda one: "Daily post" in one.text)
    assert "The next post comes today" in answer.text


def test_a_channel_is_set_from_a_private_chat_by_its_admin(scene: Scene) -> None:
    channel = scene.telegram.channel("Channel", username="history_one")
    scene.telegram.promote(channel, scene.admin)
    private = scene.private(scene.admin)
    answer = scene.ask(scene.admin, private, f"{SET} place:@history_one")
    assert "The next post comes today" in answer
    assert "Every day at 09:00" in scene.ask(scene.admin, private, "/daily show @history_one")
    assert "has no daily post" in scene.ask(scene.admin, private, "/daily")


def test_a_channel_is_not_set_by_who_is_no_admin_of_it(scene: Scene) -> None:
    channel = scene.telegram.channel("Channel", username="history_two")
    scene.telegram.promote(channel, scene.admin)
    private = scene.private(scene.member)
    assert f"{ONLY} channel" in scene.ask(scene.member, private, f"{SET} @history_two")


def test_a_channel_in_which_the_bot_may_not_post_is_not_set(scene: Scene) -> None:
    channel = scene.telegram.channel("Channel", username="history_three")
    scene.telegram.promote(channel, scene.admin)
    scene.telegram.promote(channel, scene.telegram.bot, rights=["can_edit_messages"])
    answer = scene.ask(scene.admin, scene.private(scene.admin), f"{SET} @history_three")
    assert "nothing was set. I need:" in answer


@pytest.mark.parametrize("place", ["@not_there_at_all", "-1009999999999"])
def test_a_chat_that_is_not_there_is_not_found(scene: Scene, place: str) -> None:
    answer = scene.ask(scene.admin, scene.private(scene.admin), f"{SET} {place}")
    assert f"I can't find {place}" in answer


def test_a_post_in_private_is_one_s_own(scene: Scene) -> None:
    answer = scene.ask(scene.member, scene.private(scene.member), SET)
    assert "The next post comes today" in answer


def test_words_are_put_together(scene: Scene, group: Chat) -> None:
    answer = scene.ask(scene.admin, group, "/daily set 9 pm New York late:2h")
    assert "Every day at 21:00, by the clocks of America/New_York" in answer
    assert "up to 2 hours late" in answer


def test_a_zone_is_asked_for_with_whole_commands_to_press(scene: Scene, group: Chat) -> None:
    answer = scene.answer(scene.admin, group, "/daily set 09:00")
    assert "By whose clock?" in answer.text
    pressed = scene.press(scene.admin, answer, "/daily set 09:00 Europe/Berlin")
    assert "by the clocks of Europe/Berlin" in pressed


def test_roles_are_discord_s(scene: Scene, group: Chat) -> None:
    answer = scene.ask(scene.admin, group, f"{SET} ping:12345")
    assert "Only a Discord server has roles" in answer


def test_a_group_that_moves_keeps_its_post_and_settings(scene: Scene) -> None:
    group = scene.telegram.group("Small", [scene.admin])
    scene.telegram.promote(group, scene.admin)
    scene.ask(scene.admin, group, SET)
    scene.ask(scene.admin, group, "/settings date_order:month-first")
    moved = scene.telegram.migrate(group)
    scene.telegram.promote(moved, scene.admin)
    scene.serving.wait_until(
        lambda: "Every day at 09:00" in scene.ask(scene.admin, moved, "/daily"), "moved along"
    )
    assert "month-first, chosen" in scene.ask(scene.admin, moved, "/settings")


# -- who may --------------------------------------------------------------------------------------

ADMIN_ACTIONS = [
    "/daily",
    SET,
    "/daily pause",
    "/daily resume",
    "/daily stop",
    "/daily preview",
    "/daily why",
    "/daily again 1",
    "/dates",
    "/dates add 21 August party",
    "/dates remove party",
    "/dates import",
    "/dates export",
    "/settings",
    "/settings zone:Tokyo",
    "/privacy export",
    "/privacy erase",
    "/privacy erase yes",
]


@pytest.mark.parametrize("text", ADMIN_ACTIONS)
def test_s22_a_member_is_refused(scene: Scene, text: str) -> None:
    assert f"{ONLY} group" in scene.ask(scene.member, scene.group, text)


@pytest.mark.parametrize("text", ADMIN_ACTIONS)
def test_an_admin_is_not(scene: Scene, group: Chat, text: str) -> None:
    assert ONLY not in scene.ask(scene.admin, group, text)


@pytest.mark.parametrize("text", [SET, "/daily", "/dates add 21 August party"])
def test_s23_an_anonymous_admin_is_one(scene: Scene, group: Chat, text: str) -> None:
    assert ONLY not in scene.ask(scene.ghost, group, text)


def test_s23_a_channel_s_voice_in_the_group_is_no_admin(scene: Scene, group: Chat) -> None:
    channel = scene.telegram.channel("Channel")
    text = f"/daily@{scene.telegram.bot.username} set 09:00 UTC"
    said = scene.telegram.say(scene.member, group, text, as_chat=channel)
    answer = scene.telegram.wait_for_message(group, lambda one: one.reply_to == said.id)
    assert ONLY in answer.text


def test_s22_an_admin_of_a_moment_ago_is_none(scene: Scene, group: Chat) -> None:
    scene.ask(scene.admin, group, SET)
    scene.telegram.demote(group, scene.admin)
    assert ONLY in scene.ask(scene.admin, group, "/daily stop")


@pytest.mark.parametrize("label", ["/daily pause", "/daily preview", "/daily why"])
def test_s24_a_member_presses_an_admin_s_button_in_vain(
    scene: Scene, group: Chat, label: str
) -> None:
    answer = scene.answer(scene.admin, group, SET)
    assert ONLY in scene.press(scene.member, answer, label)
    assert "The next post comes" in scene.ask(scene.admin, group, "/daily")


def test_an_admin_s_button_works(scene: Scene, group: Chat) -> None:
    answer = scene.answer(scene.admin, group, SET)
    assert "Paused." in scene.press(scene.admin, answer, "/daily pause")


# -- own dates, settings, privacy -----------------------------------------------------------------


def test_dates_go_in_and_out_as_files(scene: Scene, group: Chat) -> None:
    scene.ask(scene.admin, group, "/dates add 2 May 2019 server founded")
    scene.ask(scene.admin, group, "/dates add 3 May =1+1")
    sent = scene.answer(scene.admin, group, "/dates export")
    document = sent.media["document"]
    assert document["file_name"] == "dates.csv"
    other = scene.telegram.supergroup("Third", [scene.admin])
    scene.telegram.promote(other, scene.admin)
    said = scene.telegram.say(
        scene.admin,
        other,
        f"/dates@{scene.telegram.bot.username} import",
        media={"document": document},
    )
    answer = scene.telegram.wait_for_message(other, lambda one: one.reply_to == said.id)
    assert "Imported 2 dates: 2 added" in answer.text
    listed = scene.ask(scene.admin, other, "/dates")
    assert "server founded" in listed
    assert "=1+1" in listed


def test_an_import_without_a_file_asks_for_one(scene: Scene, group: Chat) -> None:
    assert "Attach a CSV or JSON file" in scene.ask(scene.admin, group, "/dates import")


def test_an_own_date_is_told_by_onthisday_there(scene: Scene, group: Chat) -> None:
    scene.ask(scene.admin, group, "/dates add 9 June 2019 @someone came")
    assert "came" in scene.ask(scene.member, group, "/onthisday 9 June")
    assert "came" not in scene.ask(scene.member, scene.group, "/onthisday 9 June")


def test_settings_change_what_today_is_and_how_dates_are_read(scene: Scene, group: Chat) -> None:
    # at eight in the morning in UTC it is nine in the evening of the day before in Pago Pago
    scene.ask(scene.admin, group, "/settings zone:Pacific/Pago_Pago date_order:month-first")
    assert scene.ask(scene.member, group, "/onthisday").startswith("19 August")
    assert scene.ask(scene.member, group, "/onthisday 03-05").startswith("5 March")
    assert scene.ask(scene.member, scene.group, "/onthisday").startswith("20 August")


def test_what_is_stored_is_exported(scene: Scene, group: Chat) -> None:
    scene.ask(scene.admin, group, SET)
    sent = scene.answer(scene.admin, group, "/privacy export")
    assert sent.media["document"]["file_name"] == "daybook.json"


def test_in_private_one_is_erased_once_that_was_confirmed(scene: Scene) -> None:
    somebody = scene.telegram.user("Somebody")
    private = scene.private(somebody)
    scene.ask(somebody, private, SET)
    asked = scene.answer(somebody, private, "/privacy erase")
    assert "This erases what is stored of you: 1 place and 1 daily post" in asked.text
    assert "Every day at" in scene.ask(somebody, private, "/daily")
    assert "Erased" in scene.press(somebody, asked, "/privacy erase yes")
    assert "has no daily post" in scene.ask(somebody, private, "/daily")


# -- what is posted -------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_preview_is_what_is_posted_and_why_says_that_it_was(
    daybook: Daybook, tmp_path: Path
) -> None:
    with scene_of(daybook, tmp_path, "2026-08-20T09:00:48+00:00") as scene:
        scene.ask(scene.admin, scene.group, "/dates add 20 August 2019 founded")
        scene.ask(scene.admin, scene.group, "/daily set 09:01 UTC")
        preview = scene.answer(scene.admin, scene.group, "/daily preview")
        post = scene.telegram.wait_for_message(
            scene.group,
            lambda one: one.sender == scene.telegram.bot and one.reply_to is None,
            timeout=60.0,
        )
        facts, _, rest = preview.text.partition("\n\nSo reads the post of this day here")
        source = rest.partition("\n\n")[2]
        assert post.text == f"{facts}\n\n{source}"
        assert "founded" in post.text
        scene.serving.wait_until(
            lambda: "Today: sent" in scene.ask(scene.admin, scene.group, "/daily why"),
            "told by /daily why",
        )


@pytest.mark.slow
def test_d30_what_may_not_have_arrived_is_told_and_sent_again_once(
    daybook: Daybook, tmp_path: Path
) -> None:
    with scene_of(daybook, tmp_path, "2026-08-20T09:00:48+00:00") as scene:
        private = scene.private(scene.admin)
        scene.ask(scene.admin, scene.group, "/daily set 09:01 UTC")
        scene.telegram.fault("sendMessage", "status before effect", chat=scene.group.id)
        notice = scene.telegram.wait_for_message(
            private, lambda one: "may not have arrived" in one.text, timeout=60.0
        )
        why = scene.ask(scene.admin, scene.group, "/daily why")
        assert "Today: unknown: the platform's answer was lost" in why
        label = notice.buttons[0].text
        assert "sent once more now" in scene.press(scene.admin, notice, label)
        scene.telegram.wait_for_message(
            scene.group, lambda one: one.text.startswith("20 August"), timeout=20.0
        )
        again = scene.ask(scene.admin, private, "/daily again 1")
        assert "can be sent again no more" in again
        posts = [
            one
            for one in scene.telegram.messages(scene.group, by_bot=True)
            if one.text.startswith("20 August")
        ]
        assert len(posts) == 1
        scene.serving.wait_until(
            lambda: (
                "Sent again by an admin: sent" in scene.ask(scene.admin, scene.group, "/daily why")
            ),
            "told by /daily why",
        )
