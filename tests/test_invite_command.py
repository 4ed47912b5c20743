"""`daybook invite` and `daybook doctor --online`: what each platform says of its token."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from command_lines import ONLY_POLAR, is_one_line
from config_cases import DISCORD, TELEGRAM
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import Daybook
from serve_cases import of, posix, server, to


@pytest.mark.parametrize("command", [["invite"], ["doctor", "--online"]])
def test_who_the_bot_is_is_asked_of_each_platform(daybook: Daybook, command: list[str]) -> None:
    with DiscordEmulator(check=False) as discord, TelegramEmulator(check=False) as telegram:
        done = daybook(
            *command,
            **ONLY_POLAR,
            **discord.environment,
            **telegram.environment,
        )
        name = telegram.bot.username
    assert done.code == 0
    assert str(name) in done.out
    assert "Discord: " in done.out
    assert done.err == ""


def test_invite_prints_links(daybook: Daybook) -> None:
    with DiscordEmulator(check=False) as discord:
        done = daybook("invite", **ONLY_POLAR, **discord.environment)
    links = [line.strip() for line in done.lines if "https://" in line]
    assert links
    assert all(link.startswith("https://") and discord.application_id in link for link in links)


def test_invite_without_a_token_is_one_line(daybook: Daybook) -> None:
    done = daybook("invite")
    assert (done.code, is_one_line(done)) == (78, True)


@pytest.mark.parametrize("command", [["invite"], ["doctor", "--online"]])
@pytest.mark.parametrize(
    ("platform", "status", "code"),
    [
        ("DISCORD", 401, 78),
        ("TELEGRAM", 401, 78),
        pytest.param("DISCORD", 500, 1, marks=pytest.mark.slow),  # its library tries for long
        ("TELEGRAM", 500, 1),
    ],
)
def test_a_platform_that_says_no_is_a_sentence(
    daybook: Daybook, command: list[str], platform: str, status: int, code: int
) -> None:
    with server(status) as port:
        done = daybook(*command, **of(platform, to(port)))
    assert done.code == code
    assert "Traceback" not in done.err
    assert DISCORD not in done.out + done.err
    assert TELEGRAM not in done.out + done.err


def test_doctor_online_says_of_a_platform_without_a_token_that_it_has_none(
    daybook: Daybook,
) -> None:
    done = daybook("doctor", "--online", **ONLY_POLAR)
    assert done.code == 0
    assert {"ok: DISCORD_TOKEN: not set", "ok: TELEGRAM_TOKEN: not set"} <= set(done.lines)


@posix
@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_a_token_that_others_may_read_is_a_warning(
    daybook: Daybook, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "token"
    file.write_text(TELEGRAM, "utf-8")
    file.chmod(0o644)
    with server(401) as port:
        environment = {**to(port), "TELEGRAM_TOKEN": "", "TELEGRAM_TOKEN_FILE": str(file)}
        done = daybook(command, **of("TELEGRAM", environment))
    said = done.out + done.err
    assert "TELEGRAM_TOKEN_FILE: others than its owner may read" in said
    assert TELEGRAM not in said
    assert done.code == (78 if command == "serve" else 0)  # the token is refused


def test_doctor_offline_asks_nobody(daybook: Daybook) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        done = daybook("doctor", **to(nobody.getsockname()[1]))
        nobody.setblocking(False)
        with pytest.raises(BlockingIOError):
            nobody.accept()
    assert done.code == 0
