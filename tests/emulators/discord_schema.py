"""Bodies checked against Discord's own description of its REST API, and for keys it doesn't know.

The description is openapi.json of discord/discord-api-spec, in specs/discord of the folder with the
project's common material; its place may be given in DAYBOOK_DISCORD_SPEC.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from emulators.discord_errors import FormErrors, Json, JsonValue

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT.parent / "shared" / "specs" / "discord" / "openapi.json"

URN = "urn:discord"

ALSO_DOCUMENTED = frozenset({"nsfw", "guild_id", "id", "payload_json", "tts"})
"""Keys that the pages name and the description lacks (nsfw of a command), or that are harmless."""

_EMBED_FLAGS = re.compile(r"embeds\[\d+\]\.flags$")
"""A key of embeds that the page has and the description of requests lacks; discord.py sends it."""

NUMBERS_AS_TEXT = ("default_member_permissions",)
"""What the description calls an integer and the pages a string: the server takes both."""


class NoSpecError(RuntimeError):
    """The description isn't there: tests skip, and fail where CI=true."""


def spec_path() -> Path:
    """Return where the description should be."""
    return Path(os.environ.get("DAYBOOK_DISCORD_SPEC") or SPEC)


class Schema:
    """The checks of all operations, made when they are first needed."""

    def __init__(self, spec: Json) -> None:
        from jsonschema import Draft202012Validator
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        self._spec = spec
        self._validator = Draft202012Validator
        resource = Resource.from_contents(spec, default_specification=DRAFT202012)
        self._registry = Registry().with_resource(URN, resource)
        self._checks: dict[tuple[str, str], Any] = {}
        self._paths = {tuple(path.split("/")): path for path in spec["paths"]}

    @functools.cache  # noqa: B019 - there is one for the whole process
    def template(self, shape: tuple[str, ...]) -> str | None:
        """Return the path of the description that fits one: words that are "*" fit any name."""
        fits = [
            path
            for parts, path in self._paths.items()
            if len(parts) == len(shape)
            and all(a == b or (a.startswith("{") and b == "*") for a, b in zip(parts, shape))  # noqa: B905
        ]
        return fits[0] if fits else None

    def faults(self, method: str, template: str, body: JsonValue) -> FormErrors:
        """Return what the description forbids in a body."""
        check = self._check(method, template)
        errors = FormErrors()
        if check is None:
            return errors
        from jsonschema.exceptions import best_match

        error = best_match(check.iter_errors(body))
        if error is not None:
            errors.add(error.absolute_path, _CODES.get(error.validator, "BASE_TYPE_BAD_TYPE"),
                error.message[:300])  # fmt: skip
        return errors

    def unknown_keys(self, method: str, template: str, body: JsonValue) -> list[str]:
        """Return the paths of keys that no object of the description at that place has."""
        schema = self._body(method, template)
        return [] if schema is None else list(self._unknown(body, [schema], ""))

    def _check(self, method: str, template: str) -> JsonValue:
        key = (method, template)
        if key not in self._checks:
            found = self._body(method, template)
            pointer = f"{template.replace('~', '~0').replace('/', '~1')}/{method.lower()}"
            ref = f"{URN}#/paths/{pointer}/requestBody/content/application~1json/schema"
            self._checks[key] = (
                None if found is None else self._validator({"$ref": ref}, registry=self._registry)
            )
        return self._checks[key]

    def _body(self, method: str, template: str) -> Json | None:
        operation = self._spec["paths"][template].get(method.lower()) or {}
        content = (operation.get("requestBody") or {}).get("content") or {}
        found: Json | None = (content.get("application/json") or {}).get("schema")
        return found

    def _unknown(self, value: JsonValue, schemas: list[Json], at: str) -> Iterator[str]:
        shapes = [shape for schema in schemas for shape in self._shapes(schema)]
        if isinstance(value, list):
            items = [shape["items"] for shape in shapes if "items" in shape]
            for number, each in enumerate(value):
                yield from self._unknown(each, items, f"{at}[{number}]")
        if not isinstance(value, dict):
            return
        objects = [s for s in shapes if "properties" in s or "additionalProperties" in s]
        objects = [s for s in objects if _is_for(s, value)] or objects
        if not objects or any("additionalProperties" in shape for shape in objects):
            return
        for key, each in value.items():
            below = [s["properties"][key] for s in objects if key in s["properties"]]
            if below:
                yield from self._unknown(each, below, f"{at}.{key}")
            elif key not in ALSO_DOCUMENTED and not _EMBED_FLAGS.search(f"{at}.{key}"):
                yield f"{at}.{key}".lstrip(".")

    def _shapes(self, schema: Json) -> Iterator[Json]:
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            yield from self._shapes(self._spec["components"]["schemas"][name])
            return
        yield schema
        for key in ("oneOf", "anyOf", "allOf"):
            for each in schema.get(key, ()):
                yield from self._shapes(each)


_CODES = {
    "maxLength": "BASE_TYPE_MAX_LENGTH",
    "minLength": "BASE_TYPE_MIN_LENGTH",
    "maxItems": "BASE_TYPE_MAX_LENGTH",
    "minItems": "BASE_TYPE_MIN_LENGTH",
    "required": "BASE_TYPE_REQUIRED",
    "enum": "BASE_TYPE_CHOICES",
    "oneOf": "UNION_TYPE_CHOICES",
    "anyOf": "UNION_TYPE_CHOICES",
    "maximum": "NUMBER_TYPE_MAX",
    "minimum": "NUMBER_TYPE_MIN",
}


def _is_for(shape: Json, value: Json) -> bool:
    """Whether an object of a union is meant: by its "type", where both have one."""
    kinds = shape.get("properties", {}).get("type", {}).get("enum")
    return kinds is None or "type" not in value or value["type"] in kinds


@functools.cache
def load(path: Path) -> Schema:
    """Return the checks of a description; raises `NoSpecError` where the file is missing."""
    try:
        spec = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NoSpecError(
            f"Discord's API description is missing at {path}; give its place in"
            " DAYBOOK_DISCORD_SPEC, or make the emulator with check=False"
        ) from None
    # libraries send ids as numbers, and the server takes them (reference, ID Serialization)
    spec["components"]["schemas"]["SnowflakeType"]["type"] = ["string", "integer"]
    for schema in spec["components"]["schemas"].values():
        for name, inner in (schema.get("properties") or {}).items():
            if name in NUMBERS_AS_TEXT:
                inner["type"] = ["integer", "string", "null"]
    return Schema(spec)
