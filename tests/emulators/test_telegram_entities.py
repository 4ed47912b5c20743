"""What Telegram makes live in a text: found where it must be, and nowhere else."""

from __future__ import annotations

import pytest
from emulators.telegram_entities import find_entities, is_email, utf16_length


def found(text: str) -> list[tuple[str, str]]:
    return [(one.type, text[one.start : one.stop]) for one in find_entities(text)]


LIVE = [
    # (text, type, the live part)
    ("@daybook", "mention", "@daybook"),
    ("see (@daybook_bot)!", "mention", "@daybook_bot"),
    ("ask @gif for it", "mention", "@gif"),
    ("/start", "bot_command", "/start"),
    ("try /whowas@daybook_bot now", "bot_command", "/whowas@daybook_bot"),
    ("(/help)", "bot_command", "/help"),
    ("/start\u2014or not", "bot_command", "/start"),
    ("#history", "hashtag", "#history"),
    ("(#История1917)", "hashtag", "#История1917"),
    ("#1917revolution", "hashtag", "#1917revolution"),
    ("$USD fell", "cashtag", "$USD"),
    ("$1INCH", "cashtag", "$1INCH"),
    ("https://example.org/a?b=c#d", "url", "https://example.org/a?b=c#d"),
    ("example.org", "url", "example.org"),
    ("see example.org/path.", "url", "example.org/path"),
    ("(en.wikipedia.org/wiki/Rome_(city))", "url", "en.wikipedia.org/wiki/Rome_(city)"),
    ("died.In exile", "url", "died.In"),
    ("It was 1940.Is it", "url", "1940.Is"),
    ("St.Is", "url", "St.Is"),
    ("EXAMPLE.COM", "url", "EXAMPLE.COM"),
    ("http://unheard-of.tldtld/x", "url", "http://unheard-of.tldtld/x"),
    ("ftp://example.org", "url", "ftp://example.org"),
    ("192.168.0.1", "url", "192.168.0.1"),
    ("example.org:8080/x", "url", "example.org:8080/x"),
    ("user:pass@example.org/x", "url", "user:pass@example.org/x"),
    ("президент.рф", "url", "президент.рф"),
    ("tg://user?id=5", "url", "tg://user?id=5"),
    ("TON://transfer", "url", "TON://transfer"),
    ("a@example.org", "email", "a@example.org"),
    ("mailto:ab-c@example.org", "email", "ab-c@example.org"),
    ("call +44 20 7946 0958 now", "phone_number", "+44 20 7946 0958"),
    ("ex\u200dample.org", "url", "ex\u200dample.org"),
    ("\u2060example.org", "url", "example.org"),
]
DEAD = [
    "mail a@b",
    "a@daybook",
    "@ab and @abc",
    "@" + "a" * 33,
    "@dayböok",
    "a/start",
    "//start",
    "</start>",
    "/start/end",
    "/start@ab",
    "/" + "a" * 65,
    "/стоп",
    "1/2/2000",
    "C#",
    "a#b",
    "#1917",
    "##",
    "#a#",
    "$usd",
    "$$USD",
    "$TOOLONGNAME",
    "US$USD$",
    "node.js",
    "v1.2.3",
    "3.14",
    "e.g. this",
    "Mr. In",
    "1940. In exile",
    "example.oRg",
    "example.unknowntld",
    "ex_ample.org_",
    "under_score.org",
    "-.org",
    "a-.org",
    "256.1.1.1",
    "javascript:alert(1)",
    "tftp://example.org",
    "file:///etc/passwd",
    "example\u200b.org",
    "example.\u2060org",
    "example\u2024org",
    "@\u2060daybook",
    "/\u2060start",
    "#\u2060history",
    "+123",
    "teiegram.org",
    "…",
    "",
]


@pytest.mark.parametrize(("text", "kind", "part"), LIVE)
def test_a_live_part_is_found(text: str, kind: str, part: str) -> None:
    assert found(text) == [(kind, part)]


@pytest.mark.parametrize("text", DEAD)
def test_what_only_looks_live_is_left(text: str) -> None:
    assert found(text) == []


def test_several_are_found_in_their_order() -> None:
    assert found("/a @daybook #b x.com $EUR") == [
        ("bot_command", "/a"),
        ("mention", "@daybook"),
        ("hashtag", "#b"),
        ("url", "x.com"),
        ("cashtag", "$EUR"),
    ]


def test_a_name_inside_a_link_is_part_of_the_link() -> None:
    assert found("https://t.me/@daybook#history") == [("url", "https://t.me/@daybook#history")]


def test_a_hashtag_is_cut_after_256_letters() -> None:
    assert found("#" + "a" * 300) == [("hashtag", "#" + "a" * 256)]


def test_commands_can_be_left_out() -> None:
    assert find_entities("/start", commands=False) == []


@pytest.mark.parametrize(
    ("text", "units"),
    [("", 0), ("abc", 3), ("ä", 1), ("\N{GRINNING FACE}", 2), ("a\U0001f1eb\U0001f1f7", 5)],
)
def test_lengths_are_counted_in_utf16_units(text: str, units: int) -> None:
    assert utf16_length(text) == units


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@b.co", True),
        ("a.b+c-d_e@x.y.org", True),
        ("a@b.c", False),
        ("a@b.abcdefghi", False),
        ("@b.org", False),
        ("a@-b.org", False),
        ("a@b", False),
        ("a b@c.org", False),
    ],
)
def test_an_email_address_is_told_from_what_is_none(text: str, is_one: bool) -> None:
    assert is_email(text) is is_one
