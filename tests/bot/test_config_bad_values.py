"""Bad values in the environment: a sentence each, that repeats no secret and says what would do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from config_cases import DISCORD, TELEGRAM

from bot.config import load_config
from bot.errors import ConfigurationError

BAD = [
    ("DAYBOOK_PACKS", "napoleon"),
    ("DAYBOOK_PACKS", "leon-trotsky,napoleon"),
    ("DAYBOOK_PACKS", "Leon Trotsky"),
    ("DAYBOOK_KNOWLEDGE", "no/such/file.toml"),
    ("DAYBOOK_KNOWLEDGE", f"pyproject.toml{os.pathsep}no/such/file.toml"),
    ("DAYBOOK_KNOWLEDGE", "a\0b"),
    ("DAYBOOK_KNOWLEDGE", "x" * 5000),
    ("DAYBOOK_KNOWLEDGE", "~no-such-user-anywhere/pack.toml"),
    ("DAYBOOK_ZONE", "Berlin"),
    ("DAYBOOK_ZONE", "Europe/Berlín"),
    ("DAYBOOK_ZONE", "../../etc/passwd"),
    ("DAYBOOK_ZONE", "/etc/passwd"),
    ("DAYBOOK_ZONE", "+02:00"),
    ("DAYBOOK_ZONE", "Europe"),
    ("DAYBOOK_ZONE", " "),
    ("DAYBOOK_ZONE", "a\0b"),
    ("DAYBOOK_ZONE", "x" * 5000),
    ("DAYBOOK_LOG", "loud"),
    ("DAYBOOK_LOG", "10"),
    *[
        (variable, value)
        for variable in ("DISCORD_TOKEN", "TELEGRAM_TOKEN")
        for value in (
            " ",
            "two words",
            " leading",
            "trailing ",
            "a line\n",
            "a\r\nb",
            "tab\tbed",
            '"quoted"',
            "'quoted'",
            "“quoted”",
            "Bot abcdef",
            "bot  abcdef",
            "Bearer abcdef",
            "a\0b",
            "\x1b[31m",
            "токен",
            "a\u00a0b",
            "a/b",
            "a?b#c",
            "<your token>",
            "x" * 5000,
        )
    ],
    ("DISCORD_TOKEN", TELEGRAM),
    ("TELEGRAM_TOKEN", DISCORD),
    ("DISCORD_TOKEN_FILE", "no/such/file"),
    ("DISCORD_TOKEN_FILE", "."),
    ("TELEGRAM_TOKEN_FILE", "a\0b"),
    ("TELEGRAM_TOKEN_FILE", "~no-such-user-anywhere/token"),
    ("TELEGRAM_TOKEN_FILE", "uv.lock/x"),
    *[
        (variable, value)
        for variable in ("DISCORD_API_URL", "DISCORD_GATEWAY_URL", "TELEGRAM_API_URL")
        for value in (
            "discord.com",
            "ftp://127.0.0.1/bot",
            "https:///bot",
            "wss://",
            "https://host:port/bot",
            "https://host:99999/bot",
            "https://host:0/bot",
            "https://[::1/bot",
            "https://user:password@host/bot",
            "https://host/bot?x=1",
            "https://host/bot#x",
            "https://host/a b/bot",
            "https://host/bot\n",
            "//host/bot",
        )
    ],
    ("DISCORD_API_URL", "wss://host/api"),
    ("DISCORD_GATEWAY_URL", "https://host/gateway"),
    ("TELEGRAM_API_URL", "https://host"),
    ("TELEGRAM_API_URL", "https://host:8081"),
    ("TELEGRAM_API_URL", f"https://host/bot{TELEGRAM}"),
    ("TELEGRAM_WEBHOOK_URL", "http://bot.example.org/hook"),
    ("TELEGRAM_WEBHOOK_URL", "http://10.0.0.1/hook"),
    ("TELEGRAM_WEBHOOK_URL", "https://bot.example.org:8080/hook"),
    ("TELEGRAM_WEBHOOK_LISTEN", "8443"),
    ("TELEGRAM_WEBHOOK_SECRET", "with space"),
    ("TELEGRAM_WEBHOOK_SECRET", "ünicode"),
    ("TELEGRAM_WEBHOOK_SECRET", "x" * 257),
    *[
        ("DAYBOOK_RATE", value)
        for value in (
            "20",
            "0/min",
            "-1/min",
            "20/day",
            "20 / min",
            "1.5/s",
            "x/min",
            "none",
            "²/s",
        )
    ],
    *[
        ("DAYBOOK_HTTP", value)
        for value in (
            "8080",
            ":8080",
            "127.0.0.1",
            "127.0.0.1:",
            "127.0.0.1:65536",
            "127.0.0.1:http",
            "::1:8080",
            "[::1]",
            "[127.0.0.1]:80",
            "http://127.0.0.1:8080",
            "a b:80",
            "127.0.0.1:8080\n",
        )
    ],
]


@pytest.mark.parametrize(
    ("variable", "value"), BAD, ids=[f"{name}={value[:30]!a}" for name, value in BAD]
)
def test_a_bad_value_is_one_line_that_begins_with_its_variable(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_config({variable: value})
    assert error.value.message.startswith(f"{variable}: ")
    assert "\n" not in error.value.message


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (variable, value)
        for variable, value in BAD
        if len(value) > 6 and variable.startswith(("DISCORD", "TELEGRAM"))
    ],
    ids=ascii,
)
def test_a_complaint_about_a_secret_or_a_url_does_not_repeat_it(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_config({variable: value})
    assert value.strip() not in error.value.message


def test_a_token_in_the_place_of_its_file_is_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as error:
        load_config({"TELEGRAM_TOKEN_FILE": TELEGRAM})
    assert TELEGRAM not in error.value.message


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"two words\n", "white space"),
        (b"one\ntwo\n", "white space"),
        (b"\xff\xfe", "UTF-8"),
        (b"x" * 5000, "too long"),
        (TELEGRAM.encode(), "Telegram"),
    ],
)
def test_a_file_is_checked_as_its_variable_is(tmp_path: Path, content: bytes, hint: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=f"^DISCORD_TOKEN_FILE: .*{hint}") as error:
        load_config({"DISCORD_TOKEN_FILE": str(file)})
    assert "two words" not in error.value.message


def test_a_token_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(DISCORD, "utf-8")
    with pytest.raises(ConfigurationError, match=r"^DISCORD_TOKEN: .*DISCORD_TOKEN_FILE"):
        load_config({"DISCORD_TOKEN": DISCORD, "DISCORD_TOKEN_FILE": str(file)})


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("DAYBOOK_PACKS", "napoleon", "napoleon"),
        ("DAYBOOK_KNOWLEDGE", "no/such/file.toml", "no/such/file.toml"),
        ("DAYBOOK_ZONE", "Berlin", "Berlin"),
        ("DAYBOOK_LOG", "loud", "loud"),
    ],
)
def test_a_complaint_repeats_what_was_written(variable: str, value: str, word: str) -> None:
    with pytest.raises(ConfigurationError, match=word):
        load_config({variable: value})


@pytest.mark.parametrize(
    ("variable", "value", "hint"),
    [
        ("DAYBOOK_PACKS", "napoleon", "leon-trotsky"),
        ("DAYBOOK_ZONE", "Berlin", "Europe/Berlin"),
        ("DAYBOOK_LOG", "loud", "warning"),
        ("DAYBOOK_RATE", "20", "20/min"),
        ("DAYBOOK_HTTP", "8080", "127.0.0.1:8080"),
        ("DISCORD_TOKEN", "Bot abcdef", "without"),
        ("DISCORD_TOKEN", TELEGRAM, "exchange"),
        ("TELEGRAM_API_URL", "http://8.8.8.8/bot", "https"),
    ],
)
def test_a_complaint_says_what_would_do(variable: str, value: str, hint: str) -> None:
    with pytest.raises(ConfigurationError, match=hint):
        load_config({variable: value})
