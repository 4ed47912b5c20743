"""Text for a platform: what acts unseen is gone, what people write is left as they wrote it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safe_text import MOST_MARKS, safe, utf16_length

LEFT = [
    "",
    "Kronstadt 1921",
    "Sœur Anne · naïve café — “so”",
    "Лев Троцкий",
    "孫中山",
    "عبد الناصر",
    "می\u200cخواهم",  # Persian: the non-joiner is part of the spelling
    "ක්\u200dෂ",  # Sinhala: so is the joiner
    "👩\u200d🚀",  # an astronaut is a woman and a rocket, joined
    "❤\ufe0f",  # a heart in colour
    "Việt Nam: ế, ậ, e\u0302\u0301",
    "שָּׁ",  # three marks on one letter
    "**bold** <@1> [a](b) @everyone",  # markup is the adapter's work
]


@pytest.mark.parametrize("text", LEFT, ids=ascii)
def test_leaves_what_people_write(text: str) -> None:
    assert safe(text) == text


CHANGED = [
    # directions: a text can't turn what stands behind it (S05)
    ("abc\u202edef\u202c", "abcdef"),
    ("\u2066a\u2069\u200e\u200f\u061cb", "ab"),
    # zero width, word joiner, byte order mark, soft hyphen
    ("Kron\u200bst\u2060a\ufeffdt\u00ad", "Kronstadt"),
    # controls, NUL, escape, delete
    ("a\0b\x1b[31mc\x7f", "ab[31mc"),
    # tag characters, which spell words that nobody sees
    ("flag\U000e0067\U000e0062\U000e007f", "flag"),
    ("a\U000e0100", "a"),
    # blanks that are no white space to Unicode
    ("\u3164\u115f\u1160\uffa0x", "x"),
    ("a\u2800\u2800b\u2800", "a b"),
    # halves of a pair
    ("a\ud83db", "ab"),
    # lines and spaces of all kinds are one space, and none at the ends
    ("  a \n\r\n b\u2028c\u00a0\u3000d\t", "a b c d"),
    ("a\u0085b", "a b"),
    ("a \u200b b", "a b"),
    # joiners that join nothing
    ("\u200dabc\u200c", "abc"),
    ("a\u200d\u200c\u200db", "a\u200db"),
    ("a \u200d b", "a b"),
    ("\u200d", ""),
]


@pytest.mark.parametrize(("text", "shown"), CHANGED, ids=[ascii(case[0]) for case in CHANGED])
def test_takes_out_what_acts_unseen(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_heaps_of_marks_are_cut_down() -> None:
    assert safe("Z" + "\u0301" * 1000 + "a\u0302") == "Z" + "\u0301" * MOST_MARKS + "a\u0302"


def test_no_format_character_is_left_but_joiners_and_visible_signs() -> None:
    # those that enclose or precede numbers and words show something themselves
    visible = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    joiners = {0x200C, 0x200D}
    left = {
        point
        for point in range(0x110000)
        if unicodedata.category(chr(point)) in ("Cf", "Cc", "Cs")
        and len(safe(f"a{chr(point)}b")) > 2
        and safe(f"a{chr(point)}b") != "a b"
    }
    assert left - visible == joiners


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    once = safe(text)
    assert safe(once) == once


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_safe_is_one_line_that_can_be_sent(text: str) -> None:
    shown = safe(text)
    assert shown == " ".join(shown.split())
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_is_added_but_spaces(text: str) -> None:
    remaining = iter(text)
    assert all(character == " " or character in remaining for character in safe(text))


@pytest.mark.parametrize(
    ("text", "units"), [("", 0), ("abc", 3), ("é", 1), ("孫", 1), ("👩", 2), ("👩\u200d🚀", 5)]
)
def test_counts_utf16_units(text: str, units: int) -> None:
    assert utf16_length(text) == units


@given(st.text())
def test_units_are_those_of_the_encoding(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
