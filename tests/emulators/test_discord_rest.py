"""The REST side by raw requests: what is there, permissions, forums, commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from emulators import discord_permissions as may
from emulators.discord_raw import Place, a_place
from emulators.discord_schema import NoSpecError
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel


@pytest.fixture
def place() -> Iterator[Place]:
    with a_place(check=False) as made:
        yield made


@pytest.fixture
def checked() -> Iterator[Place]:
    with a_place() as made:
        yield made


HELLO = {"content": "hello"}

# -- who may call, and what is there ---------------------------------------------------------------


def test_a_wrong_token_gets_401(place: Place) -> None:
    answer = place.call("GET", "/users/@me", token="other")  # noqa: S106
    assert (answer.status, answer.body) == (401, {"message": "401: Unauthorized", "code": 0})


def test_a_wrong_token_counts_as_an_invalid_request(place: Place) -> None:
    place.call("GET", "/users/@me", token="other")  # noqa: S106
    assert place.discord.invalid_requests == 1


@pytest.mark.parametrize("path", ["/users/@me", "/applications/@me", "/oauth2/applications/@me"])
def test_the_bot_finds_itself(place: Place, path: str) -> None:
    answer = place.call("GET", path)
    assert (answer.status, answer.body["id"]) == (200, place.discord.application_id)


def test_gateway_bot_tells_the_address_and_the_budget(place: Place) -> None:
    answer = place.call("GET", "/gateway/bot").body
    assert answer["url"] == place.discord.gateway_url
    assert answer["session_start_limit"] == {
        "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/channels/1", 10003),
        ("/guilds/1", 10004),
        ("/users/1", 10013),
        ("/nothing/here", 0),
    ],
)
def test_what_is_not_there_gets_404(place: Place, path: str, code: int) -> None:
    answer = place.call("GET", path)
    assert (answer.status, answer.code) == (404, code)


def test_a_refused_call_is_recorded_with_its_reason(place: Place) -> None:
    place.call("GET", "/channels/1")
    assert [call.reason for call in place.discord.refused] == ["404 10003: Unknown Channel"]
    with pytest.raises(AssertionError, match="Unknown Channel"):
        place.discord.assert_nothing_refused()


def test_a_good_call_is_recorded_and_nothing_is_refused(place: Place) -> None:
    place.post(HELLO)
    (call,) = place.discord.calls
    assert (call.method, call.body, call.status, call.effect) == ("POST", HELLO, 200, True)
    place.discord.assert_nothing_refused()


@pytest.mark.parametrize("body", ["{", "hello", '{"content": "x",}', "[1", '{"content": NaN}'])
def test_broken_json_is_refused(place: Place, body: str) -> None:
    answer = place.call("POST", f"/channels/{place.channel.id}/messages", body)
    assert (answer.status, answer.code) == (400, 50109)


def test_another_content_type_is_refused(place: Place) -> None:
    path = f"/channels/{place.channel.id}/messages"
    answer = place.call("POST", path, "content=x", headers={"Content-Type": "text/plain"})
    assert (answer.status, answer.code) == (400, 50035)


def test_an_undocumented_key_is_flagged_but_taken_as_discord_does(checked: Place) -> None:
    assert checked.post({"content": "x", "colour": 5}).status == 200
    assert checked.discord.calls[0].unknown_keys == ["colour"]
    with pytest.raises(AssertionError, match="colour"):
        checked.discord.assert_nothing_refused()


def test_a_key_within_an_embed_is_looked_at_too(checked: Place) -> None:
    checked.post({"embeds": [{"title": "x", "titel": "y", "fields": [
        {"name": "n", "value": "v", "inline": True, "wide": 1}]}]})  # fmt: skip
    assert checked.discord.calls[0].unknown_keys == ["embeds[0].titel", "embeds[0].fields[0].wide"]


def test_without_the_description_of_the_api_the_check_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoSpecError, match="check=False"):
        DiscordEmulator(spec=tmp_path / "none.json")


# -- permissions ----------------------------------------------------------------------------------

ALLOWED = may.INVITED


@pytest.mark.parametrize(
    ("permissions", "code"),
    [
        (ALLOWED, None),
        (ALLOWED & ~may.VIEW_CHANNEL, 50001),
        (ALLOWED & ~may.SEND_MESSAGES, 50013),
        (ALLOWED & ~may.SEND_MESSAGES_IN_THREADS, None),
        (ALLOWED & ~may.READ_MESSAGE_HISTORY, None),
    ],
)
def test_writing_needs_to_see_and_to_send(place: Place, permissions: int, code: int | None) -> None:
    place.discord.set_bot_permissions(place.channel, permissions)
    assert place.post(HELLO).code == code


@pytest.mark.parametrize(
    ("permissions", "code"),
    [
        (ALLOWED, None),
        (ALLOWED & ~may.SEND_MESSAGES, None),
        (ALLOWED & ~may.SEND_MESSAGES_IN_THREADS, 50013),
        (ALLOWED & ~may.VIEW_CHANNEL, 50001),
    ],
)
def test_writing_in_a_thread_needs_its_own_permission(
    place: Place, permissions: int, code: int | None
) -> None:
    thread = place.discord.add_channel(kind="thread", parent=place.channel)
    place.discord.set_bot_permissions(place.channel, permissions)
    assert place.post(HELLO, thread).code == code


def test_without_embed_links_an_ordinary_message_loses_its_embeds(place: Place) -> None:
    place.discord.set_bot_permissions(place.channel, ALLOWED & ~may.EMBED_LINKS)
    answer = place.post({"content": "x", "embeds": [{"title": "t"}]})
    assert (answer.status, answer.body["embeds"]) == (200, [])


def test_without_embed_links_a_message_of_only_embeds_is_empty(place: Place) -> None:
    place.discord.set_bot_permissions(place.channel, ALLOWED & ~may.EMBED_LINKS)
    assert place.post({"embeds": [{"title": "t"}]}).code == 50006


def test_a_permission_of_the_role_counts_without_overwrites(place: Place) -> None:
    place.discord.set_guild_permissions(place.guild, ALLOWED & ~may.SEND_MESSAGES)
    assert place.post(HELLO).code == 50013


def test_a_server_that_threw_the_bot_out_is_closed_to_it(place: Place) -> None:
    place.discord.remove_guild(place.guild)
    assert (place.post(HELLO).code, place.call("GET", f"/guilds/{place.guild.id}").code) == (
        50001, 50001
    )  # fmt: skip


def test_a_deleted_channel_is_unknown(place: Place) -> None:
    place.discord.remove_channel(place.channel)
    assert place.post(HELLO).code == 10003


Kind = Callable[[Place], Channel]

KINDS: dict[str, tuple[Kind, int | None]] = {
    "announcement": (lambda p: p.discord.add_channel(p.guild, kind="announcement"), None),
    "voice": (lambda p: p.discord.add_channel(p.guild, kind="voice"), None),
    "forum": (lambda p: p.discord.add_channel(p.guild, kind="forum"), 50008),
    "category": (lambda p: p.discord.add_channel(p.guild, kind="category"), 50008),
    "direct message": (lambda p: p.discord.dm(p.anna), None),
    "closed direct message": (
        lambda p: p.discord.dm(p.discord.add_user("bo", p.guild, accepts_dms=False)), 50007
    ),
    "group without the bot": (
        lambda p: p.discord.add_channel(kind="group", people=[p.anna]), 50001
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_channel_takes_messages_or_says_why_not(place: Place, name: str) -> None:
    make, code = KINDS[name]
    assert place.post(HELLO, make(place)).code == code


@pytest.mark.parametrize(
    ("archived", "locked", "code"),
    [(False, False, None), (True, False, None), (True, True, 50083), (False, True, 160005)],
)
def test_an_archived_thread_wakes_unless_it_is_locked(
    place: Place, archived: bool, locked: bool, code: int | None
) -> None:
    thread = place.discord.add_channel(kind="thread", parent=place.channel)
    place.discord.change_channel(thread, archived=archived, locked=locked)
    assert place.post(HELLO, thread).code == code
    assert thread.archived is (archived and locked)


def test_a_message_in_an_archived_thread_cannot_be_edited(place: Place) -> None:
    thread = place.discord.add_channel(kind="thread", parent=place.channel)
    message = place.post(HELLO, thread).body
    place.discord.change_channel(thread, archived=True)
    path = f"/channels/{thread.id}/messages/{message['id']}"
    assert place.call("PATCH", path, {"content": "y"}).code == 50083


def test_slow_mode_is_for_people_not_for_bots(place: Place) -> None:
    slow = place.discord.add_channel(place.guild, slow_mode=60)
    assert [place.post(HELLO, slow).status for _ in range(2)] == [200, 200]
    place.discord.say(place.anna, slow, "one")
    with pytest.raises(ValueError, match="slow mode"):
        place.discord.say(place.anna, slow, "two")
    place.discord.advance(61)
    place.discord.say(place.anna, slow, "three")


# -- forums ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tagged", "status"), [(True, 201), (False, 400)], ids=["with a tag", "without"]
)
def test_a_forum_that_asks_for_a_tag_gets_one(place: Place, tagged: bool, status: int) -> None:
    forum = place.discord.add_channel(place.guild, kind="forum", tags=["news"], tag_required=True)
    tags = [forum.tags[0]["id"]] if tagged else []
    body = {"name": "21 August", "message": HELLO, "applied_tags": tags}
    assert place.call("POST", f"/channels/{forum.id}/threads", body).status == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "x" * 100, "message": HELLO}, 201),
        ({"name": "x" * 101, "message": HELLO}, 400),
        ({"message": HELLO}, 400),
        ({"name": "x"}, 400),
        ({"name": "x", "message": HELLO, "applied_tags": ["1"]}, 400),
        ({"name": "x", "message": {"content": "x" * 2001}}, 400),
        ({"name": "x", "message": HELLO, "auto_archive_duration": 1440}, 201),
        ({"name": "x", "message": HELLO, "auto_archive_duration": 7}, 400),
    ],
)
def test_a_post_of_a_forum_needs_a_title_and_a_message(
    place: Place, body: dict[str, object], status: int
) -> None:
    forum = place.discord.add_channel(place.guild, kind="forum")
    assert place.call("POST", f"/channels/{forum.id}/threads", body).status == status


# -- commands -------------------------------------------------------------------------------------

LOOK = {"name": "look", "description": "d"}


def commands_path(place: Place, guild: bool = False) -> str:
    scope = f"/guilds/{place.guild.id}" if guild else ""
    return f"/applications/{place.discord.application_id}{scope}/commands"


def test_a_command_comes_back_with_the_fields_that_the_server_fills_in(place: Place) -> None:
    (made,) = place.call("PUT", commands_path(place), [LOOK]).body
    filled = {key: value for key, value in made.items() if key not in ("id", "version")}
    assert filled == {
        "application_id": place.discord.application_id, "type": 1, "name": "look",
        "name_localizations": None, "description": "d", "description_localizations": None,
        "default_member_permissions": None, "dm_permission": True, "contexts": None,
        "integration_types": [0, 1], "nsfw": False,
    }  # fmt: skip


def test_the_server_leaves_out_what_is_false_of_an_option(place: Place) -> None:
    option = {"type": 3, "name": "t", "description": "d", "required": False, "autocomplete": False}
    body = [LOOK | {"options": [option | {"choices": []}]}]
    (made,) = place.call("PUT", commands_path(place), body).body
    assert set(made["options"][0]) == {
        "type", "name", "name_localizations", "description", "description_localizations"
    }  # fmt: skip


def test_a_command_that_is_put_again_keeps_its_id_and_its_version(place: Place) -> None:
    first, second = (place.call("PUT", commands_path(place), [LOOK]).body for _ in range(2))
    assert first == second


def test_a_changed_command_keeps_its_id_and_gets_a_new_version(place: Place) -> None:
    (first,) = place.call("PUT", commands_path(place), [LOOK]).body
    (second,) = place.call("PUT", commands_path(place), [LOOK | {"description": "e"}]).body
    assert (first["id"] == second["id"], first["version"] == second["version"]) == (True, False)


def test_a_put_removes_what_it_does_not_name(place: Place) -> None:
    place.call("PUT", commands_path(place), [LOOK, LOOK | {"name": "other"}])
    place.call("PUT", commands_path(place), [LOOK])
    assert list(place.discord.commands()) == ["look"]


def test_localisations_are_listed_only_when_asked_for(place: Place) -> None:
    body = [LOOK | {"name_localizations": {"de": "schau"}}]
    place.call("PUT", commands_path(place), body)
    plain = place.call("GET", commands_path(place)).body[0]
    full = place.call("GET", commands_path(place) + "?with_localizations=true").body[0]
    assert "name_localizations" not in plain
    assert full["name_localizations"] == {"de": "schau"}


def test_a_command_can_be_made_changed_and_removed_one_by_one(place: Place) -> None:
    path = commands_path(place)
    made = place.call("POST", path, LOOK)
    again = place.call("POST", path, LOOK)
    one = f"{path}/{made.body['id']}"
    changed = place.call("PATCH", one, {"description": "e"})
    assert (made.status, again.status, changed.body["description"]) == (201, 200, "e")
    assert [place.call("DELETE", one).status, place.call("GET", one).code] == [204, 10063]


def test_a_servers_commands_are_its_own(place: Place) -> None:
    place.call("PUT", commands_path(place, guild=True), [LOOK])
    assert (list(place.discord.commands()), list(place.discord.commands(place.guild))) == (
        [], ["look"]
    )  # fmt: skip


def test_contexts_are_for_global_commands(place: Place) -> None:
    body = [LOOK | {"contexts": [0]}]
    assert place.call("PUT", commands_path(place, guild=True), body).code == 50035
