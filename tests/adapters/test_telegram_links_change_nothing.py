"""A link carries words that somebody else wrote: followed by an admin, it changes nothing (S24).

The bot runs as operators run it, with a state of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_world import Chat, User
from processes import Daybook
from serving import Serving

from adapters.telegram.deep_link import payload_of

CHANGES = [
    "/daily stop",
    "/daily set 10:00 UTC",
    "/daily@daybook_test_bot stop",
    "/privacy erase",
    "/settings zone:UTC",
    "daily again 1",
]


@pytest.fixture
def group(telegram: TelegramEmulator, anna: User, daybook: Daybook) -> Iterator[Chat]:
    """Give a group with a daily post, of which Anna is an admin."""
    with Serving(daybook, telegram.environment) as serving:
        serving.wait_until_ready()
        group = telegram.supergroup("A group", [anna])
        telegram.promote(group, anna)
        telegram.ask(anna, group, "/daily set 09:00 Europe/Berlin")
        yield group
    telegram.assert_nothing_refused()


def told_of_the_post(telegram: TelegramEmulator, anna: User, group: Chat) -> str:
    return telegram.ask(anna, group, "/daily").text


def test_what_changes_something_is_not_done_by_a_link(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    before = told_of_the_post(telegram, anna, group)
    assert "Europe/Berlin" in before
    answers = [
        telegram.ask(anna, group, f"/start@daybook_test_bot {payload_of(text)}").text
        for text in CHANGES
    ]
    assert [answer.partition("\n")[0] for answer in answers] == ["Daybook"] * len(CHANGES)
    assert told_of_the_post(telegram, anna, group) == before


def test_a_look_up_is_done_by_a_link(telegram: TelegramEmulator, anna: User, group: Chat) -> None:
    text = f"/start@daybook_test_bot {payload_of('31 June')}"
    assert telegram.ask(anna, group, text).text.startswith("June has 30 days.")
