"""What becomes of an arrival: the calls that answer it.

In groups an answer replies to its question, so that it is seen whose it is and so that a button can
read the question again; in a private chat only where a button needs that. Every press is answered
exactly once, whatever happens. https://core.telegram.org/bots/api#answercallbackquery
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any

from adapters.telegram import inline
from adapters.telegram.calls import Calls, MovedError
from adapters.telegram.deep_link import GREETING, question_of
from adapters.telegram.desk_context import PLATFORM, Download, Reach, context_of, target_of
from adapters.telegram.files import no_files, with_file
from adapters.telegram.parse import (
    Added,
    Arrival,
    Chat,
    Me,
    Migrated,
    Pressed,
    Question,
    Removed,
    Start,
    Typed,
)
from adapters.telegram.render import IN_PLACE, message, sentence
from bot.answer import broken
from bot.buttons import Action
from bot.command import Request
from bot.dialogue import (
    NOT_YOURS,
    NOT_YOURS_TO_DELETE,
    STALE,
    Asker,
    Deletion,
    Dialogue,
    NotTheirs,
    Shown,
    Told,
    is_only_talk,
)
from bot.inline_lookup import look_up
from bot.pages import Page
from bot.reply import Note, Outcome
from bot.seen import Seen

Payload = dict[str, Any]

logger = logging.getLogger("daybook")

ADMINS = frozenset({"creator", "administrator"})

GREETED_SECONDS = 60.0
"""Within which a group that was greeted isn't greeted again: it is added and told /start at once,
by the link that adds it, and a group that becomes a supergroup is added anew."""
MOST_GREETED = 1_000

GREET = "/start"

NOT_DELETED = (
    "That could not be deleted. Telegram lets me delete my messages for 48 hours only; an admin can"
    " do it."
)
BROKEN = "Something is broken here, and it has been logged."

PRIVACY = (
    "How to ask here: begin with a command, or reply to one of my messages. Unless I am an admin,"
    " nothing else in this group reaches me, not even my @name."
)
"""Said in groups while Telegram's privacy mode is on: https://core.telegram.org/bots/faq."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What who pressed is told, and the call that follows."""

    text: str = ""
    is_alert: bool = False
    shown: Shown | None = None
    asker: Asker | None = None
    in_place: bool = False
    is_turned: bool = False


class Conversation:
    """The conversations of one bot."""

    def __init__(
        self, dialogue: Dialogue, calls: Calls, me: Me, download: Download | None = None
    ) -> None:
        """Take what answers, what calls, who the bot is, and what gives a file's content."""
        self._reach = Reach(calls, download or no_files)
        self._dialogue = dialogue
        self._calls = calls
        self._me = me
        self._greeted: OrderedDict[int, float] = OrderedDict()
        self._pressed_before = Seen()

    async def handle(self, arrival: Arrival) -> None:
        """Answer an arrival; a bug is logged whole and said to be one."""
        try:
            await self._handle(arrival)
        except Exception:
            logger.exception("an update could not be answered")
            if isinstance(arrival, (Question, Start)):
                await self._say(_first_sentence(broken().parts), arrival)

    async def _handle(self, arrival: Arrival) -> None:
        match arrival:
            case Question():
                await self._answer(self._request(arrival), arrival)
            case Start():
                await self._start(arrival)
            case Pressed():
                await self._press(arrival)
            case Typed():
                await self._type(arrival)
            case Added():
                await self._greet(arrival)
            case Removed(chat):
                logger.info("the bot was removed from, or blocked in, a %s", chat.kind)
            case Migrated(old, new):
                if self._dialogue.service.desk is not None:
                    self._dialogue.service.desk.remembered.moved(PLATFORM, old, new)
                if old in self._greeted:
                    self._is_greeted_now(new)

    # -- questions -------------------------------------------------------------------------------

    async def _start(self, start: Start) -> None:
        if start.chat.is_group and start.payload == GREETING:
            # the link that adds the bot has it told this as well
            if not self._was_greeted(start.chat.id):
                await self._greet(Added(start.chat, start.asker, start.locale))
            return
        text = question_of(start.payload) or GREET
        question = Question(text, start.chat, start.message, start.asker, start.locale)
        request = self._request(question)
        if self._dialogue.is_at_desk(request):  # whoever wrote the link would have had it done
            question = replace(question, text=GREET)
            request = self._request(question)
        await self._answer(request, question)

    def _request(self, question: Question) -> Request:
        target = target_of(question.chat)
        return self._dialogue.request(question.text, locale=question.locale, target=target)

    async def _answer(self, request: Request, question: Question) -> None:
        context = context_of(question.chat, question.asker, question.file, self._reach)
        asker = Asker(question.asker, question.chat.id)
        outcome = await self._dialogue.ask(request, asker, context)
        match outcome:
            case Shown() if question.is_talk and is_only_talk(outcome):
                pass
            case Shown():
                await self._send(outcome, question.chat, asker, question.message, is_question=True)
            case Told(text):
                await self._say(text, question)
            case None:
                pass

    async def _say(self, text: str, question: Question | Start) -> None:
        chat, payload = question.chat, sentence(text)
        reply_to = 0 if chat.is_private else question.message
        try:
            await self._to(chat, payload, reply_to)
        except MovedError as error:
            await self._to(_moved(chat, error), payload, reply_to)

    async def _greet(self, added: Added) -> None:
        if not added.may_write or self._was_greeted(added.chat.id):
            return
        self._is_greeted_now(added.chat.id)
        asker = Asker(added.by, added.chat.id)
        request = self._dialogue.request(command="start", locale=added.locale)
        shown = await self._dialogue.ask(request, asker)
        if not isinstance(shown, Shown):
            return
        if not added.is_admin:
            shown = self._with_privacy(shown)
        await self._send(shown, added.chat, asker, 0, is_question=False)

    def _was_greeted(self, chat: int) -> bool:
        return time.monotonic() - self._greeted.get(chat, -GREETED_SECONDS) < GREETED_SECONDS

    def _is_greeted_now(self, chat: int) -> None:
        self._greeted[chat] = time.monotonic()
        self._greeted.move_to_end(chat)
        if len(self._greeted) > MOST_GREETED:
            self._greeted.popitem(last=False)

    def _with_privacy(self, shown: Shown) -> Shown:
        """Return a page that says, too, how to ask in a group where not everything arrives."""
        if self._me.reads_all:
            return shown
        page: Page = replace(shown.page, parts=(*shown.page.parts, Note(PRIVACY)))
        return replace(shown, page=page)

    # -- messages --------------------------------------------------------------------------------

    async def _send(
        self, shown: Shown, chat: Chat, asker: Asker, reply_to: int, *, is_question: bool
    ) -> None:
        """Send a page; `is_question` says that the message replied to asks for just this page."""
        try:
            await self._send_to(shown, chat, asker, reply_to, is_question=is_question)
        except MovedError as error:  # buttons are signed for their chat, so they are made anew
            await self._send_to(
                shown,
                _moved(chat, error),
                replace(asker, place=error.chat),
                reply_to,
                is_question=is_question,
            )

    async def _send_to(
        self, shown: Shown, chat: Chat, asker: Asker, reply_to: int, *, is_question: bool
    ) -> None:
        payload = self._payload(shown, chat, asker, is_reply=is_question and not chat.is_private)
        if shown.reply.file is not None:
            payload = with_file(payload, shown.reply.file)
        if not chat.is_private:
            await self._to(chat, payload, reply_to)
            return
        if is_question and not self._can_turn(shown, asker):
            payload = self._payload(shown, chat, asker, is_reply=True)
            await self._to(chat, payload, reply_to)
            return
        await self._to(chat, payload, 0)

    def _can_turn(self, shown: Shown, asker: Asker) -> bool:
        return shown.page.count == 1 or self._dialogue.keyboard(shown, asker).turns

    def _payload(self, shown: Shown, chat: Chat, asker: Asker, *, is_reply: bool) -> Payload:
        command = shown.reply.command
        keyboard = self._dialogue.keyboard(
            shown, asker, deletable=not chat.is_private, is_reply=is_reply
        )
        shown = self._dialogue.whole(shown, keyboard)
        if command == "help" and chat.is_group and shown.page.number == 1:
            shown = self._with_privacy(shown)
        return message(
            shown.page,
            keyboard,
            commands=self._commands() if command in ("help", "start") else (),
            in_place=shown.reply.outcome is Outcome.AMBIGUOUS,
        )

    def _commands(self) -> tuple[str, ...]:
        return tuple(self._dialogue.service.answering.answerer.commands)

    async def _to(self, chat: Chat, payload: Payload, reply_to: int) -> None:
        parameters: Payload = {"chat_id": chat.id, **payload}
        if chat.topic is not None:
            parameters["message_thread_id"] = chat.topic
        if reply_to:
            parameters["reply_parameters"] = {
                "message_id": reply_to,
                "allow_sending_without_reply": True,
            }
        await self._calls.send(parameters)

    # -- presses ---------------------------------------------------------------------------------

    async def _press(self, pressed: Pressed) -> None:
        if not self._pressed_before.is_new(pressed.id):
            return
        try:
            reaction = await self._reaction(pressed)
        except Exception:
            logger.exception("a press could not be answered")
            reaction = Reaction(BROKEN, is_alert=True)
        parameters: Payload = {"callback_query_id": pressed.id}
        if reaction.text:
            parameters |= {"text": reaction.text, "show_alert": reaction.is_alert}
        await self._calls.make("answerCallbackQuery", parameters)
        if pressed.chat is not None:
            await self._show(reaction, pressed, pressed.chat)

    async def _reaction(self, pressed: Pressed) -> Reaction:
        if pressed.chat is None:
            return Reaction(STALE, is_alert=True)
        asker = Asker(pressed.user, pressed.chat.id)
        mark, carries = pressed.data[:1], pressed.data[1:]
        press = self._dialogue.buttons.read(carries, asker.place)
        if press is not None and not pressed.is_on_message:
            # pressed twice, and gone by now; or sent from another message by a client of its own
            return Reaction()
        context = context_of(pressed.chat, pressed.user, None, self._reach)
        outcome = await self._dialogue.press(
            carries,
            asker,
            labels=(*pressed.labels, *pressed.answered_labels),
            question=pressed.question,
            locale=pressed.locale,
            context=context,
        )
        if isinstance(outcome, NotTheirs):
            who = outcome.press.asker
            if who != pressed.chat.id or not await self._is_admin(pressed):
                return Reaction(NOT_YOURS, is_alert=True)
            asker = replace(asker, user=who)  # asked by an admin who speaks as the group
            outcome = await self._dialogue.turn(outcome.press, asker, context)
        match outcome:
            case Shown():
                is_turned = press is not None and press.action is Action.PAGE
                in_place = is_turned or (mark == IN_PLACE and self._is_asker(pressed))
                return Reaction("", False, outcome, asker, in_place, is_turned)
            case Deletion(is_asker):
                return await self._delete(pressed, pressed.chat, may=is_asker)
            case Told(text):
                return Reaction(text, is_alert=text == STALE)
            case _:
                return Reaction()

    def _is_asker(self, pressed: Pressed) -> bool:
        is_private = pressed.chat is not None and pressed.chat.is_private
        return is_private or pressed.asked_by == pressed.user

    async def _show(self, reaction: Reaction, pressed: Pressed, chat: Chat) -> None:
        shown, asker = reaction.shown, reaction.asker
        if shown is None or asker is None:
            return
        asked = shown.request.text
        # in the place of its button the choice could be read no more for turning its pages
        in_place = reaction.in_place and (reaction.is_turned or self._can_turn(shown, asker))
        if not in_place:
            is_choice = asked in pressed.labels
            await self._send(shown, chat, asker, pressed.message, is_question=is_choice)
            return
        is_reply = reaction.is_turned and asked in (pressed.question, *pressed.answered_labels)
        payload = self._payload(shown, chat, asker, is_reply=is_reply)
        where = {"chat_id": chat.id, "message_id": pressed.message}
        await self._calls.make("editMessageText", {**where, **payload})

    async def _delete(self, pressed: Pressed, chat: Chat, *, may: bool) -> Reaction:
        if not may and not await self._is_admin(pressed):
            return Reaction(NOT_YOURS_TO_DELETE, is_alert=True)
        where = {"chat_id": chat.id, "message_id": pressed.message}
        is_done = await self._calls.make("deleteMessage", where)
        return Reaction() if is_done else Reaction(NOT_DELETED, is_alert=True)

    async def _is_admin(self, pressed: Pressed) -> bool:
        """Ask Telegram whether who pressed is an admin now; what can't be known is none."""
        if pressed.chat is None:
            return False
        where = {"chat_id": pressed.chat.id, "user_id": pressed.user}
        member = await self._calls.make("getChatMember", where)
        return isinstance(member, dict) and member.get("status") in ADMINS

    # -- inline ----------------------------------------------------------------------------------

    async def _type(self, typed: Typed) -> None:
        began = time.perf_counter()
        service = self._dialogue.service
        platform = self._dialogue.platform
        if not self._dialogue.may_look_up(typed.user):
            await self._calls.make("answerInlineQuery", inline.nothing(typed.id))
            return
        answer = await self._inline_answer(typed)
        outcome = Outcome.FOUND if answer["results"] else Outcome.NOT_FOUND
        service.metrics.answered(platform, "inline", outcome, time.perf_counter() - began)
        await self._calls.make("answerInlineQuery", answer)

    async def _inline_answer(self, typed: Typed) -> Payload:
        service = self._dialogue.service
        answerer = service.answering.answerer
        first = inline.first_of(typed.offset)
        now = service.clock().astimezone(service.zone)

        def request(text: str) -> Request:
            return self._dialogue.request(text, locale=typed.locale)

        def made() -> Payload:
            found = look_up(answerer, request, typed.text, first, inline.RESULTS_A_PAGE)
            return inline.answer(typed.id, typed.text, found, now)

        return await service.answering.ask(made)


def _moved(chat: Chat, error: MovedError) -> Chat:
    return replace(chat, id=error.chat, kind="supergroup")


def _first_sentence(parts: tuple[Any, ...]) -> str:
    return next((part.text for part in parts if isinstance(part, Note)), BROKEN)
