"""A time of the day and a limit of lateness, as an admin types them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily.typed_times import read_late, read_wall_time
from bot.errors import UserError

# -- times of the day -----------------------------------------------------------------------------

TIMES = [
    ("9", "09:00"),
    ("09", "09:00"),
    ("9:00", "09:00"),
    ("09:00", "09:00"),
    (" 9 : 00 ", "09:00"),
    ("9.30", "09:30"),
    ("9am", "09:00"),
    ("9 AM", "09:00"),
    ("9 a.m.", "09:00"),
    ("9.30 pm", "21:30"),
    ("9:30PM", "21:30"),
    ("at 9pm", "21:00"),
    ("12am", "00:00"),
    ("12:30 am", "00:30"),
    ("12pm", "12:00"),
    ("21h", "21:00"),
    ("21h30", "21:30"),
    ("21 Uhr", "21:00"),
    ("9 o'clock", "09:00"),
    ("0930", "09:30"),
    ("930", "09:30"),
    ("noon", "12:00"),
    ("Midnight", "00:00"),
    ("0", "00:00"),
    ("0:00", "00:00"),
    ("23:59", "23:59"),
    ("09:00:00", "09:00"),
    ("٩:٣٠", "09:30"),
    ("९:३०", "09:30"),
    ("９：３０", "09:30"),
    ("9:30\u202e", "09:30"),
]


@pytest.mark.parametrize(("typed", "read"), TIMES, ids=[ascii(case[0]) for case in TIMES])
def test_a_time_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert read_wall_time(typed) == time.fromisoformat(read)


NO_TIMES = [
    ("24:00", "Midnight is 00:00", "00:00"),
    ("2400", "Midnight is 00:00", "00:00"),
    ("24:30", "the hours 0 to 23", "00:30"),
    ("25:00", "the hours 0 to 23", "01:00"),
    ("9:60", "the minutes 00 to 59", "09:00"),
    ("9:5", "need two digits", "09:05"),
    ("13pm", "am and pm go from 1 to 12", "13:00"),
    ("13:30 am", "am and pm go from 1 to 12", "13:30"),
    ("0am", "am and pm go from 1 to 12", "00:00"),
    ("09:00:30", "without seconds", "09:00"),
    ("-1:00", "is not a time", "09:00"),
    ("morning", "is not a time", "09:00"),
    ("9pm tomorrow", "is not a time", "09:00"),
    ("9:00 Europe/Berlin", "is not a time", "09:00"),
    ("next friday\u202e", "is not a time", "09:00"),
    ("99999", "is not a time", "09:00"),
    ("9" * 5000, "is not a time", "09:00"),
    (" " * 5000 + "9", "At what time", "09:00"),
    ("", "At what time", "09:00"),
    ("\ud800", "At what time", "09:00"),
]


@pytest.mark.parametrize(
    ("typed", "sentence", "cure"), NO_TIMES, ids=[ascii(case[0])[:20] for case in NO_TIMES]
)
def test_t17_what_is_no_time_is_told_why_and_what_to_write(
    typed: str, sentence: str, cure: str
) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        read_wall_time(typed)
    assert caught.value.choices[0] == cure


@given(
    st.text(max_size=60)
    | st.tuples(
        st.integers(0, 120).map(str),
        st.sampled_from(["", ":", ".", "h"]),
        st.integers(-1, 120).map(lambda minutes: f"{minutes:02}" if minutes >= 0 else ""),
        st.sampled_from(["", "am", " pm", "h"]),
    ).map("".join)
)
def test_any_text_is_a_time_or_a_sentence_with_times(typed: str) -> None:
    try:
        found = read_wall_time(typed)
    except UserError as error:
        for choice in error.choices:
            read_wall_time(choice)
    else:
        assert read_wall_time(f"{found:%H:%M}") == found


# -- limits of lateness ---------------------------------------------------------------------------

LIMITS = [
    ("2h", 120),
    ("2 hours", 120),
    ("1 hour", 60),
    ("90 min", 90),
    ("90min", 90),
    ("30m", 30),
    ("6h", 360),
    ("1h30", 90),
    ("1 h 30 min", 90),
    ("1 hour and 30 minutes", 90),
    ("1.5h", 90),
    ("1,5 h", 90),
    ("1 day", 1440),
    ("24h", 1440),
    ("10 min", 10),
    ("٢h", 120),
]


@pytest.mark.parametrize(("typed", "minutes"), LIMITS, ids=[ascii(case[0]) for case in LIMITS])
def test_a_limit_is_read_as_people_write_it(typed: str, minutes: int) -> None:
    assert read_late(typed) == timedelta(minutes=minutes)


NO_LIMITS = [
    ("6", "6 what"),
    ("0", "0 what"),
    ("9 min", "at least 10 minutes"),
    ("0h", "at least 10 minutes"),
    ("25h", "at most 24 hours"),
    ("24h 1min", "at most 24 hours"),
    ("2 days", "at most 24 hours"),
    ("99999 min", "at most 24 hours"),
    ("never", "not a length of time"),
    ("-2h", "not a length of time"),
    ("2h2h", "not a length of time"),
    ("and", "not a length of time"),
    ("", "not a length of time"),
    ("9" * 5000 + "h", "not a length of time"),
]


@pytest.mark.parametrize(
    ("typed", "sentence"), NO_LIMITS, ids=[ascii(case[0])[:20] for case in NO_LIMITS]
)
def test_what_is_no_limit_is_told_why_with_limits_to_choose(typed: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        read_late(typed)
    assert caught.value.choices
    for choice in caught.value.choices:
        read_late(choice)
