"""`daybook serve` as operators run it: a real process, its log, its exit codes, its end."""

from __future__ import annotations

import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import PATIENCE, ROOT, Daybook, Ended
from serving import Serving, free_port

from bot import health, supervisor
from bot.cli import stop_signals

POLAR = {
    "DAYBOOK_PACKS": "",
    "DAYBOOK_KNOWLEDGE": str(ROOT / "tests" / "packs" / "polar-expedition"),
}
TELEGRAM = "7311840265:AAF4q-Zt_9wLkXo2mVb8RsYd1NcJ6hUePg0"
DISCORD = "MTE4NzQwMjk5NTUxMzM3NDcy.GhT3xQ.k2Vd9-fLq_0aYw7RzUcXb5NmJt8eHs1oPgiKv4"

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def to(port: int) -> dict[str, str]:
    """Return the variables that send both bots to a port of this machine."""
    return {
        "DISCORD_TOKEN": DISCORD,
        "DISCORD_API_URL": f"http://127.0.0.1:{port}/api/v10",
        "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{port}/gateway",
        "TELEGRAM_TOKEN": TELEGRAM,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}/bot",
        **POLAR,
    }


def of(platform: str, environment: dict[str, str]) -> dict[str, str]:
    """Leave the token of one platform only."""
    other = "DISCORD_TOKEN" if platform == "TELEGRAM" else "TELEGRAM_TOKEN"
    return {**environment, other: ""}


@contextmanager
def server(status: int) -> Iterator[int]:
    """Open a port where every request has the same answer, as both platforms would word it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(
                {"ok": False, "error_code": status, "description": "no", "message": "no", "code": 0}
            ).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the name is http.server's

        def log_message(self, *_: object) -> None:
            """Say nothing on the tests' standard error."""

    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield found.server_address[1]
    finally:
        found.shutdown()
        found.server_close()
        thread.join(PATIENCE)


def serve(daybook: Daybook, **environment: str) -> Ended:
    return daybook("serve", **environment)


def is_one_line(done: Ended) -> bool:
    return len(done.err.splitlines()) == 1 and done.out == ""


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
    done = serve(daybook, **{"DISCORD_TOKEN": "x", **POLAR, variable: value})
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


# -- running --------------------------------------------------------------------------------------


@contextmanager
def connected(daybook: Daybook, **more: str) -> Iterator[Serving]:
    """Run a bot that is connected to both platforms."""
    with ExitStack() as stack:
        discord = stack.enter_context(DiscordEmulator(check=False))
        telegram = stack.enter_context(TelegramEmulator(check=False))
        environment = {**POLAR, **discord.environment, **telegram.environment, **more}
        serving = stack.enter_context(Serving(daybook, environment))
        serving.wait_until_ready()
        yield serving


def test_it_is_ready_when_both_platforms_are_connected(daybook: Daybook) -> None:
    with connected(daybook) as serving:
        assert json.loads(serving.get("/readyz").body)["ready"] is True
        assert serving.get("/healthz").status == 200
        metrics = serving.get("/metrics").body
        assert 'daybook_connected{platform="discord"} 1.0' in metrics
        assert 'daybook_connected{platform="telegram"} 1.0' in metrics
        assert 'daybook_library_entries{kind="events",pack="polar-expedition"}' in metrics


def test_the_log_is_json_from_the_first_line_to_the_last(daybook: Daybook) -> None:
    with connected(daybook, DAYBOOK_LOG="debug") as serving:
        assert serving.stop().code == 0
        assert serving.other_lines == []
        assert serving.output == ""
        said = [line["event"] for line in serving.log_lines]
    assert {"discord: connected", "telegram: connected", "stopped"} <= set(said)


def test_no_warning_is_logged_while_all_is_well(daybook: Daybook) -> None:
    with connected(daybook) as serving:
        serving.stop()
        levels = {line["level"] for line in serving.log_lines}
    assert levels == {"info"}


@pytest.mark.slow
def test_a_replaced_pack_is_taken_within_a_minute(daybook: Daybook, tmp_path: Path) -> None:
    event = '[[event]]\nid = "{0}"\ndate = "1921-05-{0}"\ntext = "On day {0} a pump arrives."\n'
    pack = tmp_path / "village.toml"
    pack.write_text(event.format(14), "utf-8")
    with connected(daybook, DAYBOOK_KNOWLEDGE=str(pack)) as serving:
        value = 'daybook_library_entries{kind="events",pack="village"} '
        assert value + "1.0" in serving.get("/metrics").body
        pack.write_text(event.format(14) + event.format(15), "utf-8")
        serving.wait_until(
            lambda: value + "2.0" in serving.get("/metrics").body, "told of the new pack", 60
        )


# -- outages --------------------------------------------------------------------------------------


def test_a_platform_that_is_down_is_tried_again_and_found(daybook: Daybook) -> None:
    port = free_port()
    with Serving(daybook, of("TELEGRAM", to(port))) as serving:
        serving.wait_for_log("trying again")
        assert serving.get("/readyz").status == 503
        assert serving.get("/healthz").status == 200
        assert serving.stop().code == 0


@pytest.mark.parametrize("level", ["debug", "info"])
@pytest.mark.parametrize("status", [500, 429, None], ids=["500", "429", "down"])
def test_no_token_is_in_the_log_of_an_outage(
    daybook: Daybook, status: int | None, level: str
) -> None:
    with ExitStack() as stack:
        port = stack.enter_context(server(status)) if status else free_port()
        environment = {**to(port), "DAYBOOK_LOG": level}
        serving = stack.enter_context(Serving(daybook, environment))
        serving.wait_for_log("telegram: trying again")
        time.sleep(0.5)
        assert serving.stop().code == 0
        log = serving.log
    parts = [DISCORD, TELEGRAM, *DISCORD.split("."), *TELEGRAM.split(":")]
    assert [part for part in parts if part in log] == []


# -- the end --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_it_in_order(daybook: Daybook, name: str) -> None:
    with connected(daybook) as serving:
        begin = time.monotonic()
        serving.signal(signal.Signals[name])
        assert serving.wait_for_end() == 0
        assert time.monotonic() - begin < 10
        assert serving.log_lines[-1]["event"] == "stopped"


@posix
def test_a_signal_ends_it_while_it_waits_out_an_outage(daybook: Daybook) -> None:
    with Serving(daybook, to(free_port())) as serving:
        serving.wait_for_log("telegram: trying again")
        stopped = serving.stop()
    assert stopped.code == 0
    assert stopped.seconds < 5


@posix
@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.9, 1.2])
def test_a_signal_ends_it_while_it_starts(daybook: Daybook, tmp_path: Path, seconds: float) -> None:
    """It is asked early: while it imports, or builds its library for the first time."""
    fresh = {"XDG_CACHE_HOME": str(tmp_path), "DAYBOOK_PACKS": "leon-trotsky"}
    with Serving(daybook, {**to(free_port()), **fresh}) as serving:
        time.sleep(seconds)
        stopped = serving.stop()
        assert stopped.code in (0, -signal.SIGTERM)  # the latter before it reads a line of ours
        assert stopped.seconds < 5
        assert "Traceback" not in serving.log
    assert not [file for file in tmp_path.rglob("*") if file.name.startswith(".knowledge-")]


@posix
def test_a_port_is_free_again_after_the_end(daybook: Daybook) -> None:
    with connected(daybook) as serving:
        serving.stop()
        with socket.create_server(("127.0.0.1", serving.port)):
            pass


STUCK = """
import asyncio, sys, time
from bot.cli import stop_signals
from bot.cli.stop_signals import StopSignals

stop_signals.LAST_SECONDS = float(sys.argv[1])

async def run(signals):
    signals.attach(asyncio.get_running_loop(), asyncio.Event())
    print("ready", flush=True)
    {body}

asyncio.run(run(StopSignals()))
"""
BODIES = {"a task that waits": "await asyncio.Event().wait()", "a loop that turns": "while True: 1"}


@contextmanager
def stuck(body: str, last_seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that does not stop by itself when it is told to."""
    program = STUCK.format(body=body)
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(last_seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)
        process.stdout.close()


@posix
@pytest.mark.parametrize("body", BODIES)
def test_a_second_ctrl_c_ends_it_at_once(body: str) -> None:
    with stuck(BODIES[body], 60) as process:
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 130


@posix
@pytest.mark.parametrize("body", BODIES)
def test_what_never_stops_is_ended(body: str) -> None:
    with stuck(BODIES[body], 0.2) as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 1


def test_the_waits_of_a_stop_fit_into_ten_seconds() -> None:
    waits = supervisor.STOP_SECONDS + supervisor.CANCEL_SECONDS + health.CLOSE_SECONDS
    assert waits + 0.5 <= stop_signals.LAST_SECONDS < 10


@posix
def test_a_second_sigterm_changes_nothing() -> None:
    with stuck(BODIES["a task that waits"], 60) as process:
        for _ in range(3):
            process.send_signal(signal.SIGTERM)
            time.sleep(0.05)
        assert process.poll() is None


# -- standard error that is gone or stuck ---------------------------------------------------------

Opened = Callable[[], int]


def start(
    daybook: Daybook, port: int, *, stderr: int, close: bool = False
) -> subprocess.Popen[bytes]:
    environment = {**to(free_port()), "DAYBOOK_HTTP": f"127.0.0.1:{port}"}
    words = daybook.command("serve")
    return subprocess.Popen(
        ["/bin/sh", "-c", 'exec "$@" >&- 2>&-', "sh", *words] if close else words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        cwd=ROOT,
        env=daybook.environment(**environment),
        start_new_session=True,
    )


def fill(pipe: int) -> None:
    """Write to a pipe until it takes no more; the next write will wait."""
    os.set_blocking(pipe, False)
    try:
        while os.write(pipe, b"x" * 4096):
            pass
    except BlockingIOError:
        os.set_blocking(pipe, True)


def is_alive(port: int) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), 2) as connection:
                connection.settimeout(2)
                connection.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                return b"200 OK" in connection.recv(100)
        except OSError:  # not open yet
            time.sleep(0.05)
    return False


def ends_in_order(process: subprocess.Popen[bytes]) -> bool:
    process.send_signal(signal.SIGTERM)
    return process.wait(PATIENCE) == 0


@posix
def test_it_runs_with_standard_error_closed(daybook: Daybook) -> None:
    port = free_port()
    process = start(daybook, port, stderr=subprocess.DEVNULL, close=True)
    try:
        assert is_alive(port)
        assert ends_in_order(process)
    finally:
        process.kill()
        process.wait(PATIENCE)


@posix
def test_it_runs_while_nobody_reads_its_log(daybook: Daybook) -> None:
    port = free_port()
    read, write = os.pipe()
    fill(write)
    process = start(daybook, port, stderr=write)
    try:
        assert is_alive(port)
        time.sleep(2)  # until several lines wait
        assert is_alive(port)
        assert ends_in_order(process)
    finally:
        process.kill()
        process.wait(PATIENCE)
        os.close(read)
        os.close(write)


@posix
def test_it_runs_when_the_reader_of_its_log_has_gone(daybook: Daybook) -> None:
    port = free_port()
    read, write = os.pipe()
    process = start(daybook, port, stderr=write)
    os.close(write)
    try:
        os.close(read)
        assert is_alive(port)
        time.sleep(2)
        assert is_alive(port)
        assert ends_in_order(process)
    finally:
        process.kill()
        process.wait(PATIENCE)


# -- invite, doctor --online ----------------------------------------------------------------------


@pytest.mark.parametrize("command", [["invite"], ["doctor", "--online"]])
def test_who_the_bot_is_is_asked_of_each_platform(daybook: Daybook, command: list[str]) -> None:
    with DiscordEmulator(check=False) as discord, TelegramEmulator(check=False) as telegram:
        done = daybook(
            *command,
            **POLAR,
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
        done = daybook("invite", **POLAR, **discord.environment)
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
    done = daybook("doctor", "--online", **POLAR)
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
