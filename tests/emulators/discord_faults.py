"""Faults that an emulated server has when it is told to, and rate limits.

Headers of a limit: docs.discord.com/developers/topics/rate-limits.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

BEFORE = frozenset({"status", "cut", "rate_limit", "cloudflare", "error", "html_before"})
"""Kinds of faults of which the call has no effect."""
AFTER = frozenset({"after", "lost", "truncated", "html", "empty", "wrong_type"})
"""Kinds of faults of which the call has its effect, but not its answer."""
KINDS = BEFORE | AFTER | {"delay", "slow_answer"}


@dataclass
class Fault:
    """A fault for the next `times` calls that match."""

    method: str
    pattern: re.Pattern[str]
    kind: str
    times: int
    status: int = 500
    seconds: float = 0.0
    code: int = 0
    scope: str = "user"
    via: bool = True
    left: int = field(init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no kind of fault: {self.kind!r}; there are {sorted(KINDS)}")
        self.left = self.times

    def matches(self, method: str, path: str) -> bool:
        """Whether this fault is for a call, and is still to come."""
        return (
            self.left > 0 and self.method in ("*", method) and self.pattern.search(path) is not None
        )


def limit_headers(
    bucket: str, limit: int, remaining: int, reset_after: float, now: float
) -> dict[str, str]:
    """Return the headers that tell of a bucket."""
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": f"{now + reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{reset_after:.3f}",
        "X-RateLimit-Bucket": bucket,
        "Via": "1.1 google",
    }


def over_limit(retry_after: float, scope: str, *, via: bool = True) -> tuple[Json, dict[str, str]]:
    """Return body and headers of a 429."""
    body = {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": scope == "global",
    }
    headers = {"Retry-After": str(max(1, math.ceil(retry_after))), "X-RateLimit-Scope": scope}
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    if via:
        headers["Via"] = "1.1 google"
    return body, headers


@dataclass
class Window:
    """A window of a limit: how much of it is used, and when it ends."""

    ends: float = 0.0
    used: int = 0


class RateLimits:
    """Limits by route and altogether; none until they are switched on.

    `whole` is the number of calls a second, interactions exempt. `route(pattern, limit, seconds)`
    gives those routes a bucket for each channel, server or webhook. Another `salt` gives all
    buckets other names; without `tells` the answers that are no 429 have no headers of it.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.whole: int | None = None
        self.salt = ""
        self.tells = True
        self.routes: list[tuple[str, re.Pattern[str], int, float]] = []
        self._windows: dict[str, Window] = {}

    @property
    def on(self) -> bool:
        """Whether any limit is on."""
        return self.whole is not None or bool(self.routes)

    def route(self, method: str, pattern: str, limit: int, seconds: float) -> None:
        """Limit the routes whose method and path match."""
        self.routes.append((method, re.compile(pattern), limit, seconds))

    def take(self, method: str, path: str) -> tuple[float | None, str, dict[str, str]]:
        """Count a call: (seconds to wait or None, scope, headers)."""
        now = self._now()
        exempt = path.startswith(("/interactions/", "/webhooks/"))
        if self.whole is not None and not exempt:
            wait, _ = self._count("global", self.whole, 1.0, now)
            if wait is not None:
                return wait, "global", {}
        for wanted, pattern, limit, seconds in self.routes:
            if wanted not in ("*", method) or not pattern.search(path):
                continue
            major = "/".join(path.split("/")[1:3])
            rule = f"{wanted} {pattern.pattern}"
            name = hashlib.sha256((rule + self.salt).encode()).hexdigest()[:32]
            wait, window = self._count(f"{rule} {major}", limit, seconds, now)
            left = max(0, limit - window.used)
            if wait is None and not self.tells:
                return None, "user", {}
            return wait, "user", limit_headers(name, limit, left, window.ends - now, now)
        return None, "user", {}

    def _count(
        self, key: str, limit: int, seconds: float, now: float
    ) -> tuple[float | None, Window]:
        window = self._windows.setdefault(key, Window())
        if now >= window.ends:
            window.ends, window.used = now + seconds, 0
        if window.used >= limit:
            return window.ends - now, window
        window.used += 1
        return None, window
