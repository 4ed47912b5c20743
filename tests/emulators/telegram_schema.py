"""Calls held against the machine-readable description of the Bot API (specs/telegram/api.json).

Unknown methods and fields, missing fields, wrong types, also of nested objects. The real server
lets some of it pass (it ignores fields it doesn't know); a bot that relies on that has a mistake.
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from emulators.telegram_errors import ApiError, bad_request, not_described

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "specs" / "telegram" / "api.json"
SPECIFICATION = Path(os.environ.get("DAYBOOK_TELEGRAM_SPEC") or BESIDE)
"""Where the description is, unless the environment names another place."""


SERVERS_WORDS = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "user_id": "invalid user_id specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "commands": "can't parse commands list: expected an Array of BotCommand",
    "action": "wrong parameter action in request",
}
"""What the server says where one of these fields lacks."""


class SpecificationMissingError(Exception):
    """The API description is not there, so nothing can be checked against it."""


@lru_cache(maxsize=1)
def specification() -> dict[str, Any]:
    """Return the API description; raises SpecificationMissingError where the file is not there."""
    if not SPECIFICATION.is_file():
        raise SpecificationMissingError(
            "the description of the Bot API (shared/specs/telegram/api.json beside the project) is "
            "missing; start the emulator with check=False to do without"
        )
    return cast(dict[str, Any], json.loads(SPECIFICATION.read_text(encoding="utf-8")))


def method_names() -> dict[str, str]:
    """Return the methods' names by their small-letter form: the server ignores case."""
    return {name.lower(): name for name in specification()["methods"]}


def check_call(method: str, parameters: dict[str, Any], files: set[str]) -> None:
    """Raise ApiError where `parameters` (texts as sent, or JSON values) are not the method's.

    `files` names the parts that were uploaded, which "attach://NAME" may refer to.
    """
    methods = specification()["methods"]
    if method not in methods:
        raise ApiError(404, "Not Found: method not found")
    fields = {field["name"]: field for field in methods[method].get("fields", [])}
    attached = _attached(parameters)
    for name in [*parameters, *(files - attached)]:
        if name not in fields:
            raise not_described(f'{method} has no field "{name}"')
    for name, field in fields.items():
        if name in files:
            if "InputFile" not in field["types"]:
                raise not_described(f'field "{name}" of {method} takes no file')
        elif name not in parameters:
            if field["required"] and name in SERVERS_WORDS:
                raise bad_request(SERVERS_WORDS[name])
            if field["required"]:
                raise not_described(f'{method} lacks the field "{name}"')
        else:
            _check(parameters[name], field["types"], f"{method}.{name}", top=True)


def check_value(value: Any, kind: str) -> None:
    """Raise ApiError where `value` is not of a type of the description, such as "Update".

    For what the emulator itself answers; unknown fields count as wrong here too.
    """
    _check(value, [kind], kind)


def _attached(parameters: dict[str, Any]) -> set[str]:
    said = json.dumps(parameters, default=str)
    return {part.split('"')[0].rstrip("\\") for part in said.split("attach://")[1:]}


def _check(value: Any, types: list[str], where: str, top: bool = False) -> None:
    complaints: list[ApiError] = []
    for kind in types:
        try:
            _check_one(value, kind, where, top)
        except ApiError as complaint:
            complaints.append(complaint)
        else:
            return
    # of several possible types the one that got furthest explains most
    raise max(complaints, key=lambda one: len(one.description))


def _check_one(value: Any, kind: str, where: str, top: bool) -> None:
    wrong = not_described(f"{where} is not of type {kind}: {str(value)[:60]!r}")
    if top and isinstance(value, str) and kind not in ("String", "InputFile"):
        value = _read(value, kind, wrong)
    match kind:
        case "String" | "InputFile":
            good = isinstance(value, str)
        case "Integer":
            good = isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            good = isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean" | "True":
            good = isinstance(value, bool)
        case _ if kind.startswith("Array of "):
            if not isinstance(value, list):
                raise wrong
            for at, item in enumerate(value):
                _check(item, [kind.removeprefix("Array of ")], f"{where}[{at}]")
            return
        case _:
            if not isinstance(value, dict):
                raise wrong
            _check_object(value, kind, where)
            return
    if not good:
        raise wrong


def _read(value: str, kind: str, wrong: ApiError) -> Any:
    """Read a form field: complex values are JSON; numbers and booleans stand as they are."""
    if kind in ("Boolean", "True"):
        if value.lower() in ("true", "false", "1", "0", "yes", "no"):
            return True
        raise wrong
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise wrong from None


def _check_object(value: dict[str, Any], kind: str, where: str) -> None:
    described = specification()["types"].get(kind)
    if described is None:
        raise not_described(f"{where}: the description has no type {kind}")
    subtypes = described.get("subtypes")
    if subtypes:
        _check_subtype(value, subtypes, where)
        return
    fields = {field["name"]: field for field in described.get("fields", [])}
    for name in value:
        if name not in fields:
            raise not_described(f'{where}: {kind} has no field "{name}"')
    for name, field in fields.items():
        if name in value:
            _check(value[name], field["types"], f"{where}.{name}")
        elif field["required"]:
            raise not_described(f'{where}: {kind} lacks the field "{name}"')


def _check_subtype(value: dict[str, Any], subtypes: list[str], where: str) -> None:
    """Check against the subtypes that share the value's `type`, `source` or `status`, if any."""
    fitting = [one for one in subtypes if _may_be(value, one)]
    complaints: list[ApiError] = []
    for one in fitting:
        try:
            _check_object(value, one, where)
        except ApiError as complaint:
            complaints.append(complaint)
        else:
            return
    if not complaints:
        raise not_described(f"{where}: {value.get('type')!r} is none of {', '.join(subtypes)}")
    raise complaints[0]


def _may_be(value: dict[str, Any], kind: str) -> bool:
    for field in specification()["types"][kind].get("fields", []):
        if field["name"] not in ("type", "source", "status", "scope"):
            continue
        said = field["description"].replace("“", '"').replace("”", '"').rstrip(".")
        for word in ("must be ", "always "):
            if word in said:
                expected = said.split(word)[-1].strip('"* ')
                return bool(value.get(field["name"]) == expected)
    return True
