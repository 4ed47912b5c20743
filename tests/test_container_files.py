"""Dockerfile, .dockerignore and docker-compose.yml: right in form, and as closed as they claim.

Compose refuses a file with a mistyped key, and Docker builds an image that runs as root without
a word. Neither is at hand where the tests run, so the rules that these files depend on are
written down here, as small tables, and proven on bad examples as well. They follow the words of
the specification, and so refuse a few things that Compose itself lets pass: a capability named
twice, a duration in days, a mount option that nobody knows.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard, cast

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"
DOCKERIGNORE = ROOT / ".dockerignore"

# --------------------------------------------------------------------------------------------
# The Compose Specification, as far as a file of ours may use it
# (github.com/compose-spec/compose-spec; its sections are named at each rule)
# --------------------------------------------------------------------------------------------

NAME = re.compile(r"[a-zA-Z0-9._-]+")
PROJECT = re.compile(r"[a-z0-9][a-z0-9_-]*")
IMAGE = re.compile(r"[a-z0-9][a-z0-9._/-]*(:[0-9]+/[a-z0-9._/-]+)?(:[\w][\w.-]{0,127})?(@\S+)?")
DURATION = re.compile(r"(\d+(\.\d+)?(us|ms|s|m|h))+")
BYTES = re.compile(r"\d+(\.\d+)?(b|k|kb|m|mb|g|gb)?", re.IGNORECASE)
VARIABLE = re.compile(r"\$\$|\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*(:?[-?+][^{}$]*)?\}")
MOUNT_MODES = {"ro", "rw", "z", "Z"}
TMPFS_OPTION = re.compile(
    r"(rw|ro|(no)?(exec|suid|dev)|size=\d+[kmg%]?|mode=[0-7]{3,4}|[ug]id=\d+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Rule:
    """What a value must be, in words for the complaint and as a test."""

    words: str
    holds: Callable[[object], bool]


def is_list_of(holds: Callable[[object], bool]) -> Callable[[object], bool]:
    """Make a test for a list in which nothing stands twice, as the schema's uniqueItems."""

    def test(value: object) -> bool:
        if not isinstance(value, list):
            return False
        return all(map(holds, value)) and len({str(item) for item in value}) == len(value)

    return test


def is_string(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_boolean(value: object) -> bool:
    """Accept a string too, if a variable stands in it: it is replaced before types are checked."""
    return isinstance(value, bool) or (is_string(value) and "$" in value)


def is_absolute(value: object) -> TypeGuard[str]:
    return is_string(value) and value.startswith("/")


def is_duration(value: object) -> bool:
    """Section Extension, "Specifying durations"; a bare number is none."""
    return is_string(value) and bool(DURATION.fullmatch(value))


def is_bytes(value: object) -> bool:
    """Section Extension, "Specifying byte values"."""
    return is_number(value) or (is_string(value) and bool(BYTES.fullmatch(value)))


def is_mapping_or_list(value: object) -> bool:
    """Judge environment, labels and build arguments: a mapping of scalars, or KEY=VALUE lines."""
    if isinstance(value, dict):
        scalars = (str, int, float, bool, type(None))
        return all(is_string(key) and isinstance(item, scalars) for key, item in value.items())
    return is_list_of(lambda line: is_string(line) and not line.startswith("="))(value)


def is_port(value: object) -> bool:
    """Section Services, "ports", short syntax: [HOST:]CONTAINER[/PROTOCOL].

    HOST is [IP:]PORT, and a port may be a range. A number alone is a container's port; YAML reads
    an unquoted 22:22 as a number of base 60, which then is none of the ports.
    """
    if is_number(value):
        return 1 <= value <= 65535
    if not is_string(value):
        return False
    shape = r"(?:(?P<ip>\[[0-9a-fA-F:]+\]|\d+(?:\.\d+){3}):)?(?:(?P<host>[\d-]*):)?(?P<to>[\d-]+)"
    match = re.fullmatch(shape + r"(?:/(?:tcp|udp|sctp))?", value)
    if not match or (match["ip"] and match["host"] is None):
        return False
    return all(is_port_range(part) for part in (match["host"], match["to"]) if part)


def is_port_range(text: str) -> bool:
    first, dash, last = text.partition("-")
    numbers = [first, last] if dash else [first]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return False
    values = [int(number) for number in numbers]
    return values == sorted(values) and all(1 <= number <= 65535 for number in values)


def is_ports(value: object) -> bool:
    long = {"target", "published", "host_ip", "protocol", "app_protocol", "mode", "name"}
    return isinstance(value, list) and all(
        (set(port) <= long and "target" in port) if isinstance(port, dict) else is_port(port)
        for port in value
    )


def is_tmpfs(value: object) -> bool:
    """Section Services, "tmpfs": a path, or a path and options behind a colon."""

    def mount(item: object) -> bool:
        if not is_absolute(item):
            return False
        _, colon, options = item.partition(":")
        return not colon or all(TMPFS_OPTION.fullmatch(option) for option in options.split(","))

    return mount(value) or (isinstance(value, list) and is_list_of(mount)(value))


def is_build(value: object) -> bool:
    """Section Build: a folder, or a mapping; only the keys that a plain build needs."""
    if isinstance(value, dict):
        keys = {"context", "dockerfile", "args", "labels", "target", "tags", "platforms", "pull"}
        return set(value) <= keys and all(is_string(value.get(key, "")) for key in ("context",))
    return is_string(value)


def is_healthcheck(value: object) -> bool:
    """Section Services, "healthcheck"."""
    durations = {"interval", "timeout", "start_period", "start_interval"}
    if not isinstance(value, dict) or not set(value) <= durations | {"test", "retries", "disable"}:
        return False
    test = value.get("test", "true")
    return (
        all(is_duration(value[key]) for key in durations & set(value))
        and is_number(value.get("retries", 3))
        and is_boolean(value.get("disable", False))
        and (
            is_string(test)
            or (is_list_of(is_string)(test) and test[:1][0] in {"NONE", "CMD", "CMD-SHELL"})
        )
    )


STRING = Rule("a string", is_string)
BOOLEAN = Rule("true or false", is_boolean)
STRINGS = Rule("a list of strings, none twice", is_list_of(is_string))
MAPPING = Rule("a mapping of names to values, or a list of NAME=VALUE", is_mapping_or_list)


def one_of(pattern: str) -> Rule:
    """Make a rule for a string of a few forms; a variable may stand for any of them."""
    return Rule(
        f"one of {pattern}",
        lambda value: is_string(value) and ("$" in value or bool(re.fullmatch(pattern, value))),
    )


# Section Services. A key outside this table is refused: either it is mistyped, or it is new to
# our files and its rule belongs here first.
SERVICE: dict[str, Rule] = {
    "build": Rule("a folder or a mapping of build options", is_build),
    "cap_add": STRINGS,
    "cap_drop": STRINGS,
    "command": Rule(
        "a string or a list of strings", lambda v: v is None or is_string(v) or STRINGS.holds(v)
    ),
    "container_name": one_of(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+"),
    "cpus": Rule("a number", lambda v: is_number(v) or is_string(v)),
    "depends_on": Rule("a list or mapping of services", lambda v: isinstance(v, list | dict)),
    "env_file": Rule("a file or a list of files", lambda v: is_string(v) or STRINGS.holds(v)),
    "environment": MAPPING,
    "healthcheck": Rule("a healthcheck", is_healthcheck),
    "hostname": STRING,
    "image": Rule("an image's name", lambda v: is_string(v) and bool(IMAGE.fullmatch(v))),
    "init": BOOLEAN,
    "labels": MAPPING,
    "mem_limit": Rule("a number of bytes, such as 256m", is_bytes),
    "mem_reservation": Rule("a number of bytes, such as 256m", is_bytes),
    "network_mode": one_of(r"none|host|bridge|service:.+|container:.+"),
    "networks": Rule("a list or mapping of networks", lambda v: isinstance(v, list | dict)),
    "pids_limit": Rule("a number", is_number),
    "ports": Rule("a list of [[IP:]HOST:]CONTAINER[/PROTOCOL]", is_ports),
    "privileged": BOOLEAN,
    "profiles": STRINGS,
    "pull_policy": one_of(r"always|never|build|missing|if_not_present|daily|weekly"),
    "read_only": BOOLEAN,
    "restart": one_of(r"no|always|on-failure(:\d+)?|unless-stopped"),
    "secrets": Rule("a list of secrets", lambda v: isinstance(v, list)),
    "security_opt": STRINGS,
    "stdin_open": BOOLEAN,
    "stop_grace_period": Rule("a duration, such as 15s or 1m30s", is_duration),
    "stop_signal": STRING,
    "tmpfs": Rule("a path, or a list of paths, with mount options", is_tmpfs),
    "tty": BOOLEAN,
    "user": STRING,
    "volumes": Rule("a list of mounts", lambda v: isinstance(v, list)),
    "working_dir": Rule("an absolute path", is_absolute),
}

# Sections "Version and name", Services, Networks, Volumes, Configs, Secrets, Models, Include.
# "version" is left out though the schema still knows it: it is obsolete, and Compose warns of it.
TOP_LEVEL = {"name", "include", "services", "networks", "volumes", "configs", "secrets", "models"}
VOLUME = {"name", "driver", "driver_opts", "external", "labels"}


def complaints(document: object) -> list[str]:
    """Name everything in a Compose file that its specification, or our table of it, refuses."""
    if not isinstance(document, dict):
        return ["the file is no mapping"]
    found = [
        f"{key}: no such top-level key"
        for key in document
        if key not in TOP_LEVEL and not str(key).startswith("x-")
    ]
    if "name" in document and not PROJECT.fullmatch(str(document["name"])):
        found.append("name: lower-case letters, digits, - and _, beginning with a letter or digit")
    services = document.get("services")
    if not isinstance(services, dict) or not services:
        return [*found, "services: a mapping with at least one service"]
    found += volume_complaints(document.get("volumes", {}))
    for name, service in services.items():
        where = f"services.{name}"
        if not NAME.fullmatch(str(name)):
            found.append(f"{where}: letters, digits, '.', '_' and '-' only")
        if not isinstance(service, dict):
            found.append(f"{where}: a mapping")
            continue
        found += [f"{where}.{complaint}" for complaint in service_complaints(service)]
        found += [f"{where}.{complaint}" for complaint in reference_complaints(service, document)]
    found += [f"interpolation: {text!r}" for text in strings(document) if bad_variable(text)]
    return found


def volume_complaints(volumes: object) -> Iterator[str]:
    """Section Volumes: a name and, if anything, a mapping of a few options."""
    if not isinstance(volumes, dict):
        yield "volumes: a mapping"
        return
    for name, options in volumes.items():
        if not NAME.fullmatch(str(name)):
            yield f"volumes.{name}: letters, digits, '.', '_' and '-' only"
        if options is not None and not (isinstance(options, dict) and set(options) <= VOLUME):
            yield f"volumes.{name}: nothing, or a mapping of {', '.join(sorted(VOLUME))}"


def service_complaints(service: dict[Any, Any]) -> Iterator[str]:
    for key, value in service.items():
        if str(key).startswith("x-"):
            continue
        if key not in SERVICE:
            yield f"{key}: no such key"
        elif not SERVICE[key].holds(value):
            yield f"{key}: must be {SERVICE[key].words}, not {value!r}"
    if "image" not in service and "build" not in service:
        yield "image: must be there where build is not"
    if "networks" in service and "network_mode" in service:
        yield "networks: not together with network_mode"


def reference_complaints(service: dict[Any, Any], document: dict[Any, Any]) -> Iterator[str]:
    """Whatever a service names must be declared: volumes, networks, secrets, other services."""
    for mount in listed(service.get("volumes")):
        yield from mount_complaints(mount, document.get("volumes") or {})
    for key in ("networks", "secrets", "depends_on"):
        declared = document.get("services" if key == "depends_on" else key) or {}
        for item in listed(service.get(key)):
            name = item.get("source") if isinstance(item, dict) else item
            if name not in declared and (key, name) != ("networks", "default"):
                yield f"{key}: {name!r} is not declared"
    kind, _, name = str(service.get("network_mode", "")).partition(":")
    if kind == "service" and name not in document["services"]:
        yield f"network_mode: there is no service {name!r}"


def mount_complaints(mount: object, declared: dict[Any, Any]) -> Iterator[str]:
    """Section Services, "volumes": VOLUME:CONTAINER_PATH[:MODE], or a mapping with a type.

    A source that begins with ".", "/" or "~" is a path of the host; any other is a volume.
    """
    if isinstance(mount, dict):
        if mount.get("type") not in {"bind", "volume", "tmpfs", "cluster", "npipe", "image"}:
            yield "volumes: a mount needs a type"
        source = mount.get("source") if mount.get("type") == "volume" else None
        target = mount.get("target", "/")
        modes: list[str] = []
    elif isinstance(mount, str):
        parts = mount.split(":")
        source = parts[0] if len(parts) > 1 else None
        target = parts[1] if len(parts) > 1 else parts[0]
        modes = parts[2].split(",") if len(parts) == 3 else []
        if len(parts) > 3:
            yield f"volumes: {mount!r} has too many parts"
    else:
        yield f"volumes: {mount!r} is neither a string nor a mapping"
        return
    if source is not None and not source.startswith((".", "/", "~")) and source not in declared:
        yield f"volumes: {source!r} is not declared"
    if not is_absolute(target):
        yield f"volumes: {target!r} is no absolute path"
    if not set(modes) <= MOUNT_MODES:
        yield f"volumes: {mount!r} has an unknown mode"


def listed(value: object) -> list[Any]:
    """Take a list, or the names of a mapping, as the entries of one."""
    return list(value) if isinstance(value, list | dict) else []


def strings(value: object) -> Iterator[str]:
    """Walk through every string that Compose would look for variables in."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else listed(value):
        yield from strings(item)


def bad_variable(text: str) -> bool:
    """Section Interpolation: $NAME, ${NAME}, ${NAME:-default} and the like; $$ is a dollar."""
    return "$" in VARIABLE.sub("", text)


class StrictLoader(yaml.SafeLoader):
    """YAML as Compose reads it: a key that stands twice is an error, not the last one's gain."""


def mapping_without_doubles(loader: StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.YAMLError(f"key {key!r} stands twice")
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=True)


StrictLoader.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping_without_doubles
)


def load(text: str) -> object:
    return yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a SafeLoader


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


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return cast(dict[str, Any], load(COMPOSE.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def service(compose: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = compose["services"]["daybook"]
    return found


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


def test_the_console_has_a_terminal_and_no_network(service: dict[str, Any]) -> None:
    assert service["stdin_open"] is True
    assert service["tty"] is True
    assert service["network_mode"] == "none"
    assert "ports" not in service


def test_memory_and_processes_are_limited(service: dict[str, Any]) -> None:
    assert "mem_limit" in service
    assert 0 < service["pids_limit"] <= 256


def test_the_image_is_built_here_and_never_fetched_by_its_name(service: dict[str, Any]) -> None:
    assert service["build"] == "."
    assert service["pull_policy"] == "build"


def test_the_zone_can_be_set_from_outside_and_has_a_default(service: dict[str, Any]) -> None:
    assert service["environment"]["DAYBOOK_ZONE"] == "${DAYBOOK_ZONE:-UTC}"


# --------------------------------------------------------------------------------------------
# Dockerfile
# --------------------------------------------------------------------------------------------

Stage = list[tuple[str, str]]


def stages(text: str) -> list[Stage]:
    """Split a Dockerfile into its stages, each a list of (INSTRUCTION, the rest on one line)."""
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(kept))
    found: list[Stage] = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        instruction, _, rest = line.partition(" ")
        if instruction.upper() == "FROM":
            found.append([])
        assert found, f"{instruction} before the first FROM"
        found[-1].append((instruction.upper(), " ".join(rest.split())))
    return found


def values(stage: Stage, instruction: str) -> list[str]:
    return [rest for name, rest in stage if name == instruction]


def environment(stage: Stage) -> dict[str, str]:
    """Read what a stage sets: later settings win."""
    words = (word for rest in values(stage, "ENV") for word in shlex.split(rest))
    return dict(word.split("=", 1) for word in words)


def commands(stage: Stage) -> list[list[str]]:
    """Take RUN lines apart into single commands, each a list of words."""
    lines = (part for rest in values(stage, "RUN") for part in rest.split("&&"))
    return [shlex.split(line) for line in lines]


def copied(stage: Stage) -> list[str]:
    """List what is copied from the source tree, not from another stage."""
    words = [shlex.split(rest) for rest in values(stage, "COPY")]
    return [
        source
        for parts in words
        if not any(part.startswith("--from=") for part in parts)
        for source in [part for part in parts if not part.startswith("--")][:-1]
    ]


@pytest.fixture(scope="module")
def dockerfile() -> list[Stage]:
    return stages(DOCKERFILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def build(dockerfile: list[Stage]) -> Stage:
    return dockerfile[0]


@pytest.fixture(scope="module")
def final(dockerfile: list[Stage]) -> Stage:
    return dockerfile[-1]


def build_command(stage: Stage) -> list[str]:
    (found,) = [words for words in commands(stage) if words[:2] == ["daybook", "build"]]
    return found


def test_a_dockerfile_is_read_with_its_continued_lines_and_comments() -> None:
    text = "FROM a AS b\nRUN one \\\n # why\n && two 'x y'\nENV A=1 \\\n  B=\"\"\nFROM c\nUSER 5\n"
    first, second = stages(text)
    assert commands(first) == [["one"], ["two", "x y"]]
    assert environment(first) == {"A": "1", "B": ""}
    assert second == [("FROM", "c"), ("USER", "5")]


def test_there_are_two_stages_on_the_same_small_base(dockerfile: list[Stage]) -> None:
    assert [stage[0] for stage in dockerfile] == [
        ("FROM", "python:3.11-slim AS build"),
        ("FROM", "python:3.11-slim"),
    ]


def test_every_package_is_checked_against_its_hash(build: Stage) -> None:
    installs = [words for words in commands(build) if words[:2] == ["pip", "install"]]
    dependencies, project = installs
    assert {"--require-hashes", "--only-binary", "-r", "requirements.txt"} <= set(dependencies)
    assert project == ["pip", "install", "--no-deps", "."]


def test_nothing_is_fetched_but_by_pip(dockerfile: list[Stage]) -> None:
    for stage in dockerfile:
        assert values(stage, "ADD") == []
        programs = {words[0] for words in commands(stage)}
        assert not programs & {"curl", "wget", "git", "apt", "apt-get"}


def test_the_last_user_before_the_entry_point_is_not_root(
    final: Stage, service: dict[str, Any]
) -> None:
    names = [name for name, _ in final]
    assert names[-1] == "ENTRYPOINT"
    assert names.index("USER") < names.index("ENTRYPOINT")
    user = values(final, "USER")[-1]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), "a number, so that it can be seen not to be 0"
    assert user == service["user"]


def test_the_user_is_made_with_the_very_number_and_owns_data(final: Stage) -> None:
    uid, gid = values(final, "USER")[-1].split(":")
    made = {words[0]: words for words in commands(final)}
    assert ["--gid", gid] == made["groupadd"][1:3]
    assert ["--uid", uid, "--gid", gid] == made["useradd"][1:5]
    assert {f"--owner={uid}", f"--group={gid}", "/data"} <= set(made["install"])


def test_state_goes_to_the_volume_and_caches_to_tmp(final: Stage, service: dict[str, Any]) -> None:
    settings = environment(final)
    assert values(final, "VOLUME") == ["/data"]
    assert settings["XDG_DATA_HOME"] == "/data"
    assert [mount.split(":")[1] for mount in service["volumes"]] == ["/data"]
    assert settings["XDG_CACHE_HOME"].startswith("/tmp/")  # noqa: S108 - inside the container
    assert settings["PYTHONUNBUFFERED"] == "1"


def test_without_a_command_it_is_the_console(final: Stage) -> None:
    assert values(final, "ENTRYPOINT") == ['["daybook"]']
    assert values(final, "CMD") == []


def test_the_knowledge_that_is_read_is_the_file_that_is_built(build: Stage, final: Stage) -> None:
    settings, command = environment(final), build_command(build)
    output = command[command.index("--output") + 1]
    assert settings["DAYBOOK_KNOWLEDGE"] == output
    copies = [shlex.split(rest) for rest in values(final, "COPY")]
    folder = str(Path(output).parent)
    assert ["--from=build", folder, folder] in copies


def test_no_fact_is_told_twice(build: Stage, final: Stage) -> None:
    """Both built-in packs are in the knowledge file, so the image must not add them again."""
    assert environment(final)["DAYBOOK_PACKS"] == ""
    command = build_command(build)
    assert command[2 : command.index("--output")] == [
        "knowledge/packs/leon-trotsky",
        "knowledge/packs/nobel-laureates.jsonl",
    ]


def test_compose_does_not_undo_what_the_image_sets(final: Stage, service: dict[str, Any]) -> None:
    assert not set(service["environment"]) & set(environment(final))


def test_every_copied_source_exists_and_gets_past_dockerignore(build: Stage, final: Stage) -> None:
    sources = copied(build) + copied(final)
    packs = [word for word in build_command(build) if word.startswith("knowledge/packs/")]
    assert len(sources) >= 6
    rules = DOCKERIGNORE.read_text(encoding="utf-8")
    assert [name for name in sources + packs if not (ROOT / name).exists()] == []
    assert [name for name in sources + packs if ignored(name, rules)] == []


# --------------------------------------------------------------------------------------------
# .dockerignore, and secrets
# --------------------------------------------------------------------------------------------


def ignored(path: str, rules: str) -> bool:
    """Judge as Docker does: the last rule that matches the path, or a folder above it, decides."""
    out = False
    for line in map(str.strip, rules.splitlines()):
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!").strip("/")
        regex = "".join(
            {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(
                part, part if part.startswith("[") else re.escape(part)
            )
            for part in re.findall(r"\*\*/|\*\*|\*|\?|\[[^\]]*\]|[^*?\[]+", pattern)
        )
        if re.fullmatch(f"{regex}(?:/.*)?", path):
            out = not line.startswith("!")
    return out


def test_dockerignore_rules_are_read_as_docker_reads_them() -> None:
    rules = "# all\n*\n!src\n**/*.py[co]\n**/.*\n"
    assert ignored("notes.txt", rules)
    assert ignored("other/deep/file", rules)
    assert not ignored("src/deep/file.py", rules)
    assert ignored("src/deep/file.pyc", rules)
    assert ignored("src/.env", rules)


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".env.production",
        ".git/config",
        "token.txt",
        "secrets/discord",
        "state.sqlite",
        "bot/.env",
        "bot/state.sqlite",
        "bot/state.sqlite-wal",
        "knowledge/__pycache__/model.cpython-311.pyc",
        "tests/test_container_files.py",
        "docker-compose.yml",
    ],
)
def test_what_does_not_belong_in_an_image_stays_out(path: str) -> None:
    assert ignored(path, DOCKERIGNORE.read_text(encoding="utf-8"))


SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY", re.IGNORECASE)
SECRET_VALUE = re.compile(
    r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"  # Telegram
    r"|\b[A-Za-z0-9_-]{24,28}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}"  # Discord
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\b(?:gh[pousr]|xox[bp]|sk)[-_][A-Za-z0-9-]{20,}"
)


@pytest.mark.parametrize("file", [COMPOSE, DOCKERFILE, DOCKERIGNORE], ids=lambda file: file.name)
def test_no_secret_stands_in_a_container_file(file: Path) -> None:
    assert SECRET_VALUE.findall(file.read_text(encoding="utf-8")) == []


def test_no_secret_is_set_in_the_image_or_in_the_service(
    dockerfile: list[Stage], service: dict[str, Any]
) -> None:
    """A token belongs in a file that `..._FILE` names: image layers and settings are readable."""
    names = [name for stage in dockerfile for name in environment(stage)]
    names += [rest for stage in dockerfile for rest in values(stage, "ARG")]
    names += [name for name in service["environment"] if not name.endswith("_FILE")]
    assert [name for name in names if SECRET_NAME.search(name)] == []


def test_a_secret_would_be_noticed() -> None:
    assert SECRET_NAME.search("DISCORD_TOKEN")
    assert SECRET_VALUE.search("x: 123456789:" + "Ab" * 17 + "c")
    assert SECRET_VALUE.search("M" * 24 + ".abcdef." + "x" * 30)
