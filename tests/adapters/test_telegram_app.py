"""The real adapter with the real library on an emulated Bot API: questions, pages, presses."""

from __future__ import annotations

import time

import pytest
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_world import Chat, User
from telegram_running import QUIET, edited, until

from adapters.telegram import conversation
from bot.answering import Answering
from bot.dialogue import NOT_YOURS, NOT_YOURS_TO_DELETE, STALE

pytestmark = pytest.mark.usefixtures("bot")


# -- a conversation -------------------------------------------------------------------------------


def test_a_question_in_private_is_answered_with_its_source(
    telegram: TelegramEmulator, anna: User
) -> None:
    answer = telegram.ask(anna, telegram.private(anna), "who was mercador")
    assert answer.text.startswith("Ramón Mercader\n\n")
    assert "\n\nSource: Leon Trotsky, Assassination\n" in answer.text


def test_an_answer_in_private_is_no_reply_and_has_no_delete_button(
    telegram: TelegramEmulator, anna: User
) -> None:
    answer = telegram.ask(anna, telegram.private(anna), "who was mercador")
    assert answer.reply_to is None
    assert "Delete" not in [button.text for button in answer.buttons]


def test_an_answer_in_a_group_replies_and_can_be_deleted(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    question = telegram.say(anna, group, "/whowas@daybook_test_bot Trotsky")
    answer = telegram.wait_for_message(group, after=question)
    assert answer.reply_to == question.id
    assert answer.button("Delete")


def test_nobody_is_pinged_and_nothing_previewed(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    telegram.user("Eve", username="evesdropper")
    answer = telegram.ask(anna, group, "/whowas @evesdropper of https://example.com/x #tag")
    assert [one.type for one in answer.live] in ([], ["bot_command"])
    assert not answer.shows_preview
    assert [user.first_name for user in answer.pings] == ["Anna"]  # it replies to her


def test_pages_turn_in_place(telegram: TelegramEmulator, anna: User) -> None:
    chat = telegram.private(anna)
    first = telegram.ask(anna, chat, "who was mercador")
    telegram.press(anna, first, "More")
    second = edited(telegram, first)
    assert second.text.endswith("Page 2 of 2")
    telegram.press(anna, second, "Back")
    assert edited(telegram, second).text == first.text
    assert len(telegram.messages(chat, by_bot=True)) == 1


def test_a_long_question_is_replied_to_so_that_its_pages_turn(
    telegram: TelegramEmulator, anna: User
) -> None:
    text = "please could you tell me who was Ramón Mercader"
    question = telegram.say(anna, telegram.private(anna), text)
    first = telegram.wait_for_message(telegram.private(anna), after=question)
    assert first.reply_to == question.id
    telegram.press(anna, first, "More")
    assert "Page 2 of" in edited(telegram, first).text


def test_a_choice_of_several_people_is_answered_in_place(
    telegram: TelegramEmulator, anna: User
) -> None:
    asked = telegram.ask(anna, telegram.private(anna), "who was Kamenev")
    telegram.press(anna, asked, "Lev Kamenev")
    assert edited(telegram, asked).text.startswith("Lev Kamenev (died 25 August 1936)")


def test_another_choice_is_answered_in_a_new_message(
    telegram: TelegramEmulator, anna: User
) -> None:
    greeting = telegram.ask(anna, telegram.private(anna), "/start")
    telegram.press(anna, greeting, "who was Leon Trotsky")
    answer = telegram.wait_for_message(telegram.private(anna), after=greeting)
    assert answer.text.startswith("Leon Trotsky (")
    assert telegram.look(greeting).edits == 0


def test_somebody_elses_choice_leaves_the_answer_as_it_is(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat
) -> None:
    asked = telegram.ask(anna, group, "/whowas Kamenev")
    telegram.press(bob, asked, "Lev Kamenev")
    answer = telegram.wait_for_message(group, after=asked)
    assert answer.text.startswith("Lev Kamenev (")
    assert telegram.look(asked).edits == 0


def test_somebody_else_cannot_turn_the_pages(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat
) -> None:
    answer = telegram.ask(anna, group, "/whowas mercador")
    pressed = telegram.press(bob, answer, "More")
    assert (pressed.text, pressed.alert) == (NOT_YOURS, True)
    assert telegram.look(answer).edits == 0


def test_the_asker_deletes_an_answer(telegram: TelegramEmulator, anna: User, group: Chat) -> None:
    answer = telegram.ask(anna, group, "/whowas mercador")
    telegram.press(anna, answer, "Delete")
    until(lambda: telegram.look(answer).deleted, "deleted")


def test_somebody_else_cannot_delete_an_answer(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat
) -> None:
    answer = telegram.ask(anna, group, "/whowas mercador")
    assert telegram.press(bob, answer, "Delete").text == NOT_YOURS_TO_DELETE
    assert not telegram.look(answer).deleted


def test_an_admin_deletes_an_answer_until_demoted(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat
) -> None:
    first = telegram.ask(anna, group, "/whowas mercador")
    second = telegram.ask(anna, group, "/whowas Kamenev")
    telegram.promote(group, bob)
    telegram.press(bob, first, "Delete")
    until(lambda: telegram.look(first).deleted, "deleted")
    telegram.demote(group, bob)
    assert telegram.press(bob, second, "Delete").text == NOT_YOURS_TO_DELETE


def test_an_anonymous_admin_is_answered_and_any_admin_turns_the_pages(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat
) -> None:
    telegram.promote(group, anna, anonymous=True)
    answer = telegram.ask(anna, group, "/whowas mercador")
    assert telegram.press(bob, answer, "More").text == NOT_YOURS
    telegram.press(anna, answer, "More")
    assert "Page 2 of 2" in edited(telegram, answer).text


@pytest.mark.parametrize("data", ["x", "nAAAAAAAAa21 August", "eAAAAAAAAdzz", "", "ñ" * 20])
def test_forged_data_does_nothing(
    telegram: TelegramEmulator, anna: User, group: Chat, data: str
) -> None:
    answer = telegram.ask(anna, group, "/whowas mercador")
    assert telegram.press_raw(anna, answer, data).text == STALE
    assert telegram.look(answer).edits == 0


def test_a_button_of_another_chat_does_nothing(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    other = telegram.supergroup("Another", [anna])
    answer = telegram.ask(anna, group, "/whowas mercador")
    data = answer.button("More").data
    assert telegram.press_raw(anna, answer, data, chat=other).text == STALE


def test_a_button_of_a_message_out_of_reach_says_so(
    telegram: TelegramEmulator, anna: User, group: Chat
) -> None:
    answer = telegram.ask(anna, group, "/whowas mercador")
    data = answer.button("More").data
    assert telegram.press_raw(anna, answer, data, inaccessible=True).text == STALE


@pytest.mark.parametrize("button", ["More", "Delete"])
def test_a_button_of_ones_own_does_nothing_to_somebody_elses_answer(
    telegram: TelegramEmulator, anna: User, bob: User, group: Chat, button: str
) -> None:
    own = telegram.ask(anna, group, "/whowas mercador")
    other = telegram.ask(bob, group, "/whowas Lenin")
    telegram.press_raw(anna, other, own.button(button).data)
    time.sleep(QUIET)
    assert (telegram.look(other).edits, telegram.look(other).deleted) == (0, False)


def test_a_button_pressed_twice_at_once_acts_once(telegram: TelegramEmulator, anna: User) -> None:
    first = telegram.ask(anna, telegram.private(anna), "who was mercador")
    data = first.button("More").data
    queries = [telegram.press_only(anna, first, data) for _ in range(2)]
    assert [telegram.answer_to(query).text for query in queries] == ["", ""]
    assert "Page 2 of 2" in edited(telegram, first).text


def test_every_press_is_answered_once(telegram: TelegramEmulator, anna: User, group: Chat) -> None:
    answer = telegram.ask(anna, group, "/whowas mercador")
    for data in ("x", answer.button("More").data, answer.button("Delete").data):
        telegram.press_raw(anna, answer, data)
    until(lambda: telegram.look(answer).deleted, "deleted")
    assert len(telegram.calls_of("answerCallbackQuery")) == 3


def test_a_press_that_breaks_is_answered(
    telegram: TelegramEmulator, anna: User, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = telegram.ask(anna, telegram.private(anna), "who was mercador")
    monkeypatch.setattr(answering, "reply", lambda request: 1 / 0)
    assert telegram.press(anna, answer, "More").text == conversation.BROKEN


def test_a_question_that_breaks_is_said_to_be_and_the_bot_goes_on(
    telegram: TelegramEmulator, anna: User, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = telegram.private(anna)
    with monkeypatch.context() as patch:
        patch.setattr(answering, "reply", lambda request: 1 / 0)
        assert telegram.ask(anna, chat, "31 June").text.startswith("Something is broken here")
    assert telegram.ask(anna, chat, "31 June").text.startswith("June has 30 days.")
