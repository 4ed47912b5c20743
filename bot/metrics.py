"""What is counted while the bot runs, in a registry of its own, for /metrics.

The names are plain words for who reads a dashboard; the form is Prometheus's
(https://prometheus.io/docs/practices/naming/). No label holds anything that a user wrote:
platforms, commands, outcomes and kinds are words of ours, so their number is bounded.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from knowledge.store import PackSummary

CONTENT_TYPE = CONTENT_TYPE_LATEST

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)
"""Bounds of the histogram: the last is Discord's deadline for a first response."""

NO_COMMAND = "none"
"""Stands for the command of a question that was not understood."""


class Metrics:
    """The counters of one process. Every method may be called from any thread."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._registry = CollectorRegistry(auto_describe=False)
        self._answers = Counter(
            "daybook_answers",
            "Questions that were answered",
            ("platform", "command", "outcome"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "daybook_answer_seconds",
            "From the arrival of a question to its answer",
            ("platform",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._silenced = Counter(
            "daybook_silenced",
            "Questions that were not answered because somebody asked too often",
            ("platform",),
            registry=self._registry,
        )
        self._failed_calls = Counter(
            "daybook_failed_calls",
            "Calls of a platform that failed, by kind of failure",
            ("platform", "kind"),
            registry=self._registry,
        )
        self._posts = Counter(
            "daybook_posts",
            "Messages of daily posts that were sent or given up, by how each ended",
            ("platform", "end"),
            registry=self._registry,
        )
        self._connected = Gauge(
            "daybook_connected",
            "1 while a platform can reach the bot, else 0",
            ("platform",),
            registry=self._registry,
        )
        self._restarts = Counter(
            "daybook_restarts",
            "How often a platform was connected anew after an outage",
            ("platform",),
            registry=self._registry,
        )
        self._library = Gauge(
            "daybook_library_entries",
            "What a pack of the library holds",
            ("pack", "kind"),
            registry=self._registry,
        )
        self._broken_libraries = Counter(
            "daybook_broken_libraries",
            "Changes of the library that could not be used",
            registry=self._registry,
        )
        self._lag = Gauge(
            "daybook_loop_lag_seconds",
            "How late the event loop was to turn when it was last measured",
            registry=self._registry,
        )
        # A child is looked up by its labels under a lock; these are on the way of every answer.
        self._answers_by: dict[tuple[str, str, str], Counter] = {}
        self._seconds_by: dict[str, Histogram] = {}

    def answered(self, platform: str, command: str | None, outcome: str, seconds: float) -> None:
        """Count an answer, and how long it took; `command` is none where none was understood."""
        key = (platform, command or NO_COMMAND, outcome)
        answers = self._answers_by.get(key)
        if answers is None:
            answers = self._answers_by[key] = self._answers.labels(*key)
        answers.inc()
        histogram = self._seconds_by.get(platform)
        if histogram is None:
            histogram = self._seconds_by[platform] = self._seconds.labels(platform)
        histogram.observe(seconds)

    def silenced(self, platform: str) -> None:
        """Count a question that was left unanswered because somebody asked too often."""
        self._silenced.labels(platform).inc()

    def call_failed(self, platform: str, kind: str) -> None:
        """Count a failed call of a platform; `kind` is a word of ours such as "rate limit"."""
        self._failed_calls.labels(platform, kind).inc()

    def posts_ended(self, platform: str, end: str, count: int = 1) -> None:
        """Count messages of daily posts by their end: sent, rejected, missed or unknown."""
        self._posts.labels(platform, end).inc(count)

    def connected(self, platform: str, *, is_connected: bool) -> None:
        """Say whether a platform can reach the bot now."""
        self._connected.labels(platform).set(1 if is_connected else 0)

    def restarted(self, platform: str) -> None:
        """Count that a platform is connected anew after an outage."""
        self._restarts.labels(platform).inc()

    def library_opened(self, packs: tuple[PackSummary, ...]) -> None:
        """Say what the library holds from now on."""
        self._library.clear()
        for pack in packs:
            self._library.labels(pack.id, "events").set(pack.events)
            self._library.labels(pack.id, "entities").set(pack.entities)

    def library_broken(self) -> None:
        """Count a changed library that could not be used."""
        self._broken_libraries.inc()

    def loop_lagged(self, seconds: float) -> None:
        """Say how late the event loop was to turn."""
        self._lag.set(seconds)

    def text(self) -> bytes:
        """Return everything as Prometheus reads it, under CONTENT_TYPE."""
        return generate_latest(self._registry)
