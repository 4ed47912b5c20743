"""No text, with or without markup, breaks the readers or leaves entities that don't fit."""

from __future__ import annotations

import time

import pytest
from emulators.telegram_entities import utf16_length
from emulators.telegram_errors import ApiError
from emulators.telegram_markup import parsed
from emulators.telegram_text import SPLITTABLE, Formatted, cleaned, piece
from hypothesis import given, settings
from hypothesis import strategies as some

PIECES = (
    "a @ . : / # $ < > _ * ` [ ] ( ) ! ~ | \\ & ; + - = ? ' \" { } 1 Z ä "
    "http:// @abc.com tg://x /cmd@bot <b> </b> </a> || __ ``` &lt; &#x41; [a](b.org) mailto: $USD "
    "<pre> </pre> </code> xn-- 255.1.1.1 .com </blockquote> \u200b \u202e \u0333 \N{GRINNING FACE}"
).split(" ")
BLANKS = [" ", "\n", "\n>", "\r", "\t", '<a href="b.org">', '<code class="language-c">']
TEXTS = some.lists(some.sampled_from(PIECES + BLANKS), max_size=40).map("".join)


def taken(text: str, mode: str) -> Formatted | str:
    """Return a text as the server keeps it, or why it refuses it."""
    try:
        plain, entities = parsed(text, mode)
        return cleaned(plain, entities, 4096, empty="empty", too_long="too long")
    except ApiError as refusal:
        return refusal.description


@pytest.mark.parametrize("mode", ["", "HTML", "MarkdownV2", "Markdown"])
@given(text=TEXTS)
@settings(max_examples=150, derandomize=True)
def test_entities_fit_the_text_and_nest(mode: str, text: str) -> None:
    kept = taken(text, mode)
    if isinstance(kept, str):
        assert kept.startswith("Bad Request: ")
        return
    ends: list[int] = []
    for one in kept.entities:
        end = one["offset"] + one["length"]
        assert 0 <= one["offset"] < end <= utf16_length(kept.text)
        piece(kept.text, one).encode()  # no half of a surrogate pair
        while ends and ends[-1] <= one["offset"]:
            ends.pop()
        assert not ends or end <= ends[-1] or one["type"] in SPLITTABLE
        ends.append(end)
    assert kept.text == kept.text.strip(" \n") or kept.entities


HOSTILE = ["a.", "@.", "a@b.", "/a", "#a", "$A", "http://", "((", "a:1.", "\u200d.", "+1 ", "<b>"]


@pytest.mark.parametrize("part", HOSTILE)
@pytest.mark.parametrize("mode", ["", "HTML", "MarkdownV2"])
def test_a_hostile_text_takes_no_time(mode: str, part: str) -> None:
    text = (part * 4096)[:4096]
    began = time.process_time()
    kept = taken(text, mode)
    assert mode or isinstance(kept, Formatted)  # only markup may be refused
    assert time.process_time() - began < 1
