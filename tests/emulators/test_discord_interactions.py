"""Interactions by raw requests: what is offered, what they carry, who may answer, and when.

Rules: docs.discord.com/developers/interactions/receiving-and-responding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from emulators import discord_permissions as may
from emulators.discord_errors import Json, JsonValue
from emulators.discord_interactions import Exchange
from emulators.discord_raw import Answer, Place, a_place

OPTIONS = [
    {"type": 3, "name": "date", "description": "d", "required": True, "autocomplete": True},
    {"type": 3, "name": "kind", "description": "d", "choices": [{"name": "War", "value": "war"}]},
    {"type": 3, "name": "note", "description": "d", "min_length": 2, "max_length": 5},
    {"type": 4, "name": "year", "description": "d", "min_value": 1, "max_value": 9},
    {"type": 5, "name": "all", "description": "d"},
    {"type": 6, "name": "who", "description": "d"},
    {"type": 7, "name": "place", "description": "d"},
    {"type": 8, "name": "ping", "description": "d"},
]
SHOW = {"type": 1, "name": "show", "description": "d", "options": [
    {"type": 3, "name": "date", "description": "d"}]}  # fmt: skip

COMMANDS: list[Json] = [
    {"name": "default", "description": "d"},
    {"name": "day", "description": "d", "options": OPTIONS},
    {"name": "help", "description": "d", "name_localizations": {"de": "hilfe"},
        "integration_types": [0]},
    {"name": "daily", "description": "d", "options": [SHOW]},
    {"name": "nested", "description": "d", "options": [
        {"type": 2, "name": "group", "description": "d", "options": [SHOW]}]},
    {"name": "admin", "description": "d", "default_member_permissions": str(may.MANAGE_GUILD)},
    {"name": "nobody", "description": "d", "default_member_permissions": "0"},
    {"name": "here", "description": "d", "contexts": [0]},
    {"name": "anywhere", "description": "d", "contexts": [0, 1, 2], "integration_types": [0, 1]},
]  # fmt: skip


@pytest.fixture
def place() -> Iterator[Place]:
    with a_place() as made:
        made.discord.register(COMMANDS)
        yield made


def ask(
    place: Place, name: str = "help", options: Mapping[str, JsonValue] | None = None
) -> Exchange:
    return place.discord.slash(place.anna, place.channel, name, options)


def answer(place: Place, exchange: Exchange, kind: int = 4, **data: JsonValue) -> Answer:
    path = f"/interactions/{exchange.id}/{exchange.token}/callback?with_response=true"
    return place.call("POST", path, {"type": kind, "data": data} if data else {"type": kind})


def later(place: Place, exchange: Exchange, method: str, message: str, **body: JsonValue) -> Answer:
    path = f"/webhooks/{place.discord.application_id}/{exchange.token}/messages/{message}"
    return place.call(method, path, body or None)


def follow_up(place: Place, exchange: Exchange, **body: JsonValue) -> Answer:
    path = f"/webhooks/{place.discord.application_id}/{exchange.token}"
    return place.call("POST", path, body)


def one_button(label: str = "More", custom_id: str = "m") -> list[Json]:
    button = {"type": 2, "style": 2, "label": label, "custom_id": custom_id}
    return [{"type": 1, "components": [button]}]


# -- what people can ask --------------------------------------------------------------------------

GOOD: list[dict[str, JsonValue]] = [
    {"date": "21 August"},
    {"date": "x" * 6000},
    {"date": "x", "kind": "war"},
    {"date": "x", "note": "12345", "year": 9, "all": True},
]
BAD: list[tuple[dict[str, JsonValue], str]] = [
    ({}, "needs the option"),
    ({"date": "x", "colour": "red"}, "no option"),
    ({"date": "x" * 6001}, "0 to 6000"),
    ({"date": "x", "kind": "peace"}, "no choice"),
    ({"date": "x", "note": "123456"}, "2 to 5"),
    ({"date": "x", "note": "1"}, "2 to 5"),
    ({"date": "x", "year": 10}, "1 to 9"),
    ({"date": "x", "year": "5"}, "doesn't take"),
    ({"date": "x", "year": True}, "doesn't take"),
    ({"date": 5}, "doesn't take"),
    ({"date": ""}, "can't be empty"),
    ({"date": "x", "who": "anna"}, "takes a user"),
]


@pytest.mark.parametrize("options", GOOD)
def test_the_client_sends_good_options(place: Place, options: dict[str, JsonValue]) -> None:
    sent = ask(place, "day", options).payload["data"]["options"]
    assert {each["name"]: each["value"] for each in sent} == options


@pytest.mark.parametrize(("options", "why"), BAD)
def test_the_client_refuses_bad_options(
    place: Place, options: dict[str, JsonValue], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        ask(place, "day", options)


def test_users_channels_and_roles_are_resolved(place: Place) -> None:
    role = place.discord.add_role(place.guild, "readers")
    options = {"date": "x", "who": place.anna, "place": place.channel, "ping": role}
    data = ask(place, "day", options).payload["data"]
    assert [each["value"] for each in data["options"][1:]] == [
        place.anna.id, place.channel.id, role.id
    ]  # fmt: skip
    assert {kind: list(found) for kind, found in data["resolved"].items()} == {
        "users": [place.anna.id], "members": [place.anna.id],
        "channels": [place.channel.id], "roles": [role.id],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "subcommand", "depth"), [("daily", "show", 1), ("nested", "group show", 2)]
)
def test_a_sub_command_nests_its_options(
    place: Place, name: str, subcommand: str, depth: int
) -> None:
    sent = place.discord.slash(
        place.anna, place.channel, name, {"date": "x"}, subcommand=subcommand
    )
    options = sent.payload["data"]["options"]
    for _ in range(depth):
        (inner,) = options
        options = inner["options"]
    assert options == [{"name": "date", "type": 3, "value": "x"}]


@pytest.mark.parametrize("subcommand", [None, "hide"])
def test_a_sub_command_must_be_one(place: Place, subcommand: str | None) -> None:
    with pytest.raises(ValueError, match="sub-command"):
        place.discord.slash(place.anna, place.channel, "daily", subcommand=subcommand)


def test_an_unregistered_command_is_not_offered(place: Place) -> None:
    with pytest.raises(ValueError, match="no command"):
        ask(place, "nothing")


def test_default_permissions_hide_a_command(place: Place) -> None:
    discord = place.discord
    guide = discord.add_user("guide", place.guild, permissions=may.MEMBER | may.MANAGE_GUILD)
    boss = discord.add_user("boss", place.guild, admin=True)
    offered: dict[str, list[str]] = {}
    for user in (place.anna, guide, boss):
        offered[user.name] = []
        for name in ("admin", "nobody"):
            try:
                discord.slash(user, place.channel, name)
            except ValueError:
                continue
            offered[user.name].append(name)
    assert offered == {"anna": [], "guide": ["admin"], "boss": ["admin", "nobody"]}


CONTEXTS = {
    "here in a server": ("here", "server", False, True),
    "here in a direct message": ("here", "direct", False, False),
    "help in a direct message": ("help", "direct", False, True),
    "help in a server without the bot": ("help", "foreign", False, False),
    "help, installed, without the bot": ("help", "foreign", True, False),
    "by default, installed, without the bot": ("default", "foreign", True, True),
    "by default, not installed, without the bot": ("default", "foreign", False, False),
    "anywhere without the bot": ("anywhere", "foreign", False, False),
    "anywhere, installed, without the bot": ("anywhere", "foreign", True, True),
    "anywhere, installed, in a group": ("anywhere", "group", True, True),
    "help, installed, in a group": ("help", "group", True, False),
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_contexts_and_installations_decide_where_a_command_is_offered(
    place: Place, name: str
) -> None:
    command, where, installed, offered = CONTEXTS[name]
    discord = place.discord
    foreign = discord.add_guild("another", bot=False)
    user = discord.add_user("bo", place.guild, foreign, installed=installed)
    channel = {
        "server": place.channel,
        "direct": discord.dm(user),
        "foreign": discord.add_channel(foreign),
        "group": discord.add_channel(kind="group", people=[user, place.anna]),
    }[where]
    if offered:
        exchange = discord.slash(user, channel, command)
        owners = exchange.payload["authorizing_integration_owners"]
        assert owners == ({"1": user.id} if installed else owners)
        assert exchange.payload["context"] == {"direct": 1, "group": 2}.get(where, 0)
    else:
        with pytest.raises(ValueError, match=f"/{command}"):
            discord.slash(user, channel, command)


# -- what an interaction carries ------------------------------------------------------------------

ALWAYS = {
    "id", "application_id", "type", "data", "token", "version", "channel", "channel_id",
    "app_permissions", "locale", "entitlements", "authorizing_integration_owners", "context",
    "attachment_size_limit",
}  # fmt: skip


def test_an_interaction_in_a_server_carries_the_member_and_the_server(place: Place) -> None:
    payload = ask(place).payload
    assert ALWAYS | {"guild_id", "guild", "guild_locale", "member"} <= set(payload)
    assert "user" not in payload
    assert payload["member"]["user"]["id"] == place.anna.id
    assert int(payload["member"]["permissions"]) == may.MEMBER
    assert int(payload["app_permissions"]) == may.INVITED


def test_an_interaction_in_a_direct_message_carries_the_user(place: Place) -> None:
    payload = place.discord.slash(place.anna, place.discord.dm(place.anna), "help").payload
    assert set(payload) >= ALWAYS | {"user"}
    assert not set(payload) & {"guild_id", "guild", "guild_locale", "member"}


def test_the_payload_keeps_the_default_name_and_the_users_language(place: Place) -> None:
    payload = place.discord.slash(place.anna, place.channel, "help", locale="de").payload
    assert (payload["data"]["name"], payload["locale"]) == ("help", "de")


# -- the first answer -----------------------------------------------------------------------------


def test_an_answer_reaches_the_asker_and_the_channel(place: Place) -> None:
    exchange = ask(place)
    made = answer(place, exchange, content="hello")
    exchange.wait(1)
    assert exchange.message is not None
    assert (made.status, exchange.type, exchange.message.content) == (200, 4, "hello")
    assert [each.content for each in place.discord.messages(place.channel)] == ["hello"]
    assert made.body["resource"]["message"]["interaction_metadata"]["name"] == "help"


def test_without_with_response_there_is_no_body(place: Place) -> None:
    exchange = ask(place)
    path = f"/interactions/{exchange.id}/{exchange.token}/callback"
    assert place.call("POST", path, {"type": 5}).status == 204


def test_a_second_first_answer_gets_40060(place: Place) -> None:
    exchange = ask(place)
    codes = [answer(place, exchange, content="x").code for _ in range(2)]
    assert codes == [None, 40060]


@pytest.mark.parametrize(("seconds", "code"), [(2.5, None), (3.5, 10062)])
def test_the_first_answer_has_3_seconds(place: Place, seconds: float, code: int | None) -> None:
    exchange = ask(place)
    place.discord.advance(seconds)
    assert exchange.expired is (code is not None)
    assert answer(place, exchange, content="x").code == code


def test_an_unknown_token_gets_10062(place: Place) -> None:
    made = place.call("POST", "/interactions/1/none/callback", {"type": 5})
    assert (made.status, made.code) == (404, 10062)


@pytest.mark.parametrize(
    ("kind", "status"), [(4, 200), (5, 200), (6, 400), (7, 400), (8, 400), (1, 400), (99, 400)]
)
def test_a_command_is_answered_by_a_message_or_by_thinking(
    place: Place, kind: int, status: int
) -> None:
    data: dict[str, JsonValue] = {"content": "x"} if kind in (4, 7) else {}
    data = {"choices": []} if kind == 8 else data
    assert answer(place, ask(place), kind, **data).status == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"content": "x" * 2000}, 200),
        ({"content": "x" * 2001}, 400),
        ({"content": ""}, 400),
        ({"embeds": [{"description": "x" * 4096}]}, 200),
        ({"embeds": [{"description": "x" * 4097}]}, 400),
        ({"content": "x", "flags": 64}, 200),
        ({"content": "x", "flags": 1}, 400),
        ({"content": "x", "components": one_button("x" * 81)}, 400),
    ],
)
def test_an_answer_has_the_limits_of_a_message(
    place: Place, data: dict[str, JsonValue], status: int
) -> None:
    assert answer(place, ask(place), **data).status == status


@pytest.mark.parametrize(("flags", "status"), [(64, 200), (4, 400)])
def test_thinking_may_only_be_ephemeral(place: Place, flags: int, status: int) -> None:
    assert answer(place, ask(place), 5, flags=flags).status == status


def test_an_ephemeral_answer_is_for_the_asker_only(place: Place) -> None:
    exchange = ask(place)
    answer(place, exchange, content="psst @everyone", flags=64)
    assert exchange.ephemeral
    assert exchange.message is not None
    assert not exchange.message.pings
    assert place.discord.messages(place.channel) == []
    path = f"/channels/{place.channel.id}/messages/{exchange.message.id}"
    assert place.call("GET", path).code == 10008


# -- after it -------------------------------------------------------------------------------------


def test_thinking_is_no_message_until_it_is_filled_in(place: Place) -> None:
    exchange = ask(place)
    answer(place, exchange, 5)
    assert exchange.message is None
    later(place, exchange, "PATCH", "@original", content="done")
    assert exchange.wait_for_message(1).content == "done"
    assert len(place.discord.messages(place.channel)) == 1


def test_the_first_further_message_takes_the_place_of_thinking(place: Place) -> None:
    exchange = ask(place)
    answer(place, exchange, 5, flags=64)
    follow_up(place, exchange, content="done")
    assert exchange.wait_for_message(1).content == "done"
    assert (exchange.ephemeral, exchange.followups) == (True, [])


def test_the_answer_can_be_read_edited_and_deleted(place: Place) -> None:
    exchange = ask(place)
    answer(place, exchange, content="x")
    assert later(place, exchange, "GET", "@original").body["content"] == "x"
    assert later(place, exchange, "PATCH", "@original", content="y").body["content"] == "y"
    assert later(place, exchange, "DELETE", "@original").status == 204
    assert later(place, exchange, "GET", "@original").code == 10008
    assert (exchange.message, place.discord.messages(place.channel)) == (None, [])


def test_the_token_lives_for_15_minutes(place: Place) -> None:
    exchange = ask(place)
    answer(place, exchange, content="x")
    place.discord.advance(890)
    assert later(place, exchange, "PATCH", "@original", content="y").status == 200
    place.discord.advance(20)
    dead = later(place, exchange, "PATCH", "@original", content="z")
    assert (dead.status, dead.code) == (401, 50027)
    assert follow_up(place, exchange, content="z").code == 50027


def test_a_further_message_needs_a_first_answer(place: Place) -> None:
    made = follow_up(place, ask(place), content="x")
    assert (made.status, made.code) == (404, 10015)


def test_further_messages_are_listed_and_can_be_ephemeral(place: Place) -> None:
    exchange = ask(place)
    answer(place, exchange, content="x")
    follow_up(place, exchange, content="open")
    follow_up(place, exchange, content="hidden", flags=64)
    assert [(each.content, each.ephemeral) for each in exchange.followups] == [
        ("open", False), ("hidden", True)
    ]  # fmt: skip
    assert [m.content for m in place.discord.messages(place.channel)] == ["x", "open"]


@pytest.mark.parametrize(("foreign", "sixth"), [(False, 200), (True, 400)])
def test_a_user_install_alone_allows_five_further_messages(
    place: Place, foreign: bool, sixth: int
) -> None:
    guild = place.discord.add_guild("another", bot=False) if foreign else place.guild
    user = place.discord.add_user("bo", guild, installed=True)
    exchange = place.discord.slash(user, place.discord.add_channel(guild), "anywhere")
    answer(place, exchange, content="x")
    statuses = [follow_up(place, exchange, content=str(n)).status for n in range(6)]
    assert statuses == [200] * 5 + [sixth]


def test_an_answer_needs_no_permission_in_the_channel(place: Place) -> None:
    place.discord.set_bot_permissions(place.channel, 0)
    made = answer(place, ask(place), embeds=[{"title": "t"}])
    assert made.body["resource"]["message"]["embeds"][0]["title"] == "t"


# -- typing into an option ------------------------------------------------------------------------


def typing(place: Place, option: str = "date") -> Exchange:
    people = place.discord._people
    return place.discord._do(
        lambda: people.autocomplete(
            place.anna, place.channel, "day", option, "21", {}, locale=None, subcommand=None
        )
    )


CHOICE = {"name": "x" * 100, "value": "x" * 100}


@pytest.mark.parametrize(
    ("choices", "status"),
    [
        ([CHOICE] * 25, 200),
        ([CHOICE] * 26, 400),
        ([CHOICE | {"name": "x" * 101}], 400),
        ([CHOICE | {"name": ""}], 400),
        ([CHOICE | {"value": "x" * 101}], 400),
        ([CHOICE | {"value": 5}], 400),
        ([], 200),
    ],
)
def test_choices_have_their_limits(place: Place, choices: list[Json], status: int) -> None:
    exchange = typing(place)
    assert answer(place, exchange, 8, choices=choices).status == status
    assert exchange.choices == (choices if status == 200 else [])


def test_what_is_being_typed_is_marked(place: Place) -> None:
    assert typing(place).payload["data"]["options"] == [
        {"name": "date", "type": 3, "value": "21", "focused": True}
    ]


def test_only_options_with_autocomplete_ask_the_bot(place: Place) -> None:
    with pytest.raises(ValueError, match="no autocomplete"):
        typing(place, "note")


@pytest.mark.parametrize("kind", [4, 5, 7])
def test_typing_is_answered_by_choices_only(place: Place, kind: int) -> None:
    assert answer(place, typing(place), kind, content="x").status == 400


# -- buttons --------------------------------------------------------------------------------------


def with_button(place: Place, **more: JsonValue) -> Exchange:
    exchange = ask(place)
    answer(place, exchange, content="x", components=one_button(), **more)
    return exchange


@pytest.mark.parametrize("ephemeral", [False, True])
def test_a_press_carries_the_whole_message(place: Place, ephemeral: bool) -> None:
    message = with_button(place, flags=64 if ephemeral else 0).message
    assert message is not None
    payload = place.discord.press(place.anna, message, "More").payload
    assert (payload["type"], payload["data"]["custom_id"]) == (3, "m")
    assert payload["message"]["components"][0]["components"][0]["label"] == "More"
    assert payload["message"]["interaction_metadata"]["user"]["id"] == place.anna.id
    assert payload["message"]["flags"] == (64 if ephemeral else 0)


def test_a_press_may_edit_its_message(place: Place) -> None:
    message = with_button(place).message
    assert message is not None
    press = place.discord.press(place.anna, message, "More")
    answer(place, press, 7, content="y", components=[])
    (now,) = place.discord.messages(place.channel)
    assert (press.type, now.content, now.buttons) == (7, "y", [])


def test_a_press_may_be_taken_now_and_edited_later(place: Place) -> None:
    message = with_button(place).message
    assert message is not None
    press = place.discord.press(place.anna, message, "m")
    answer(place, press, 6)
    later(place, press, "PATCH", "@original", content="later")
    assert place.discord.messages(place.channel)[0].content == "later"


def test_a_press_may_be_answered_by_a_message_of_its_own(place: Place) -> None:
    message = with_button(place).message
    assert message is not None
    press = place.discord.press(place.anna, message, "m")
    answer(place, press, 4, content="not yours", flags=64)
    assert press.message is not None
    assert (press.message.content, press.ephemeral) == ("not yours", True)


def test_a_button_that_is_not_there_cannot_be_pressed_but_forged(place: Place) -> None:
    message = with_button(place).message
    assert message is not None
    with pytest.raises(ValueError, match="no button"):
        place.discord.press(place.anna, message, "Other")
    forged = place.discord.press_raw(place.anna, message, "delete:everything")
    assert forged.payload["data"]["custom_id"] == "delete:everything"


def test_a_disabled_button_cannot_be_pressed(place: Place) -> None:
    exchange = ask(place)
    rows = one_button()
    rows[0]["components"][0]["disabled"] = True
    answer(place, exchange, content="x", components=rows)
    assert exchange.message is not None
    with pytest.raises(ValueError, match="can't be pressed"):
        place.discord.press(place.anna, exchange.message, "More")


def test_others_do_not_see_an_ephemeral_message(place: Place) -> None:
    message = with_button(place, flags=64).message
    assert message is not None
    bo = place.discord.add_user("bo", place.guild)
    with pytest.raises(ValueError, match="only the asker"):
        place.discord.press(bo, message, "More")
