"""The links that add the bot: exactly the permissions that it uses (S20)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.discord.invite import permission_bits, server_link, user_link

APPLICATION = 1122334455667788990

# https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags
USED = {
    "View Channels": 0x400,
    "Send Messages": 0x800,
    "Embed Links": 0x4000,
    "Attach Files": 0x8000,
    "Read Message History": 0x10000,
    "Send Messages in Threads": 0x4000000000,
}
NEVER = {
    "Administrator": 0x8,
    "Manage Guild": 0x20,
    "Manage Messages": 0x2000,
    "Mention Everyone": 0x20000,
    "Manage Roles": 0x10000000,
    "Manage Webhooks": 0x20000000,
}


def asked(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)


@pytest.mark.parametrize(("name", "bit"), USED.items(), ids=list(USED))
def test_asks_for_what_it_uses(name: str, bit: int) -> None:
    assert permission_bits() & bit


@pytest.mark.parametrize(("name", "bit"), NEVER.items(), ids=list(NEVER))
def test_asks_for_nothing_that_it_does_not_use(name: str, bit: int) -> None:
    assert not permission_bits() & bit


def test_asks_for_nothing_else() -> None:
    assert permission_bits() == sum(USED.values())


@pytest.mark.parametrize("link", [server_link(APPLICATION), user_link(APPLICATION)])
def test_a_link_leads_to_discord_and_names_the_application(link: str) -> None:
    assert urlsplit(link)[:3] == ("https", "discord.com", "/oauth2/authorize")
    assert asked(link)["client_id"] == [str(APPLICATION)]


def test_the_link_for_servers_adds_bot_and_commands() -> None:
    query = asked(server_link(APPLICATION))
    assert query["scope"] == ["bot applications.commands"]
    assert query["permissions"] == [str(sum(USED.values()))]


def test_the_link_for_users_adds_commands_alone() -> None:
    query = asked(user_link(APPLICATION))
    # integration_type 1 is USER_INSTALL; a user has no permissions to give
    assert (query["scope"], query["integration_type"]) == (["applications.commands"], ["1"])
    assert "permissions" not in query
