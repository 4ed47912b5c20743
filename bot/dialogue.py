"""What every chat platform does with a question or a press, but for reading and writing messages.

An adapter reads a message into a Request or a press, passes it in with who and where, and writes
what comes out: a page of an answer with its buttons, a sentence for that person only, or nothing.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answer import broken
from bot.buttons import Action, Buttons, Press, mark_of
from bot.command import Invocation, Request
from bot.errors import UserError
from bot.pages import Page, Room, Size, pages
from bot.reply import Note, Outcome, Reply
from bot.safe_text import utf16_length
from bot.service import Service
from bot.typed_command import is_command, read_command, write_command
from knowledge.dates import Order

if TYPE_CHECKING:  # the desk brings the database along, which a bot that keeps nothing does without
    from bot.daily.delivery import Target
    from bot.desk.context import Context

logger = logging.getLogger("daybook")

STALE = "This button is of no use any more. Ask again, please."
NOT_YOURS = "Only who asked can turn these pages. Ask the same, and you have your own."
TOO_LONG_TO_TURN = "There is more, but this question is too long for a button. Ask in fewer words."
NOT_YOURS_TO_DELETE = "Only who asked, or an admin, can delete this."

MONTH_FIRST_LOCALE = "en-us"
"""Of the platforms' locales the one that puts the month first (Unicode CLDR, dateFormats/short)."""

ROOM_AT_THE_DESK = Room(items=8, size=1_850)
"""What an answer of the desk may hold at least that can't be turned, for to ask it again would do
it again: settings and a whole post, within the 2,000 of a Discord message without embeds."""
MORE_AT_THE_DESK = "There is more of the post; /daily preview shows it whole."

_NOTICE = re.compile(r"daily again \d{1,19}")
"""What the button of a notice asks."""

PARTS_PAGED_AT_ONCE = 100
"""A longer reply is parted into pages beside the event loop: thousands of facts take 0.1 s."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where: the platform's numbers of the user and of the chat or channel."""

    user: int
    place: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a reply to be written into a message."""

    request: Request
    reply: Reply
    page: Page


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for the asker alone."""

    text: str


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """Somebody else's page was pressed; `press` may be shown to them alone."""

    press: Press


@dataclass(frozen=True, slots=True)
class Deletion:
    """The answer is to be deleted; who didn't ask needs an admin's rights."""

    is_asker: bool


@dataclass(frozen=True, slots=True)
class Button:
    """A button's label, and what it carries."""

    label: str
    carries: str
    deletes: bool = False


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The buttons under a page: those that turn or delete it, and what may be asked next."""

    turning: tuple[Button, ...] = ()
    choices: tuple[Button, ...] = ()

    @property
    def turns(self) -> bool:
        """Whether there is a button that turns the page."""
        return any(not button.deletes for button in self.turning)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The dialogue on one platform. `room` and `size` are those of its messages."""

    platform: str
    service: Service
    buttons: Buttons
    room: Room
    size: Size
    longest_label: int
    labels_are_read: bool = False
    """Whether a press brings the labels beside the button, from which a question that it has no
    room for can be read."""

    def request(
        self,
        text: str = "",
        *,
        command: str | None = None,
        action: str = "",
        options: Mapping[str, str] | None = None,
        locale: str = "",
        target: Target | None = None,
    ) -> Request:
        """Return a request of today; `locale` is the asker's, which may say how dates are read.

        What the place chose goes before that, and says what today is.
        """
        zone, order = None, None
        if target is not None and self.service.desk is not None:
            scope = target.chat if target.server is None else target.server
            remembered = self.service.desk.remembered
            zone = remembered.zone(self.platform, scope, target.chat)
            order = remembered.order(self.platform, scope)
        return Request(
            today=self.service.today(zone),
            text=text,
            command=command,
            action=action,
            options=options or {},
            order=order or order_of(locale),
        )

    async def ask(
        self, request: Request, asker: Asker, context: Context | None = None
    ) -> Shown | Told | None:
        """Return the first page of the answer; a sentence or nothing to who asks too often.

        Without a context nothing that is kept can be asked for.
        """
        return await self._page(request, 1, asker, context)

    async def press(
        self,
        carried: str,
        asker: Asker,
        *,
        labels: Iterable[str] = (),
        question: str = "",
        locale: str = "",
        context: Context | None = None,
    ) -> Shown | Told | NotTheirs | Deletion | None:
        """Return what a press leads to.

        `question` is the message that was answered, `labels` are those of buttons there and on the
        message itself, for where the button has no room for what it asks.
        """
        press = self.buttons.read(carried, asker.place)
        if press is None:
            return Told(STALE)
        match press.action:
            case Action.DELETE:
                return Deletion(press.asker == asker.user)
            case Action.ASK:
                asked = press.text or _meant(press.mark, labels)
                if not asked:
                    return Told(STALE)
                target = context.target if context else None
                request = self.request(asked, locale=locale, target=target)
                return await self.ask(request, asker, context)
            case Action.PAGE:
                beside = _meant(press.mark, (question, *labels)) if press.mark else question
                press = replace(press, text=press.text or beside)
                if press.asker != asker.user:
                    return NotTheirs(press)
                return await self.turn(press, asker, context)

    async def turn(
        self, press: Press, asker: Asker, context: Context | None = None
    ) -> Shown | Told | None:
        """Return the page that was pressed, as it was on the day when it was first answered.

        What changes something is not asked again for that.
        """
        if not press.text or press.today is None:
            return Told(STALE)
        request = Request(today=press.today, text=press.text, order=press.order)
        at_desk = self._at_desk(request)
        if at_desk is not None and self._changes(at_desk):
            return Told(STALE)
        return await self._page(request, press.page, asker, context)

    async def _page(
        self, request: Request, number: int, asker: Asker, context: Context | None
    ) -> Shown | Told | None:
        began = time.perf_counter()
        service = self.service
        admission = service.rate.admit(
            (self.platform, asker.user), (self.platform, asker.place), time.monotonic()
        )
        if not admission.is_admitted:
            service.metrics.silenced(self.platform)
            return Told(too_fast(admission.wait)) if admission.tells else None
        reply = await self._reply(request, context)
        at_desk = self._at_desk(request) if context is not None else None
        is_one_page = at_desk is not None and self._changes(at_desk)
        try:
            paged = [self._one_page(reply)] if is_one_page else await self._pages(reply)
        except Exception:
            logger.exception("an answer could not be parted into pages")
            reply = broken()
            paged = await self._pages(reply)
        service.metrics.answered(
            self.platform, reply.command or "", reply.outcome, time.perf_counter() - began
        )
        return Shown(request, reply, paged[min(number, len(paged)) - 1])

    async def _reply(self, request: Request, context: Context | None) -> Reply:
        """Return the answer, of the desk to what is asked of it; a bug is said to be one."""
        desk = self.service.desk
        if desk is None or context is None:
            return await self.service.answering.reply(request)
        at_desk = self._at_desk(request)
        try:
            if at_desk is not None:
                return await desk.answer(at_desk, request, context)
            reply = await self.service.answering.reply(request)
            return await desk.beside(reply, request, context.target)
        except Exception:
            logger.exception("a question could not be answered at the desk")
            return broken()

    def _at_desk(self, request: Request) -> Invocation | None:
        """Return the command that a request asks of the desk, none where it asks something else."""
        desk = self.service.desk
        if desk is None:
            return None
        if request.command is not None:
            found = Invocation(request.command, request.options, action=request.action)
            return found if desk.knows(found.command) else None
        text = request.text.strip()
        text = f"/{text}" if _NOTICE.fullmatch(text.casefold()) else text
        if not is_command(text):
            return None
        try:
            found = read_command(text, self.service.answering.answerer.commands)
        except UserError:  # answered as every wrong command is
            return None
        return found if desk.knows(found.command) else None

    def is_at_desk(self, request: Request) -> bool:
        """Whether a request is for the desk, so that a channel needn't see the answer."""
        return self._at_desk(request) is not None

    def _changes(self, at_desk: Invocation) -> bool:
        desk = self.service.desk
        return desk is not None and not desk.reads_only(at_desk)

    def _one_page(self, reply: Reply) -> Page:
        """Return an answer as one page that can't be turned."""
        most = ROOM_AT_THE_DESK
        room = Room(max(most.items, self.room.items), max(most.size, self.room.size))
        page, *more = pages(reply, room, self.size)
        if not more:
            return page
        parts = (*page.parts, Note(MORE_AT_THE_DESK))
        return replace(page, parts=parts, count=1, items_left=0)

    async def _pages(self, reply: Reply) -> list[Page]:
        if len(reply.parts) <= PARTS_PAGED_AT_ONCE:
            return pages(reply, self.room, self.size)
        return await self.service.answering.ask(lambda: pages(reply, self.room, self.size))

    def may_look_up(self, user: int) -> bool:
        """Whether something is looked up for who is still typing; one too much is counted."""
        service = self.service
        admission = service.rate.admit_typing((self.platform, user), time.monotonic())
        if not admission.is_admitted:
            service.metrics.silenced(self.platform)
        return admission.is_admitted

    def keyboard(
        self, shown: Shown, asker: Asker, *, deletable: bool = False, is_reply: bool = False
    ) -> Keyboard:
        """Return the buttons of a page; one whose question has no room anywhere is left out.

        `is_reply` says that the message asked can be read again from the answer.
        """
        turning = self._turning(shown, asker, is_reply=is_reply)
        if deletable:
            carries = self.buttons.write(Press(Action.DELETE, asker=asker.user), asker.place)
            turning += [Button("Delete", carries, deletes=True)] if carries else []
        return Keyboard(tuple(turning), tuple(self._choices(shown, asker.place)))

    def whole(self, shown: Shown, keyboard: Keyboard) -> Shown:
        """Return the page, with a sentence where these buttons don't reach the others."""
        page = shown.page
        if page.count == 1 or keyboard.turns:
            return shown
        return replace(shown, page=replace(page, parts=(*page.parts, Note(TOO_LONG_TO_TURN))))

    def choices_only(self, shown: Shown, place: int) -> Keyboard:
        """Return the buttons of a page that nobody asked for: what may be asked next."""
        return Keyboard((), tuple(self._choices(shown, place)))

    def _turning(self, shown: Shown, asker: Asker, *, is_reply: bool) -> list[Button]:
        page = shown.page
        wanted = [("Back", page.number - 1)] if page.number > 1 else []
        if page.number < page.count:
            label = f"More ({page.items_left})" if page.items_left else "More"
            wanted.append((label, page.number + 1))
        found = []
        for label, number in wanted:
            carries = self._page_button(shown.request, number, asker, is_reply=is_reply)
            if carries:
                found.append(Button(label, carries))
        return found

    def _page_button(
        self, request: Request, number: int, asker: Asker, *, is_reply: bool
    ) -> str | None:
        press = Press(Action.PAGE, "", asker.user, number, request.today, request.order)
        if question := self._question(request):
            carries = self.buttons.write(replace(press, text=question), asker.place)
            if carries:
                return carries
        if not is_reply:
            return None
        mark = mark_of(question) if question and self.labels_are_read else ""
        return self.buttons.write(replace(press, mark=mark), asker.place)

    def _question(self, request: Request) -> str:
        """Return a text that asks the same; nothing where there is none."""
        if request.command is None:
            return " ".join(request.text.split())
        commands = self.service.answering.answerer.commands
        try:
            return write_command(request.command, request.options, commands, request.action)
        except ValueError:
            return ""

    def _choices(self, shown: Shown, place: int) -> list[Button]:
        found = []
        for ask in shown.page.choices:
            if utf16_length(ask) > self.longest_label:
                continue
            carries = self.buttons.write(Press(Action.ASK, ask), place)
            if carries is None and self.labels_are_read:
                carries = self.buttons.write(Press(Action.ASK, mark=mark_of(ask)), place)
            if carries is not None:
                found.append(Button(ask, carries))
        return found


def _meant(mark: str, texts: Iterable[str]) -> str:
    """Return the text that a button means, nothing where it stands there no more."""
    return next((text for text in texts if mark_of(text) == mark), "")


def is_only_talk(shown: Shown) -> bool:
    """Whether nothing was understood that is no question either, such as thanks for an answer."""
    reply, text = shown.reply, shown.request.text
    is_understood = reply.command is not None or reply.outcome is not Outcome.INVALID
    return not is_understood and "?" not in text


def order_of(locale: str) -> Order:
    """Return how numeric dates of somebody with this locale ("en-US") are read."""
    is_american = locale.casefold().replace("_", "-") == MONTH_FIRST_LOCALE
    return Order.MONTH_FIRST if is_american else Order.DAY_FIRST


def too_fast(wait: int) -> str:
    """Return what is said once to who asks too often; `wait` is in seconds."""
    seconds = "1 second" if wait == 1 else f"{wait} seconds"
    return f"That was a lot at once. Ask again in {seconds}."
