"""How often the bot may begin a session: Discord resets the token of one that does it too often.

https://docs.discord.com/developers/events/gateway#session-start-limit-object: a thousand a day.
"""

from __future__ import annotations

from collections import deque

MOST = 40
"""Sessions in SECONDS that are begun: 960 in a day in which it goes on all the time. A restart of
the process forgets them."""

SECONDS = 3600.0


class IdentifyBudget:
    """The sessions begun lately, by this process; the time is passed in, in seconds."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        """Allow so many in so many seconds."""
        self._most = most
        self._seconds = seconds
        self._begun: deque[float] = deque()

    def take(self, now: float) -> float:
        """Return 0.0 and count a session if one may begin now, else the seconds to wait."""
        while self._begun and self._begun[0] <= now - self._seconds:
            self._begun.popleft()
        if len(self._begun) >= self._most:
            return self._begun[0] + self._seconds - now
        self._begun.append(now)
        return 0.0
