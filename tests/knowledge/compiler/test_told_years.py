"""What an article says of each year, and which years are known where a date stands."""

from __future__ import annotations

from knowledge.compiler.narrative_clues import Clue
from knowledge.compiler.told_years import close_years, told_years


def test_days_and_months_tell_of_a_year_and_a_year_alone_hardly_does() -> None:
    clues = (
        [Clue(1811, month=5)] * 4 + [Clue(1812, month=1)] * 2 + [Clue(1840), Clue(None, month=3)]
    )
    told = told_years(clues)
    assert told is not None
    assert told[1811] == told[1812] == 1.0
    assert told[1840] == 0.2


def test_a_range_tells_of_the_year_in_which_it_ends() -> None:
    told = told_years([Clue(1811, month=5, last=(1, 2, 0))] * 3)
    assert told is not None
    assert told[1812] == 1.0


def test_few_dates_tell_nothing_of_what_is_left_out() -> None:
    assert told_years([Clue(1811, month=5)] * 4) is None


def test_a_year_of_the_same_block_is_close_and_so_is_the_next() -> None:
    silent, written = Clue(None, month=3), Clue(1811)
    close_years([(1, 1, silent), (1, 1, written)])
    assert silent.close_years == {1811, 1812}


def test_a_year_of_another_section_is_not_close() -> None:
    silent = Clue(None, month=3)
    close_years([(1, 1, Clue(1811)), (2, 2, silent)])
    assert not silent.close_years


def test_a_year_three_blocks_before_is_not_close() -> None:
    near, far = Clue(None, month=3), Clue(None, month=4)
    close_years([(1, 1, Clue(1811)), (1, 3, near), (1, 4, far)])
    assert near.close_years
    assert not far.close_years
