"""What updates say of chats beside questions: the bot was removed, is back, a group has moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.telegram.parse import Arrival, Migrated, Removed
from bot.daily.delivery import PlaceListener

PLATFORM = "telegram"


def tell_of_chats(
    update: Mapping[str, Any], arrival: Arrival | None, places: PlaceListener
) -> None:
    """Tell who keeps chats what an update says of one: removed, back, moved, other rights."""
    match arrival:
        case Removed(chat):
            places.removed(PLATFORM, chat=chat.id)
            return
        case Migrated(old, new):
            places.moved(PLATFORM, old, new)
            return
    changed = update.get("my_chat_member")
    if isinstance(changed, Mapping) and isinstance(changed.get("chat"), Mapping):
        number = changed["chat"].get("id")
        if isinstance(number, int):
            places.returned(PLATFORM, chat=number)
            places.look_again(PLATFORM, chat=number)
