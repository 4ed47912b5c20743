"""Messages that are meant for the bot: which are, how they are answered, and the greeting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.discord.greeting import greeting
from adapters.discord.messages import Message, is_for_us, reply_to
from adapters.discord.render import ROOM, Payload, size
from bot.answering import Answering
from bot.buttons import Buttons
from bot.dialogue import Dialogue
from bot.metrics import Metrics
from bot.rate import Rate, RateLimits
from bot.safe_text import utf16_length
from bot.service import Service
from knowledge.library import open_library

PACKS = Path(__file__).resolve().parents[1] / "packs"
US = 1122334455667788990
NOON = datetime(2026, 8, 21, 12, tzinfo=UTC)

MENTION = Message(id=2**64 - 1, content=f"<@{US}> 17 March", user=7, place=1001)
PRIVATE = replace(MENTION, content="17 March", is_private=True)
TALK = replace(MENTION, content="17 March", is_reply_to_us=True)


@pytest_asyncio.fixture
async def dialogue() -> AsyncIterator[Dialogue]:
    """Talk about the invented expedition, one fact a page."""
    answering = Answering(open_library([PACKS / "polar-expedition"], None))
    service = Service(answering, RateLimits(None), Metrics(), clock=lambda: NOON)
    buttons = Buttons("token", 100, utf16_length)
    yield Dialogue("discord", service, buttons, replace(ROOM, items=1), size, longest_label=80)
    answering.close()


async def replied(dialogue: Dialogue, said: Message) -> Payload:
    answer = await reply_to(said, dialogue, US)
    assert answer is not None
    return answer.payload


def labels(payload: Payload) -> list[str]:
    return [one["label"] for row in payload["components"] for one in row["components"]]


@pytest.mark.parametrize(
    ("said", "is_meant"),
    [
        (MENTION, True),
        (PRIVATE, True),
        (TALK, True),
        (replace(MENTION, content="17 March"), False),
        (replace(MENTION, content="<@5> 17 March"), False),
    ],
    ids=["mention", "private", "reply", "talk of others", "another's mention"],
)
def test_is_meant(said: Message, is_meant: bool) -> None:
    assert is_for_us(said, US) is is_meant


@pytest.mark.asyncio
@pytest.mark.parametrize("said", [MENTION, PRIVATE, TALK], ids=["mention", "private", "reply"])
async def test_is_answered(dialogue: Dialogue, said: Message) -> None:
    assert (await replied(dialogue, said))["embeds"][0]["title"] == "17 March"


@pytest.mark.asyncio
async def test_the_answer_replies_without_notifying_and_survives_the_message(
    dialogue: Dialogue,
) -> None:
    payload = await replied(dialogue, MENTION)
    assert payload["message_reference"] == {
        "message_id": str(MENTION.id),
        "fail_if_not_exists": False,
    }
    assert payload["allowed_mentions"] == {"parse": [], "replied_user": False}


@pytest.mark.asyncio
async def test_the_same_message_has_the_same_nonce_of_at_most_25_characters(
    dialogue: Dialogue,
) -> None:
    first, second = await replied(dialogue, MENTION), await replied(dialogue, MENTION)
    other = await replied(dialogue, replace(MENTION, id=1))
    assert first["nonce"] == second["nonce"] != other["nonce"]
    assert len(first["nonce"]) <= 25
    assert first["enforce_nonce"] is True


@pytest.mark.asyncio
async def test_a_mention_alone_is_greeted(dialogue: Dialogue) -> None:
    payload = await replied(dialogue, replace(MENTION, content=f"<@{US}>"))
    assert payload["embeds"][0]["title"] == "Daybook"


@pytest.mark.asyncio
async def test_whom_a_message_mentions_is_read_by_name(dialogue: Dialogue) -> None:
    said = replace(
        MENTION, content=f"<@{US}> who was <@5>", names={5: "Halvard Tavelund", US: "Daybook"}
    )
    assert (await replied(dialogue, said))["embeds"][0]["title"].startswith("Halvard Tavelund")


@pytest.mark.asyncio
@pytest.mark.parametrize("content", ["thanks!", "lol", "good bot"])
async def test_talk_that_replies_to_an_answer_is_left_alone(
    dialogue: Dialogue, content: str
) -> None:
    assert await reply_to(replace(TALK, content=content), dialogue, US) is None


@pytest.mark.asyncio
async def test_a_question_in_reply_to_an_answer_is_told_that_it_is_not_understood(
    dialogue: Dialogue,
) -> None:
    payload = await replied(dialogue, replace(TALK, content="can you sing?"))
    assert payload["embeds"][0]["description"].startswith("I look things up.")


@pytest.mark.asyncio
@pytest.mark.parametrize("said", [PRIVATE, TALK], ids=["private", "reply"])
async def test_a_message_without_words_is_left_alone(dialogue: Dialogue, said: Message) -> None:
    assert await reply_to(replace(said, content=""), dialogue, US) is None


@pytest.mark.asyncio
async def test_what_is_not_understood_is_said_to_who_mentions_us(dialogue: Dialogue) -> None:
    payload = await replied(dialogue, replace(MENTION, content=f"<@{US}> sing me a song"))
    assert payload["embeds"][0]["description"].startswith("I look things up.")


@pytest.mark.asyncio
async def test_where_embeds_are_not_allowed_there_are_none(dialogue: Dialogue) -> None:
    payload = await replied(dialogue, replace(MENTION, embeds_allowed=False))
    assert "embeds" not in payload
    assert payload["content"].startswith("**17 March**")


@pytest.mark.asyncio
async def test_an_answer_can_be_deleted_where_others_see_it(dialogue: Dialogue) -> None:
    assert labels(await replied(dialogue, MENTION)) == ["More (1)", "Delete"]
    assert labels(await replied(dialogue, PRIVATE)) == ["More (1)"]


@pytest.mark.asyncio
async def test_who_asks_too_often_is_told_once_and_then_nothing(dialogue: Dialogue) -> None:
    service = replace(dialogue.service, rate=RateLimits(Rate(1, 3600)))
    strict = replace(dialogue, service=service)
    await replied(strict, MENTION)
    told = await replied(strict, replace(MENTION, id=2))
    assert told["content"] == "That was a lot at once. Ask again in 3600 seconds."
    assert "flags" not in told  # only interactions can be ephemeral
    assert await reply_to(replace(MENTION, id=3), strict, US) is None


@pytest.mark.asyncio
async def test_the_greeting_has_three_questions_to_try_and_no_asker(dialogue: Dialogue) -> None:
    payload = await greeting(dialogue, 1001)
    assert payload["embeds"][0]["title"] == "Daybook"
    assert len(labels(payload)) == 3


@pytest.mark.asyncio
async def test_the_greeting_counts_against_nobody(dialogue: Dialogue) -> None:
    service = replace(dialogue.service, rate=RateLimits(Rate(1, 3600)))
    strict = replace(dialogue, service=service)
    for _ in range(3):
        await greeting(strict, MENTION.place)
    assert (await replied(strict, MENTION))["embeds"][0]["title"] == "17 March"
