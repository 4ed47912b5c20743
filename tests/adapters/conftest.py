"""What tests of Telegram's adapter share: an emulated server, the bot on it, people, a group."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_schema import SpecificationMissingError
from emulators.telegram_world import Chat, User
from telegram_running import Running

from bot.answering import Answering
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs


@pytest.fixture(scope="session")
def answering() -> Iterator[Answering]:
    answering = Answering(open_library(list(builtin_packs().values()), None))
    yield answering
    answering.close()


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    try:
        emulator = TelegramEmulator()
    except SpecificationMissingError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    with emulator:
        yield emulator


@pytest.fixture
def bot(telegram: TelegramEmulator, answering: Answering) -> Iterator[Running]:
    """Run the bot; what Telegram would have refused fails the test at its end."""
    with Running(telegram, answering) as running:
        yield running
    telegram.assert_nothing_refused("message is not modified", "query is too old")


@pytest.fixture
def anna(telegram: TelegramEmulator) -> User:
    return telegram.user("Anna")


@pytest.fixture
def bob(telegram: TelegramEmulator) -> User:
    return telegram.user("Bob")


@pytest.fixture
def group(telegram: TelegramEmulator, anna: User, bob: User) -> Chat:
    return telegram.supergroup("A group", [anna, bob])
