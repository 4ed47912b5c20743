"""What a reading of a story's dates costs: every figure of the search for years, in one table.

A cost is about minus the logarithm of how often good prose does such a thing, so that costs add
up. They are set by hand and only their order matters much.
"""

from __future__ import annotations

from typing import Final

# How the search goes about it.

STORIES_KEPT: Final = 8
"""The cheapest stories that are carried on from one date to the next."""

DEAREST_KEPT: Final = 6.0
"""A story that costs this much more than the cheapest is dropped."""

# A date whose year is not written: a promise that the story's year holds, or has just turned.

SILENT_MONTH_ON: Final = 0.05
"""Each month that the story goes on within its year."""

SILENT_TURN: Final = 0.5
"""The story goes over a new year without saying so, from one month to the next."""

SILENT_TURN_MONTH: Final = 0.25
"""Each further month between the two: late autumn to early spring may pass, June to May may not."""

SILENT_TURN_AT: Final = (0.0, 0.0, 0.2, 0.5)
"""What the turn costs besides, within a sentence, a block, at a new block, at a new section, where
a writer would rather name the new year."""

SILENT_TURN_TO_UNWRITTEN: Final = 0.4
"""The year that the story silently turns to is written nowhere in the article."""

SILENT_YEAR: Final = 4.0
"""The story skips a whole year without saying so."""

SILENT_BACK: Final = 0.5
"""The story goes back within its year."""

SILENT_MONTH_BACK: Final = (0.22, 0.22, 0.12, 0.12)
"""Each month that it goes back: within a sentence, a block, at a new block, at a new section, which
may tell of another theatre."""

SILENT_BACK_AT: Final = (1.3, 0.6, 0.1, 0.0)
"""What going back costs besides, within a sentence, a block, at a new block, at a new section."""

SILENT_BACK_ROUGHLY: Final = 0.7
"""The story goes back from "late 1917" to a month of that year."""

SILENT_DAY_BACK: Final = 0.25
"""The story goes back by days within a month."""

SILENT_YEAR_BACK: Final = 3.0
"""The story goes back to an earlier year without saying so."""

YEAR_NOT_TOLD: Final = (0.8, 0.15)
"""A year that is written nowhere close by, and of which the article tells nothing else; less as
it tells more of it. Once when the story comes to it, and for each date there: a year may well pass
without being written."""

DAY_OF_ANOTHER_YEAR: Final = 0.5
"""The article writes the same day of the month with another year."""

TOLD_IN_THE_LEAD: Final = 0.9
"""The story comes, wherever it was, to a day that the lead writes with its year."""

SILENT_YEAR_BACK_NEAR: Final = 0.5
"""It goes back to a month of the year before that would be one of the next months of its own."""

SILENT_YEAR_BACK_SAVED: Final = (0.0, 0.0, 0.4, 1.5)
"""What of this is saved at a new block and a new section, which may tell of another theatre."""

OUTSIDE_PERIOD: Final = 0.7
"""The date lies outside the time that the article's lead speaks of."""

LEAST_YEARS_OF_A_LIFE: Final = 15
"""A lead that speaks of so long a time gives a life, and what is told after it goes on freely."""

IN_A_NAMED_YEAR: Final = 0.2
"""A month or day of the year that was named without a month."""

IN_AN_UNTOLD_YEAR: Final = 1.0
"""A month or day before any year was written is of the year that is written first."""

LATER_FIRST_YEAR: Final = 0.3
"""Or of the second, the third ... that is written."""

OUT_OF_SEASON: Final = 1.0
"""A month before summer of the first of two years that were named together, or a later one of the
second."""

BEYOND_A_NAMED_YEAR: Final = 2.5
"""A month or day of the year after the one that was named without a month."""

BEFORE_A_NAMED_YEAR: Final = 4.0
"""A month or day of the year before it."""

RESTART: Final = 0.4
"""Behind the lead, which tells all in short, the story starts over with the first year written."""

LATER_RESTART: Final = 0.2
"""Or with the second, the third ... of them."""

SEASON_ON: Final = 0.4
"""The next spring, summer, autumn or winter to come, in this year or the next."""

SEASON_BACK: Final = 0.5
"""A season that has passed, besides what going back costs."""

HINTED: Final = 0.7
"""The year stands later in the same sentence: "crowned on 4 May and deposed on 9 June 1606"."""

HINTED_ROUGHLY: Final = 1.3
"""It is the year of that later date, or the one before it, though not the nearest before it."""

BEHIND_A_HINT: Final = 0.6
"""The date lies behind the later one of its sentence, though the story had not come so far."""

WRONG_WEEKDAY: Final = 2.5
"""In this year the day is not the weekday that stands beside it."""

OUTSIDE_SPAN: Final = 1.5
"""The year lies outside the years that the heading above gives."""

# A date whose year is written: news, which may jump.

WRITTEN_MONTH_BACK: Final = 0.3
"""The story goes back within its year."""

WRITTEN_MONTHS_BACK_AT: Final = (0.12, 0.12, 0.0, 0.0)
"""Each further month, within a sentence or a block: a year is written where it is a new one."""

WRITTEN_YEAR_ON: Final = 0.1
"""The story goes on to the next year."""

WRITTEN_YEARS_ON: Final = (0.2, 0.15)
"""The story jumps over years: once, and for each doubling of their number."""

WRITTEN_YEARS_BACK: Final = (1.8, 0.3)
"""The story goes back over years: once, and for each doubling of their number."""

WRITTEN_BACK_SAVED: Final = (0.0, 0.0, 0.4, 0.9)
"""What of this is saved within a sentence, a block, at a new block, at a new section."""

# A side glance, which leaves the story where it is.

GLANCE: Final = 1.1
"""A date that nothing marks as a side glance is one."""

GLANCE_AT_DAY: Final = 0.6
GLANCE_AT_MONTH: Final = 0.2
GLANCE_AT_OPENING: Final = 0.8
"""A whole day, a month, a date that opens its sentence is rarely a side glance."""

GLANCE_AT_YEAR_INSIDE: Final = 0.4
"""What is saved where a bare year stands inside its sentence."""

GLANCE_AT_FIRST: Final = 0.4
"""The first date of a block rarely is."""

GLANCE_BEFORE_SILENT: Final = (0.8, 0.3, 0.2, 0.0)
"""Nor is one that a year-less date follows: in its sentence, block, the next block, or section."""

GLANCE_BEFORE_NEAR: Final = 0.4
"""Even less so where that date lies in the same month or the next."""

GLANCE_BEFORE_HANGING: Final = 0.7
"""Nor is one on which "the next day" hangs, at the head of the next sentence."""

GLANCE_BACK_SAVED: Final = 0.5
"""An earlier year is one more often."""

GLANCE_ON: Final = 0.2
"""A later year rarely is, unless a word such as "until" says so."""

AFTERWORD: Final = 0.7
"""What is saved where a section ends with a bare year that lies years ahead, and the next one
begins without a year: "He was tried in 1908 and pardoned in 1909"."""

LEAST_GLANCE: Final = 0.05

IN_BRACKETS: Final = 0.6
IN_QUOTES: Final = 0.5
LIFE_IN_BRACKETS: Final = 1.0
AFTER_A_GLANCING_WORD: Final = 0.5
PLUPERFECT: Final = 0.5
BEFORE_PRESENT_TENSE: Final = 0.6
BESIDE_THE_STORY: Final = 1.8
"""What is saved where a date stands in brackets, in quotes, as the years of a life in brackets,
after "since", after "had", before "is", in a caption, a table or a box."""

SURE_GLANCE: Final = 1.0
"""With this much that speaks for it, the next date begins the block or section in its stead."""

SILENT_GLANCE: Final = (0.9, 0.8)
"""A year-less date is a side glance: once, and how much each mark of one saves."""

MARKED_GLANCE: Final = 0.5
"""With this much that speaks for it, what follows does not speak against it."""

LEAST_SILENT_GLANCE: Final = 0.3
"""Without this much that speaks for it, a year-less date is none."""

STEP_OF_PAST_PERFECT: Final = 0.5
"""A date beside "had done" moves the story."""

AHEAD_OF_PAST_PERFECT: Final = 0.5
"""What a sentence tells with "had done" lies ahead of the story's present."""

FLASHBACK: Final = 0.15
FLASHBACK_MONTH: Final = 0.06
FLASHBACK_OVER_NEW_YEAR: Final = 0.2
LONGEST_FLASHBACK: Final = 12
"""A year-less date beside "had done" lies in the months before the story's present."""

SIDE_STORY: Final = 0.8
"""A year-less date goes on with the side glance before it."""

LONGEST_LOOK_AHEAD: Final = 6
"""Months by which it may go on from the story's own present, and leave that where it is."""

SIDE_STORY_JOINED: Final = 0.2
"""In one sentence, parted by no comma: "it ends on 30 May 1631; he had died on the 31st"."""

LOOKING_AHEAD: Final = 1.5
"""What is saved where the verb looks forward: "whom he was to marry in 1907"."""

YEAR_AFRESH: Final = 0.2
"""A new paragraph that names the story's year again starts from its beginning."""

# Headings.

LABEL_OF_A_NAME: Final = 0.8
"""A year in a heading that may be part of a name, "The campaign of 1711", dates its section."""

LABEL_YEAR: Final = 0.25
"""Each year by which a section begins later than the first year of its heading."""

LABEL_IGNORED: Final = 2.0
"""The heading's years say nothing of where the section begins."""

YEARS_OF_A_LABEL: Final = 12
"""A heading that spans more years than this says nothing of where its section begins."""
