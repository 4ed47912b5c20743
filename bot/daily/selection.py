"""Which of a day's events a place is told: as it chose, not heard before, and well mixed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.daily.choices import DailyChoices, ToneChoice
from bot.ranking import worth_after
from knowledge.model import LONGEST_SPAN_TOLD_DAILY, Event, Tone
from knowledge.store import Told

MOST_EVENTS = 5
"""Events of one post: read at a glance, and what is left out is there for other years."""

LEAST_SHARE = 2
"""Events of one kind that a post may tell however many kinds there are."""

LEAST_EVENTS = 3
"""Events from which on a post of what was told before needs no more that was told later."""

SAME_SUBJECT = 0.6
"""What an event loses for each one about the same person or thing that is told before it."""

MOST_GRIM = 1
"""Grim events of one post in a place that wants them balanced."""

DEATHS = frozenset({"assassination", "death", "execution", "massacre", "murder", "suicide"})
"""Kinds that a gentle place does not hear of, whatever tone their pack gives them."""

_CONSIDERED = 2 * MOST_EVENTS
"""Events of one pack and kind that are weighed against others: more can't be told."""


def told_key(key: str) -> str:
    """Return what is remembered of an event or entity that was told: a hash of `<pack>/<id>`.

    It is the same in every version and on every machine.
    """
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Memory:
    """What a place was told before a local date.

    `told` has, by `told_key`, the last local date before `day` on which it was told. What is dated
    `day` or later doesn't count, so that a preview after the post shows what the post showed.
    `place` makes the order of equals another one in every place and on every day.
    """

    told: Mapping[str, date]
    day: date
    place: str

    def last(self, key: str) -> date | None:
        """Return when an event or entity was last told here before this day."""
        found = self.told.get(told_key(key))
        return found if found is not None and found < self.day else None

    def days_since(self, key: str) -> int | None:
        """Return how many days ago it was told; none if never."""
        last = self.last(key)
        return (self.day - last).days if last else None

    def chance(self, key: str) -> str:
        """Return what orders equals: fixed for a place, a day and a key, without a pattern."""
        text = f"{self.place}\0{self.day.isoformat()}\0{key}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_grim(event: Event) -> bool:
    """Whether an event's pack marks it as one that a channel may want to leave out."""
    return event.tone is Tone.GRIM


def suits(event: Event, choices: DailyChoices) -> bool:
    """Whether an event is of the kinds and the tone that a place asked for."""
    if choices.kinds and event.kind not in choices.kinds:
        return False
    is_gentle = choices.tone is ToneChoice.GENTLE
    return not (is_gentle and (is_grim(event) or event.kind in DEATHS))


def select(
    found: Sequence[Told],
    choices: DailyChoices,
    memory: Memory,
    most: int,
    fits: Callable[[Told], bool],
) -> list[Told]:
    """Return the events to tell of those that suit a place, in the order to tell them.

    While there is one that the place has not heard, only such are told, spread evenly over as many
    years as they need; else those whose telling lies back longest. What was told within the days
    of the longest span that is told on each is not told again. `fits` is asked for each one to be
    taken, in order, whether there is room for it, and counts what it takes.
    """
    rounds: dict[date, list[Told]] = defaultdict(list)
    for one in found:
        days = memory.days_since(one.event.key)
        if days is None or days > LONGEST_SPAN_TOLD_DAILY:
            rounds[memory.last(one.event.key) or _NEVER].append(one)
    wanted = _rounds_to_tell(rounds)
    pool = [one for number in wanted for one in rounds[number]]
    if _NEVER in wanted:
        years = ceil(len(pool) / MOST_EVENTS)
        most = min(most, ceil(len(pool) / years))
    counts = _Counts(choices, _share({one.event.kind for one in pool}, most))
    taken: list[Told] = []
    for number in wanted:
        for one in counts.best_first(rounds[number], memory):
            if len(taken) == most:
                break
            if fits(one):
                taken.append(one)
                counts.add(one.event)
    if choices.tone is ToneChoice.BALANCED and taken and is_grim(taken[0].event):
        # there is one grim event at most, so that the next one is none
        taken[:2] = reversed(taken[:2])
    return taken


_NEVER = date.min
"""Stands for when something was told that was never told."""


def _rounds_to_tell(rounds: Mapping[date, Sequence[Told]]) -> list[date]:
    """Return which rounds a post tells of: the one never told, else the oldest, more if it is thin.

    A round is what was told on one date.
    """
    wanted: list[date] = []
    events = 0
    for number in sorted(rounds):
        if events >= LEAST_EVENTS or _NEVER in wanted:
            break
        wanted.append(number)
        events += len(rounds[number])
    return wanted


def _share(kinds: Iterable[str], most: int) -> int:
    """Return how many of one kind a post may tell, so that no kind crowds out others."""
    return max(LEAST_SHARE, ceil(most / max(1, len(set(kinds)))))


class _Counts:
    """What a post tells so far, by pack, kind and subject."""

    def __init__(self, choices: DailyChoices, share: int) -> None:
        self._choices = choices
        self._share = share
        self._packs: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._subjects: Counter[str] = Counter()
        self._grim = 0

    def add(self, event: Event) -> None:
        """Count an event as told."""
        self._packs[event.pack] += 1
        self._kinds[event.kind] += 1
        self._subjects.update(_subjects(event))
        self._grim += is_grim(event)

    def best_first(self, found: Sequence[Told], memory: Memory) -> Iterator[Told]:
        """Yield those that may still be told, always the one worth most beside those told."""
        left = _considered(found, memory)
        while left:
            left = [one for one in left if self._may_be_told(one.event)]
            if not left:
                return
            best = max(left, key=lambda one: self._worth(one.event))
            left.remove(best)
            yield best

    def _may_be_told(self, event: Event) -> bool:
        if self._kinds[event.kind] >= self._share:
            return False
        is_balanced = self._choices.tone is ToneChoice.BALANCED
        return not (is_balanced and is_grim(event) and self._grim >= MOST_GRIM)

    def _worth(self, event: Event) -> float:
        same = max((self._subjects[subject] for subject in _subjects(event)), default=0)
        return worth_after(event, self._packs, self._kinds) - SAME_SUBJECT * same


def _subjects(event: Event) -> tuple[str, ...]:
    """Return whom an event is about, its places not: half of a library may be in one city."""
    return tuple(mention.key or mention.name for mention in (*event.people, *event.things))


def _considered(found: Sequence[Told], memory: Memory) -> list[Told]:
    """Return, in the order of the place and the day, the best of each pack and kind.

    This bounds the work on a day of thousands of events, and leaves no kind out.
    """
    none: Counter[str] = Counter()
    ordered = sorted(
        found,
        key=lambda one: (-worth_after(one.event, none, none), memory.chance(one.event.key)),
    )
    seen: Counter[tuple[str, str, bool]] = Counter()
    kept = []
    for one in ordered:
        group = one.event.pack, one.event.kind, is_grim(one.event)
        seen[group] += 1
        if seen[group] <= _CONSIDERED:
            kept.append(one)
    return kept
