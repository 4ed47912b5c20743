"""A text that grows piece by piece, and the entities that say how its pieces look.

Telegram counts offsets and lengths in UTF-16 units
(https://core.telegram.org/api/entities#entity-length). Nothing here is parsed, so no text can
break out of its style.
"""

from __future__ import annotations

from typing import Any

from bot.safe_text import utf16_length

BOLD, ITALIC = "bold", "italic"


class StyledText:
    """Text with entities; `units` is its length as Telegram counts."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[str] = []
        self.entities: list[dict[str, Any]] = []
        self.units = 0

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)

    def add(self, piece: str, style: str = "") -> StyledText:
        """Add a piece; one in a style neither begins nor ends with white space. Returns itself."""
        units = utf16_length(piece)
        if style and units:
            self.entities.append({"type": style, "offset": self.units, "length": units})
        self._pieces.append(piece)
        self.units += units
        return self

    def extend(self, other: StyledText) -> None:
        """Add another text with its entities."""
        self.entities += [
            {**entity, "offset": entity["offset"] + self.units} for entity in other.entities
        ]
        self._pieces.append(other.text)
        self.units += other.units
