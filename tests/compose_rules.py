"""The rules of the Compose Specification for the keys that our Compose file uses.

https://github.com/compose-spec/compose-spec; its sections are named at each rule.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

import yaml

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
    own = [key for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
    keys = [loader.construct_object(key, deep=True) for key in own]
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
