"""`daybook serve` at work as a real process: ready, logged, and through outages."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from config_cases import DISCORD, TELEGRAM
from processes import Daybook
from serve_cases import connected, of, server, to
from serving import Serving, free_port

# -- running --------------------------------------------------------------------------------------


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
