"""Who is notified: docs.discord.com/developers/resources/message (Allowed Mentions Object)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulators import discord_permissions as may
from emulators.discord_errors import Json
from emulators.discord_pings import NOBODY, Pings
from emulators.discord_raw import Place, a_place
from emulators.discord_world import Role

NONE: Json = {"parse": []}
ALL: Json = {"parse": ["everyone", "roles", "users"]}


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with a_place(check=False) as made:
        made.discord.register([{"name": "help", "description": "d"}])
        made.discord.add_role(made.guild, "open", mentionable=True)
        made.discord.add_role(made.guild, "closed")
        made.discord.add_channel(made.guild, "loud")
        loud = next(c for c in made.guild.channels.values() if c.name == "loud")
        made.discord.set_bot_permissions(loud, may.INVITED | may.MENTION_EVERYONE)
        yield made


def role(place: Place, name: str) -> Role:
    return next(each for each in place.guild.roles.values() if each.name == name)


def filled(place: Place, text: str) -> str:
    return (
        text.replace("ANNA", place.anna.mention)
        .replace("OPEN", role(place, "open").mention)
        .replace("CLOSED", role(place, "closed").mention)
    )


def named(place: Place, pings: Pings) -> str:
    """Return who is notified as words: everyone here anna open closed replied."""
    names = {place.anna.id: "anna", role(place, "open").id: "open"}
    names[role(place, "closed").id] = "closed"
    words = ["everyone"] * pings.everyone + ["here"] * pings.here
    words += [names[each] for each in (*pings.users, *pings.roles)]
    return " ".join(words + ["replied"] * bool(pings.replied))


ORDINARY: list[tuple[str, str, Json | None, str]] = [
    # channel, text, allowed_mentions, who
    ("general", "hello", None, ""),
    ("general", "ANNA", None, "anna"),
    ("general", "ANNA ANNA", None, "anna"),
    ("general", "ANNA", NONE, ""),
    ("general", "ANNA", {"parse": ["roles"]}, ""),
    ("general", "ANNA", {"users": ["ID"]}, "anna"),
    ("general", "hello", {"users": ["ID"]}, ""),
    ("general", "<@123456789012345678>", None, ""),
    ("general", "`ANNA`", None, ""),
    ("general", "```\nANNA\n```", None, ""),
    ("general", "\\ANNA", None, "anna"),
    ("general", "OPEN", None, "open"),
    ("general", "CLOSED", None, ""),
    ("loud", "CLOSED", None, "closed"),
    ("loud", "CLOSED", NONE, ""),
    ("loud", "OPEN ANNA", {"parse": ["roles"]}, "open"),
    ("general", "@everyone", None, ""),
    ("loud", "@everyone", None, "everyone"),
    ("loud", "@here", None, "here"),
    ("loud", "@everyone", NONE, ""),
    ("loud", "@everyone ANNA", {"parse": ["users"]}, "anna"),
    ("loud", "mail@everyone", None, "everyone"),
    ("loud", "@Everyone", None, ""),
    ("loud", "@everyone", ALL, "everyone"),
    ("general", "@everyone", ALL, ""),
]


@pytest.mark.parametrize(("where", "text", "allowed", "who"), ORDINARY)
def test_an_ordinary_message_notifies(
    place: Place, where: str, text: str, allowed: Json | None, who: str
) -> None:
    channel = next(c for c in place.guild.channels.values() if c.name == where)
    body: Json = {"content": filled(place, text)}
    if allowed is not None:
        body["allowed_mentions"] = allowed
        if "users" in allowed:
            body["allowed_mentions"] = {"users": [place.anna.id]}
    place.post(body, channel)
    assert named(place, place.discord.messages(channel)[-1].pings) == who


@pytest.mark.parametrize(
    ("text", "allowed", "who"),
    [
        ("ANNA", None, "anna"),
        ("ANNA", NONE, ""),
        ("OPEN", None, ""),
        ("OPEN", ALL, "open"),
        ("@everyone", None, ""),
        ("@everyone", ALL, "everyone"),
    ],
)
def test_an_answer_notifies_users_only_unless_it_says_more(
    place: Place, text: str, allowed: Json | None, who: str
) -> None:
    loud = next(c for c in place.guild.channels.values() if c.name == "loud")
    exchange = place.discord.slash(place.anna, loud, "help")
    data: Json = {"content": filled(place, text)}
    if allowed is not None:
        data["allowed_mentions"] = allowed
    path = f"/interactions/{exchange.id}/{exchange.token}/callback"
    place.call("POST", path, {"type": 4, "data": data})
    assert exchange.message is not None
    assert named(place, exchange.message.pings) == who


def test_what_takes_the_place_of_thinking_notifies_too(place: Place) -> None:
    exchange = place.discord.slash(place.anna, place.channel, "help")
    place.call("POST", f"/interactions/{exchange.id}/{exchange.token}/callback", {"type": 5})
    path = f"/webhooks/{place.discord.application_id}/{exchange.token}/messages/@original"
    place.call("PATCH", path, {"content": place.anna.mention})
    assert named(place, exchange.wait_for_message(1).pings) == "anna"


def test_an_embed_notifies_nobody(place: Place) -> None:
    place.post({"embeds": [{"description": f"@everyone {place.anna.mention}"}]})
    assert place.discord.messages(place.channel)[-1].pings == NOBODY


def test_a_text_display_notifies_as_content_does(place: Place) -> None:
    body = {"components": [{"type": 10, "content": place.anna.mention}], "flags": 1 << 15}
    place.post(body)
    assert named(place, place.discord.messages(place.channel)[-1].pings) == "anna"


@pytest.mark.parametrize(
    ("allowed", "who"),
    [(None, "replied"), (NONE, ""), (NONE | {"replied_user": True}, "replied"),
        (ALL | {"replied_user": False}, "")],
)  # fmt: skip
def test_a_reply_notifies_whom_it_answers(place: Place, allowed: Json | None, who: str) -> None:
    said = place.discord.say(place.anna, place.channel, "hi")
    body: Json = {"content": "yes", "message_reference": {"message_id": said.id}}
    place.post(body if allowed is None else body | {"allowed_mentions": allowed})
    assert named(place, place.discord.messages(place.channel)[-1].pings) == who


def test_an_edit_notifies_nobody_anew(place: Place) -> None:
    message = place.post({"content": "x"}).body["id"]
    path = f"/channels/{place.channel.id}/messages/{message}"
    place.call("PATCH", path, {"content": place.anna.mention})
    assert not place.discord.messages(place.channel)[-1].pings


def test_a_silent_message_says_that_it_is_silent(place: Place) -> None:
    place.post({"content": "x", "flags": 1 << 12})
    assert place.discord.messages(place.channel)[-1].silent
