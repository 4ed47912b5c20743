"""Every line of the conversations, answered in the process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

import pytest
from conversation_cases import Setting, conversations

from bot.answer import Answerer
from bot.command import Request
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs

pytestmark = pytest.mark.benchmark

MOST_SECONDS = 0.010


@pytest.fixture(scope="module")
def answerers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Setting, Answerer]:
    cache = tmp_path_factory.mktemp("cache")
    opened: dict[tuple[str | None, tuple[Path, ...]], Answerer] = {}
    for setting in {case.setting for case in conversations()}:
        library = (setting.packs, setting.knowledge)
        if library not in opened:
            opened[library] = open_for(setting, cache)
    return {
        case.setting: opened[case.setting.packs, case.setting.knowledge] for case in conversations()
    }


def open_for(setting: Setting, cache: Path) -> Answerer:
    builtin = builtin_packs()
    names = builtin if setting.packs is None else filter(None, setting.packs.split(","))
    paths = [*(builtin[name] for name in names), *setting.knowledge]
    answerer = Answerer(open_library(paths, cache), Random(1))
    answerer.answer(
        Request(today=datetime.fromisoformat(setting.now).date(), text="who was nobody")
    )
    return answerer


def test_conversations_take_ten_milliseconds_at_most(
    answerers: Mapping[Setting, Answerer], table: Callable[..., None]
) -> None:
    taken = []
    for case in conversations():
        request = Request(today=datetime.fromisoformat(case.setting.now).date(), text=case.ask)
        begin = perf_counter()
        answerers[case.setting].answer(request)
        taken.append((perf_counter() - begin, case.shown))
    cuts = quantiles([seconds for seconds, _ in taken], n=100)
    slowest = [(line, f"{seconds * 1e3:.1f} ms") for seconds, line in sorted(taken)[-5:]]
    table(
        "the lines of the conversations, each asked once in the process",
        [
            (f"{len(taken)} lines", f"p50 {cuts[49] * 1e3:.2f} ms, p99 {cuts[98] * 1e3:.2f} ms"),
            ("figure", f"p99 under {MOST_SECONDS * 1e3:.0f} ms"),
            *slowest,
        ],
    )
    assert cuts[98] < MOST_SECONDS
