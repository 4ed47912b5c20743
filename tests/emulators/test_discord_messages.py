"""Messages by raw requests: nonces, history, edits, replies, files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulators import discord_permissions as may
from emulators.discord_raw import Place, a_place


@pytest.fixture
def place() -> Iterator[Place]:
    with a_place(check=False) as made:
        yield made


@pytest.fixture
def checked() -> Iterator[Place]:
    with a_place() as made:
        yield made


HELLO = {"content": "hello"}
ALLOWED = may.INVITED

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
