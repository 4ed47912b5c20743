"""docker-compose.yml follows the Compose Specification, and gives the container little."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_rules import complaints, load

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"

# --------------------------------------------------------------------------------------------
# The checker itself
# --------------------------------------------------------------------------------------------

GOOD = """
name: example
services:
  web:
    image: example/web:1.2
    ports: ["127.0.0.1:8080:80/tcp", "[::1]:8081:81", "9000-9001:90-91", 443, ":53/udp"]
    volumes: ["data:/data", "./packs:/packs:ro", {type: tmpfs, target: /run}, /cache]
    environment: ["ZONE=UTC", "PASSED_ON"]
    healthcheck: {test: ["CMD", "true"], interval: 1m30s, retries: 3}
    networks: [default, inner]
    secrets: [{source: token}]
    labels: {price: "5$$", home: "${HOME:-/}"}
    x-note: ours
  worker:
    build: {context: ., target: build}
    network_mode: service:web
    depends_on: [web]
    stop_grace_period: 500ms
    mem_limit: 67108864
    tmpfs: /tmp
volumes: {data: , other: {driver: local}}
networks: {inner: {}}
secrets: {token: {file: token.txt}}
x-anything: [goes]
"""


def test_a_file_that_uses_all_the_rules_is_accepted() -> None:
    assert complaints(load(GOOD)) == []


def with_service(line: str) -> str:
    return f"services:\n  bot:\n    image: bot\n    {line}\n"


BAD = {
    "unknown top-level key": ("service: {}\n" + with_service("tty: true"), "service: no such"),
    "obsolete version": ('version: "3.9"\n' + with_service("tty: true"), "version: no such"),
    "project name in capitals": ("name: Bot\n" + with_service("tty: true"), "name:"),
    "no services": ("volumes: {data: {}}", "services:"),
    "services as a list": ("services: [bot]", "services:"),
    "a service's name with a space": ("services: {my bot: {image: bot}}", "services.my bot:"),
    "a service that is a string": ("services: {bot: image}", "services.bot: a mapping"),
    "neither image nor build": ("services: {bot: {tty: true}}", "bot.image:"),
    "mistyped key": (with_service("read-only: true"), "read-only: no such key"),
    "key of another place": (with_service("driver: local"), "driver: no such key"),
    "boolean as a word": (with_service('read_only: "yes, please"'), "read_only: must be"),
    "boolean as a number": (with_service("tty: 1"), "tty: must be"),
    "capabilities as a string": (with_service("cap_drop: ALL"), "cap_drop: must be"),
    "a capability twice": (with_service("cap_drop: [ALL, ALL]"), "cap_drop: must be"),
    "user as a number": (with_service("user: 10001"), "user: must be"),
    "restart as YAML's no": (with_service("restart: no"), "restart: must be"),
    "unknown restart": (with_service("restart: sometimes"), "restart: must be"),
    "unknown pull policy": (with_service("pull_policy: often"), "pull_policy: must be"),
    "duration without a unit": (with_service('stop_grace_period: "15"'), "stop_grace_period:"),
    "duration as a number": (with_service("stop_grace_period: 15"), "stop_grace_period:"),
    "duration in days": (with_service("stop_grace_period: 1d"), "stop_grace_period:"),
    "size in an unknown unit": (with_service("mem_limit: 1tb"), "mem_limit: must be"),
    "size as a list": (with_service("mem_limit: [1g]"), "mem_limit: must be"),
    "number as a word": (with_service("pids_limit: many"), "pids_limit: must be"),
    "network mode": (with_service("network_mode: off"), "network_mode: must be"),
    "network of no service": (with_service('network_mode: "service:db"'), "no service 'db'"),
    "network and mode": (
        with_service("network_mode: none\n    networks: [default]"),
        "not together",
    ),
    "undeclared network": (with_service("networks: [inner]"), "'inner' is not declared"),
    "undeclared volume": (with_service("volumes: ['data:/data']"), "'data' is not declared"),
    "undeclared volume, long": (
        with_service("volumes: [{type: volume, source: data, target: /data}]"),
        "'data' is not declared",
    ),
    "mount on a relative path": (with_service("volumes: ['./a:data']"), "no absolute path"),
    "mount in an unknown mode": (with_service("volumes: ['./a:/a:readonly']"), "unknown mode"),
    "mount without a type": (with_service("volumes: [{target: /a}]"), "needs a type"),
    "mount as a number": (with_service("volumes: [5]"), "neither a string nor a mapping"),
    "volume with an unknown option": (
        with_service("tty: true") + "volumes: {data: {size: 1g}}",
        "volumes.data:",
    ),
    "undeclared secret": (with_service("secrets: [token]"), "'token' is not declared"),
    "undeclared service": (with_service("depends_on: [db]"), "'db' is not declared"),
    "port beyond the last": (with_service("ports: ['70000:80']"), "ports: must be"),
    "port of words": (with_service("ports: ['http']"), "ports: must be"),
    "port range turned round": (with_service("ports: ['91-90']"), "ports: must be"),
    "port with an unknown protocol": (with_service("ports: ['80/icmp']"), "ports: must be"),
    "port read as base 60": (with_service("ports: [2222:22]"), "ports: must be"),
    "tmpfs on a relative path": (with_service("tmpfs: tmp"), "tmpfs: must be"),
    "tmpfs with an unknown option": (with_service("tmpfs: '/tmp:speed=fast'"), "tmpfs: must be"),
    "environment as a string": (with_service("environment: ZONE=UTC"), "environment: must be"),
    "environment with a list inside": (
        with_service("environment: {ZONES: [UTC]}"),
        "environment: must be",
    ),
    "healthcheck without a form": (
        with_service("healthcheck: {test: [curl, localhost]}"),
        "healthcheck: must be",
    ),
    "healthcheck's interval": (with_service("healthcheck: {interval: 5}"), "healthcheck:"),
    "image's name in capitals": ("services: {bot: {image: My Bot}}", "image: must be"),
    "broken variable": (with_service('hostname: "${HOME"'), "interpolation:"),
    "lone dollar": (with_service('hostname: "5$"'), "interpolation:"),
}


@pytest.mark.parametrize(("text", "complaint"), BAD.values(), ids=BAD)
def test_a_bad_compose_file_is_refused_with_the_reason(text: str, complaint: str) -> None:
    found = complaints(load(text))
    assert len(found) == 1, found
    assert complaint in found[0]


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(yaml.YAMLError, match="twice"):
        load(with_service("tty: true\n    tty: false"))


# --------------------------------------------------------------------------------------------
# docker-compose.yml
# --------------------------------------------------------------------------------------------


def test_our_compose_file_follows_the_specification(compose: dict[str, Any]) -> None:
    assert complaints(compose) == []


def test_the_container_runs_as_a_user_other_than_root(service: dict[str, Any]) -> None:
    assert service["user"] == "10001:10001"


def test_the_container_has_no_capability_and_no_way_to_gain_one(service: dict[str, Any]) -> None:
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"cap_add", "privileged"} & set(service)
    assert not any("unconfined" in option for option in service["security_opt"])


def test_the_container_can_write_only_to_tmp_and_its_volume(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert [mount.split(":")[:2] for mount in service["volumes"]] == [["daybook-data", "/data"]]
    (tmp,) = service["tmpfs"]
    path, _, options = tmp.partition(":")
    assert path == "/tmp"  # noqa: S108 - inside the container
    assert {"noexec", "nosuid", "nodev"} <= set(options.split(","))
    assert "size=" in options


def test_the_console_has_a_terminal_and_no_network(compose: dict[str, Any]) -> None:
    console = compose["services"]["daybook"]
    assert console["stdin_open"] is True
    assert console["tty"] is True
    assert console["network_mode"] == "none"


def test_the_console_is_not_started_with_the_bot(compose: dict[str, Any]) -> None:
    assert compose["services"]["daybook"]["profiles"] == ["console"]
    assert "profiles" not in compose["services"]["bot"]


def test_no_port_is_open_to_others(service: dict[str, Any]) -> None:
    assert "ports" not in service


def test_the_bot_serves_and_has_a_network(compose: dict[str, Any]) -> None:
    bot = compose["services"]["bot"]
    assert bot["command"] == ["serve"]
    assert "network_mode" not in bot


def test_the_bot_takes_its_tokens_from_files(compose: dict[str, Any]) -> None:
    bot = compose["services"]["bot"]
    for platform in ("discord", "telegram"):
        named = bot["environment"][f"{platform.upper()}_TOKEN_FILE"]
        assert named == f"/run/secrets/{platform}_token"
        assert f"{platform}_token" in bot["secrets"]
        assert compose["secrets"][f"{platform}_token"] == {"file": f"./secrets/{platform}_token"}


def test_the_bot_is_asked_whether_it_is_ready(compose: dict[str, Any]) -> None:
    bot = compose["services"]["bot"]
    assert f"http://{bot['environment']['DAYBOOK_HTTP']}/readyz" in bot["healthcheck"]["test"][-1]


def test_what_is_merged_into_a_service_counts_as_its_own() -> None:
    merged = load("x-a: &a {tty: true}\nservices: {bot: {<<: *a, image: bot}}")
    assert merged["services"]["bot"] == {"tty": True, "image": "bot"}


def test_memory_and_processes_are_limited(service: dict[str, Any]) -> None:
    assert "mem_limit" in service
    assert 0 < service["pids_limit"] <= 256


def test_the_image_is_built_here_and_never_fetched_by_its_name(service: dict[str, Any]) -> None:
    assert service["build"] == "."
    assert service["pull_policy"] == "build"


def test_the_zone_can_be_set_from_outside_and_has_a_default(service: dict[str, Any]) -> None:
    assert service["environment"]["DAYBOOK_ZONE"] == "${DAYBOOK_ZONE:-UTC}"
