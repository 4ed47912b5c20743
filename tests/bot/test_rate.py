"""How often somebody may ask: as a plain token bucket would say, told once, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rate import ADMITTED, CHAT_TIMES_USER, EVERYBODY, Admission, Rate, RateLimits

TWENTY_A_MINUTE = Rate(20, 60)


def admitted(limits: RateLimits, times: int, now: float, user: int = 1, chat: int = 1) -> int:
    """Ask so many times and return how many are answered."""
    return sum(limits.admit(user, chat, now).is_admitted for _ in range(times))


# -- an oracle: buckets that are filled as time goes by, in whole thousandths of a token ----------


@dataclass
class PlainBucket:
    """Tokens are counted in parts, so many a millisecond, so that nothing is rounded."""

    most: int
    gain: int
    tokens: int = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.most

    def wait(self, milliseconds: int) -> None:
        self.tokens = min(self.most, self.tokens + self.gain * milliseconds)


@dataclass
class PlainLimits:
    """One bucket for each user and each chat, with time in whole milliseconds."""

    count: int
    milliseconds: int
    buckets: dict[tuple[str, int], PlainBucket] = field(default_factory=dict)
    now: int = -1_000_000  # before any time that is asked at

    def admit(self, user: int, chat: int, now: int) -> bool:
        for bucket in self.buckets.values():
            bucket.wait(max(0, now - self.now))
        self.now = max(now, self.now)
        asked = []
        for key, count in (
            (("user", user), self.count),
            (("chat", chat), self.count * CHAT_TIMES_USER),
        ):
            # a token is as many parts as there are milliseconds to fill `count` of them
            fresh = PlainBucket(count * self.milliseconds, count)
            asked.append(self.buckets.setdefault(key, fresh))
        if any(bucket.tokens < self.milliseconds for bucket in asked):
            return False
        for bucket in asked:
            bucket.tokens -= self.milliseconds
        return True


STEPS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(-2_000, 5_000)), max_size=120
)


@given(st.integers(1, 7), st.sampled_from([1, 3, 10]), STEPS)
def test_admits_what_a_plain_token_bucket_admits(
    count: int, seconds: int, steps: list[tuple[int, int, int]]
) -> None:
    ours, plain = RateLimits(Rate(count, seconds)), PlainLimits(count, seconds * 1000)
    now = 0
    for user, chat, passed in steps:
        now += passed  # also backwards
        expected = plain.admit(user, chat, now)
        assert ours.admit(user, chat, now / 1000).is_admitted == expected


# -- worked examples ------------------------------------------------------------------------------


def test_so_many_at_once_are_answered() -> None:
    assert admitted(RateLimits(TWENTY_A_MINUTE), 25, now=1000.0) == 20


@pytest.mark.parametrize("count", [3, 6, 7, 11, 13, 49, 60, 97, 999])
def test_sums_of_parts_of_a_second_lose_no_token(count: int) -> None:
    assert admitted(RateLimits(Rate(count, 1)), count + 5, now=123_456.789) == count


def test_one_more_is_answered_after_a_twentieth_of_a_minute() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    admitted(limits, 20, now=0.0)
    assert [limits.admit(1, 1, now).is_admitted for now in (2.9, 3.0, 3.1)] == [False, True, False]


def test_another_user_of_the_chat_is_answered() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    admitted(limits, 25, now=0.0, user=1)
    assert limits.admit(2, 1, 0.0) is ADMITTED


def test_a_chat_is_answered_three_times_as_often_as_a_user() -> None:
    limits = RateLimits(Rate(2, 60))
    assert sum(admitted(limits, 1, 0.0, user=user, chat=9) for user in range(10)) == 6


def test_a_refused_question_takes_nothing_of_the_chat() -> None:
    limits = RateLimits(Rate(2, 60))
    admitted(limits, 50, now=0.0, user=1, chat=9)
    assert sum(admitted(limits, 1, 0.0, user=user, chat=9) for user in range(2, 12)) == 4


def test_a_user_has_one_limit_in_all_chats() -> None:
    limits = RateLimits(Rate(2, 60))
    assert sum(admitted(limits, 1, 0.0, user=1, chat=chat) for chat in range(5)) == 2


def test_the_wait_is_told_in_whole_seconds() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    admitted(limits, 20, now=0.0)
    assert limits.admit(1, 1, 0.5) == Admission(False, wait=3, tells=True)


def test_who_waits_as_long_as_was_told_is_answered() -> None:
    limits = RateLimits(Rate(7, 60))
    admitted(limits, 7, now=0.1)
    assert limits.admit(1, 1, 0.1 + limits.admit(1, 1, 0.1).wait).is_admitted


def test_a_wait_is_told_once() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    admitted(limits, 20, now=0.0)
    assert [limits.admit(1, 1, now).tells for now in (0.0, 0.0, 1.0, 2.9)] == [
        True,
        False,
        False,
        False,
    ]


def test_the_next_wait_is_told_again() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    admitted(limits, 21, now=0.0)
    admitted(limits, 1, now=3.0)
    assert limits.admit(1, 1, 3.0) == Admission(False, wait=3, tells=True)


def test_the_longer_wait_of_user_and_chat_is_told() -> None:
    limits = RateLimits(Rate(1, 60))
    for user in (1, 2, 3):
        admitted(limits, 1, now=float(user), user=user)
    # the chat has its next token after 20 s of the first one; user 3 after 60 s of theirs
    assert limits.admit(3, 1, 3.0).wait == 60
    assert limits.admit(4, 1, 3.0).wait == 18


def test_without_a_rate_everybody_is_answered() -> None:
    assert admitted(RateLimits(None), 1000, now=0.0) == 1000


def test_a_clock_that_goes_back_locks_nobody_out() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    admitted(limits, 1, now=100_000.0)
    assert admitted(limits, 25, now=5.0) == 19


# -- everybody together, and typing ---------------------------------------------------------------


def flood(limits: RateLimits, times: int, now: float = 0.0) -> list[Admission]:
    """Return what becomes of so many users' questions, each in a chat of their own."""
    return [limits.admit(user, -user, now) for user in range(times)]


def test_a_flood_of_many_users_is_bounded() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    assert sum(one.is_admitted for one in flood(limits, 3_000)) == EVERYBODY.count == 2_000


def test_after_a_flood_everybody_is_answered_again() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    flood(limits, 3_000)
    # 2,000 in 10 seconds are 200 a second
    assert sum(limits.admit(user, user, 1.0).is_admitted for user in range(5_000, 6_000)) == 200


def test_in_a_flood_each_chat_is_told_once() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    flood(limits, 2_000)
    told = [limits.admit(user, "a chat", 0.0).tells for user in range(9_000, 9_005)]
    assert told == [True, False, False, False, False]


def test_a_rare_rate_of_each_does_not_limit_all_together() -> None:
    limits = RateLimits(Rate(1, 3_600))
    assert all(one.is_admitted for one in flood(limits, 2_000))


def test_who_types_is_looked_up_for_ten_times_as_often() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    assert sum(limits.admit_typing(1, 0.0).is_admitted for _ in range(300)) == 200


def test_typing_takes_nothing_of_the_questions() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    for _ in range(300):
        limits.admit_typing(1, 0.0)
    assert admitted(limits, 25, now=0.0) == 20


def test_a_flood_of_typing_leaves_questions_alone() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    typed = [limits.admit_typing(user, 0.0).is_admitted for user in range(3_000)]
    assert (sum(typed), limits.admit(1, 1, 0.0)) == (2_000, ADMITTED)


def test_without_a_rate_neither_typing_nor_a_flood_is_limited() -> None:
    limits = RateLimits(None)
    assert all(one.is_admitted for one in flood(limits, 3_000))
    assert all(limits.admit_typing(1, 0.0).is_admitted for _ in range(3_000))


# -- memory ---------------------------------------------------------------------------------------


def kept(limits: RateLimits) -> int:
    return len(limits._full_at) + len(limits._told_until)


def test_a_flood_of_users_fills_no_memory() -> None:
    limits = RateLimits(Rate(1, 3600), most_kept=100)
    most = 0
    for user in range(5_000):
        limits.admit(user, user, 0.0)
        limits.admit(user, user, 0.0)
        most = max(most, kept(limits))
    assert most <= 2 * 102


def test_of_a_flood_those_who_wait_the_longest_still_wait() -> None:
    limits = RateLimits(Rate(2, 3600), most_kept=100)
    admitted(limits, 2, now=0.0, user=-1, chat=-1)
    for user in range(90):
        limits.admit(user, user, 0.0)
    assert not limits.admit(-1, -1, 0.0).is_admitted


def test_who_asked_is_forgotten_when_nothing_is_left_to_wait_for() -> None:
    limits = RateLimits(TWENTY_A_MINUTE)
    admitted(limits, 25, now=0.0)
    limits.admit(2, 2, 61.0)
    assert set(limits._full_at) == {("user", 2), ("chat", 2)}
    assert limits._told_until == {}
