"""What `doctor --online` and `invite` are told of a bot on Telegram."""

from __future__ import annotations

import asyncio

import pytest
from emulators.telegram_emulator import TelegramEmulator

from adapters.telegram.app import BotApi, look
from bot.adapter import Identity, PlatformUnreachableError, TokenRefusedError
from bot.settings import Secret, TelegramSettings, WebhookSettings


def identity(
    telegram: TelegramEmulator, token: str = "", webhook: WebhookSettings | None = None
) -> Identity:
    settings = TelegramSettings(Secret(token or telegram.token), telegram.api_url, webhook)
    return asyncio.run(look(settings))


def remark(found: Identity, word: str) -> tuple[bool, str]:
    (one,) = (remark for remark in found.remarks if word in remark.text)
    return one.is_well, one.text


def test_the_bot_is_named_with_its_links(telegram: TelegramEmulator) -> None:
    found = identity(telegram)
    assert found.name == "Daybook (@daybook_test_bot)"
    assert [link for _, link in found.invitations] == [
        "https://t.me/daybook_test_bot",
        "https://t.me/daybook_test_bot?startgroup=daybook",
        "https://t.me/daybook_test_bot?startchannel&admin=post_messages",
    ]


def test_privacy_mode_is_told_with_what_changes_it(telegram: TelegramEmulator) -> None:
    assert "/setprivacy" in remark(identity(telegram), "Privacy mode is on")[1]


def test_privacy_mode_that_is_off_is_told(telegram: TelegramEmulator) -> None:
    telegram.set_privacy(False)
    assert remark(identity(telegram), "Privacy mode is off")[0]


def test_updates_come_by_long_poll(telegram: TelegramEmulator) -> None:
    assert remark(identity(telegram), "long poll") == (True, "Updates come by long poll.")


def set_webhook(telegram: TelegramEmulator) -> None:
    async def set_it() -> None:
        server = BotApi(TelegramSettings(Secret(telegram.token), telegram.api_url))
        await server.call("setWebhook", {"url": "https://bot.example/hook"})
        await server.close()

    asyncio.run(set_it())


def test_a_webhook_set_by_another_is_no_good_for_polling(telegram: TelegramEmulator) -> None:
    set_webhook(telegram)
    is_well, text = remark(identity(telegram), "webhook")
    assert not is_well
    assert "deleteWebhook" in text


def test_our_own_webhook_is_well(telegram: TelegramEmulator) -> None:
    set_webhook(telegram)
    webhook = WebhookSettings("https://bot.example/hook", Secret("s"), "127.0.0.1", 1)
    assert remark(identity(telegram, webhook=webhook), "webhook") == (
        True,
        "Updates come by webhook.",
    )


def test_looking_changes_nothing(telegram: TelegramEmulator) -> None:
    identity(telegram)
    assert {one.method for one in telegram.calls} == {"getMe", "getWebhookInfo"}


def test_a_refused_token_is_said(telegram: TelegramEmulator) -> None:
    with pytest.raises(TokenRefusedError, match="TELEGRAM_TOKEN"):
        identity(telegram, "7000000001:AAWrongTokenThatOpensNothingAtAll_00")


def test_a_server_that_is_down_is_said(telegram: TelegramEmulator) -> None:
    telegram.down()
    with pytest.raises(PlatformUnreachableError) as raised:
        identity(telegram)
    assert telegram.token not in str(raised.value)
    telegram.up()
