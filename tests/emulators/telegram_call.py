"""One call of a method: its parameters as they were sent, read as the server reads them.

https://core.telegram.org/bots/api#making-requests: query string, form, multipart or JSON. In all
but JSON every value is a text, and complex ones are JSON in it.
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from emulators.telegram_errors import bad_request

LONGEST_INTEGER = 20


@dataclass
class Call:
    """A method's name, its parameters, and the files that came with it by the parts' names."""

    method: str
    parameters: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether the parameter was given at all."""
        return name in self.parameters

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text."""
        value = self.parameters.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; what is none counts as the default, as on the server."""
        value = self.parameters.get(name, default)
        if isinstance(value, bool):
            return default
        try:
            return int(str(value)[:LONGEST_INTEGER])
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        """Return whether a parameter is true, yes or 1."""
        value = self.parameters.get(name, False)
        return value is True or str(value).lower() in ("true", "yes", "1")

    def value(self, name: str, what: str = "") -> Any:
        """Return a complex value, none where it is not given; raises ApiError if it is no JSON."""
        value = self.parameters.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {what or name} JSON object") from None

    def file(self, name: str) -> tuple[str, bytes] | None:
        """Return an uploaded file, given as the part of that name or as attach://PART."""
        if name in self.files:
            return self.files[name]
        return self.files.get(self.text(name).removeprefix("attach://"))
