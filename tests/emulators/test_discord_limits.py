"""Every limit of a message and a command: just within it is taken, just outside it refused.

The figures are those of docs.discord.com (resources/message, components/reference,
interactions/application-commands).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from emulators.discord_errors import Json, JsonValue
from emulators.discord_raw import Place, a_place


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with a_place() as made:
        yield made


def button(**more: JsonValue) -> Json:
    return {"type": 2, "style": 2, "label": "More", "custom_id": "x"} | more


def row(*buttons: Json) -> Json:
    return {"type": 1, "components": list(buttons)}


def rows(count: int, each: int = 1) -> Json:
    made = [row(*(button(custom_id=f"{r}.{b}") for b in range(each))) for r in range(count)]
    return {"components": made}


def pressed(**more: JsonValue) -> Json:
    return {"components": [row(button(**more))]}


def link(**more: JsonValue) -> Json:
    made = {"type": 2, "style": 5, "label": "Go", "url": "https://example.org"} | more
    return {"components": [row(made)]}


def embed(**parts: JsonValue) -> Json:
    return {"embeds": [{"title": "t"} | parts]}


def fields(count: int, name: str = "n", value: str = "v") -> Json:
    return embed(fields=[{"name": name, "value": value}] * count)


def select(**more: JsonValue) -> Json:
    options = [{"label": "a", "value": "a"}]
    return {"components": [row({"type": 3, "custom_id": "s", "options": options} | more)]}


def options(count: int) -> list[Json]:
    return [{"label": str(n), "value": str(n)} for n in range(count)]


def texts(*lengths: int) -> Json:
    made = [{"type": 10, "content": "x" * length} for length in lengths]
    return {"components": made, "flags": 1 << 15}


MESSAGES: dict[str, tuple[Json, Json]] = {
    "content": ({"content": "x" * 2000}, {"content": "x" * 2001}),
    "content of emoji": ({"content": "😀" * 2000}, {"content": "😀" * 2001}),
    "something in it": ({"content": "x"}, {"content": ""}),
    "not only blanks": ({"content": " x "}, {"content": " \n "}),
    "ten embeds": ({"embeds": [{"title": "t"}] * 10}, {"embeds": [{"title": "t"}] * 11}),
    "title": (embed(title="x" * 256), embed(title="x" * 257)),
    "description": (embed(description="x" * 4096), embed(description="x" * 4097)),
    "fields": (fields(25), fields(26)),
    "field name": (fields(1, name="x" * 256), fields(1, name="x" * 257)),
    "field value": (fields(1, value="x" * 1024), fields(1, value="x" * 1025)),
    "a field's value is needed": (fields(1, value="\u200b"), fields(1, value="")),
    "a field's name is needed": (fields(1, name="."), fields(1, name=" ")),
    "footer": (embed(footer={"text": "x" * 2048}), embed(footer={"text": "x" * 2049})),
    "author": (embed(author={"name": "x" * 256}), embed(author={"name": "x" * 257})),
    "total of one embed": (
        {"embeds": [{"description": "x" * 4000, "footer": {"text": "x" * 2000}}]},
        {"embeds": [{"description": "x" * 4000, "footer": {"text": "x" * 2001}}]},
    ),
    "total of all embeds": (
        {"embeds": [{"description": "x" * 3000}] * 2},
        {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3001}]},
    ),
    "total counts titles, fields, authors": (
        {"embeds": [{"title": "x" * 200, "description": "x" * 4000, "author": {"name": "x" * 200},
            "fields": [{"name": "x" * 100, "value": "x" * 700}] * 2}]},
        {"embeds": [{"title": "x" * 201, "description": "x" * 4000, "author": {"name": "x" * 200},
            "fields": [{"name": "x" * 100, "value": "x" * 700}] * 2}]},
    ),
    "colour": (embed(color=0xFFFFFF), embed(color=0x1000000)),
    "timestamp": (embed(timestamp="1940-08-21T12:00:00+00:00"), embed(timestamp="21 August")),
    "embed url": (embed(url="https://example.org"), embed(url="javascript:alert(1)")),
    "embed image": (
        embed(image={"url": "attachment://x.png"}), embed(image={"url": "file:///x.png"})
    ),
    "five rows": (rows(5), rows(6)),
    "five buttons a row": (rows(1, 5), rows(1, 6)),
    "a row is needed": (pressed(), {"content": "x", "components": [button()]}),
    "a row holds something": (pressed(), {"components": [row()]}),
    "label": (pressed(label="x" * 80), pressed(label="x" * 81)),
    "label or emoji": (
        {"components": [row({"type": 2, "style": 2, "emoji": {"name": "🗑"}, "custom_id": "x"})]},
        pressed(label=""),
    ),
    "custom id": (pressed(custom_id="x" * 100), pressed(custom_id="x" * 101)),
    "custom id is something": (pressed(custom_id="x"), pressed(custom_id="")),
    "custom id is needed": (pressed(), pressed(custom_id=None)),
    "custom ids differ": (
        {"components": [row(button(custom_id="a"), button(custom_id="b"))]},
        {"components": [row(button(custom_id="a")), row(button(custom_id="a"))]},
    ),
    "style": (pressed(style=4), pressed(style=7)),
    "a link has an address": (link(), link(url=None)),
    "a link has no custom id": (link(), link(custom_id="x")),
    "a link's address is one": (link(url="https://a.org/x"), link(url="javascript:alert(1)")),
    "length of a link": (
        link(url="https://a.org/" + "x" * 498), link(url="https://a.org/" + "x" * 499)
    ),
    "only links have addresses": (pressed(), pressed(url="https://example.org")),
    "options of a select": (select(options=options(25)), select(options=options(26))),
    "placeholder": (select(placeholder="x" * 150), select(placeholder="x" * 151)),
    "values of a select differ": (select(options=options(2)), select(options=options(1) * 2)),
    "label of an option": (
        select(options=[{"label": "x" * 100, "value": "a"}]),
        select(options=[{"label": "x" * 101, "value": "a"}]),
    ),
    "a select fills its row": (
        select(),
        {"components": [row({"type": 3, "custom_id": "s", "options": options(1)}, button())]},
    ),
    "nonce": ({"content": "x", "nonce": "n" * 25}, {"content": "x", "nonce": "n" * 26}),
    "nonce's type": ({"content": "x", "nonce": 2**60}, {"content": "x", "nonce": 1.5}),
    "enforced nonce": (
        {"content": "x", "nonce": "abc", "enforce_nonce": True},
        {"content": "x", "enforce_nonce": True},
    ),
    "kinds of mentions": (
        {"content": "x", "allowed_mentions": {"parse": ["users"]}},
        {"content": "x", "allowed_mentions": {"parse": ["here"]}},
    ),
    "mentions named or parsed": (
        {"content": "x", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
    ),
    "mentions named": (
        {"content": "x", "allowed_mentions": {"users": [str(n) for n in range(100)]}},
        {"content": "x", "allowed_mentions": {"users": [str(n) for n in range(101)]}},
    ),
    "flags": ({"content": "x", "flags": 1 << 12}, {"content": "x", "flags": 1 << 0}),
    "ephemeral is for answers": ({"content": "x", "flags": 4}, {"content": "x", "flags": 64}),
    "components of version 2": (texts(*[1] * 40), texts(*[1] * 41)),
    "text of version 2": (texts(2000, 2000), texts(2000, 2001)),
    "no content with version 2": (texts(1), texts(1) | {"content": "x"}),
    "no embeds with version 2": (texts(1), texts(1) | {"embeds": [{"title": "t"}]}),
    "text displays need the flag": (texts(1), {"components": texts(1)["components"]}),
    "content is text": ({"content": "5"}, {"content": 5}),
    "embeds are a list": ({"embeds": [{"title": "t"}]}, {"embeds": {"title": "t"}}),
    "a title is text": (embed(title="5"), embed(title=5)),
    "tts is a truth value": ({"content": "x", "tts": True}, {"content": "x", "tts": "yes"}),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_within_a_limit_is_taken(place: Place, name: str) -> None:
    assert place.post(MESSAGES[name][0]).status == 200


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_outside_a_limit_is_refused(place: Place, name: str) -> None:
    before = len(place.discord.messages(place.channel))
    answer = place.post(MESSAGES[name][1])
    assert (answer.status, answer.code in (50035, 50006)) == (400, True)
    assert len(place.discord.messages(place.channel)) == before


# -- commands -------------------------------------------------------------------------------------


def option(**more: JsonValue) -> Json:
    return {"type": 3, "name": "text", "description": "d"} | more


def command(**more: JsonValue) -> Json:
    return {"name": "look", "description": "d"} | more


def with_options(*made: Json) -> Json:
    return command(options=list(made))


def named(count: int, **more: JsonValue) -> Json:
    return with_options(*(option(name=f"o{n}", **more) for n in range(count)))


def choices(count: int, name: str = "c", value: str = "v") -> Json:
    made = [{"name": f"{name}{n}", "value": f"{value}{n}"} for n in range(count)]
    return with_options(option(choices=made))


def of_length(total: int) -> Json:
    """Return a command whose texts have that many characters altogether: 12 are spent first."""
    made = [{"name": f"{n:02}".ljust(100, "x"), "value": "v" * 100} for n in range(25)]
    rest = total - len("look" + "d" + "text" + "d") - 5000
    more = [{"name": f"{n:02}".ljust(100, "y"), "value": "w" * 100} for n in range(rest // 200)]
    left = rest - 200 * len(more) - len("text2" + "d")
    assert 2 <= left <= 200, "the last choice takes what is left"
    first = max(1, left - 100)
    more.append({"name": "z" * first, "value": "z" * (left - first)})
    for n, each in enumerate(made + more):
        each["value"] = f"{n:02}" + each["value"][2:] if len(each["value"]) > 2 else each["value"]
    return with_options(option(choices=made), option(name="text2", choices=more))


SUB = {"type": 1, "name": "sub", "description": "d"}

COMMANDS: dict[str, tuple[Json, Json]] = {
    "length of a name": (command(name="x" * 32), command(name="x" * 33)),
    "a name is something": (command(name="x"), command(name="")),
    "lower case": (command(name="größe"), command(name="Größe")),
    "letters of a name": (command(name="a-b_c'1"), command(name="a b")),
    "letters of any script": (command(name="сегодня"), command(name="heute!")),
    "thai marks": (command(name="วันนี้"), command(name="วัน.นี้")),
    "description": (command(description="x" * 100), command(description="x" * 101)),
    "description is needed": (command(description="x"), command(description="")),
    "options": (named(25), named(26)),
    "option name": (with_options(option(name="x" * 32)), with_options(option(name="x" * 33))),
    "option in lower case": (with_options(option(name="when")), with_options(option(name="When"))),
    "option description": (
        with_options(option(description="x" * 100)), with_options(option(description="x" * 101))
    ),
    "option described": (
        with_options(option(description="x")), with_options(option(description=""))
    ),
    "options differ": (named(2), with_options(option(), option())),
    "required first": (
        with_options(option(name="a", required=True), option(name="b")),
        with_options(option(name="b"), option(name="a", required=True)),
    ),
    "choices": (choices(25), choices(26)),
    "choice name": (choices(1, name="x" * 99), choices(1, name="x" * 100)),
    "choice value": (choices(1, value="x" * 99), choices(1, value="x" * 100)),
    "choices differ": (
        choices(2),
        with_options(option(choices=[{"name": "a", "value": "a"}, {"name": "b", "value": "a"}])),
    ),
    "autocomplete or choices": (
        with_options(option(autocomplete=True)),
        with_options(option(autocomplete=True, choices=[{"name": "a", "value": "a"}])),
    ),
    "autocomplete of text": (
        with_options(option(autocomplete=True)),
        with_options(option(type=6, autocomplete=True)),
    ),
    "max_length": (with_options(option(max_length=6000)), with_options(option(max_length=6001))),
    "max_length at least": (with_options(option(max_length=1)), with_options(option(max_length=0))),
    "min_length": (with_options(option(min_length=0)), with_options(option(min_length=-1))),
    "types of options": (with_options(option(type=11)), with_options(option(type=12))),
    "sub-commands or options": (with_options(SUB), with_options(SUB, option())),
    "depth of sub-commands": (
        with_options({"type": 2, "name": "g", "description": "d", "options": [SUB]}),
        with_options(SUB | {"options": [SUB | {"name": "deep"}]}),
    ),
    "sub-commands": (
        with_options(*(SUB | {"name": f"s{n}"} for n in range(25))),
        with_options(*(SUB | {"name": f"s{n}"} for n in range(26))),
    ),
    "whole length": (of_length(8000), of_length(8001)),
    "locales": (
        command(name_localizations={"de": "heute"}), command(name_localizations={"xx": "heute"})
    ),
    "localised name": (
        command(name_localizations={"de": "x" * 32}), command(name_localizations={"de": "Heute"})
    ),
    "localised description": (
        command(description_localizations={"de": "x" * 100}),
        command(description_localizations={"de": "x" * 101}),
    ),
    "the longest localisation counts": (
        of_length(7900) | {"description_localizations": {"de": "x" * 100}},
        of_length(7902) | {"description_localizations": {"de": "x" * 100}},
    ),
    "contexts": (command(contexts=[0, 1, 2]), command(contexts=[3])),
    "contexts are some": (command(contexts=[0]), command(contexts=[])),
    "installations": (command(integration_types=[0, 1]), command(integration_types=[2])),
    "permissions": (
        command(default_member_permissions="32"), command(default_member_permissions=[32])
    ),
    "menus have no description": (
        {"type": 3, "name": "Look Up"}, {"type": 3, "name": "Look Up", "description": "d"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_within_a_limit_is_taken(place: Place, name: str) -> None:
    path = f"/applications/{place.discord.application_id}/commands"
    answer = place.call("PUT", path, [COMMANDS[name][0]])
    assert (answer.status, answer.code) == (200, None)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_outside_a_limit_is_refused(place: Place, name: str) -> None:
    path = f"/applications/{place.discord.application_id}/commands"
    place.call("PUT", path, [])
    answer = place.call("PUT", path, [COMMANDS[name][1]])
    assert (answer.status, answer.code) == (400, 50035)
    assert place.discord.commands() == {}


def test_the_made_up_commands_have_the_length_that_they_claim() -> None:
    def length(thing: Json) -> int:
        own = sum(len(str(thing.get(key) or "")) for key in ("name", "description", "value"))
        inner = [*thing.get("options", ()), *thing.get("choices", ())]
        return own + sum(length(each) for each in inner)

    assert [length(of_length(n)) for n in (7900, 8000, 8001)] == [7900, 8000, 8001]


@pytest.mark.parametrize(("count", "status"), [(100, 200), (101, 400)])
def test_an_application_has_at_most_100_slash_commands(count: int, status: int) -> None:
    with a_place() as place:
        path = f"/applications/{place.discord.application_id}/commands"
        every = [command(name=f"c{n}") for n in range(count)]
        assert place.call("PUT", path, every).status == status


def test_at_most_200_commands_are_created_a_day_and_200_more_the_next() -> None:
    with a_place() as place:
        path = f"/applications/{place.discord.application_id}/commands"
        for begin in (0, 100):
            every = [command(name=f"c{n}") for n in range(begin, begin + 100)]
            assert place.call("PUT", path, every).status == 200
        answer = place.call("PUT", path, [command(name="new")])
        assert (answer.status, answer.code) == (400, 30034)
        place.discord.advance(86_401)
        assert place.call("PUT", path, [command(name="new")]).status == 200


def test_two_commands_of_one_name_are_refused(place: Place) -> None:
    path = f"/applications/{place.discord.application_id}/commands"
    assert place.call("PUT", path, [command(), command()]).code == 50035


def test_the_errors_tree_names_the_place_of_each_fault(place: Place) -> None:
    body = {"content": "x", "embeds": [{"title": "t"}, {"title": "x" * 257}]}
    tree = place.post(body).body["errors"]
    assert tree["embeds"]["1"]["title"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"
