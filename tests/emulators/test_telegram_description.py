# ruff: noqa: ANN401 - JSON may be anything
"""What the emulator itself sends is what the API description says; and it can do without it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from emulators import telegram_schema
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_errors import ApiError
from emulators.telegram_raw import NO_CERTIFICATES, Raw, raw, started
from emulators.telegram_schema import SpecificationMissingError, check_value, specification


def everything(call: Raw) -> None:
    """Let every kind of thing happen that the emulator knows."""
    telegram = call.emulator
    anna = telegram.user("Anna", username="anna_b", last_name="B", premium=True)
    ben, other = telegram.user("Ben", language=None), telegram.user("Other", is_bot=True)
    private = telegram.private(anna)
    forum = telegram.forum(members=[anna, ben, other], topics=["History"], bot="administrator")
    topic = telegram.topic_of(forum, "History")
    group = telegram.group(members=[anna])
    discussion = telegram.supergroup(members=[anna, ben], bot="administrator", username="talk")
    channel = telegram.channel(discussion=discussion, username="news")
    call("getUpdates", allowed_updates=["chat_member", *telegram_kinds()])
    telegram.start(anna, "payload")
    said = telegram.say(anna, forum, "/help me #now", topic=topic)
    telegram.say(anna, forum, "reply", topic=topic, reply_to=said)
    telegram.say(anna, group, "caption /help", photo=True)
    telegram.say(anna, private, "old", forwarded=ben)
    telegram.say(anna, private, "old", forwarded=channel)
    telegram.say(anna, discussion, "as channel", as_chat=channel)
    telegram.edit(said, "/help")
    telegram.edit(telegram.say(None, channel, "news"), "newer")
    telegram.promote(forum, ben, anonymous=True, title="boss")
    telegram.say(ben, forum, "anonymous")
    telegram.restrict(discussion, ben)
    telegram.remove_member(discussion, ben, kicked=True)
    telegram.add_member(discussion, telegram.user("Eve"), by=anna)
    telegram.close_topic(forum, topic)
    telegram.close_topic(forum, topic, closed=False)
    telegram.migrate(group)
    telegram.block(anna)
    telegram.block(anna, blocked=False)

    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}
    sent = call("sendMessage", chat_id=anna.id, text="<b>a</b> x.com", parse_mode="HTML",
                reply_markup=keyboard, link_preview_options={"is_disabled": True})  # fmt: skip
    call("sendMessage", chat_id=forum.id, text="a", message_thread_id=topic.id,
         reply_parameters={"message_id": said.id})  # fmt: skip
    call("sendMessage", chat_id=channel.id, text="a")
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    call("editMessageText", **where, text="b", reply_markup=keyboard)
    message = telegram.wait_for_message(private)
    telegram.press_only(anna, message, "d")
    telegram.press_only(anna, message, "d", inaccessible=True)
    call("editMessageReplyMarkup", **where)
    call("deleteMessage", **where)
    url = f"{telegram.api_url}{telegram.token}/sendDocument"
    files = {"document": ("a.txt", b"abc")}
    answer = call.client.post(url, data={"chat_id": anna.id}, files=files).json()
    call("getFile", file_id=answer["result"]["document"]["file_id"])
    with pytest.raises(TimeoutError):
        telegram.inline(anna, "q", timeout=0)
    for chat in (private, forum, channel, discussion):
        call("getChat", chat_id=chat.id)
        call("getChatMember", chat_id=chat.id, user_id=telegram.bot.id)
        call("getChatMemberCount", chat_id=chat.id)
    for user in (anna, ben, other):
        call("getChatMember", chat_id=discussion.id, user_id=user.id)
    call("getChatAdministrators", chat_id=forum.id)
    for method in ("getMe", "getMyCommands", "getMyName", "getMyDescription",
                   "getMyShortDescription", "getWebhookInfo", "getUpdates"):  # fmt: skip
        call(method)
    call("setWebhook", url="https://daybook.example/", allowed_updates=["message"])
    call("getWebhookInfo")
    call("deleteWebhook")


def telegram_kinds() -> list[str]:
    fields = specification()["types"]["Update"]["fields"]
    return [one["name"] for one in fields if one["name"] != "update_id"]


def fits(value: Any, kinds: list[str]) -> list[str]:
    """Return what speaks against `value` being of one of `kinds`; nothing if it is."""
    against = []
    for kind in kinds:
        try:
            check_value(value, kind)
        except ApiError as error:
            against.append(error.description)
        else:
            return []
    return against


@pytest.fixture(scope="module")
def happened() -> tuple[list[dict[str, Any]], list[tuple[str, Any]]]:
    with raw(inline_feedback=True) as call:
        everything(call)
        call.emulator.assert_nothing_refused()
        results = [(made.method, made.effect) for made in call.emulator.calls]
        return call.emulator.updates, results


def test_every_update_is_as_described(
    happened: tuple[list[dict[str, Any]], list[tuple[str, Any]]],
) -> None:
    updates, _ = happened
    assert len(updates) > 25
    assert [one for one in (fits(update, ["Update"]) for update in updates) if one] == []


def test_every_result_is_as_described(
    happened: tuple[list[dict[str, Any]], list[tuple[str, Any]]],
) -> None:
    _, results = happened
    methods = specification()["methods"]
    against = [(method, fits(result, methods[method]["returns"])) for method, result in results]
    assert len({method for method, _ in against}) > 18
    assert [one for one in against if one[1]] == []


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"update_id": 1, "message": {"message_id": 1}}, "Update"),
        ({"update_id": 1, "greeting": {}}, "Update"),
        ({"id": 1, "is_bot": "no", "first_name": "a"}, "User"),
    ],
)
def test_what_is_not_as_described_is_noticed(value: dict[str, Any], kind: str) -> None:
    try:
        specification()
    except SpecificationMissingError as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
    assert fits(value, [kind]) != []


def test_without_the_description_checking_says_what_lacks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(telegram_schema, "SPECIFICATION", tmp_path / "api.json")
    specification.cache_clear()
    with pytest.raises(SpecificationMissingError, match="check=False"):
        TelegramEmulator()


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)]
)
def test_a_test_without_the_description_is_skipped_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setattr(telegram_schema, "SPECIFICATION", tmp_path / "api.json")
    monkeypatch.setenv("CI", ci)
    specification.cache_clear()
    with pytest.raises(outcome, match=r"api\.json"), started():
        pass


def test_without_checking_the_limits_hold_still(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(telegram_schema, "SPECIFICATION", tmp_path / "api.json")
    specification.cache_clear()
    with (
        TelegramEmulator(check=False) as telegram,
        httpx.Client(verify=NO_CERTIFICATES) as client,
    ):
        anna = telegram.user("Anna")
        telegram.private(anna)
        url = f"{telegram.api_url}{telegram.token}/sendMessage"
        odd = {"chat_id": anna.id, "text": "a", "colour": "red"}
        assert client.post(url, json=odd).status_code == 200
        long = {"chat_id": anna.id, "text": "a" * 4097}
        assert client.post(url, json=long).json()["description"] == (
            "Bad Request: message is too long"
        )
        assert client.post(url, json={"text": "a"}).json()["description"] == (
            "Bad Request: chat_id is empty"
        )
