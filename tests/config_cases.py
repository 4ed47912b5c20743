"""What tests of the configuration share: tokens as they look, and a webhook's variables."""

from __future__ import annotations

TELEGRAM = "7311840265:AAF4q-Zt_9wLkXo2mVb8RsYd1NcJ6hUePg0"
DISCORD = "MTE4NzQwMjk5NTUxMzM3NDcy.GhT3xQ.k2Vd9-fLq_0aYw7RzUcXb5NmJt8eHs1oPgiKv4"

WEBHOOK = {
    "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/hook",
    "TELEGRAM_WEBHOOK_SECRET": "canary-secret",
    "TELEGRAM_WEBHOOK_LISTEN": "127.0.0.1:8443",
}
