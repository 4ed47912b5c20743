"""What find_dates promises of any article, beyond what the cases show."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.calendars import Calendar, month_length
from knowledge.compiler.date_story import tell
from knowledge.compiler.dates import SURE, find_dates
from knowledge.compiler.found_date import Form, FoundDate, Use
from knowledge.compiler.narrative import read_years
from knowledge.compiler.narrative_clues import Clue
from knowledge.compiler.narrative_costs import STORIES_KEPT
from knowledge.model import HistoricalDate, PartialDate, Precision, Qualifier
from knowledge.readers.article import Article, Block, Piece, Role


def article(*blocks: str | tuple[Role, str], section: str = "") -> Article:
    """Return an article of prose; a pair gives a block another role."""
    made = []
    for block in blocks:
        role, text = block if isinstance(block, tuple) else (Role.PROSE, block)
        made.append(Block(role, text, (section,) if section else (), (Piece(0, 0, len(text)),)))
    return Article("", tuple(made))


def values(*blocks: str | tuple[Role, str]) -> list[str]:
    return [str(date.date) for date in find_dates(article(*blocks))]


def test_a_date_without_any_year_is_left_out() -> None:
    assert values("On 5 May he came, and in June he left. The next day it rained.") == []


def test_an_article_without_blocks_has_no_dates() -> None:
    assert find_dates(Article("", ())) == ()


def test_a_date_that_is_written_whole_is_certain() -> None:
    (date,) = find_dates(article("He came on 5 May 1811."))
    assert (date.form, date.confidence) == (Form.FULL, 1.0)


def test_a_year_that_was_just_stated_is_sure() -> None:
    _, date = find_dates(article("He came on 5 May 1811. On 9 May he fell ill."))
    assert (date.form, str(date.date)) == (Form.PARTIAL, "1811-05-09")
    assert date.confidence >= SURE


def test_a_year_that_may_be_another_is_not_sure() -> None:
    """In a section of its own, half a year on, it may be of the same year or of the next."""
    first = article("The war reached the coast on 20 September 1811.", section="The coast").blocks
    second = article("On 2 March the fort was taken.", section="The mountains").blocks
    *_, date = find_dates(Article("", (*first, *second)))
    assert 0.5 <= date.confidence < SURE


def test_behind_the_lead_the_story_starts_over() -> None:
    lead = article("The wars broke out on 8 October 1912 and ended on 10 August 1913.").blocks
    body = article(
        "The Congress of Ulm, which met in June 1878, settled little. A rising raised hopes in"
        " July 1908. On 5 October the prince took the title of king.",
        section="Background",
    ).blocks
    *_, date = find_dates(Article("", (*lead, *body)))
    assert str(date.date) == "1908-10-05"


def test_what_is_told_after_a_life_keeps_its_years() -> None:
    lead = article("Rosa Orlo (5 March 1871 – 15 January 1919) was a painter.").blocks
    body = article(
        "She was ill until 8 November 1918. The next day she drove home. She died on 15 January."
        " She was buried on 13 June, and on 4 July her house was sold. Her sister died on 8 July.",
        section="Life",
    ).blocks
    *_, buried, sold, sister = find_dates(Article("", (*lead, *body)))
    assert [str(each.date) for each in (buried, sold, sister)] == [
        "1919-06-13",
        "1919-07-04",
        "1919-07-08",
    ]


def test_a_section_may_go_on_with_bare_days() -> None:
    first = article("The oath was refused on 13 December 1825.", section="Before").blocks
    second = article("Guns were brought up. Orlo was taken on the 15th.", section="The day").blocks
    *_, date = find_dates(Article("", (*first, *second)))
    assert str(date.date) == "1825-12-15"


def test_after_the_war_a_year_that_is_written_holds() -> None:
    lead = article("The war was fought from 30 November 1639 to 13 March 1640.").blocks
    body = article("On 30 November the guns opened fire.", section="War").blocks
    after = article(
        "War came again on 25 June 1641. Viburg fell on 29 August and was lost on 20 June 1644.",
        section="Aftermath",
    ).blocks
    *_, fell, _ = find_dates(Article("", (*lead, *body, *after)))
    assert str(fell.date) == "1641-08-29"


def test_a_day_of_the_lead_keeps_its_year_in_the_body() -> None:
    lead = article(
        "The revolt of 1647 and 1648 began on 12 October 1647 and ended on 9 June with the death"
        " of its leader."
    ).blocks
    causes = article(
        "Duke Emil had doubled the tax on 1 January 1645. A petition of 17 March was burned unread."
        " On 4 April of the following year the guilds refused to pay.",
        section="Causes",
    ).blocks
    course = article("On 12 October a collector struck a woman.", section="Course").blocks
    _, _, _, ended, _, petition, guilds, struck = find_dates(Article("", (*lead, *causes, *course)))
    assert [str(each.date) for each in (ended, petition, guilds, struck)] == [
        "1648-06-09",
        "1645-03-17",
        "1646-04-04",
        "1647-10-12",
    ]


def test_days_that_hang_on_others_may_be_left_out() -> None:
    story = article("He came on 5 May 1811. The next day he left. In the following year he died.")
    every = find_dates(story)
    assert [str(date.date) for date in every] == ["1811-05-05", "1811-05-06", "1812"]
    assert find_dates(story, relative_days=False) == (every[0], every[2])


def test_every_date_of_a_note_or_reference_is_a_citation() -> None:
    found = find_dates(
        article((Role.NOTE, "Rask, Tolls, 1971."), (Role.REFERENCE, "Holm, 3 June 1980."))
    )
    assert [date.use for date in found] == [Use.CITATION, Use.CITATION]


def test_a_citation_does_not_carry_its_year_into_the_story() -> None:
    note = (Role.NOTE, "The Weekly Post, 4 March 1999.")
    assert values("It burned on 5 May 1811.", note, "On 9 June it was rebuilt.") == [
        *("1811-05-05", "1999-03-04", "1811-06-09")
    ]


def test_the_word_before_a_date_is_its_qualifier() -> None:
    found = find_dates(
        article("By 5 May 1811, after 6 May 1812, before 7 May 1813, about 1814, on 8 May 1815.")
    )
    assert [date.qualifier for date in found] == [
        *(Qualifier.BY, Qualifier.AFTER, Qualifier.BEFORE, Qualifier.ABOUT, Qualifier.ON)
    ]


def test_a_29_february_that_only_the_old_calendar_has_is_of_that_one() -> None:
    (date,) = find_dates(article("It is dated 29 February 1900."))
    assert date.calendar is Calendar.JULIAN


def test_years_before_the_first_julian_day_are_left_out() -> None:
    assert values("Hunters came in 5000 BC, farmers in 4000 BC.") == ["-3999"]


def test_what_stands_in_a_table_is_read() -> None:
    assert values((Role.TABLE, "1 | Aldmoor | 3 May 1911"), (Role.FACT, "Born: 4 May 1880")) == [
        *("1911-05-03", "1880-05-04")
    ]


def test_a_caption_beside_the_story_does_not_move_it() -> None:
    caption = (Role.CAPTION, "The mill in March 1950")
    assert values("It burned on 5 May 1811.", caption, "On 9 June it was rebuilt.") == [
        *("1811-05-05", "1950-03", "1811-06-09")
    ]


def test_a_glance_at_the_head_of_a_section_leaves_its_place_to_the_next_date() -> None:
    lead = article("It was fought from October 1753 to March 1756.").blocks
    body = (
        "The quarrel had gone on since 1747. In December 1752 the Regent gave way. He fell in 1753."
    )
    told = tell(Article("", (*lead, *article(body, section="Origins").blocks)))
    new_section, same_block = 3, 1
    assert [one.clue.gap for one in told if one.clue is not None][1:] == [
        new_section,
        new_section,
        same_block,
    ]


def test_the_search_keeps_few_stories_however_long_the_article_is() -> None:
    """So that its cost grows with the number of dates and not faster."""
    clues = [
        Clue(None if n % 2 else 1800 + n % 90, 1 + n % 12, 0, (0, 1 + n % 12, 0))
        for n in range(999)
    ]
    assert len(read_years(clues, [1800])) == len(clues)
    assert STORIES_KEPT < 10


FRAGMENTS = st.sampled_from(
    [
        *("5 May", "29 February", "31 April", "May", "1811", "12 March 44 BC", "198", "1726/7"),
        *("the next day", "two days later", "on Friday", "the 20th", "that year", "'60s", "1898"),
        *("from", "to", "–", "and", "between", "(", ")", "[O.S.", "]", "until", "had", "would"),
        *("In", "On", ",", ".", "the following spring", "12/24 April", "18th century", "AD 9"),
        *("accessed", "p. 12", '"', "June 3–5, 1911", "2011-03-04", "1500 men", "9999", "0", "c."),
        *("Easter Sunday", "last day of June", "29 February of that year"),
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=14).map(" ".join)


@settings(deadline=None, max_examples=150)
@example(["1898. On 29 February", "AD 9 29 February"])
@example(["On 5 May 9999 BC. On 31 December 9999, the next day."])
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_whatever_an_article_says_each_date_stands_in_its_block_and_exists(
    texts: list[str],
) -> None:
    found = find_dates(article(*texts))
    for date in found:
        assert 0 <= date.start < date.stop <= len(texts[date.block])
        assert 0.0 <= date.confidence <= 1.0
        assert_it_exists(date)
    places = [(date.block, date.start, date.stop) for date in found]
    assert all(before[0] < after[0] or before[2] <= after[1] for before, after in pairwise(places))


def assert_it_exists(date: FoundDate) -> None:
    HistoricalDate(date.date, calendar=date.calendar)
    assert date.alternative is None or isinstance(date.alternative, PartialDate)
    if date.date.precision is Precision.DAY:
        assert date.date.month is not None
        assert date.date.day is not None
        assert date.date.day <= month_length(date.date.month, date.date.year, date.calendar)


def test_a_day_that_hangs_on_a_doubtful_one_is_less_sure() -> None:
    first = article("The war reached the coast on 20 September 1811.", section="The coast").blocks
    second = article(
        "On 2 March the fort was taken. The next day it burned.", section="The mountains"
    ).blocks
    *_, doubtful = find_dates(Article("", (*first, *second)))
    *_, plain = find_dates(article("On 2 March 1811 the fort was taken. The next day it burned."))
    assert doubtful.form is plain.form is Form.RELATIVE
    assert doubtful.confidence < plain.confidence
