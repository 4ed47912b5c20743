# ruff: noqa: ANN401 - JSON may be anything
"""What people do and see: pressing, inline queries, live parts, pings, previews."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from emulators.telegram_raw import Raw, raw
from emulators.telegram_seen import Seen
from emulators.telegram_world import User


@pytest.fixture
def call() -> Iterator[Raw]:
    with raw(inline_feedback=True, inline_cache=True) as one:
        yield one


@pytest.fixture
def anna(call: Raw) -> User:
    user = call.emulator.user("Anna", username="anna_b")
    call.emulator.private(user)
    return user


def serve(call: Raw, bot: Callable[[dict[str, Any]], None], act: Callable[[], Any]) -> Any:
    """Do `act` while `bot` handles one update."""

    def handle() -> None:
        for update in call("getUpdates", timeout=5):
            bot(update)
            call("getUpdates", offset=update["update_id"] + 1)

    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(handle)
        result = act()
        waiting.result(5)
    return result


KEYBOARD = {
    "inline_keyboard": [
        [{"text": "One", "callback_data": "1"}, {"text": "Two", "callback_data": "2"}],
        [{"text": "Page", "url": "https://example.org/"}],
    ]
}


def with_buttons(call: Raw, anna: User) -> Seen:
    call("sendMessage", chat_id=anna.id, text="a", reply_markup=KEYBOARD)
    return call.emulator.wait_for_message(call.emulator.private(anna))


def test_buttons_are_seen_in_their_rows(call: Raw, anna: User) -> None:
    message = with_buttons(call, anna)
    assert message.button_texts == [["One", "Two"], ["Page"]]
    assert message.button("Two").data == "2"
    assert message.button("Page").value == "https://example.org/"


def test_a_pressed_button_is_answered(call: Raw, anna: User) -> None:
    message = with_buttons(call, anna)
    pressed: list[dict[str, Any]] = []

    def bot(update: dict[str, Any]) -> None:
        pressed.append(update["callback_query"])
        number = update["callback_query"]["id"]
        call("answerCallbackQuery", callback_query_id=number, text="ok", show_alert=True)

    answer = serve(call, bot, lambda: call.emulator.press(anna, message, "Tw"))
    assert (answer.text, answer.alert) == ("ok", True)
    assert pressed[0]["data"] == "2"
    assert pressed[0]["message"]["message_id"] == message.id
    assert pressed[0]["from"]["username"] == "anna_b"


def test_only_a_callback_button_that_is_there_can_be_pressed(call: Raw, anna: User) -> None:
    message = with_buttons(call, anna)
    with pytest.raises(LookupError):
        call.emulator.press(anna, message, "Three")
    with pytest.raises(ValueError, match="no callback_data"):
        call.emulator.press(anna, message, "Page")


def test_a_press_without_an_answer_is_noticed(call: Raw, anna: User) -> None:
    message = with_buttons(call, anna)
    with pytest.raises(TimeoutError, match="the answer to a pressed button"):
        call.emulator.press(anna, message, "One", timeout=0.1)


def test_a_press_can_be_forged(call: Raw, anna: User) -> None:
    message, group = with_buttons(call, anna), call.emulator.group()
    call.emulator.press_only(anna, message, "forged", chat=group)
    query = call.emulator.updates[-1]["callback_query"]
    assert (query["data"], query["message"]["chat"]["id"]) == ("forged", group.id)


def test_an_old_message_comes_without_its_content(call: Raw, anna: User) -> None:
    message = with_buttons(call, anna)
    call.emulator.press_only(anna, message, "1", inaccessible=True)
    shown = call.emulator.updates[-1]["callback_query"]["message"]
    assert (shown["date"], set(shown)) == (0, {"chat", "message_id", "date"})


def test_a_button_of_a_deleted_message_comes_without_its_content(call: Raw, anna: User) -> None:
    message = with_buttons(call, anna)
    call.emulator.delete(message)
    call.emulator.press_only(anna, message, "1")
    assert call.emulator.updates[-1]["callback_query"]["message"]["date"] == 0


def test_a_predicate_may_look_at_other_things(call: Raw, anna: User) -> None:
    chat = call.emulator.private(anna)
    call("sendMessage", chat_id=anna.id, text="a")
    found = call.emulator.wait_for_message(chat, lambda one: call.emulator.look(one).text == "a")
    assert found.text == "a"


ARTICLE = {
    "type": "article",
    "id": "curie",
    "title": "Marie Curie",
    "input_message_content": {"message_text": "<b>Curie</b>", "parse_mode": "HTML"},
}


def answer_inline(call: Raw, **more: Any) -> Callable[[dict[str, Any]], None]:
    def bot(update: dict[str, Any]) -> None:
        number = update["inline_query"]["id"]
        call("answerInlineQuery", inline_query_id=number, **{"results": [ARTICLE], **more})

    return bot


def test_an_inline_query_gets_its_results(call: Raw, anna: User) -> None:
    answer = serve(
        call,
        answer_inline(call, next_offset="20", cache_time=5),
        lambda: call.emulator.inline(anna, "curie"),
    )
    assert [one["title"] for one in answer.results] == ["Marie Curie"]
    assert (answer.next_offset, answer.cache_time, answer.is_personal) == ("20", 5, False)
    assert call.emulator.updates[0]["inline_query"]["offset"] == ""


@pytest.mark.parametrize("personal", [True, False])
def test_another_user_gets_the_cached_answer_unless_it_is_personal(
    call: Raw, anna: User, personal: bool
) -> None:
    bot = answer_inline(call, is_personal=personal)
    serve(call, bot, lambda: call.emulator.inline(anna, "curie"))
    ben = call.emulator.user("Ben")
    if personal:
        with pytest.raises(TimeoutError):
            call.emulator.inline(ben, "curie", timeout=0.1)
    else:
        assert call.emulator.inline(ben, "curie", timeout=0.1).results[0]["id"] == "curie"


def test_a_chosen_result_is_sent_via_the_bot(call: Raw, anna: User) -> None:
    group = call.emulator.group(members=[anna])
    answer = serve(call, answer_inline(call), lambda: call.emulator.inline(anna, "curie"))
    message = call.emulator.choose(answer, "curie", group)
    assert (message.text, message.formats) == ("Curie", (("bold", "Curie"),))
    chosen, arrived = call.emulator.updates[-2:]
    assert chosen["chosen_inline_result"]["result_id"] == "curie"
    assert arrived["message"]["via_bot"]["id"] == call.emulator.bot.id
    assert message.inline_id is None  # without buttons there is nothing to edit it by


def test_a_chosen_result_with_buttons_can_be_edited(call: Raw, anna: User) -> None:
    group = call.emulator.group(members=[anna])
    result = {**ARTICLE, "reply_markup": KEYBOARD}
    bot = answer_inline(call, results=[result])
    answer = serve(call, bot, lambda: call.emulator.inline(anna, "curie"))
    message = call.emulator.choose(answer, 0, group)
    call.emulator.press_only(anna, message, "1")
    query = call.emulator.updates[-1]["callback_query"]
    assert "message" not in query
    assert call("editMessageText", inline_message_id=query["inline_message_id"], text="b") is True
    assert call.emulator.look(message).text == "b"


def sent(call: Raw, text: str, **more: Any) -> Seen:
    chat = call.emulator.group()
    call("sendMessage", chat_id=chat.id, text=text, **more)
    return call.emulator.wait_for_message(chat)


def test_live_parts_and_formats_are_told_apart(call: Raw) -> None:
    text = '<b>bold</b> <a href="https://a.org/x">here</a> x.com @anna_b /start #tag $USD'
    message = sent(call, text, parse_mode="HTML")
    assert message.formats == (("bold", "bold"),)
    assert [(one.type, one.text, one.target) for one in message.live] == [
        ("text_link", "here", "https://a.org/x"),
        ("url", "x.com", None),
        ("mention", "@anna_b", None),
        ("bot_command", "/start", None),
        ("hashtag", "#tag", None),
        ("cashtag", "$USD", None),
    ]


def test_plain_words_are_not_live(call: Raw) -> None:
    message = sent(call, "Marie Curie, 1867-1934: physicist & chemist (Poland/France) 100%.")
    assert (message.live, message.formats, message.pings) == ((), (), ())


def test_a_name_pings_who_bears_it(call: Raw, anna: User) -> None:
    assert sent(call, "see @Anna_B").pings == (anna,)
    assert sent(call, "see @somebody_else").pings == ()
    assert sent(call, "see anna_b").pings == ()


def test_a_mention_by_number_pings(call: Raw, anna: User) -> None:
    text = f'<a href="tg://user?id={anna.id}">you</a>'
    message = sent(call, text, parse_mode="HTML")
    assert message.pings == (anna,)
    assert message.live[0].type == "text_mention"


def test_a_mention_of_a_stranger_is_dropped(call: Raw) -> None:
    assert sent(call, '<a href="tg://user?id=9">you</a>', parse_mode="HTML").live == ()


def test_a_reply_pings_the_author(call: Raw, anna: User) -> None:
    chat = call.emulator.group(members=[anna])
    asked = call.emulator.say(anna, chat, "/help")
    call("sendMessage", chat_id=chat.id, text="a", reply_parameters={"message_id": asked.id})
    answer = call.emulator.wait_for_message(chat, after=asked)
    assert (answer.reply_to, answer.pings) == (asked.id, (anna,))


def test_who_names_or_answers_oneself_is_not_pinged(call: Raw, anna: User) -> None:
    chat = call.emulator.group(members=[anna])
    first = call.emulator.say(anna, chat, "I am @anna_b")
    assert first.pings == ()
    assert call.emulator.say(anna, chat, "as I said", reply_to=first).pings == ()


PREVIEWS = [
    # (text, more, whether clients load a page's preview)
    ("no link", {}, False),
    ("https://example.org/a", {}, True),
    ("example.org", {}, False),
    ("example.org/a", {}, True),
    ("https://example.org/a", {"link_preview_options": {"is_disabled": True}}, False),
    ("no link", {"link_preview_options": {"url": "https://example.org/"}}, True),
    ('<a href="https://example.org">a</a>', {"parse_mode": "HTML"}, True),
    ("<code>https://example.org/a</code>", {"parse_mode": "HTML"}, False),
]


@pytest.mark.parametrize(("text", "more", "shown"), PREVIEWS)
def test_a_preview_is_shown_where_a_client_shows_it(
    call: Raw, text: str, more: dict[str, Any], shown: bool
) -> None:
    assert sent(call, text, **more).shows_preview is shown


def test_an_edited_message_is_seen_as_it_is_now(call: Raw, anna: User) -> None:
    chat = call.emulator.private(anna)
    number = call("sendMessage", chat_id=anna.id, text="a")["message_id"]
    before = call.emulator.wait_for_message(chat)
    call("editMessageText", chat_id=anna.id, message_id=number, text="b")
    assert (before.text, call.emulator.look(before).text) == ("a", "b")
    call("deleteMessage", chat_id=anna.id, message_id=number)
    assert call.emulator.look(before).deleted
    assert call.emulator.messages(chat) == []


def test_waiting_for_a_message_has_an_end_and_tells_the_last_calls(call: Raw, anna: User) -> None:
    call.refusal("sendMessage", chat_id=anna.id, text="")
    with pytest.raises(TimeoutError, match="message text is empty"):
        call.emulator.wait_for_message(call.emulator.private(anna), timeout=0.05)


def test_who_has_blocked_the_bot_can_not_write_to_it(call: Raw, anna: User) -> None:
    call.emulator.block(anna)
    with pytest.raises(ValueError, match="has blocked the bot"):
        call.emulator.say(anna, call.emulator.private(anna), "hi")


def test_a_forwarded_message_tells_its_origin(call: Raw, anna: User) -> None:
    ben = call.emulator.user("Ben")
    call.emulator.say(anna, call.emulator.private(anna), "old", forwarded=ben)
    origin = call.emulator.updates[-1]["message"]["forward_origin"]
    assert (origin["type"], origin["sender_user"]["first_name"]) == ("user", "Ben")


def test_a_photos_text_is_its_caption(call: Raw, anna: User) -> None:
    call.emulator.say(anna, call.emulator.private(anna), "/whowas", photo=True)
    message = call.emulator.updates[-1]["message"]
    assert message["caption_entities"] == [{"type": "bot_command", "offset": 0, "length": 7}]
    assert "text" not in message


def test_two_emulators_do_not_know_of_each_other(call: Raw) -> None:
    with raw() as other:
        anna = other.emulator.user("Anna", id=77)
        other.emulator.private(anna)
        assert other("sendMessage", chat_id=77, text="a")
        assert call.refusal("sendMessage", chat_id=77, text="a") == "Bad Request: chat not found"
