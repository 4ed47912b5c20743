"""Texts as Discord's markdown: an independent reader finds the text, and nothing live in it."""

from __future__ import annotations

import pytest
from emulators.discord_markdown import Setting, live_spans, shown_text
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.markdown import bold, escaped
from bot.safe_text import safe

LIVE = [
    # mentions (S01)
    "@everyone",
    "@here",
    "<@123>",
    "<@!123>",
    "<@&123>",
    "<#123>",
    "</ban user:123>",
    "<id:customize>",
    "mail@everyone.example",
    # links and invitations (S03, S06)
    "[bank](https://evil.example)",
    "[a](<https://evil.example> 'title')",
    "https://evil.example/_a_*b*",
    "HTTPS://EVIL.EXAMPLE",
    "<https://evil.example>",
    "<mailto:a@b.example>",
    "<tel:+123456789>",
    "discord.gg/abc",
    "DISCORD.GG/abc",
    "discord.com/invite/abc",
    "discordapp.com/invite/abc",
    "discord.new/abc",
    "discord.com/template/abc",
    "see discord.gg/abc.",
    # styles
    "*a*",
    "**a**",
    "***a***",
    "_a_",
    "__a__",
    "~~a~~",
    "||a||",
    "`a`",
    "``a``",
    "```a```",
    "```py\na\n```",
    "a_b_c and *d*",
    "\\*a*",
    "\\\\*a*",
    "a\\",
    "¯\\_(ツ)_/¯",
    "¯_(ツ)_/¯",
    # emoji and times
    ":smile:",
    ":+1:",
    "a:b:c:d:",
    "<:a:1>",
    "<a:b:2>",
    "<t:1700000000:R>",
    # what begins a line
    "# heading",
    "### heading",
    "-# small",
    "- item",
    "* item",
    "+ item",
    "1. item",
    "1912. item",
    "1) item",
    "> quote",
    ">>> quote",
    "a\n# b",
    "a\n> b",
    "\u200b# a",
    "\u200b@everyone",
]
SETTINGS = [Setting.CONTENT, Setting.EMBED, Setting.TITLE]


# of these the reader takes none for markup; another version of the client might
DEAD = {"\\*a*", "a\\", "¯\\_(ツ)_/¯", ":+1:", "+ item", "1) item", "\u200b# a"}


@pytest.mark.parametrize("text", [text for text in LIVE if text not in DEAD])
def test_the_reader_finds_life_where_nothing_is_escaped(text: str) -> None:
    assert live_spans(text)  # else the tests below would prove nothing


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("text", LIVE)
def test_nothing_in_a_text_is_live(text: str, setting: Setting) -> None:
    assert live_spans(escaped(text), setting) == []


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("text", LIVE)
def test_a_text_is_shown_as_it_is(text: str, setting: Setting) -> None:
    assert shown_text(escaped(text), setting) == safe(text)


@pytest.mark.parametrize("text", LIVE)
def test_a_text_in_bold_is_bold_and_nothing_else(text: str) -> None:
    assert [span.kind for span in live_spans(bold(text))] == ["bold"]
    assert shown_text(bold(text)) == safe(text)


PIECES = [
    *"*_~`|<>[]()#@:\\/-+.!&^$ \n",
    "\u200b",
    "1",
    "a",
    "everyone",
    "here",
    "http",
    "https://",
    "discord.gg/",
    "<@1>",
    "<#1>",
    "<t:1>",
    ":a:",
    "**",
    "```",
    "-# ",
    "1. ",
    "¯\\_(ツ)_/¯",
]
HOSTILE = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map("".join))


@given(HOSTILE, st.sampled_from(SETTINGS))
def test_nothing_in_any_text_is_live(text: str, setting: Setting) -> None:
    assert live_spans(escaped(text), setting) == []


@given(HOSTILE, st.sampled_from(SETTINGS))
def test_any_text_is_shown_as_it_is(text: str, setting: Setting) -> None:
    assert shown_text(escaped(text), setting) == safe(text)


@given(HOSTILE)
def test_any_text_in_bold_is_bold_and_nothing_else(text: str) -> None:
    assert [span.kind for span in live_spans(bold(text))] == ["bold"] * bool(safe(text))
    assert shown_text(bold(text)) == safe(text)


@given(HOSTILE, HOSTILE)
def test_texts_side_by_side_stay_apart(first: str, second: str) -> None:
    line = f"{bold(first)} {escaped(second)}"
    assert {span.kind for span in live_spans(line)} <= {"bold"}
    assert shown_text(line) == f"{safe(first)} {safe(second)}"


@given(HOSTILE)
def test_a_text_is_one_line(text: str) -> None:
    assert "\n" not in escaped(text)


@pytest.mark.parametrize("blank", ["", " ", "\u200b", "\n"])
def test_nothing_in_bold_is_nothing(blank: str) -> None:
    assert bold(blank) == ""


PLAIN = [
    "Kronstadt 1921",
    "a (b), c; d. e! f?",
    "21 August – 7 May",
    "12:30",
    "Лев",
    "a/b",
    "5 % & 6",
]


@pytest.mark.parametrize("text", [text for text in PLAIN if ":" not in text])
def test_plain_words_have_no_backslashes(text: str) -> None:
    assert escaped(text) == text
