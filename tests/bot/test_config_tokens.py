"""Tokens in the environment or in files, and that no secret is shown."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from config_cases import DISCORD, TELEGRAM, WEBHOOK

from bot.config import Config, load_config
from bot.settings import Secret


def discord_token(environment: dict[str, str]) -> str:
    settings = load_config(environment).discord
    assert settings is not None
    return settings.token.reveal()


def telegram_token(environment: dict[str, str]) -> str:
    settings = load_config(environment).telegram
    assert settings is not None
    return settings.token.reveal()


@pytest.mark.parametrize("token", [DISCORD, "test-token", "a", "token=with=padding==", "1.2.3"])
def test_a_token_of_discord_may_look_like_anything_that_a_server_takes(token: str) -> None:
    assert discord_token({"DISCORD_TOKEN": token}) == token


@pytest.mark.parametrize("token", [TELEGRAM, "123456:TEST-token_1", "token", "1:a"])
def test_a_token_of_telegram_may_look_like_anything_that_a_server_takes(token: str) -> None:
    assert telegram_token({"TELEGRAM_TOKEN": token}) == token


@pytest.mark.parametrize("platform", ["DISCORD", "TELEGRAM"])
@pytest.mark.parametrize("content", ["", "\n", "  \n", "\r\n\r\n"])
def test_an_empty_file_counts_as_unset(tmp_path: Path, platform: str, content: str) -> None:
    file = tmp_path / "token"
    file.write_text(content, "utf-8")
    config = load_config({f"{platform}_TOKEN_FILE": str(file), f"{platform}_TOKEN": ""})
    assert (config.discord, config.telegram, config.warnings) == (None, None, ())


@pytest.mark.parametrize("content", ["{}", "{}\n", "{}\r\n", "\ufeff{}\n"])
def test_a_file_holds_a_token_on_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content.format(DISCORD).encode())
    file.chmod(0o600)
    environment = {"DISCORD_TOKEN_FILE": str(file)}
    assert discord_token(environment) == DISCORD
    assert load_config(environment).warnings == ()


def test_an_empty_file_beside_a_variable_leaves_the_variable(tmp_path: Path) -> None:
    (tmp_path / "token").touch()
    environment = {"DISCORD_TOKEN_FILE": str(tmp_path / "token"), "DISCORD_TOKEN": DISCORD}
    assert discord_token(environment) == DISCORD


@pytest.mark.skipif(os.name != "posix", reason="who may read a file is kept elsewhere")
@pytest.mark.parametrize(
    ("mode", "warns"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True), (0o644, True)]
)
def test_a_file_that_others_may_read_is_a_warning(tmp_path: Path, mode: int, warns: bool) -> None:
    file = tmp_path / "token"
    file.write_text(TELEGRAM, "utf-8")
    file.chmod(mode)
    config = load_config({"TELEGRAM_TOKEN_FILE": str(file)})
    assert [warning.startswith("TELEGRAM_TOKEN_FILE: ") for warning in config.warnings] == (
        [True] if warns else []
    )


def test_every_secret_is_known_for_the_log() -> None:
    config = load_config({"DISCORD_TOKEN": DISCORD, "TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK})
    assert config.secrets == (Secret(DISCORD), Secret(TELEGRAM), Secret("canary-secret"))


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{!r:>9}".format, lambda x: f"{x!s}"])
def test_a_configuration_shows_no_secret(show: Callable[[Config], str]) -> None:
    config = load_config({"DISCORD_TOKEN": DISCORD, "TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK})
    shown = show(config)
    assert not [
        secret for secret in (DISCORD, TELEGRAM, "canary-secret", DISCORD[-20:]) if secret in shown
    ]


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{:>9}".format, "%s".__mod__])
def test_a_secret_shows_nothing(show: Callable[[Secret], str]) -> None:
    assert show(Secret(DISCORD)).strip() == "***"


def test_a_secret_cannot_be_written_to_a_file_by_accident() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(DISCORD))
