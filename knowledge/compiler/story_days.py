"""The days on which relative days hang, as the story goes on.

"The next day" hangs on the story's last day. Beside "had done" it goes on with what came before:
in "she had fallen on 3 May and was moved on the 5th" both days lie before the story's present.
"""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Relative, Unit
from knowledge.compiler.date_sightings import Sighting
from knowledge.compiler.date_story import Told
from knowledge.compiler.found_date import Form, FoundDate
from knowledge.compiler.past_perfect import Earlier
from knowledge.compiler.relative_days import Anchor, Place, resolve, weekday_of
from knowledge.model import Precision
from knowledge.readers.article import Article

LONGEST_SENTENCE = 500
"""Letters on either side of a day in which the words of its sentence are looked for."""

LONGEST_WORDS_OF_A_NIGHT = 40
"""Letters before a day in which "in the night of" and "at noon on" are looked for."""

MOST_DAYS_OF_A_FLASHBACK = 31
"""How far a day told by "had" may lie back for the next sentence's "a day later" to hang on it."""

RELATIVE_CONFIDENCE = 0.8
"""How sure a day is that hangs on another; this times how sure that one is."""

_BESIDE = frozenset({", ", " (", " – ", " — "})
_PARTS_DAYS = frozenset(",;:()[]–—")
_GOES_ON = re.compile(r"[,;]?\s(?:and|but|while|then)\b")
_NIGHT_OF = re.compile(r"\b(?:nights?|overnight)\s(?:(?:of|between|from|on|to)\s)?(?:the\s)?$")
_BEFORE_NIGHT = re.compile(
    r"\b(?:(?:before|at|after)\s(?:dawn|daybreak|daylight|sunrise|first\slight|noon|midday)"
    r"|(?:early|small)\shours|morning|afternoon|(?:just|shortly|soon)\safter\smidnight)"
    r"\s(?:(?:of|on)\s)?(?:the\s)?$",
    re.IGNORECASE,
)


class RangeNumbers:
    """The numbers that the two ends of a range share."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        """Return a number that no range has yet."""
        self.last += 1
        return self.last


class StoryDays:
    """What days were told last: by the story, by a glance at what came before, and as a range."""

    def __init__(
        self,
        article: Article,
        told: list[Told],
        written: list[list[FoundDate]],
        numbering: RangeNumbers,
    ) -> None:
        self._article = article
        self._told = told
        self._written = written
        self._numbering = numbering
        self._day: Anchor | None = None
        self._month: Anchor | None = None
        self._earlier: Anchor | None = None
        self._is_wholly_earlier = False
        self._several: Anchor | None = None
        self._glanced: Anchor | None = None

    def tell(self, told: Told, dates: list[FoundDate]) -> None:
        """Take a written date as what may be hung on."""
        if not dates or told.reading is None:
            return
        last, context = dates[-1], told.sighting.context
        anchor = self._anchor(told.sighting, last, dates[0])
        if anchor.first is not None:
            self._several = anchor
        self._glanced = None
        if not told.reading.is_step:
            if last.date.month is not None:
                self._glanced = anchor
            is_told = context.is_pluperfect and not context.in_brackets and not context.in_quotes
            if is_told and last.date.precision is Precision.DAY:
                self._earlier = anchor
                self._is_wholly_earlier = context.earlier is Earlier.WHOLLY
            return
        self._earlier = None
        if last.date.month is not None and (self._month is None or not context.is_planned):
            self._month = anchor
        if last.date.precision is Precision.DAY:
            self._day = anchor
        elif context.opens_sentence and last.form is not Form.RELATIVE:
            self._day = None

    def hang(self, index: int, relative: Relative) -> FoundDate | None:
        """Return the day that a relative expression means, which may be hung on in its turn."""
        sighting = self._told[index].sighting
        text = self._article.blocks[sighting.block].text
        event = text[slice(*relative.event)] if relative.event else ""
        anchor = self._anchor_of(index, relative)
        if anchor is None or (event and self._explains_a_date(index)):
            return None
        is_back = sighting.context.is_pluperfect and anchor is self._month
        is_back = is_back and anchor.section == sighting.section
        place = Place(sighting.sentence, sighting.section, sighting.opens_section, event, is_back)
        date = resolve(relative, place, anchor)
        if date is None:
            return None
        part = sighting.expression.parts[0]
        number = self._numbering.next() if sighting.expression.begins_range else None
        if sighting.expression.ends_range:
            number = self._numbering.last
        found = FoundDate(
            sighting.block,
            part.start,
            part.stop,
            date,
            form=Form.RELATIVE,
            range=number,
            calendar=anchor.calendar,
            qualifier=sighting.context.qualifier,
            confidence=RELATIVE_CONFIDENCE * anchor.confidence,
        )
        self._tell_hanging(sighting, found, anchor)
        return found

    def _tell_hanging(self, sighting: Sighting, found: FoundDate, anchor: Anchor) -> None:
        """Take a day that hung on another as what may be hung on in its turn."""
        if anchor is self._several:
            anchor.sentence = sighting.sentence
        hung = self._anchor(sighting, found, found)
        hung.weekday = (weekday_of(anchor) + hung.number - anchor.number) % 7
        is_back = sighting.context.is_pluperfect and hung.number < anchor.number
        if anchor is self._glanced:
            self._glanced = hung
        elif anchor is self._earlier:
            self._earlier = hung
        elif not is_back and not sighting.context.in_brackets:
            self._day = self._month = hung

    def _explains_a_date(self, index: int) -> bool:
        """Whether a date right before says the same: "on 12 April, nine days after the siege"."""
        if not index:
            return False
        before, sighting = self._told[index - 1].sighting, self._told[index].sighting
        stop = before.expression.parts[-1].stop
        text = self._article.blocks[sighting.block].text
        relative = before.expression.relative
        is_date = relative is None or relative.unit is Unit.ORDINAL
        is_beside = before.block == sighting.block and is_date
        return is_beside and text[stop : sighting.expression.start] in _BESIDE

    def _anchor_of(self, index: int, relative: Relative) -> Anchor | None:
        sighting = self._told[index].sighting
        if relative.event is not None:
            ahead = self._day_of_event(index, relative.event)
            if ahead is not None:
                return ahead
        if relative.unit is Unit.NTH_DAY:
            return self._several_days(sighting) or self._day
        if self._goes_on_earlier(sighting):
            return self._earlier
        if self._goes_on_beside(index, relative.unit):
            return self._glanced
        return self._month if relative.unit is Unit.ORDINAL else self._day

    def _several_days(self, sighting: Sighting) -> Anchor | None:
        """Return the range of which one day is told, if no day of the story came after it."""
        several, day = self._several, self._day
        if several is None or several.section != sighting.section:
            return None
        is_last = day is None or several.sentence >= day.sentence
        return several if is_last or several.sentence == sighting.sentence else None

    def _goes_on_earlier(self, sighting: Sighting) -> bool:
        """Whether a relative day goes on with what came before the story's present."""
        earlier, context = self._earlier, sighting.context
        if earlier is None or earlier.section != sighting.section:
            return False
        if earlier.sentence == sighting.sentence:
            return self._is_wholly_earlier or context.is_pluperfect
        follows = sighting.sentence == earlier.sentence + 1 and context.opens_sentence
        return follows and self._is_wholly_earlier and self._is_close(earlier)

    def _is_close(self, earlier: Anchor) -> bool:
        """Whether a day lies so little before the story's that the next sentence may go on."""
        if self._day is None:
            return True
        return 0 <= self._day.number - earlier.number <= MOST_DAYS_OF_A_FLASHBACK

    def _goes_on_beside(self, index: int, unit: Unit) -> bool:
        """Whether nothing parts a relative day from the last of a side glance.

        In "who was born on 14 May 1861 and baptised on the 21st" both are of that May.
        """
        glanced, before = self._glanced, self._told[index - 1].sighting if index else None
        sighting = self._told[index].sighting
        if glanced is None or before is None or glanced.sentence != sighting.sentence:
            return False
        text = self._article.blocks[sighting.block].text
        if unit is Unit.ORDINAL:
            between = text[before.expression.stop : sighting.expression.start]
            return _PARTS_DAYS.isdisjoint(between)
        is_day = glanced.date.precision is Precision.DAY and not before.context.in_brackets
        return is_day and _GOES_ON.match(text, before.expression.stop) is not None

    def _day_of_event(self, index: int, event: tuple[int, int]) -> Anchor | None:
        """Return the day that stands in the words of the event: "the armistice of 11 November"."""
        block = self._told[index].sighting.block
        for place in range(index + 1, len(self._told)):
            sighting, dates = self._told[place].sighting, self._written[place]
            if sighting.block != block or sighting.expression.start >= event[1]:
                break
            if dates and dates[0].date.precision is Precision.DAY:
                return self._anchor(sighting, dates[0], dates[0])
        return None

    def _anchor(self, sighting: Sighting, date: FoundDate, first: FoundDate) -> Anchor:
        """Return a day to hang on; `first` begins the range that the day ends, or is the same."""
        text = self._article.blocks[sighting.block].text
        begin, stop = sighting.sentence_span
        begin = max(begin, date.start - LONGEST_SENTENCE)
        words = text[begin : min(stop, date.stop + LONGEST_SENTENCE)]
        sure = 1.0 if date.form is Form.RELATIVE else date.confidence
        near = max(begin, first.start - LONGEST_WORDS_OF_A_NIGHT)
        is_range = first is not date and date.range is not None and first.range == date.range
        is_range = is_range and first.date.precision is date.date.precision is Precision.DAY
        return Anchor(
            date.date,
            date.calendar,
            sighting.sentence,
            sighting.section,
            words,
            sure,
            first.date if is_range else None,
            is_night=is_range and _NIGHT_OF.search(text, near, first.start) is not None,
            is_before_night=_BEFORE_NIGHT.search(text, near, first.start) is not None,
            weekday=sighting.context.weekday if first is date else None,
        )
