"""The same conversations through `daybook serve` on both platforms: messages in, messages out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pytest
from asking_on_platforms import (
    OnDiscord,
    OnTelegram,
    Platform,
    Told,
    serving_on_both,
    without_invisible,
)
from conversation_cases import Case, Setting, conversations, plain
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import Daybook

CASES = conversations()

A_FEW = 6
"""Each sixth conversation is had in a server and in a group, too."""


def settings() -> dict[Setting, list[Case]]:
    """Return the cases by the library and the moment that they are asked of."""
    found: dict[tuple[object, ...], tuple[Setting, list[Case]]] = {}
    for case in CASES:
        setting = case.setting
        key = (setting.now, setting.packs, setting.knowledge)
        found.setdefault(key, (setting, []))[1].append(case)
    return dict(found.values())


@pytest.fixture(scope="module", params=list(settings()), ids=lambda setting: setting.name)
def platforms(
    request: pytest.FixtureRequest, daybook: Daybook
) -> Iterator[tuple[list[Case], list[Platform]]]:
    setting: Setting = request.param
    with DiscordEmulator() as discord, TelegramEmulator() as telegram:
        people: list[Platform] = [
            OnDiscord(discord),
            OnTelegram(telegram),
            OnDiscord(discord, in_a_server=True),
            OnTelegram(telegram, in_a_group=True),
        ]
        with serving_on_both(
            daybook, discord, telegram, now=setting.now, **setting.environment
        ) as serving:
            yield settings()[setting], people
            assert serving.stop().code == 0
            assert "Traceback" not in serving.log


def tells_all(case: Case, text: str) -> bool:
    """Whether an answer holds what it must hold."""
    wanted = {"must": case.expected.get("must", ())}
    seen = {"text": without_invisible(text), "choices": (), "outcome": None, "title": None}
    return not Case(case.ask, case.setting, wanted).faults(seen)


def faults_of(case: Case, told: Told) -> list[str]:
    """Return what is wrong with an answer as it is seen: facts, choices, what is live in it."""
    seen = {
        "text": without_invisible(told.text),
        "choices": [without_invisible(choice) for choice in told.choices],
        "outcome": None,
        "title": None,
    }
    wanted: Mapping[str, object] = {
        key: value for key, value in case.expected.items() if key in ("must", "must_not", "choices")
    }
    title = case.expected.get("title")
    faults = Case(case.ask, case.setting, wanted).faults(seen)
    if title and not any(plain(one) in plain(str(seen["text"])) for one in title.split("|")):
        faults.append(f"{title} is not in the answer")
    return [*faults, *told.faults]


def test_every_conversation_tells_its_facts_on_both_platforms(
    platforms: tuple[list[Case], list[Platform]],
) -> None:
    cases, people = platforms
    wrong, skipped = [], 0
    in_private, among_others = people[:2], people[2:]
    for number, case in enumerate(cases):
        for person in in_private if number % A_FEW else people:
            if not case.ask.strip() or len(case.ask) > person.longest:
                skipped += 1
                continue
            told = person.ask(case.ask, partial(tells_all, case))
            if faults := faults_of(case, told):
                wrong.append(f"{person.name}: {case.ask[:80]!a}: {faults}\n{told.text[:600]}")
    for person in people:
        person.assert_nothing_refused()
    assert wrong == [], "\n".join(wrong)
    # what no person can send: nothing at all, and what is longer than a message
    assert skipped <= len(people) * 2
    assert all(person.asked >= len(cases) // A_FEW for person in among_others)
