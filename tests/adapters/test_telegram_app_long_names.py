"""Names too long for a button's 64 bytes: their buttons are there, work, and turn pages.

The pack has two people who share a name, which takes 62 bytes of UTF-8 and 37 units, each with
many events; a button of ours has 54 bytes for a choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_seen import Seen
from emulators.telegram_world import Chat, User
from telegram_running import Running, edited

from bot.answering import Answering
from bot.dialogue import NOT_YOURS, STALE
from knowledge.library import open_library

SURNAME = "Вышеславцевская"
FIRST = f"Александра Константиновна {SURNAME}"
SECOND = f"Екатерина Александровна {SURNAME}"

PACK = "".join(
    [
        '[pack]\ntitle = "Letters"\n',
        *(
            f'[[entity]]\nkind = "person"\nname = "{name}"\ndescription = "Writer of letters."\n'
            for name in (FIRST, SECOND)
        ),
        *(
            f'[[event]]\ndate = "19{year:02}-03-0{day}"\npeople = ["{name}"]\n'
            f'text = "{name} writes letter number {year}."\n'
            for day, name in ((1, FIRST), (2, SECOND))
            for year in range(10, 30)
        ),
    ]
)


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    pack = Path(tmp_path_factory.mktemp("packs")) / "letters.toml"
    pack.write_text(PACK, encoding="utf-8")
    answering = Answering(open_library([pack], None))
    yield answering
    answering.close()


@pytest.fixture
def choices(telegram: TelegramEmulator, bot: Running, anna: User, group: Chat) -> Seen:
    """Two people of one name, offered to Anna in a group."""
    return telegram.ask(anna, group, f"/whowas {SURNAME}")


def of(message: Seen) -> str:
    """Return of which of the two a message tells."""
    return message.text.partition("\n")[0].partition(" (")[0]


def test_a_long_name_has_a_button(choices: Seen) -> None:
    assert [one.text for one in choices.buttons] == ["Delete", FIRST, SECOND]


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_the_button_of_a_long_name_asks_for_it(
    telegram: TelegramEmulator, anna: User, group: Chat, choices: Seen, name: str
) -> None:
    telegram.press(anna, choices, name)
    assert of(telegram.wait_for_message(group, after=choices)) == name


def test_the_pages_of_a_long_choice_turn_on_and_back(
    telegram: TelegramEmulator, anna: User, group: Chat, choices: Seen
) -> None:
    telegram.press(anna, choices, SECOND)
    first = telegram.wait_for_message(group, after=choices)
    telegram.press(anna, first, "More")
    second = edited(telegram, first)
    assert (of(second), "Page 2 of" in second.text) == (SECOND, True)
    telegram.press(anna, second, "Back")
    assert edited(telegram, second).text == first.text


def test_a_long_choice_turns_in_private_too(
    telegram: TelegramEmulator, bot: Running, anna: User
) -> None:
    chat = telegram.private(anna)
    choices = telegram.ask(anna, chat, f"who was {SURNAME}")
    telegram.press(anna, choices, FIRST)
    first = telegram.wait_for_message(chat, after=choices)
    telegram.press(anna, first, "More")
    assert "Page 2 of" in edited(telegram, first).text


def test_somebody_else_turns_no_pages_of_a_long_choice(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat, choices: Seen
) -> None:
    telegram.press(anna, choices, FIRST)
    first = telegram.wait_for_message(group, after=choices)
    assert telegram.press(bob, first, "More").text == NOT_YOURS


def test_a_long_choice_whose_list_is_gone_says_so(
    telegram: TelegramEmulator, anna: User, group: Chat, choices: Seen
) -> None:
    telegram.press(anna, choices, FIRST)
    first = telegram.wait_for_message(group, after=choices)
    telegram.delete(choices)
    assert telegram.press(anna, first, "More").text == STALE
