"""Hostile titles, names and questions through the running bot: nothing in them comes alive.

A third of the texts each are names, events, and titles of a pack; as many again are asked as
questions. Whatever is shown is read by the emulators' own readers of markup, which say who is
pinged and what is a link, mention or command; whatever a server would refuse, they refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking_on_platforms import OnDiscord, OnTelegram, Platform, Told, serving_on_both
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from hostile_text import attacks, hostile_texts, write_hostile_pack
from processes import Daybook

FEW, ALL = 300, 10_000

_FOR_ANOTHER_BOT = re.compile(r"\s*/\w+@(?!daybook_test_bot\b)\w+", re.ASCII)
"""What a bot leaves alone."""

DAYS = [f"{day}/{month}" for month in range(1, 13) for day in range(1, 29)]


@pytest.fixture(params=[pytest.param(FEW), pytest.param(ALL, marks=pytest.mark.slow)])
def texts(request: pytest.FixtureRequest) -> list[str]:
    return hostile_texts(request.param, seed=20261129)


@pytest.fixture
def people(
    texts: list[str], daybook: Daybook, tmp_path: Path
) -> Iterator[tuple[list[Platform], list[str]]]:
    """Yield somebody on each platform, and the questions, those about the pack's names first."""
    in_pack, asked = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    pack = tmp_path / "hostile.jsonl"
    names = write_hostile_pack(pack, in_pack)
    questions = [f"/whowas {name}" for name in names]
    questions += [f"/onthisday {day}" for day in DAYS] if len(texts) == ALL else ["1 May", "2/3"]
    questions += [f"/search {text}" for text in asked[::10]]
    questions += [*asked, "/sources", "/help", "/start"]
    library = {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(pack)}
    with DiscordEmulator() as discord, TelegramEmulator() as telegram:
        somebody: list[Platform] = [OnDiscord(discord), OnTelegram(telegram)]
        with serving_on_both(daybook, discord, telegram, **library) as serving:
            yield somebody, questions
            assert serving.stop().code == 0
            assert "Traceback" not in serving.log


def test_no_text_pings_links_or_is_refused(
    people: tuple[list[Platform], list[str]],
) -> None:
    somebody, questions = people
    wrong: list[str] = []
    shown = 0
    for question in questions:
        for person in somebody:
            if person.name == "telegram" and _FOR_ANOTHER_BOT.match(question):
                continue
            told: Told = person.ask(question)
            shown += len(told.text)
            wrong += [f"{person.name}: {question!a}: {fault!a}" for fault in told.faults]
    for person in somebody:
        person.assert_nothing_refused()
    assert wrong == [], "\n".join(wrong[:40])
    assert shown > 100 * len(questions)


def test_the_texts_are_as_many_as_they_say_and_hold_every_attack() -> None:
    texts = hostile_texts(ALL, seed=20261129)
    assert len(set(texts)) == ALL
    assert set(attacks()) <= set(texts)
