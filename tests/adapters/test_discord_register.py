"""The commands as Discord registers them: as its description of the API wants, and only once."""

from __future__ import annotations

import copy
import functools
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from emulators.discord_schema import spec_path

from adapters.discord.register import LONGEST_OPTION, is_registered, registration
from bot.command import Action, Command, Option, OptionKind, Options, Request
from bot.commands import all_commands
from bot.reply import Reply
from bot.typed_command import read_command
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs

Json = dict[str, Any]
PACKS = Path(__file__).resolve().parents[1] / "packs"
TODAY = date(2026, 8, 21)


def nothing(request: Request, options: Options) -> Reply:
    raise AssertionError("registering a command answers nothing")


@functools.cache
def commands() -> dict[str, Command]:
    store = open_library([*builtin_packs().values(), PACKS / "polar-expedition"], None)
    return all_commands(store, Random(1))


@pytest.fixture
def registered() -> list[Json]:
    return registration(commands().values())


@functools.cache
def specification() -> Json:
    path = spec_path()
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"there is no {path.name}, which the commands are checked against")
        pytest.skip(f"there is no {path.name}")
    found: Json = json.loads(path.read_text("utf-8"))
    return found


def test_discords_description_of_the_api_takes_them(registered: list[Json]) -> None:
    from jsonschema import Draft202012Validator

    specification_ = specification()
    body = specification_["paths"]["/applications/{application_id}/commands"]["put"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**schema, "components": specification_["components"]})
    # the description has a number here, the page of the API a text, and Discord takes both
    numbers = [
        one | {"default_member_permissions": one["default_member_permissions"] and 32}
        for one in registered
    ]
    assert [error.message for error in validator.iter_errors(numbers)] == []


def test_every_command_is_registered(registered: list[Json]) -> None:
    assert [one["name"] for one in registered] == list(commands())


# -- limits that the description lacks (PLATFORMS.md) ---------------------------------------------


def test_there_are_no_more_commands_than_an_application_may_have(registered: list[Json]) -> None:
    assert len(registered) <= 100


def test_a_command_has_no_more_text_than_the_strictest_of_the_platforms_readers(
    registered: list[Json],
) -> None:
    for command in registered:
        assert text_of(command) < 4_000


def text_of(one: Json) -> int:
    """Return the characters of a command, of what is in its options, and of their choices."""
    own = len(one["name"]) + len(one.get("description", "")) + len(one.get("value", ""))
    inner = [*(one.get("options") or ()), *(one.get("choices") or ())]
    return own + sum(map(text_of, inner))


def every_list_of_options(command: Json) -> Iterator[list[Json]]:
    """Yield a command's options, and those of each of its actions."""
    yield command["options"]
    for option in command["options"]:
        yield option.get("options") or []


def test_names_are_in_small_letters_and_unique(registered: list[Json]) -> None:
    names = [one["name"] for one in registered]
    assert names == [name.lower() for name in names]
    assert len(set(names)) == len(names)


def test_required_options_come_first(registered: list[Json]) -> None:
    for command in registered:
        for options in every_list_of_options(command):
            required = [option.get("required", False) for option in options]
            assert required == sorted(required, reverse=True)


def test_they_can_be_used_in_servers_and_by_users_anywhere(registered: list[Json]) -> None:
    # said expressly, else they show up where they can't be used (discord.py issue 10183)
    assert {tuple(one["integration_types"]) for one in registered} == {(0, 1)}
    contexts = {one["name"]: one["contexts"] for one in registered}
    # what admins set up belongs to a place where the bot is, which is no chat between people
    of_admins = {"daily", "dates", "settings"}
    assert {name for name, where in contexts.items() if where == [0, 1]} == of_admins
    assert {name for name, where in contexts.items() if where == [0, 1, 2]} == (
        contexts.keys() - of_admins
    )


COMMAND = Command(
    "look",
    "Look something up",
    nothing,
    (
        Option("what", "What to look up", OptionKind.NAME, required=True),
        Option("day", "A day", OptionKind.DATE),
        Option("kind", "A kind", OptionKind.EVENT_KIND),
        Option("text", "A text", OptionKind.TEXT),
    ),
)


DAILY = Command(
    "daily",
    "Post something daily",
    nothing,
    is_for_admins=True,
    actions=(
        Action("show", "What is set"),
        Action(
            "set",
            "Set it",
            (
                Option("time", "When", required=True),
                Option("zone", "Where that is the time", OptionKind.ZONE),
                Option("empty", "On days without", OptionKind.CHOICE, choices=("month", "silence")),
                Option("place", "Where to post", OptionKind.PLACE),
                Option("ping", "Whom to tell", OptionKind.ROLE),
                Option("file", "A file", OptionKind.FILE),
            ),
        ),
    ),
)


def test_a_command_of_several_actions_has_them_as_sub_commands() -> None:
    (command,) = registration([DAILY])
    assert [(one["type"], one["name"]) for one in command["options"]] == [(1, "show"), (1, "set")]
    # STRING 3, CHANNEL 7, ROLE 8, ATTACHMENT 11
    assert {one["name"]: one["type"] for one in command["options"][1]["options"]} == {
        "time": 3,
        "zone": 3,
        "empty": 3,
        "place": 7,
        "ping": 8,
        "file": 11,
    }


def test_what_has_choices_is_not_suggested() -> None:
    (command,) = registration([DAILY])
    empty = next(one for one in command["options"][1]["options"] if one["name"] == "empty")
    assert [one["value"] for one in empty["choices"]] == ["month", "silence"]
    assert not empty.get("autocomplete")


def test_what_changes_a_place_is_for_its_admins_where_the_bot_is() -> None:
    (command,) = registration([DAILY])
    # MANAGE_GUILD; a permission is written as text, since JavaScript's numbers are too short
    assert command["default_member_permissions"] == "32"
    assert command["contexts"] == [0, 1]


def option(name: str) -> Json:
    (command,) = registration([COMMAND])
    return next(one for one in command["options"] if one["name"] == name)


@pytest.mark.parametrize(
    ("name", "is_suggested"), [("what", True), ("day", True), ("kind", True), ("text", False)]
)
def test_options_with_known_values_are_suggested(name: str, is_suggested: bool) -> None:
    assert option(name)["autocomplete"] is is_suggested


def test_an_option_is_a_text_of_the_length_that_is_read() -> None:
    assert (option("text")["type"], option("text")["max_length"]) == (3, LONGEST_OPTION)


def test_an_option_as_long_as_allowed_is_read_whole() -> None:
    text = "x" * LONGEST_OPTION
    assert read_command(f"/look what:{text}", {"look": COMMAND}).options == {"what": text}


# -- translations ---------------------------------------------------------------------------------


def test_without_translations_there_are_none() -> None:
    (command,) = registration([COMMAND])
    assert (command["name_localizations"], command["description_localizations"]) == (None, None)


def test_translations_are_given_by_locale_where_there_are_some() -> None:
    german = {"look": "schau", "A day": "Ein Tag"}
    (command,) = registration([COMMAND], {"de": german, "fr": {}})
    assert command["name_localizations"] == {"de": "schau"}
    assert command["description_localizations"] is None
    day = next(one for one in command["options"] if one["name"] == "day")
    assert day["description_localizations"] == {"de": "Ein Tag"}


# -- whether to send them again -------------------------------------------------------------------


LOCALISED = ("name_localizations", "description_localizations")


def stored(commands_: list[Json]) -> list[Json]:
    """Return commands as the server gives them back: more keys, and without what is default."""
    found = []
    for number, command in enumerate(copy.deepcopy(commands_)):
        command |= {
            "id": str(1000 + number),
            "application_id": "5",
            "version": str(2000 + number),
            "dm_permission": True,
            "nsfw": False,
        }
        for one in (one for options in every_list_of_options(command) for one in options):
            for key in ("required", "autocomplete", *LOCALISED):
                if not one.get(key):
                    one.pop(key, None)
        if not command["options"]:
            del command["options"]
        command["contexts"].reverse()
        found.append(command)
    return found[::-1]


def test_what_the_server_stored_is_not_sent_again(registered: list[Json]) -> None:
    assert is_registered(registered, stored(registered))


def test_what_the_server_stored_of_actions_is_not_sent_again() -> None:
    ours = registration([DAILY, COMMAND])
    assert is_registered(ours, stored(ours))


def test_an_action_that_has_changed_is_sent() -> None:
    ours = registration([DAILY])
    theirs = copy.deepcopy(ours)
    theirs[0]["options"][1]["options"][0]["description"] = "Other"
    assert not is_registered(ours, theirs)


def change(key: str, value: object) -> Callable[[list[Json]], object]:
    def changed(theirs: list[Json]) -> None:
        theirs[0][key] = value

    return changed


def change_option(key: str, value: object) -> Callable[[list[Json]], object]:
    def changed(theirs: list[Json]) -> None:
        options = [option for one in theirs for option in one.get("options") or ()]
        next(option for option in options if option.get("autocomplete"))[key] = value

    return changed


CHANGES: list[tuple[str, Callable[[list[Json]], object]]] = [
    ("one less", lambda theirs: theirs.pop()),
    ("one more", lambda theirs: theirs.append({**theirs[0], "name": "other"})),
    ("one more of another type", lambda theirs: theirs.append({**theirs[0], "type": 3})),
    ("description", change("description", "Other")),
    ("contexts", change("contexts", [0])),
    ("installs", change("integration_types", [0])),
    ("translation", change("name_localizations", {"de": "x"})),
    ("option's description", change_option("description", "Other")),
    ("option's name", change_option("name", "other")),
    ("option's length", change_option("max_length", 5)),
    ("option's suggestions", change_option("autocomplete", None)),
]


@pytest.mark.parametrize(("name", "changed"), CHANGES, ids=[case[0] for case in CHANGES])
def test_what_differs_is_sent(
    registered: list[Json], name: str, changed: Callable[[list[Json]], object]
) -> None:
    theirs = stored(registered)
    changed(theirs)
    if theirs == stored(registered):
        pytest.fail("the case changes nothing")
    assert not is_registered(registered, theirs)


def test_nothing_registered_is_sent(registered: list[Json]) -> None:
    assert not is_registered(registered, [])
