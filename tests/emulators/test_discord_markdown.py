r"""What Discord's client makes of a text.

Expected values follow the client's own behaviour: support.discord.com "Markdown Text 101",
docs.discord.com/developers/reference (Message Formatting), and cases that others recorded against
the client (tests of LyricLy/parse-discord).
"""

from __future__ import annotations

from time import perf_counter

import pytest
from emulators.discord_markdown import Live, Setting, live_spans, shown_text

LIVE: list[tuple[str, str]] = [
    # text, kinds of what is live in it, in order
    # -- links
    ("https://example.org", "link"),
    ("see https://example.org.", "link"),
    ("xhttps://example.org", "link"),
    ("HTTPS://EXAMPLE.ORG", "link"),
    ("(https://example.org/a_(b))", "link"),
    ("http://a", ""),
    ("https://", ""),
    ("https:/example.org", ""),
    ("example.org", ""),
    ("www.example.org", ""),
    ("ftp://example.org", ""),
    (r"https\://example.org", ""),
    (r"https:\//example.org", ""),
    (r"\https://example.org", "link"),
    ("https:\u200b//example.org", ""),
    ("javascript:alert(1)", ""),
    ("<https://example.org>", "autolink"),
    ("<javascript:/x>", ""),
    (r"\<https://example.org>", "link"),
    ("<mail@example.org>", "autolink"),
    ("mail@example.org", ""),
    ("<+49 30 12345>", "autolink"),
    ("[bank](https://evil.org)", "masked_link"),
    ("[bank](<https://evil.org>)", "masked_link"),
    ('[bank](https://evil.org "title")', "masked_link"),
    ("[a [b] c](https://evil.org)", "masked_link"),
    ("[bank](https://evil.org/a_(b))", "masked_link"),
    ("[bank](https://evil.org/a_(b)", "masked_link"),
    ("[bank](  https://evil.org  )", "masked_link"),
    ("[bank](https://evil.org", "link"),
    ("[bank](https://evil.org x)", "link"),
    ("[bank] (https://evil.org)", "link"),
    (r"\[bank](https://evil.org)", "link"),
    (r"[bank\](https\://evil.org)", "masked_link"),
    (r"\[bank\]\(https\://evil.org\)", ""),
    ("[bank](javascript:alert(1))", ""),
    ("[bank](evil.org)", ""),
    ("[https://bank.org](https://evil.org)", ""),
    ("[ ](https://evil.org)", ""),
    ("[bank]", ""),
    ("discord.gg/abc", "invite"),
    ("https://discord.gg/abc", "link invite"),
    ("discord.com/invite/abc", "invite"),
    ("Discord.GG/abc", "invite"),
    (r"discord\.gg/abc", ""),
    ("discord.gg", ""),
    ("`discord.gg/abc`", "code"),
    # -- mentions
    ("<@123>", "user"),
    ("<@!123>", "user"),
    ("<@&123>", "role"),
    ("<#123>", "channel"),
    ("</help:123>", "command"),
    ("</daily set:123>", "command"),
    ("<id:browse>", "navigation"),
    ("@everyone", "everyone"),
    ("@here", "here"),
    ("mail@everyone.org", "everyone"),
    (r"\<@123>", ""),
    (r"<\@123>", ""),
    (r"\@everyone", ""),
    ("@\u200beveryone", ""),
    ("@Everyone", ""),
    ("<@abc>", ""),
    ("<@>", ""),
    ("@anna", ""),
    (r"\</help:123>", ""),
    # -- times and emoji
    ("<t:1618953630>", "timestamp"),
    ("<t:-1618953630:R>", "timestamp"),
    ("<t:1618953630:x>", ""),
    (r"\<t:1618953630:R>", ""),
    ("<:wave:123>", "emoji"),
    ("<a:wave:123>", "emoji"),
    (":wave:", "shortcode"),
    (":+1:", ""),
    (r"\:wave:", ""),
    ("at 12:30:45", ""),
    ("a: b: c", ""),
    # -- styles
    ("**bold**", "bold"),
    ("*a*", "italic"),
    ("_a_", "italic"),
    ("__a__", "underline"),
    ("***a***", "bold italic"),
    ("~~a~~", "strikethrough"),
    ("||a||", "spoiler"),
    ("`a`", "code"),
    ("``a`b``", "code"),
    ("```\na\n```", "code_block"),
    ("```py\na\n```", "code_block"),
    ("**a *b* c**", "bold italic"),
    ("`**a**`", "code"),
    ("```\n**a** <@123>\n```", "code_block"),
    (r"\**a*", "italic"),
    (r"\*a\*", ""),
    (r"\*\*a\*\*", ""),
    (r"*a\*", ""),
    ("* a*", "list"),
    ("2 * 3 * 4", ""),
    ("2*3*4", "italic"),
    ("snake_case_name", ""),
    ("a_b", ""),
    ("_a", ""),
    (r"\_a_", ""),
    ("~a~", ""),
    ("|a|", ""),
    (r"\|\|a\|\|", ""),
    (r"\|\|a||", ""),
    ("`a", ""),
    (r"\`a\`", ""),
    (r"\`a`", ""),
    # -- lines
    ("# a", "heading"),
    ("### a", "heading"),
    ("#### a", ""),
    ("#a", ""),
    (r"\# a", ""),
    ("a # b", ""),
    ("a\n# b", "heading"),
    ("\u200b# a", ""),
    (" # a", ""),
    ("-# a", "subtext"),
    ("-#a", ""),
    (r"\-# a", ""),
    (r"-\# a", ""),
    ("> a", "quote"),
    (">a", ""),
    (">>> a\nb", "quote"),
    (r"\> a", ""),
    ("a > b", ""),
    ("  > a", "quote"),
    ("> > a", "quote"),
    ("> # a", "quote heading"),
    ("- a", "list"),
    ("* a", "list"),
    ("  - a", "list"),
    ("1940. A year", "list"),
    (r"1940\. A year", ""),
    ("1940.", ""),
    (r"\- a", ""),
    ("-a", ""),
    ("a - b", ""),
    ("- # a", "list"),
    ("- <@123>", "list user"),
    ("**# a**", "bold heading"),
    ("a **# b**", "bold"),
    # -- plain
    ("", ""),
    ("Leon Trotsky (1879–1940)", ""),
    ("¯\\_(ツ)_/¯", ""),
    ("a\\b", ""),
]


@pytest.mark.parametrize(("text", "kinds"), LIVE)
def test_what_is_live_in_a_content(text: str, kinds: str) -> None:
    assert sorted(span.kind for span in live_spans(text)) == sorted(kinds.split())


SHOWN: list[tuple[str, str]] = [
    ("plain", "plain"),
    ("**bold** and *slanted*", "bold and slanted"),
    (r"\*not\* bold", "*not* bold"),
    (r"a\b", r"a\b"),
    (r"a\ b", r"a\ b"),
    (r"\\", "\\"),
    (r"\\\*", r"\*"),
    (r"\é", "é"),
    ("\\\n", "\\\n"),
    ("¯\\_(ツ)_/¯", "¯\\_(ツ)_/¯"),
    (r"1940\. A year", "1940. A year"),
    ("# Title\nbody", "Title\nbody"),
    ("### Title ###\nbody", "Title\nbody"),
    ("-# small\nbody", "small\nbody"),
    ("> one\n> two\nthree", "one\ntwo\nthree"),
    (">>> one\ntwo", "one\ntwo"),
    ("- one\n- two", "• one\n• two"),
    ("3. one\n4. two", "3. one\n4. two"),
    ("[label](https://example.org)", "label"),
    (r"[a\_b](https://example.org)", r"a\_b"),
    ("<https://example.org>", "https://example.org"),
    ("https://example.org/a_b_c", "https://example.org/a_b_c"),
    ("`a\\*b`", "a\\*b"),
    ("```py\nx = 1\n```", "x = 1"),
    ("||secret||", "secret"),
    ("<@123> <t:5:R>", "<@123> <t:5:R>"),
    ("<:wave:123>", ":wave:"),
    ("snake_case_name", "snake_case_name"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_a_person_reads(text: str, shown: str) -> None:
    assert shown_text(text) == shown


SETTINGS: list[tuple[str, Setting, str]] = [
    ("[a](https://b.org)", Setting.EMBED, "masked_link"),
    ("https://b.org", Setting.EMBED, "link"),
    ("discord.gg/abc", Setting.EMBED, ""),
    ("<@123>", Setting.EMBED, "user"),
    ("# a", Setting.EMBED, "heading"),
    ("**a** `b` ||c||", Setting.TITLE, "bold code spoiler"),
    ("<:wave:123>", Setting.TITLE, "emoji"),
    ("[a](https://b.org)", Setting.TITLE, ""),
    ("https://b.org", Setting.TITLE, ""),
    ("<@123> <#1> @everyone", Setting.TITLE, ""),
    ("<t:123>", Setting.TITLE, ""),
    ("# a", Setting.TITLE, ""),
    ("**a** <@123> https://b.org", Setting.PLAIN, ""),
]


@pytest.mark.parametrize(("text", "setting", "kinds"), SETTINGS)
def test_what_is_live_depends_on_where_it_stands(text: str, setting: Setting, kinds: str) -> None:
    assert " ".join(span.kind for span in live_spans(text, setting)) == kinds


@pytest.mark.parametrize(
    ("setting", "shown"),
    [(Setting.CONTENT, "*a*"), (Setting.TITLE, "*a*"), (Setting.PLAIN, r"\*a\*")],
)
def test_a_backslash_is_shown_where_nothing_works(setting: Setting, shown: str) -> None:
    assert shown_text(r"\*a\*", setting) == shown


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("[a](https://b.org)", Live("masked_link", "[a](https://b.org)", "https://b.org", "x")),
        ("see <@123>", Live("user", "<@123>", "123", "x")),
        ("https://b.org).", Live("link", "https://b.org", "https://b.org", "x")),
        ("discord.gg/abc", Live("invite", "discord.gg/abc", "abc", "x")),
        ("</day:42>", Live("command", "</day:42>", "42", "x")),
    ],
)
def test_a_span_says_what_and_where_it_is(text: str, span: Live) -> None:
    assert live_spans(text, where="x") == [span]


@pytest.mark.parametrize(
    "unit", ["*", "_", "`", "[", "||", "~~", "\\", "<", "# ", "> ", "- ", ":a", "[a](<", "[]("]
)
def test_a_long_text_of_one_mark_is_read_quickly(unit: str) -> None:
    begin = perf_counter()
    live_spans((unit * 4096)[:4096])
    assert perf_counter() - begin < 2
