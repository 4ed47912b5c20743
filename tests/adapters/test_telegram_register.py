"""The menu of commands: from the commands themselves, and set only where it is another."""

from __future__ import annotations

from adapters.telegram.register import (
    ABOUT,
    EVERYWHERE,
    GROUPS,
    SHORT_ABOUT,
    differs,
    menus,
    question_for,
)
from bot.command import Command, Options, Request
from bot.reply import Outcome, Reply


def command(name: str, told: str) -> Command:
    def answer(request: Request, options: Options) -> Reply:
        return Reply(Outcome.FOUND, name, ())

    return Command(name, told, answer)


WHO, DAY = command("whowas", "Who somebody was"), command("onthisday", "What happened")


def test_every_command_is_listed_with_its_help() -> None:
    assert menus([WHO, DAY]) == [
        {
            "commands": [
                {"command": "whowas", "description": "Who somebody was"},
                {"command": "onthisday", "description": "What happened"},
            ],
            "scope": EVERYWHERE,
        }
    ]


def test_groups_have_a_menu_of_their_own_if_it_is_another() -> None:
    everywhere, groups = menus([WHO, DAY], in_groups={"whowas"})
    assert everywhere["scope"] == EVERYWHERE
    assert groups == {
        "commands": [{"command": "whowas", "description": "Who somebody was"}],
        "scope": GROUPS,
    }


def test_a_language_has_its_own_words_and_the_others_where_it_has_none() -> None:
    _, german = menus([WHO, DAY], {"de": {"whowas": "Wer jemand war"}})
    assert german["language_code"] == "de"
    assert [one["description"] for one in german["commands"]] == [
        "Wer jemand war",
        "What happened",
    ]


def test_a_description_is_as_long_as_telegram_takes() -> None:
    (menu,) = menus([WHO], {}, None)
    _, long = menus([WHO], {"de": {"whowas": "x" * 300}})
    assert len(menu["commands"][0]["description"]) <= 256
    assert len(long["commands"][0]["description"]) == 256


def test_no_more_commands_than_telegram_takes() -> None:
    (menu,) = menus([command(f"c{n}", "x") for n in range(150)])
    assert len(menu["commands"]) == 100


def test_what_is_registered_is_asked_by_scope_and_language() -> None:
    _, german = menus([WHO], {"de": {}})
    assert question_for(german) == {"scope": EVERYWHERE, "language_code": "de"}


def test_the_same_menu_is_not_set_again() -> None:
    (menu,) = menus([WHO])
    assert not differs(menu, [{"command": "whowas", "description": "Who somebody was"}])


def test_another_menu_is_set() -> None:
    (menu,) = menus([WHO])
    assert differs(menu, [])
    assert differs(menu, [{"command": "whowas", "description": "Who it was"}])


def test_the_texts_of_the_profile_fit() -> None:
    assert len(SHORT_ABOUT) <= 120
    assert len(ABOUT) <= 512
