"""The pace of posts: never more within a second than a platform takes, whenever calls arrive."""

from __future__ import annotations

from random import Random

import pytest

from bot.daily.limiter import Pace, Rates, Use, Window


def test_a_call_counts_until_a_second_after_its_answer() -> None:
    window = Window(1, 1.0)
    window.uses.append(use := Use(begun=10.0))
    use.answered = 10.05
    assert window.free(11.04) == 0
    assert window.free(11.06) == 1


def test_a_call_without_an_answer_is_taken_to_have_arrived_after_a_moment() -> None:
    window = Window(1, 1.0)
    window.uses.append(Use(begun=10.0))
    assert window.free(11.2) == 0
    assert window.free(11.26) == 1


def test_asking_what_is_free_soon_frees_nothing_now() -> None:
    pace = Pace(Rates(1))
    pace.begin(1, 10.0).answered = 10.0
    assert pace.free(11.05) == 1
    assert pace.free(10.9) == 0
    assert pace.wait(10.9) == pytest.approx(0.1)


def test_a_call_that_is_to_begin_soon_has_its_place() -> None:
    pace = Pace(Rates(1))
    pace.begin(1, 10.0).answered = 10.0
    assert pace.begin(2, 10.9, pace.wait(10.9)).begun == pytest.approx(11.0)
    assert pace.wait(10.9) == pytest.approx(1.35)  # not answered: it may arrive until 11.25


@pytest.mark.parametrize(("rate", "delay"), [(30, 0.09), (49, 0.05), (5, 0.0)])
def test_whenever_calls_arrive_no_second_has_more_than_the_rate(rate: int, delay: float) -> None:
    random, pace = Random(7), Pace(Rates(rate))
    now, arrivals = 0.0, []
    for number in range(600):
        now += pace.wait(now)
        use = pace.begin(number, now)
        arrivals.append(now + random.uniform(0, delay))
        use.answered = arrivals[-1]
    arrivals.sort()
    for first, after in zip(arrivals, arrivals[rate:], strict=False):
        assert after - first >= 1.0 - 1e-9


def test_a_chat_has_one_message_a_second_and_a_group_19_a_minute() -> None:
    pace = Pace(Rates(1000, chat_per_second=1, group_per_minute=19))
    now = 0.0
    for _ in range(19):
        now += pace.chat_wait(-5, now)
        pace.begin(-5, now).answered = now
    assert now == pytest.approx(18.0)
    assert pace.chat_wait(-5, now) == pytest.approx(60.0 - now)
    assert pace.chat_wait(-6, now) == 0.0
    assert pace.wait(now) == 0.0


def test_a_private_chat_has_no_limit_of_a_minute() -> None:
    pace = Pace(Rates(1000, chat_per_second=1, group_per_minute=2))
    now = 0.0
    for _ in range(10):
        now += pace.chat_wait(5, now)
        pace.begin(5, now).answered = now
    assert now == pytest.approx(9.0)


def test_chats_that_are_over_are_forgotten() -> None:
    pace = Pace(Rates(100_000, chat_per_second=1))
    for number in range(5000):
        pace.begin(number, float(number)).answered = float(number)
    assert len(pace._chats) <= 1024
