"""The order in which the events of a day are told: by weight, but no subject crowds out others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from knowledge.model import Event, Qualifier

UNCERTAIN_DAY = 0.5
"""What an event loses that was "by", "before", "after" or "about" a day."""

SAME_PACK = 0.6
"""What an event loses for each one of its pack that is told before it."""

SAME_KIND = 0.3
"""What an event loses for each one of its kind that is told before it."""

_UNCERTAIN = frozenset({Qualifier.BY, Qualifier.BEFORE, Qualifier.AFTER, Qualifier.ABOUT})

T = TypeVar("T")


def worth_after(event: Event, packs: Counter[str], kinds: Counter[str]) -> float:
    """Return what an event is worth after so many of each pack and each kind were told."""
    uncertain = UNCERTAIN_DAY if event.date.qualifier in _UNCERTAIN else 0.0
    before = SAME_PACK * packs[event.pack] + SAME_KIND * kinds[event.kind]
    return event.weight - uncertain - before


def by_weight_and_variety(items: Iterable[T], event_of: Callable[[T], Event]) -> list[T]:
    """Return items in the order to tell them; equals keep their order.

    Each next one is the weightiest after what its pack and kind lose for those already told.
    """
    left = list(items)
    packs: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    told: list[T] = []

    def worth(item: T) -> float:
        return worth_after(event_of(item), packs, kinds)

    while left:
        item = max(left, key=worth)
        left.remove(item)
        told.append(item)
        packs[event_of(item).pack] += 1
        kinds[event_of(item).kind] += 1
    return told
