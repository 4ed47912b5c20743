"""A message as people see it: text of all its parts, buttons, and where something is live."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulators.discord_errors import Json
from emulators.discord_raw import Place, a_place
from emulators.discord_seen import SeenMessage


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with a_place(check=False) as made:
        yield made


def seen(place: Place, **body: object) -> SeenMessage:
    assert place.post(dict(body)).status == 200
    return place.discord.messages(place.channel)[-1]


RICH: Json = {
    "author": {"name": "Daybook *"},
    "title": r"21 August \*",
    "description": "**One** fact",
    "fields": [{"name": "Source", "value": "[article](https://example.org)"}],
    "footer": {"text": "page 1 of 2"},
}


def test_the_text_of_all_parts_is_read(place: Place) -> None:
    message = seen(place, content=r"hi \*there\*", embeds=[RICH])
    assert message.shown.split("\n") == [
        "hi *there*", "Daybook *", "21 August *", "One fact", "Source", "article", "page 1 of 2"
    ]  # fmt: skip


def test_what_is_live_says_where(place: Place) -> None:
    message = seen(place, content="<@123>", embeds=[RICH])
    assert [(span.kind, span.where) for span in message.live] == [
        ("user", "content"),
        ("bold", "embed 0 description"),
        ("masked_link", "embed 0 field 0 value"),
    ]


def test_buttons_have_their_row(place: Place) -> None:
    one = {"type": 2, "style": 1, "label": "One", "custom_id": "1"}
    two = {"type": 2, "style": 5, "label": "Two", "url": "https://example.org"}
    three = {"type": 2, "style": 4, "emoji": {"name": "🗑"}, "custom_id": "3", "disabled": True}
    rows = [{"type": 1, "components": [one, two]}, {"type": 1, "components": [three]}]
    message = seen(place, content="x", components=rows)
    assert [(b.label, b.style, b.custom_id, b.url, b.disabled, b.row, b.emoji)
        for b in message.buttons] == [
        ("One", 1, "1", None, False, 0, None),
        ("Two", 5, None, "https://example.org", False, 0, None),
        ("", 4, "3", None, True, 1, "🗑"),
    ]  # fmt: skip


def test_a_label_with_marks_is_not_live(place: Place) -> None:
    button = {"type": 2, "style": 1, "label": "**1** <@123>", "custom_id": "1"}
    message = seen(place, content="x", components=[{"type": 1, "components": [button]}])
    assert message.live == []


def test_a_seen_message_stays_as_it_was_seen(place: Place) -> None:
    message = seen(place, content="before", nonce="n1")
    path = f"/channels/{place.channel.id}/messages/{message.id}"
    place.call("PATCH", path, {"content": "after"})
    now = place.discord.messages(place.channel)[-1]
    assert (message.content, message.edited, now.content, now.edited, now.nonce) == (
        "before", False, "after", True, "n1"
    )  # fmt: skip


def test_waiting_for_a_message_tells_what_is_there_instead(place: Place) -> None:
    seen(place, content="something else")
    with pytest.raises(TimeoutError, match="something else"):
        place.discord.wait_for_message(place.channel, lambda m: m.content == "no", timeout=0.05)
