"""Telegram's adapter while the server fails, begins, ends, or is shared."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_faults import Kind
from emulators.telegram_world import User
from telegram_running import QUIET, Running, edited, says_no_more, until

from adapters.telegram import app, calls, polling
from bot.adapter import PlatformUnreachableError, TokenRefusedError
from bot.answering import Answering
from bot.rate import Rate
from bot.settings import Secret, TelegramSettings

pytestmark = pytest.mark.usefixtures("bot")


# -- trouble with the server ----------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the pauses, which are for a real server."""
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(polling, "CONFLICT_PAUSE", 0.05)
    monkeypatch.setattr(calls, "PAUSE", 0.05)


def test_a_chat_that_must_wait_is_answered_after_it_and_others_at_once(
    telegram: TelegramEmulator, anna: User, bob: User
) -> None:
    slow, fast = telegram.private(anna), telegram.private(bob)
    telegram.fault("sendMessage", "retry after", seconds=1, chat=slow.id)
    telegram.say(anna, slow, "31 June")
    began = time.monotonic()
    telegram.ask(bob, fast, "31 June")
    assert time.monotonic() - began < 0.8
    assert telegram.wait_for_message(slow).text.startswith("June has 30 days.")
    assert time.monotonic() - began >= 0.9


def test_a_wait_that_nobody_sits_out_is_given_up(telegram: TelegramEmulator, anna: User) -> None:
    chat = telegram.private(anna)
    telegram.fault("sendMessage", "retry after", seconds=3600, chat=chat.id)
    telegram.say(anna, chat, "31 June")
    telegram.wait_for_call("sendMessage")
    assert telegram.ask(anna, chat, "21 August").text.startswith("21 August")


@pytest.mark.parametrize(
    "kind", ["status after effect", "html after effect", "cut after effect", "no result"]
)
def test_what_may_have_been_sent_is_not_sent_again(
    telegram: TelegramEmulator, anna: User, kind: Kind
) -> None:
    chat = telegram.private(anna)
    telegram.fault("sendMessage", kind, chat=chat.id)
    telegram.say(anna, chat, "31 June")
    telegram.wait_for_message(chat)
    telegram.say(anna, chat, "21 August")
    telegram.wait_for_message(chat, lambda message: message.text.startswith("21 August"))
    assert len(telegram.messages(chat, by_bot=True)) == 2


def test_who_blocked_the_bot_disturbs_nobody(
    telegram: TelegramEmulator, anna: User, bob: User
) -> None:
    telegram.say(anna, telegram.private(anna), "31 June")
    telegram.block(anna)
    assert telegram.ask(bob, telegram.private(bob), "31 June").text
    until(lambda: len(telegram.calls_of("sendMessage")) == 2, "both answered")
    telegram.clear()  # of the refusal


def test_a_server_that_goes_away_is_polled_again(
    telegram: TelegramEmulator, anna: User, bot: Running, quick: None
) -> None:
    telegram.down()
    until(lambda: not bot.adapter.is_connected, "noticed")
    telegram.up()
    assert telegram.ask(anna, telegram.private(anna), "31 June").text
    assert bot.adapter.is_connected


@pytest.mark.parametrize(
    "kind", ["status before effect", "broken json", "no result", "half answer"]
)
def test_a_poll_that_fails_is_repeated(
    telegram: TelegramEmulator, anna: User, quick: None, kind: Kind
) -> None:
    telegram.fault("getUpdates", kind, times=2)
    telegram.ask(anna, telegram.private(anna), "21 August")
    assert telegram.ask(anna, telegram.private(anna), "31 June").text


def test_nothing_that_people_write_is_logged(
    telegram: TelegramEmulator, anna: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    chat = telegram.private(anna)
    telegram.fault("sendMessage", "broken json", chat=chat.id)
    telegram.ask(anna, chat, "a secret of mine")
    telegram.inline(anna, "a secret of mine")
    telegram.push("message", {"message_id": 1, "text": "a secret of mine"})
    telegram.ask(anna, chat, "21 August")
    assert "secret" not in caplog.text
    assert telegram.token not in caplog.text


def test_who_asks_too_often_is_told_once(
    telegram: TelegramEmulator, anna: User, answering: Answering, bot: Running
) -> None:
    bot.stop()
    chat = telegram.private(anna)
    with Running(telegram, answering, rate=Rate(2, 60)):
        for _ in range(6):
            telegram.say(anna, chat, "31 June")
        telegram.wait_until_idle()
        time.sleep(QUIET)
    texts = [one.text[:4] for one in telegram.messages(chat, by_bot=True)]
    assert texts == ["June", "June", "That"]


# -- beginning and ending -------------------------------------------------------------------------


def test_buttons_work_after_a_restart(
    telegram: TelegramEmulator, anna: User, answering: Answering, bot: Running
) -> None:
    answer = telegram.ask(anna, telegram.private(anna), "who was mercador")
    bot.stop()
    with Running(telegram, answering):
        telegram.press(anna, answer, "More")
        assert "Page 2 of 2" in edited(telegram, answer).text


def test_stopping_finishes_what_is_under_way_and_confirms_it(
    telegram: TelegramEmulator, anna: User, bot: Running
) -> None:
    chat = telegram.private(anna)
    telegram.fault("sendMessage", "delay before effect", seconds=1, chat=chat.id)
    telegram.say(anna, chat, "31 June")
    telegram.wait_until_idle()
    assert bot.stop() < 6
    assert telegram.messages(chat, by_bot=True)[0].text.startswith("June has 30 days.")
    assert telegram.pending == []
    last = telegram.calls_of("getUpdates")[-1].parameters
    assert (last["timeout"], last["limit"]) == (0, 1)  # what was taken is said, no more is wanted


def test_stopping_idle_takes_no_time(bot: Running) -> None:
    assert bot.stop() < 1


def test_what_waited_is_answered_if_it_is_not_old(
    telegram: TelegramEmulator, anna: User, bob: User, answering: Answering, bot: Running
) -> None:
    bot.stop()
    telegram.pass_time(-3600)
    telegram.say(anna, telegram.private(anna), "31 June")
    telegram.pass_time(3600)
    telegram.say(bob, telegram.private(bob), "31 June")
    with Running(telegram, answering):
        telegram.wait_for_message(telegram.private(bob))
        says_no_more(telegram, telegram.private(anna))


def test_a_second_process_ends_and_the_first_goes_on(
    telegram: TelegramEmulator, anna: User, answering: Answering, bot: Running, quick: None
) -> None:
    telegram.ask(anna, telegram.private(anna), "31 June")
    with pytest.raises(TokenRefusedError, match="Another process takes Telegram's updates"):
        Running(telegram, answering).start().end()
    assert telegram.ask(anna, telegram.private(anna), "21 August").text.startswith("21 August")
    telegram.clear()


def test_a_webhook_set_elsewhere_is_named_and_left(
    telegram: TelegramEmulator, answering: Answering, bot: Running
) -> None:
    bot.stop()
    hook(telegram)
    with pytest.raises(TokenRefusedError, match=r"A webhook is set .* TELEGRAM_WEBHOOK_URL"):
        Running(telegram, answering).start(connected=False).end()
    assert telegram.calls_of("deleteWebhook") == []
    telegram.clear()


def hook(telegram: TelegramEmulator) -> None:
    """Set a webhook as another program does."""

    async def set_webhook() -> None:
        server = app.BotApi(TelegramSettings(Secret(telegram.token), telegram.api_url))
        await server.call("setWebhook", {"url": "https://example.com/hook"})
        await server.close()

    asyncio.run(set_webhook())


def test_a_wrong_token_is_refused_without_being_told(
    telegram: TelegramEmulator, answering: Answering
) -> None:
    wrong = "7000000001:AAWrongTokenThatOpensNothingAtAll_00"
    with pytest.raises(TokenRefusedError) as refused:
        Running(telegram, answering, token=wrong).start(connected=False).end()
    assert "TELEGRAM_TOKEN" in str(refused.value)
    assert wrong not in str(refused.value)
    telegram.clear()


def test_the_bot_stops_at_once_while_the_server_is_slow_to_say_who_it_is(
    telegram: TelegramEmulator, answering: Answering, bot: Running
) -> None:
    bot.stop()
    asked = len(telegram.calls_of("getMe"))
    telegram.fault("getMe", "delay before effect", seconds=5)
    slow = Running(telegram, answering).start(connected=False)
    until(lambda: len(telegram.calls_of("getMe")) > asked, "asked")
    assert slow.stop() < 1


def test_a_server_that_is_down_at_the_start_is_an_outage(
    telegram: TelegramEmulator, answering: Answering, bot: Running
) -> None:
    bot.stop()
    telegram.down()
    with pytest.raises(PlatformUnreachableError) as outage:
        Running(telegram, answering).start(connected=False).end()
    assert telegram.token not in str(outage.value)
    telegram.up()
