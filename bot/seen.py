"""What has been handled already, for events that a platform may deliver twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable


class Seen:
    """The latest keys; older ones are forgotten, so that memory is bounded."""

    def __init__(self, most: int = 10_000) -> None:
        """Keep at most so many."""
        self._keys: OrderedDict[Hashable, None] = OrderedDict()
        self._most = most

    def is_new(self, key: Hashable) -> bool:
        """Return true the first time that a key is given."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return True
