"""The bot on Discord, as a process on an emulated server: what it is asked, and what it says."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from discord_bot import MESSAGE, PATIENCE, Bot, posts, serving_discord, serving_on
from emulators.discord_server import DiscordEmulator
from processes import Daybook

CANARY = "zyzzogeton-was-here"
"""A word that stands in nothing but what a person writes."""

COMMANDS = "help onthisday privacy random search sources start timeline when whowas".split()
"""The commands that need no database of settings, of which there may be more."""

FOR_THE_ASKER = ("help", "start")

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
"""https://docs.discord.com/developers/events/gateway#list-of-intents"""

SUB_COMMAND = 1
"""https://docs.discord.com/developers/interactions/application-commands: types of options"""

DIED = "Leon Trotsky dies"


@pytest.fixture(scope="module")
def bot(daybook: Daybook) -> Iterator[Bot]:
    with serving_discord(daybook) as running:
        yield running
        running.assert_well()


# -- the connection and the commands --------------------------------------------------------------


def test_only_servers_and_messages_are_heard_of_and_nothing_privileged(bot: Bot) -> None:
    assert bot.discord.intents == GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES


def test_the_port_says_connected_while_the_gateway_is_open(bot: Bot) -> None:
    assert bot.serving.get("/readyz").status == 200
    assert 'daybook_connected{platform="discord"} 1.0' in bot.serving.get("/metrics").body


def test_every_command_is_registered(bot: Bot) -> None:
    assert set(COMMANDS) <= bot.discord.commands().keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_look_up_is_for_servers_and_users_and_every_kind_of_place(bot: Bot, name: str) -> None:
    command = bot.discord.commands()[name]
    assert sorted(command["integration_types"]) == [0, 1]
    assert sorted(command["contexts"]) == [0, 1, 2]


def test_commands_are_compared_with_all_their_translations(bot: Bot) -> None:
    read = [c for c in bot.discord.calls if c.method == "GET" and c.path.endswith("/commands")]
    assert [call.query for call in read] == [{"with_localizations": "1"}]


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("onthisday", {"date": "21 August"}, DIED),
        ("onthisday", {"date": "21 August", "kind": "death"}, DIED),
        ("onthisday", {"date": "21 August", "about": "Leon Trotsky"}, DIED),
        ("onthisday", {}, ""),
        ("whowas", {"name": "Leon Trotsky"}, "Lev Davidovich Bronstein"),
        ("when", {"query": "Leon Trotsky born"}, "7 November 1879"),
        ("search", {"text": "ice axe"}, "Mercader"),
        ("timeline", {"of": "Leon Trotsky"}, "7 November 1879"),
        ("random", {}, "Source"),
        ("random", {"about": "Leon Trotsky"}, "Source: Leon Trotsky"),
        ("sources", {}, "Nobel laureates"),
        ("start", {}, "Daybook"),
        ("help", {}, "/onthisday"),
    ],
)
def test_a_slash_command_is_answered(
    bot: Bot, name: str, options: dict[str, str], told: str
) -> None:
    assert told in bot.ask(bot.person(), bot.channel(), name, **options).shown


def ways_to_use(command: dict[str, Any]) -> Iterator[tuple[str | None, dict[str, str]]]:
    """Yield each sub-command of a command, or none, with what it must be given."""
    known = command.get("options") or []
    actions = [option for option in known if option["type"] == SUB_COMMAND]
    for action in actions or [command]:
        options = [one for one in action.get("options") or [] if one.get("required")]
        given = {
            one["name"]: (one.get("choices") or [{"value": "1"}])[0]["value"] for one in options
        }
        yield (action["name"] if actions else None), given


def test_every_command_and_sub_command_is_answered_in_a_message(bot: Bot) -> None:
    admin = bot.person("admin", admin=True)
    unanswered = []
    for name, command in bot.discord.commands().items():
        for action, given in ways_to_use(command):
            asked = bot.discord.slash(admin, bot.channel(), name, given, subcommand=action)
            if not asked.wait_for_message(PATIENCE).shown.strip():
                unanswered.append((name, action))
    assert not unanswered


def test_an_answer_comes_as_the_first_response(bot: Bot) -> None:
    exchange = bot.slash(bot.person(), bot.channel(), "whowas", name="Leon Trotsky")
    assert exchange.type == MESSAGE


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("onthisday", {"date": "21 August"}),
        ("whowas", {"name": "Leon Trotsky"}),
        ("timeline", {"of": "1917..1918"}),
    ],
)
def test_facts_are_for_the_whole_channel(bot: Bot, name: str, options: dict[str, str]) -> None:
    assert not bot.slash(bot.person(), bot.channel(), name, **options).ephemeral


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("onthisday", {"date": "31 June"}),
        ("whowas", {"name": "qqqqzzzz"}),
        ("whowas", {"name": "Curie"}),
        *[(name, {}) for name in FOR_THE_ASKER],
    ],
)
def test_errors_choices_and_help_are_for_the_asker_alone(
    bot: Bot, name: str, options: dict[str, str]
) -> None:
    assert bot.slash(bot.person(), bot.channel(), name, **options).ephemeral


def test_in_a_private_chat_nothing_is_ephemeral(bot: Bot) -> None:
    anna = bot.person()
    assert not bot.slash(anna, bot.discord.dm(anna), "help").ephemeral


@pytest.mark.parametrize(
    ("locale", "first"), [("en-US", "5 March"), ("en-GB", "3 May"), ("de", "3 May")]
)
def test_the_language_of_the_asker_says_how_a_numeric_date_is_read(
    bot: Bot, locale: str, first: str
) -> None:
    anna = bot.person(locale=locale)
    said = bot.ask(anna, bot.channel(), "onthisday", date="03-05").shown
    assert said.startswith(first)


@pytest.mark.parametrize(
    ("command", "option", "typed", "offered"),
    [
        ("whowas", "name", "trot", "Leon Trotsky"),
        ("whowas", "name", "Leon Tr", "Leon Trotsky"),
        ("onthisday", "date", "21 au", "21 August"),
        ("onthisday", "kind", "dea", "death"),
        ("onthisday", "about", "trot", "Leon Trotsky"),
        ("timeline", "of", "trot", "Leon Trotsky"),
    ],
)
def test_what_is_being_typed_is_completed(
    bot: Bot, command: str, option: str, typed: str, offered: str
) -> None:
    choices = bot.discord.autocomplete(bot.person(), bot.channel(), command, option, typed)
    assert offered in [choice["value"] for choice in choices]


@pytest.mark.parametrize("typed", ["", "qqqqzzzz", "@everyone", "x" * 300, "\u202e\u0000"])
def test_whatever_is_being_typed_is_answered(bot: Bot, typed: str) -> None:
    choices = bot.discord.autocomplete(bot.person(), bot.channel(), "whowas", "name", typed)
    assert len(choices) <= 25


# -- messages -------------------------------------------------------------------------------------


def test_a_mention_is_answered_by_a_reply(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    assert DIED in bot.mention(anna, channel, "what happened on 21 August?").shown


def test_nobody_is_notified_by_a_reply(bot: Bot) -> None:
    reply = bot.mention(bot.person(), bot.channel(), "who was Leon Trotsky?")
    assert not reply.pings.users
    assert not reply.pings.replied


def test_a_mention_alone_is_greeted(bot: Bot) -> None:
    assert "Daybook" in bot.mention(bot.person(), bot.channel(), "").shown


def test_a_private_message_needs_no_mention(bot: Bot) -> None:
    anna = bot.person()
    private = bot.discord.dm(anna)
    said = bot.discord.say(anna, private, "who was Leon Trotsky?")
    assert "Bronstein" in bot.reply_to(said, private).shown


def test_a_question_in_reply_to_the_bot_is_answered(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    answer = bot.mention(anna, channel, "who was Leon Trotsky?")
    said = bot.discord.say(anna, channel, "when was Leon Trotsky born?", reply_to=answer)
    assert "7 November 1879" in bot.reply_to(said, channel).shown


@pytest.mark.parametrize("talk", ["thanks!", "lol", "that is interesting"])
def test_talk_in_reply_to_the_bot_is_left_alone(bot: Bot, talk: str) -> None:
    anna, channel = bot.person(), bot.channel()
    answer = bot.mention(anna, channel, "who was Leon Trotsky?")
    bot.discord.say(anna, channel, talk, reply_to=answer)
    assert len(bot.said_by_bot(channel)) == 1


@pytest.mark.parametrize("text", ["who was Leon Trotsky?", "/whowas Leon Trotsky", "@daybook hi"])
def test_a_message_without_a_mention_is_not_answered(bot: Bot, text: str) -> None:
    channel = bot.channel()
    bot.discord.say(bot.person(), channel, text)
    assert not bot.said_by_bot(channel)


def test_a_mention_of_somebody_else_is_not_answered(bot: Bot) -> None:
    channel, other = bot.channel(), bot.person("ben")
    bot.discord.say(bot.person(), channel, f"{other.mention} who was Leon Trotsky?")
    assert not bot.said_by_bot(channel)


def test_another_bot_is_never_answered(bot: Bot) -> None:
    channel, other = bot.channel(), bot.person("echo", bot=True)
    bot.discord.say(other, channel, f"{bot.discord.bot.mention} who was Leon Trotsky?")
    assert not bot.said_by_bot(channel)


def test_a_webhook_is_never_answered(bot: Bot) -> None:
    channel = bot.channel()
    said = bot.discord.say(bot.person(), channel, "who was Leon Trotsky?")
    text = f"{bot.discord.bot.mention} who was Leon Trotsky?"
    mentioned = [bot.discord.bot.json()]
    bot.deliver(
        "MESSAGE_CREATE",
        said.data
        | {"id": bot.discord.world.new_id(), "webhook_id": bot.discord.world.new_id()}
        | {"content": text, "mentions": mentioned, "guild_id": bot.guild.id},
    )
    assert not bot.said_by_bot(channel)


def test_the_bot_never_answers_itself(bot: Bot) -> None:
    channel = bot.channel()
    bot.discord.say(bot.discord.bot, channel, f"{bot.discord.bot.mention} who was Leon Trotsky?")
    assert len(bot.said_by_bot(channel)) == 1


def test_what_a_person_writes_becomes_no_mention_or_link(bot: Bot) -> None:
    hostile = "[bank](https://evil.example) @everyone <@&1> **bold**"
    reply = bot.mention(bot.person(), bot.channel(), f"who was {hostile}?")
    assert not [one for one in reply.live if one.kind != "bold" or one.text == "**bold**"]
    assert not reply.pings.everyone


# -- several at once, again and again -------------------------------------------------------------


def test_an_interaction_that_is_delivered_twice_is_answered_once(bot: Bot) -> None:
    channel = bot.channel()
    exchange = bot.slash(bot.person(), channel, "whowas", name="Leon Trotsky")
    bot.discord.deliver_again(exchange)
    assert len(bot.said_by_bot(channel)) == 1
    path = f"/interactions/{exchange.id}/{exchange.token}/callback"
    assert len([call for call in bot.discord.calls if call.path == path]) == 1


def test_many_questions_at_once_are_all_answered(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    asked = [
        bot.discord.slash(anna, channel, "onthisday", {"date": f"{day} August"})
        for day in range(1, 31)
    ]
    shown = [exchange.wait_for_message(PATIENCE).shown for exchange in asked]
    assert [text.split()[0] for text in shown] == [str(day) for day in range(1, 31)]


def test_nothing_that_people_write_is_logged(bot: Bot) -> None:
    anna, channel = bot.person(f"{CANARY}-anna"), bot.channel()
    bot.ask(anna, channel, "whowas", name=CANARY)
    bot.mention(anna, channel, f"who was {CANARY}?")
    bot.discord.autocomplete(anna, channel, "whowas", "name", CANARY)
    bot.discord.press_raw(anna, bot.ask(anna, channel, "help"), CANARY).wait()
    assert CANARY not in bot.serving.log


def test_the_token_is_never_logged(bot: Bot) -> None:
    assert bot.discord.token not in bot.serving.log
    assert bot.discord.token.rpartition(".")[2] not in bot.serving.log


def test_no_warning_is_logged_by_a_quiet_start(bot: Bot) -> None:
    started = bot.serving.log_lines[:8]
    assert not [line for line in started if line["level"] not in ("debug", "info")]


# -- registration and limits, with a process of their own -----------------------------------------


def puts(discord: DiscordEmulator) -> int:
    """Return how often commands were registered."""
    return len([c for c in discord.calls if c.method == "PUT" and c.path.endswith("/commands")])


def test_commands_are_registered_only_where_they_differ(daybook: Daybook) -> None:
    with DiscordEmulator() as discord:
        guild = discord.add_guild()
        with serving_on(daybook, discord, guild):
            assert puts(discord) == 1
        registered = list(discord.commands().values())
        with serving_on(daybook, discord, guild) as bot:
            assert bot.answers()
            assert puts(discord) == 1
        changed = [_sent(command) for command in copy.deepcopy(registered)]
        changed[0]["description_localizations"] = {"de": "Etwas anderes"}
        discord.register(changed)
        with serving_on(daybook, discord, guild) as bot:
            discord.wait_until(lambda: puts(discord) == 2, what="the registration")
            assert bot.answers()


def _sent(command: dict[str, object]) -> dict[str, object]:
    """Return a registered command as a bot sends it: without what the server adds."""
    keys = (
        "name", "name_localizations", "description", "description_localizations", "options",
        "integration_types", "contexts", "type",
    )  # fmt: skip
    return {key: command[key] for key in keys if key in command}


def test_registration_is_tried_again_and_the_bot_answers_meanwhile(daybook: Daybook) -> None:
    with DiscordEmulator() as discord:
        discord.fault("GET", "/commands$", "status", 2, status=403)
        with serving_discord(daybook, ready=False, discord=discord) as bot:
            bot.serving.wait_for_log("reading the commands failed")
            discord.wait_until_ready()  # what is said before reaches nobody
            anna = bot.person()
            private = discord.dm(anna)
            said = discord.say(anna, private, "who was Leon Trotsky?")
            assert "Bronstein" in bot.reply_to(said, private).shown
            assert puts(discord) == 0
            discord.wait_for_commands(20)
            bot.assert_quiet()


def test_who_asks_too_often_is_told_once_and_then_met_with_silence(daybook: Daybook) -> None:
    with serving_discord(daybook, DAYBOOK_RATE="3/min") as bot:
        anna, channel = bot.person(), bot.channel()
        for _ in range(3):
            assert not bot.slash(anna, channel, "onthisday", date="21 August").ephemeral
        refusal = bot.slash(anna, channel, "onthisday", date="21 August")
        assert refusal.ephemeral
        # three a minute: a token comes back every 20 seconds
        assert "Ask again in 20 seconds" in refusal.wait_for_message().shown
        silent = bot.discord.slash(anna, channel, "onthisday", {"date": "21 August"})
        said = bot.discord.say(anna, channel, f"{bot.discord.bot.mention} who was Lenin?")
        assert (
            "21 August" in bot.ask(bot.person("ben"), channel, "onthisday", date="21 August").shown
        )
        assert not silent.answered
        assert not [one for one in bot.discord.messages(channel) if one.reference == said.id]
        assert not posts(bot.discord, channel)
        bot.assert_well()
