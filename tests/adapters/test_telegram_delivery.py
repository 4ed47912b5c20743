"""Daily posts to Telegram: what each answer of the server proves, on the emulated one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_faults import Kind
from emulators.telegram_world import Chat

from adapters.telegram.app import BotApi
from adapters.telegram.delivery import TelegramDelivery
from adapters.telegram.refusals import code_of, explain
from bot.daily.delivery import (
    Ambiguous,
    Fatal,
    Moved,
    NotSent,
    Refused,
    Scope,
    Sent,
    Target,
)
from bot.reply import Choice, Choices, Heading, Item, Note, Outcome, Reply
from bot.settings import Secret, TelegramSettings

REPLY = Reply(
    Outcome.FOUND,
    "daily",
    (Heading("29 November"), Item("x/1", "Egas Moniz is born.", "1874")),
    "29 November",
)
NOTICE = Reply(
    Outcome.INVALID,
    "daily",
    (Note("It may not have arrived."), Choices((Choice("daily again 7"),))),
    names_sources=False,
)


class Scene:
    """A supergroup, and what delivers there."""

    def __init__(self, telegram: TelegramEmulator) -> None:
        self.telegram = telegram
        self.chat = telegram.supergroup("History")
        self.api = BotApi(TelegramSettings(Secret(telegram.token), telegram.api_url))
        self.delivery = TelegramDelivery(self.api, telegram.token, self.api.close)

    async def send(self, chat: Chat | None = None, topic: int = 0) -> Any:  # noqa: ANN401
        target = Target("telegram", (chat or self.chat).id, topic)
        payload = self.delivery.render(REPLY, target, "mark")[0]
        return await self.delivery.send(target, payload, "nonce")

    def there(self, chat: Chat | None = None) -> int:
        return len(self.telegram.messages(chat or self.chat, by_bot=True))

    @property
    def attempts(self) -> int:
        return len(self.telegram.calls_of("sendMessage"))


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as telegram:
        yield telegram


@pytest_asyncio.fixture
async def scene(telegram: TelegramEmulator) -> AsyncIterator[Scene]:
    scene = Scene(telegram)
    yield scene
    await scene.delivery.close()


@pytest.mark.asyncio
async def test_a_post_is_sent_with_its_number(scene: Scene) -> None:
    result = await scene.send()
    (message,) = scene.telegram.messages(scene.chat, by_bot=True)
    assert result == Sent(message.id)
    assert "Egas Moniz is born." in (message.text or "")
    scene.telegram.assert_nothing_refused()


@pytest.mark.asyncio
async def test_a_topic_gets_its_post_and_general_is_named_by_no_number(scene: Scene) -> None:
    forum = scene.telegram.forum("Days")
    topic = scene.telegram.add_topic(forum, "History")
    assert isinstance(await scene.send(forum, topic.id), Sent)
    assert isinstance(await scene.send(forum, 1), Sent)
    named = [call.parameters.get("message_thread_id") for call in scene.telegram.calls]
    assert [one for one in named if one is not None] == [topic.id]
    assert scene.there(forum) == 2


AMBIGUOUS: list[tuple[Kind, dict[str, Any], int]] = [
    ("status before effect", {"status": 500}, 0),
    ("status before effect", {"status": 504}, 0),
    ("html before effect", {}, 0),
    ("cut before reading", {}, 0),
    ("cut after effect", {}, 1),
    ("status after effect", {"status": 502}, 1),
    ("html after effect", {}, 1),
    ("broken json", {}, 1),
    ("no result", {}, 1),
    ("half answer", {}, 1),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("kind", "more", "there"), AMBIGUOUS)
async def test_e04_e05_e06_e07_d28_a_lost_answer_is_one_attempt_and_unknown(
    scene: Scene,
    kind: Kind,
    more: dict[str, Any],
    there: int,
) -> None:
    scene.telegram.fault("sendMessage", kind, **more)
    assert isinstance(await scene.send(), Ambiguous)
    assert (scene.attempts, scene.there()) == (1, there)


@pytest.mark.asyncio
@pytest.mark.parametrize("seconds", [1, 35, 3600])
async def test_e01_too_fast_is_proven_unsent_and_says_how_long(scene: Scene, seconds: int) -> None:
    scene.telegram.fault("sendMessage", "retry after", seconds=seconds)
    assert await scene.send() == NotSent("rate limit", float(seconds), Scope.PLACE)
    assert (scene.attempts, scene.there()) == (1, 0)


@pytest.mark.asyncio
async def test_e03_no_connection_is_proven_unsent() -> None:
    with TelegramEmulator() as telegram:
        settings = TelegramSettings(Secret(telegram.token), telegram.api_url)
        token = telegram.token
    api = BotApi(settings)
    delivery = TelegramDelivery(api, token, api.close)
    result = await delivery.send(Target("telegram", 1), {"text": "x"}, "nonce")
    await delivery.close()
    assert isinstance(result, NotSent)
    assert result.scope is Scope.PLATFORM


@pytest.mark.asyncio
async def test_e10_a_moved_group_names_its_new_number(scene: Scene) -> None:
    group = scene.telegram.group("Small")
    new = scene.telegram.migrate(group, tell=False)
    assert await scene.send(group) == Moved(new.id)
    assert scene.there(new) == 0


@pytest.mark.asyncio
async def test_e28_a_wrong_token_is_the_end(telegram: TelegramEmulator) -> None:
    token = telegram.token[:-1] + "x"
    api = BotApi(TelegramSettings(Secret(token), telegram.api_url))
    delivery = TelegramDelivery(api, token, api.close)
    result = await delivery.send(Target("telegram", 1), {"text": "x"}, "nonce")
    await delivery.close()
    assert isinstance(result, Fatal)
    assert token not in result.why


@pytest.mark.asyncio
async def test_e08_e09_e11_e12_each_refusal_has_its_code_and_sentence(scene: Scene) -> None:
    telegram = scene.telegram
    anna, bert, cora = (telegram.user(name) for name in ("Anna", "Bert", "Cora"))
    blocked, deleted = telegram.private(anna), telegram.private(bert)
    telegram.block(anna)
    telegram.deactivate(bert)
    stranger = telegram.private(cora, started=False)
    kicked, left, silent, gone = (telegram.supergroup(f"S{n}") for n in range(4))
    telegram.remove_member(kicked, telegram.bot, kicked=True)
    telegram.remove_member(left, telegram.bot)
    telegram.restrict(silent, telegram.bot)
    telegram.delete_chat(gone)
    channel = telegram.channel("News")
    telegram.demote(channel, telegram.bot)
    forum = telegram.forum("Days")
    closed = telegram.add_topic(forum, "Closed")
    telegram.close_topic(forum, closed)
    cases = [
        (blocked, 0, "blocked"),
        (deleted, 0, "deactivated"),
        (stranger, 0, "not started"),
        (kicked, 0, "kicked"),
        (left, 0, "not a member"),
        (silent, 0, "no rights"),
        (gone, 0, "chat deleted"),
        (channel, 0, "not an admin"),
        (forum, 9_999, "no topic"),
        (forum, closed.id, "topic closed"),
    ]
    for chat, topic, code in cases:
        assert await scene.send(chat, topic) == Refused(code, explain(code))
        assert scene.there(chat) == 0
    nobody = replace(Target("telegram", 0), chat=-100_999_999)
    result = await scene.delivery.send(nobody, {"text": "x"}, "nonce")
    assert result == Refused("chat not found", explain("chat not found"))
    assert scene.attempts == len(cases) + 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Bad Request: not enough rights to send text messages to the chat", "no rights"),
        ("Forbidden: bot was kicked from the channel chat", "kicked"),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", "no rights"),
        ("Bad Request: slow mode is enabled", "slow mode"),
        ("Bad Request: something that nobody has heard of", "refused"),
    ],
)
def test_e12_the_servers_words_are_read(said: str, code: str) -> None:
    assert code_of(said) == code


@pytest.mark.asyncio
async def test_missing_rights_are_seen_before_a_post_is_due(scene: Scene) -> None:
    telegram = scene.telegram
    silent, left = telegram.supergroup("A"), telegram.supergroup("B")
    telegram.restrict(silent, telegram.bot)
    telegram.remove_member(left, telegram.bot)
    found = [
        await scene.delivery.missing(Target("telegram", chat.id))
        for chat in (scene.chat, silent, left)
    ]
    assert found == [[], [explain("no rights")], [explain("not a member")]]
    assert scene.attempts == 0


@pytest.mark.asyncio
async def test_an_admin_is_told_in_private_else_in_the_place(scene: Scene) -> None:
    anna = scene.telegram.user("Anna")
    private = scene.telegram.private(anna)
    place = Target("telegram", scene.chat.id)
    assert await scene.delivery.tell(anna.id, place, NOTICE)
    assert (scene.there(private), scene.there()) == (1, 0)
    scene.telegram.block(anna)
    assert await scene.delivery.tell(anna.id, place, NOTICE)
    assert (scene.there(private), scene.there()) == (1, 1)


def test_telegram_has_no_means_to_recognise_or_to_look_for_a_lost_message(
    telegram: TelegramEmulator,
) -> None:
    delivery = Scene(telegram).delivery
    found = (delivery.can_look(), delivery.recognises_repeats(Target("telegram", 1)))
    assert found == (False, False)
