# ruff: noqa: ANN401 - JSON may be anything
"""parse_mode as the server reads it: what becomes of markup, and what it says of bad markup."""

from __future__ import annotations

from typing import Any

import pytest
from emulators.telegram_errors import ApiError
from emulators.telegram_links import checked_link
from emulators.telegram_markup import parsed


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


LINK = {"url": "https://example.org/"}
HTML = [
    # (sent, text, entities)
    ("plain & simple", "plain & simple", []),
    ("a &lt;b&gt; &amp;amp; &quot;", 'a <b> &amp; "', []),
    ("&#65;&#x42;&nbsp;&lt", "AB&nbsp;<", []),
    ("<b>a</b>", "a", [entity("bold", 0, 1)]),
    ("<STRONG>a</strong>", "a", [entity("bold", 0, 1)]),
    ("<i>a</i><em>b</em>", "ab", [entity("italic", 0, 1), entity("italic", 1, 1)]),
    ("<u>a</u> <ins>b</ins>", "a b", [entity("underline", 0, 1), entity("underline", 2, 1)]),
    ("<s>a</s>", "a", [entity("strikethrough", 0, 1)]),
    ("<del>a</del>", "a", [entity("strikethrough", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
    ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
    ('<a href="https://example.org">a</a>', "a", [entity("text_link", 0, 1, **LINK)]),
    ("<a href='example.org/?a=1&amp;b=2'>a</a>", "a",
     [entity("text_link", 0, 1, url="http://example.org/?a=1&b=2")]),
    ("<a>https://example.org/</a>", "https://example.org/",
     [entity("text_link", 0, 20, **LINK)]),
    ('<a href="javascript:alert(1)">a</a>', "a", []),
    ("<code>a</code>", "a", [entity("code", 0, 1)]),
    ("<pre>a\nb</pre>", "a\nb", [entity("pre", 0, 3)]),
    ('<pre><code class="language-python">a</code></pre>', "a",
     [entity("pre", 0, 1, language="python")]),
    ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="5368324170671202286">\N{THUMBS UP SIGN}</tg-emoji>',
     "\N{THUMBS UP SIGN}",
     [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")]),
    ("\N{GRINNING FACE}<b>a</b>", "\N{GRINNING FACE}a", [entity("bold", 2, 1)]),
    ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
    ("<b></b>a", "a", []),
    ("<b>a</>", "a", [entity("bold", 0, 1)]),
    ("a > b", "a > b", []),
]  # fmt: skip
BAD_HTML = [
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("a<br>", 'Unsupported start tag "br" at byte offset 1'),
    ("ä<x>", 'Unsupported start tag "x" at byte offset 2'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<a href>x</a>",
     'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
    ('<a href="x>x</a>', "Unclosed start tag at byte offset 0"),
    ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
]  # fmt: skip
MARKDOWN = [
    ("a *b* c", "a b c", [entity("bold", 2, 1)]),
    ("_a_ __b__", "a b", [entity("italic", 0, 1), entity("underline", 2, 1)]),
    ("~a~ ||b||", "a b", [entity("strikethrough", 0, 1), entity("spoiler", 2, 1)]),
    ("`a*b`", "a*b", [entity("code", 0, 3)]),
    ("```\na.b\n```", "a.b\n", [entity("pre", 0, 4)]),
    ("```python\na```", "a", [entity("pre", 0, 1, language="python")]),
    ("[a](https://example.org)", "a", [entity("text_link", 0, 1, **LINK)]),
    (r"[a](https://example.org/b\)c)", "a",
     [entity("text_link", 0, 1, url="https://example.org/b)c")]),
    (r"1\. a\-b \(c\)\!", "1. a-b (c)!", []),
    (r"\\ \a", r"\ a", []),
    ("*a _b_*", "a b", [entity("bold", 0, 3), entity("italic", 2, 1)]),
    (">a\n>b\nc", "a\nb\nc", [entity("blockquote", 0, 4)]),
    (">a\n>b||", "a\nb", [entity("expandable_blockquote", 0, 3)]),
    ("![\N{THUMBS UP SIGN}](tg://emoji?id=5)", "\N{THUMBS UP SIGN}",
     [entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
    ("[a](tg://user?id=5)", "a",
     [entity("text_mention", 0, 1, user={"id": 5, "is_bot": False, "first_name": ""})]),
]  # fmt: skip
RESERVED = "#+-={}.!>)]|"
MUST_ESCAPE = "Character '{}' is reserved and must be escaped with the preceding '\\'"
BAD_MARKDOWN = [
    *((f"a {sign} b", MUST_ESCAPE.format(sign)) for sign in RESERVED),
    ("a *b", "Can't find end of Bold entity at byte offset 2"),
    ("_a", "Can't find end of Italic entity at byte offset 0"),
    ("ä `b", "Can't find end of Code entity at byte offset 3"),
    ("```a", "Can't find end of Pre entity at byte offset 0"),
    ("[a", "Can't find end of TextUrl entity at byte offset 0"),
    ("[a](b", "Can't find end of a URL at byte offset 4"),
    ("*a _b*_", "Can't find end of Italic entity at byte offset 6"),
    (">a *b\nc*", "Can't find end of Bold entity at byte offset 3"),
    ("![a]", "Custom emoji entity must contain a tg://emoji URL"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "text", "entities"), HTML)
def test_html_becomes_text_and_entities(
    sent: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert parsed(sent, "HTML") == (text, entities)


@pytest.mark.parametrize(("sent", "text", "entities"), MARKDOWN)
def test_markdown_becomes_text_and_entities(
    sent: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert parsed(sent, "MarkdownV2") == (text, entities)


@pytest.mark.parametrize(
    ("mode", "sent", "words"),
    [("HTML", *one) for one in BAD_HTML] + [("MarkdownV2", *one) for one in BAD_MARKDOWN],
)
def test_bad_markup_is_refused_in_the_servers_words(mode: str, sent: str, words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parsed(sent, mode)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("sent", "text", "kind"),
    [("*a*.", "a.", "bold"), ("_a_!", "a!", "italic"), ("`a`", "a", "code")],
)
def test_the_old_markdown_is_read(sent: str, text: str, kind: str) -> None:
    assert parsed(sent, "Markdown") == (text, [entity(kind, 0, 1)])


def test_the_old_markdown_must_be_closed() -> None:
    with pytest.raises(ApiError, match="Can't find end of the entity starting at byte offset 2"):
        parsed("a *b", "Markdown")


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        parsed("a", "BBCode")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://example.org/A", "https://example.org/A"),
        ("example.org/a?b", "http://example.org/a?b"),
        ("http://127.0.0.1:80/", "http://127.0.0.1:80/"),
        ("tg://resolve?domain=a", "tg://resolve?domain=a"),
        ("javascript:alert(1)", None),
        ("data:text/html,a", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org", None),
        ("example", None),
        ("http://", None),
        ("http://a b.org", None),
        ("", None),
    ],
)
def test_an_address_is_kept_or_is_none(url: str, kept: str | None) -> None:
    assert checked_link(url) == kept
