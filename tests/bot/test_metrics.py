"""What is counted, as Prometheus reads it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from knowledge.store import PackSummary


def samples(metrics: Metrics) -> dict[str, float]:
    """Return each value by its name and labels, the moments of creation left out."""
    found = {}
    for family in text_string_to_metric_families(metrics.text().decode()):
        for sample in family.samples:
            if not sample.name.endswith("_created"):
                labels = ",".join(f"{k}={v}" for k, v in sorted(sample.labels.items()))
                found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


def summary(name: str, events: int, entities: int) -> PackSummary:
    return PackSummary(name, name, "", "", (), events, entities)


COUNTED: list[tuple[Callable[[Metrics], None], str]] = [
    (
        lambda metrics: metrics.answered("discord", "whowas", "found", 0.01),
        "daybook_answers_total{command=whowas,outcome=found,platform=discord}",
    ),
    (
        lambda metrics: metrics.answered("telegram", None, "invalid", 0.01),
        "daybook_answers_total{command=none,outcome=invalid,platform=telegram}",
    ),
    (lambda metrics: metrics.silenced("discord"), "daybook_silenced_total{platform=discord}"),
    (
        lambda metrics: metrics.call_failed("discord", "rate limit"),
        "daybook_failed_calls_total{kind=rate limit,platform=discord}",
    ),
    (lambda metrics: metrics.restarted("telegram"), "daybook_restarts_total{platform=telegram}"),
    (lambda metrics: metrics.library_broken(), "daybook_broken_libraries_total{}"),
]


@pytest.mark.parametrize(("count", "name"), COUNTED, ids=[name for _, name in COUNTED])
def test_each_call_counts_one(count: Callable[[Metrics], None], name: str) -> None:
    metrics = Metrics()
    count(metrics)
    count(metrics)
    assert samples(metrics)[name] == 2


@pytest.mark.parametrize(
    ("seconds", "bounds"),
    [(0.001, ["0.001", "0.0025"]), (0.0011, ["0.0025"]), (2.9, ["3.0"]), (4.0, ["+Inf"])],
)
def test_the_seconds_of_an_answer_fall_under_every_bound_above_them(
    seconds: float, bounds: list[str]
) -> None:
    metrics = Metrics()
    metrics.answered("discord", "help", "found", seconds)
    found = samples(metrics)
    for bound in bounds:
        assert found[f"daybook_answer_seconds_bucket{{le={bound},platform=discord}}"] == 1
    below = sum(
        value == 0 for name, value in found.items() if name.startswith("daybook_answer_seconds_b")
    )
    expected = {0.001: 0, 0.0011: 1, 2.9: 10, 4.0: 11}[seconds]
    assert below == expected


@pytest.mark.parametrize(("is_connected", "value"), [(True, 1), (False, 0)])
def test_a_connection_is_one_or_nothing(is_connected: bool, value: int) -> None:
    metrics = Metrics()
    metrics.connected("discord", is_connected=is_connected)
    assert samples(metrics)["daybook_connected{platform=discord}"] == value


def test_the_library_is_that_of_now() -> None:
    metrics = Metrics()
    metrics.library_opened((summary("village", 3, 4), summary("old", 1, 1)))
    metrics.library_opened((summary("village", 5, 6),))
    library = {name: value for name, value in samples(metrics).items() if "library_entries" in name}
    assert library == {
        "daybook_library_entries{kind=events,pack=village}": 5,
        "daybook_library_entries{kind=entities,pack=village}": 6,
    }


def test_two_registries_know_nothing_of_each_other() -> None:
    first, second = Metrics(), Metrics()
    first.silenced("discord")
    assert "daybook_silenced_total{platform=discord}" not in samples(second)


def test_threads_lose_no_count() -> None:
    metrics = Metrics()

    def count() -> None:
        for _ in range(1000):
            metrics.answered("discord", "help", "found", 0.001)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    name = "daybook_answers_total{command=help,outcome=found,platform=discord}"
    assert samples(metrics)[name] == 4000
