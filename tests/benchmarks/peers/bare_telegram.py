"""The peer: the least bot that python-telegram-bot can be, with one answer to every message."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

ANSWER = "1940 Somebody dies in hospital, aged 60.\n" * 5


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer with the same text whatever was asked."""
    if update.effective_message is not None:
        await update.effective_message.reply_text(ANSWER)


application = (
    Application.builder()
    .token(os.environ["TELEGRAM_TOKEN"])
    .base_url(os.environ["TELEGRAM_API_URL"])
    .concurrent_updates(64)
    .connection_pool_size(64)
    .pool_timeout(30)
    .build()
)
application.add_handler(MessageHandler(filters.TEXT, answer))
application.run_polling(allowed_updates=["message"])
