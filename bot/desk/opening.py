"""The desk, opened on a state database."""

from __future__ import annotations

from collections.abc import Iterable

from bot.daily.delivery import Delivers
from bot.desk.desk import Desk
from bot.desk.remembered import Remembered
from bot.service import Service
from bot.state.database import Database


async def open_desk(database: Database, service: Service, adapters: Iterable[object]) -> Desk:
    """Return the desk of a service, which has it from now on; all that is remembered is read.

    Of the adapters those that deliver posts say where the bot may post. Whoever opens it lets
    `Remembered.keep_fresh` run beside.
    """
    deliveries = [one.delivery for one in adapters if isinstance(one, Delivers)]
    remembered = Remembered()
    await remembered.load(database)
    desk = Desk(
        database,
        service.answering,
        remembered,
        service.clock,
        service.zone,
        {one.platform: one for one in deliveries},
    )
    service.desk = desk
    return desk
