"""`daybook serve` runs and ends with its standard error gone or stuck."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable

from processes import PATIENCE, ROOT, Daybook
from serve_cases import posix, to
from serving import free_port

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
