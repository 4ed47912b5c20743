"""Servers and webhooks in the environment: plain HTTP to near addresses only, TLS to any."""

from __future__ import annotations

import re

import pytest
from config_cases import DISCORD, TELEGRAM, WEBHOOK

from bot.config import load_config
from bot.errors import ConfigurationError


def test_without_urls_the_platforms_own_servers_are_used() -> None:
    config = load_config({"DISCORD_TOKEN": DISCORD, "TELEGRAM_TOKEN": TELEGRAM})
    assert config.discord is not None
    assert config.telegram is not None
    urls = config.discord.api_url, config.discord.gateway_url, config.telegram.api_url
    assert urls == (None, None, None)
    assert config.telegram.webhook is None


NEAR = ["127.0.0.1", "127.8.8.8", "localhost", "[::1]", "10.1.2.3", "172.16.0.1", "172.31.255.254"]
NEAR += ["192.168.0.10", "[fd00::1]", "[::ffff:127.0.0.1]"]
FAR = [
    "8.8.8.8",
    "example.org",
    "172.32.0.1",
    "192.0.2.1",
    "[2001:db8::1]",
    "2130706433",
    "0.0.0.0",  # noqa: S104 - nothing is bound here, nor below
]
FAR += ["localhost.example.org", "127.0.0.1.nip.io", "[::ffff:8.8.8.8]", "169.254.169.254"]


@pytest.mark.parametrize("host", NEAR)
def test_plain_http_is_taken_to_loopback_and_private_addresses(host: str) -> None:
    config = load_config(
        {
            "DISCORD_TOKEN": DISCORD,
            "DISCORD_API_URL": f"http://{host}:8000/api/v10/",
            "DISCORD_GATEWAY_URL": f"ws://{host}:8000/gateway",
            "TELEGRAM_TOKEN": TELEGRAM,
            "TELEGRAM_API_URL": f"http://{host}:8001/bot",
        }
    )
    assert config.discord is not None
    assert config.telegram is not None
    assert config.discord.api_url == f"http://{host}:8000/api/v10"
    assert config.discord.gateway_url == f"ws://{host}:8000/gateway"
    assert config.telegram.api_url == f"http://{host}:8001/bot"


@pytest.mark.parametrize("host", FAR)
@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("DISCORD_API_URL", "http://{}/api/v10"),
        ("DISCORD_GATEWAY_URL", "ws://{}/gateway"),
        ("TELEGRAM_API_URL", "http://{}/bot"),
    ],
)
def test_plain_http_is_taken_nowhere_else(host: str, variable: str, url: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{variable}: "):
        load_config({variable: url.format(host)})


@pytest.mark.parametrize("host", [host for host in FAR if host != "2130706433"])
def test_with_tls_any_server_is_taken(host: str) -> None:
    config = load_config({"DISCORD_TOKEN": "x", "DISCORD_API_URL": f"https://{host}/api/v10"})
    assert config.discord is not None
    assert config.discord.api_url == f"https://{host}/api/v10"


def test_a_webhook_has_a_url_a_secret_and_an_address() -> None:
    settings = load_config({"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK}).telegram
    assert settings is not None
    assert settings.webhook is not None
    assert (settings.webhook.url, settings.webhook.host, settings.webhook.port) == (
        "https://bot.example.org/hook",
        "127.0.0.1",
        8443,
    )
    assert settings.webhook.secret.reveal() == "canary-secret"


def test_a_secret_of_the_webhook_that_nobody_chose_is_a_new_one_each_time() -> None:
    environment = {"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, "TELEGRAM_WEBHOOK_SECRET": ""}
    made = [load_config(environment).secrets[1].reveal() for _ in range(3)]
    assert len(set(made)) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32,256}", secret) for secret in made)


def test_a_webhook_may_be_plain_to_loopback() -> None:
    urls = {"TELEGRAM_WEBHOOK_URL": "http://127.0.0.1:8090/hook"}
    urls["TELEGRAM_API_URL"] = "http://127.0.0.1:8001/bot"
    settings = load_config({"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, **urls}).telegram
    assert settings is not None
    assert settings.webhook is not None
    assert settings.webhook.url == "http://127.0.0.1:8090/hook"


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
def test_telegram_sends_to_four_ports(port: str) -> None:
    url = f"https://bot.example.org{port}/hook"
    settings = load_config(
        {"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, "TELEGRAM_WEBHOOK_URL": url}
    ).telegram
    assert settings is not None
    assert settings.webhook is not None
    assert settings.webhook.url == url


@pytest.mark.parametrize("left_out", ["TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_LISTEN"])
def test_a_webhook_needs_its_url_and_its_address(left_out: str) -> None:
    environment = {"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, left_out: ""}
    with pytest.raises(ConfigurationError, match=f"^{left_out}: "):
        load_config(environment)
