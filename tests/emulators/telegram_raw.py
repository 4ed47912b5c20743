# ruff: noqa: ANN401 - JSON may be anything
"""The emulator for its own tests: started or skipped, and called without a library."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_schema import SpecificationMissingError

PATIENCE = 10.0
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Saves the 70 ms it takes to load those of the machine, which plain http does not need."""


@contextmanager
def started(**options: Any) -> Iterator[TelegramEmulator]:
    """Start an emulator; where the API description lacks, skip the test (fail where CI=true)."""
    try:
        emulator = TelegramEmulator(**options)
    except SpecificationMissingError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    with emulator:
        yield emulator


class Raw:
    """Calls methods of an emulator by plain HTTP."""

    def __init__(self, emulator: TelegramEmulator) -> None:
        self.emulator = emulator
        self.client = httpx.Client(timeout=PATIENCE, verify=NO_CERTIFICATES)

    def post(self, method: str, /, **parameters: Any) -> httpx.Response:
        """Send parameters as JSON; return the whole answer."""
        url = f"{self.emulator.api_url}{self.emulator.token}/{method}"
        return self.client.post(url, json=parameters)

    def __call__(self, method: str, /, **parameters: Any) -> Any:
        """Return the result of a call; raises AssertionError where it is refused."""
        body = self.post(method, **parameters).json()
        assert body["ok"], body
        return body["result"]

    def refusal(self, method: str, /, **parameters: Any) -> str:
        """Return why a call is refused; raises AssertionError where it isn't."""
        body = self.post(method, **parameters).json()
        assert not body["ok"], body
        assert set(body) <= {"ok", "error_code", "description", "parameters"}
        return str(body["description"])


@contextmanager
def raw(**options: Any) -> Iterator[Raw]:
    """Start an emulator and return what calls it."""
    with started(**options) as emulator:
        one = Raw(emulator)
        try:
            yield one
        finally:
            one.client.close()
