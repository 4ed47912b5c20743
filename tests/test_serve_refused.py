"""`daybook serve` that can't start, or whose token is refused, says why in one line."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from command_lines import ONLY_POLAR, is_one_line
from config_cases import DISCORD, TELEGRAM
from emulators.telegram_emulator import TelegramEmulator
from processes import Daybook, Ended
from serve_cases import of, server, to
from serving import Serving, free_port


def serve(daybook: Daybook, **environment: str) -> Ended:
    return daybook("serve", **environment)


# -- what is wrong from the start -----------------------------------------------------------------


def test_without_a_token_it_says_which_variables_there_are(daybook: Daybook) -> None:
    done = serve(daybook)
    assert (done.code, is_one_line(done)) == (78, True)
    assert "DISCORD_TOKEN" in done.err
    assert "TELEGRAM_TOKEN" in done.err


@pytest.mark.parametrize("variable", ["DISCORD_TOKEN_FILE", "TELEGRAM_TOKEN_FILE"])
def test_a_file_without_a_token_is_no_token(
    daybook: Daybook, tmp_path: Path, variable: str
) -> None:
    (tmp_path / "token").touch()
    done = serve(daybook, **{variable: str(tmp_path / "token")})
    assert (done.code, is_one_line(done)) == (78, True)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DISCORD_TOKEN", TELEGRAM),
        ("TELEGRAM_TOKEN", DISCORD),
        ("DISCORD_TOKEN", f"Bot {DISCORD}"),
        ("DISCORD_TOKEN", f"{DISCORD}\n"),
        ("TELEGRAM_TOKEN", f'"{TELEGRAM}"'),
        ("TELEGRAM_API_URL", "http://192.0.2.1/bot"),
        ("DAYBOOK_HTTP", "8080"),
        ("DAYBOOK_RATE", "often"),
        ("DAYBOOK_KNOWLEDGE", "no/such/pack.toml"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    daybook: Daybook, variable: str, value: str
) -> None:
    done = serve(daybook, **{"DISCORD_TOKEN": "x", **ONLY_POLAR, variable: value})
    assert (done.code, is_one_line(done)) == (78, True)
    assert done.err.startswith(f"{variable}: ")
    assert DISCORD not in done.err
    assert TELEGRAM not in done.err


def test_a_port_that_is_taken_is_one_line(daybook: Daybook) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = serve(daybook, **to(free_port()), DAYBOOK_HTTP=address)
    assert (done.code, is_one_line(done)) == (78, True)
    assert done.err.startswith(f"DAYBOOK_HTTP: the port {address} ")


def test_a_port_of_the_webhook_that_is_taken_is_one_line(daybook: Daybook) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        webhook = {
            "TELEGRAM_WEBHOOK_URL": "http://127.0.0.1/hook",
            "TELEGRAM_WEBHOOK_LISTEN": address,
        }
        done = serve(daybook, **to(free_port()), **webhook)
    assert (done.code, is_one_line(done)) == (78, True)
    assert done.err.startswith(f"TELEGRAM_WEBHOOK_LISTEN: the port {address} ")


def test_a_faulty_pack_is_one_line(daybook: Daybook, tmp_path: Path) -> None:
    pack = tmp_path / "faulty.toml"
    pack.write_text('[[event]]\ndate = "1921-02-30"\ntext = "No day."\n', "utf-8")
    environment = {**to(free_port()), "DAYBOOK_KNOWLEDGE": str(pack)}
    done = serve(daybook, **environment)
    assert (done.code, is_one_line(done)) == (78, True)
    assert done.err.startswith("DAYBOOK_KNOWLEDGE: ")


@pytest.mark.parametrize("platform", ["discord", "telegram"])
@pytest.mark.parametrize("command", ["serve", "invite", "doctor"])
def test_a_library_that_is_not_installed_is_one_line_with_the_cure(
    daybook: Daybook, tmp_path: Path, platform: str, command: str
) -> None:
    missing = f'raise ModuleNotFoundError("No module named {platform!r}", name={platform!r})\n'
    (tmp_path / f"{platform}.py").write_text(missing, "utf-8")
    environment = of(platform.upper(), to(free_port())) | {"PYTHONPATH": str(tmp_path)}
    arguments = [command, "--online"] if command == "doctor" else [command]
    done = daybook(*arguments, **environment)
    assert done.code == 78
    assert f"pip install 'daybook-bot[{platform}]'" in done.out + done.err
    assert "Traceback" not in done.err


def test_a_bug_is_logged_whole_but_for_secrets(daybook: Daybook, tmp_path: Path) -> None:
    (tmp_path / "discord.py").write_text(f'raise RuntimeError("{DISCORD}")\n', "utf-8")
    environment = of("DISCORD", to(free_port())) | {"PYTHONPATH": str(tmp_path)}
    done = serve(daybook, **environment)
    assert (done.code, is_one_line(done)) == (1, True)
    line = json.loads(done.err)
    assert (line["level"], "RuntimeError: ***" in line["exception"]) == ("critical", True)
    assert DISCORD.split(".")[2] not in done.err


# -- a refused token ------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["DISCORD", "TELEGRAM"])
def test_the_only_token_refused_is_one_line(daybook: Daybook, platform: str) -> None:
    with server(401) as port:
        done = serve(daybook, **of(platform, to(port)))
    assert (done.code, is_one_line(done)) == (78, True)
    assert f"{platform}_TOKEN" in done.err


def test_every_token_refused_ends_with_a_line_that_names_both(daybook: Daybook) -> None:
    with server(401) as port:
        done = serve(daybook, **to(port))
    assert done.code == 78
    last = done.err.splitlines()[-1]
    assert "DISCORD_TOKEN" in last
    assert "TELEGRAM_TOKEN" in last
    assert "Traceback" not in done.err


def test_a_refused_token_leaves_the_other_platform_running(daybook: Daybook) -> None:
    with server(401) as port, TelegramEmulator(check=False) as telegram:
        environment = {**to(port), **telegram.environment}
        with Serving(daybook, environment) as serving:
            serving.wait_until(
                lambda: (
                    json.loads(serving.get("/readyz").body)["platforms"]
                    == {
                        "discord": _like("the token was refused"),
                        "telegram": _like("connected"),
                    }
                ),
                "on Telegram alone",
            )
            assert serving.get("/readyz").status == 503
            assert serving.stop().code == 0


class _like:  # noqa: N801 - reads as a word
    """Equal to any state of a platform with this phase."""

    def __init__(self, state: str) -> None:
        self.state = state

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and other.get("state") == self.state

    def __hash__(self) -> int:
        return hash(self.state)
