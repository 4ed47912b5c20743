"""What was handled is handled once, as far as memory goes."""

from __future__ import annotations

from bot.seen import Seen


def test_a_key_is_new_once() -> None:
    seen = Seen()
    assert [seen.is_new("a"), seen.is_new("a"), seen.is_new("a")] == [True, False, False]


def test_keys_are_told_apart_by_their_kind() -> None:
    seen = Seen()
    assert [seen.is_new(("message", 1)), seen.is_new(("interaction", 1))] == [True, True]


def test_the_latest_are_remembered() -> None:
    seen = Seen(most=3)
    for key in range(5):
        seen.is_new(key)
    assert [seen.is_new(key) for key in (2, 3, 4)] == [False, False, False]


def test_the_oldest_is_forgotten_first() -> None:
    seen = Seen(most=3)
    for key in range(4):
        seen.is_new(key)
    assert seen.is_new(0)


def test_no_more_than_so_many_are_kept() -> None:
    seen = Seen(most=3)
    for key in range(1_000):
        seen.is_new(key)
    assert len(seen._keys) == 3
