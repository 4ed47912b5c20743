"""The REST side by raw requests: permissions, nonces, history, threads, limits, faults."""

from __future__ import annotations

import http.client
import json
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


# -- nonces ---------------------------------------------------------------------------------------


def post_twice(place: Place, first: dict[str, object], second: dict[str, object]) -> bool:
    """Return whether two posts gave one message."""
    ids = {place.post({"content": "x"} | body).body["id"] for body in (first, second)}
    assert len(place.discord.messages(place.channel)) == len(ids)
    return len(ids) == 1


ENFORCED = {"nonce": "abc", "enforce_nonce": True}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (ENFORCED, ENFORCED, True),
        (ENFORCED, ENFORCED | {"content": "changed"}, True),
        (ENFORCED, ENFORCED | {"nonce": "abd"}, False),
        ({"nonce": "abc"}, {"nonce": "abc"}, False),
        (ENFORCED, {"nonce": "abc"}, False),
        ({}, {}, False),
    ],
)
def test_an_enforced_nonce_gives_the_same_message_back(
    place: Place, first: dict[str, object], second: dict[str, object], same: bool
) -> None:
    assert post_twice(place, first, second) is same


def test_a_nonce_counts_in_its_channel_only(place: Place) -> None:
    other = place.discord.add_channel(place.guild)
    body = HELLO | ENFORCED
    assert place.post(body).body["id"] != place.post(body, other).body["id"]


@pytest.mark.parametrize(("seconds", "same"), [(179, True), (181, False)])
def test_a_nonce_is_remembered_for_its_window(place: Place, seconds: float, same: bool) -> None:
    first = place.post(HELLO | ENFORCED).body["id"]
    place.discord.advance(seconds)
    assert (place.post(HELLO | ENFORCED).body["id"] == first) is same


def test_the_nonce_of_a_deleted_message_gets_10008(place: Place) -> None:
    message = place.post(HELLO | ENFORCED).body["id"]
    place.call("DELETE", f"/channels/{place.channel.id}/messages/{message}")
    answer = place.post(HELLO | ENFORCED)
    assert (answer.status, answer.code) == (404, 10008)


# -- messages again -------------------------------------------------------------------------------


def test_history_is_newest_first_and_paged(place: Place) -> None:
    ids = [place.post({"content": str(n)}).body["id"] for n in range(5)]
    path = f"/channels/{place.channel.id}/messages"

    def page(query: str) -> list[str]:
        return [each["content"] for each in place.call("GET", f"{path}?{query}").body]

    assert page("limit=2") == ["4", "3"]
    assert page(f"before={ids[2]}") == ["1", "0"]
    assert page(f"after={ids[1]}&limit=2") == ["3", "2"]
    assert page(f"around={ids[2]}&limit=3") == ["3", "2", "1"]


@pytest.mark.parametrize(("limit", "status"), [(1, 200), (100, 200), (0, 400), (101, 400)])
def test_a_page_of_history_holds_1_to_100(place: Place, limit: int, status: int) -> None:
    path = f"/channels/{place.channel.id}/messages?limit={limit}"
    assert place.call("GET", path).status == status


def test_history_without_its_permission_is_empty(place: Place) -> None:
    place.post(HELLO)
    place.discord.set_bot_permissions(place.channel, ALLOWED & ~may.READ_MESSAGE_HISTORY)
    assert place.call("GET", f"/channels/{place.channel.id}/messages").body == []


def test_others_text_in_the_history_needs_the_privileged_intent(place: Place) -> None:
    place.discord.say(place.anna, place.channel, "secret")
    place.post({"content": "mine"})
    path = f"/channels/{place.channel.id}/messages"
    assert [each["content"] for each in place.call("GET", path).body] == ["mine", ""]
    place.discord.gateway.privileged = 1 << 15
    assert [each["content"] for each in place.call("GET", path).body] == ["mine", "secret"]


def test_an_edit_changes_what_it_names_only(place: Place) -> None:
    message = place.post({"content": "x", "embeds": [{"title": "t"}]}).body["id"]
    path = f"/channels/{place.channel.id}/messages/{message}"
    edited = place.call("PATCH", path, {"content": "y"}).body
    assert (edited["content"], edited["embeds"][0]["title"]) == ("y", "t")
    assert edited["edited_timestamp"] is not None


def test_an_edit_to_nothing_is_refused(place: Place) -> None:
    message = place.post(HELLO).body["id"]
    path = f"/channels/{place.channel.id}/messages/{message}"
    assert place.call("PATCH", path, {"content": ""}).code == 50006


@pytest.mark.parametrize(("method", "code"), [("PATCH", 50005), ("DELETE", 50013)])
def test_others_messages_are_not_the_bots_to_change(place: Place, method: str, code: int) -> None:
    message = place.discord.say(place.anna, place.channel, "mine")
    path = f"/channels/{place.channel.id}/messages/{message.id}"
    body = {"content": "y"} if method == "PATCH" else None
    assert place.call(method, path, body).code == code


def test_a_deleted_message_is_unknown(place: Place) -> None:
    message = place.post(HELLO).body["id"]
    path = f"/channels/{place.channel.id}/messages/{message}"
    assert [place.call("DELETE", path).status, place.call("GET", path).code] == [204, 10008]


@pytest.mark.parametrize(
    ("reference", "code"),
    [({}, None), ({"message_id": "1"}, 50035), ({"message_id": "1", "fail_if_not_exists": False},
        None)],
)  # fmt: skip
def test_a_reply_needs_its_message(
    place: Place, reference: dict[str, object], code: int | None
) -> None:
    said = place.discord.say(place.anna, place.channel, "hi")
    body = HELLO | {"message_reference": {"message_id": said.id} | reference}
    assert place.post(body).code == code


def test_a_reply_needs_to_read_the_history(place: Place) -> None:
    said = place.discord.say(place.anna, place.channel, "hi")
    place.discord.set_bot_permissions(place.channel, ALLOWED & ~may.READ_MESSAGE_HISTORY)
    assert place.post(HELLO | {"message_reference": {"message_id": said.id}}).code == 160002


def test_a_direct_message_is_opened_once(place: Place) -> None:
    body = {"recipient_id": place.anna.id}
    opened = [place.call("POST", "/users/@me/channels", body).body for _ in range(2)]
    assert opened[0]["id"] == opened[1]["id"] == place.discord.dm(place.anna).id
    assert opened[0]["recipients"][0]["id"] == place.anna.id


def test_a_file_comes_with_its_message(checked: Place) -> None:
    body = (
        '--b\r\nContent-Disposition: form-data; name="payload_json"\r\n'
        'Content-Type: application/json\r\n\r\n{"content": "see"}\r\n'
        '--b\r\nContent-Disposition: form-data; name="files[0]"; filename="a.txt"\r\n'
        "Content-Type: text/plain\r\n\r\nabc\r\n--b--\r\n"
    )
    path = f"/channels/{checked.channel.id}/messages"
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = checked.call("POST", path, body, headers=kind)
    assert [(each["filename"], each["size"]) for each in answer.body["attachments"]] == [
        ("a.txt", 3)
    ]


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
        "integration_types": [0], "nsfw": False,
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


# -- rate limits ----------------------------------------------------------------------------------


def test_a_route_over_its_limit_gets_429_with_the_headers(place: Place) -> None:
    place.discord.limits.route("POST", "/messages$", 2, 5.0)
    answers = [place.post(HELLO) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    last = answers[-1]
    assert last.body["global"] is False
    assert 4 < last.body["retry_after"] <= 5
    assert {"X-RateLimit-Limit", "X-RateLimit-Reset", "X-RateLimit-Reset-After", "Via",
        "X-RateLimit-Bucket", "X-RateLimit-Scope", "Retry-After"} <= set(last.headers)  # fmt: skip


def test_a_bucket_is_full_again_after_its_time(place: Place) -> None:
    place.discord.limits.route("POST", "/messages$", 1, 5.0)
    assert [place.post(HELLO).status, place.post(HELLO).status] == [200, 429]
    place.discord.advance(5.1)
    assert place.post(HELLO).status == 200


def test_each_channel_has_a_bucket_of_its_own(place: Place) -> None:
    place.discord.limits.route("POST", "/messages$", 1, 5.0)
    other = place.discord.add_channel(place.guild)
    assert [place.post(HELLO).status, place.post(HELLO, other).status] == [200, 200]


def test_the_whole_limit_is_global_and_leaves_interactions_alone(place: Place) -> None:
    place.discord.limits.whole = 1
    place.post(HELLO)
    over = place.post(HELLO)
    assert (over.status, over.body["global"], over.headers["X-RateLimit-Scope"]) == (
        429, True, "global"
    )  # fmt: skip
    assert place.call("POST", "/interactions/1/t/callback", {"type": 4}).code == 10062


# -- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "status", "effect"),
    [
        ("status", 500, False),
        ("after", 500, True),
        ("html", 500, True),
        ("html_before", 500, False),
        ("cloudflare", 429, False),
        ("rate_limit", 429, False),
        ("empty", 204, True),
        ("wrong_type", 200, True),
        ("delay", 200, True),
        ("slow_answer", 200, True),
    ],
)
def test_a_fault_happens_once_with_or_without_its_effect(
    place: Place, kind: str, status: int, effect: bool
) -> None:
    place.discord.fault("POST", "/messages$", kind, seconds=0.01)
    assert place.post(HELLO).status == status
    assert len(place.discord.messages(place.channel)) == effect
    (call,) = place.discord.calls
    assert (call.fault, call.effect, call.status) == (kind, effect, status)
    assert place.post(HELLO).status == 200


@pytest.mark.parametrize(("kind", "effect"), [("cut", False), ("lost", True)])
def test_a_cut_connection_gives_no_answer(place: Place, kind: str, effect: bool) -> None:
    place.discord.fault("POST", "/messages$", kind)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        place.post(HELLO)
    (call,) = place.discord.calls
    assert (call.effect, call.status) == (effect, None)
    assert len(place.discord.messages(place.channel)) == effect


def test_half_the_json_may_arrive(place: Place) -> None:
    place.discord.fault("POST", "/messages$", "truncated")
    with pytest.raises(json.JSONDecodeError):
        place.post(HELLO)
    assert len(place.discord.messages(place.channel)) == 1


@pytest.mark.parametrize(("code", "status"), [(20016, 429), (20028, 429), (50083, 400)])
def test_any_error_of_discord_can_be_ordered(place: Place, code: int, status: int) -> None:
    place.discord.fault("*", "/messages$", "error", code=code)
    answer = place.post(HELLO)
    assert (answer.status, answer.code) == (status, code)


def test_a_shared_429_is_no_invalid_request(place: Place) -> None:
    place.discord.fault("POST", "/messages$", "rate_limit", scope="shared", seconds=0.3)
    assert place.post(HELLO).body["retry_after"] == 0.3
    assert place.discord.invalid_requests == 0
    place.discord.fault("POST", "/messages$", "rate_limit", via=False)
    assert "Via" not in place.post(HELLO).headers
    assert place.discord.invalid_requests == 1


def test_a_fault_of_another_path_is_for_another_call(place: Place) -> None:
    place.discord.fault("GET", "/messages$", "status")
    assert place.post(HELLO).status == 200


def test_an_unknown_kind_of_fault_is_a_mistake(place: Place) -> None:
    with pytest.raises(ValueError, match="no kind of fault"):
        place.discord.fault("GET", "/", "explosion")


def test_down_means_refused_and_up_the_same_port(place: Place) -> None:
    before = place.discord.api_url
    place.discord.down("rest")
    with pytest.raises(ConnectionRefusedError):
        place.post(HELLO)
    place.discord.up("rest")
    assert (place.post(HELLO).status, place.discord.api_url) == (200, before)


def test_down_may_mean_503(place: Place) -> None:
    place.discord.down("rest", how="503")
    assert place.post(HELLO).status == 503
    place.discord.up("rest")
    assert place.post(HELLO).status == 200


def test_several_emulators_run_side_by_side(place: Place) -> None:
    with a_place(check=False) as other:
        place.post(HELLO)
        assert (len(place.discord.calls), len(other.discord.calls)) == (1, 0)
