# ruff: noqa: ANN401 - JSON may be anything
"""The real python-telegram-bot 22.8 on the emulator: polling, presses, inline, webhook bodies."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_raw import started
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
)

Context = ContextTypes.DEFAULT_TYPE


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with started() as emulator:
        yield emulator


async def on_start(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    button = InlineKeyboardButton("More", callback_data="more")
    await update.effective_message.reply_text(
        "Hello & welcome",
        entities=[MessageEntity("bold", 0, 5)],
        reply_markup=InlineKeyboardMarkup([[button]]),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(update.effective_message.message_id),
    )


async def on_press(update: Update, context: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Here")
    await update.callback_query.edit_message_text("More of it")


async def on_inline(update: Update, context: Context) -> None:
    assert update.inline_query is not None
    content = InputTextMessageContent("Curie", parse_mode="HTML")
    result = InlineQueryResultArticle("1", "Marie Curie", content)
    await update.inline_query.answer([result], cache_time=0, is_personal=True)


def application(telegram: TelegramEmulator, token: str | None = None) -> Any:
    built = (
        Application.builder()
        .token(token or telegram.token)
        .base_url(telegram.api_url)
        .base_file_url(telegram.file_url)
        .build()
    )
    built.add_handler(CommandHandler("start", on_start))
    built.add_handler(CallbackQueryHandler(on_press))
    built.add_handler(InlineQueryHandler(on_inline))
    return built


@asynccontextmanager
async def polling(telegram: TelegramEmulator) -> AsyncIterator[Any]:
    app = application(telegram)
    async with app:
        await app.start()
        await app.updater.start_polling(timeout=5)
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


@pytest.mark.asyncio
async def test_the_library_answers_presses_and_inline_queries(telegram: TelegramEmulator) -> None:
    anna = telegram.user("Anna")
    chat = telegram.private(anna)
    async with polling(telegram):
        answer = await asyncio.to_thread(telegram.ask, anna, chat, "/start")
        assert (answer.text, answer.formats) == ("Hello & welcome", (("bold", "Hello"),))
        pressed = await asyncio.to_thread(telegram.press, anna, answer, "More")
        assert (pressed.text, pressed.alert) == ("Here", False)
        edited = await asyncio.to_thread(
            telegram.wait_for_message, chat, lambda message: message.edits == 1
        )
        assert (edited.text, edited.rows) == ("More of it", ())
        inline = await asyncio.to_thread(telegram.inline, anna, "curie")
        assert [one["title"] for one in inline.results] == ["Marie Curie"]
        await asyncio.to_thread(telegram.wait_until_idle)
    telegram.assert_nothing_refused()


@pytest.mark.asyncio
async def test_the_library_reads_every_kind_of_update(telegram: TelegramEmulator) -> None:
    anna, ben = telegram.user("Anna"), telegram.user("Ben")
    forum = telegram.forum(members=[anna, ben], topics=["History"], bot="administrator")
    telegram.say(anna, forum, "/start", topic=telegram.topic_of(forum, "History"))
    telegram.add_member(forum, telegram.user("Eve"), by=anna)
    telegram.migrate(telegram.group(members=[anna]))
    telegram.block(anna)
    telegram.edit(telegram.say(None, telegram.channel(), "news"), "newer")
    bot = application(telegram).bot
    async with bot:
        updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    assert len(updates) == len(telegram.updates) == 8
    assert [update.to_dict()["update_id"] for update in updates] == telegram.pending
    assert updates[1].message.is_topic_message is True
    assert updates[3].message.migrate_to_chat_id < -(10**12)
    assert updates[5].my_chat_member.new_chat_member.status == "kicked"
    assert updates[7].edited_channel_post.text == "newer"


@pytest.mark.asyncio
async def test_the_library_raises_its_own_errors(
    telegram: TelegramEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it RetryAfter warns of times to come
    anna = telegram.user("Anna")
    telegram.private(anna)
    group = telegram.group()
    new = telegram.migrate(group)
    bot = application(telegram).bot
    async with bot:
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(group.id, "a")
        assert moved.value.new_chat_id == new.id
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "a")
        with pytest.raises(BadRequest, match="Can't parse entities"):
            await bot.send_message(anna.id, "<b>", parse_mode="HTML")
        telegram.fault("sendMessage", "retry after", seconds=35)
        with pytest.raises(RetryAfter):
            await bot.send_message(anna.id, "a")
        telegram.fault("sendMessage", "html after effect")
        with pytest.raises(NetworkError):
            await bot.send_message(anna.id, "sent after all")
        telegram.fault("sendMessage", "cut after effect")
        with pytest.raises(NetworkError):
            await bot.send_message(anna.id, "sent too")
        telegram.block(anna)
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(anna.id, "a")
        await bot.set_webhook("https://daybook.example/hook")
        with pytest.raises(Conflict):
            await bot.get_updates()
    sent = [one.text for one in telegram.messages(telegram.private(anna), by_bot=True)]
    assert sent == ["sent after all", "sent too"]


@pytest.mark.asyncio
@pytest.mark.parametrize("token", ["7000000001:AAwrong", "7000000001"])
async def test_the_library_refuses_to_start_with_a_wrong_token(
    telegram: TelegramEmulator, token: str
) -> None:
    app = application(telegram, token)
    with pytest.raises(InvalidToken):
        await app.initialize()
    await app.bot.shutdown()


@pytest.mark.asyncio
async def test_settings_and_files_go_both_ways(telegram: TelegramEmulator) -> None:
    anna = telegram.user("Anna")
    telegram.private(anna)
    bot = application(telegram).bot
    async with bot:
        scope = BotCommandScopeAllGroupChats()
        await bot.set_my_commands([BotCommand("help", "Hilfe")], scope, language_code="de")
        assert (await bot.get_my_commands(scope, "de"))[0].description == "Hilfe"
        assert await bot.get_my_commands() == ()
        await bot.set_my_short_description("Auf Deutsch", language_code="de")
        await bot.set_my_short_description("In English")
        assert (await bot.get_my_short_description("fr")).short_description == "In English"
        message = await bot.send_document(anna.id, b"abc", filename="a.txt", caption="c")
        file = await message.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"abc"
        assert (await bot.get_chat(anna.id)).first_name == "Anna"
        await bot.send_chat_action(anna.id, "typing")
    assert telegram.commands["all_group_chats", "de"][0]["command"] == "help"
    assert telegram.actions == [(anna.id, None, "typing")]
    telegram.assert_nothing_refused()


@pytest.mark.asyncio
async def test_the_library_reads_a_webhooks_body(telegram: TelegramEmulator) -> None:
    bodies: list[bytes] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        bodies.append(await reader.readexactly(length))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        anna = telegram.user("Anna")
        telegram.say(anna, telegram.private(anna), "/start")
        update = telegram.updates[0]
        url = f"http://127.0.0.1:{port}/"
        assert await asyncio.to_thread(telegram.post, url, update) == (200, "")
    bot = application(telegram).bot
    read = Update.de_json(json.loads(bodies[0]), bot)
    assert read.effective_message is not None
    assert read.effective_message.text == "/start"
