"""What buttons carry: read as written, by the same bot, in the same place, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import MARK_LENGTH, SIGNATURE_LENGTH, Action, Buttons, Press, mark_of
from bot.safe_text import utf16_length
from knowledge.dates import Order

TOKEN = "123:token"  # noqa: S105 - of nobody
PLACE = 1122334455667788990
DAY = date(2026, 8, 21)

BUTTONS = Buttons(TOKEN, 100, utf16_length)
TELEGRAM = Buttons(TOKEN, 64, lambda text: len(text.encode()))

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=90)
NUMBERS = st.integers(-(2**63), 2**64)
PRESSES = st.one_of(
    st.builds(Press, st.just(Action.ASK), TEXTS),
    st.builds(Press, st.just(Action.ASK), mark=st.builds(mark_of, TEXTS)),
    st.builds(Press, st.just(Action.DELETE), asker=NUMBERS),
    st.builds(
        Press,
        st.just(Action.PAGE),
        text=TEXTS,
        asker=NUMBERS,
        page=st.integers(1, 10_000),
        today=st.dates(date(2020, 1, 1), date(9999, 12, 31)),
        order=st.sampled_from(Order),
    ),
)

ROOMY = Buttons(TOKEN, 1_000, utf16_length)


@given(PRESSES, NUMBERS)
def test_what_was_written_is_read(press: Press, place: int) -> None:
    carried = ROOMY.write(press, place)
    assert carried is not None
    assert ROOMY.read(carried, place) == press


EXAMPLES = [
    Press(Action.ASK, "who was Frida Kahlo"),
    Press(Action.ASK),
    Press(Action.DELETE, asker=42),
    Press(Action.DELETE, asker=-1001234567890),  # a channel that asks as itself
    Press(Action.PAGE, "on this day", 42, 2, DAY, Order.MONTH_FIRST),
    Press(Action.PAGE, "", 42, 2, DAY),
    Press(Action.PAGE, "", 42, 2, DAY, Order.MONTH_FIRST, mark=mark_of("who was Frida Kahlo")),
    Press(Action.ASK, mark=mark_of("who was Frida Kahlo")),
    Press(Action.PAGE, "a.b.c.d", 42, 2, DAY),  # dots part what stands before the text
]


def written(press: Press, place: int = PLACE) -> str:
    carried = BUTTONS.write(press, place)
    assert carried is not None
    return carried


@pytest.mark.parametrize("press", EXAMPLES, ids=str)
def test_another_process_with_the_token_reads_it(press: Press) -> None:
    assert Buttons(TOKEN, 100, utf16_length).read(written(press), PLACE) == press


@pytest.mark.parametrize("press", EXAMPLES, ids=str)
@pytest.mark.parametrize("place", [PLACE + 1, -PLACE, 0], ids=["next", "negative", "none"])
def test_it_is_refused_in_another_place(press: Press, place: int) -> None:
    assert BUTTONS.read(written(press), place) is None


@pytest.mark.parametrize("press", EXAMPLES, ids=str)
def test_it_is_refused_by_a_bot_with_another_token(press: Press) -> None:
    assert Buttons("123:tokem", 100, utf16_length).read(written(press), PLACE) is None


@pytest.mark.parametrize("press", EXAMPLES, ids=str)
def test_it_is_refused_with_any_character_changed_lost_or_added(press: Press) -> None:
    carried = written(press)
    for at in range(len(carried) + 1):
        for other in "AZaz09-_.~ é\0":
            changed = carried[:at] + other + carried[at + 1 :]
            assert changed == carried or BUTTONS.read(changed, PLACE) is None
            assert BUTTONS.read(carried[:at] + other + carried[at:], PLACE) is None
        assert at == len(carried) or BUTTONS.read(carried[:at] + carried[at + 1 :], PLACE) is None


@given(st.text(st.characters(exclude_categories=()), max_size=120), NUMBERS)
def test_junk_is_refused_and_never_an_error(junk: str, place: int) -> None:
    assert BUTTONS.read(junk, place) is None


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_junk_behind_a_good_signature_of_something_else_is_refused(junk: str) -> None:
    signature = written(EXAMPLES[0])[:SIGNATURE_LENGTH]
    assert BUTTONS.read(f"{signature}a{junk}", PLACE) is None


# -- lengths: custom_id of Discord 100, callback_data of Telegram 64 bytes (PLATFORMS.md) ----------


def test_a_question_of_ninety_one_characters_fits_discord_and_one_more_does_not() -> None:
    assert len(written(Press(Action.ASK, "x" * 91))) == 100
    assert BUTTONS.write(Press(Action.ASK, "x" * 92), PLACE) is None


def test_discord_counts_what_is_outside_the_basic_plane_twice() -> None:
    assert BUTTONS.write(Press(Action.ASK, "👩" * 45), PLACE) is not None
    assert BUTTONS.write(Press(Action.ASK, "👩" * 46), PLACE) is None


def test_telegram_counts_bytes() -> None:
    assert TELEGRAM.write(Press(Action.ASK, "ж" * 27), PLACE) is not None
    assert TELEGRAM.write(Press(Action.ASK, "ж" * 28), PLACE) is None


@given(PRESSES, NUMBERS)
def test_what_is_written_is_never_longer_than_allowed(press: Press, place: int) -> None:
    assert len((TELEGRAM.write(press, place) or "").encode()) <= 64
    assert utf16_length(BUTTONS.write(press, place) or "") <= 100


@pytest.mark.parametrize(
    "asker", [2**64 - 1, -(2**52)], ids=["the last snowflake", "the last chat of Telegram"]
)
def test_who_may_turn_or_delete_has_room_everywhere(asker: int) -> None:
    # a page that takes its question from the message answered must fit whatever the numbers
    assert TELEGRAM.write(Press(Action.PAGE, "", asker, 9_999, date(2199, 12, 31)), PLACE)
    assert TELEGRAM.write(Press(Action.DELETE, asker=asker), PLACE)


@pytest.mark.parametrize("text", ["a\0b", "a\nb", "a\x7f", "a\ud83d"], ids=ascii)
def test_what_no_platform_carries_is_not_written(text: str) -> None:
    assert BUTTONS.write(Press(Action.ASK, text), PLACE) is None
    assert TELEGRAM.write(Press(Action.PAGE, text, 1, 2, DAY), PLACE) is None


def test_what_old_messages_carry_is_still_read() -> None:
    # written down once: whoever changes the form leaves these readable
    assert written(Press(Action.ASK, "who was Trotsky"), 5)[SIGNATURE_LENGTH:] == "awho was Trotsky"
    assert written(Press(Action.DELETE, asker=64), 5)[SIGNATURE_LENGTH:] == "d10"
    # 2 days after the first of 2020 is "2", page 3 is "3"
    press = Press(Action.PAGE, "21 May", 65, 3, date(2020, 1, 3), Order.DAY_FIRST)
    assert written(press, 5)[SIGNATURE_LENGTH:] == "p11.3.2.d21 May"


def test_what_is_carried_does_not_show_the_token() -> None:
    assert TOKEN not in written(Press(Action.ASK, "x"))


def test_a_mark_is_that_of_the_text_as_a_label_shows_it() -> None:
    assert mark_of("Frida\u200b  Kahlo ") == mark_of("Frida Kahlo")
    assert len(mark_of("Frida Kahlo")) == MARK_LENGTH


def test_texts_have_marks_of_their_own() -> None:
    names = [f"Name {number}" for number in range(2_000)]
    assert len({mark_of(name) for name in names}) == len(names)
