# ruff: noqa: ANN401 - JSON may be anything
"""A text as the server keeps it: trimmed, cleaned, its entities moved, checked and completed."""

from __future__ import annotations

from typing import Any

import pytest
from emulators.telegram_errors import ApiError
from emulators.telegram_text import Formatted, checked_entities, cleaned


def keep(text: str, *given: dict[str, Any], limit: int = 4096) -> Formatted:
    return cleaned(text, list(given), limit, empty="message text is empty", too_long="too long")


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  a  ", "a"),
        ("\n\na\nb\n", "a\nb"),
        ("a\tb", "a b"),
        ("a\rb", "ab"),
        ("a\x00b\x1fc", "a b c"),
        ("a\u202eb\u202d", "ab"),
        ("a\u2066b\u2069", "a\u2066b\u2069"),
        ("a\u2028b", "ab"),
        ("a  b", "a  b"),
        ("\u00a0a", "\u00a0a"),
    ],
)
def test_a_text_is_cleaned(sent: str, kept: str) -> None:
    assert keep(sent).text == kept


@pytest.mark.parametrize("sent", ["", " ", "\n \t", "\r", "\u202e"])
def test_a_text_of_blanks_is_empty(sent: str) -> None:
    with pytest.raises(ApiError, match="message text is empty"):
        keep(sent)


def test_entities_move_with_the_text_before_them() -> None:
    sent = "  \r\N{GRINNING FACE}\rab c"  # the face is two units, from 3 to 5
    kept = keep(sent, entity("bold", 3, 2), entity("italic", 6, 2))
    assert kept == Formatted(
        "\N{GRINNING FACE}ab c", [entity("bold", 0, 2), entity("italic", 2, 2)]
    )


def test_a_format_loses_the_blanks_before_it_begins() -> None:
    kept = keep("a  b", entity("bold", 1, 3))
    assert kept.entities == [entity("bold", 3, 1)]


def test_a_format_of_blanks_only_is_dropped() -> None:
    assert keep("a   b", entity("bold", 1, 3)).entities == []


def test_touching_formats_of_one_kind_are_joined() -> None:
    kept = keep("abcd", entity("bold", 0, 2), entity("bold", 2, 2))
    assert kept.entities == [entity("bold", 0, 4)]


def test_a_format_is_split_at_the_edge_of_a_link() -> None:
    link = entity("text_link", 2, 2, url="https://example.org/")
    kept = keep("abcdef", entity("bold", 0, 3), link)
    assert kept.entities == [entity("bold", 0, 2), link, entity("bold", 2, 1)]


def test_nothing_is_formatted_inside_code() -> None:
    kept = keep("abcdef", entity("bold", 0, 6), entity("code", 2, 2))
    assert kept.entities == [entity("bold", 0, 2), entity("code", 2, 2), entity("bold", 4, 2)]


def test_of_two_links_that_overlap_the_first_is_kept() -> None:
    one = entity("text_link", 0, 3, url="https://a.org/")
    other = entity("text_link", 2, 3, url="https://b.org/")
    assert keep("abcdef", one, other).entities == [one]


@pytest.mark.parametrize("kind", ["code", "pre", "text_link"])
def test_nothing_is_found_inside_code_or_a_link(kind: str) -> None:
    given = entity(kind, 0, 8, url="https://a.org/")
    assert keep("@daybook /start", given).entities == [given, entity("bot_command", 9, 6)]


@pytest.mark.parametrize("kind", ["bold", "blockquote", "spoiler"])
def test_names_are_found_inside_formats(kind: str) -> None:
    kinds = {one["type"] for one in keep("@daybook", entity(kind, 0, 8)).entities}
    assert kinds == {kind, "mention"}


def test_found_entities_count_in_utf16_units() -> None:
    assert keep("\N{GRINNING FACE} /start").entities == [entity("bot_command", 3, 6)]


def test_a_given_mention_is_not_taken_on_trust() -> None:
    assert keep("hello", entity("mention", 0, 5)).entities == []


@pytest.mark.parametrize(
    ("text", "given", "words"),
    [
        ("ab", entity("bold", -1, 1), "incorrect offset -1"),
        ("ab", entity("bold", 0, -1), "incorrect length -1"),
        ("ab", entity("bold", 2, 1), "begins after the end of the text at UTF-16 offset 2"),
        ("ab", entity("bold", 1, 2), "ends after the end of the text at UTF-16 offset 3"),
        ("\N{GRINNING FACE}", entity("bold", 1, 1), "in a middle of a UTF-16 symbol"),
        ("\N{GRINNING FACE}", entity("bold", 0, 1), "in a middle of a UTF-16 symbol"),
    ],
)
def test_an_entity_that_does_not_fit_is_refused(
    text: str, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(ApiError, match=words.replace("(", r"\(")):
        keep(text, given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (entity("nonsense", 0, 1), "Unsupported type specified"),
        (entity("text_link", 0, 1), 'Can\'t find field "url"'),
        (entity("text_mention", 0, 1), 'Can\'t find field "user"'),
        (entity("custom_emoji", 0, 1), 'Can\'t find field "custom_emoji_id"'),
    ],
)
def test_an_entity_without_what_it_needs_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        checked_entities([given])
    assert refusal.value.description == f"Bad Request: can't parse MessageEntity: {words}"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a" * 4096, True),
        ("a" * 4097, False),
        ("\N{GRINNING FACE}" * 2048, True),
        ("\N{GRINNING FACE}" * 2048 + "a", False),
        (" " * 5000 + "a", True),
    ],
)
def test_the_limit_holds_after_trimming_and_in_utf16_units(text: str, fits: bool) -> None:
    if fits:
        assert keep(text).text == text.strip()
    else:
        with pytest.raises(ApiError, match="too long"):
            keep(text)
