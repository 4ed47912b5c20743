"""Rate limits and faults by raw requests: what the bot is told, and what really happened."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator

import pytest
from emulators.discord_raw import Place, a_place


@pytest.fixture
def place() -> Iterator[Place]:
    with a_place(check=False) as made:
        yield made


HELLO = {"content": "hello"}

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


def test_a_bucket_may_change_its_name_and_keeps_its_count(place: Place) -> None:
    place.discord.limits.route("POST", "/messages$", 1, 5.0)
    first = place.post(HELLO).headers["X-RateLimit-Bucket"]
    place.discord.limits.salt = "other"
    over = place.post(HELLO)
    assert (over.status, over.headers["X-RateLimit-Bucket"] == first) == (429, False)


def test_the_headers_of_a_limit_may_be_missing(place: Place) -> None:
    place.discord.limits.route("POST", "/messages$", 1, 5.0)
    place.discord.limits.tells = False
    assert not [name for name in place.post(HELLO).headers if name.startswith("X-RateLimit")]
    assert place.post(HELLO).status == 429


def test_a_token_can_be_reset_while_the_bot_runs(place: Place) -> None:
    place.discord.fault("*", "", "status", status=401, times=2)
    answers = [place.post(HELLO), place.call("GET", "/users/@me")]
    assert [(each.status, each.code) for each in answers] == [(401, 0)] * 2
    assert place.discord.invalid_requests == 2


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
