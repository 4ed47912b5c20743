"""The desk: what it takes to answer a command that keeps something, from the door to the commit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering import Answering
from bot.command import Invocation, Request
from bot.commands import daily as daily_words
from bot.commands import dates as dates_words
from bot.commands import privacy as privacy_words
from bot.commands import settings as settings_words
from bot.daily.delivery import Delivery, Target
from bot.daily.own_date_files import LARGEST_FILE
from bot.daily.own_dates import OwnDate, in_order
from bot.desk import daily, dates, privacy, records, settings
from bot.desk.asked import Asked
from bot.desk.changes import Decision, Erase
from bot.desk.context import AttachedFile, Context, scope_of
from bot.desk.onthisday import day_of, with_own_dates
from bot.desk.remembered import Remembered
from bot.desk.typed_plan import rejoined
from bot.desk.values import Snapshot
from bot.desk.words import kind_of, refused
from bot.errors import UserError
from bot.reply import Reply
from bot.state.database import Database
from bot.state.faults import StateError
from bot.state.own_dates import own_dates_of
from bot.state.states import Platform

logger = logging.getLogger("daybook.desk")

COMMANDS = (daily_words.NAME, dates_words.NAME, settings_words.NAME, privacy_words.NAME)

MOST_TRIES = 4
"""Where somebody else changes the same subscription at the same moment."""

READS_ONLY = {
    daily_words.NAME: {daily_words.SHOW, daily_words.PREVIEW, daily_words.WHY},
    dates_words.NAME: {dates_words.LIST, dates_words.EXPORT},
    privacy_words.NAME: {privacy_words.SHOW, privacy_words.EXPORT},
}
"""Actions that change nothing: their pages may be turned by asking again."""

_DECIDE = {
    daily_words.NAME: daily.decide,
    dates_words.NAME: dates.decide,
    settings_words.NAME: settings.decide,
    privacy_words.NAME: privacy.decide,
}

NOT_STORED = (
    "That could not be written: whoever runs me must look after my database. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers the commands that keep something. `zone` is that of places that chose none.

    `deliveries` are the platforms' own, by name: they know where the bot may post.
    """

    database: Database
    answering: Answering
    remembered: Remembered
    clock: Callable[[], datetime]
    zone: tzinfo
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)

    def knows(self, command: str | None) -> bool:
        """Whether a command is answered here."""
        return command in COMMANDS

    def reads_only(self, invocation: Invocation) -> bool:
        """Whether a command changes nothing, so that its pages may be turned by asking again."""
        if invocation.command == settings_words.NAME:
            return not any(value.strip() for value in invocation.options.values())
        return not invocation.action or invocation.action in READS_ONLY[invocation.command]

    async def answer(self, invocation: Invocation, request: Request, context: Context) -> Reply:
        """Return the answer to a command, once what it changes is written.

        Wrong input is a sentence, and so is what the asker may not do. Bugs are raised.
        """
        name = invocation.command
        if name == privacy_words.NAME and invocation.action in ("", privacy_words.SHOW):
            return privacy_words.answer(request, invocation.options)
        try:
            asked, context = await self._asked(invocation, request, context)
            return await self._decided(name, asked, context)
        except StateError:  # its own sentence is for the operator
            logger.exception("what was decided at the desk could not be written")
            return refused(name, UserError(NOT_STORED))
        except UserError as error:
            return refused(name, error)

    # -- what was asked, and whether it may be ----------------------------------------------------

    async def _asked(
        self, invocation: Invocation, request: Request, context: Context
    ) -> tuple[Asked, Context]:
        is_typed = request.command is None
        options = dict(invocation.options)
        name, action = invocation.command, invocation.action
        if is_typed and name == daily_words.NAME and action == daily_words.SET:
            options = rejoined(options)
        target, is_elsewhere = context.target, False
        if named := options.get("place", "").strip():
            target = await context.find_place(named)
            is_elsewhere = target != context.target
        elif name == daily_words.NAME and action == daily_words.AGAIN:
            target = await self._place_of_row(options.get("id", ""), context)
            is_elsewhere = target != context.target
        await self._check_admin(target, context)
        delivery = self.deliveries.get(target.platform)
        missing: list[str] = []
        if name == daily_words.NAME and action in (daily_words.SET, daily_words.RESUME):
            missing = await delivery.missing(target) if delivery else []
        file = self._file(invocation, context)
        asked = Asked(
            action=action,
            options=options,
            target=target,
            user=context.user,
            now=self.clock(),
            store=self.answering.answerer.store,
            is_typed=is_typed,
            is_private=context.is_private and not is_elsewhere,
            is_elsewhere=is_elsewhere,
            told_in=context.target.chat if context.is_private and is_elsewhere else None,
            missing=missing,
            forum=context.forum_of(target),
            may_ping=partial(context.may_ping, target),
            file_name=file.name if file else "",
            file=await file.load(LARGEST_FILE + 1) if file else None,
            order=self.remembered.order(target.platform, scope_of(target)),
            own_zone=str(self.zone),
        )
        if delivery is not None:
            asked = replace(asked, explain=delivery.explain)
        return asked, context

    async def _check_admin(self, target: Target, context: Context) -> None:
        """Raise UserError unless the asker may administer the place at this moment."""
        if await context.is_admin(target):
            return
        if target.platform == "discord":
            who = "members who may manage the server (Manage Server)"
        else:
            who = f"admins of the {kind_of(target) if target.kind == 'channel' else 'group'}"
        raise UserError(f"Only {who} can do that here.")

    async def _place_of_row(self, number: str, context: Context) -> Target:
        """Return the place of a post that is to be sent again.

        A notice of it came in private, or /daily why told of another channel of the server.
        """
        if not number.strip().isdecimal():
            return context.target
        row = int(number)
        found = await self.database.look(
            lambda connection: records.place_of_row(connection, row, context.target.platform)
        )
        if found is None:
            return context.target
        is_near = found.server is not None and found.server == context.target.server
        # elsewhere a number of another place is none; whoever may administer it is asked next
        return found if context.is_private or is_near else context.target

    def _file(self, invocation: Invocation, context: Context) -> AttachedFile | None:
        if (invocation.command, invocation.action) != (dates_words.NAME, dates_words.IMPORT):
            return None
        files = context.files
        file = files.get(invocation.options.get("file", "")) or files.get("")
        if file is not None and file.size > LARGEST_FILE:
            raise UserError(f"The file is larger than {LARGEST_FILE // 1024} kB.")
        return file

    # -- decided and written ----------------------------------------------------------------------

    async def _decided(self, name: str, asked: Asked, context: Context) -> Reply:
        for _ in range(MOST_TRIES):
            stored = await self.database.look(
                lambda connection: self._read(connection, name, asked, context)
            )
            decision = await self.answering.ask(
                lambda stored=stored: _DECIDE[name](asked, stored)  # type: ignore[misc]
            )
            if not decision.changes:
                return decision.reply
            try:
                return await self._written(decision, stored, asked)
            except records.ChangedMeanwhileError:
                continue
        raise UserError("Somebody else is changing that at this moment. Ask again.")

    async def _read(
        self, connection: AsyncConnection, name: str, asked: Asked, context: Context
    ) -> Snapshot:
        found = await records.snapshot(connection, asked.target, asked.now)
        if name != privacy_words.NAME:
            return found
        if asked.is_private:
            stored = await records.stored_of_person(connection, asked.target, asked.user)
        else:
            stored = await records.stored_of_place(connection, asked.target)
        return replace(found, stored=stored)

    async def _written(self, decision: Decision, stored: Snapshot, asked: Asked) -> Reply:
        done = await self.database.run(
            lambda connection: records.write(connection, decision.changes, stored.version)
        )
        await self.remembered.refresh(self.database, asked.target)
        if any(isinstance(change, Erase) for change in decision.changes):
            await self.database.scrub()
        if not done and decision.otherwise is not None:
            return decision.otherwise
        return decision.reply

    # -- beside the sources' facts ----------------------------------------------------------------

    async def beside(self, reply: Reply, request: Request, target: Target) -> Reply:
        """Return an answer about a day with the community's own dates of that day first."""
        scope = scope_of(target)
        if not self.remembered.has_own_dates(target.platform, scope):
            return reply
        day = day_of(reply, request)
        if day is None:
            return reply
        kept = await self.own_dates(target)
        return with_own_dates(reply, day, kept)

    async def own_dates(self, target: Target) -> list[OwnDate]:
        """Return the dates of a place's server or chat."""
        platform, scope = Platform(target.platform), scope_of(target)
        return in_order(
            await self.database.look(lambda connection: own_dates_of(connection, platform, scope))
        )
