"""What a test does to an emulated Discord's lines: cut, close, refuse, limit, fail."""

from __future__ import annotations

import re

from emulators.discord_errors import Json
from emulators.discord_faults import Fault, RateLimits
from emulators.discord_gateway import Gateway
from emulators.discord_life import PATIENCE, Life


class Trouble(Life):
    """The gateway's and the REST side's troubles."""

    # -- the gateway ------------------------------------------------------------------------------

    @property
    def gateway(self) -> Gateway:
        """The gateway, to look at and to set.

        To set: `heartbeat_interval` (s), `acknowledge` (heartbeats), `privileged` (intents that it
        grants), `shards_required`, `identify_limit`, `max_concurrency`, `identify_spacing`,
        `resumable`. To look at: `sessions`, `connections`, `identifies`, `resumes`, `received`,
        `closed`.
        """
        return self._gateway

    @property
    def intents(self) -> int | None:
        """The intents that the bot identified with; None while there is no session."""
        sessions = list(self._gateway.sessions.values())
        return sessions[-1].intents if sessions else None

    @property
    def connected(self) -> bool:
        """Whether a bot has a session and a connection."""
        return any(each.connection for each in list(self._gateway.sessions.values()))

    def wait_until_ready(self, timeout: float = PATIENCE) -> None:
        """Wait until the bot is connected and identified."""
        self.wait_until(lambda: self.connected, timeout, "the bot's connection")

    def wait_for_commands(self, timeout: float = PATIENCE) -> dict[str, Json]:
        """Wait until global commands are registered and return them by name."""
        kept = self._commands.kept
        self.wait_until(lambda: bool(kept[None]), timeout, "the registration of commands")
        return {command["name"]: command for command in self._do(lambda: self._commands.all(None))}

    def reconnect(self) -> None:
        """Tell the bot to reconnect (op 7)."""
        self._do(self._gateway.reconnect)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell the bot that its session is invalid (op 9)."""
        self._do(lambda: self._gateway.invalidate(resumable=resumable))

    def close_gateway(self, code: int) -> None:
        """Close the bot's connections with a code; a fatal one too."""
        self._do(lambda: self._gateway.close_all(code))

    def cut_gateway(self, *, reset: bool = True) -> None:
        """End the bot's connections by TCP only: RST, or FIN."""
        self._do(lambda: self._gateway.cut_all(reset=reset))

    # -- what breaks ------------------------------------------------------------------------------

    def down(self, *parts: str, how: str = "refused") -> None:
        """Take "rest", "gateway" and "resume" (all three unless named) out of order.

        `how`: "refused" (nobody listens, open connections are cut) or "503" (that is the answer).
        """
        if how not in ("refused", "503"):
            raise ValueError(f"{how!r} is no way to be down")
        for name in parts or tuple(self._listeners):
            if how == "refused":
                self._await(self._listeners[name].stop())
            else:
                self._listeners[name].unavailable = True
                self._rest.unavailable = self._rest.unavailable or name == "rest"

    def up(self, *parts: str) -> None:
        """Put them back in order, on the same ports."""
        for name in parts or tuple(self._listeners):
            self._listeners[name].unavailable = False
            if name == "rest":
                self._rest.unavailable = False
            self._await(self._listeners[name].start())

    def fault(
        self,
        method: str,
        path_pattern: str,
        kind: str,
        times: int = 1,
        *,
        status: int = 500,
        seconds: float = 1.0,
        code: int = 0,
        scope: str = "user",
        via: bool = True,
    ) -> Fault:
        """Let the next `times` calls whose method ("*": any) and path (a regex) match go wrong.

        Without an effect: "status" (a `status`), "error" (a Discord `code` such as 20016),
        "rate_limit" (429: `seconds` to wait, `scope` user, global or shared, `via` header or not),
        "cloudflare" (429 in HTML without Via), "html_before" (a `status` in HTML), "cut".
        With their effect, but not its answer: "after" (a `status`), "lost" (the connection is cut),
        "truncated" (half the JSON), "html" (a `status` in HTML), "empty" (204), "wrong_type".
        "delay" waits `seconds` before the effect, "slow_answer" after it.
        `.calls` says what really happened: `.effect` and `.fault` of each.
        """
        fault = Fault(
            method, re.compile(path_pattern), kind, times, status, seconds, code, scope, via
        )
        self._do(lambda: self._rest.faults.append(fault))
        return fault

    def clear_faults(self) -> None:
        """Forget the faults that have not happened."""
        self._do(self._rest.faults.clear)

    @property
    def limits(self) -> RateLimits:
        """The limits, off at first: `.whole = 50` and `.route(method, pattern, n, seconds)`."""
        return self._rest.limits
